"""A block as an HTML element: alike in a redline and in a whole text, and nothing in it can be a tag."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence

from harvester.diffing.text.blocks import Block, BlockKind

CELL = "</td><td>"
"""What a tab of a table's row becomes."""
_DEEPEST_LEVEL = 9
_SAFE_TARGET = re.compile(r"(?:https?://|mailto:)[^\s\"'<>\\]+$", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CONTAINERS = {BlockKind.ITEM: "ul", BlockKind.ROW: "table"}
_ELEMENTS = {BlockKind.ITEM: "li", BlockKind.ROW: "tr", BlockKind.QUOTE: "blockquote", BlockKind.CODE: "pre"}


def escaped(text: str) -> str:
    """Return text as HTML; what cannot be shown becomes U+FFFD."""
    return html.escape(_UNPRINTABLE.sub("\ufffd", text), quote=True)


def styled_html(text: str, link: str | None, styles: Iterable[str]) -> str:
    """Return a piece of a block with its emphasis and its link; only links to the web and to e-mail are links."""
    piece = escaped(text).replace("\n", "<br>")
    for style in styles:
        piece = f"<{style}>{piece}</{style}>"
    if link is not None and _SAFE_TARGET.match(link):
        piece = f'<a href="{escaped(link)}" rel="nofollow noopener noreferrer">{piece}</a>'
    return piece


def element(block: Block, content: str, classes: Sequence[str] = (), anchor: str = "") -> str:
    """Return a block's element around its content, which is HTML; `anchor` is an ``id`` with a space before it."""
    all_classes = list(classes)
    tag = _ELEMENTS.get(block.kind, "p")
    if block.kind is BlockKind.HEADING:
        tag = f"h{min(max(block.level, 1), 6)}"
    if block.kind is BlockKind.ITEM:
        all_classes += [f"level-{min(block.level, _DEEPEST_LEVEL)}"] if block.level > 1 else []
        all_classes += ["numbered"] if block.label else []
    if block.kind is BlockKind.ROW:
        content = f"<td>{content}</td>"
    else:
        # A tab ends a cell in a row of a table only; elsewhere it is white space that the page had.
        content = content.replace(CELL, " ")
    attribute = f' class="{" ".join(all_classes)}"' if all_classes else ""
    return f'<{tag}{attribute}{anchor} dir="auto">{content}</{tag}>'


def grouped(elements: Iterable[tuple[Block | None, str]]) -> str:
    """Join the elements of blocks, neighbours that need a list or a table around them in one; None is no block."""
    out: list[str] = []
    within = ""
    for block, one in elements:
        container = _CONTAINERS.get(block.kind, "") if block else ""
        if container != within:
            # Its blocks find their own direction; bullets and columns are where the first of them reads from.
            direction = ' dir="rtl"' if block and is_right_to_left(block.inline.visible) else ""
            out += [f"</{within}>\n"] if within else []
            out += [f"<{container}{direction}>\n"] if container else []
            within = container
        out.append(one + "\n")
    return "".join(out) + (f"</{within}>\n" if within else "")


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter that has a direction is read from right to left, as ``dir="auto"`` does."""
    directions = map(unicodedata.bidirectional, text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"
