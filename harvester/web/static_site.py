"""``export site``: the pages as files that work from a disk, made by asking the application itself.

Every page that a reader can reach by links is kept. What needs a server has no link there: search, status, the API, and
forms. Links among the files are relative; feeds name pages in full, so they are kept if ``web.base_url`` is set.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import posixpath
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from harvester.catalogue.document_types import TYPES
from harvester.errors import StoreError
from harvester.exporting.destination import Destination
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.read.snapshots import service_names
from harvester.store.read.tables import extent
from harvester.web.app import create_app

_DOCUMENT = rf"services/[^/]+(/({'|'.join(TYPES)}))?"
_KEPT_PATHS = re.compile(
    r"/(changes|feeds/changes\.atom|static/[\w.-]+"
    rf"|{_DOCUMENT}(/changes\.atom|/(changes|versions)/[\w-]+)?)?",
    re.ASCII,
)
_KEPT_QUERIES = {"cursor", "after", "before", "view", "show", "service", "type", "tag", "kind"}
_LINK = re.compile(r'\s(href|src)="(/[^"]*)"')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_NO_PAGE = re.compile(rf"static/|feeds/|{_DOCUMENT}/changes\.atom$")


@dataclass(frozen=True, slots=True)
class Kept:
    """The files written: pages with their feeds, styles and scripts."""

    files: int


def export_site(settings: Settings, database: Database, folder: Path) -> Kept:
    """Write the site into `folder`; it begins at ``index.html``.

    The pages show the time of the store's last observation, so that equal stores give equal files.
    """
    with database.reading() as session:
        until = extent(session, [number for number, _ in service_names(session)]).last or datetime.fromtimestamp(0, UTC)
    app = create_app(settings, database, lambda: until, served=False)
    seen = {"/"}
    waiting = deque(seen)
    options = {"base_url": settings.web.base_url} if settings.web.base_url else {}
    with Destination.claim(folder, "site", options) as destination, asyncio.Runner() as runner:
        while waiting:
            target = waiting.popleft()
            body, found = _file(target, *runner.run(_get(app, target)))
            destination.write(file_of(target), body)
            for one in found:
                bare = one.partition("#")[0]
                if bare not in seen:
                    seen.add(bare)
                    waiting.append(bare)
    return Kept(len(seen))


def _file(target: str, status: int, headers: dict[str, str], body: bytes) -> tuple[bytes, list[str]]:
    """Return the file content for an answered address, and the addresses that it links to."""
    if status in (301, 302, 303, 307, 308):
        onward = headers.get("location", "/")
        page = f'<!DOCTYPE html><meta http-equiv="refresh" content="0; url={_relative(target, onward)}">'
        return page.encode(), [onward] if _is_kept(onward) else []
    if status != 200:
        raise StoreError(f"export site: {target} answers {status}; open the same page in the served site")
    if not headers.get("content-type", "").startswith("text/html"):
        return body, []
    page = _FORM.sub("", body.decode("utf-8"))
    return _LINK.sub(lambda link: _rewritten(target, link), page).encode("utf-8"), list(_links(page))


def file_of(target: str) -> str:
    """Return the file of a local address: pages are ``index.html`` in their folder, their variants have a suffix."""
    parts = urlsplit(target)
    path = unquote(parts.path).strip("/")
    if _NO_PAGE.match(path):
        return path
    variant = f"-{hashlib.sha256(parts.query.encode()).hexdigest()[:10]}" if parts.query else ""
    return f"{path}/index{variant}.html".lstrip("/")


def _links(page: str) -> Iterator[str]:
    for link in _LINK.finditer(page):
        if _is_kept(address := html.unescape(link[2])):
            yield address


def _is_kept(address: str) -> bool:
    parts = urlsplit(address)
    queries = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    return bool(_KEPT_PATHS.fullmatch(parts.path)) and not parts.netloc and queries <= _KEPT_QUERIES


def _rewritten(at: str, link: re.Match[str]) -> str:
    """Return a link as the file has it; one to a page that is not exported becomes plain text."""
    address = html.unescape(link[2])
    return f' {link[1]}="{html.escape(_relative(at, address))}"' if _is_kept(address) else ""


def _relative(at: str, address: str) -> str:
    bare, hash_, fragment = address.partition("#")
    return posixpath.relpath(file_of(bare), posixpath.dirname(file_of(at)) or ".") + hash_ + fragment


async def _get(app: Any, target: str) -> tuple[int, dict[str, str], bytes]:
    """Return the application's answer to one request (ASGI 3)."""
    parts = urlsplit(target)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode("ascii"),
        "query_string": parts.query.encode("ascii"),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
    }
    said: dict[str, Any] = {"status": 500, "headers": []}
    body = bytearray()
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            said.update(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(scope, receive, send)
    return (
        said["status"],
        {key.decode().lower(): value.decode("latin-1") for key, value in said["headers"]},
        bytes(body),
    )
