"""A Markdown text as blocks: headings, paragraphs, list items, table rows, quotes, code.

Every character of a text belongs to the raw part of one block (a block takes the blank lines and rules after it,
the first one also those before it), so the raw parts joined are the text; only a text without a visible word has none.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from harvester.diffing.inline import Inline, read_inline
from harvester.diffing.tokens import normalise, tokenise


class BlockKind(StrEnum):
    """What a block is to its reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True)
class Block:
    """One block of a text.

    `start:end` are its raw characters; `level` a heading's 1 to 6, an item's depth from 1, else 0. `label` is what
    numbers it (``3.``, ``(a)``, ``Section 4:``), taken off `inline` so that renumbering is no rewriting. Cells of a
    row are parted by tabs.
    """

    kind: BlockKind
    start: int
    end: int
    level: int
    label: str
    inline: Inline = field(compare=False, repr=False)

    @cached_property
    def tokens(self) -> list[str]:
        """Its words and punctuation marks without the label, typographic variants made one."""
        return tokenise(self.inline.visible)

    @cached_property
    def key(self) -> str:
        """Its visible text, white space and typographic variants made one: equal keys have equal tokens."""
        return " ".join(normalise(self.inline.visible).split())

    def with_label_inside(self) -> Block:
        """The same block, its label a part of its text."""
        if not self.label:
            return self
        return replace(self, label="", inline=self.inline.after(f"{self.label} "))

    @cached_property
    def size(self) -> int:
        """Its visible characters, white space and label not counted."""
        return len(self.key) - self.key.count(" ")


_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|$)")
_BULLET = re.compile(r"([ \t]*)[*+-](?:[ \t]+|$)")
_NUMBER = re.compile(r"([ \t]*)(\d{1,9}[.)])(?:[ \t]+|$)")
_RULE = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TABLE_RULE = re.compile(r"[ \t|:]*-[-\s|:]*$")
_CELL_RULE = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_EMPTY = string.whitespace + "\u00a0|"  # what html2text leaves of a table cell that holds paragraphs
_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+)")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_LABEL = re.compile(
    r"""\s*(
        (?:(?i:section|article|clause|part|chapter|annex)\s+|§\s*)
            (?:\d{1,3}(?:\.\d{1,3})*|[IVXivx]{1,5}|[A-Z])(?:[.:)]|\s*[-–—])?
      | \d{1,3}(?:\.\d{1,3})*[.)]
      | \(\s?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\s?\)
      | (?:[a-z]|[ivx]{1,5})\)
      | (?:[A-Z]|[IVX]{1,5})[.)](?=\s+[A-Z"“])
      | \d{1,3}(?:\.\d{1,3})+(?=\s+[^\W\d_a-z])
    )\s+(?=\S)""",
    re.VERBOSE,
)
_HEADING_NUMBER = re.compile(r"\s*(\d{1,2})\s+(?=[A-Z])")


_REMEMBERED_CHARACTERS = 300_000


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in order; lines end with a line feed."""
    # In a history each text is read again: indexed, compared with the one before it, and with the one after.
    return _remembered(text) if len(text) <= _REMEMBERED_CHARACTERS else _read(text)


@lru_cache(maxsize=16)
def _remembered(text: str) -> tuple[Block, ...]:
    return _read(text)


def _read(text: str) -> tuple[Block, ...]:
    drafts = _drafts(text)
    blocks: list[Block] = []
    for number, draft in enumerate(drafts):
        start = draft.start if number else 0
        end = drafts[number + 1].start if number + 1 < len(drafts) else len(text)
        blocks.append(_finish(draft, start, end))
    return tuple(blocks)


@dataclass(slots=True)
class _Draft:
    """A block in the making: its lines without their markers."""

    kind: BlockKind
    start: int
    level: int
    marker: str
    lines: list[str]
    inline: Inline | None = None


def _drafts(text: str) -> list[_Draft]:
    """The blocks that hold a visible word; a draft without one is left to the block before it."""
    drafts: list[_Draft] = []
    current: _Draft | None = None
    fence = ""
    in_table = False
    position = 0
    lines = text.split("\n")

    def close() -> None:
        nonlocal current
        if current is not None:
            current.inline = _inline_of(current)
            if not current.inline.visible.strip(_EMPTY):
                drafts.pop()
        current = None

    def begin(kind: BlockKind, line: str, level: int = 0, marker: str = "") -> None:
        nonlocal current
        close()
        current = _Draft(kind, position, level, marker, [line])
        drafts.append(current)

    for number, line in enumerate(lines):
        if fence:
            if line.strip().startswith(fence) and current is not None:
                fence = ""
                close()
            elif current is not None:
                current.lines.append(line)
        elif not line.strip():
            close()
            in_table = False
        elif opening := _FENCE.match(line):
            fence = opening[1]
            begin(BlockKind.CODE, "")
        elif _RULE.match(line) or ("|" in line and _TABLE_RULE.match(line)):
            in_table = "|" in line or (current is not None and current.kind is BlockKind.ROW)
            close()
        elif in_table or _heads_table(lines, number):
            begin(BlockKind.ROW, _CELL_RULE.sub("\t", line.strip().strip("|")))
        elif heading := _HEADING.match(line):
            begin(BlockKind.HEADING, line[heading.end() :].rstrip(), len(heading[1]))
            close()
        elif bullet := _BULLET.match(line):
            level, end = _depth(bullet[1]), bullet.end()
            while inner := _BULLET.match(line, end):  # a list that is all its item holds
                level, end = level + 1, inner.end()
            begin(BlockKind.ITEM, line[end:], level)
        elif item := _NUMBER.match(line):
            begin(BlockKind.ITEM, line[item.end() :], _depth(item[1]), item[2])
        elif quote := _QUOTE.match(line):
            rest = line[quote.end() :]
            if current is not None and current.kind is BlockKind.QUOTE and rest.strip():
                current.lines.append(rest)
            else:
                begin(BlockKind.QUOTE, rest)
        elif current is not None:
            current.lines.append(line)
        else:
            begin(BlockKind.PARAGRAPH, line)
        position += len(line) + 1
    close()
    return drafts


def _heads_table(lines: list[str], number: int) -> bool:
    """Whether the line after this one is the rule under a table's head."""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    return "|" in following and _TABLE_RULE.match(following) is not None


def _depth(indent: str) -> int:
    return 1 + max(len(indent.expandtabs(4)) - 1, 0) // 2 if len(indent) > 3 else 1


def _inline_of(draft: _Draft) -> Inline:
    if draft.kind is BlockKind.CODE:
        return Inline("\n".join(draft.lines).strip("\n"))
    if len(draft.lines) == 1:
        return read_inline(draft.lines[0].strip())
    joined = "".join(line.strip() + ("\n" if line.endswith(("  ", "\\")) else " ") for line in draft.lines[:-1])
    return read_inline(joined + draft.lines[-1].strip())


def _finish(draft: _Draft, start: int, end: int) -> Block:
    inline = draft.inline or Inline("")
    label = draft.marker
    if not label and draft.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM):
        found = _LABEL.match(inline.visible)
        if found is None and draft.kind is BlockKind.HEADING:
            found = _HEADING_NUMBER.match(inline.visible)
        if found:
            label = normalise(found[1])
            inline = inline.cut(found.end())
    return Block(draft.kind, start, end, draft.level, label, inline)
