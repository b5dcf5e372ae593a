"""Links around several blocks, as of a card: ``[`` stands before the first of them, ``](target)`` behind the last."""

from __future__ import annotations

from harvester.diffing.text.inline import Inline, Span, read_inline

_BLOCKS = 8
"""Blocks at the most in one link: a card with a picture, a heading, some lines and a button."""
_WORD = "link"


class LinksAround:
    """Looks for links around several blocks, part by part of a text."""

    def __init__(self) -> None:
        self.first: int | None = None
        """The place of the first block in the link that was begun; without one only a part that begins with ``[`` can
        alter anything.
        """

    def ended(self, part: str, before: int, blocks: int) -> list[tuple[int, str]]:
        """Return the places of the blocks around which a link ends in this part, each with its target; `before`, then
        `blocks`: how many there are without those of the part, and with them.
        """
        first = self.first
        end = -1 if first is None else part.find("](")
        if end >= 0 or part[:1] == "[":
            self.first = before if part[:1] == "[" and part.count("[") > part.count("]") else None
        target = _target_at_end(part, end) if end >= 0 else None
        if first is None or target is None or blocks > first + _BLOCKS:
            return []
        return [(place, target) for place in range(first, blocks)]


def _target_at_end(part: str, end: int) -> str | None:
    """Return where a link leads that an earlier part began, if it ends at ``](`` and nothing follows it here."""
    if "[" in part[:end]:
        return None
    last = read_inline(f"[{_WORD}{part[end:]}")
    return last.links[0].value if last.links and last.visible.strip() == _WORD else None


def inside(inline: Inline, target: str) -> Inline:
    """Return what a block holds inside a link that stands around it, if it has none itself."""
    if inline.links or not inline.visible:
        return inline
    return Inline(inline.visible, (Span(0, len(inline.visible), target),), inline.styles, inline.joiners)
