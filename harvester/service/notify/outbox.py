"""The outbox: each pending notice is sent, in its time, until its receiver has taken it.

`harvester.harvest.notable` enters notices; a row here goes through these states::

    "owed"    sent_at empty, due_at says when it is tried (again)
    claimed   the same, with one more try and due_at moved ahead, committed before anything is sent
    sent      sent_at set: the receiver took it
    passed    sent_at set and error "passed over": no watch of the target fits, or it was set aside at the desk
    withdrawn sent_at set and error "withdrawn": a later capture showed that the change was none
    given up  tries used up, sent_at empty: `status` shows it

A process that dies while a notice is claimed leaves it pending (``owed``). If it died before the receiver had it, it is
sent once; if after, again with the same key, since no sender can avoid this. Webhooks carry that
key.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from harvester.catalogue.present_settings import PresentSettings
from harvester.clock import Clock
from harvester.diffing import Diff, render
from harvester.errors import ConfigurationError, HarvesterError, StoreError
from harvester.harvest.notable import change_key, wants
from harvester.insight.redline import diff_of
from harvester.insight.statements.seen import SeenChange
from harvester.insight.statements.statements import statements
from harvester.insight.statements.watch import Watch
from harvester.insight.statements.watched import TOO_SLOW, watch_named
from harvester.memento import timestamp_of
from harvester.plurals import counted
from harvester.service.notify import readers
from harvester.service.notify.delivery import NotDelivered, send
from harvester.service.notify.messages import Message, NotableChange
from harvester.service.notify.states import PASSED_OVER, SET_ASIDE, TRIES, WITHDRAWN
from harvester.service.notify.targets import target_named
from harvester.service.observe.outage import Outage
from harvester.settings import Settings, TargetSettings
from harvester.store.database import Database
from harvester.store.desk.reviews import State, reviewed_state
from harvester.store.ledger import notices
from harvester.store.read import versions
from harvester.store.schema import Change, Notice, Service

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
LOOK_SECONDS = 2.0
AT_ONCE = 100


class Postman:
    """Sends what is due. One leader has one; that two would work at once only costs them the claims they lose."""

    def __init__(
        self,
        database: Database,
        present: PresentSettings,
        clock: Clock,
        transport: Callable[[Message, TargetSettings, datetime], None] = send,
        outage: Outage | None = None,
    ) -> None:
        self._database, self._present, self._clock, self._send = database, present, clock, transport
        self._outage = outage or Outage()
        self._resting: dict[str, datetime] = {}

    def deliver_until(self, ending: threading.Event) -> None:
        """Deliver what becomes due until `ending`."""
        while not ending.wait(LOOK_SECONDS):
            try:
                self.deliver_due(ending)
            except StoreError as error:
                self._outage.failed(error)

    def deliver_due(self, ending: threading.Event | None = None) -> int:
        """Send every due notice and return how many were accepted. A failing target rests for a minute."""
        taken = 0
        settings = self._present.now()
        for name, target in {**settings.notify, **readers.targets(self._database, settings)}.items():
            now = self._clock()
            # Beyond a minute only for a clock that has been set back.
            if now < self._resting.get(name, now) <= now + FIRST_PAUSE:
                continue
            for batch in self._batches(name, target):
                if ending is not None and ending.is_set():
                    return taken
                try:
                    taken += self._deliver(settings, name, target, batch)
                except (NotDelivered, ConfigurationError) as error:
                    log.warning("%s; waiting: %s", error, counted(len(batch), "notice"), extra={"target": name})
                    self._resting[name] = self._clock() + FIRST_PAUSE
                    break
        return taken

    def _batches(self, name: str, target: TargetSettings) -> list[list[Notice]]:
        """Return due notices one by one; those of a digest that became due together in one batch."""
        due: list[ColumnElement[bool]] = [
            Notice.target == name,
            Notice.sent_at.is_(None),
            Notice.tries < TRIES,
            Notice.due_at <= self._clock(),
        ]
        if target.only_reviewed:
            due.append(reviewed_state().is_not(None))
        with self._database.reading() as session:
            due_now = session.scalars(
                select(Notice).where(*due).order_by(Notice.due_at, Notice.id).limit(AT_ONCE)
            ).all()
        if target.digest == "none":
            return [[notice] for notice in due_now]
        return [list(batch) for _, batch in groupby(due_now, lambda notice: notice.due_at)]

    def _deliver(self, settings: Settings, name: str, target: TargetSettings, batch: Sequence[Notice]) -> int:
        watches = [watch_named(settings.watch, one) for one in target.watches]
        claimed = self._claim(batch)
        if not claimed:
            return 0
        with self._database.reading() as session:
            aside = _set_aside(session, claimed) if target.only_reviewed else set()
            found = {
                notice.id: _change(session, notice, settings, watches) for notice in claimed if notice.id not in aside
            }
        if aside:
            self._mark(sorted(aside), sent_at=self._clock(), error=SET_ASIDE)
        if gone := [number for number, change in found.items() if change is None]:
            self._mark(gone, sent_at=self._clock(), error=WITHDRAWN)
        if watches:
            passed = [number for number, one in found.items() if one is not None and not one.watches]
            if passed:
                self._mark(passed, sent_at=self._clock(), error=PASSED_OVER)
            found = {number: one for number, one in found.items() if number not in passed}
        changes = [one for one in found.values() if one is not None]
        if not changes:
            return 0
        kept = [number for number, one in found.items() if one is not None]
        message = Message(name, changes)
        try:
            if name in settings.notify:
                self._send(message, target, self._clock())
            else:
                readers.send(self._database, settings, self._clock, message, kept)
        except HarvesterError as error:
            self._mark(kept, error=str(error))
            raise
        self._mark(kept, sent_at=self._clock(), error=None)
        log.info("%s was sent %s", name, counted(len(changes), "change"), extra={"target": name})
        return len(changes)

    def _claim(self, batch: Sequence[Notice]) -> list[Notice]:
        """Claim the notices of the batch that nobody else has claimed, recorded before they are sent."""
        with self._database.writing() as session:
            return [notice for notice in batch if self._claim_one(session, notice)]

    def _claim_one(self, session: Session, notice: Notice) -> bool:
        pause = min(FIRST_PAUSE * 4**notice.tries, LONGEST_PAUSE)
        return notices.claim(session, notice, self._clock() + pause)

    def _mark(self, numbers: Sequence[int], **values: Any) -> None:
        with self._database.writing() as session:
            notices.mark(session, numbers, **values)


def example(database: Database, settings: Settings, name: str) -> tuple[str, str] | None:
    """Return subject and text of the notice that a target would get of the latest change that it wants; None: of none.

    Raises `UnknownName` for a target that is not in the settings.
    """
    target = target_named(settings, name)
    watches = [watch_named(settings.watch, one) for one in target.watches]
    wanted = (
        select(Change, Service)
        .join(Service, Service.id == Change.service_id)
        # Not as the index of kinds has it: all changes of several kinds would be sorted.
        .where(Change.kind.concat("").in_(target.kinds))
        .order_by(Change.before.desc(), Change.id.desc())
        .limit(AT_ONCE)
    )
    with database.reading() as session:
        for change, service in session.execute(wanted).all():
            if wants(target, service, change):
                meant = Notice(target=name, change_key=change_key(service.name, change.before), service_id=service.id)
                meant.before = change.before
                found = _change(session, meant, settings, watches)
                if found is not None and (found.watches or not watches):
                    message = Message(name, [found])
                    return message.title, message.text
    return None


def _change(
    session: Session, notice: Notice, settings: Settings, watches: Sequence[Watch] = ()
) -> NotableChange | None:
    """Return the present change of a notice; None when later captures removed it.

    A late capture may have shown that it happened earlier than was known: then the change before that date is meant,
    unless that has its own notice.
    """
    found = session.execute(
        select(Service.name, Service.tags, Service.type, Change.before)
        .join(Change, Change.service_id == Service.id)
        .where(Service.id == notice.service_id, Change.before <= notice.before)
        .order_by(Change.before.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    key = change_key(found.name, found.before)
    if key != notice.change_key:
        same = (Notice.target == notice.target, Notice.change_key == key)
        if session.scalar(select(Notice.id).where(*same)) is not None:
            return None
    change = versions.change(session, found.name, found.before)
    # The row of a change that is only known more exactly keeps when it was found: any other is another change.
    if key != notice.change_key and change.found_at != notice.created_at:
        return None
    base = settings.web.base_url.rstrip("/")
    diff = diff_of(session, change)
    return NotableChange(
        key=key,
        service=change.service,
        kind=change.kind,
        after=change.after,
        before=change.before,
        found_at=change.found_at,
        words_added=change.words_added,
        words_removed=change.words_removed,
        words_moved=change.words_moved,
        headings=tuple(str(one) for one in change.headings),
        reasons=tuple(str(one) for one in change.reasons),
        redline=render.markdown(diff),
        url=f"{base}/services/{change.service}/changes/{timestamp_of(change.before)}" if base else None,
        statements=statements(diff),
        watches=tuple(
            _fitting(
                [one for one in watches if one.scope.covers(found.name, found.tags, found.type, change.kind)], diff
            )
        ),
    )


def _set_aside(session: Session, claimed: Sequence[Notice]) -> set[int]:
    """Return which notices are about changes that somebody set aside."""
    numbers = [notice.id for notice in claimed]
    wanted = select(Notice.id).where(Notice.id.in_(numbers), reviewed_state() == State.SET_ASIDE)
    return set(session.scalars(wanted))


def _fitting(watches: Sequence[Watch], diff: Diff) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the watches that a change fits, with the passages. One that takes too long fits: better too much."""
    seen = SeenChange(diff)
    for watch in watches:
        try:
            passages = watch.passages(seen)
        except TimeoutError:
            passages = (TOO_SLOW,)
        if passages:
            yield watch.name, passages
