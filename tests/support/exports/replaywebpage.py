"""ReplayWeb.page, the viewer of WACZ files, of npm: downloaded for the tests, and served beside a file to a browser."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

import pytest

PACKAGE = "replaywebpage@2.4.6"
SHA512 = "uG50jESRld0p+fY7+nUxIWl7hvfimreNjSmaNkc/a9a8gBdmb7PH4J42Iib+vgk9KrHd0HLScVT++LgqV5fwpQ=="
"""The digest of the package, in base 64, as npm states it."""
VIEW = b"""<!DOCTYPE html><meta charset="utf-8"><script src="/ui.js"></script>
<replay-web-page source="/captures.wacz" embed="replayonly" replayBase="/replay/"></replay-web-page>
<script>const asked = new URLSearchParams(location.search), viewer = document.querySelector("replay-web-page");
viewer.setAttribute("url", asked.get("url")); viewer.setAttribute("ts", asked.get("ts"));</script>"""


def downloaded(folder: Path) -> dict[str, bytes]:
    """The two scripts of the package; skips where there is no npm or no network (CI has both)."""
    if (npm := shutil.which("npm")) is None:
        _cannot("npm is not installed: apt-get install npm")
    command = [npm, "pack", "--silent", "--cache", str(folder / "npm"), "--pack-destination", str(folder), PACKAGE]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        _cannot(f"npm gives no {PACKAGE}: {done.stderr[-500:]}")
    (file,) = folder.glob("*.tgz")
    assert base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode() == SHA512
    with tarfile.open(file) as archive:
        found = {name: archive.extractfile(f"package/{name}") for name in ("ui.js", "sw.js")}
        return {name: one.read() for name, one in found.items() if one is not None}


def _cannot(reason: str) -> NoReturn:
    assert not os.environ.get("CI"), reason
    pytest.skip(reason)


@contextmanager
def replaying(wacz: Path, folder: Path) -> Iterator[str]:
    """The address of a page that replays a WACZ file (``?url=...&ts=...``), for the body of the ``with``."""
    scripts = downloaded(folder)
    files = {
        "/": ("text/html", VIEW),
        "/ui.js": ("text/javascript", scripts["ui.js"]),
        "/replay/sw.js": ("text/javascript", scripts["sw.js"]),
        "/captures.wacz": ("application/wacz", wacz.read_bytes()),
    }

    class Handler(BaseHTTPRequestHandler):
        """Answers with files, or with the part of one that is asked for: the viewer reads a WACZ by its parts."""

        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def _answer(self, *, with_body: bool) -> None:
            kind, body = files.get(self.path.partition("?")[0], ("", b""))
            part = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
            self.send_response(404 if not kind else 206 if part else 200)
            if part:
                first = int(part[1]) if part[1] else max(0, len(body) - int(part[2]))
                last = int(part[2]) if part[1] and part[2] else len(body) - 1
                self.send_header("Content-Range", f"bytes {first}-{min(last, len(body) - 1)}/{len(body)}")
                body = body[first : last + 1]
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
