"""A Markdown text as blocks: headings, paragraphs, list items, table rows, quotes, code.

Every character of a text belongs to the raw part of one block (a block takes the blank lines and rules after it,
the first one also those before it), so the raw parts joined are the text; only a text without a visible word has none.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from harvester.diffing.text.blank_lines import parts
from harvester.diffing.text.inline import Inline, composed, read_inline
from harvester.diffing.text.kept_properties import Keeping, kept_property
from harvester.diffing.text.links_around import LinksAround, inside
from harvester.diffing.text.numbering import is_alone, label_taken_off
from harvester.diffing.text.tokens import words_of


class BlockKind(StrEnum):
    """The role of a block for its reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    CODE = "code"


@dataclass(unsafe_hash=True)
class Block(Keeping):
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
    key: str = field(init=False, compare=False, repr=False)
    """Its visible text without the label, white space and typographic variants made one."""

    def __init__(self, kind: BlockKind, start: int, end: int, level: int, label: str, inline: Inline) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.level = level
        self.label = label
        self.inline = inline
        self.key = inline.key  # everybody who reads blocks asks for it

    @kept_property
    def tokens(self) -> list[str]:
        """Its words and punctuation marks without the label, typographic variants made one."""
        return self.inline.tokens

    @kept_property
    def size(self) -> int:
        """Its visible characters, white space and label not counted."""
        return self.inline.size

    @kept_property
    def said(self) -> list[str]:
        """Its tokens that are words."""
        return words_of(self.tokens)

    @kept_property
    def words(self) -> int:
        """The number of its tokens that are words."""
        return len(self.said)

    def with_label_inside(self) -> Block:
        """Return the same block, its label a part of its text."""
        return self._with_label_inside if self.label else self

    @kept_property
    def _with_label_inside(self) -> Block:
        return replace(self, label="", inline=self.inline.after(f"{self.label} "))


_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|$)")
_HEADED = re.compile(r"\A[ ]{0,3}#{1,6}[ \t]+")  # an item that is a heading
# A sign that Markdown has no meaning for may be glued to the first word.
_BULLETS = "*+-•‣⁃∙●▪■◦○·"
_BULLET = re.compile(rf"([ \t]*)(?:[*+-](?:[ \t\u00a0]+|$)|[{_BULLETS[3:]}][ \t\u00a0]*(?=\S))")
_NUMBER = re.compile(r"([ \t]*)(\d{1,9}[.)])(?:[ \t]+|$)")
_RULE = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,})$")
_TABLE_RULE = re.compile(r"[ \t|:]*[-–][-–\s|:]*$")  # the comparable text has a dash for three hyphens between blanks
_CELL_RULE = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_EMPTY = string.whitespace + "\u00a0|"  # what html2text leaves of a table cell that holds paragraphs
_UNDERLINE = re.compile(r"[ ]{0,3}(={3,}|-{3,})[ \t]*$")
_UNDERLINED = 200  # characters of a heading that is underlined
_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+)")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")

_LABELLED = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM)

_REMEMBERED_CHARACTERS = 300_000  # of a text
_REMEMBERED_PARTS = 4096  # and as many blocks
_REMEMBERED_LENGTH = 2000  # characters of each; all that are remembered take some 30 MB at most


def read_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text, in order; lines end with a line feed."""
    # In a history each text is read again: indexed, compared with the one before it, and with the one after.
    return _remembered(text) if len(text) <= _REMEMBERED_CHARACTERS else _read(text)


def _read(text: str) -> tuple[Block, ...]:
    found: list[_Found] = []
    starts: list[int] = []
    position, links = 0, LinksAround()
    for part in parts(text):
        before = len(found)
        for block in _remembered_part(part) if len(part) <= _REMEMBERED_LENGTH else _found_in(part):
            found.append(block)
            starts.append(position + block[0])
        if part[:1] == "[" or links.first is not None:
            for place, target in links.ended(part, before, len(found)):
                found[place] = (*found[place][:4], inside(found[place][4], target))
        position += len(part) + 2  # with the blank line behind it
    if not found:
        return ()
    starts[0] = 0
    rows = zip(found, starts, [*starts[1:], len(text)], strict=True)
    return tuple(
        [Block(kind, start, end, level, label, inline) for (_, kind, level, label, inline), start, end in rows]
    )


_remembered = lru_cache(maxsize=16)(_read)

_Found = tuple[int, BlockKind, int, str, Inline]
"""A block of a part of a text: where it begins there, its kind, its level, its label, and what else it holds."""


def _found_in(part: str) -> tuple[_Found, ...]:
    if part and part[0].isalpha() and "\n" not in part:  # a paragraph of one line, as most
        label, inline = _read_content(composed(part.strip()), BlockKind.PARAGRAPH)
        return ((0, BlockKind.PARAGRAPH, 0, label, inline),) if label or inline.visible.strip(_EMPTY) else ()
    return tuple([(draft.start, draft.kind, draft.level, draft.label, draft.inline) for draft in _drafts(part)])


# Successive versions of a text have nearly all their parts in common, so that most have been read before.
_remembered_part = lru_cache(maxsize=_REMEMBERED_PARTS)(_found_in)

_NOTHING = Inline("")


@dataclass(slots=True)
class _Draft:
    """A block in the making: its lines without their markers."""

    kind: BlockKind
    start: int
    level: int
    label: str
    lines: list[str]
    inline: Inline = _NOTHING


def _drafts(text: str) -> list[_Draft]:
    """Return the blocks that hold a visible word; a draft without one is left to the block before it."""
    drafts: list[_Draft] = []
    current: _Draft | None = None
    fence, in_table, position = "", False, 0
    lines = text.split("\n")
    has_bars = "|" in text

    def close() -> None:
        nonlocal current
        if current is not None:
            label, inline = _content(current)
            if label == current.label and not inline.visible.strip(_EMPTY):  # a label taken off the text is visible
                drafts.pop()
            current.label, current.inline = label, inline
        current = None

    def begin(kind: BlockKind, line: str, level: int = 0, label: str = "") -> None:
        nonlocal current
        if current is not None:
            close()
        current = _Draft(kind, position, level, label, [line])
        drafts.append(current)

    def go_on(line: str) -> None:
        if current is not None:
            current.lines.append(line)
        else:
            begin(BlockKind.PARAGRAPH, line)

    for number, line in enumerate(lines):
        if fence:
            if line.strip().startswith(fence) and current is not None:
                fence = ""
                close()
            elif current is not None:
                current.lines.append(line)
        elif not line or line.isspace():
            if current is not None:
                close()
            in_table = False
        elif line[0].isalpha() and not (has_bars and (in_table or _heads_table(lines, number))):
            go_on(line)  # as most lines; what follows asks for a mark or a figure
        elif (sign := line.lstrip()[0]) in "`~" and (opening := _FENCE.match(line)):
            fence = opening[1]
            begin(BlockKind.CODE, "")
        elif (
            sign in "=-"
            and current is not None
            and (underline := _UNDERLINE.match(line))
            and _is_underlined(current, underline[1])
        ):
            current.kind, current.level = BlockKind.HEADING, 1 if underline[1][0] == "=" else 2
            close()
        elif (sign in "*-_=" and _RULE.match(line)) or ("|" in line and _TABLE_RULE.match(line)):
            in_table = "|" in line or (current is not None and current.kind is BlockKind.ROW)
            close()
        elif has_bars and (in_table or _heads_table(lines, number)):
            begin(BlockKind.ROW, _CELL_RULE.sub("\t", line.strip().strip("|")))
        elif sign == "#" and (heading := _HEADING.match(line)):
            begin(BlockKind.HEADING, line[heading.end() :].rstrip(), len(heading[1]))
            close()
        elif sign in _BULLETS and (bullet := _BULLET.match(line)):
            level, end = _depth(bullet[1]), bullet.end()
            while inner := _BULLET.match(line, end):  # a list that is all its item holds
                level, end = level + 1, inner.end()
            begin(BlockKind.ITEM, _HEADED.sub("", line[end:]) if "#" in line else line[end:], level)
        elif sign.isdecimal() and (item := _NUMBER.match(line)) and not is_alone(item, lines):
            begin(BlockKind.ITEM, line[item.end() :], _depth(item[1]), item[2])
        elif sign == ">" and (quote := _QUOTE.match(line)):
            rest = line[quote.end() :]
            if current is not None and current.kind is BlockKind.QUOTE and rest.strip():
                current.lines.append(rest)
            else:
                begin(BlockKind.QUOTE, rest)
        else:
            go_on(line)
        position += len(line) + 1
    close()
    return drafts


def _is_underlined(draft: _Draft, underline: str) -> bool:
    """Return whether a line of ``=`` or ``-`` makes the block above a heading: one line, two over ``=``; no sentence.

    Three dashes under more letters are what html2text writes under the head of a table with one column.
    """
    line = draft.lines[-1].rstrip()
    return (
        draft.kind is BlockKind.PARAGRAPH
        and (len(draft.lines) == 1 or (len(draft.lines) == 2 and underline[0] == "=" and line[-1] != "."))
        and not draft.lines[-1].endswith("  ")
        and len(line) <= _UNDERLINED
        and (underline != "---" or len(line.strip()) == len(underline))
        and line[-1] not in ";,"
    )


def _heads_table(lines: list[str], number: int) -> bool:
    """Return whether the next line is the rule under a table's head."""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    return "|" in following and _TABLE_RULE.match(following) is not None


def _depth(indent: str) -> int:
    return 1 + max(len(indent.expandtabs(4)) - 1, 0) // 2 if len(indent) > 3 else 1


def _content(draft: _Draft) -> tuple[str, Inline]:
    """Return the label of a block, and what else it holds."""
    if draft.kind is BlockKind.CODE:
        return "", Inline("\n".join(draft.lines).strip("\n"))
    source = draft.lines[-1].strip()
    if len(draft.lines) > 1:
        ends = ["\n" if line.endswith(("  ", "\\")) else " " for line in draft.lines[:-1]]
        source = "".join([line.strip() + end for line, end in zip(draft.lines, ends, strict=False)]) + source
    source = composed(source)
    read = _remembered_content if len(source) <= _REMEMBERED_LENGTH else _read_content
    label, inline = read(source, draft.kind if not draft.label and draft.kind in _LABELLED else None)
    return draft.label or label, inline


def _read_content(source: str, labelled: BlockKind | None) -> tuple[str, Inline]:
    """Return the label that a block's text begins with, where its kind may have one, and the rest of the text."""
    inline = read_inline(source)
    return label_taken_off(inline, labelled is BlockKind.HEADING) if labelled else ("", inline)


# A list is one part, of which a version may alter one item.
_remembered_content = lru_cache(maxsize=_REMEMBERED_PARTS)(_read_content)
