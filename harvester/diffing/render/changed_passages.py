"""The changed passages of a redline, numbered and linked: from each to the one before and the next."""

from __future__ import annotations

import re

_CHANGED = {"insert", "delete", "replace", "move", "away", "split", "merge"}
_INLINE = re.compile(r"<(?:p|h[1-6]|li|blockquote|pre)\b([^>]*)>|<tr\b([^>]*)><td>")
_SIDE_BY_SIDE = re.compile(r'<tr\b([^>]*)><td class="old">(?:</td><td class="new">)?')
_CLASSES = re.compile(r'\bclass="([^"]*)"')


def linked(redline: str, *, side_by_side: bool) -> tuple[str, int]:
    """Return a rendered redline with a link at each changed passage, ``id="hunk-1"`` and so on, and their number.

    A passage is a run of changed blocks without an unchanged one in between.
    """
    starts = []
    within = False
    for block in (_SIDE_BY_SIDE if side_by_side else _INLINE).finditer(redline):
        classes = _CLASSES.search("".join(part or "" for part in block.groups()))
        is_changed = classes is not None and not _CHANGED.isdisjoint(classes[1].split())
        if is_changed and not within:
            starts.append(block.end())
        within = is_changed
    parts, at = [], 0
    for number, start in enumerate(starts, 1):
        parts += [redline[at:start], _links(number, len(starts))]
        at = start
    return "".join([*parts, redline[at:]]), len(starts)


def _links(number: int, of: int) -> str:
    before = f'<a href="#hunk-{number - 1}" aria-label="Previous changed passage">↑</a>' if number > 1 else ""
    after = f'<a href="#hunk-{number + 1}" aria-label="Next changed passage">↓</a>' if number < of else ""
    return f'<span class="hunk" id="hunk-{number}">{before}{after}</span>'
