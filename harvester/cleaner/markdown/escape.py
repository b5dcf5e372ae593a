"""White space and escapes of Markdown text, as html2text 2020.1.16 has them, in linear time.

White space is Unicode's everywhere (`str.isspace`), so a no-break space counts as white space where it is written
out raw; the usual one arrives as an entity and is kept (see `markdown_page.NO_BREAK_STAND_IN`).
"""

from __future__ import annotations

import re

# A backslash that Markdown would take for an escape is doubled.
_ESCAPING_BACKSLASH = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!])")

# What begins a list item or a rule when a line starts with it: `12. `, `+ `, `- `, `--`. The backslash goes after the
# digits or before the sign, which is the end of the match in both cases.
_LIST_MARK = r"[^\S\n]*(?:\d+(?=\.\s)|(?=\+\s|-[\s-]))"
_LIST_MARK_AT_START = re.compile(_LIST_MARK)
_LIST_MARK_ON_LATER_LINE = re.compile(r"\n" + _LIST_MARK)

_BRACKET_OR_BACKSLASH = re.compile(r"[\\\[\]()]")


def escape_text(data: str) -> str:
    """Return a chunk of running text with the marks escaped that would begin a list at the start of a line."""
    if "\\" in data:
        data = _ESCAPING_BACKSLASH.sub(r"\\\\", data)
    mark = None if data[:1].isalpha() else _LIST_MARK_AT_START.match(data)
    if mark is not None:
        data = mark.group() + "\\" + data[mark.end() :]
    if "\n" in data and _LIST_MARK_ON_LATER_LINE.search(data):
        data = _LIST_MARK_ON_LATER_LINE.sub(r"\g<0>\\", data)
    return data


def escape_destination(value: str) -> str:
    """Escape brackets and backslashes in a link's address or title."""
    return _BRACKET_OR_BACKSLASH.sub(r"\\\g<0>", value)


def collapse(data: str) -> tuple[bool, str]:
    """Return whether `data` begins with white space, and the rest of it with each run of white space as one space."""
    if data.isprintable() and "  " not in data:  # the plain space is the only printable white space
        if data[:1] == " ":
            return True, data[1:]
        return False, data
    words = " ".join(data.split())
    if words and data[-1].isspace():
        words += " "
    return data[:1].isspace(), words
