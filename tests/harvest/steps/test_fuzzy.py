"""pywb answers a span without captures with those of addresses that resemble the asked one: they are none of its."""

from __future__ import annotations

import io
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from harvester.archive.dialects.form import IndexQuery
from harvester.archive.dialects.forms import DIALECTS
from harvester.clock import utc_now
from harvester.harvest.backfill import Order, backfill
from harvester.harvest.report.progress import Silent
from harvester.store.database import Database
from tests.support.harvest.harvests import entry, settings
from tests.support.harvest.pages import policy
from tests.support.pywb_server import serving

URL = "http://shop.example/privacy.html"

ANY = IndexQuery(URL, None, None, 10)


def row(url: str, **more: object) -> str:
    return json.dumps({"urlkey": "k", "timestamp": "20200101000000", "url": url, "status": "200", **more})


@pytest.mark.parametrize("mark", ["1", 1, True, "true"])
def test_a_row_that_only_resembles_the_address_is_dropped(mark: object) -> None:
    page = f"{row(URL)}\n{row(URL + '?lang=de', is_fuzzy=mark)}\n"
    rows, _ = DIALECTS["pywb"].page(page, ANY)
    assert [json.loads(one.line)["url"] for one in rows] == [URL]


@pytest.mark.parametrize("mark", ["0", 0, False, ""])
def test_a_row_that_is_marked_as_exact_stays(mark: object) -> None:
    rows, _ = DIALECTS["pywb"].page(row(URL, is_fuzzy=mark), ANY)
    assert len(rows) == 1


def test_fuzzy_answers_are_not_asked_for() -> None:
    assert DIALECTS["pywb"].parameters(IndexQuery(URL, None, None, 10))["allowFuzzy"] == "0"
    assert "allowFuzzy" not in DIALECTS["wayback"].parameters(IndexQuery(URL, None, None, 10))


def test_a_span_without_captures_stays_without(sqlite: Database, tmp_path: Path) -> None:
    warc = tmp_path / "captures.warc.gz"
    with warc.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, year in ((URL, 2019), (f"{URL}?lang=de", 2020)):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            date = {"WARC-Date": f"{year}-06-01T12:00:00Z"}
            body = io.BytesIO(policy(year))
            record = writer.create_warc_record(
                url, "response", payload=body, http_headers=headers, warc_headers_dict=date
            )
            writer.write_record(record)
            record.raw_stream.close()
    folder = tmp_path / "pywb"
    folder.mkdir()
    chosen = settings()
    with serving(warc, folder) as base:
        for start, end, known in ((2020, 2020, 0), (2019, 2020, 1)):
            span = datetime(start, 1, 1, tzinfo=UTC), datetime(end, 12, 31, tzinfo=UTC)
            summary = backfill(
                sqlite, chosen, chosen.archive_named(f"pywb+{base}"), Order([entry("shop.example", URL)], *span),
                clock=utc_now, stop=threading.Event(), progress=Silent(),
            )  # fmt: skip
            assert summary.known == known
