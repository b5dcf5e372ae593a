"""The hits of watches over all history: each change is tried once for each rule, and the result kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from harvester.catalogue.document_types import usual_name
from harvester.errors import UnknownName
from harvester.insight.redline import diff_of
from harvester.insight.statements.seen import SeenChange
from harvester.insight.statements.watch import Watch, watch_of
from harvester.store.database import Database
from harvester.store.ledger import watches
from harvester.store.ledger.watches import Checked
from harvester.store.read.services import tags as tags_of
from harvester.store.read.versions import ChangeRow, service_id

if TYPE_CHECKING:
    from harvester.catalogue.entries import ServiceEntry
    from harvester.settings import WatchSettings

AT_ONCE = 50
"""Changes of one transaction."""
TOO_SLOW = "the regular expression took too long"


@dataclass(frozen=True, slots=True)
class Hit:
    """A change that a watch fits, with the passages that show it."""

    change: ChangeRow
    passages: tuple[str, ...]


def watch_named(settings: Mapping[str, WatchSettings], name: str) -> Watch:
    """Return a watch of the settings; raise `UnknownName` or `ConfigurationError`."""
    if name not in settings:
        known = f"; known: {', '.join(sorted(settings))}" if settings else ", which has none; see docs/watches.md"
        raise UnknownName(f"there is no watch {name!r} in harvester.toml{known}")
    return watch_of(name, settings[name])


def unknown_names(
    session: Session, services: Iterable[str], tags: Iterable[str], catalogue: Collection[ServiceEntry]
) -> dict[str, str]:
    """Return what is wrong with the ``services`` and ``tags`` of a watch: it would find nothing for those that neither
    the catalogue nor the store has.
    """
    wrong: dict[str, str] = {}
    followed = {one.name for one in catalogue}
    for service in services:
        try:
            if usual_name(service) not in followed:
                service_id(session, service)
        except UnknownName as error:
            wrong["services"] = str(error)
    known = {*tags_of(session), *(tag for one in catalogue for tag in one.tags)}
    for tag in tags:
        if tag not in known:
            wrong["tags"] = f"no service has the tag {tag!r}; known: {', '.join(sorted(known)) or 'none'}"
    return wrong


def watch_for(kind: str) -> Watch:
    """Return a watch on all statements of a kind; raise `ConfigurationError` when there is no such kind."""
    from harvester.settings import WatchSettings

    return watch_of("of-a-kind", WatchSettings(statement=kind))


def bring_up_to_date(
    database: Database, watch: Watch, *, seconds: float | None = None, on_progress: Callable[[int], None] | None = None
) -> int:
    """Try a watch on every change that it was not tried on, newest first; return how many are left for later.

    At most `seconds` are spent, None: as many as it takes.
    """
    until = None if seconds is None else time.monotonic() + seconds
    tried = 0
    behind: tuple[object, ...] = ()
    with database.reading() as session:
        left = watches.left(session, watch.rule, watch.scope)
    while left > 0:
        with database.reading() as session:
            # No more than are left: they are mostly the newest, and to look for another one passes over all changes.
            rows = watches.unchecked(session, watch.rule, watch.scope, behind, limit=min(AT_ONCE, left))
            done: list[Checked] = []
            for row, diffing in rows:
                done.append(_checked(session, watch, row, diffing))
                if until is not None and time.monotonic() > until:
                    break
        if not rows:
            return 0
        with database.writing() as writing:
            watches.keep(writing, watch.rule, done)
        tried += len(done)
        left -= len(done)
        behind = (rows[-1][0].before, rows[-1][0].id)
        if on_progress is not None:
            on_progress(tried)
        if until is not None and time.monotonic() > until:
            with database.reading() as session:
                return watches.left(session, watch.rule, watch.scope)
    return 0


def hits_now(session: Session, watch: Watch) -> Iterator[Hit]:
    """Yield what a watch finds over all history, newest first; nothing is kept."""
    behind: tuple[object, ...] = ()
    while rows := watches.changes(session, watch.scope, behind, limit=AT_ONCE):
        for row in rows:
            passages = _checked(session, watch, row, 0).passages
            if passages:
                yield Hit(row, passages)
        behind = (rows[-1].before, rows[-1].id)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule finds among some changes, newest first: its hits, how many changes were looked at, on how many it
    took too long, and the last of them if older ones are left.
    """

    hits: tuple[Hit, ...]
    changes: int
    too_slow: int
    behind: tuple[datetime, int] | None


def tried(session: Session, watch: Watch, behind: Sequence[object] = (), *, seconds: float, most: int) -> Tried:
    """Try a rule on changes older than (before, id) `behind` until the time is over or `most` fit; keep nothing."""
    until = time.monotonic() + seconds
    hits: list[Hit] = []
    looked = slow = 0
    while rows := watches.changes(session, watch.scope, behind, limit=AT_ONCE):
        for row in rows:
            checked = _checked(session, watch, row, 0)
            looked += 1
            slow += checked.problem is not None
            if checked.hit:
                hits.append(Hit(row, checked.passages))
            if len(hits) >= most or time.monotonic() > until:
                return Tried(tuple(hits), looked, slow, (row.before, row.id))
        behind = (rows[-1].before, rows[-1].id)
    return Tried(tuple(hits), looked, slow, None)


def _checked(session: Session, watch: Watch, row: ChangeRow, diffing: int) -> Checked:
    try:
        passages = watch.passages(SeenChange(diff_of(session, row)))
    except TimeoutError:
        return Checked(row.id, diffing, False, (), TOO_SLOW)
    return Checked(row.id, diffing, bool(passages), passages)
