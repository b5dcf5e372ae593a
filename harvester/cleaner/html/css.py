"""The one property of an inline style that counts: ``element.style.display``, as CSSOM gives it."""

from __future__ import annotations

import re
from functools import lru_cache

# Values of ``display`` that Chromium 77 (2019) took; anything else is dropped like any invalid declaration.
_VALUES = frozenset(
    [
        "inline",
        "block",
        "list-item",
        "inline-block",
        "table",
        "inline-table",
        "table-row-group",
        "table-header-group",
        "table-footer-group",
        "table-row",
        "table-column-group",
        "table-column",
        "table-cell",
        "table-caption",
        "-webkit-box",
        "-webkit-inline-box",
        "flex",
        "inline-flex",
        "-webkit-flex",
        "-webkit-inline-flex",
        "grid",
        "inline-grid",
        "contents",
        "flow-root",
        "none",
        "inherit",
        "initial",
        "unset",
        "revert",
    ]
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# One token at a time, so that a ; within a string or brackets does not end a declaration.
_TOKEN = re.compile(
    r"""\\(?s:.)|"(?:\\(?s:.)|[^"\\\n])*(?:"|\n|\Z)|'(?:\\(?s:.)|[^'\\\n])*(?:'|\n|\Z)|[(\[{]|[)\]}]|;|[^\\"'()\[\]{};]+"""
)
_DISPLAY = re.compile(r"\s*display\s*:\s*([-\w]+|.*\bvar\(.*)\s*(!\s*important\s*)?\Z", re.IGNORECASE | re.ASCII)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|([^\r\n\f]))")
_CLOSES = {"(": ")", "[": "]", "{": "}"}


@lru_cache(maxsize=1024)
def display_of(style: str) -> str:
    """Return the value of ``style.display`` for an inline style; empty when it sets none."""
    if "isplay" not in style.lower() and "\\" not in style:
        return ""
    chosen, chosen_important = "", False
    for declaration in _declarations(_COMMENT.sub("", style)):
        match = _DISPLAY.match(_ESCAPE.sub(_unescape, declaration))
        if match is None:
            continue
        value, important = match[1].lower(), match[2] is not None
        if (value in _VALUES or "var(" in value) and (important or not chosen_important):
            chosen, chosen_important = value, important
    return chosen


def _declarations(style: str) -> list[str]:
    pieces: list[list[str]] = [[]]
    closers: list[str] = []
    for token in _TOKEN.findall(style):
        if token == ";" and not closers:
            pieces.append([])
            continue
        if token in _CLOSES:
            closers.append(_CLOSES[token])
        elif closers and token == closers[-1]:
            closers.pop()
        pieces[-1].append(token)
    return ["".join(piece) for piece in pieces]


def _unescape(match: re.Match[str]) -> str:
    """Unescape a character, which is then part of a name: one that is not of `_VALUES` stands for all others."""
    character = match[2] if match[2] is not None else chr(min(int(match[1], 16), 0x10FFFF))
    return character if character.isalnum() or character in "-_" else "\ufffd"
