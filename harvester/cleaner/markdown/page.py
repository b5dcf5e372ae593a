"""The Markdown page being written: what is pending before the next words, and which constructs are open.

`to_markdown` (markdown.py) feeds it events in document order: `open`, `close`, `run` of text. What a tag does is in
markdown_tags.py; here is what they share: when line breaks and spaces that were asked for are really written, what
stands at the head of a line, and how text meets the marks around it. The rules were found by experiment with
html2text 2020.1.16 and are held to it by tests/cleaner/markdown/test_markdown_oracle.py.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from harvester.cleaner.budget import Budget
from harvester.cleaner.markdown.escape import collapse, escape_destination, escape_text

# html2text carries a no-break space as this text and turns it back at the very end; so it is no white space to the
# rules here, and a page that happens to spell it out gets a no-break space.
NO_BREAK_STAND_IN = "&nbsp_place_holder;"

_NOT_ONE_CHUNK = re.compile("([&<>\u00a0])")
_ENTITIES = frozenset({"&", "<", ">"})
_ABSOLUTE = re.compile(r"[a-zA-Z+]+://")

# Text that follows emphasis is set off with a space, unless the last tag seen was one of these.
_TIGHT_TAGS = frozenset({"a", "code", "pre", *(f"h{level}" for level in range(1, 10))})


class Link(NamedTuple):
    """The destination of an open `<a>`; `title` is empty when it has none."""

    href: str
    title: str


class OpenList:
    """A list whose items are being written; `number` is that of the item before the next."""

    __slots__ = ("number", "ordered")

    def __init__(self, ordered: bool, number: int) -> None:
        self.ordered = ordered
        self.number = number


class Page:
    """Output so far, and the state that decides how the next piece is joined to it."""

    __slots__ = (
        "after_list",
        "bar_due",
        "breaks",
        "budget",
        "cells",
        "code",
        "footnotes",
        "fresh",
        "hard_breaks",
        "hushed",
        "last_tag",
        "link_empty",
        "links",
        "lists",
        "mark_filled",
        "mark_opened",
        "pieces",
        "quotes",
        "rule_due",
        "space",
        "term",
        "term_title",
        "touching",
        "undecided",
        "verbatim",
        "verbatim_opening",
    )

    def __init__(self) -> None:
        self.pieces: list[str] = []  # never an empty string
        self.budget = Budget()
        # Pending before the next piece.
        self.breaks = 0
        self.hard_breaks = False  # pending breaks are written as Markdown's hard ones, with two spaces
        self.space = False
        self.fresh = True  # right after a mark that begins a line: nothing pending is written
        self.hushed = 0  # > 0 inside what is not shown; stray end tags can take it below, which hushes as well
        # Head of the line.
        self.quotes = 0
        self.lists: list[OpenList] = []
        self.after_list = False
        self.verbatim = False
        self.verbatim_opening = False
        # Text and the marks beside it.
        self.code = False
        self.mark_opened = False  # an emphasis mark was opened and no text came yet
        self.mark_filled = False  # its first text came: the next may have to be set off
        self.touching = False  # the last text ended in a character that a mark may not touch
        self.last_tag = ""
        # Links: the bracket is held back until it is known whether <http://...> will do.
        self.links: list[Link | None] = []
        self.undecided: str | None = None
        self.link_empty = False
        # Tables.
        self.cells = 0
        self.bar_due = False
        self.rule_due = False
        # Abbreviations: what is written inside the open one, and the footnotes for the end.
        self.term: list[str] | None = None
        self.term_title: str | None = None
        self.footnotes: dict[str, str] = {}

    # -- pending line breaks

    def owe_break(self) -> None:
        if self.breaks == 0:
            self.breaks = 1

    def owe_hard_break(self) -> None:
        self.owe_break()
        self.hard_breaks = True

    def owe_paragraph(self) -> None:
        self.breaks = 2

    # -- text

    def run(self, data: str) -> None:
        """Write text between two tags. As HTML it would be split at each entity, and every chunk is judged by
        itself.
        """
        if not ("&" in data or "<" in data or ">" in data or "\u00a0" in data):
            if data.isspace() and not (self.mark_opened or self.verbatim or self.undecided is not None):
                self._white_space(data)
            else:
                self.text(data)
            return
        for chunk in _NOT_ONE_CHUNK.split(data):
            if chunk == "\u00a0":
                self.text(NO_BREAK_STAND_IN, escape=False)
            elif chunk:
                self.text(chunk, escape=chunk not in _ENTITIES)

    def text(self, data: str, *, escape: bool = True) -> None:
        """Write one chunk of literal text, not empty; the text of a character reference is never escaped."""
        if self.mark_opened:
            data = data.strip()
            self.mark_opened = False
            self.mark_filled = True
        elif self.mark_filled:
            self.mark_filled = False
            if data[0] not in ".!?" and not data[0].isspace() and self.last_tag not in _TIGHT_TAGS:
                data = " " + data
        if self.undecided is not None and self._link_decided_by(data):
            return
        if escape and not self.code and not self.verbatim:
            data = escape_text(data)
        self.touching = data != "" and not data[-1].isspace()
        self._words(data)

    def _white_space(self, data: str) -> None:
        """Return the output for white space between blocks, which is most of the chunks of a page."""
        self.mark_filled = self.touching = False
        if self.term is not None:
            self.term.append(data)
        if not self.hushed:
            self.space = True

    def _words(self, data: str) -> None:
        if self.term is not None:
            self.term.append(data)
        if self.hushed:
            return
        if not self.verbatim:
            spaced, data = collapse(data)
            self.space = spaced or self.space
        if data:
            self._put(data)

    def _link_decided_by(self, data: str) -> bool:
        """Settle how the open link is written now that its text is known to begin with `data`; True: that was all."""
        if self.undecided == data and _ABSOLUTE.match(data):
            self.mark(f"<{data}>")
            self.link_empty = False
            return True
        self.begin_link_text()
        return False

    # -- links

    def begin_link_text(self) -> None:
        self.mark("[")
        self.undecided = None
        self.link_empty = False

    def end_link(self) -> None:
        if not self.links:
            return
        link = self.links.pop()
        if self.undecided and not self.link_empty:
            self.undecided = None  # it was written as <http://...>
        elif link is not None:
            if self.link_empty:
                self.begin_link_text()
            title = f' "{escape_destination(link.title)}"' if link.title.strip() else ""
            self.mark(f"]({escape_destination(link.href)}{title})")

    # -- output

    def mark(self, data: str, *, quote: bool = False) -> None:
        """Write Markdown's own signs, as they are; `quote`: it is the sign of a quotation that begins here."""
        if self.term is not None:
            self.term.append(data)
        if not self.hushed:
            self._put(data, quote)

    def _put(self, data: str, quote: bool = False) -> None:
        bare = quote and not self.verbatim_opening
        if self.verbatim or self.verbatim_opening:
            data = self._indented(data, bare)
        if self.fresh:
            self.fresh = self.space = False
            self.breaks = 0
        elif self.breaks:
            line = "  \n" if self.hard_breaks else "\n"
            if self.quotes or self.verbatim:
                line += self._margin(bare)
            line *= self.breaks
            self.budget.spend(len(line))
            self.pieces.append(line)
            self.breaks = 0
            self.hard_breaks = self.space = False
        elif self.space:
            if self.pieces and self.pieces[-1][-1] != "\n":
                self.pieces.append(" ")
            self.space = False
        if data:
            self.budget.spend(len(data))
            self.pieces.append(data)

    def _margin(self, bare: bool) -> str:
        """Return the beginning of each new line: quotation signs (with no space after them if `bare`), indent of
        code.
        """
        margin = ">" * self.quotes
        if self.quotes and not bare:
            margin += " "
        if self.verbatim:
            margin += "    " * (len(self.lists) or 1)
        return margin

    def _indented(self, data: str, bare: bool) -> str:
        """Return `data` as part of a preformatted block, or as the first thing after the start of one."""
        if self.verbatim_opening and not data.startswith(("\n", "\r\n")):
            data = "\n" + data
        if self.verbatim and "\n" in data:
            margin = self._margin(bare)
            self.budget.spend(data.count("\n") * len(margin))
            data = data.replace("\n", "\n" + margin)
        if self.verbatim_opening:
            self.verbatim_opening = False
            if self.lists:
                data = data.lstrip("\n")  # the item's own indent serves the first line
        return data

    def finish(self) -> str:
        """Return the whole text. It ends in one line feed and the footnotes; hushed to the end, it has neither."""
        if not self.hushed:
            self.pieces.append("\n")
            for term, title in self.footnotes.items():
                self.pieces.append(f"  *[{term}]: {title}\n")
            self.pieces.append(self._indented("", False))
        return "".join(self.pieces).replace(NO_BREAK_STAND_IN, "\u00a0")
