"""``import pages``: files with their addresses and times are captures like any other."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from harvester.archive.local.archive_files import Broken
from harvester.archive.local.kept_pages import KeptPage, kept_pages, write_pages
from harvester.errors import ConfigurationError
from harvester.store.database import Database
from tests.support.harvest.harvests import entry
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import picture
from tests.support.harvest.warcs import imported

URL = "http://shop.example.com/privacy"
SHOP = entry("shop.example", URL)


def as_warc(path: Path, warc: Path) -> list[Broken]:
    with warc.open("wb") as stream:
        return list(write_pages(kept_pages(path), stream))


def test_a_table_of_pages_makes_a_history(database: Database, tmp_path: Path) -> None:
    for year in (2010, 2011, 2012):
        (tmp_path / f"{year}.html").write_bytes(policy(year))
    (tmp_path / "pages.csv").write_text(
        f"url,time,file,status\n{URL},2010-03-01T12:00:00Z,2010.html,200\n{URL},2011-03-01,2011.html,\n"
        f"{URL},20120301120000,2012.html,\n{URL},20130301120000,missing.html,\n{URL},soon,2010.html,\n"
        "ftp://a.example/,20130301120000,2010.html,\n"
    )
    broken = as_warc(tmp_path, tmp_path / "made.warc.gz")
    assert len(broken) == 3
    assert [one.offset for one in broken if "line" in one.reason] == [6, 7]
    imported(database, [tmp_path / "made.warc.gz"], [SHOP])
    assert [f"{one[1]:%Y-%m-%d %H}" for one in picture(database).versions] == [
        "2010-03-01 12", "2011-03-01 00", "2012-03-01 12",
    ]  # fmt: skip


@pytest.mark.parametrize("layout", ["20100301120000/shop.example.com", "shop.example.com/20100301120000"])
def test_a_folder_of_downloaded_pages_needs_no_table(tmp_path: Path, layout: str) -> None:
    for name in ("privacy.html", "legal/index.html"):
        file = tmp_path / layout / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    (tmp_path / "readme.txt").write_text("not a page")
    found = [one for one in kept_pages(tmp_path) if isinstance(one, KeptPage)]
    assert [one.url for one in found] == ["http://shop.example.com/legal/", "http://shop.example.com/privacy.html"]
    assert {one.moment.year for one in found} == {2010}


@pytest.mark.parametrize(
    ("content", "reason"), [(b"url,file\n", "no column 'time'"), (b"url,time,file\n\xff\n", "is not UTF-8 text")]
)
def test_what_is_no_table_of_pages_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "pages.csv").write_bytes(content)
    with pytest.raises(ConfigurationError, match=reason):
        list(write_pages(kept_pages(tmp_path), io.BytesIO()))


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"neither pages\.csv nor files"):
        list(kept_pages(tmp_path))
