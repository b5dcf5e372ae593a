"""Verify that everything in the store is what was stored: each row that differs is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from harvester.cleaner.document import Document
from harvester.errors import CorruptStore, HarvesterError
from harvester.memento import digest_of
from harvester.store.admin import doubles
from harvester.store.admin.trouble import is_damage
from harvester.store.admin.verify_history import history_problems
from harvester.store.content import documents, measures, payloads, renderings
from harvester.store.content.compression import restored, sha256_of, verified
from harvester.store.content.stored_form import content_of, printable
from harvester.store.database import Database
from harvester.store.history.differences import DIFFING_VERSION
from harvester.store.ledger import digests, tallies
from harvester.store.schema import Capture, Change, DocumentRow, Payload, Playback, Service, TextRow
from harvester.store.search import fulltext

_ROWS_PER_READ = 200
_BODIES_HELD = 64


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that is not what it should be. `id` is 0 when the database as a whole is meant."""

    table: str
    id: int
    problem: str
    is_mended_by_reclean: bool = False
    """Whether all that it takes is to make the row again from what is stored."""

    def __str__(self) -> str:
        where = f"{self.table} {self.id}" if self.id else self.table
        return f"{where}: {self.problem}"


Rebuild = Callable[[Session, Capture, bytes], "Document | None"]
"""Makes the document of a capture again from its raw bytes; None when that cannot be checked (another cleaner made it).
"""


def verify(
    database: Database, rebuild: Rebuild | None = None, stage: Callable[[str], None] = lambda _: None
) -> Iterator[Finding]:
    """Yield everything that is wrong with the store, as it is found; change nothing.

    Payloads, texts and documents are hashed again, versions and changes computed again from the captures, each text
    looked for in the search index, and, with `rebuild`, documents made again from their payloads and texts measured
    again. `stage` is called with what is looked at next. Raises `CorruptStore` for a file in which not even the tables
    can be found.
    """
    checks: dict[str, Callable[[Session], Iterator[Finding]]] = {
        "payloads": _payloads,
        "texts": _texts,
        "documents": _documents,
        "captures": _captures,
        "sources": _sources,
        "history": _history,
        "the search index": _search,
        "tallies": _tallies,
    }
    if database.is_sqlite:
        checks = {"the file": _sqlite, **checks}
    if rebuild is not None:
        checks["documents against payloads"] = lambda session: _rebuilt(session, rebuild)
        checks["measures of texts"] = _measures
    with database.reading() as session:
        for what, check in checks.items():
            stage(what)
            try:
                yield from check(session)
            except DBAPIError as error:
                if not is_damage(error):
                    raise
                yield Finding("database", 0, f"{what} cannot be read to the end: {error.orig}")


def has_history_of_an_earlier_version(database: Database) -> bool:
    """Return whether changes are left that an earlier version of the diffs made; `reclean` makes them again."""
    with database.reading() as session:
        return session.scalar(select(select(Change.id).where(Change.diffing != DIFFING_VERSION).exists())) or False


def _sqlite(session: Session) -> Iterator[Finding]:
    """Yield the faults that SQLite itself finds in its file."""
    for (problem,) in session.execute(text("PRAGMA integrity_check(20)")):
        if problem != "ok":
            yield Finding("database", 0, f"SQLite's integrity check says: {problem}")
    for table, row, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield Finding(table, row or 0, f"it refers to a missing row of {parent}")


def _payloads(session: Session) -> Iterator[Finding]:
    held: dict[int, tuple[bytes, int]] = {}
    for row in _each(session, Payload, Payload.data):
        try:
            if row.base_id is None:
                reference, depth = None, 0
            elif row.base_id in held:
                reference, depth = held[row.base_id][0], held[row.base_id][1] + 1
            else:
                base = session.get(Payload, row.base_id)
                reference, depth = payloads.get(session, row.base_id), base.depth + 1 if base else 0
            body = verified(restored(row.data, reference), row.sha256)
        except CorruptStore as error:
            yield Finding("payloads", row.id, f"it is not what was stored: {error}")
            continue
        held[row.id] = (body, depth)
        if len(held) > _BODIES_HELD:
            del held[next(iter(held))]
        for name, kept, found in (
            ("size", row.size, len(body)),
            ("digest", row.digest, digest_of(body)),
            ("depth", row.depth, depth),
        ):
            if kept != found:
                yield Finding("payloads", row.id, f"its {name} is {kept} and should be {found}")


def _texts(session: Session) -> Iterator[Finding]:
    for row in _each(session, TextRow, TextRow.data):
        try:
            content = verified(restored(row.data), row.sha256)
        except CorruptStore as error:
            yield Finding("texts", row.id, f"it is not what was stored: {error}")
            continue
        if row.size != len(content):
            yield Finding("texts", row.id, f"its size is {row.size} and should be {len(content)}")


def _documents(session: Session) -> Iterator[Finding]:
    for row in _each(session, DocumentRow):
        try:
            template = documents.template(session, row.id)
        except CorruptStore as error:
            yield Finding("documents", row.id, str(error))
            continue
        if not printable(template).startswith(f"# {row.title}\n\n"):
            yield Finding("documents", row.id, f"its title {row.title!r} differs from the one it was made with")


def _captures(session: Session) -> Iterator[Finding]:
    for number in renderings.lost(session):
        yield Finding("captures", number, "the page after its scripts, of which its document was made, is missing")
    for number in digests.unsupported(session):
        problem = "it has the bytes of another capture, which its digest does not support; run `harvester reclean`"
        yield Finding("captures", number, problem)
    for number in renderings.with_anothers_notice(session):
        problem = "its text is the notice that its page embedded at another time; run `harvester reclean`"
        yield Finding("captures", number, problem)


def _sources(session: Session) -> Iterator[Finding]:
    for one in doubles.twice(session):
        yield Finding("sources", one.other.id, str(one))


def _history(session: Session) -> Iterator[Finding]:
    statement = select(Service.id, Service.name, Service.stale).order_by(Service.id)
    for number, name, stale in session.execute(statement).all():
        if stale:
            # Captures were committed whose history was not yet: the next run does it, nothing is wrong.
            continue
        for table, row, problem in history_problems(session, number):
            yield Finding(table, row, f"{problem} ({name})")


def _search(session: Session) -> Iterator[Finding]:
    for number in fulltext.not_indexed(session):
        yield Finding("texts", number, "its words are not in the search index")


def _tallies(session: Session) -> Iterator[Finding]:
    for service, problem in tallies.problems(session):
        yield Finding("tallies", service, problem)


def _rebuilt(session: Session, rebuild: Rebuild) -> Iterator[Finding]:
    """Make documents again, once for each payload, document, text and archive, from a capture that was played back if
    any.
    """
    done: set[tuple[int, int, int, str]] = set()
    statement = (
        select(Capture.id, Capture.payload_id, Capture.document_id, Capture.text_id, Capture.archive)
        .outerjoin(Playback, Playback.capture_id == Capture.id)
        .where(Capture.payload_id.is_not(None), Capture.document_id.is_not(None))
        .order_by(Playback.capture_id.is_(None), Capture.id)
    )
    for number, payload_id, document_id, text_id, archive in session.execute(statement).all():
        if payload_id is None or document_id is None or text_id is None:
            continue
        if (one := (payload_id, document_id, text_id, archive)) in done:
            continue
        done.add(one)
        try:
            capture = session.get_one(Capture, number)
            made = rebuild(session, capture, payloads.get(session, payload_id))
            row = session.get_one(DocumentRow, document_id)
            kept_text = documents.text(session, text_id)
        except HarvesterError as error:
            yield Finding("captures", number, f"its document cannot be made again: {error}")
            continue
        if made is None:
            continue
        if sha256_of(content_of(made)) != row.sha256:
            yield _to_reclean("documents", document_id, f"made again from payload {payload_id} it is another document")
        if made.comparable != kept_text:
            yield Finding("texts", text_id, f"made again from payload {payload_id} it is another text")


def _measures(session: Session) -> Iterator[Finding]:
    for number, differing in measures.outdated(session):
        yield _to_reclean("texts", number, differing)


def _to_reclean(table: str, number: int, problem: str) -> Finding:
    return Finding(table, number, f"{problem} (`harvester reclean --all`)", is_mended_by_reclean=True)


def _each(session: Session, table: Any, *columns: Any) -> Iterator[Any]:
    """Yield the rows of a table by id, a few at a time, with the columns that are not read otherwise."""
    after = -1
    plain = [column for column in table.__table__.columns if column.name != "data"]
    while True:
        statement = select(*plain, *columns).where(table.id > after).order_by(table.id).limit(_ROWS_PER_READ)
        rows = session.execute(statement).all()
        if not rows:
            return
        yield from rows
        after = rows[-1].id
