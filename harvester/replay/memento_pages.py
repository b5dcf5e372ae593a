"""The replayed archive in the words of Memento (RFC 7089): its TimeGate, and TimeMaps in three forms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from email.utils import format_datetime, parsedate_to_datetime

from harvester.memento import ascii_url, surt, timestamp_of
from harvester.replay.archives.replayable import ReplayCapture
from harvester.replay.index import FIELDS, Index, row_of
from harvester.replay.playback import ReplayAnswer, choose, instant, not_archived

_LINK, _CDXJ = "application/link-format", "application/cdxj+ors"


def timemap_of(index: Index, base: str, form: str, url: str) -> ReplayAnswer:
    """Return the TimeMap of a URL as ``link``, ``json`` or ``cdxj``; an archive without captures of it answers 404."""
    captures = index.of(url)
    if not captures:
        return not_archived()
    if form == "link":
        return ReplayAnswer(200, _as_links(base, url, captures).encode(), [("Content-Type", _LINK)])
    if form == "json":
        rows = [list(FIELDS), *(list(row_of(surt(url), capture)) for capture in captures)]
        return ReplayAnswer(200, json.dumps(rows).encode(), [("Content-Type", "application/json")])
    return ReplayAnswer(200, _as_cdxj(base, url, captures).encode(), [("Content-Type", _CDXJ)])


def timegate_of(index: Index, base: str, url: str, accept: str) -> ReplayAnswer:
    """Return the redirect to the capture of a URL nearest to an HTTP date; the newest without one, 400 for another."""
    captures = index.of(url)
    if not captures:
        return not_archived()
    chosen: ReplayCapture | None = captures[-1]
    if accept:
        try:
            chosen = choose(captures, url, timestamp_of(parsedate_to_datetime(accept)))
        except ValueError:
            return ReplayAnswer(400, b"Accept-Datetime is not an HTTP date\n", [("Content-Type", "text/plain")])
    if chosen is None:
        return not_archived()
    headers = [
        ("Location", memento_url(base, chosen)),
        ("Vary", "accept-datetime"),
        ("Link", link_header(base, url, captures, chosen)),
        ("Content-Type", "text/plain; charset=utf-8"),
    ]
    return ReplayAnswer(302, b"", headers)


def memento_url(base: str, capture: ReplayCapture) -> str:
    """Return the address of a capture as it was captured."""
    return f"{base}/web/{capture.timestamp}id_/{ascii_url(capture.url)}"


def link_header(base: str, url: str, captures: Sequence[ReplayCapture], shown: ReplayCapture) -> str:
    """Return the links of a capture: its original, TimeMap and TimeGate, and the first, nearest and last captures."""
    place = captures.index(shown)
    relations: dict[int, list[str]] = {}
    for at, relation in (
        (0, "first"), (place - 1, "prev"), (place, ""), (place + 1, "next"), (len(captures) - 1, "last"),
    ):  # fmt: skip
        if 0 <= at < len(captures):
            relations.setdefault(at, []).append(relation)
    mementos = [_memento(base, captures[at], " ".join(filter(None, found))) for at, found in sorted(relations.items())]
    return ", ".join([*_heads(base, url), *mementos])


def _heads(base: str, url: str) -> list[str]:
    url = ascii_url(url)
    return [
        f'<{url}>; rel="original"',
        f'<{base}/web/{url}>; rel="timegate"',
        f'<{base}/web/timemap/link/{url}>; rel="timemap"; type="{_LINK}"',
    ]


def _memento(base: str, capture: ReplayCapture, relation: str = "") -> str:
    date = format_datetime(instant(capture.timestamp), usegmt=True)
    return f'<{memento_url(base, capture)}>; rel="{f"{relation} memento".strip()}"; datetime="{date}"'


def _as_links(base: str, url: str, captures: Sequence[ReplayCapture]) -> str:
    original, gate, itself = _heads(base, url)
    first, last = (format_datetime(instant(captures[at].timestamp), usegmt=True) for at in (0, -1))
    itself = itself.replace('rel="timemap"', 'rel="self"') + f'; from="{first}"; until="{last}"'
    relations = ["first", *[""] * (len(captures) - 2), "last"] if len(captures) > 1 else ["first last"]
    mementos = [_memento(base, one, relation) for one, relation in zip(captures, relations, strict=True)]
    return ",\n".join([original, itself, gate, *mementos]) + "\n"


def _as_cdxj(base: str, url: str, captures: Sequence[ReplayCapture]) -> str:
    url = ascii_url(url)
    heads = [
        '!context ["http://tools.ietf.org/html/rfc7089"]',
        "!id " + json.dumps({"uri": f"{base}/web/timemap/cdxj/{url}"}),
        '!keys ["memento_datetime_YYYYMMDDhhmmss"]',
        "!meta " + json.dumps({"original_uri": url, "timegate_uri": f"{base}/web/{url}"}),
    ]
    lines = [
        f"{one.timestamp} "
        + json.dumps(
            {
                "uri": memento_url(base, one),
                "rel": "memento",
                "datetime": format_datetime(instant(one.timestamp), usegmt=True),
            }
        )
        for one in captures
    ]
    return "\n".join([*heads, *lines]) + "\n"
