"""``import corpus`` and ``import ota``: published histories into the store, in batches; killed, it is run again."""

from __future__ import annotations

import os
import threading
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, groupby, islice, repeat
from pathlib import Path

from harvester.catalogue.document_types import TYPES, document_name, open_terms_name
from harvester.clock import Clock
from harvester.errors import ConfigurationError
from harvester.importing.git_files import GitFiles, is_repository
from harvester.importing.published import OtaRepository, Skipped, corpus_document, ota_document, read_all, slug
from harvester.processes import Work, WorkerLost, apart, working
from harvester.store.content.publication import Published
from harvester.store.content.stored_form import Contents
from harvester.store.database import Database
from harvester.store.history import history
from harvester.store.history.differences import Difference, TwoSides, differences
from harvester.store.history.history import Prepared
from harvester.store.ledger import imported
from harvester.store.ledger.imported import ImportedCapture

_BATCH = 200
"""Documents of one transaction."""
_BATCHES_AHEAD = 2
_AT_ONCE = 8
"""Texts that a worker measures at once: asking it takes a part of the time of one."""
_SERVICES_AHEAD = 2
_Batch = list[Published]
_Found = list[Contents | Skipped]
_TECHNICAL = ("Apply technical", "Refilter")
"""The beginnings of Open Terms Archive's commits that extract an old snapshot again (engine, COMMIT_MESSAGE_PREFIXES).
"""
_NO_TYPE = "its type of terms is not known, or it is one of several pages of a document"
MISSING = "its content is missing or damaged; check the repository with git fsck"


@dataclass(slots=True)
class Imported:
    """The result of an import: documents new and already known, changes found, files left out by reason (with
    examples).

    `services` are those that have documents of it.
    """

    new: int = 0
    known: int = 0
    changes: int = 0
    services: set[str] = field(default_factory=set)
    skipped: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    stopped: bool = False

    def leave_out(self, one: Skipped) -> None:
        """Record a file that is not imported."""
        self.skipped[one.reason] += 1
        self.examples.setdefault(one.reason, one.path)


def import_documents(
    database: Database, published: Iterable[Published | Skipped], clock: Clock, stop: threading.Event
) -> Imported:
    """Store documents and update the histories of their services.

    What is already in the store is skipped, so a killed import is simply run again.
    """
    done = Imported()
    at_once = os.cpu_count() or 1
    with (
        working(at_once) as work,
        ThreadPoolExecutor(2 * at_once) as threads,
        ThreadPoolExecutor(at_once) as comparing,
    ):
        _enter(database, _read(_unknown(database, iter(published), stop, done), work, threads, stop), clock, done)
        done.stopped = stop.is_set()
        with database.reading() as session:
            stale = imported.stale(session, done.services)
        for service_id, prepared in _prepare(database, stale, work, threads, comparing):
            with database.writing() as session:
                done.changes += len(history.refresh(session, service_id, now=clock(), prepared=prepared).added)
    return done


def _prepare(
    database: Database, services: Iterable[int], work: Work, threads: ThreadPoolExecutor, comparing: ThreadPoolExecutor
) -> Iterator[tuple[int, Prepared]]:
    """Yield services with what their history needs; while one is written the next ones are compared."""

    def compare(changes: Sequence[TwoSides]) -> Sequence[Difference]:
        return work(differences, changes)

    waiting: deque[tuple[int, Future[Prepared]]] = deque()
    for service in services:
        waiting.append((service, threads.submit(history.prepare, database, service, compare, comparing.map)))
        if len(waiting) > _SERVICES_AHEAD:
            number, prepared = waiting.popleft()
            yield number, prepared.result()
    for number, prepared in waiting:
        yield number, prepared.result()


def _enter(database: Database, batches: Iterator[tuple[_Batch, _Found]], clock: Clock, done: Imported) -> None:
    for batch, found in batches:
        entries = []
        for one, contents in zip(batch, found, strict=True):
            if isinstance(contents, Skipped):
                done.leave_out(contents)
            else:
                entries.append(ImportedCapture(one, contents))
        with database.writing() as session:
            new = imported.put(session, entries, clock())
        done.new += new
        done.known += len(entries) - new
        done.services.update(one.published.service for one in entries)


def _unknown(
    database: Database, published: Iterator[Published | Skipped], stop: threading.Event, done: Imported
) -> Iterator[_Batch]:
    """Yield batches of what the store does not have; the rest is recorded in `done`."""
    while not stop.is_set() and (batch := list(islice(published, _BATCH))):
        documents = []
        for one in batch:
            if isinstance(one, Skipped):
                done.leave_out(one)
            else:
                documents.append(one)
        with database.reading() as session:
            known = imported.known(session, documents)
        new = [one for one in documents if one.key not in known]
        done.known += len(documents) - len(new)
        done.services.update(service for service, *_ in known)
        yield new


def _read_some(work: Work, some: Sequence[Published]) -> list[Contents | Skipped]:
    """Return what to store of publications; a page is cleaned in a process, and left out if it kills its worker."""
    if some[0].document is not None:
        return work(read_all, some)
    try:
        return apart(read_all, some)
    except WorkerLost as error:
        return [Skipped(one.origin["x-imported-from"], f"no text (too-costly: {error})") for one in some]


def _pieces(batch: _Batch) -> Iterator[Sequence[Published]]:
    """Yield a batch in pieces of work: some texts that are only measured, or one page to be cleaned."""
    for has_text, run in groupby(batch, lambda one: one.document is not None):
        at_once = _AT_ONCE if has_text else 1
        yield from iter(lambda: list(islice(run, at_once)), [])  # noqa: B023 (used up before the next run)


def _read(
    batches: Iterator[_Batch], work: Work, threads: ThreadPoolExecutor, stop: threading.Event
) -> Iterator[tuple[_Batch, _Found]]:
    """Yield batches with what to store of them; while one is written the next are read."""
    waiting: deque[tuple[_Batch, list[Future[list[Contents | Skipped]]]]] = deque()
    for batch in chain(batches, repeat([], _BATCHES_AHEAD)):
        waiting.append((batch, [threads.submit(_read_some, work, piece) for piece in _pieces(batch)]))
        if len(waiting) > _BATCHES_AHEAD:
            batch, found = waiting.popleft()
            yield batch, [one for piece in found for one in piece.result()]
        if stop.is_set():
            for _, found in waiting:
                for piece in found:
                    piece.cancel()
            return


def corpus_files(
    path: Path, revision: str | None = None, services: Collection[str] = ()
) -> Iterator[Published | Skipped]:
    """Yield the documents of a corpus checkout: all of its git history, or of one `revision`, or of a plain folder."""
    if not path.is_dir():
        raise ConfigurationError(f"import corpus: {path} is not a directory")
    if not is_repository(path):
        if revision is not None:
            raise ConfigurationError(
                f"import corpus: {path} is not a git repository, so it has no revision {revision!r}"
            )
        yield from _folder(path, services)
        return
    with GitFiles(path) as git:
        files = git.history("*.md") if revision is None else git.tree(revision, ".md")
        for file in files:
            if services and file.path.rpartition("/")[2].removesuffix(".md") not in services:
                continue
            content = git.content(file.blob)
            if content is None:
                yield Skipped(file.path, MISSING)
            elif file.path != "README.md":
                page = git.content(f"{file.commit}:{file.path.removesuffix('.md')}.html")
                origin = {"x-imported-from": f"corpus {file.commit} {file.path}"}
                yield corpus_document(file.path, content, page, origin)


def _folder(path: Path, services: Collection[str]) -> Iterator[Published | Skipped]:
    """Yield the documents below a folder; unreadable files are listed whatever `services` are, since they may belong to
    them.
    """
    closed: list[Skipped] = []
    for file in _below(path, ".md", closed):
        name = str(file.relative_to(path))
        page = file.with_suffix(".html")
        try:
            if name == "README.md" or not file.is_file():
                continue
            document, content = file.read_bytes(), page.read_bytes() if page.is_file() else None
        except OSError as error:
            yield Skipped(name, _unreadable(error))
            continue
        one = corpus_document(name, document, content, {"x-imported-from": f"corpus {name}"})
        if not services or (isinstance(one, Published) and one.service in services):
            yield one
    yield from closed


def _below(path: Path, ending: str, closed: list[Skipped]) -> list[Path]:
    """Return the files with this ending below a folder, in order; subfolders that cannot be listed are added to
    `closed`.
    """

    def note(error: OSError) -> None:
        if Path(error.filename) == path:
            raise ConfigurationError(f"import: {path} cannot be read ({error.strerror})") from error
        closed.append(Skipped(str(Path(error.filename).relative_to(path)), _unreadable(error)))

    # Not rglob, which silently skips an unreadable folder.
    walked = os.walk(path, onerror=note)
    return sorted(Path(folder, name) for folder, _, names in walked for name in names if name.endswith(ending))


def _unreadable(error: OSError) -> str:
    return f"it cannot be read ({error.strerror})"


def ota_files(
    path: Path, types: Collection[str] = (), names: Mapping[str, str] | None = None, *, only_named: bool = False
) -> Iterator[Published | Skipped]:
    """Yield the documents of a versions or snapshots repository of Open Terms Archive.

    Its files are ``<service>/<terms type>.md`` (versions), ``.html`` and ``.pdf`` (snapshots). `types` are those wanted
    (none: all). `names` gives services of theirs the name that they have with us (others get their own as a slug);
    `only_named` leaves all others out. Commits that only extract an old snapshot again say nothing about the service
    and are left out.
    """
    if not path.is_dir() or not is_repository(path):
        raise ConfigurationError(
            f"import ota: {path} is not a git repository; clone a versions or snapshots repository"
        )
    names = names or {}
    taken: dict[str, str] = {}
    with GitFiles(path) as git:
        remote = git.remote()
        name = (remote or str(path.resolve())).rstrip("/").rpartition("/")[2].removesuffix(".git")
        repository = OtaRepository(name, remote)
        for file in git.history("*.md", "*.html", "*.pdf"):
            theirs, slash, rest = file.path.partition("/")
            kind = rest.rpartition(".")[0]
            if not slash or "/" in rest or (only_named and theirs not in names):
                continue
            type_ = next((one for one in TYPES.values() if open_terms_name(one) == kind), None)
            if types and type_ not in types:
                continue
            ours = names.get(theirs) or slug(theirs)
            if type_ is None:
                yield Skipped(file.path, _NO_TYPE)
            elif not ours or taken.setdefault(ours, theirs) != theirs:
                yield Skipped(
                    file.path, "its name is not a valid service name, or is taken: rename it with --service THEIRS=OURS"
                )
            elif file.subject.startswith(_TECHNICAL):
                yield Skipped(file.path, "an old snapshot extracted again")
            elif (content := git.content(file.blob)) is None:
                yield Skipped(file.path, MISSING)
            else:
                yield ota_document(
                    repository, document_name(ours, type_), kind, file.path, file.commit, file.moment, content
                )
