"""``evidence``: a package proves a change without the store, and shows every alteration."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from warcio.archiveiterator import ArchiveIterator

from harvester.clock import utc_now
from harvester.errors import ConfigurationError, HarvesterError, UnknownName
from harvester.exporting.evidence.check import check
from harvester.exporting.evidence.facts import gather
from harvester.exporting.evidence.package import as_json, seal_of, sha256, write_package
from harvester.exporting.evidence.timestamp import token_for
from harvester.exporting.wacz import described, write_zip
from harvester.harvest.backfill import backfill
from harvester.harvest.report.progress import Silent
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.read import versions
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.exports.authorities import Stamped, authority, with_authority
from tests.support.harvest.harvests import entry, order
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


@pytest.fixture(scope="module")
def stamped(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Stamped:
    """The same change as a WACZ file with a time stamp, and the certificate of the authority."""
    folder = tmp_path_factory.mktemp("stamped")
    database = Database.open(f"sqlite:///{package.parent}/store.db")
    with authority(folder / "tsa") as tsa, database.reading() as session:
        file = folder / "change.wacz"
        found = gather(session, with_authority(tsa.url), "shop.example", "latest", NOW)
        write_package(session, found, file, lambda manifest: token_for(manifest, tsa.url))
    database.close()
    return Stamped(file, tsa.certificate, tsa.url)


def test_a_wacz_file_of_a_change_holds_and_is_stamped_by_the_authority(stamped: Stamped) -> None:
    verdicts = check(stamped.file, stamped.certificate)
    assert {one.holds for one in verdicts} == {True}
    said = [one.what for one in verdicts]
    assert "manifest.tsr is of an authority in ca.pem" in said
    assert "archive/captures.warc.gz is unaltered" in said
    without = {one.what: one.holds for one in check(stamped.file)}
    assert without["manifest.tsr is of a trusted authority"] is None
    with zipfile.ZipFile(stamped.file) as whole:
        assert f"the authority at {stamped.url}" in whole.read("evidence/statement.txt").decode()


def test_a_file_at_the_root_does_not_stand_for_the_one_that_was_altered(stamped: Stamped, tmp_path: Path) -> None:
    with zipfile.ZipFile(stamped.file) as whole:
        members: dict[str, bytes | Path] = {one: whole.read(one) for one in whole.namelist()}
    members["statement.txt"], members["evidence/statement.txt"] = members["evidence/statement.txt"], b"Nothing."
    for name in ("datapackage.json", "datapackage-digest.json"):
        del members[name]
    members |= described(members, "Evidence: shop.example, 2011-03-01T12:00:00Z", NOW)
    with (tmp_path / "altered.wacz").open("wb") as file:
        write_zip(file, members)
    found = broken(tmp_path / "altered.wacz")
    assert "statement.txt is in the manifest" in found
    assert "statement.txt is unaltered" in found


def test_replay_programs_find_no_second_index_in_a_wacz_file(stamped: Stamped) -> None:
    # ReplayWeb.page takes every file with such an ending for the index, wherever it is.
    with zipfile.ZipFile(stamped.file) as whole:
        indexes = [one for one in whole.namelist() if one.endswith((".cdx", ".cdxj", ".idx", ".cdx.gz", ".warc.gz"))]
    assert indexes == ["archive/captures.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx"]


def test_a_stamp_of_another_authority_is_not_trusted(stamped: Stamped, tmp_path: Path) -> None:
    with authority(tmp_path / "other") as other:
        verdicts = {one.what: one.holds for one in check(stamped.file, other.certificate)}
    assert verdicts["manifest.tsr is of an authority in ca.pem"] is False
    (tmp_path / "none.pem").write_text("nothing")
    with pytest.raises(ConfigurationError, match="no certificates in PEM"):
        check(stamped.file, tmp_path / "none.pem")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_byte_anywhere_in_a_wacz_file_is_found(stamped: Stamped, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(stamped.file.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    altered = tmp_path / "altered.wacz"
    altered.write_bytes(content)
    with suppress(ConfigurationError):  # no package any more: the name of its manifest was hit
        assert broken(altered)


@pytest.mark.parametrize("bad", ["refuses", "garbage", "other", "away"])
def test_an_authority_that_gives_no_stamp_of_the_manifest_leaves_nothing_written(
    package: Path, tmp_path: Path, bad: str
) -> None:
    database = Database.open(f"sqlite:///{package.parent}/store.db")
    with authority(tmp_path / "tsa", bad) as tsa, database.reading() as session:
        found = gather(session, with_authority(tsa.url), "shop.example", "latest", NOW)
        with pytest.raises(HarvesterError, match=r"evidence: "):
            write_package(session, found, tmp_path / "new.wacz", lambda manifest: token_for(manifest, tsa.url))
    database.close()
    assert not (tmp_path / "new.wacz").exists()


def test_the_statement_names_every_archive_that_vouches(tmp_path: Path, harsh_archive: StartArchive) -> None:
    first, second = MemoryArchive(), MemoryArchive()
    for archive in (first, second):
        archive.add(URL, "20100301120000", policy(1))
    second.add(URL, "20110301120000", policy(2))
    bases = [harsh_archive(one).base_url for one in (first, second)]
    database = Database.open(f"sqlite:///{tmp_path}/store.db")
    asked = Settings().archive_named(",".join(bases))
    backfill(database, Settings(), asked, order([SHOP]), clock=utc_now, stop=threading.Event(), progress=Silent())
    with database.reading() as session:
        packed(session, tmp_path / "package", "shop.example", "latest")
    database.close()
    said = (tmp_path / "package" / "statement.txt").read_text()
    assert f"the same capture (address, instant and digest) is also listed by {bases[1]}" in said
    assert f"archives that show its text in that time: {', '.join(sorted(bases))}" in said
    assert broken(tmp_path / "package") == []


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
    (copy / "manifest.sha256").write_bytes(seal_of(as_json(manifest), None))
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
