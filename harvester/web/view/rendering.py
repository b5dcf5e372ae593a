"""Policies and redlines as HTML that can do nothing: escaped when it is made, sanitised again before it is sent."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import nh3
from markupsafe import Markup

from harvester.diffing import Block, BlockKind, Diff
from harvester.diffing.render import html_inline, html_side_by_side
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
_SAFE_TARGET = re.compile(r"(?:https?://|mailto:)[^\s\"'<>\\]+$", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HEADING_TAG = re.compile(r"<(/?)h([1-6])(?=[ >])")
_LINK_REL = "nofollow noopener noreferrer"

Inside = Callable[[Block, int], str]
"""A renderer of a block's inside: takes the block and its number, returns escaped HTML."""


def policy(text: str) -> Markup:
    """Render a Markdown text as HTML; headings move one level down, since the page has its own top heading."""
    return blocks_html(read_blocks(text))


def statements(made: Sequence[Statement]) -> Markup:
    """Render statements about a change as an HTML list; the empty string if there are none."""
    items = "".join(f'<li dir="auto">{_escaped(one.text)}</li>' for one in made)
    return sanitised(f"<ul>{items}</ul>" if items else "")


def blocks_html(blocks: Iterable[Block], inside: Inside | None = None) -> Markup:
    """Render blocks as HTML, with `inside` in place of their plain text where given."""
    out: list[str] = []
    within = ""
    for number, block in enumerate(blocks):
        container = {BlockKind.ITEM: "ul", BlockKind.ROW: "table"}.get(block.kind, "")
        if container != within:
            out += ([f"</{within}>"] if within else []) + ([f"<{container}>"] if container else [])
            within = container
        out.append(_element(block, inside(block, number) if inside else plain(block)))
    if within:
        out.append(f"</{within}>")
    return sanitised(_lowered("\n".join(out)))


def plain(block: Block) -> str:
    """Render the inside of a block with its links and emphasis."""
    return piece(block, 0, len(block.inline.visible))


def piece(block: Block, start: int, end: int) -> str:
    """Render characters ``start:end`` of a block's visible text as HTML."""
    if start >= end:
        return ""
    run = Run(Mark.SAME, block.inline, start, end, "")
    return "".join("</td><td>" if text == "\t" else _styled(text, link, styles) for text, link, styles in styled(run))


@lru_cache(maxsize=64)
def redline(diff: Diff, *, side_by_side: bool, only_changes: bool) -> Markup:
    """Render a change as HTML."""
    show = html_side_by_side if side_by_side else html_inline
    return sanitised(_lowered(show(diff, only_changes=only_changes)))


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


def _element(block: Block, content: str) -> str:
    label = f'<span class="label">{_escaped(block.label)}</span> ' if block.label else ""
    if block.kind is BlockKind.HEADING:
        tag = f"h{min(max(block.level, 1), 6)}"
        return f'<{tag} dir="auto">{label}{content}</{tag}>'
    if block.kind is BlockKind.ITEM:
        classes = " ".join(
            [*([f"level-{min(block.level, 9)}"] if block.level > 1 else []), *(["numbered"] if label else [])]
        )
        attribute = f' class="{classes}"' if classes else ""
        return f'<li{attribute} dir="auto">{label}{content}</li>'
    if block.kind is BlockKind.ROW:
        return f'<tr dir="auto"><td>{content}</td></tr>'
    tag = {BlockKind.QUOTE: "blockquote", BlockKind.CODE: "pre"}.get(block.kind, "p")
    return f'<{tag} dir="auto">{label}{content}</{tag}>'


def _styled(text: str, link: str | None, styles: tuple[str, ...]) -> str:
    out = _escaped(text).replace("\n", "<br>")
    for style in styles:
        out = f"<{style}>{out}</{style}>"
    if link is not None and _SAFE_TARGET.match(link):
        out = f'<a href="{_escaped(link)}">{out}</a>'
    return out


def _escaped(text: str) -> str:
    return html.escape(_UNPRINTABLE.sub("\ufffd", text), quote=True)
