"""The readers' questions to the store: typed rows, never with bodies in lists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from harvester.catalogue.document_types import PRIVACY_POLICY, split_name, usual_name
from harvester.errors import UnknownName
from harvester.store.history.combined_parts import changed_pages
from harvester.store.history.references import position
from harvester.store.ledger import tallies
from harvester.store.read.missing import why_no_version
from harvester.store.schema import Capture, Change, DocumentRow, Service, Source, TextRow, Version


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service with what there is of it."""

    id: int
    name: str
    service_name: str
    type: str
    tags: list[str]
    added_at: datetime
    paused_at: datetime | None
    stale: bool
    sources: int
    captures: int
    versions: int
    changes: int
    first_seen: datetime | None
    last_seen: datetime | None
    last_change: datetime | None


SMALL_SHARE = 0.5
"""Share of its page's words under which a document is flagged: the extraction may have missed the policy."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with the change that brought it; the change's columns are None for the first version."""

    number: int
    id: int
    first_seen: datetime
    last_seen: datetime
    captures: int
    url: str
    sha256: str
    words: int
    kind: str | None
    words_added: int | None
    words_removed: int | None
    repeats: datetime | None
    texts: int
    switches: int
    capture_id: int
    text_id: int
    change_id: int | None
    reasons: list[Any]
    page_words: int | None
    recipe: str | None = None
    title: str | None = None
    language: str | None = None
    policy_likelihood: float | None = None
    reading_grade: float | None = None
    tags: list[str] = field(default_factory=list)
    incomplete: bool = False
    """Whether a page of a combined document was not captured yet while this version was seen."""

    @property
    def small_share(self) -> int | None:
        """The percentage of its page's words that the document holds, if so few that it may have missed the policy."""
        if not self.page_words or self.recipe == "selected" or self.words >= SMALL_SHARE * self.page_words:
            return None
        return 100 * self.words // self.page_words


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change without its operations."""

    id: int
    service: str
    after: datetime
    before: datetime
    kind: str
    words_added: int
    words_removed: int
    words_moved: int
    share: float
    headings: list[Any]
    reasons: list[Any]
    standing: dict[str, Any]
    found_at: datetime
    old_text_id: int
    new_text_id: int
    pages: list[str] = field(default_factory=list)
    """Of a combined document the addresses of the pages that changed."""


def _never_whole() -> ColumnElement[bool]:
    """Return whether no capture of a combined document's version has all of its pages."""
    whole = aliased(Capture)
    seen = whole.timestamp.between(Version.first_seen, Version.last_seen)
    is_there = exists().where(whole.service_id == Version.service_id, whole.text_id == Version.text_id, seen)
    return (Capture.recipe == "combined") & ~is_there.where(whole.recipe == "combined", whole.reason.is_(None))


# Made once: to build them takes longer than to run them.
_NUMBER = select(Service.id).where(Service.name == bindparam("name"))
_VERSIONS: Select[*tuple[Any, ...]] = (
    select(
        Version.id,
        Version.first_seen,
        Version.last_seen,
        Version.captures,
        Version.repeats,
        Version.texts,
        Version.switches,
        Version.capture_id,
        Version.text_id,
        Capture.original,
        TextRow.sha256,
        TextRow.words,
        Change.id.label("change_id"),
        Change.kind,
        Change.reasons,
        Capture.page_words,
        Capture.recipe,
        Change.words_added,
        Change.words_removed,
        DocumentRow.title,
        TextRow.language,
        TextRow.policy_likelihood,
        TextRow.reading_grade,
        Service.tags,
        Service.type,
        _never_whole().label("incomplete"),
    )
    .join(Capture, Capture.id == Version.capture_id)
    .join(TextRow, TextRow.id == Version.text_id)
    .join(Service, Service.id == Version.service_id)
    .outerjoin(DocumentRow, DocumentRow.id == Capture.document_id)
    .outerjoin(Change, (Change.service_id == Version.service_id) & (Change.before == Version.first_seen))
)
_LOG = _VERSIONS.where(Version.service_id == bindparam("service")).order_by(Version.first_seen)
CHANGE_ROWS: Select[Any] = select(
    Change.id,
    Service.name,
    Change.after,
    Change.before,
    Change.kind,
    Change.words_added,
    Change.words_removed,
    Change.words_moved,
    Change.share,
    Change.headings,
    Change.reasons,
    Change.standing,
    Change.found_at,
    Change.old_text_id,
    Change.new_text_id,
).join(Service, Service.id == Change.service_id)
"""Selects what `change_row` reads: columns, which are read faster than objects."""
_CHANGE = CHANGE_ROWS.where(Service.name == bindparam("name"), Change.before == bindparam("before"))
_COMBINED = (
    select(Service.name, Service.id)
    .join(Source, Source.service_id == Service.id)
    .where(Service.name.in_(bindparam("names", expanding=True)), Source.part >= 0)
    .distinct()
)


def services(session: Session, names: Sequence[str] | None = None) -> list[ServiceRow]:
    """Return all documents, or those named, by service and name."""
    statement = select(Service).order_by(Service.service_name, Service.name)
    if names is not None:
        statement = statement.where(Service.name.in_(map(usual_name, names)))
    found = session.scalars(statement).all()
    only = None if names is None else [service.id for service in found]
    sources = _by_service(session, Source.service_id, only, func.count())
    captures = tallies.captures_by_service(session, only)
    versions = _by_service(
        session, Version.service_id, only, func.count(), func.min(Version.first_seen), func.max(Version.last_seen)
    )
    changes = _by_service(session, Change.service_id, only, func.count(), func.max(Change.before))
    return [
        ServiceRow(
            id=service.id,
            name=service.name,
            service_name=service.service_name,
            type=service.type,
            tags=list(service.tags),
            added_at=service.added_at,
            paused_at=service.paused_at,
            stale=service.stale,
            sources=sources.get(service.id, (0,))[0],
            captures=captures.get(service.id, 0),
            versions=versions.get(service.id, (0,))[0],
            changes=changes.get(service.id, (0,))[0],
            first_seen=versions.get(service.id, (0, None, None))[1],
            last_seen=versions.get(service.id, (0, None, None))[2],
            last_change=changes.get(service.id, (0, None))[1],
        )
        for service in found
    ]


def service_id(session: Session, name: str) -> int:
    """Return the number of the document with this name; `UnknownName` lists the known ones."""
    name = usual_name(name)
    # No database takes half of a surrogate pair (a byte of another encoding on the command line), nor PostgreSQL a NUL.
    is_text = "\x00" not in name and name.encode("utf-8", "replace").decode("utf-8") == name
    found = session.scalar(_NUMBER, {"name": name}) if is_text else None
    if found is not None:
        return found
    service, type_ = split_name(name)
    of_service = select(Service.name).where(Service.service_name == service).order_by(Service.name)
    if is_text and (others := list(session.scalars(of_service))):
        raise UnknownName(f"the store has no {type_} of {service}; it has {', '.join(others)}")
    names = list(session.scalars(select(Service.name).order_by(Service.name)))
    if not names:
        raise UnknownName(f"no service named {name!r}: the store is empty; `harvester backfill` fills it")
    # Importing it takes a while that only a wrong name has to wait.
    from rapidfuzz.process import extract

    near = [found[0] for found in extract(name, names, limit=5, score_cutoff=50)] or names[:5]
    more = "" if len(near) == len(names) else f" and {len(names) - len(near)} more (`harvester services`)"
    raise UnknownName(f"no service named {name!r}; known: {', '.join(near)}{more}")


def log(session: Session, service: str) -> list[VersionRow]:
    """Return the versions of a service, oldest first."""
    rows = session.execute(_LOG, {"service": service_id(session, service)})
    return [version_row(row, place) for place, row in enumerate(rows, 1)]


def present_log(session: Session, service: str) -> list[VersionRow]:
    """Return what `log` does; raises `UnknownName`, which says why, where there is no version."""
    if rows := log(session, service):
        return rows
    raise UnknownName(why_no_version(session, service_id(session, service)))


def versions_of(service_id: int | BindParameter[int]) -> Select[Any]:
    """Select what `version_row` reads of the versions of a service, in no order yet."""
    return _VERSIONS.where(Version.service_id == service_id)


def version_row(row: Any, number: int) -> VersionRow:
    """Return a row of `versions_of` in its reader's form; `number` is its place in the history, from 1."""
    return VersionRow(
        number=number,
        id=row.id,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        captures=row.captures,
        url=row.original,
        sha256=row.sha256,
        words=row.words,
        kind=row.kind,
        words_added=row.words_added,
        words_removed=row.words_removed,
        repeats=row.repeats,
        texts=row.texts,
        switches=row.switches,
        capture_id=row.capture_id,
        text_id=row.text_id,
        change_id=row.change_id,
        reasons=list(row.reasons or ()),
        page_words=row.page_words,
        recipe=row.recipe,
        title=row.title,
        language=row.language,
        policy_likelihood=row.policy_likelihood if row.type == PRIVACY_POLICY else None,
        reading_grade=row.reading_grade,
        tags=list(row.tags),
        incomplete=bool(row.incomplete),
    )


def resolve(session: Session, service: str, ref: str = "latest") -> VersionRow:
    """Return the version that `ref` names (`store.references`)."""
    (found,) = resolve_all(session, service, [ref])
    return found


def resolve_all(session: Session, service: str, refs: Sequence[str]) -> list[VersionRow]:
    """Return the versions of a service that some references name, for which its versions are read once."""
    rows = present_log(session, service)
    first_seen = [row.first_seen for row in rows]
    return [rows[position(ref, first_seen, service)] for ref in refs]


def change(session: Session, service: str, before: datetime) -> ChangeRow:
    """Return the change of a service whose new text was first seen at `before`: its permanent key."""
    row = session.execute(_CHANGE, {"name": usual_name(service), "before": before}).first()
    if row is None:
        service_id(session, service)
        raise UnknownName(f"{service} has no change first seen at {before:%Y-%m-%d %H:%M:%S}")
    return with_pages(session, [change_row(row)])[0]


def with_pages(session: Session, rows: Sequence[ChangeRow]) -> list[ChangeRow]:
    """Return changes of which those of combined documents name the pages that changed."""
    names = {row.service for row in rows}
    rows_of = session.execute(_COMBINED, {"names": list(names)})
    numbers = {row.name: row.id for row in rows_of}
    return [
        replace(row, pages=changed_pages(session, numbers[row.service], row.after, row.before))
        if row.service in numbers
        else row
        for row in rows
    ]


def operations_of(session: Session, numbers: Collection[int]) -> dict[int, bytes]:
    """Return the diffs of some changes, as `diffing.encode` made them."""
    rows = session.execute(select(Change.id, Change.operations).where(Change.id.in_(numbers)))
    found = {row.id: row.operations for row in rows}
    for number in set(numbers) - found.keys():
        raise UnknownName(f"there is no change with the number {number}")
    return found


def standing_of(session: Session, numbers: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """Return which passages of some changes are in both pages: ``removed`` left the extracted text, ``inserted`` came
    into it. A change without any is left out.
    """
    rows = session.execute(select(Change.id, Change.standing).where(Change.id.in_(numbers)))
    return {row.id: row.standing for row in rows if row.standing}


def change_row(row: Any) -> ChangeRow:
    """Return a row of `CHANGE_ROWS` in its reader's form."""
    return ChangeRow(
        row.id,
        row.name,
        row.after,
        row.before,
        row.kind,
        row.words_added,
        row.words_removed,
        row.words_moved,
        row.share,
        row.headings,
        row.reasons or [],
        row.standing or {},
        row.found_at,
        row.old_text_id,
        row.new_text_id,
    )


def _by_service(
    session: Session, column: Any, only: Sequence[int] | None, *measures: ColumnElement[Any]
) -> dict[int, tuple[Any, ...]]:
    statement = select(column, *measures).group_by(column)
    if only is not None:
        statement = statement.where(column.in_(only))
    return {row[0]: tuple(row[1:]) for row in session.execute(statement)}
