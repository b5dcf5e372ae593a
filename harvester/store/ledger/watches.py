"""Which changes each watch was tried on: one row for a rule and a change, gone with the change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, insert, or_, select
from sqlalchemy.orm import Session

from harvester.diffing import Kind
from harvester.store.read import services as read_services
from harvester.store.read.versions import CHANGE_ROWS, ChangeRow, change_row
from harvester.store.schema import Change, Service, WatchCheck
from harvester.store.search.matches import numbers


@dataclass(frozen=True, slots=True)
class Scope:
    """The changes that a watch looks at: of these services or tags (none: of all), of documents of these types (none:
    of all), of these kinds.
    """

    services: tuple[str, ...]
    tags: tuple[str, ...]
    types: tuple[str, ...]
    kinds: tuple[str, ...]

    def covers(self, service: str, tags: Collection[str], type_: str, kind: str) -> bool:
        """Return whether a change of this kind, of a document of this type of a service with these tags, is one."""
        chosen = service in self.services or not set(self.tags).isdisjoint(tags)
        of_type = type_ in self.types or not self.types
        return kind in self.kinds and of_type and (chosen or not (self.services or self.tags))


@dataclass(frozen=True, slots=True)
class Checked:
    """The result for one change: whether the rule fits, the passages that show it, and why it could not be tried."""

    change_id: int
    diffing: int
    hit: bool
    passages: tuple[str, ...]
    problem: str | None = None


def unchecked(
    session: Session, rule: str, scope: Scope, behind: Sequence[object] = (), *, limit: int
) -> list[tuple[ChangeRow, int]]:
    """Return changes, newest first, on which the rule was not tried since they were compared, each with `diffing`.

    Only those behind the one with (before, id) `behind`.
    """
    # Only indexes are read until the changes are known; `ix_changes_recent` has their order.
    wanted = select(Change.id).where(*_within(session, scope), ~_tried(rule), *_behind(behind))
    numbers = session.scalars(wanted.order_by(Change.before.desc(), Change.id.desc()).limit(limit)).all()
    rows = session.execute(
        CHANGE_ROWS.add_columns(Change.diffing)
        .where(Change.id.in_(numbers))
        .order_by(Change.before.desc(), Change.id.desc())
    )
    return [(change_row(row), row.diffing) for row in rows]


def left(session: Session, rule: str, scope: Scope) -> int:
    """Return how many changes `unchecked` would return without a limit."""
    if not (scope.services or scope.tags or scope.types):
        # All of some kinds: to count three indexes takes a tenth of what it takes to look each change up.
        others = Change.kind.in_([kind for kind in Kind if kind not in scope.kinds])
        of_kinds = select(func.count()).where(Change.kind.in_(scope.kinds))
        results = select(func.count()).where(WatchCheck.rule == rule)
        of_others = select(func.count(Change.id)).where(others, _tried(rule))
        counts = of_kinds, results, of_others
        number, known, beyond = (session.scalar(counted) or 0 for counted in counts)
        return number - (known - beyond)
    return session.scalar(select(func.count(Change.id)).where(*_within(session, scope), ~_tried(rule))) or 0


def hits(
    session: Session,
    rule: str,
    scope: Scope,
    *,
    by_found: bool = False,
    older_than: tuple[datetime, int] | None = None,
    limit: int,
) -> list[tuple[ChangeRow, tuple[str, ...]]]:
    """Return the changes that a rule fits with their passages, newest first: by when they were seen, or were found."""
    order = Change.found_at if by_found else Change.before
    wanted = _changes(session, scope).add_columns(WatchCheck.passages)
    wanted = wanted.join(WatchCheck, and_(WatchCheck.rule == rule, WatchCheck.change_id == Change.id))
    wanted = wanted.where(WatchCheck.hit.is_(True))
    if older_than is not None:
        moment, number = older_than
        wanted = wanted.where(order <= moment, or_(order < moment, Change.id < number))
    rows = session.execute(wanted.order_by(order.desc(), Change.id.desc()).limit(limit))
    return [(change_row(row), tuple(row.passages)) for row in rows]


def problems(session: Session, rule: str) -> int:
    """Return on how many changes the rule could not be tried."""
    wanted = select(func.count()).where(WatchCheck.rule == rule, WatchCheck.problem.is_not(None))
    return session.scalar(wanted) or 0


def count(session: Session, rule: str, scope: Scope) -> tuple[int, datetime | None]:
    """Return how many changes a rule is known to fit, and when the newest of them was seen."""
    hits_of_scope = _changes(session, scope).join(
        WatchCheck, and_(WatchCheck.rule == rule, WatchCheck.change_id == Change.id, WatchCheck.hit.is_(True))
    )
    found = hits_of_scope.with_only_columns(func.count(), func.max(Change.before)).order_by(None)
    number, newest = session.execute(found).one()
    return number, newest


def fitting(session: Session, rule: str) -> list[int]:
    """Return the numbers of all changes that a rule is known to fit."""
    return numbers(session, WatchCheck.change_id, WatchCheck.rule == rule, WatchCheck.hit.is_(True))


def keep(session: Session, rule: str, checked: Iterable[Checked]) -> None:
    """Record results; those of the same rule and changes are replaced."""
    rows = [
        {
            "rule": rule,
            "change_id": one.change_id,
            "diffing": one.diffing,
            "hit": one.hit,
            "passages": list(one.passages),
            "problem": one.problem,
        }
        for one in checked
    ]
    if not rows:
        return
    # A change that was withdrawn meanwhile has no row to refer to.
    there = set(session.scalars(select(Change.id).where(Change.id.in_([row["change_id"] for row in rows]))))
    session.execute(delete(WatchCheck).where(WatchCheck.rule == rule, WatchCheck.change_id.in_(there)))
    if kept := [row for row in rows if row["change_id"] in there]:
        session.execute(insert(WatchCheck), kept)


def forget(session: Session, service_id: int, before: datetime) -> None:
    """Let go of what was found in a change of a service, which is compared again."""
    change = select(Change.id).where(Change.service_id == service_id, Change.before == before)
    session.execute(delete(WatchCheck).where(WatchCheck.change_id.in_(change)))


def _tried(rule: str) -> ColumnElement[bool]:
    return exists().where(WatchCheck.rule == rule, WatchCheck.change_id == Change.id)


def _changes(session: Session, scope: Scope) -> Select[Any]:
    return CHANGE_ROWS.where(*_within(session, scope))


def _within(session: Session, scope: Scope) -> list[ColumnElement[bool]]:
    # Not as the index of kinds has it: the newest of several kinds would be sorted, each time all of them.
    found: list[ColumnElement[bool]] = [Change.kind.concat("").in_(scope.kinds)]
    if scope.types:
        found.append(Change.service_id.in_(select(Service.id).where(Service.type.in_(scope.types))))
    either = [Change.service_id.in_(read_services.tagged(tag)) for tag in scope.tags]
    if scope.services:
        either.append(Change.service_id.in_(select(Service.id).where(Service.name.in_(scope.services))))
    return [*found, or_(*either)] if either else found


def _behind(place: Sequence[object]) -> list[ColumnElement[bool]]:
    return [Change.before <= place[0], or_(Change.before < place[0], Change.id < place[1])] if place else []


def changes(session: Session, scope: Scope, behind: Sequence[object] = (), *, limit: int) -> list[ChangeRow]:
    """Return changes of a scope, newest first, behind the one with (before, id) `behind`."""
    wanted = _changes(session, scope).where(*_behind(behind))
    return [
        change_row(row) for row in session.execute(wanted.order_by(Change.before.desc(), Change.id.desc()).limit(limit))
    ]
