"""Texts that a page holds, or names, as data: state in its own scripts, and notices of privacy services. Pure.

What stands in the page itself is found by its form alone: JSON in a script, with strings that are prose. A notice of
another host is known by the format of its service (docs/cleaner.md, "Data").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from harvester.character_references import unescape
from harvester.cleaner.encoding.decode import decode
from harvester.cleaner.html.text_viewer import shown_as_text
from harvester.cleaner.scripted.prose_of_state import prose, read_json

_MOST = 5_000_000  # characters of a source that are read
_MOST_STATES = 1_000  # places of one script where a state may begin; pages have a few
# A tag that nothing closes goes to the end, or each of many would be sought there.
_SCRIPT = re.compile(r"<script\b([^>]*+)(?:>(.*?)(?:</script\s*>|\Z)|\Z)", re.DOTALL | re.IGNORECASE)
_JSON_TYPE = re.compile(r"\btype\s*=\s*[\"']?\s*application/(?:[\w.-]+\+)?json\b", re.IGNORECASE)
_LINKED_DATA = re.compile(r"ld\+json", re.IGNORECASE)
_HOLDS = re.compile(
    r"(?:\bwindow(?:\.|\[[\"'])|\bvar\s|\blet\s|\bconst\s|\bself\.)\s*[\w$]+(?:[\"']\])?\s*=\s*(?=[{\[])"
    r"|\bJSON\.parse\(\s*(?=\")"
)
_TITLE = re.compile(r"<title\b[^>]*+(?:>([^<]{0,1000})|\Z)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNSEEN = re.compile(r"<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_FEW = 40  # words of a page that is an application's frame, at most


@dataclass(frozen=True, slots=True)
class NoticeAddress:
    """Where a page's notice is: the format of its service (``onetrust``, ``iubenda``, ``termly``) and an address.

    `others` are addresses of the same text in other forms: the archive may have any of them.
    """

    form: str
    url: str
    others: tuple[str, ...] = ()


ADDRESSES_AT_MOST = 5
"""Addresses that are asked for to read one notice."""
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_FRAME = r"<iframe\b[^<>]{0,300}?\bsrc\s*=\s*[\"']?(?:https?:)?//"
# What embeds a notice, with the number that names it.
_NOTICES = {
    # LoadNotices(["https://.../<uuid>.json"]): the languages of a notice, then its text.
    "onetrust": re.compile(
        r"https://privacyportal[\w-]{0,10}-cdn\.onetrust\.com/[\w./-]{1,300}?\.json(?=[\"'\\])", re.IGNORECASE
    ),
    # A link that its script replaces by the text, a frame, or a request of the page's own script.
    "iubenda": re.compile(
        r"<a\b(?=[^<>]{0,600}\biubenda-embed\b)[^<>]{0,600}?//(?:www\.)?iubenda\.com/privacy-policy/(\d{1,12})\b"
        rf"|{_FRAME}(?:www\.)?iubenda\.com/privacy-policy/(\d{{1,12}})|iubenda\.com/api/privacy-policy/(\d{{1,12}})",
        re.IGNORECASE,
    ),
    "termly": re.compile(
        rf"<\w+\b(?=[^<>]{{0,300}}\bname\s*=\s*[\"']?termly-embed)[^<>]{{0,300}}?\bdata-id\s*=\s*[\"']?({_UUID})"
        rf"|{_FRAME}app\.termly\.io/(?:document/[\w-]{{1,40}}/|policy-viewer/policy\.html\?policyUUID=)({_UUID})"
        rf"|app\.termly\.io/api/v1/(?:consumer/policies|snippets/websites/{_UUID}/documents)/({_UUID})",
        re.IGNORECASE,
    ),
}
_MARKS = {"onetrust": b"otnotice", "iubenda": b"iubenda", "termly": b"termly"}
_IUBENDA = "https://www.iubenda.com"
_TERMLY = "https://app.termly.io"


def notice_address(body: bytes, content_type: str | None) -> NoticeAddress | None:
    """Return where the notice is that a page embeds from a privacy service; None if it embeds none."""
    if shown_as_text(content_type) or not any(mark in body for mark in _MARKS.values()):
        return None
    source = unescape(decode(body, content_type)[:_MOST])
    for form, mark in _MARKS.items():
        if mark in body and (found := _NOTICES[form].search(source)):
            return _address(form, next(filter(None, found.groups()), found[0]))
    return None


def _address(form: str, number: str) -> NoticeAddress:
    if form == "iubenda":
        page, data = f"{_IUBENDA}/privacy-policy/{number}", f"{_IUBENDA}/api/privacy-policy/{number}"
        return NoticeAddress(form, page, (data, f"{data}/no-markup", f"{page}/legal"))
    if form == "termly":
        number = number.lower()
        data = f"{_TERMLY}/api/v1/consumer/policies/{number}/content"
        page = f"{_TERMLY}/document/privacy-policy/{number}"
        return NoticeAddress(form, data, (f"{data}?lang=en", page, f"{_TERMLY}/api/v1/snippets/documents/{number}"))
    return NoticeAddress(form, number)


def next_address(form: str, body: bytes, url: str = "", language: str = "en") -> str | None:
    """Return the address to which the answer of `url` leads: OneTrust's list of languages, or Termly's site of a
    document, lead to a text.

    The text in `language` is taken, else the first.
    """
    found = read_json(body) if form in ("onetrust", "termly") else None
    if not isinstance(found, dict):
        return None
    if form == "termly":
        site, (before, _, number) = found.get("uuid"), url.rpartition("/documents/")
        is_site = isinstance(site, str) and re.fullmatch(_UUID, site, re.IGNORECASE) is not None
        return f"{before}/websites/{site}/documents/{number}/preview" if is_site and before and number else None
    languages = found.get("languages")
    if not isinstance(languages, dict):
        return None
    addresses = {
        str(code).lower(): one["policyUrl"]
        for code, one in languages.items()
        if isinstance(one, dict) and isinstance(one.get("policyUrl"), str)
    }
    own = [url for code, url in addresses.items() if code.partition("-")[0] == language]
    return next(iter([*own, *addresses.values()]), None)


def page_of_notice(page: bytes, content_type: str | None, notice: bytes, kind: str | None) -> bytes | None:
    """Return a notice as a page in UTF-8, titled as the page that embeds it; None if it has no text.

    Services give a page of their own, or the text as a field of JSON. One that is an application has no text.
    """
    if notice.lstrip()[:1] in (b"{", b"["):
        return _page(_title(decode(page, content_type)), prose(read_json(notice), "content"))
    text = decode(notice, kind)
    return text.encode("utf-8", "replace") if len(_WORD.findall(_UNSEEN.sub(" ", text))) >= _FEW else None


def page_of_state(body: bytes, content_type: str | None) -> bytes | None:
    """Return the prose in the state that a page's own scripts hold as JSON, as a page in UTF-8; None if there is
    none.
    """
    if shown_as_text(content_type) or b"<script" not in body.lower():
        return None
    source = decode(body, content_type)[:_MOST]
    return _page(_title(source), (one for value in _states(source) for one in prose(value)))


def _states(source: str) -> Iterator[Any]:
    """Yield what scripts hold as JSON: their whole text, what they assign, and the strings that they parse."""
    decoder = json.JSONDecoder(strict=False)
    for attributes, code in _SCRIPT.findall(source):
        if _JSON_TYPE.search(attributes):
            if not _LINKED_DATA.search(attributes):
                yield read_json(code)
            continue
        at = 0
        for found in islice(_HOLDS.finditer(code), _MOST_STATES):
            if found.end() < at:
                continue
            try:
                value, at = decoder.raw_decode(code, found.end())
            except (ValueError, RecursionError):
                continue
            yield read_json(value) if isinstance(value, str) else value


def _page(title: str, pieces: Iterator[str]) -> bytes | None:
    content = "\n".join(dict.fromkeys(pieces))
    if not content:
        return None
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article>{content}</article></body></html>"
    return page.encode("utf-8", "replace")


def _title(source: str) -> str:
    found = _TITLE.search(source)
    return (found[1] or "").strip() if found else ""
