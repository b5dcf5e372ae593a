"""WARC files that a test makes with warcio, or record by record as it gives them, and imports of them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from harvester.archive.local.archive_files import Broken, archive_files
from harvester.catalogue.entries import ServiceEntry
from harvester.clock import utc_now
from harvester.harvest.imports.import_files import Choice, ImportedFiles, import_files
from harvester.harvest.report.progress import Progress, Silent
from harvester.settings import Settings
from harvester.store.database import Database
from tests.support.harvest.harvests import QUICK

HTML = ("Content-Type", "text/html; charset=utf-8")


def write_records(file: Path, *records: tuple[str, str, str, str, bytes]) -> None:
    """Write records as they are given: type, address, date, other headers, content."""
    head = "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Target-URI: {}\r\nWARC-Date: {}\r\n{}Content-Length: {}\r\n\r\n"
    file.write_bytes(
        b"".join(
            head.format(*names, "".join(f"{line}\r\n" for line in headers.split("\n") if line), len(content)).encode()
            + content
            + b"\r\n\r\n"
            for *names, headers, content in records
        )
    )


class Warc:
    """A WARC file that grows, record by record."""

    def __init__(self, path: Path, *, gzip: bool = True) -> None:
        self.path = path
        self._stream = path.open("wb")
        self._writer = WARCWriter(self._stream, gzip=gzip)

    def __enter__(self) -> Warc:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def response(
        self,
        url: str,
        date: str,
        body: bytes = b"",
        *,
        status: str = "200 OK",
        headers: Sequence[tuple[str, str]] = (HTML,),
        kind: str = "response",
        **record: str,
    ) -> int:
        """Add a record; return where it begins. `record` has headers of the record itself, ``_`` for ``-``."""
        offset = self._stream.tell()
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind != "resource" else None
        extra = {"WARC-Date": date, **{name.replace("_", "-"): value for name, value in record.items()}}
        self._writer.write_record(
            self._writer.create_warc_record(
                url, kind, payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=extra
            )
        )
        self._stream.flush()
        return offset

    def redirect(self, url: str, date: str, location: str) -> int:
        """Add a redirect."""
        return self.response(url, date, status="301 Moved Permanently", headers=(("Location", location),))

    def revisit(
        self, url: str, date: str, digest: str, of: tuple[str, str], status: str = "", *headers: tuple[str, str]
    ) -> None:
        """Add a revisit of the record `of` (address and date), with what the site answered if there is a `status`."""
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if status else None
        self._writer.write_record(
            self._writer.create_revisit_record(url, f"sha1:{digest}", *of, http, {"WARC-Date": date})
        )
        self._stream.flush()


def imported(
    database: Database,
    paths: Sequence[Path],
    entries: Sequence[ServiceEntry] = (),
    *,
    stop: threading.Event | None = None,
    progress: Progress | None = None,
    **choice: Any,
) -> tuple[ImportedFiles, list[Broken]]:
    """Import files; return what was done and what is broken in them."""
    found = list(archive_files(paths))
    broken = [one for one in found if isinstance(one, Broken)]
    done = import_files(
        database,
        Settings(fetch=QUICK),
        [one for one in found if not isinstance(one, Broken)],
        entries,
        Choice(**choice),
        clock=utc_now,
        stop=stop or threading.Event(),
        progress=progress or Silent(),
        report=broken.append,
    )
    return done, broken
