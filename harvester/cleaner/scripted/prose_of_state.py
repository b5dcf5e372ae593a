"""The prose among the strings of a JSON value: what a page's state says to its reader. Pure.

Strings that a program says to itself or to others are left out (docs/cleaner.md, "Data").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

_MOST_VALUES = 200_000  # values of one JSON text
_BLOCK = re.compile(r"<(?:p|h[1-6]|li|div|section|br|table)\b[^<>]*/?>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|abbr|b|em|i|span|strong|u)\b[^<>]*>", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"\s*(?:https?:|/|data:)\S*\s*\Z")
PROSE = 8
"""Words from which on a string without markup counts as prose."""
_JSON = re.compile(r"\s*[{\[]")
# Where a program puts in a value: {name}, {{name}}, %{name}, {count, plural, ...}, %s, %1$s.
_FILLED_IN = re.compile(r"\{\{? ?[\w.]{1,40} ?[},]|%(?:\d\$)?s\b")
_CODE = re.compile(r"\{[^{}]{0,200}[:;=]")
_WORDS_OF_CODE = 50  # for each such brace, from which on it stands in prose
_MESSAGES = 3  # strings of one object with such places, from which on it lists what the program says
_NAMES = frozenset({"title", "name", "label", "heading", "headline"})
_LEADS = frozenset({"url", "href", "link", "slug", "path", "permalink"})


def read_json(text: str | bytes) -> Any:
    """Return the value of a JSON text, or None if it is none."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def prose(value: Any, *keys: str) -> Iterator[str]:
    """Yield the strings of a JSON value that are prose or marked up, as HTML, in order; with `keys` only those under
    them.

    A string that is JSON itself is read as such. What a program says and names of other pages are no prose.
    """
    waiting, left = [(value, not keys)], _MOST_VALUES
    while waiting and left:
        one, wanted = waiting.pop()
        left -= 1
        if isinstance(one, dict):
            unread = _unread(one)
            waiting += [(inner, wanted or key in keys) for key, inner in reversed(one.items()) if key not in unread]
        elif isinstance(one, list):
            waiting += [(inner, wanted) for inner in reversed(one)]
        elif isinstance(one, str) and wanted and not _ADDRESS.match(one):
            if _JSON.match(one) and isinstance(inner := read_json(one), dict | list):
                waiting.append((inner, True))
            elif _BLOCK.search(one):
                yield f"<div>{one}</div>"
            elif _is_prose(one):
                yield f"<p>{one if _INLINE.search(one) else escape(one)}</p>"


def _unread(object_: dict[str, Any]) -> set[str]:
    """Return the keys of an object whose strings are not read: the messages of a program, the name of another page."""
    strings = {key for key, one in object_.items() if isinstance(one, str)}
    if len(strings) >= _MESSAGES and sum(bool(_FILLED_IN.search(object_[key])) for key in strings) >= _MESSAGES:
        return strings
    return strings & _NAMES if not _LEADS.isdisjoint(strings) else set()


def _is_prose(text: str) -> bool:
    """Return whether a string without markup has enough words, with spaces between them where they are of ASCII.

    Numbers drawn by lot and names of a program's parts have as many runs of letters, but no spaces. A program has a
    brace before its statements every few words; a long text may give an example of one.
    """
    words = len(_WORD.findall(text))
    is_long = words >= PROSE and (not text.isascii() or len(text.split()) >= PROSE)
    return is_long and len(_CODE.findall(text)) * _WORDS_OF_CODE < words
