"""``evidence``: a package proves a change without the store, and shows every alteration."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from warcio.archiveiterator import ArchiveIterator

from harvester.errors import ConfigurationError, UnknownName
from harvester.exporting.evidence.check import check
from harvester.exporting.evidence.facts import gather
from harvester.exporting.evidence.package import as_json, sha256, write_package
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.read import versions
from tests.support.harvest.harvests import entry
from tests.support.harvest.pages import policy
from tests.support.harvest.warcs import Warc, imported

NOW = datetime(2026, 1, 2, tzinfo=UTC)
URL = "http://shop.example.com/privacy"
SHOP = entry("shop.example", URL)


def packed(session: Session, folder: Path, service: str, ref: str) -> Path:
    write_package(session, gather(session, Settings(), service, ref, NOW), folder)
    return folder


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The change of a service of which files have two editions, the second by way of a redirect."""
    folder = tmp_path_factory.mktemp("evidence")
    with Warc(folder / "a.warc.gz") as warc:
        warc.response(URL, "2010-03-01T12:00:00Z", policy(1))
        warc.response(URL, "2011-03-01T12:00:00Z", policy(2))
    database = Database.open(f"sqlite:///{folder}/store.db")
    imported(database, [folder / "a.warc.gz"], [SHOP])
    with database.reading() as session:
        packed(session, folder / "package", "shop.example", "latest")
    database.close()
    return folder / "package"


def broken(folder: Path) -> list[str]:
    return [one.what for one in check(folder) if one.holds is False]


def test_a_package_holds_and_says_so_of_each_file(package: Path) -> None:
    verdicts = check(package)
    assert {one.holds for one in verdicts} == {True}
    for file in package.rglob("*.*"):
        name = file.relative_to(package).as_posix()
        assert any(name in one.what for one in verdicts), name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_byte_anywhere_in_it_is_found(package: Path, tmp_path: Path, data: st.DataObject) -> None:
    copy = tmp_path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(package, copy)
    file = data.draw(st.sampled_from(sorted(one for one in copy.rglob("*") if one.is_file())))
    content = bytearray(file.read_bytes())
    content[data.draw(st.integers(0, 1_000_000)) % len(content)] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)
    assert broken(copy)


@pytest.mark.parametrize(
    "altered", ["new/document.md", "old/text.md", "redline.html", "statement.txt", "citations.txt", "captures.warc.gz"]
)
def test_an_altered_file_is_found_even_if_the_manifest_is_made_to_fit(
    package: Path, tmp_path: Path, altered: str
) -> None:
    copy = shutil.copytree(package, tmp_path / "copy")
    content = (copy / altered).read_bytes()
    content = content[:300] + b"X" + content[301:]
    (copy / altered).write_bytes(content)
    manifest = json.loads((copy / "manifest.json").read_bytes())
    manifest["files"][altered] = {"sha256": sha256(content), "bytes": len(content)}
    (copy / "manifest.json").write_bytes(as_json(manifest))
    (copy / "manifest.sha256").write_text(f"{sha256(as_json(manifest))}  manifest.json\n")
    assert broken(copy)


def test_a_file_that_is_missing_or_was_added_is_found(package: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(package, tmp_path / "copy")
    (copy / "redline.html").unlink()
    (copy / "more.txt").write_text("x")
    assert {"redline.html is there", "more.txt is in the manifest"} <= set(broken(copy))


def test_every_version_of_the_sample_can_be_proved(session: Session, tmp_path: Path) -> None:
    proved = revisits = 0
    for service in versions.services(session):
        for version in versions.log(session, service.name):
            folder = packed(session, tmp_path / f"{service.name}-{version.number}", service.name, str(version.number))
            assert broken(folder) == []
            assert (folder / "old").is_dir() == (version.change_id is not None)
            proved += 1
            with (folder / "captures.warc.gz").open("rb") as stream:
                revisits += sum(one.rec_type == "revisit" for one in ArchiveIterator(stream))
    assert proved > 5
    assert revisits > 0


def test_the_statement_names_the_instants_the_archive_and_the_digests(package: Path) -> None:
    said = (package / "statement.txt").read_text()
    facts = json.loads((package / "evidence.json").read_bytes())
    assert "last seen on 2010-03-01T12:00:00Z, the new one first seen on 2011-03-01T12:00:00Z" in said
    assert "a.warc.gz" in said
    for side in ("old", "new"):
        assert facts[side]["payload"]["sha256"] in said
        assert facts[side]["payload"]["sha256"] in (package / "citations.txt").read_text()


def test_what_cannot_be_proved_is_refused(session: Session, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    service = versions.services(session)[0].name
    with pytest.raises(ConfigurationError, match="not an empty folder"):
        packed(session, tmp_path / "full", service, "latest")
    with pytest.raises(UnknownName):
        packed(session, tmp_path / "new", service, "nonsense")
    with pytest.raises(ConfigurationError, match=r"has no manifest\.json"):
        check(tmp_path)
