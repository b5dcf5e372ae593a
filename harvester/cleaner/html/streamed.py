"""Put what React streams behind a page into its place, as the script that comes with it does.

Since 2022 a server may send a page before all of it is ready: a note such as "Loading..." between two comments keeps
the place, and what belongs there follows in a hidden element, with a script that moves it: ``$RC`` into the place,
``$RR`` too, once its style sheets are there, and ``$RS`` into a part that is hidden itself.
"""

from __future__ import annotations

import re
from itertools import islice

SIGNS = ("$RC(", "$RR(", "$RS(")
"""Of these a script that moves a part of its page holds one."""
_MOVES = re.compile(r"\$R([CRS])\(\"([^\"\\]{1,64})\",\"([^\"\\]{1,64})\"[,)]")
_BOUNDARY = re.compile(r"<!--(/?)[$&][?!~]?-->")
_DIV_OR_CODE = re.compile(r"<!--|<(script|style|textarea)(?=[\s/>])|<(/?)div(?=[\s/>])", re.IGNORECASE)
_CLOSING = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "textarea")}
_PART = re.compile(r"<div\b(?=[^<>]{0,256}\shidden\b)[^<>]{0,256}\sid=\"([^\"<>]{1,64})\"[^<>]{0,256}>")
_PLACE = re.compile(r"<template\b[^<>]{0,256}\sid=\"([^\"<>]{1,64})\"[^<>]{0,256}></template>")
# A page may have 64 moves, each of which reads what was moved before it.
_MOST_INSIDE = 20_000  # elements and comments of one part or note
_MOST_NAMED = 16  # places where a page has the id of one element; it should have one
_LONGEST = 300  # characters of a tag before its id


def with_part_in_place(page: str, code: str) -> str:
    """Return a page, up to the end of the script `code`, with the part that the script moves in its place; unchanged if
    the script moves none, or the page lacks the part or the place.
    """
    moves = _MOVES.search(code)
    if moves is None:
        return page
    into_hidden = moves[1] == "S"
    place, part = (moves[3], moves[2]) if into_hidden else (moves[2], moves[3])
    opening = _named(part, _PART, page)
    ended = _end_of_div(page, opening.end()) if opening else None
    if opening is None or ended is None:
        return page
    inside, behind = ended
    content, rest = page[opening.end() : inside], page[: opening.start()] + page[behind:]
    kept = _named(place, _PLACE, rest)
    end = kept and (kept.end() if into_hidden else _end_of_note(rest, kept.end()))
    return page if kept is None or end is None else rest[: kept.start()] + content + rest[end:]


def _named(identity: str, tag: re.Pattern[str], page: str) -> re.Match[str] | None:
    """Return the tag, of that form, that has an id. To look for the id and only there for the tag is quicker."""
    at = -1
    for _ in range(_MOST_NAMED):
        at = page.find(f'id="{identity}"', at + 1)
        begun = page.rfind("<", max(0, at - _LONGEST), at) if at >= 0 else -1
        if begun >= 0 and (found := tag.match(page, begun)) and found[1] == identity:
            return found
    return None


def _end_of_div(page: str, at: int) -> tuple[int, int] | None:
    """Return where the content of a ``div`` ends that begins at `at`, and where what is behind it begins."""
    deep = 0
    for _ in range(_MOST_INSIDE):
        found = _DIV_OR_CODE.search(page, at)
        if found is None:
            return None
        at = found.end()
        if found[2] is None:
            at = _behind(page, found)
            if at < 0:
                return None
        elif not found[2]:
            deep += 1
        elif deep:
            deep -= 1
        else:
            end = page.find(">", at)
            return (found.start(), end + 1) if end >= 0 else None
    return None


def _behind(page: str, begun: re.Match[str]) -> int:
    """Return where a comment or a script ends, -1 if it does not: what looks like an element in one is none."""
    if begun[1] is None:
        return page.find("-->", begun.start() + 2)
    closing = _CLOSING[begun[1].lower()].search(page, begun.end())
    return closing.end() if closing else -1


def _end_of_note(page: str, at: int) -> int | None:
    """Return where the note that keeps a place ends, which begins at `at`; it may hold others."""
    deep = 0
    for found in islice(_BOUNDARY.finditer(page, at), _MOST_INSIDE):
        if not found[1]:
            deep += 1
        elif deep:
            deep -= 1
        else:
            return found.start()
    return None
