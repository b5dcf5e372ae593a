"""The inside of one Markdown block: what a reader sees of it, and which parts are links or emphasised.

The Markdown is html2text's (and plain CommonMark where that agrees): emphasis and code marks, ``[text](target)``,
``<address>`` and backslash escapes. Marks without a partner are text. Linear in the length of the block.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from harvester.diffing.text.kept_properties import Keeping, kept_property
from harvester.diffing.text.signs import has_signs, has_spaces, places_of_signs
from harvester.diffing.text.tokens import normalise, tokens_of_normalised
from harvester.syllables import MARKS

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_JOINER = re.compile(rf"[\u200c\u200d](?<=[^\W\x00-\x7f].|[{MARKS}].)(?=[^\W\x00-\x7f])", re.DOTALL)
"""Stands between letters; elsewhere it is not seen. As `cleaner.comparable.characters` keeps it."""
_ELLIPSIS = re.compile(r"\.{3,}")
_BLANKS = re.compile("  +")
_TARGET = re.compile(r"\(\s*(<[^<>\n]*>|(?:\\.|[^()\s\\]|\((?:\\.|[^()\s\\])*\))*)(?:\s+\"(?:\\.|[^\"\\])*\")?\s*\)")
_LOOSE_TARGET = re.compile(r"\(([^()\n]*)\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_STYLE_NAMES = {"**": "strong", "*": "em", "_": "em"}
_LOOSE = "_ "
"""Begins emphasis, if a mark behind a word ends it: html2text writes so where the first word has a space before it."""


class Span(NamedTuple):
    """Characters ``start:end`` of a visible text, and what they carry: a link's target, or a style's name."""

    start: int
    end: int
    value: str


@dataclass
class Inline(Keeping):
    """Visible text of a block, its links, and its styles (``strong``, ``em``, ``code``).

    `joiners` are those between letters, with their places in the visible text, which does not have them: Persian,
    Hindi and others are written with them (`shown`), but not by everybody, and they make no other word.
    """

    visible: str
    links: tuple[Span, ...] = ()
    styles: tuple[Span, ...] = ()
    joiners: tuple[tuple[int, str], ...] = field(default=(), compare=False, repr=False)

    def __init__(
        self,
        visible: str,
        links: tuple[Span, ...] = (),
        styles: tuple[Span, ...] = (),
        joiners: tuple[tuple[int, str], ...] = (),
    ) -> None:
        self.visible = visible
        self.links = links
        self.styles = styles
        if joiners:
            self.joiners = joiners

    def __hash__(self) -> int:
        return self._hash

    @kept_property
    def _hash(self) -> int:
        return hash((self.visible, *[link.value for link in self.links]))  # many links say "here"

    @kept_property
    def tokens(self) -> list[str]:
        """Its words and punctuation marks, typographic variants made one."""
        return tokens_of_normalised(self.key)

    @kept_property
    def normalised(self) -> str:
        """Its visible text, typographic variants made one; every character keeps its place."""
        return normalise(self.visible)

    @kept_property
    def key(self) -> str:
        """Its visible text, white space and typographic variants made one: equal keys have equal tokens."""
        text = normalise(self.visible)
        text = _ELLIPSIS.sub("…", text) if "..." in text else text
        if has_spaces(text):
            return " ".join(text.split())
        text = text.strip()
        return _BLANKS.sub(" ", text) if "  " in text else text

    def in_one_line(self) -> str:
        """Return its visible text with one space for all white space between two words."""
        is_key = "..." not in self.visible and normalise(self.visible) == self.visible
        return self.key if is_key else " ".join(self.visible.split())

    @kept_property
    def folded(self) -> str:
        """Its key, capital and small letters made one."""
        return self.key.casefold()

    @kept_property
    def size(self) -> int:
        """Its visible characters, white space not counted."""
        return len(self.key) - self.key.count(" ")

    def shown(self, start: int = 0, end: int | None = None) -> str:
        """Return characters ``start:end`` of its visible text as a reader sees them, with the joiners."""
        end = len(self.visible) if end is None else end
        if not self.joiners:
            return self.visible[start:end]  # as most
        pieces: list[str] = []
        first, behind = (bisect_right(self.joiners, edge, key=_PLACE) for edge in (start, end))
        for place, joiner in self.joiners[first:behind]:
            pieces += (self.visible[start:place], joiner)
            start = place
        return "".join((*pieces, self.visible[start:end]))

    def find(self, shown: str, at: int) -> tuple[int, int] | None:
        """Return the characters ``start:end`` of its visible text, from `at` on, that are shown as `shown`."""
        text = _JOINER.sub("", shown)
        start = self.visible.find(text, at)
        return None if start < 0 else (start, start + len(text))

    def after(self, text: str) -> Inline:
        """Return the same with `text` before it."""
        by = -len(text)
        joiners = tuple((place - by, joiner) for place, joiner in self.joiners)
        return Inline(text + self.visible, _shift(self.links, by), _shift(self.styles, by), joiners)

    def cut(self, start: int) -> Inline:
        """Return the same without its first `start` characters."""
        if not start:
            return self
        joiners = tuple((place - start, joiner) for place, joiner in self.joiners if place > start)
        return Inline(self.visible[start:], _shift(self.links, start), _shift(self.styles, start), joiners)


def _shift(spans: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    return tuple(Span(max(s.start - by, 0), s.end - by, s.value) for s in spans if s.end > by)


_Mark = tuple[int, int, str]  # a piece of markup at ``start:end`` of the source, and its visible text
_Range = tuple[int, int, str]  # a span of the source, before the marks are taken out
_EDGES = itemgetter(0, 1)
_PLACE = itemgetter(0)

_LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), 0x0132, 0x0133, 0x01C7, 0x01C9)
}
_SIGNS_OF_LIGATURES = [*map(chr, _LIGATURES)]


def composed(text: str) -> str:
    """Return `text` with each letter and its accents as one character where there is one, ligatures as letters."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.translate(_LIGATURES) if any(map(text.__contains__, _SIGNS_OF_LIGATURES)) else text


def read_inline(markdown: str) -> Inline:
    """Return what a reader sees of `markdown`, the text of one block."""
    marks, links, styles = _find_marks(markdown) if has_signs(markdown) else ([], [], [])
    if not markdown.isascii():
        marks += [(found.start(), found.end(), "") for found in _INVISIBLE.finditer(markdown)]
    if not marks:
        return Inline(markdown)
    marks.sort()
    return _strip(markdown, marks, links, styles)


def _strip(source: str, marks: list[_Mark], links: list[_Range], styles: list[_Range]) -> Inline:
    """Take the marks out of `source` and carry the spans, given in its positions, to the visible text."""
    pieces: list[str] = []
    starts: list[int] = []
    after = [(0, 0)]  # where each mark ends in the source, and in the visible text
    position = length = 0
    for start, end, text in marks:
        if start < position:
            continue
        pieces += (source[position:start], text)
        length += start - position + len(text)
        position = end
        starts.append(start)
        after.append((position, length))
    pieces.append(source[position:])

    def place(edge: int) -> int:
        position, length = after[bisect_left(starts, edge)]
        return length + max(edge - position, 0)

    def carry(spans: list[_Range]) -> tuple[Span, ...]:
        carried = [Span(place(start), place(end), value) for start, end, value in spans]
        return tuple(sorted([s for s in carried if s.end > s.start], key=_EDGES))

    found = _JOINER.finditer(source) if "\u200c" in source or "\u200d" in source else ()
    joiners = tuple((place(one.start()), one[0]) for one in found)
    return Inline("".join(pieces), carry(links) if links else (), carry(styles) if styles else (), joiners)


def _find_marks(source: str) -> tuple[list[_Mark], list[_Range], list[_Range]]:
    marks: list[_Mark] = []
    links: list[_Range] = []
    styles: list[_Range] = []
    brackets: list[int] = []
    openers: dict[str, int] = {}
    last_tick = source.rfind("`")
    position = 0
    for at in places_of_signs(source):
        if at < position:
            continue
        position = at + 1
        character = source[at]
        if character in "*_":
            position = _emphasis(source, at, openers, marks, styles)
        elif character == "\\" and (escape := _ESCAPE.match(source, at)):
            marks.append((at, escape.end(), escape[1]))
            position = escape.end()
        elif character == "[":
            brackets.append(at)
        elif character == "]":
            target = _TARGET.match(source, position) or _LOOSE_TARGET.match(source, position)
            opened = brackets.pop() if brackets else None
            if target:
                marks.append((at, target.end(), ""))
                position = target.end()
                if opened is not None:
                    image = opened > 0 and source[opened - 1] == "!"
                    marks.append((opened - image, opened + 1, ""))
                    links.append((opened + 1, at, _unescape(target[1].strip("<>"))))
        elif character == "<" and (line_break := _BREAK.match(source, at)):
            marks.append((at, line_break.end(), "\n"))
            position = line_break.end()
        elif character == "<" and (address := _AUTOLINK.match(source, at)):
            marks += ((at, at + 1, ""), (address.end() - 1, address.end(), ""))
            links.append((at + 1, address.end() - 1, address[1]))
            position = address.end()
        elif character == "`" and at < last_tick:
            end = source.find("`", position)
            marks += ((at, position, ""), (end, end + 1, ""))
            styles.append((position, end, "code"))
            position = end + 1
    if brackets and brackets[0] == 0:  # a link around several blocks: its end stands in another one
        marks.append((0, 1, ""))
    return marks, links, styles


def _emphasis(source: str, at: int, openers: dict[str, int], marks: list[_Mark], styles: list[_Range]) -> int:
    """Open or close emphasis at `at`; the position after the mark."""
    character = source[at]
    if source.startswith(character * 4, at):
        marks.append((at, at + 4, ""))
        return at + 4
    mark = character * 2 if source.startswith(character * 2, at) else character
    end = at + len(mark)
    before = source[at - 1] if at else " "
    after = source[end] if end < len(source) else " "
    inside_word = character == "_" and before.isalnum() and after.isalnum()
    if mark == "__" and not inside_word:  # what html2text leaves of an empty <i>, or strong in other Markdown
        marks.append((at, end, ""))
        return end
    opened = openers.pop(mark, None) if not inside_word else None
    if opened is None and mark == "_" and not inside_word and not before.isspace():
        opened = openers.pop(_LOOSE, None)
    if opened is not None:
        marks += ((opened, opened + len(mark), ""), (at, end, ""))
        styles.append((opened + len(mark), at, _STYLE_NAMES[mark]))
    elif not inside_word and (mark == "**" or not (after.isspace() or (character == "_" and before.isalnum()))):
        openers[mark] = at
    elif mark == "_" and before.isspace():
        openers[_LOOSE] = at
    return end


def _unescape(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)
