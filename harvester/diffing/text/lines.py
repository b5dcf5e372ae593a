"""The lines of a block: old pages part with line breaks what newer ones set as blocks of their own."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from harvester.diffing.text.inline import Inline
from harvester.diffing.text.tokens import tokenise


class LineInBlock(NamedTuple):
    """The tokens ``start:end`` of a block that stand in one line."""

    start: int
    end: int
    is_strong: bool
    """Whether all of it is set in bold, and no link."""


@lru_cache(maxsize=256)
def lines_of(inline: Inline) -> tuple[LineInBlock, ...]:
    """Return the lines of a block that have words; none if a word does not end where a line does."""
    found: list[LineInBlock] = []
    at = place = 0
    strong = [style for style in inline.styles if style.value == "strong"]
    for line in inline.visible.split("\n"):
        size = len(tokenise(line))
        if size:
            start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
            said = sum(max(min(style.end, end) - max(style.start, start), 0) for style in strong)
            is_linked = any(link.start < end and start < link.end for link in inline.links)
            found.append(LineInBlock(place, place + size, bool(strong) and said >= end - start and not is_linked))
        place += size
        at += len(line) + 1
    return tuple(found) if place == len(inline.tokens) else ()


def line_at(inline: Inline, token: int) -> LineInBlock | None:
    """Return the line of a block that has a token."""
    return next((line for line in lines_of(inline) if line.start <= token < line.end), None)


@lru_cache(maxsize=256)
def label_in_bold(inline: Inline) -> int:
    """Return how many tokens a block begins with that are set in bold up to a full stop or a colon, before a text."""
    style = next((one for one in inline.styles if one.start == 0 and one.value == "strong"), None)
    if style is None:
        return 0  # as most
    label, text = inline.visible[: style.end].rstrip(), inline.visible[style.end :]
    space = text[: len(text) - len(text.lstrip())] or inline.visible[len(label) : style.end]
    is_one = label.endswith((".", ":")) and "\n" not in label + space and bool(space) and text.strip()[:1].isupper()
    return len(tokenise(label)) if is_one else 0


def has_line_in_bold(inline: Inline) -> bool:
    """Return whether a block has a line that is all in bold, or begins with a label that is."""
    return bool(inline.styles) and (label_in_bold(inline) > 0 or any(line.is_strong for line in lines_of(inline)))
