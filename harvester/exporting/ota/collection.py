"""``export ota``: a collection of Open Terms Archive: declarations, and repositories of versions and of snapshots.

A commit of ``versions`` is a capture whose text differs from the one before, of ``snapshots`` one whose page does; both
are dated by the capture. Commit ids depend on the store's content alone, so a repeated export gives the same ones.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from harvester.catalogue.document_types import open_terms_name, split_name
from harvester.catalogue.entries import ServiceEntry
from harvester.catalogue.watched_pages import SourceEntry
from harvester.cleaner.document import is_pdf
from harvester.cleaner.encoding.decode import decode
from harvester.errors import ConfigurationError, StoreError
from harvester.exporting.destination import Destination
from harvester.exporting.ota.declaration_files import declarations
from harvester.exporting.snapshots import SnapshotReader, corpus_path
from harvester.git_program import NOT_INSTALLED, complaint, git_environment
from harvester.memento import without_user
from harvester.settings import Settings
from harvester.store.ledger.sources import DISCOVERED
from harvester.store.read import services as read_services
from harvester.store.read.snapshots import Snapshot, observed_by_all, service_names

_IDENTITY = "harvester <harvester@localhost>"


@dataclass(frozen=True, slots=True)
class OtaExport:
    """What was written: services with declarations, and commits of both repositories."""

    declarations: int
    versions: int
    snapshots: int


@dataclass(frozen=True, slots=True)
class _File:
    """A file as a commit leaves it."""

    path: str
    content: bytes
    moment: datetime


def export_ota(
    session: Session, settings: Settings, folder: Path, entries: Sequence[ServiceEntry], *, services: Sequence[str] = ()
) -> OtaExport:
    """Write what the catalogue declares and the store has of these services (none: of all) as a collection.

    The folder has ``declarations``, and the git repositories ``versions`` and ``snapshots``.
    """
    chosen = service_names(session, services)
    for _, name in chosen:
        corpus_path(name)  # refuses what cannot be the name of a file
    wanted = {name for _, name in chosen} if services else {entry.name for entry in entries}
    ids = [number for number, _ in chosen] if services else []
    with Destination.claim(folder, "ota", {"services": sorted(services)}) as destination:
        written = declarations([_with_found(session, entry) for entry in entries if entry.name in wanted])
        for name, content in written.items():
            destination.write(f"declarations/{name}", content)
        reader = SnapshotReader(session, settings)

        def files(of: Callable[[SnapshotReader, Snapshot], _File | None]) -> Iterator[_File]:
            return _altered(of(reader, one) for one in observed_by_all(session, ids))

        versions = _repository(destination, "versions", files(_version))
        snapshots = _repository(destination, "snapshots", files(_snapshot))
    return OtaExport(sum(not name.endswith(".history.json") for name in written), versions, snapshots)


def _with_found(session: Session, entry: ServiceEntry) -> ServiceEntry:
    """Return an entry with the addresses at which its document was found, if it names none itself."""
    number = read_services.number_of(session, entry.name)
    if entry.sources or entry.combine or number is None:
        return entry
    found = [one for one in read_services.sources(session, number) if one.origin == DISCOVERED]
    spans = [
        SourceEntry(url=without_user(one.url)).model_copy(update={"since": one.since, "until": one.until})
        for one in found
    ]
    return entry.model_copy(update={"sources": tuple(spans)})


def _version(reader: SnapshotReader, snapshot: Snapshot) -> _File | None:
    """Return the text of a capture, without the header and the title that it has with us."""
    _, _, text = reader.document(snapshot).split(b"\n\n", 2)
    return _File(f"{_path(snapshot)}.md", text, snapshot.moment) if text.strip() else None


def _snapshot(reader: SnapshotReader, snapshot: Snapshot) -> _File | None:
    """Return the page of a capture, HTML in UTF-8; None if none is stored."""
    body, content_type = reader.body(snapshot), reader.content_type(snapshot)
    if body is None or (content_type or "").startswith("text/markdown"):
        return None
    if is_pdf(body, content_type):
        return _File(f"{_path(snapshot)}.pdf", body, snapshot.moment)
    page = decode(body, content_type).encode("utf-8", "surrogatepass")
    return _File(f"{_path(snapshot)}.html", page, snapshot.moment)


def _path(snapshot: Snapshot) -> str:
    service, type_ = split_name(snapshot.service)
    return f"{service}/{open_terms_name(type_)}"


def _altered(files: Iterable[_File | None]) -> Iterator[_File]:
    """Yield the files that differ from what the commit before left of them."""
    last: dict[str, bytes] = {}
    for one in files:
        if one is not None and last.get(one.path) != one.content:
            last[one.path] = one.content
            yield one


def _repository(destination: Destination, name: str, files: Iterator[_File]) -> int:
    """Write a repository with a commit for each file; return how many there are. Without any there is none."""
    first = next(files, None)
    if first is None:
        return 0
    folder = destination.path(name)
    folder.mkdir(exist_ok=True)
    _git(destination, folder, "init", "-q", "-b", "main", ".")
    known: set[str] = set()
    number = 0

    def stream() -> Iterator[bytes]:
        nonlocal number
        for one in (first, *files):
            number += 1
            what = "Record new changes of" if one.path in known else "First record of"
            known.add(one.path)
            yield _commit(one, what, begins=number == 1)
        yield b"done\n"

    _fast_import(destination, folder, stream())
    _git(destination, folder, "reset", "-q", "--hard", "main")
    return number


def _commit(file: _File, what: str, *, begins: bool) -> bytes:
    service, _, terms = file.path.rpartition(".")[0].partition("/")
    message = f"{what} {service} {terms}\n".encode()
    when = f"{_IDENTITY} {int(file.moment.timestamp())} +0000"
    # A quoted path may hold anything (git-fast-import(1)).
    path = file.path.replace("\\", "\\\\").replace('"', '\\"')
    head = "reset refs/heads/main\n" if begins else ""
    head += f"commit refs/heads/main\nauthor {when}\ncommitter {when}\ndata {len(message)}\n"
    body = f'M 100644 inline "{path}"\ndata {len(file.content)}\n'
    return head.encode() + message + body.encode() + file.content + b"\n"


def _fast_import(destination: Destination, folder: Path, stream: Iterator[bytes]) -> None:
    pipe = subprocess.PIPE
    command = [*_command(folder), "fast-import", "--quiet", "--force", "--done", "--date-format=raw"]
    with subprocess.Popen(command, stdin=pipe, stderr=pipe, env=git_environment(), pass_fds=[destination.lock]) as git:
        assert git.stdin is not None
        assert git.stderr is not None
        try:
            for piece in stream:
                git.stdin.write(piece)
            git.stdin.close()
        except BrokenPipeError:
            pass
        said = git.stderr.read()
    if git.returncode:
        raise StoreError(f"export ota: git fast-import in {folder} failed: {complaint(said)}; run it again")


def _git(destination: Destination, folder: Path, *arguments: str) -> None:
    try:
        ran = subprocess.run(
            [*_command(folder), *arguments],
            capture_output=True, check=False, env=git_environment(), pass_fds=[destination.lock],
        )  # fmt: skip
    except FileNotFoundError as error:
        raise ConfigurationError(f"export ota: {NOT_INSTALLED}") from error
    if ran.returncode:
        said = complaint(ran.stderr)
        raise StoreError(f"export ota: git {arguments[0]} in {folder} failed: {said}; fix that and run it again")


def _command(folder: Path) -> list[str]:
    return ["git", "-C", str(folder), "-c", "core.autocrlf=false", "-c", "gc.auto=0", "-c", "core.hooksPath=/dev/null"]
