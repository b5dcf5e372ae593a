"""The first page: what changed lately, who is watched, how they fare; and all changes, filtered and paged."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from harvester.catalogue.document_types import TYPES
from harvester.dates import parse_day
from harvester.diffing import Kind
from harvester.store.read import history, recent
from harvester.store.read import services as read_services
from harvester.store.read.missing import Missing, Unseen, no_policy_since, without_versions
from harvester.store.read.services import Condition, NamedService
from harvester.store.read.versions import ChangeRow
from harvester.web.addresses import DATE, BadStamp
from harvester.web.http import cursors
from harvester.web.site import TheSite, page
from harvester.web.view.charts import sparkline

router = APIRouter(include_in_schema=False)

_SERVICES = 25
_SUBSTANTIVE = 10
_SMALLER = 10
_CHANGES = 50
_NAMES = 300
_SPARK_POINTS = 30

Tag = Annotated[str, Query(max_length=100)]
KindName = Annotated[str, Query(pattern=r"^(|all|substantive|minor|cosmetic|technical|language)$")]
Day = Annotated[str, Query(pattern=f"^(|{DATE})$")]
ServiceFilter = Annotated[str, Query(max_length=300)]
TypeFilter = Annotated[str, Query(alias="type", pattern=rf"^(|{'|'.join(TYPES)})$")]
Cursor = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Filter:
    """The reader's filters; empty strings: everything."""

    tag: str
    kind: str
    since: str
    until: str
    service: str = ""
    type: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds wanted; none: all except those hidden by default."""
        return recent.EVERY if self.kind == "all" else (self.kind,) if self.kind else ()

    @property
    def start(self) -> datetime | None:
        """The first instant wanted."""
        return _day(self.since, end=False)

    @property
    def end(self) -> datetime | None:
        """The last instant wanted."""
        return _day(self.until, end=True)

    @property
    def is_set(self) -> bool:
        """Whether any filter is set."""
        return any((self.tag, self.kind, self.since, self.until, self.service, self.type))


@dataclass(frozen=True, slots=True)
class Row:
    """A service in the list of the overview."""

    service: NamedService
    condition: Condition
    chart: str
    health: str
    health_words: str


@router.get("/", response_class=HTMLResponse)
def overview(
    request: Request,
    site: TheSite,
    tag: Tag = "",
    kind: KindName = "",
    since: Day = "",
    until: Day = "",
    after: ServiceFilter = "",
) -> HTMLResponse:
    """Show recent changes, substantive first, and the services with their length over time and health."""
    chosen = Filter(tag, kind, since, until)
    now = site.clock()
    with site.database.reading() as session:
        main, smaller, hidden = _recent(session, chosen)
        listed = read_services.named(session, tag or None, after=after, limit=_SERVICES + 1)
        rows = _rows(session, listed[:_SERVICES], now, site.watching())
        number = read_services.number(session, tag or None)
        tags = read_services.tags(session)
        totals = recent.totals(session)
    return page(
        request,
        "overview.html",
        main=main,
        smaller=smaller,
        hidden=hidden,
        rows=rows,
        totals=totals,
        services=number,
        tags=tags,
        kinds=[kind.value for kind in Kind],
        chosen=chosen,
        next_after=listed[_SERVICES - 1].name if len(listed) > _SERVICES else "",
        feed=("Changes", "/feeds/changes.atom"),
    )


@router.get("/changes", response_class=HTMLResponse)
def changes(
    request: Request,
    site: TheSite,
    tag: Tag = "",
    kind: KindName = "",
    since: Day = "",
    until: Day = "",
    service: ServiceFilter = "",
    type_: TypeFilter = "",
    cursor: Cursor = "",
) -> HTMLResponse:
    """Show all changes, newest first, by service, type, tag, kind and time."""
    chosen = Filter(tag, kind, since, until, service, type_)
    behind = cursors.load(cursor) if cursor else None
    with site.database.reading() as session:
        names = names_offered(session)
        tags = read_services.tags(session)
        number = read_services.one(session, service).id if service else None
        wanted = recent.ChangesWanted(
            number, tag or None, chosen.kinds, chosen.start, chosen.end, type=TYPES.get(type_)
        )
        types = read_services.types(session)
        found = recent.changes(session, wanted, older_than=behind, limit=_CHANGES + 1)
        hidden = recent.hidden(session, wanted)
    shown = found[:_CHANGES]
    more = cursors.dump(shown[-1].before, shown[-1].id) if len(found) > _CHANGES else ""
    return page(
        request,
        "changes.html",
        months=_by_month(shown),
        tags=tags,
        names=names,
        types=types,
        kinds=[kind.value for kind in Kind],
        chosen=chosen,
        cursor=more,
        hidden=hidden,
        is_first=not cursor,
        feed=("Changes", "/feeds/changes.atom"),
    )


def names_offered(session: Session) -> list[str]:
    """Return the names that a form lists to choose from; none when there are so many that typing is quicker."""
    names = read_services.names(session, _NAMES + 1)
    return names if len(names) <= _NAMES else []


def _recent(session: Session, chosen: Filter) -> tuple[list[ChangeRow], list[ChangeRow], int]:
    """Return the latest substantive changes, the latest smaller ones, and how many are hidden for their kind."""
    wanted = recent.ChangesWanted(None, chosen.tag or None, chosen.kinds, chosen.start, chosen.end)
    if chosen.kind:
        return recent.changes(session, wanted, limit=_SUBSTANTIVE + _SMALLER), [], 0
    smaller = [kind for kind in recent.EVERY if kind not in (Kind.SUBSTANTIVE, *recent.HIDDEN)]
    main = recent.changes(session, replace(wanted, kinds=[Kind.SUBSTANTIVE]), limit=_SUBSTANTIVE)
    others = recent.changes(session, replace(wanted, kinds=smaller), limit=_SMALLER)
    return main, others, recent.hidden(session, wanted)


def absences(session: Session, conditions: Mapping[int, Condition]) -> dict[str, Missing | Unseen]:
    """Return by name those of these services that have no version, and those whose policy is no longer seen."""
    lacking = [number for number, one in conditions.items() if not one.versions]
    having = [number for number, one in conditions.items() if one.versions]
    found: dict[str, Missing | Unseen] = {}
    found |= {one.service: one for one in (without_versions(session, lacking) if lacking else ())}
    found |= {one.service: one for one in (no_policy_since(session, having) if having else ())}
    return found


def _rows(session: Session, services: list[NamedService], now: datetime, watched: Callable[[str], bool]) -> list[Row]:
    ids = [one.id for one in services]
    if not ids:
        return []
    conditions = read_services.conditions(session, ids)
    points = history.points(session, ids, _SPARK_POINTS)
    start = min((found[0].first_seen for found in points.values()), default=None)
    end = max((found[-1].last_seen for found in points.values()), default=None)
    absent = absences(session, conditions)
    rows = []
    for one in services:
        health, words = health_of(one, conditions[one.id], now, watched(one.name), absent.get(one.name))
        rows.append(Row(one, conditions[one.id], sparkline(points.get(one.id, []), start, end), health, words))
    return rows


def health_of(
    service: NamedService, condition: Condition, now: datetime, watched: bool, absent: Missing | Unseen | None
) -> tuple[str, str]:
    """Return the health of a service as a class (``good``, ``waiting``, ``trouble``, ``paused``, ``removed``) and in
    words; `absent` says why it has no version, or since when its policy is not seen.
    """
    if not watched:
        return "removed", "not in the catalogue"
    if service.paused_at is not None:
        return "paused", "paused"
    if absent is not None:
        return "trouble", absent.words
    if condition.versions == 0:
        return "trouble", "no version yet"
    if condition.failed:
        return "trouble", f"{condition.failed:,}{'+' if condition.failed >= 1000 else ''} captures failed"
    if condition.waiting:
        return "waiting", f"{condition.waiting:,}{'+' if condition.waiting >= 1000 else ''} captures waiting"
    if condition.looked_at is None:
        return "good", "up to date"
    age = now - condition.looked_at
    if age > timedelta(days=60):
        return "waiting", f"last searched {condition.looked_at.day} {condition.looked_at:%b %Y}"
    return "good", "searched today" if age < timedelta(days=1) else f"searched {age.days} d ago"


def _by_month(rows: list[ChangeRow]) -> list[tuple[str, list[ChangeRow]]]:
    months: list[tuple[str, list[ChangeRow]]] = []
    for row in rows:
        name = f"{row.before:%B %Y}"
        if not months or months[-1][0] != name:
            months.append((name, []))
        months[-1][1].append(row)
    return months


def _day(text: str, *, end: bool) -> datetime | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):  # the 31st of a short month is its last day
        text = f"{text[:8]}{min(int(text[8:]), monthrange(int(text[:4]), int(text[5:7]))[1]):02d}"
    try:
        return parse_day(text, end=end) if text else None
    except ValueError as error:
        raise BadStamp(f"{text} is not a date; write 2014, 2014-06 or 2014-06-30") from error
