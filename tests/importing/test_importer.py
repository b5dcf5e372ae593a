"""``import corpus`` and ``import ota``: published histories in the store."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.catalogue.entries import ServiceEntry
from harvester.cleaner import CLEANER_VERSION
from harvester.cleaner.conformance import read_cases
from harvester.clock import utc_now
from harvester.errors import ConfigurationError
from harvester.exporting.corpus import export_corpus
from harvester.exporting.git import export_git
from harvester.exporting.snapshots import SnapshotReader
from harvester.harvest.reclean.pieces import made_by_another_cleaner, pieces
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.importing import importer
from harvester.importing.git_files import GitFiles
from harvester.importing.importer import MISSING, Imported, corpus_files, import_documents, ota_files
from harvester.importing.published import ODD_NAME, Skipped
from harvester.insight.reading import shown
from harvester.replay.archives.opening import open_replayable
from harvester.replay.server import ReplayServer
from harvester.store.admin.verify import verify
from harvester.store.content.publication import Published
from harvester.store.database import Database
from harvester.store.read import versions as read
from harvester.store.read.snapshots import observed_by_all, service_names
from harvester.store.schema import Capture, Change, Playback, Source, TextRow, Version
from tests.support.archive_server.captures import MemoryArchive
from tests.support.exports.repositories import Repository
from tests.support.harvest.harvests import entry, harvest, settings
from tests.support.harvest.pictures import picture


@pytest.fixture
def empty(tmp_path: Path, _migrated_sqlite: Path) -> Database:
    """An empty store."""
    (tmp_path / "empty").mkdir()
    path = tmp_path / "empty" / "harvester.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    return Database(f"sqlite:///{path}")


def imported(database: Database, *arguments: Any) -> Imported:
    return import_documents(database, corpus_files(*arguments), utc_now, threading.Event())


def texts(session: Session) -> list[tuple[str, datetime, str]]:
    """Service, instant and text of every version."""
    found = []
    for _, name in service_names(session):
        found += [(name, row.first_seen, row.sha256) for row in read.log(session, name)]
    return found


def assert_same_history(one: Session, other: Session) -> None:
    """Equal texts in order; the header of a document has the time asked for, not that of one that stood in for it."""
    ours, theirs = texts(one), texts(other)
    assert [(name, text) for name, _, text in ours] == [(name, text) for name, _, text in theirs]
    apart = [abs(a - b) for (_, a, _), (_, b, _) in zip(ours, theirs, strict=True)]
    assert max(apart) <= timedelta(days=1), [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    assert sum(map(bool, apart)) <= 3


def test_an_imported_text_is_the_one_our_cleaner_makes_of_the_page(empty: Database, shared: Path) -> None:
    folder = shared / "cleaner" / "corpus"
    done = imported(empty, folder)
    assert (done.new, done.known, dict(done.skipped)) == (16, 0, {})
    archive = MemoryArchive()
    index = json.loads((folder / "index.json").read_text())
    entries = {}
    with empty.reading() as session:
        before = texts(session)
        urls = {row[0]: row[1] for row in session.execute(select(Capture.timestamp, Source.url).join(Source))}
    for case in read_cases(folder):
        url = urls[datetime.strptime(case.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)]
        archive.add(url, case.timestamp, case.body, mimetype="text/html; charset=utf-8")
        entries[case.domain, url] = entry(case.domain, url)
    by_domain = {}
    for domain in {domain for domain, _ in entries}:
        by_domain[domain] = entry(domain, *(url for name, url in entries if name == domain))
    with ReplayServer(archive) as base:
        summary = harvest(empty, base, tuple(by_domain.values()))
    assert summary.fetched + summary.adopted + summary.outcomes["stored"] >= len(index)
    with empty.reading() as session:
        assert texts(session) == before
    assert (summary.new_versions, summary.new_changes) == (0, 0)


def test_the_published_document_is_shown_byte_for_byte(empty: Database, shared: Path) -> None:
    files = sorted((shared / "documents").glob("*.md"))
    done = imported(empty, shared / "documents")
    assert done.new == len(files) > 5
    with empty.reading() as session:
        for snapshot in observed_by_all(session, []):
            published = shared / "documents" / f"{snapshot.service}-{snapshot.timestamp:%Y%m%d%H%M%S}.md"
            version = next(row for row in read.log(session, snapshot.service) if row.text_id == snapshot.text_id)
            if version.capture_id == snapshot.capture_id:
                text = shown(session, settings(), snapshot.service, str(version.number)).text
                assert text == published.read_text(encoding="utf-8")


def test_each_document_says_where_it_is_from(empty: Database, shared: Path) -> None:
    imported(empty, shared / "documents")
    with empty.reading() as session:
        rows = session.execute(
            select(Capture, Playback, Source).join(Playback, Playback.capture_id == Capture.id).join(Source)
        ).all()
        assert rows
        for capture, playback, source in rows:
            assert (capture.archive, capture.outcome, source.origin) == ("corpus", "stored", "imported")
            name = f"{capture.timestamp:%Y%m%d%H%M%S}.md"
            assert playback.headers["x-imported-from"].startswith("corpus ")
            assert playback.headers["x-imported-from"].endswith(name)
            assert playback.headers["content-type"].startswith("text/markdown")


def test_the_git_history_of_an_export_comes_back_as_the_same_history(
    stored: Database, session: Session, empty: Database, tmp_path: Path
) -> None:
    export_git(session, settings(), tmp_path / "git")
    done = imported(empty, tmp_path / "git")
    snapshots = list(observed_by_all(session, []))
    assert done.new == len(snapshots)
    with empty.reading() as again:
        assert_same_history(again, session)
    assert len(picture(empty).changes) == len(picture(stored).changes)
    once_more = imported(empty, tmp_path / "git")
    assert (once_more.new, once_more.known, once_more.changes) == (0, len(snapshots), 0)


def test_one_revision_and_a_plain_folder_give_the_tree(session: Session, empty: Database, tmp_path: Path) -> None:
    export_git(session, settings(), tmp_path / "git")
    export_corpus(session, settings(), tmp_path / "tree")
    other = Database.open(f"sqlite:///{tmp_path / 'other.db'}")
    assert imported(empty, tmp_path / "git", "main").new == len(service_names(session))
    imported(other, tmp_path / "tree")
    with empty.reading() as one, other.reading() as two:
        assert texts(one) == texts(two) != []
    other.close()


def test_a_killed_import_is_gone_on_with(session: Session, empty: Database, tmp_path: Path) -> None:
    export_git(session, settings(), tmp_path / "git")
    half = import_documents(empty, islice(corpus_files(tmp_path / "git"), 20), utc_now, threading.Event())
    done = imported(empty, tmp_path / "git")
    assert half.new == 20
    assert done.known == 20
    with empty.reading() as again:
        assert_same_history(again, session)


def test_a_stopped_import_keeps_what_it_has_entered(
    session: Session, empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "_BATCH", 10)
    export_git(session, settings(), tmp_path / "git")
    stop = threading.Event()

    def interrupted() -> Iterator[Published | Skipped]:
        for number, one in enumerate(corpus_files(tmp_path / "git")):
            if number == 45:
                stop.set()
            yield one

    half = import_documents(empty, interrupted(), utc_now, stop)
    assert half.stopped
    assert 0 < half.new < 45
    assert imported(empty, tmp_path / "git").known == half.new
    with empty.reading() as again:
        assert_same_history(again, session)


def test_what_is_published_twice_is_entered_once(empty: Database, shared: Path, tmp_path: Path) -> None:
    published = min((shared / "documents").glob("*.md")).read_bytes()
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(published)
    done = imported(empty, tmp_path)
    assert (done.new, done.known, done.changes) == (1, 1, 0)


def test_a_service_of_the_corpus_alone(session: Session, empty: Database, tmp_path: Path) -> None:
    export_git(session, settings(), tmp_path / "git")
    done = imported(empty, tmp_path / "git", None, ["kettle.example"])
    assert done.services == {"kettle.example"}
    with empty.reading() as again:
        assert read.log(again, "kettle.example")[-1].sha256 == read.log(session, "kettle.example")[-1].sha256


def test_files_that_are_no_documents_are_left_out_with_the_reason(empty: Database, tmp_path: Path) -> None:
    header = (
        "> *The following text is extracted and transformed from the {} privacy policy that was archived on 2015-03-20."
        " Please check the [original snapshot on the Wayback Machine](https://web.archive.org/web/{}id_/http%3A//x.example/)"
        " for the most accurate reproduction.*\n\n# T\n\n{}"
    )
    bad = {
        "README.md": b"# read me",
        "notes.md": b"# notes",
        "latin.md": b"caf\xe9",
        "name.md": header.format("../../etc", "20150320040234", "t").encode(),
        "time.md": header.format("x.example", "20159920040234", "t").encode(),
        "nul.md": header.format("x.example", "20150320040234", "a\x00b").encode(),
        "good.md": header.format("x.example", "20150320040234", "text").encode(),
    }
    for name, content in bad.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    done = imported(empty, tmp_path / "in")
    assert done.new == 1
    assert sum(done.skipped.values()) == 5
    assert set(done.examples.values()) == {"notes.md", "latin.md", "name.md", "time.md", "nul.md"}


def test_what_is_no_checkout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="not a directory"):
        list(corpus_files(tmp_path / "nowhere"))
    with pytest.raises(ConfigurationError, match="not a git repository"):
        list(corpus_files(tmp_path, "main"))
    with pytest.raises(ConfigurationError, match="not a git repository"):
        list(ota_files(tmp_path))


def test_versions_of_open_terms_archive_are_dated_by_their_commits(empty: Database, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "pga-versions")
    repository.record("README.md", "about", "2021-01-01T00:00:00Z")
    repository.record("Big Café/Privacy Policy.md", "We collect tea.", "2021-02-03T04:05:06Z", "First record of")
    repository.record("Big Café/Terms of Service.md", "Terms.", "2021-02-04T04:05:06Z")
    repository.record("Big Café/Privacy Policy.md", "We collect  tea.", "2021-03-01T00:00:00Z", "Apply technical")
    repository.record("Big Café/Privacy Policy.md", "We collect coffee.", "2022-02-03T04:05:06+01:00")
    found = ota_files(tmp_path / "pga-versions")
    done = import_documents(empty, found, utc_now, threading.Event())
    assert (done.new, done.changes, done.services) == (3, 1, {"big-caf", "big-caf/terms-of-service"})
    assert done.skipped == {"an old snapshot extracted again": 1}
    with empty.reading() as session:
        rows = read.log(session, "big-caf")
        assert [row.first_seen for row in rows] == [
            datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC),
            datetime(2022, 2, 3, 3, 5, 6, tzinfo=UTC),
        ]
        assert [row.kind for row in rows] == [None, "substantive"]
        assert set(session.scalars(select(Capture.archive))) == {"ota:pga-versions"}


def test_what_left_published_markdown_is_looked_for_in_no_page(empty: Database, tmp_path: Path) -> None:
    kept = "We keep what you tell us for as long as the law asks us to keep it, and no longer than that."
    repository = Repository(tmp_path / "pga-versions")
    repository.record("Acme/Privacy Policy.md", f"# Privacy\n\n{kept}\n\nWe sell it.\n", "2021-02-03T04:05:06Z")
    repository.record("Acme/Privacy Policy.md", f"# Privacy\n\n{kept}\n", "2022-02-03T04:05:06Z")
    import_documents(empty, ota_files(tmp_path / "pga-versions"), utc_now, threading.Event())
    with empty.reading() as session:
        (change,) = session.scalars(select(Change))
        assert (change.kind, change.old_payload_id, change.new_payload_id) == ("substantive", None, None)


def test_snapshots_of_open_terms_archive_are_cleaned_and_join_a_service_of_ours(
    stored: Database, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "demo-snapshots")
    # A policy by its words: what is none makes no version beside one that is (store.history.strays.set_aside).
    said = (
        "We collect personal data such as your name and address, and keep it for your account and not longer. "
        "We share your information with third parties that process it for us. We use cookies, which you may refuse. "
        "You have the right to access your personal data. If you have questions about this privacy policy, write to us."
    )
    paragraph = f"<p>{said}</p>" * 2
    page = f"<html><head><title>Privacy</title></head><body><h1>Privacy</h1>{paragraph * 3}</body></html>"
    repository.record("Kettle/Privacy Policy.html", page, "2026-02-03T04:05:06Z")
    found = ota_files(tmp_path / "demo-snapshots", names={"Kettle": "kettle.example"}, only_named=True)
    done = import_documents(stored, found, utc_now, threading.Event())
    assert (done.new, done.changes) == (1, 1)
    with stored.reading() as session:
        last = read.log(session, "kettle.example")[-1]
        capture = session.get_one(Capture, last.capture_id)
        assert (capture.archive, capture.cleaner) == ("ota:demo-snapshots", CLEANER_VERSION)
        assert "not longer" in shown(session, settings(), "kettle.example", "latest").text


def test_services_are_counted_that_have_documents_of_the_import(empty: Database, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "demo-versions")
    repository.record("Tea/Privacy Policy.md", "We collect tea.", "2021-02-03T04:05:06Z")
    repository.record("Blank/Privacy Policy.html", "<html><body></body></html>", "2021-02-03T04:05:06Z")
    repository.record("Empty/Privacy Policy.md", " ", "2021-02-03T04:05:06Z")
    for new in (1, 0):
        done = import_documents(empty, ota_files(tmp_path / "demo-versions"), utc_now, threading.Event())
        assert (done.new, done.known, sum(done.skipped.values())) == (new, 1 - new, 2)
        assert done.services == {"tea"}
    with empty.reading() as session:
        assert [name for _, name in service_names(session)] == ["tea"]


def test_readers_exports_and_verify_name_an_imported_capture_alike(empty: Database, tmp_path: Path) -> None:
    link = '<a href="../other/">elsewhere</a> and <a href="#top">up</a>'
    paragraph = f"<p>{'We keep your address for as long as you have an account with us. ' * 12} {link}</p>"
    page = f"<html><head><title>Privacy</title></head><body>{paragraph * 3}</body></html>"
    snapshots, versions = Repository(tmp_path / "demo-snapshots"), Repository(tmp_path / "demo-versions")
    snapshots.git("remote", "add", "origin", "https://forge.example/demo-snapshots")
    snapshots.record("Kettle/Privacy Policy.html", page, "2021-02-03T04:05:06Z")
    versions.record("Tea/Privacy Policy.md", "We collect tea.", "2021-02-03T04:05:06Z")
    for folder in ("demo-snapshots", "demo-versions"):
        import_documents(empty, ota_files(tmp_path / folder), utc_now, threading.Event())
    commit = snapshots.git("rev-parse", "HEAD")
    with empty.reading() as session:
        reader = SnapshotReader(session, settings())
        for snapshot in observed_by_all(session, []):
            seen = shown(session, settings(), snapshot.service, "latest")
            assert seen.provenance["snapshot"] == reader.url(snapshot) == snapshot.page_url
            assert seen.text.encode() == reader.document(snapshot)
        seen = shown(session, settings(), "kettle", "latest")
        assert f"/blob/{commit}/Kettle/Privacy%20Policy.html)" in seen.text.split("\n")[0]
    assert list(verify(empty, rebuilding(settings()))) == []


def test_recleaning_leaves_published_texts_alone_unless_they_are_to_be_measured_again(
    empty: Database, shared: Path
) -> None:
    done = imported(empty, shared / "documents")
    entries = [ServiceEntry(name=name) for name in sorted(done.services)]
    assert pieces(empty, entries, force=False) == []
    assert {one.service for one in pieces(empty, entries, force=True)} == set(done.services)
    assert not any(made_by_another_cleaner(empty, entry) for entry in entries)


def test_a_file_name_of_git_cannot_ask_for_another_object(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "odd-versions")
    repository.record("A/Privacy Policy.md", "text", "2021-01-01T00:00:00Z")
    with GitFiles(tmp_path / "odd-versions") as git:
        assert git.content("HEAD:nowhere") is None
        assert git.content("HEAD:A\nHEAD") is None
        assert git.content("HEAD:A/Privacy Policy.md") == b"text"
        assert [one.path for one in git.history("*.md")] == ["A/Privacy Policy.md"]


def test_an_empty_or_broken_clone_is_refused_with_what_git_says(tmp_path: Path) -> None:
    Repository(tmp_path / "empty-versions")
    (tmp_path / "no" / ".git").mkdir(parents=True)
    for name, said in (("empty-versions", "HEAD names no commit"), ("no", "not a git repository")):
        for found in (ota_files(tmp_path / name), corpus_files(tmp_path / name)):
            with pytest.raises(ConfigurationError, match=said):
                list(found)


def test_files_that_no_import_can_take_are_listed_and_the_others_imported(empty: Database, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "odd-versions")
    odd = os.fsdecode(b"by\xffte/Privacy Policy.md")
    (tmp_path / "odd-versions" / "Link").mkdir()
    (tmp_path / "odd-versions" / "Link" / "Privacy Policy.md").symlink_to("/etc/hostname")
    for name in (odd, "new\nline/Privacy Policy.md", "-dash/Privacy Policy.md", "Tea & Co/Privacy Policy.md"):
        repository.record(name, f"We collect tea.{name!a}", "2021-01-01T00:00:00Z", "Record")
    lost = repository.git("rev-parse", "HEAD:Tea & Co/Privacy Policy.md")
    (tmp_path / "odd-versions" / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    done = import_documents(empty, ota_files(tmp_path / "odd-versions"), utc_now, threading.Event())
    assert (done.new, done.services) == (1, {"dash"})
    assert done.skipped == {MISSING: 1, ODD_NAME: 2}
    assert done.examples[MISSING] == "Tea & Co/Privacy Policy.md"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that is there and cannot be read")
def test_files_of_a_folder_that_cannot_be_read_or_named_are_listed(
    empty: Database, shared: Path, tmp_path: Path
) -> None:
    published = min((shared / "documents").glob("*.md")).read_bytes()
    for name in ("good.md", os.fsdecode(b"by\xffte.md"), "two\nlines.md"):
        (tmp_path / name).write_bytes(published)
    (tmp_path / "mem.md").symlink_to("/proc/self/mem")
    done = imported(empty, tmp_path)
    assert (done.new, done.skipped[ODD_NAME], sum(done.skipped.values())) == (1, 2, 3)
    assert done.examples["it cannot be read (Input/output error)"] == "mem.md"


def test_an_imported_store_is_not_replayed_where_no_page_was_kept(
    empty: Database, shared: Path, tmp_path: Path
) -> None:
    imported(empty, shared / "documents")
    with pytest.raises(ConfigurationError, match="nothing to replay"):
        open_replayable(tmp_path / "empty").captures()
    with empty.reading() as session:
        assert session.scalar(select(Version.id).join(TextRow).limit(1)) is not None


def test_published_is_what_the_reader_gives(shared: Path) -> None:
    given = list(corpus_files(shared / "cleaner" / "corpus"))
    assert given
    assert all(isinstance(one, Published) for one in given)
