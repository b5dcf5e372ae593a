"""What a path of a replayed archive asks for."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from harvester.replay.crawls import is_of_crawls
from harvester.replay.faults.behaviours import Endpoint, Request


def request_of(path: str, cookie: str, host: str, at: float) -> Request:
    """Parse a request from its path: index or capture, of which URL, in which dialect."""
    bare = path.partition("?")[0]
    if bare in ("/cdx/search/cdx", "/cdx", "/pywb/cdx"):
        url = parse_qs(urlsplit(path).query).get("url", [""])[0]
        return Request("cdx", path, url, bare == "/pywb/cdx", cookie, host, at)
    if (wanted := timemap_asked(path)) is not None:
        return Request("cdx", path, wanted[1], False, cookie, host, at)
    if is_of_crawls(bare):
        kind: Endpoint = "playback" if bare.startswith("/crawl-data/") else "cdx"
        return Request(kind, path, parse_qs(urlsplit(path).query).get("url", [bare])[0], False, cookie, host, at)
    for prefix in ("/web/", "/pywb/"):
        if path.startswith(prefix):
            return Request("playback", path, path.removeprefix(prefix), prefix == "/pywb/", cookie, host, at)
    if bare.startswith("/save/status/"):
        return Request("save-status", path, bare.removeprefix("/save/status/"), False, cookie, host, at)
    return Request("other", path, path, False, cookie, host, at)


def save_of(path: str, form: str, signed: bool, host: str, at: float) -> Request:
    """Parse a POST: a request to save the URL of its form, else nothing that is known here."""
    url = parse_qs(form).get("url", [""])[0]
    if path.partition("?")[0].rstrip("/") != "/save":
        return Request("other", path, path, False, "", host, at)
    return Request("save", f"/save?{url}", url, False, "", host, at, form=form, signed=signed)


def timemap_asked(path: str) -> tuple[str, str] | None:
    """Return the form and the URL of a TimeMap that a path asks for; None for another path."""
    found = re.fullmatch(r"/web/timemap/(link|json|cdxj)/(.+)", path, re.DOTALL)
    return (found[1], found[2]) if found else None
