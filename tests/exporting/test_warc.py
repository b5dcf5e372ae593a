"""``export warc`` and ``replay`` of a store: harvested again, the history is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy.orm import Session
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from harvester.catalogue.entries import ServiceEntry
from harvester.clock import utc_now
from harvester.errors import ConfigurationError
from harvester.exporting.mementos import mementos
from harvester.exporting.wacz import export_wacz
from harvester.exporting.warc import export_warc
from harvester.replay.archives.opening import open_replayable
from harvester.replay.archives.store import StoreArchive
from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from harvester.store.read.snapshots import service_names
from tests.support.exports.trees import tree
from tests.support.harvest.harvests import entry, harvest, sample_services
from tests.support.harvest.pictures import Picture, picture
from tests.support.pywb_server import serving


def warcs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.warc.gz"))


def records(folder: Path) -> Iterator[tuple[str, str, str]]:
    for file in warcs(folder):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                if record.rec_type != "warcinfo":
                    record.content_stream().read()
                    head = record.rec_headers
                    yield record.rec_type, head.get_header("WARC-Target-URI"), head.get_header("WARC-Date")


def history(found: Picture) -> tuple[object, object]:
    """Versions and changes, without which capture of equal ones is named first."""
    return found.versions, found.changes


def assert_same_history_of_two(again: Picture, stored: Database) -> None:
    names = {entry.name for entry in sample_services()[-2:]}
    expected = picture(stored)
    assert again.versions == [row for row in expected.versions if row[0] in names] != []
    assert again.changes == [row for row in expected.changes if row[0] in names]


def harvested_from(base: str, folder: Path, services: tuple[ServiceEntry, ...] | None = None) -> Picture:
    database = Database.open(f"sqlite:///{folder / 'again.db'}")
    try:
        harvest(database, base, services)
        return picture(database)
    finally:
        database.close()


def test_each_stored_answer_is_a_record(session: Session, tmp_path: Path) -> None:
    done = export_warc(session, tmp_path)
    answers = [one for number, _ in service_names(session) for one in mementos(session, number)]
    found = list(records(tmp_path))
    assert [(url, date) for _, url, date in found] == [(one.url, f"{one.moment:%Y-%m-%dT%H:%M:%SZ}") for one in answers]
    kinds = [kind for kind, _, _ in found]
    assert (kinds.count("response"), kinds.count("revisit")) == (done.responses, done.revisits)
    assert done.revisits > 5
    bodies = {(one.url, one.status, one.payload_id) for one in answers if one.payload_id is not None}
    assert done.responses == len(bodies) + sum(one.payload_id is None for one in answers)


def test_the_files_are_warc_1_1_and_their_digests_hold(session: Session, tmp_path: Path) -> None:
    export_warc(session, tmp_path)
    assert warcs(tmp_path)
    for file in warcs(tmp_path):
        with file.open("rb") as stream:
            protocols = {record.rec_headers.protocol for record in ArchiveIterator(stream)}
        assert protocols == {"WARC/1.1"}

        class Command:
            inputs = (str(file),)
            verbose = False

        checker = Checker(Command())
        checker.process_all()
        assert checker.exit_value == 0


def test_equal_stores_give_equal_bytes_and_a_second_export_writes_nothing(session: Session, tmp_path: Path) -> None:
    export_warc(session, tmp_path / "one", file_bytes=60_000)
    written = {file: file.stat().st_mtime_ns for file in warcs(tmp_path / "one")}
    assert len(written) > 2
    export_warc(session, tmp_path / "other", file_bytes=60_000)
    assert tree(tmp_path / "one") == tree(tmp_path / "other")
    export_warc(session, tmp_path / "one", file_bytes=60_000)
    assert {file: file.stat().st_mtime_ns for file in warcs(tmp_path / "one")} == written


def test_a_killed_export_is_gone_on_with(session: Session, tmp_path: Path) -> None:
    export_warc(session, tmp_path / "whole", file_bytes=60_000)
    export_warc(session, tmp_path / "killed", file_bytes=60_000)
    files = warcs(tmp_path / "killed")
    files[1].rename(files[1].with_name(files[1].name + ".unfinished"))
    files[2].unlink()
    kept = files[0].stat().st_mtime_ns
    export_warc(session, tmp_path / "killed", file_bytes=60_000)
    assert tree(tmp_path / "killed") == tree(tmp_path / "whole")
    assert files[0].stat().st_mtime_ns == kept


def test_our_own_replay_of_the_files_gives_the_same_history(stored: Database, session: Session, tmp_path: Path) -> None:
    export_warc(session, tmp_path / "warc", file_bytes=60_000)
    with ReplayServer(open_replayable(tmp_path / "warc")) as base:
        again = harvested_from(base, tmp_path, sample_services()[-2:])
    assert_same_history_of_two(again, stored)


def test_pywb_replays_each_record_of_a_wacz_file_and_harvested_from_it_the_history_is_the_same(
    stored: Database, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "policies.wacz"
    export_wacz(session, file, utc_now())
    (tmp_path / "pywb").mkdir()
    with serving(file, tmp_path / "pywb") as base:
        for number, _ in service_names(session):
            # pywb passes over a redirect where there is a page of the same second.
            for one in [one for one in mementos(session, number) if one.payload_id is not None][::4]:
                digits = f"{one.moment:%Y%m%d%H%M%S}"
                answer = requests.get(f"{base}/{digits}id_/{one.url}", allow_redirects=False, timeout=20)
                assert answer.status_code == one.status
                assert f"{one.moment:%a, %d %b %Y %H:%M:%S GMT}" == answer.headers["Memento-Datetime"]
        again = harvested_from(f"pywb+{base}", tmp_path, sample_services()[-2:])
    assert_same_history_of_two(again, stored)


def test_the_real_archive_comes_back_from_its_own_export(pywb: str, shared: Path, tmp_path: Path) -> None:
    import json

    listed = json.loads((shared / "archive" / "captures.json").read_text())
    # Its shortest histories: the others hold the same kinds of captures.
    shortest = Counter(one["url"] for one in listed).most_common()[-2:]
    services = tuple(entry(f"service{place}.example", url) for place, (url, _) in enumerate(shortest))
    first = Database.open(f"sqlite:///{tmp_path / 'first.db'}")
    harvest(first, f"pywb+{pywb}", services)
    with first.reading() as session:
        export_warc(session, tmp_path / "warc")
    (file,) = warcs(tmp_path / "warc")
    (tmp_path / "pywb").mkdir()
    with serving(file, tmp_path / "pywb") as base:
        again = harvested_from(f"pywb+{base}", tmp_path, services)
    assert len(again.versions) > 10
    assert history(again) == history(picture(first))
    first.close()


def test_a_store_is_replayed_and_harvested_the_history_and_the_ledger_are_the_same(
    stored: Database, sample_copy: Path, tmp_path: Path
) -> None:
    with ReplayServer(open_replayable(sample_copy)) as base:
        again = harvested_from(base, tmp_path)
    found = picture(stored)
    assert history(again) == history(found)
    assert [row[:7] + row[8:10] for row in again.captures] == [row[:7] + row[8:10] for row in found.captures]


def test_an_empty_store_has_nothing_to_replay(tmp_path: Path) -> None:
    Database.open(f"sqlite:///{tmp_path / 'harvester.db'}").close()
    archive = StoreArchive.open(tmp_path)
    with pytest.raises(ConfigurationError, match="nothing to replay"):
        archive.captures()
    archive.close()
    with pytest.raises(ConfigurationError, match=r"no harvester\.db"):
        StoreArchive.open(tmp_path / "elsewhere")


def test_one_service_alone_can_be_exported(session: Session, tmp_path: Path) -> None:
    name = sample_services()[0].name
    export_warc(session, tmp_path, services=[name])
    number = next(number for number, service in service_names(session) if service == name)
    assert len(list(records(tmp_path))) == len(list(mementos(session, number)))
