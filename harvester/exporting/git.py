"""``export git``: the corpus's tree with its history, one commit for each snapshot, dated by the capture.

Two passes over one ``git fast-import``. The first sends the files, service by service, so that git finds the one
before to keep each against; what is sent is recorded, and a killed export resumes there. The second sends the commits,
oldest first, which name those files. Commit ids depend on the store's content alone.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.dates import iso
from harvester.errors import ConfigurationError, StoreError
from harvester.exporting.destination import Destination
from harvester.exporting.snapshots import SnapshotReader, corpus_path
from harvester.git_program import NOT_INSTALLED, complaint, end, git_environment
from harvester.settings import Settings
from harvester.store.read import versions
from harvester.store.read.snapshots import Snapshot, observed, observed_by_all, service_names
from harvester.store.read.versions import VersionRow

BRANCH = "refs/heads/main"
_BUILDING = "refs/harvester/building"
_MARKER = ".git/harvester-export.json"
_JOURNAL = ".git/harvester-sent"
_MARKS = "harvester-marks"
_MARKS_FILE = f".git/info/fast-import/{_MARKS}"
_IDENTITY = "harvester <harvester@localhost>"
_SNAPSHOTS_AT_ONCE = 500
_SNAPSHOTS_BETWEEN_CHECKPOINTS = 5_000


@dataclass(frozen=True, slots=True)
class GitExport:
    """The content of the repository: its commits, the newest commit's id, and the number of files sent earlier."""

    commits: int
    head: str
    found: int


def export_git(
    session: Session,
    settings: Settings,
    folder: Path,
    *,
    services: Sequence[str] = (),
    versions_only: bool = False,
    types: Sequence[str] = (PRIVACY_POLICY,),
) -> GitExport:
    """Fill a git repository with a commit for each capture that shows a policy, oldest first over all services.

    Documents of other types are in it where `types` or `services` name them.

    With `versions_only` there is a commit for the first capture of each version only: then ``git log -- PATH`` has
    the lines of ``harvester log``. Run again after the store has grown it writes the history again, and sends only the
    files that are not there yet.
    """
    chosen = service_names(session, services, types)
    options = {"services": sorted(services), "versions_only": versions_only}
    if list(types) != [PRIVACY_POLICY]:
        options["types"] = sorted(types)
    with Destination.claim(folder, "git", options, _MARKER) as destination:
        _unlock(folder)
        _git(destination, "init", "-q", "-b", "main", ".")
        starts = {row.capture_id: row for _, name in chosen for row in versions.log(session, name)}
        reader = SnapshotReader(session, settings)
        sent = _Sent(destination.path(_JOURNAL), destination.path(_MARKS_FILE))
        found = len(sent.keys)
        with _fast_import(destination) as importer:
            marks: dict[int, tuple[int, str]] = {}
            for number, name in chosen:
                corpus_path(name)
                _send_files(importer, reader, sent, marks, _wanted(observed(session, number), starts, versions_only))
            importer.checkpoint(sent)
            ids = [number for number, _ in chosen] if services else []
            commits = 0
            importer.line(f"reset {_BUILDING}")
            for snapshot in _wanted(observed_by_all(session, ids, () if services else types), starts, versions_only):
                mark, ending = marks[snapshot.capture_id]
                importer.commit(snapshot, reader.url(snapshot), starts.get(snapshot.capture_id), mark, ending)
                commits += 1
        if commits == 0:
            raise ConfigurationError(
                "export git: nothing to commit: the store has no version of these services, or only documents that no"
                " corpus has (selected, combined); harvest them first, or `harvester export ota`"
            )
        # git removes by its index, which a kill during a checkout leaves as it was before.
        for name in _git(destination, "ls-tree", "-r", "-z", "--name-only", _BUILDING).split("\0")[:-1]:
            destination.want(name)
        _git(destination, "update-ref", BRANCH, _BUILDING)
        _git(destination, "update-ref", "-d", _BUILDING)
        _git(destination, "reset", "-q", "--hard", BRANCH)
        if len(set(marks.values())) < len(sent.keys):
            sent.forget()
        return GitExport(commits, _git(destination, "rev-parse", BRANCH).strip(), found)


def _command(folder: Path) -> list[str]:
    """Return the git command for this repository only, whatever the user's settings are."""
    return ["git", "-C", str(folder), "-c", "core.autocrlf=false", "-c", "gc.auto=0", "-c", "core.hooksPath=/dev/null"]


def _unlock(folder: Path) -> None:
    """Remove the locks of a killed git: in a folder that we hold, no other git works for us."""
    for lock in (folder / ".git").rglob("*.lock"):
        lock.unlink(missing_ok=True)


def _git(to: Destination, *arguments: str) -> str:
    """Return the output of a git command; raise `StoreError` with its first complaint."""
    try:
        ran = subprocess.run(
            [*_command(to.folder), *arguments],
            capture_output=True, check=False, env=git_environment(), pass_fds=[to.lock],
        )  # fmt: skip
    except FileNotFoundError as error:
        raise ConfigurationError(f"export git: {NOT_INSTALLED}") from error
    if ran.returncode:
        raise _failed(f"git {arguments[0]} in {to.folder}", ran.stderr, ran.returncode)
    return ran.stdout.decode("utf-8", "replace")


def _failed(what: str, stderr: bytes, code: int) -> StoreError:
    """Return an error with git's first complaint and what to do."""
    return StoreError(
        f"export git: {what} failed: {complaint(stderr) or f'it exited with {code}'}; fix that, then run the same "
        "command again, or export into another folder"
    )


def _wanted(snapshots: Iterator[Snapshot], starts: dict[int, VersionRow], versions_only: bool) -> Iterator[Snapshot]:
    return (one for one in snapshots if one.is_of_corpus and (not versions_only or one.capture_id in starts))


def _send_files(
    importer: _Importer,
    reader: SnapshotReader,
    sent: _Sent,
    marks: dict[int, tuple[int, str]],
    snapshots: Iterator[Snapshot],
) -> None:
    """Send what git does not have yet: first pages, then documents, since git stores each file against the one before
    it.
    """
    while batch := list(islice(snapshots, _SNAPSHOTS_AT_ONCE)):
        new: list[tuple[int, Snapshot]] = []
        for one in batch:
            key = f"{one.service} {reader.url(one)} {one.document_id} {one.payload_id}"
            if (known := sent.find(key)) is None:
                page = reader.page(one)
                known = sent.enter(key, page[0] if page else "")
                if page:
                    importer.blob(known[0], page[1])
                new.append((known[0], one))
            marks[one.capture_id] = known
        for mark, one in new:
            importer.blob(mark + 1, reader.document(one))
        if len(sent.pending) >= _SNAPSHOTS_BETWEEN_CHECKPOINTS:
            importer.checkpoint(sent)


class _Sent:
    """The files that git has safely, by what they were made of: a key's two marks are the page's and the document's."""

    def __init__(self, journal: Path, marks: Path) -> None:
        self._journal, self._marks = journal, marks
        self.keys: dict[bytes, tuple[int, str]] = {}
        self.pending: list[str] = []
        if not (journal.exists() and marks.exists()):
            self.forget()
            return
        noted = journal.read_text(encoding="ascii")
        whole = noted[: noted.rfind("\n") + 1]
        if whole != noted:
            # Killed while writing: the content of the last line is sent again.
            journal.write_text(whole, encoding="ascii")
        for line in whole.splitlines():
            digest, _, ending = line.partition(" ")
            self._add(bytes.fromhex(digest), ending)

    def find(self, key: str) -> tuple[int, str] | None:
        """Return the mark of the page, and its ending."""
        return self.keys.get(_digest(key))

    def enter(self, key: str, ending: str) -> tuple[int, str]:
        """Assign marks to a new key."""
        digest = _digest(key)
        self.pending.append(f"{digest.hex()} {ending}\n")
        return self._add(digest, ending)

    def save(self) -> None:
        """Record what was entered since, now that git has it on disk."""
        with self._journal.open("a", encoding="ascii") as journal:
            journal.writelines(self.pending)
        self.pending = []

    def forget(self) -> None:
        """Make the next export send everything: git may drop what no commit names."""
        self._journal.unlink(missing_ok=True)
        self._marks.unlink(missing_ok=True)

    def _add(self, digest: bytes, ending: str) -> tuple[int, str]:
        entry = self.keys[digest] = (2 * len(self.keys) + 1, ending)
        return entry


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:16]


class _Importer:
    """The commands of ``git fast-import`` (git-fast-import(1))."""

    def __init__(self, to: IO[bytes], answers: IO[bytes]) -> None:
        self._to, self._answers = to, answers

    def line(self, command: str) -> None:
        self._to.write(command.encode("utf-8", "surrogatepass") + b"\n")

    def blob(self, mark: int, content: bytes) -> None:
        """Send a file's content."""
        self.line(f"blob\nmark :{mark}\ndata {len(content)}")
        self._to.write(content + b"\n")

    def commit(self, snapshot: Snapshot, url: str, start: VersionRow | None, mark: int, ending: str) -> None:
        """Send the commit of one snapshot; only its two files change."""
        when = f"{int(snapshot.moment.timestamp())} +0000"
        message = message_of(snapshot, url, start).encode("utf-8", "replace")
        self.line(f"commit {_BUILDING}\nauthor {_IDENTITY} {when}\ncommitter {_IDENTITY} {when}\ndata {len(message)}")
        self._to.write(message + b"\n")
        path = corpus_path(snapshot.service)
        for other in {".html", ".pdf"} - {ending}:
            self.line(f"D {path}{other}")
        if ending:
            self.line(f"M 100644 :{mark} {path}{ending}")
        self.line(f"M 100644 :{mark + 1} {path}.md\n")

    def checkpoint(self, sent: _Sent) -> None:
        """Make git put everything on disk, wait for that, and record it."""
        self.line("checkpoint\nprogress safe")
        self._to.flush()
        for answer in self._answers:
            if answer.strip() == b"progress safe":
                break
        else:
            raise BrokenPipeError
        sent.save()


def message_of(snapshot: Snapshot, url: str, start: VersionRow | None) -> str:
    """Return a commit's message: a subject, then trailers that ``git log --format='%(trailers)'`` reads.

    The first commit of a version has what ``harvester log`` has of it.
    """
    said = "seen again" if start is None else f"version {start.number}" + (f", {start.kind}" if start.kind else "")
    trailers = {
        "Service": snapshot.service,
        "Captured": iso(snapshot.moment),
        "Archive": snapshot.archive,
        "URL": snapshot.original,
        "Snapshot": url,
        "Digest": snapshot.digest,
        "Outcome": snapshot.outcome,
        "Cleaner": snapshot.cleaner or "",
    }
    if start is not None:
        trailers |= {
            "Version": str(start.number),
            "Last-Seen": iso(start.last_seen),
            "Captures": str(start.captures),
            "Words": str(start.words),
        }
        if start.kind is not None:
            trailers |= {
                "Kind": start.kind,
                "Words-Added": str(start.words_added),
                "Words-Removed": str(start.words_removed),
            }
    lines = (f"{name}: {' '.join(value.split())}" for name, value in trailers.items() if value)
    return f"{snapshot.service}: {said}\n\n" + "\n".join(lines) + "\n"


@contextmanager
def _fast_import(to: Destination) -> Iterator[_Importer]:
    command = [*_command(to.folder), "fast-import", "--quiet", "--force", "--done"]
    command += ["--relative-marks", f"--import-marks-if-exists={_MARKS}", f"--export-marks={_MARKS}"]
    pipe = subprocess.PIPE
    git = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=git_environment(), pass_fds=[to.lock])
    assert git.stdin is not None
    assert git.stdout is not None
    assert git.stderr is not None
    try:
        try:
            importer = _Importer(git.stdin, git.stdout)
            yield importer
            importer.line("done")
            git.stdin.close()
        except BrokenPipeError:
            raise _failed(f"git fast-import in {to.folder}", git.stderr.read(), git.wait()) from None
        if git.wait() != 0:
            raise _failed(f"git fast-import in {to.folder}", git.stderr.read(), git.returncode)
    finally:
        end(git)
