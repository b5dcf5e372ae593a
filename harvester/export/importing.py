"""``import corpus`` and ``import ota``: published histories into the store, in batches; killed, it is run again."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from harvester.cleaner.quality import assess
from harvester.clock import Clock
from harvester.errors import ConfigurationError
from harvester.export.git_files import GitFiles, is_repository
from harvester.export.published import OtaRepository, Skipped, corpus_document, ota_document, slug
from harvester.store import imports
from harvester.store.database import Database
from harvester.store.imports import Published

_BATCH = 200
_TECHNICAL = ("Apply technical", "Refilter")
"""How commits of Open Terms Archive begin that extract an old snapshot anew (engine, COMMIT_MESSAGE_PREFIXES)."""
PRIVACY = "Privacy Policy"


@dataclass(slots=True)
class Imported:
    """What an import did: documents new and known already, changes found, files left out by reason (with examples)."""

    new: int = 0
    known: int = 0
    changes: int = 0
    services: set[str] = field(default_factory=set)
    skipped: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    stopped: bool = False


def import_documents(
    database: Database, published: Iterable[Published | Skipped], clock: Clock, stop: threading.Event
) -> Imported:
    """Enters documents and brings the histories of their services up to date.

    What is in the store already is passed over, so a killed import is simply run again.
    """
    done = Imported()
    source = iter(published)
    while not stop.is_set() and (batch := list(islice(source, _BATCH))):
        documents = [one for one in batch if isinstance(one, Published)]
        for one in batch:
            if isinstance(one, Skipped):
                done.skipped[one.reason] += 1
                done.examples.setdefault(one.reason, one.path)
        _enter(database, documents, clock(), done)
    done.stopped = stop.is_set()
    with database.reading() as session:
        stale = imports.stale(session, done.services)
    for service_id in stale:
        with database.writing() as session:
            done.changes += imports.refresh(session, service_id, clock())
    return done


def _enter(database: Database, documents: list[Published], now: datetime, done: Imported) -> None:
    with database.reading() as session:
        new = [one for one in documents if not imports.is_known(session, one)]
    done.known += len(documents) - len(new)
    done.services.update(one.service for one in documents)
    # Judged before the transaction begins: others may write meanwhile.
    judged = [(one, assess(one.document.title, one.document.markdown, body=one.body, status=200)) for one in new]
    with database.writing() as session:
        for one, quality in judged:
            imports.put(session, one, quality, now)
    done.new += len(new)


def corpus_files(
    path: Path, revision: str | None = None, services: Collection[str] = ()
) -> Iterator[Published | Skipped]:
    """The documents of a corpus checkout: all of its git history, or of one `revision`, or of a plain folder."""
    if not path.is_dir():
        raise ConfigurationError(f"import corpus: {path} is no folder")
    if not is_repository(path):
        if revision is not None:
            raise ConfigurationError(f"import corpus: {path} is no git repository, so it has no revision {revision!r}")
        yield from _wanted(_folder(path), services)
        return
    with GitFiles(path) as git:
        files = git.history("*.md") if revision is None else git.tree(revision, ".md")
        for file in files:
            if services and file.path.rpartition("/")[2].removesuffix(".md") not in services:
                continue
            content = git.content(file.blob)
            if content is not None and file.path != "README.md":
                page = git.content(f"{file.commit}:{file.path.removesuffix('.md')}.html")
                origin = {"x-imported-from": f"corpus {file.commit} {file.path}"}
                yield corpus_document(file.path, content, page, origin)


def _folder(path: Path) -> Iterator[Published | Skipped]:
    for file in sorted(path.rglob("*.md")):
        name = str(file.relative_to(path))
        if name == "README.md" or not file.is_file():
            continue
        page = file.with_suffix(".html")
        content = page.read_bytes() if page.is_file() else None
        yield corpus_document(name, file.read_bytes(), content, {"x-imported-from": f"corpus {name}"})


def _wanted(found: Iterator[Published | Skipped], services: Collection[str]) -> Iterator[Published | Skipped]:
    for one in found:
        if not services or (isinstance(one, Published) and one.service in services):
            yield one


def ota_files(
    path: Path, terms: Collection[str] = (PRIVACY,), names: Mapping[str, str] | None = None, *, only_named: bool = False
) -> Iterator[Published | Skipped]:
    """The documents of a versions or snapshots repository of Open Terms Archive.

    Its files are ``<service>/<terms type>.md`` (versions), ``.html`` and ``.pdf`` (snapshots). `terms` are the types
    wanted. `names` gives services of theirs the name that they have with us (others get their own as a slug, with the
    type for other types than the privacy policy); `only_named` leaves all others out. Commits that only extract an old
    snapshot anew tell nothing of the service and are left out.
    """
    if not path.is_dir() or not is_repository(path):
        raise ConfigurationError(f"import ota: {path} is no git repository: clone a versions or snapshots repository")
    names = names or {}
    taken: dict[str, str] = {}
    with GitFiles(path) as git:
        remote = git.remote()
        name = (remote or str(path.resolve())).rstrip("/").rpartition("/")[2].removesuffix(".git")
        repository = OtaRepository(name, remote)
        for file in git.history("*.md", "*.html", "*.pdf"):
            theirs, slash, rest = file.path.partition("/")
            kind = rest.rpartition(".")[0]
            if not slash or kind not in terms or (only_named and theirs not in names):
                continue
            ours = names.get(theirs) or slug(theirs)
            if kind != PRIVACY:
                ours = f"{ours}-{slug(kind)}"
            if not ours or taken.setdefault(ours, f"{theirs}/{kind}") != f"{theirs}/{kind}":
                yield Skipped(file.path, "its name is no name of a service, or another's: name it with --as")
            elif file.subject.startswith(_TECHNICAL):
                yield Skipped(file.path, "an old snapshot extracted anew")
            elif (content := git.content(file.blob)) is not None:
                yield ota_document(repository, ours, kind, file.path, file.commit, file.moment, content)
