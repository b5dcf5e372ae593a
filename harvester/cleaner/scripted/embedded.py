"""Texts that a page holds, or names, as data: state in its own scripts, and notices of privacy services. Pure.

What stands in the page itself is found by its form alone: JSON in a script, with strings that are prose. A notice of
another host is known by the format of its service (docs/cleaner.md, "Data").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import islice
from typing import Any

from harvester.cleaner.encoding.decode import decode
from harvester.cleaner.html.text_viewer import shown_as_text

_MOST = 5_000_000  # characters of a source that are read
_MOST_VALUES = 200_000  # values of one JSON text
_MOST_STATES = 1_000  # places of one script where a state may begin; pages have a few
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)(?:</script\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_JSON_TYPE = re.compile(r"\btype\s*=\s*[\"']?\s*application/(?:[\w.-]+\+)?json\b", re.IGNORECASE)
_LINKED_DATA = re.compile(r"ld\+json", re.IGNORECASE)
_HOLDS = re.compile(
    r"(?:\bwindow(?:\.|\[[\"'])|\bvar\s|\blet\s|\bconst\s|\bself\.)\s*[\w$]+(?:[\"']\])?\s*=\s*(?=[{\[])"
    r"|\bJSON\.parse\(\s*(?=\")"
)
_TITLE = re.compile(r"<title\b[^>]*>([^<]{0,1000})", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|h[1-6]|li|div|section|br|table)\b[^<>]*/?>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|abbr|b|em|i|span|strong|u)\b[^<>]*>", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"\s*(?:https?:|/|data:)\S*\s*\Z")
PROSE = 8
"""Words from which on a string without markup counts as prose."""


@dataclass(frozen=True, slots=True)
class NoticeAddress:
    """Where a page's notice is: the format of its service (``onetrust``, ``iubenda``, ``termly``) and an address."""

    form: str
    url: str


_NOTICES = {
    # LoadNotices(["https://.../<uuid>.json"]): the languages of a notice, then its text.
    "onetrust": re.compile(
        r"https://privacyportal[\w-]{0,10}-cdn\.onetrust\.com/[\w./-]{1,300}?\.json(?=[\"'\\])", re.IGNORECASE
    ),
    "iubenda": re.compile(r"https?://(?:www\.)?iubenda\.com/privacy-policy/\d{1,12}(?=[/\"'])", re.IGNORECASE),
    "termly": re.compile(
        r"https?://app\.termly\.io/document/[a-z-]{1,40}/[0-9a-f-]{36}|(?<=\bdata-id=[\"'])[0-9a-f-]{36}(?=[\"'])",
        re.IGNORECASE,
    ),
}
_MARKS = {"onetrust": "otnotice", "iubenda": "iubenda-embed", "termly": "termly-embed"}


def notice_address(body: bytes, content_type: str | None) -> NoticeAddress | None:
    """Return where the notice is that a page embeds from a privacy service; None if it embeds none."""
    if shown_as_text(content_type) or not any(mark.encode() in body for mark in _MARKS.values()):
        return None
    source = unescape(decode(body, content_type)[:_MOST])
    for form, mark in _MARKS.items():
        if mark in source and (found := _NOTICES[form].search(source)):
            url = found[0]
            return NoticeAddress(form, url if "/" in url else f"https://app.termly.io/document/privacy-policy/{url}")
    return None


def next_address(form: str, body: bytes, language: str = "en") -> str | None:
    """Return the address to which the first answer of a notice leads: OneTrust's list of languages leads to its text.

    The text in `language` is taken, else the first.
    """
    if form != "onetrust":
        return None
    found = _read(body)
    languages = found.get("languages") if isinstance(found, dict) else None
    if not isinstance(languages, dict):
        return None
    addresses = {
        str(code).lower(): one["policyUrl"]
        for code, one in languages.items()
        if isinstance(one, dict) and isinstance(one.get("policyUrl"), str)
    }
    own = [url for code, url in addresses.items() if code.partition("-")[0] == language]
    return next(iter([*own, *addresses.values()]), None)


def page_of_notice(form: str, page: bytes, content_type: str | None, notice: bytes, kind: str | None) -> bytes | None:
    """Return a notice as a page in UTF-8, titled as the page that embeds it; None if it has no text."""
    if form == "onetrust":
        return _page(_title(decode(page, content_type)), _strings(_read(notice), "content"))
    return decode(notice, kind).encode("utf-8", "replace")


def page_of_state(body: bytes, content_type: str | None) -> bytes | None:
    """Return the prose in the state that a page's own scripts hold as JSON, as a page in UTF-8; None if there is
    none.
    """
    if shown_as_text(content_type) or b"<script" not in body.lower():
        return None
    source = decode(body, content_type)[:_MOST]
    return _page(_title(source), (one for value in _states(source) for one in _strings(value)))


def _states(source: str) -> Iterator[Any]:
    """Yield what scripts hold as JSON: their whole text, what they assign, and the strings that they parse."""
    decoder = json.JSONDecoder(strict=False)
    for attributes, code in _SCRIPT.findall(source):
        if _JSON_TYPE.search(attributes):
            if not _LINKED_DATA.search(attributes):
                yield _read(code)
            continue
        at = 0
        for found in islice(_HOLDS.finditer(code), _MOST_STATES):
            if found.end() < at:
                continue
            try:
                value, at = decoder.raw_decode(code, found.end())
            except (ValueError, RecursionError):
                continue
            yield _read(value) if isinstance(value, str) else value


def _read(text: str | bytes) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _strings(value: Any, *keys: str) -> Iterator[str]:
    """Yield the strings of a JSON value that are prose or marked up, as HTML, in order; with `keys` only those under
    them.
    """
    waiting, left = [(value, not keys)], _MOST_VALUES
    while waiting and left:
        one, wanted = waiting.pop()
        left -= 1
        if isinstance(one, dict):
            waiting += [(inner, wanted or key in keys) for key, inner in reversed(one.items())]
        elif isinstance(one, list):
            waiting += [(inner, wanted) for inner in reversed(one)]
        elif isinstance(one, str) and wanted and not _ADDRESS.match(one):
            if _BLOCK.search(one):
                yield f"<div>{one}</div>"
            elif len(_WORD.findall(one)) >= PROSE:
                yield f"<p>{one if _INLINE.search(one) else escape(one)}</p>"


def _page(title: str, pieces: Iterator[str]) -> bytes | None:
    content = "\n".join(dict.fromkeys(pieces))
    if not content:
        return None
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article>{content}</article></body></html>"
    return page.encode("utf-8", "replace")


def _title(source: str) -> str:
    found = _TITLE.search(source)
    return found[1].strip() if found else ""
