"""What `tests/data` holds, made by the present code."""

from __future__ import annotations

import re
from pathlib import Path

from harvester.cleaner import clean
from harvester.store.database import Database
from harvester.store.read.versions import log
from tests.support.paths import ROOT

DATA = ROOT / "tests" / "data"
_ADDRESS = re.compile(r"/web/(\d{14})id_/(\S+?)\)")


def document_of(page: Path) -> str:
    """Return the document of a page whose first comment names its snapshot."""
    body = page.read_bytes()
    named = _ADDRESS.search(body.decode("utf-8"))
    assert named, f"{page.name} names no snapshot"
    domain = page.name.rpartition("-")[0]
    return clean(body, url=named[2], timestamp=named[1], domain=domain, content_type="text/html; charset=utf-8").text


def history_of_sample(database: Database, service: str) -> str:
    """Return one line for each version of a service: when it was seen, its size, and how it differs from the last."""
    with database.reading() as session:
        return "".join(
            f"{one.first_seen:%Y-%m-%d %H:%M:%S} {one.last_seen:%Y-%m-%d %H:%M:%S} captures={one.captures} "
            f"words={one.words} {one.kind or 'first'} +{one.words_added or 0} -{one.words_removed or 0}\n"
            for one in log(session, service)
        )
