"""The store for Python programs and notebooks: services, versions and changes as objects that read when asked.

``from harvester import Store``; docs/python-api.md is a tutorial. Objects keep what a row of the database holds and
read texts, documents and diffs on access. Lists are `Records`, which pandas accepts directly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from harvester.api.notebook import LazyRecords, Records
from harvester.catalogue.document_types import PRIVACY_POLICY, type_named
from harvester.diffing import Diff, Kind, compare
from harvester.errors import ConfigurationError, UnknownName
from harvester.folders import sqlite_url
from harvester.insight import blame as blames
from harvester.insight import periods, reading, redline, search, similar, trends
from harvester.insight.periods import By, Cohort
from harvester.memento import timestamp_of
from harvester.settings import Settings
from harvester.store.content import documents
from harvester.store.database import Database
from harvester.store.history.references import position
from harvester.store.read import history, recent
from harvester.store.read import versions as read
from harvester.store.read.missing import no_policy_since, why_no_version, without_versions
from harvester.store.read.panel import panel_rows
from harvester.store.read.tables import ledger_rows

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.orm import Session


_CHANGES_AT_ONCE = 100
_HITS_AT_ONCE = 200


class Store:
    """A store of harvester, opened for reading: a folder that holds ``harvester.db``, a file, or a database's URL.

    Use it in a ``with`` block, or `close` it. Raises `ConfigurationError` when there is no store.
    """

    def __init__(self, place: str | Path, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        database = Database.open(_url(place))
        self._opened: Database | None = database
        self._name = database.name  # without a password

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({self._name!r})"

    def close(self) -> None:
        """Close the database; values already read stay available, reading more raises `ConfigurationError`."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def _database(self) -> Database:
        if self._opened is None:
            raise ConfigurationError(
                f"the store {self._name} is closed; open it again, or use it inside its `with` block"
            )
        return self._opened

    @property
    def services(self) -> Records[Service]:
        """All services, by name."""
        with self._database.reading() as session:
            return Records(_service(self, row) for row in read.services(session))

    def service(self, name: str) -> Service:
        """Return the service with a name; `UnknownName` lists the known ones."""
        with self._database.reading() as session:
            _number(session, name)
            return _service(self, read.services(session, [name])[0])

    def versions(self) -> Iterator[Version]:
        """Yield the versions of all services, by service and oldest first, read service by service."""
        for service in self.services:
            yield from service.versions

    def changes(
        self,
        *,
        service: str | None = None,
        type: str | None = None,
        kinds: Sequence[str] | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> Iterator[Change]:
        """Yield changes, newest first, of one service or all; `kinds` as in `docs/kinds.md`."""
        _span(start, end)
        if isinstance(kinds, str) or not {*(kinds or ())} <= {*Kind}:
            raise ConfigurationError(f"kinds: {kinds!r} must be a list of {', '.join(Kind)}")
        older: tuple[datetime, int] | None = None
        while True:
            with self._database.reading() as session:
                number = None if service is None else _number(session, service)
                rows = recent.changes(
                    session,
                    recent.ChangesWanted(number, kinds=kinds or recent.EVERY, start=start, end=end, type=_type(type)),
                    older_than=older,
                    limit=_CHANGES_AT_ONCE,
                )
            yield from (_change(self, row) for row in rows)
            if not rows:
                return
            older = rows[-1].before, rows[-1].id

    def search(
        self,
        query: str,
        *,
        service: str | None = None,
        type: str | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        only: search.Only | None = None,
    ) -> LazyRecords[search.SearchHit]:
        """Return the versions that match a query (docs/search.md), by service and oldest first, read as needed."""
        _span(start, end)
        _one_of(only, (None, "first", "last"), "only")
        wanted = _type(type)

        def read_page(cursor: str | None) -> tuple[Sequence[search.SearchHit], str | None]:
            with self._database.reading() as session:
                page = search.search(
                    session,
                    query,
                    service=None if service is None else _name(service),
                    type_=wanted,
                    start=start,
                    end=end,
                    only=only,
                    limit=_HITS_AT_ONCE,
                    cursor=cursor,
                )
            return page.hits, page.cursor

        return LazyRecords(read_page)

    def panel(self, services: str | Sequence[str] | None = None) -> Records[PanelRow]:
        """Return a row for each half-year of one service, several or all (docs/python-api.md), for statistics."""
        services = [services] if isinstance(services, str) else services
        with self._database.reading() as session:
            for name in services or ():
                _number(session, name)
            rows = read.services(session, services)
            return Records(PanelRow(**one) for row in rows for one in panel_rows(session, row.id, row.name))

    def ledger(self, service: str | None = None) -> Records[LedgerLine]:
        """Return the outcome of every capture, planned interval, address and service, of one service or all."""
        with self._database.reading() as session:
            if service is not None:
                _number(session, service)
            rows = read.services(session, None if service is None else [service])
            lines = (line for row in rows for line in ledger_rows(session, row.id, row.name))
            return Records(LedgerLine(**{one.name: line[one.name] for one in fields(LedgerLine)}) for line in lines)

    def without_versions(self) -> Records[WithoutVersions]:
        """Return the services without a version, each with the reason."""
        with self._database.reading() as session:
            found = without_versions(session)
        return Records(WithoutVersions(one.service, str(one.outcome), one.reason) for one in found)

    def no_policy_since(self) -> Records[NoPolicySince]:
        """Return the services whose latest capture shows no policy: when one was last seen, and why it is none."""
        with self._database.reading() as session:
            found = no_policy_since(session)
        return Records(
            NoPolicySince(one.service, one.since, one.looked_at, str(one.outcome), one.reason) for one in found
        )

    def trend(
        self, query: str, *, by: str = "half-year", tag: str | None = None, type: str = PRIVACY_POLICY
    ) -> Records[TrendPoint]:
        """Return, for each period, the share of services whose policy matches a query."""
        _one_of(by, list(By), "by")
        with self._database.reading() as session:
            (series,) = trends.terms(session, [query], Cohort(tag, _type(type) or PRIVACY_POLICY), By(by))
        return _points(series)

    def measure(
        self, what: str, *, by: str = "half-year", tag: str | None = None, type: str = PRIVACY_POLICY
    ) -> Records[TrendPoint]:
        """Return, for each period, the median of ``words`` or of the reading ``grade``, or the mean number of
        ``changes``.
        """
        _one_of(by, list(By), "by")
        _one_of(what, list(trends.Measure), "measure")
        with self._database.reading() as session:
            cohort = Cohort(tag, _type(type) or PRIVACY_POLICY)
            return _points(trends.measure(session, trends.Measure(what), cohort, By(by)))


@dataclass(frozen=True)
class TrendPoint:
    """A point of a series (`insight.periods.Point`), flat."""

    period: str
    start: datetime
    end: datetime
    n: int
    value: float | None
    count: int | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class PanelRow:
    """A service in a half-year; `version` and the columns of its text are of the end of it."""

    service: str
    half_year: str | None
    start: datetime | None
    end: datetime | None
    captures: int | None
    seen: int | None
    outcome: str | None
    reason: str | None
    version: int | None
    changes: int | None
    substantive: int | None
    words_added: int | None
    words_removed: int | None
    sha256: str | None
    words: int | None
    language: str | None
    policy_likelihood: float | None
    reading_grade: float | None


@dataclass(frozen=True)
class LedgerLine:
    """An outcome; `kind` is capture, interval, source, service or malformed."""

    service: str
    kind: str
    source: str | None
    url: str | None
    start: datetime | None
    end: datetime | None
    outcome: str
    reason: str | None


@dataclass(frozen=True)
class WithoutVersions:
    """A service without a version, and why."""

    service: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class NoPolicySince:
    """A service whose policy was last seen at `since`; its latest capture, of `looked_at`, shows none, and why."""

    service: str
    since: datetime
    looked_at: datetime
    outcome: str
    reason: str | None


@dataclass(frozen=True)
class Service:
    """A document of a watched service: ``acme`` is its privacy policy, ``acme/terms-of-service`` another one."""

    name: str
    service: str
    type: str
    tags: list[str] = field(hash=False)
    captures: int
    first_seen: datetime | None
    last_seen: datetime | None
    last_change: datetime | None
    store: Store = field(repr=False, compare=False)

    @cached_property
    def versions(self) -> Records[Version]:
        """The versions of its policy, oldest first."""
        with self.store._database.reading() as session:
            return Records(_version(self.store, self.name, row) for row in read.log(session, self.name))

    @property
    def ledger(self) -> Records[LedgerLine]:
        """The outcome of each of its captures, planned intervals and addresses."""
        return self.store.ledger(self.name)

    @property
    def changes(self) -> Records[Change]:
        """The changes of its policy, oldest first."""
        return Records(reversed(list(self.store.changes(service=self.name))))

    def version(self, ref: str | int | date = "latest") -> Version:
        """Return the version that a reference names: a date, an instant, a number, ``first``, ``latest``, ``~2``.

        Raises `UnknownName`, also for a date before the first version.
        """
        if not (versions := self.versions):
            with self.store._database.reading() as session:
                raise UnknownName(why_no_version(session, read.service_id(session, self.name)))
        return versions[position(_reference(ref), [one.first_seen for one in versions], self.name, strict=True)]

    def blame(self, ref: str | int | date = "latest", *, removed: bool = False) -> blames.Blame:
        """Return which version brought each block and word; with `removed` also what is gone."""
        named = _reference(self.version(ref).first_seen)
        with self.store._database.reading() as session:
            return blames.blame(session, self.name, named, removed=removed)

    def similar(self, ref: str | int | date = "latest") -> Records[similar.Similar]:
        """Return versions of other services that share text with this one."""
        named = _reference(self.version(ref).first_seen)
        with self.store._database.reading() as session:
            return Records(similar.similar(session, self.name, named).found)


@dataclass(frozen=True)
class Version:
    """A version of a service's policy; `kind`, `words_added`, `words_removed` are of the change that brought it."""

    service: str
    number: int
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
    title: str | None
    language: str | None
    policy_likelihood: float | None
    reading_grade: float | None
    tags: list[str] = field(hash=False)
    store: Store = field(repr=False, compare=False)
    row: read.VersionRow = field(repr=False, compare=False)

    @cached_property
    def text(self) -> str:
        """The comparable text: title and Markdown, without what only the capture's time put in."""
        with self.store._database.reading() as session:
            return documents.text(session, self.row.text_id)

    @cached_property
    def shown(self) -> reading.Shown:
        """The document as the corpus would have it, byte for byte, and its provenance."""
        with self.store._database.reading() as session:
            return reading.document_of(session, self.store._settings, self.service, self.row)

    @property
    def document(self) -> str:
        """The document as the corpus would have it: header with the snapshot's address, title, Markdown."""
        return self.shown.text

    @property
    def provenance(self) -> dict[str, Any]:
        """The provenance: snapshot, archive, digest, redirects, cleaner."""
        return self.shown.provenance

    def diff(self, newer: Version) -> Diff:
        """Return the change from this version to another one, of any service."""
        return compare(self.text, newer.text)


@dataclass(frozen=True)
class Change:
    """The step from one version to the next: after `after`, and not later than `before`."""

    service: str
    after: datetime
    before: datetime
    kind: str
    words_added: int
    words_removed: int
    words_moved: int
    share: float
    headings: list[str] = field(hash=False)
    reasons: list[str] = field(hash=False)
    store: Store = field(repr=False, compare=False)
    row: read.ChangeRow = field(repr=False, compare=False)

    @cached_property
    def diff(self) -> Diff:
        """Its operations, as they are stored; `harvester.diffing.render` shows them."""
        with self.store._database.reading() as session:
            return redline.diff_of(session, self.row)

    @property
    def new(self) -> Version:
        """The version that it brought."""
        with self.store._database.reading() as session:
            number = read.service_id(session, self.service)
            return _version(self.store, self.service, history.version_at(session, number, self.before))

    @property
    def old(self) -> Version:
        """The version that it replaced."""
        with self.store._database.reading() as session:
            number = read.service_id(session, self.service)
            first_seen, _ = history.beside(session, number, self.before)
            if first_seen is None:
                raise UnknownName(
                    f"{self.service} has no version before {self.before:%Y-%m-%d} any more; read it again"
                )
            return _version(self.store, self.service, history.version_at(session, number, first_seen))


def _number(session: Session, name: str) -> int:
    """Return the number of the document with a name; `UnknownName` lists the known ones."""
    return read.service_id(session, _name(name))


def _name(name: str) -> str:
    if not isinstance(name, str):
        raise ConfigurationError(f"{name!r} must be the name of a service, such as 'kettle.example'")
    return name


def _type(text: str | None) -> str | None:
    try:
        return None if text is None else type_named(text)
    except ValueError as error:
        raise ConfigurationError(f"type: {error}") from error


def _url(place: str | Path) -> str:
    if isinstance(place, str) and "://" in place:
        return place
    path = Path(place)
    named, path = path, path / "harvester.db" if path.is_dir() else path
    if not path.is_file():
        raise ConfigurationError(f"there is no store at {path}; `harvester backfill` creates one in its --data folder")
    # A file may be a backup, which is left as it is.
    return sqlite_url(path) if named is not path else f"{sqlite_url(path)}?mode=ro"


def _service(store: Store, row: read.ServiceRow) -> Service:
    return Service(
        row.name,
        row.service_name,
        row.type,
        row.tags,
        row.captures,
        row.first_seen,
        row.last_seen,
        row.last_change,
        store,
    )


def _version(store: Store, service: str, row: read.VersionRow) -> Version:
    return Version(service, **_shared(Version, row), store=store, row=row)


def _change(store: Store, row: read.ChangeRow) -> Change:
    return Change(**_shared(Change, row), store=store, row=row)


def _shared(made: type[Any], row: Any) -> dict[str, Any]:
    """Return the columns of a row that a class has too."""
    return {one.name: getattr(row, one.name) for one in fields(made) if one.repr and hasattr(row, one.name)}


def _points(series: periods.Series) -> Records[TrendPoint]:
    return Records(
        TrendPoint(
            point.period.label,
            point.period.start,
            point.period.end,
            point.n,
            point.value,
            point.count,
            point.low,
            point.high,
        )
        for point in series.points
    )


def _reference(ref: str | int | date) -> str:
    """Return a reference in the form of `store.references`."""
    if isinstance(ref, datetime):
        _instants(ref)
        return timestamp_of(ref)
    return str(ref)


def _instants(*moments: datetime | None) -> None:
    """Raise `ConfigurationError` unless each is an aware datetime."""
    for one in moments:
        if one is not None and (not isinstance(one, datetime) or one.tzinfo is None):
            raise ConfigurationError(f"{one!r} must be an aware datetime, such as datetime(2015, 6, 30, tzinfo=UTC)")


def _span(start: datetime | None, end: datetime | None) -> None:
    """Raise `ConfigurationError` unless a span of time has aware ends in their order."""
    _instants(start, end)
    if start is not None and end is not None and start > end:
        raise ConfigurationError(f"start {start:%Y-%m-%d} is later than end {end:%Y-%m-%d}; exchange them")


def _one_of(given: object, offered: Sequence[object], name: str) -> None:
    if given not in offered:
        raise ConfigurationError(f"{name}: {given!r} must be one of {', '.join(str(one) for one in offered)}")
