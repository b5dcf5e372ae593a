"""The visible text of a block, cut where a link, a style or a cell begins or ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from heapq import heappop, heappush
from typing import NamedTuple

from harvester.diffing.text.inline import Inline, Span

_TAB = re.compile("\t")
_REMEMBERED = 64  # blocks: each run of one asks for its stretches


class Stretch(NamedTuple):
    """Characters from `start` to the next stretch; the target of the link that they are of, and their styles."""

    start: int
    link: str | None
    styles: tuple[str, ...]


@lru_cache(maxsize=_REMEMBERED)
def stretches(inline: Inline) -> tuple[Stretch, ...]:
    """Return the stretches of a block, in order; the first one begins at 0.

    Where spans of one kind overlap, the first one counts. Each span is looked at when it begins and when
    it ends, so that thousands in one block cost in proportion to their number.
    """
    return tuple(_swept(inline))


def _swept(inline: Inline) -> Iterator[Stretch]:
    links, styles = (list(enumerate(spans))[::-1] for spans in (inline.links, inline.styles))  # both are in order
    tabs = (edge for tab in _TAB.finditer(inline.visible) for edge in tab.span())
    edges = {0, *tabs, *(edge for span in (*inline.links, *inline.styles) for edge in (span.start, span.end))}
    open_links: list[_Numbered] = []
    open_styles: dict[str, list[_Numbered]] = {}
    for edge in sorted(edges):
        while links and links[-1][1].start <= edge:
            heappush(open_links, links.pop())
        while styles and styles[-1][1].start <= edge:
            heappush(open_styles.setdefault(styles[-1][1].value, []), styles.pop())
        link = _first_open(open_links, edge)
        marked = sorted(first for spans in open_styles.values() if (first := _first_open(spans, edge)))
        yield Stretch(edge, None if link is None else link[1].value, tuple(span.value for _, span in marked))


_Numbered = tuple[int, Span]


def _first_open(spans: list[_Numbered], edge: int) -> _Numbered | None:
    """Return the first span of a block that has not ended; those that have are taken out."""
    while spans and spans[0][1].end <= edge:
        heappop(spans)
    return spans[0] if spans else None
