"""Everything of a service as one ZIP file: whole, the same each time, with safe names, never whole in memory."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import httpx
import pytest
from fastapi import FastAPI

from harvester.web.http.streams import Slots
from tests.support.web.client import Client
from tests.support.web.streams import read

URL = "/services/kettle.example/everything.zip"


@pytest.fixture(scope="module")
def answer(client: Client) -> httpx.Response:
    return client.get(URL)


@pytest.fixture(scope="module")
def files(answer: httpx.Response) -> dict[str, bytes]:
    """The files without the folder that they are all in."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.testzip() is None
        names = file.namelist()
        assert len(names) == len(set(names))
        assert all(re.fullmatch(r"harvester-[a-z0-9.-]+(/[a-z0-9-]+)*/[A-Za-z0-9-]+\.[a-z]+", one) for one in names)
        return {name.partition("/")[2]: file.read(name) for name in names}


def test_it_has_each_version_redline_capture_and_provenance(client: Client, files: dict[str, bytes]) -> None:
    versions = client.get("/api/v1/services/kettle.example/versions?limit=100").json()["items"]
    stamps = ["".join(filter(str.isdigit, one["first_seen"])) for one in versions]
    assert sorted(name[-17:-3] for name in files if "/versions/" in name) == sorted(stamps)
    assert sorted(name[-19:-5] for name in files if "/redlines/" in name) == sorted(stamps)[1:]
    alone = client.get(f"/services/kettle.example/versions/{stamps[0]}/download/md").content
    assert files[f"privacy-policy/versions/{stamps[0]}.md"] == alone
    redline = client.get(f"/services/kettle.example/changes/{stamps[0]}/download/html").content
    assert files[f"privacy-policy/redlines/{stamps[0]}.html"] == redline
    rows = list(csv.DictReader(io.StringIO(files["privacy-policy/captures.csv"].decode())))
    ledger = client.get("/api/v1/services/kettle.example/ledger?limit=100").json()["items"]
    assert [one["digest"] for one in rows] == [one["digest"] for one in ledger]
    provenance = json.loads(files["privacy-policy/provenance.json"])
    assert {one["file"] for one in provenance} == {name[15:] for name in files if "/versions/" in name}
    assert all(one["snapshot"].startswith("https://web.archive.org/web/") for one in provenance)
    assert files["privacy-policy/CITATION.bib"].count(b"@misc{") == len(versions)


def test_it_is_the_same_each_time_and_linked_for_everybody(client: Client, answer: httpx.Response) -> None:
    assert answer.headers["content-disposition"] == 'attachment; filename="kettle.example.zip"'
    assert client.get(URL).content == answer.content
    assert f'href="{URL}"' in client.get("/services/kettle.example").text
    assert client.get("/services/none.example/everything.zip").status_code == 404


def test_it_is_sent_while_it_is_made_and_a_reader_who_goes_leaves_its_place(app: FastAPI) -> None:
    pieces: list[int] = []
    others: list[int] = []
    kept, app.state.files_at_once = app.state.files_at_once, Slots(1)

    async def taken(piece: bytes) -> None:
        pieces.append(len(piece))
        if len(pieces) == 3:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as other:
                others.append((await other.get(URL)).status_code)
            raise OSError("the reader is gone")

    with pytest.raises(BaseException):  # noqa: B017
        read(app, URL, taken)
    assert others == [503], "there is one place"
    assert Client(app).get(URL).status_code == 200, "and it is free again"
    app.state.files_at_once = kept
