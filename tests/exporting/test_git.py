"""``export git``: the history as commits."""

from __future__ import annotations

import subprocess
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from harvester.errors import StoreError
from harvester.exporting import git as git_history
from harvester.exporting.git import export_git
from harvester.exporting.snapshots import SnapshotReader, corpus_path
from harvester.git_program import git_environment
from harvester.store.database import Database
from harvester.store.read import versions as read
from harvester.store.read.snapshots import observed, observed_by_all, service_names
from harvester.store.schema import Capture
from tests.support.exports.trees import tree
from tests.support.harvest.harvests import settings

KEPT = ("Version", "Last-Seen", "Captures", "Words", "Kind", "Words-Added", "Words-Removed")


def git(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True, env=git_environment())
    return ran.stdout.decode()


def logged(folder: Path, service: str, *, every: bool = False) -> list[list[str | None]]:
    """What `git log` says of a service's versions, oldest first: first seen, then the trailers of `KEPT`."""
    form = "%aI" + "".join(f"%x09%(trailers:key={key},valueonly,separator=)" for key in KEPT)
    lines = git(folder, "log", "--reverse", f"--format={form}", "--", f"{corpus_path(service)}.md").splitlines()
    rows: list[list[str | None]] = [[cell or None for cell in line.split("\t")] for line in lines]
    return rows if every else [row for row in rows if row[1]]


def versions(session: Session, service: str) -> list[list[str | None]]:
    """The same of `harvester log`."""

    def told(value: int | str | datetime | None) -> str | None:
        return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else None if value is None else str(value)

    return [
        [
            f"{row.first_seen:%Y-%m-%dT%H:%M:%S}+00:00",
            *map(
                told,
                (row.number, row.last_seen, row.captures, row.words, row.kind, row.words_added, row.words_removed),
            ),
        ]
        for row in read.log(session, service)
    ]


def test_the_log_of_git_is_the_log_of_harvester(session: Session, tmp_path: Path) -> None:
    export_git(session, settings(), tmp_path / "all")
    export_git(session, settings(), tmp_path / "versions", versions_only=True)
    names = [name for _, name in service_names(session)]
    assert "kettle.example" in names
    for name in names:
        expected = versions(session, name)
        assert logged(tmp_path / "all", name) == expected
        assert logged(tmp_path / "versions", name, every=True) == expected


def test_each_snapshot_is_a_commit_dated_by_its_capture(session: Session, tmp_path: Path) -> None:
    done = export_git(session, settings(), tmp_path)
    snapshots = list(observed_by_all(session, []))
    assert done.commits == len(snapshots)
    dates = git(tmp_path, "log", "--reverse", "--format=%aI %cI").splitlines()
    assert dates == [f"{one.moment:%Y-%m-%dT%H:%M:%S}+00:00 {one.moment:%Y-%m-%dT%H:%M:%S}+00:00" for one in snapshots]
    assert git(tmp_path, "rev-parse", "main").strip() == done.head
    assert git(tmp_path, "status", "--porcelain") == ""
    assert git(tmp_path, "fsck", "--strict") == ""


def test_each_commit_holds_the_document_of_its_capture(session: Session, tmp_path: Path) -> None:
    export_git(session, settings(), tmp_path)
    reader = SnapshotReader(session, settings())
    for number, name in service_names(session)[:2]:
        path = corpus_path(name)
        commits = git(tmp_path, "log", "--reverse", "--format=%H", "--", f"{path}.md").split()
        snapshots = list(observed(session, number))
        assert len(commits) == len(snapshots) > 1
        for commit, snapshot in zip(commits, snapshots, strict=True):
            page = reader.page(snapshot)
            assert page is not None
            assert git(tmp_path, "show", f"{commit}:{path}.md").encode() == reader.document(snapshot)
            assert git(tmp_path, "show", f"{commit}:{path}.html").encode() == page[1]


def test_the_checked_out_tree_is_that_of_the_corpus_export(session: Session, tmp_path: Path) -> None:
    from harvester.exporting.corpus import export_corpus

    export_git(session, settings(), tmp_path / "git")
    export_corpus(session, settings(), tmp_path / "corpus")
    assert tree(tmp_path / "git", ".git") == tree(tmp_path / "corpus", ".harvester-")


def test_the_same_store_gives_the_same_commits(session: Session, tmp_path: Path) -> None:
    one = export_git(session, settings(), tmp_path / "one")
    other = export_git(session, settings(), tmp_path / "other")
    again = export_git(session, settings(), tmp_path / "one")
    assert one.head == other.head == again.head
    assert (one.found, again.found) == (0, one.commits)


def test_a_killed_export_sends_no_file_twice(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = export_git(session, settings(), tmp_path / "whole")
    monkeypatch.setattr(git_history, "_SNAPSHOTS_AT_ONCE", 5)
    monkeypatch.setattr(git_history, "_SNAPSHOTS_BETWEEN_CHECKPOINTS", 10)
    page, pages = SnapshotReader.page, []

    def killed_after(reader: SnapshotReader, snapshot: object) -> object:
        pages.append(snapshot)
        if len(pages) == 33:
            raise KeyboardInterrupt
        return page(reader, snapshot)  # type: ignore[arg-type]

    monkeypatch.setattr(SnapshotReader, "page", killed_after)
    with pytest.raises(KeyboardInterrupt):
        export_git(session, settings(), tmp_path / "killed")
    journal = tmp_path / "killed" / ".git" / "harvester-sent"
    safe = len(journal.read_text().splitlines())
    assert 10 <= safe < 33
    # Killed in the middle of its last line, too.
    journal.write_text(journal.read_text()[:-5])
    done = export_git(session, settings(), tmp_path / "killed")
    assert done.found == safe - 1
    assert len(pages) - 33 == whole.commits - (safe - 1)
    assert done.head == whole.head


def test_when_the_store_has_grown_the_history_is_made_anew(stored: Database, tmp_path: Path) -> None:
    with stored.writing() as session:
        late = list(islice(observed_by_all(session, []), 3))[1].capture_id
        session.execute(update(Capture).where(Capture.id == late).values(outcome="left-out"))
    with stored.reading() as session:
        before = export_git(session, settings(), tmp_path / "grown")
    with stored.writing() as session:
        session.execute(update(Capture).where(Capture.id == late).values(outcome="stored"))
    with stored.reading() as session:
        after = export_git(session, settings(), tmp_path / "grown")
        fresh = export_git(session, settings(), tmp_path / "fresh")
    assert (after.commits, after.found) == (before.commits + 1, before.commits)
    assert after.head == fresh.head != before.head


def test_the_users_own_git_settings_and_repository_are_left_alone(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", "mine")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "mine" / ".git"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "someone")
    before = tree(tmp_path / "mine")
    export_git(session, settings(), tmp_path / "out", services=["kettle.example"])
    assert tree(tmp_path / "mine") == before
    assert git(tmp_path / "out", "log", "-1", "--format=%an") == "harvester\n"


def test_a_repository_that_cannot_be_written_is_an_error(session: Session, tmp_path: Path) -> None:
    export_git(session, settings(), tmp_path, services=["kettle.example"])
    (tmp_path / ".git" / "HEAD").write_text("nonsense")
    with pytest.raises(StoreError, match="export git: git "):
        export_git(session, settings(), tmp_path, services=["kettle.example"])
