"""Policies and redlines as HTML that can do nothing: escaped when it is made, sanitised again before it is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import nh3
from markupsafe import Markup, escape

from harvester.diffing import Block, Diff
from harvester.diffing.render import html_inline, html_side_by_side
from harvester.diffing.render.block_html import CELL, element, escaped, grouped, styled_html
from harvester.diffing.render.changed_passages import linked
from harvester.diffing.render.runs import Mark, Run, styled
from harvester.diffing.text.blocks import read_blocks
from harvester.insight.statements.model import Statement

_TAGS = set(
    re.findall(
        r"\w+",
        "a blockquote br code del div em h1 h2 h3 h4 h5 h6 ins li ol p pre small span strong sub sup table tbody td th"
        " thead tr ul",
    )
)
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang"},
    "a": {"class", "href", "id", "title"},
    "span": {"class", "title"},
    "td": {"class", "colspan"},
    "th": {"scope"},
}
_HEADING_TAG = re.compile(r"<(/?)h([1-6])(?=[ >])")
_LINK_REL = "nofollow noopener noreferrer"

Inside = Callable[[Block, int], str]
"""A renderer of a block's inside: takes the block and its number, returns escaped HTML."""


def policy(text: str) -> Markup:
    """Render a Markdown text as HTML; headings move one level down, since the page has its own top heading."""
    return blocks_html(read_blocks(text))


def statements(made: Sequence[Statement]) -> Markup:
    """Render statements about a change as an HTML list; the empty string if there are none."""
    items = "".join(f'<li dir="auto">{escaped(one.text)}</li>' for one in made)
    return sanitised(f"<ul>{items}</ul>" if items else "")


def reason(text: str) -> Markup:
    """Render why a change is of its kind: each text that it quotes keeps its direction among the English words."""
    what, colon, quoted = text.partition(": ")
    if not colon:
        return escape(text)
    sides = Markup(" → ").join(Markup("<bdi>{}</bdi>").format(one) for one in quoted.split(" -> "))
    return Markup("{}: {}").format(what, sides)


def blocks_html(blocks: Iterable[Block], inside: Inside | None = None) -> Markup:
    """Render blocks as HTML, with `inside` in place of their plain text where given."""
    elements = [
        (one, _labelled(one, inside(one, number) if inside else plain(one))) for number, one in enumerate(blocks)
    ]
    return sanitised(_lowered(grouped(elements)))


def plain(block: Block) -> str:
    """Render the inside of a block with its links and emphasis."""
    return piece(block, 0, len(block.inline.visible))


def piece(block: Block, start: int, end: int) -> str:
    """Render characters ``start:end`` of a block's visible text as HTML."""
    if start >= end:
        return ""
    run = Run(Mark.SAME, block.inline, start, end, "")
    return "".join(CELL if text == "\t" else styled_html(text, link, styles) for text, link, styles in styled(run))


@lru_cache(maxsize=64)
def redline(diff: Diff, *, side_by_side: bool, only_changes: bool) -> Markup:
    """Render a change as HTML."""
    show = html_side_by_side if side_by_side else html_inline
    return sanitised(_lowered(show(diff, only_changes=only_changes)))


def linked_redline(diff: Diff, *, side_by_side: bool, only_changes: bool) -> tuple[Markup, int]:
    """Render a change as HTML in which each changed passage links to its neighbours; and the number of passages."""
    shown, passages = linked(
        redline(diff, side_by_side=side_by_side, only_changes=only_changes), side_by_side=side_by_side
    )
    return Markup(shown), passages


def sanitised(fragment: str) -> Markup:
    """Return a fragment that contains only text, the elements of a policy and links to the web."""
    return Markup(
        nh3.clean(
            fragment,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel=_LINK_REL,
            strip_comments=True,
        )
    )


def _lowered(fragment: str) -> str:
    """Move headings one level down; markup in texts is escaped, so only real tags match."""
    return _HEADING_TAG.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + 1, 6)}", fragment)


def _labelled(block: Block, content: str) -> str:
    label = f'<span class="label">{escaped(block.label)}</span> ' if block.label else ""
    return element(block, label + content)
