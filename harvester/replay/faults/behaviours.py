"""The effect of each fault on one request of a replayed archive."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import parse_qs, quote_plus, unquote_plus, urlsplit

from harvester.replay.faults.file import ENCODINGS, LOCATIONS, Fault
from harvester.replay.index import Index, ReplayQuery
from harvester.replay.playback import (
    HTML,
    ReplayAnswer,
    excluded,
    excluded_index,
    instant,
    not_archived,
    page,
    split_capture_path,
    stand_in,
)
from harvester.replay.save_jobs import save_busy, save_error

Endpoint = Literal["cdx", "playback", "save", "save-status", "other"]
MALFORMED = (
    "com,example)/ 20150101000000",
    "com,example)/ 20150001123456 http://mailto:privacy@kettle.example unk 301 3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ 324",
    "com,example)/ 201501 data:image/png;base64,iVBOR text/html 200 - - - - extra",
)
"""Invalid rows, in the shapes that clients of the real index reported."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: its endpoint, path with query, the URL (playback: ``TIMESTAMPid_/URL``) and the monotonic time."""

    endpoint: Endpoint
    path: str
    target: str
    pywb: bool
    cookie: str
    host: str
    at: float
    accept_datetime: str = ""
    span: str = ""
    form: str = ""
    signed: bool = False


@dataclass(slots=True)
class Delivery:
    """An answer and how it is sent: after `wait` seconds, or reset, or cut, or `drip` bytes at a time."""

    answer: ReplayAnswer
    fault: str = ""
    wait: float = 0.0
    reset: bool = False
    cut: int | None = None
    drip: int = 0
    drip_wait: float = 0.05

    @property
    def retry_after(self) -> float | None:
        """Seconds of the answer's Retry-After."""
        return next((float(value) for name, value in self.answer.headers if name == "Retry-After"), None)


class Site(Protocol):
    """The well-behaved archive behind the faults."""

    index: Index

    def answer(self, request: Request) -> ReplayAnswer: ...


def applies(fault: Fault, request: Request) -> bool:
    """Return whether a fault can affect this request at all."""
    asked = parse_qs(urlsplit(request.path).query) if request.endpoint == "cdx" else {}
    if fault.kind == "wide":
        first, last = asked.get("from", ["1996"])[0], asked.get("to", ["2026"])[0]
        span = instant(last.ljust(14, "0")) - instant(first.ljust(14, "0"))
        return request.endpoint == "cdx" and span.days >= fault.days
    if fault.kind == "cookie":
        return "resumeKey" in asked and "wb-cdx-SERVER=" not in request.cookie
    if fault.kind in ("malformed", "empty-page"):
        return request.endpoint == "cdx" and (fault.kind == "malformed" or asked.get("showResumeKey") == ["true"])
    if fault.kind == "repeat-key":
        return "resumeKey" in asked
    if fault.kind == "save-error":
        return request.endpoint == "save" or request.path.startswith("/save/status/spn2-")
    if fault.kind == "save-busy":
        state = "system" if fault.mode == "system" else "user"
        return request.path.partition("?")[0] == f"/save/status/{state}"
    if fault.kind in ("unplayable", "nearest", "loop", "encoding", "location"):
        return request.endpoint == "playback"
    return True


def _cookie(fault: Fault, request: Request, site: Site) -> Delivery:
    """Fail paging without the cookie that the first page set, as if the archive forgot where it was."""
    return Delivery(page(500, "Server error", "No session for this resume key."))


def _latency(fault: Fault, request: Request, site: Site) -> Delivery:
    return Delivery(site.answer(request), wait=fault.seconds)


def _status(fault: Fault, request: Request, site: Site) -> Delivery:
    answer = page(fault.status, f"{fault.status}", "The archive cannot answer now.")
    if fault.retry_after is not None:
        answer.headers.append(("Retry-After", str(fault.retry_after)))
    return Delivery(answer)


def _reset(fault: Fault, request: Request, site: Site) -> Delivery:
    return Delivery(ReplayAnswer(0), reset=True)


def _truncate(fault: Fault, request: Request, site: Site) -> Delivery:
    answer = site.answer(request)
    return Delivery(answer, cut=len(answer.body) // 2) if answer.body else _reset(fault, request, site)


def _drip(fault: Fault, request: Request, site: Site) -> Delivery:
    """Send the whole body within `seconds`, in ten pieces."""
    answer = site.answer(request)
    return Delivery(answer, drip=len(answer.body) // 10 + 1, drip_wait=fault.seconds / 10)


def _html(fault: Fault, request: Request, site: Site) -> Delivery:
    return Delivery(page(200, "Internet Archive: scheduled maintenance", "We will be back shortly."))


def _malformed(fault: Fault, request: Request, site: Site) -> Delivery:
    """Add broken rows after the first row (in JSON: after the header)."""
    answer = site.answer(request)
    lines = answer.body.decode().split("\n")
    if answer.status == 200 and len(lines) > 1 and lines[0] not in ("", "[[],"):
        is_json = lines[0].startswith("[[")
        broken = [json.dumps(row.split(" ")) + "," for row in MALFORMED] if is_json else list(MALFORMED)
        answer.body = "\n".join([lines[0], *broken, *lines[1:]]).encode()
    return Delivery(answer)


def _same_key(request: Request, key: str) -> Delivery:
    """Answer a page whose resume key is `key`, with no rows."""
    query = ReplayQuery(urlsplit(request.path).query)
    return Delivery(ReplayAnswer(200, query.text([], key).encode(), [("Content-Type", query.content_type)]))


def _repeat_key(fault: Fault, request: Request, site: Site) -> Delivery:
    sent = parse_qs(urlsplit(request.path).query)["resumeKey"][0]
    return _same_key(request, sent if "%" in sent else quote_plus(sent))


def _empty_page(fault: Fault, request: Request, site: Site) -> Delivery:
    """Answer no rows, and a key that leads to them: that of the first of them."""
    query = ReplayQuery(urlsplit(request.path).query)
    rows, _ = query.select(site.index.rows(query.url))
    key = quote_plus(f"{rows[0][0]} {rows[0][1]}") if rows else ""
    if not rows or query.resume_key in (key, unquote_plus(key)):
        return Delivery(site.answer(request))
    return _same_key(request, key)


def _excluded(fault: Fault, request: Request, site: Site) -> Delivery:
    if request.endpoint == "playback":
        return Delivery(excluded())
    return Delivery(excluded_index(robots=fault.mode in ("robots", "row"), as_row=fault.mode == "row"))


def _unplayable(fault: Fault, request: Request, site: Site) -> Delivery:
    return Delivery(not_archived())


def _nearest(fault: Fault, request: Request, site: Site) -> Delivery:
    """Offer another capture in place of a listed one."""
    wanted = split_capture_path(request.target)
    others = [c for c in site.index.of(wanted[1]) if c.timestamp != wanted[0]] if wanted else []
    if wanted is None or not others or request.pywb:
        return Delivery(site.answer(request))
    at = instant(wanted[0])
    nearest = min(others, key=lambda c: abs(instant(c.timestamp) - at))
    return Delivery(stand_in(f"http://{request.host}", nearest))


def _loop(fault: Fault, request: Request, site: Site) -> Delivery:
    """Answer a captured redirect to a captured redirect back."""
    answer = site.answer(request)
    here = request.target
    there = here.removesuffix("?again") if here.endswith("?again") else here + "?again"
    prefix = "pywb" if request.pywb else "web"
    wanted = split_capture_path(here)
    memento = [(n, v) for n, v in answer.headers if n == "Memento-Datetime"]
    if not memento and wanted is not None:
        memento = [("Memento-Datetime", instant(wanted[0]).strftime("%a, %d %b %Y %H:%M:%S GMT"))]
    return Delivery(
        ReplayAnswer(
            302, b"", [("Content-Type", HTML), ("Location", f"http://{request.host}/{prefix}/{there}"), *memento]
        )
    )


def _encoding(fault: Fault, request: Request, site: Site) -> Delivery:
    """Send a Content-Encoding that does not match the body, in one of the four ways that were recorded."""
    answer = site.answer(request)
    mode = fault.mode or ENCODINGS[sum(request.target.encode()) % len(ENCODINGS)]
    if mode == "double":
        answer.body = gzip.compress(answer.body, 1, mtime=0)
        answer.headers += [("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")]
    elif mode == "blank":
        answer.headers += [("Content-Encoding", "")]
    elif mode == "announced":
        answer.headers += [("Content-Encoding", "gzip")]
    else:
        answer.body = gzip.compress(answer.body, 1, mtime=0)
    return Delivery(answer)


def _wide(fault: Fault, request: Request, site: Site) -> Delivery:
    return Delivery(page(504, "504 Gateway Time-out", "The index took too long."))


def _location(fault: Fault, request: Request, site: Site) -> Delivery:
    """Send the Location of a redirect in another of the shapes that occur."""
    answer = site.answer(request)
    mode = fault.mode or LOCATIONS[sum(request.target.encode()) % len(LOCATIONS)]
    root = f"http://{request.host}"

    def reshaped(value: str) -> str:
        if mode == "path":
            return value.removeprefix(root)
        if mode == "scheme-less":
            return value.removeprefix("http:")
        return re.sub(r"/web/\d+id_/", "/web/", value)

    answer.headers = [(n, reshaped(v) if n == "Location" else v) for n, v in answer.headers]
    return Delivery(answer)


def _save_error(fault: Fault, request: Request, site: Site) -> Delivery:
    return Delivery(save_error(fault.mode or "browsing-timeout"))


def _save_busy(fault: Fault, request: Request, site: Site) -> Delivery:
    return Delivery(save_busy(fault.mode or "sessions"))


ACTS: dict[str, Callable[[Fault, Request, Site], Delivery]] = {
    "latency": _latency,
    "status": _status,
    "reset": _reset,
    "truncate": _truncate,
    "drip": _drip,
    "html": _html,
    "malformed": _malformed,
    "repeat-key": _repeat_key,
    "empty-page": _empty_page,
    "excluded": _excluded,
    "unplayable": _unplayable,
    "nearest": _nearest,
    "loop": _loop,
    "encoding": _encoding,
    "cookie": _cookie,
    "wide": _wide,
    "location": _location,
    "save-error": _save_error,
    "save-busy": _save_busy,
}
