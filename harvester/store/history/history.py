"""Versions and changes of a service brought up to its captures, by writing only what differs.

The rows are a function of the observations (`store.versions`). A row whose content does not change keeps its id: a
late capture redoes only the changes that touch it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain, pairwise
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.collector import collector_paused
from harvester.errors import UnknownName
from harvester.lru import LruCache
from harvester.store.content.compression import sha256_of
from harvester.store.database import Database
from harvester.store.history import bodies, combined
from harvester.store.history.differences import DIFFING_VERSION, Compare, Difference, difference, differences
from harvester.store.history.likeness import Measures, Passages, may_translate, other_language, passages
from harvester.store.history.reconcile import Reconciled, Segment, reconcile
from harvester.store.history.sides import Pair, Sides, both
from harvester.store.history.strays.no_policy import EITHER
from harvester.store.history.versions import Observation, Span, in_order, last_in_language, versions
from harvester.store.history.versions import set_aside as set_aside_of
from harvester.store.ledger import tallies, watches
from harvester.store.ledger.ledger import OBSERVING
from harvester.store.schema import Capture, Change, Service, TextRow, Version

Each = Callable[
    [Callable[[Sequence[Pair]], Sequence[Difference]], Iterable[Sequence[Pair]]], Iterable[Sequence[Difference]]
]

TECHNICAL = "technical"
"""The kind of a change that only another cleaner made."""
LANGUAGE = "language"
"""The kind of the change to another language for good."""
_RUN = 16
"""Changes that a worker compares one after the other: enough that few texts and pages are read twice."""
_RUNS = 4
"""Runs of one history at the least, so that no worker has to wait for long for another."""
_WHY = {
    TECHNICAL: "the same bytes, read by another version of the cleaner",
    LANGUAGE: "the policy is in another language from then on",
}
_REPLACED = "another policy in another language: it is no translation of the one before it"

_VERSION_COLUMNS = (
    "text_id",
    "capture_id",
    "first_seen",
    "last_seen",
    "captures",
    "texts",
    "switches",
    "repeats",
)


@dataclass(frozen=True, slots=True)
class Step:
    """From one text to the next: it happened after `after` and not later than `before`.

    `kind` is given where not the two texts decide it but how they came about: `TECHNICAL` or `LANGUAGE`.
    """

    old_text_id: int
    new_text_id: int
    after: datetime
    before: datetime
    kind: str | None = None
    old_payload_id: int | None = None
    new_payload_id: int | None = None
    is_replaced: bool = False
    """Whether the new text is in another language, and no translation of the old one; computed, and not stored."""

    @property
    def pair(self) -> Pair:
        """The inputs of its comparison."""
        return self.old_text_id, self.new_text_id, self.old_payload_id, self.new_payload_id


@dataclass(slots=True)
class Refreshed:
    """The result of `refresh`: changes that are new (with their rows), changes that were removed, and rows it wrote."""

    added: list[Change] = field(default_factory=list)
    removed: list[Step] = field(default_factory=list)
    rows_written: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `refresh` will need: the versions and steps of what was observed, and the comparisons to be made."""

    seen: _Seen
    spans: Sequence[Span]
    steps: Sequence[Step]
    differences: Mapping[Pair, Difference]


@collector_paused()
def prepare(database: Database, service_id: int, compare: Compare = differences, each: Each = map) -> Prepared:
    """Compute and compare what `refresh` will need, while no transaction is open, so that nobody waits for it.

    `each` is `map`, or one like it that does several at once; `compare` is given runs of successive changes.
    """
    with database.reading() as session:
        joined = combined.is_combined(session, service_id)
    if joined:
        with database.writing() as session:
            combined.join(session, service_id)
    with database.reading() as session:
        seen = _observed(session, service_id)
        spans = seen.versions()
        steps = _steps(spans, seen)
        reconciled = _reconciled_changes(_present_changes(session, service_id), steps)
        due = {piece.end for piece in (*reconciled.new, *_to_redo(session, service_id, reconciled))}
    pairs = list(dict.fromkeys(step.pair for step in steps if step.before in due))
    sides = seen.sides

    def made(run: Sequence[Pair]) -> Sequence[Difference]:
        with database.reading() as session:
            changes = [both(session, pair, sides) for pair in run]
        return compare(changes)

    found = chain.from_iterable(each(made, _runs(pairs)))
    return Prepared(seen, spans, steps, dict(zip(pairs, found, strict=True)))


def _runs(pairs: Sequence[Pair]) -> list[Sequence[Pair]]:
    """Return runs of successive changes, each for one worker: long ones, but some for every worker."""
    length = min(_RUN, max(1, len(pairs) // _RUNS))
    return [pairs[start : start + length] for start in range(0, len(pairs), length)]


@collector_paused()
def refresh(session: Session, service_id: int, *, now: datetime, prepared: Prepared | None = None) -> Refreshed:
    """Update versions and changes of a service to its captures; `now` is recorded as the time when a change was found.

    It holds the service's row until the session ends, so that two writers do it one after the other. What is not
    `prepared` it compares itself.
    """
    # Not FOR UPDATE: that would wait for everyone who has just entered a capture of the service, as they for us.
    session.flush()
    locked = select(Service).where(Service.id == service_id).with_for_update(key_share=True)
    service = session.scalar(locked.execution_options(populate_existing=True))
    if service is None:
        raise UnknownName(f"no service with the number {service_id}")
    joined = combined.join(session, service_id)
    seen = _observed(session, service_id)
    if prepared is None or not seen.is_same(prepared.seen):
        spans = seen.versions()
        prepared = Prepared(seen, spans, _steps(spans, seen), prepared.differences if prepared else {})
    refreshed = Refreshed()
    _write_versions(session, service_id, prepared.spans, seen, refreshed)
    _write_changes(session, service_id, prepared, now, refreshed)
    if joined:
        combined.sweep(session, service_id)
    service.stale = False
    session.flush()
    tallies.fold(session, service_id)
    return refreshed


def refresh_keeping_dates(
    session: Session, service_id: int, *, now: datetime, prepared: Prepared | None = None
) -> None:
    """Do what `refresh` does after re-cleaning: a change that was known keeps the instant at which it was found."""
    found = select(Change.before, Change.found_at).where(Change.service_id == service_id)
    found_at = {row.before: row.found_at for row in session.execute(found)}
    for change in refresh(session, service_id, now=now, prepared=prepared).added:
        change.found_at = found_at.get(change.before, now)


def reasons_of(step: Step, reasons: Sequence[str]) -> Sequence[str]:
    """Return why a change is of its kind: what history says of it, else the reasons of its diff."""
    if step.is_replaced:
        return (_REPLACED,)
    return (_WHY[step.kind],) if step.kind in _WHY else reasons


def is_outdated(session: Session, service_id: int) -> bool:
    """Return whether an earlier version of the diffs made a change of this service; `refresh` makes it again."""
    return session.scalar(_outdated(service_id).limit(1)) is not None


def spans(session: Session, service_id: int, *, unfold: bool = False) -> list[Span]:
    """Return the versions of a service computed from its captures; with `unfold` every run of one text is shown."""
    return _observed(session, service_id).versions(unfold=unfold)


def set_aside(session: Session, service_id: int) -> dict[int, str]:
    """Return the captures of a service that show a text and make no version, each with its reason (`strays`)."""
    seen = _observed(session, service_id)
    return set_aside_of(seen.observations, seen.measures, seen.first_of_each)


def steps(session: Session, service_id: int) -> tuple[list[Span], list[Step]]:
    """Return the versions and the changes between them, computed from the captures of a service."""
    seen = _observed(session, service_id)
    found = seen.versions()
    return found, _steps(found, seen)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The observations of a document, the number of each text, which payload each capture has, and words, language and
    likelihood of each text.

    How much a text reads like a privacy policy says something only of those (`is_policy`).
    """

    session: Session
    sides: Sides
    is_policy: bool
    observations: list[Observation]
    text_ids: dict[str, int]
    payload_ids: dict[int, int | None]
    judged: dict[str, tuple[int, str, float]]
    known: dict[str, Measures]

    def is_same(self, other: _Seen) -> bool:
        """Return whether the same was observed, so that history is the same too."""
        names = ("is_policy", "observations", "text_ids", "payload_ids", "judged")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def versions(self, *, unfold: bool = False) -> list[Span]:
        return versions(self.observations, self.measures, self.first_of_each, unfold=unfold)

    def measures(self, text: str) -> Measures:
        """Return the measures of a text."""
        if text not in self.known:
            words, language, likelihood = self.judged[text]
            said = partial(_PASSAGES.get, text, lambda: passages(self.text(text)))
            likely = likelihood if self.is_policy else EITHER
            self.known[text] = Measures(words, language, likely, said, lambda: self.text(text))
        return self.known[text]

    def first_of_each(self, texts: Sequence[str]) -> Mapping[str, str]:
        """Return for each text the first with the same body."""
        return bodies.first_of_each(texts, self.sure_prose, self.body, self.may_be_alike)

    def sure_prose(self, text: str) -> int:
        return _SURE_PROSE.get(text, lambda: bodies.sure_prose(self.text(text)))

    def body(self, text: str) -> str:
        """Return the identity of the body of a text; nothing if it has none."""
        return _BODIES.get(text, lambda: _body(self.text(text)))

    def may_be_alike(self, one: str, other: str) -> bool:
        """Return whether two texts with one sure prose may have one body."""
        from harvester.diffing.around.same_body import may_have_one_body  # takes a while that few commands need

        return may_have_one_body(self.text(one), self.text(other))

    def text(self, text: str) -> str:
        return self.sides.text(self.session, self.text_ids[text])

    def payloads(self, old: Span, new: Span) -> tuple[int | None, int | None]:
        """Return the pages at the sides of a change, where both are kept; the same twice if the cleaner made the
        change.
        """
        sides = self.payload_ids[old.last_capture_id], self.payload_ids[new.capture_id]
        return sides if None not in sides else (None, None)


_MARKDOWN = "text/markdown"
_OF_DATA = "data"  # the recipe of a text that was made of the page's data
# By the sha256 of a text.
_PASSAGES = LruCache[str, Passages](256)  # of 40 kB each for a long policy
_SURE_PROSE = LruCache[str, int](10_000)
_BODIES = LruCache[str, str](10_000)


def _body(comparable: str) -> str:
    from harvester.diffing.around.surroundings import without_surroundings  # takes a while that few commands need

    body = without_surroundings(comparable)
    return sha256_of(body.encode("utf-8", "surrogatepass")) if body else ""


def _observed(session: Session, service_id: int) -> _Seen:
    type_ = session.scalar(select(Service.type).where(Service.id == service_id))
    seen = _Seen(session, Sides(), type_ == PRIVACY_POLICY, [], {}, {}, {}, {})
    rows = session.execute(
        select(
            func.coalesce(Capture.seen_at, Capture.timestamp, type_=Capture.timestamp.type).label("timestamp"),
            Capture.id,
            Capture.original,
            Capture.archive,
            Capture.payload_id,
            Capture.mimetype,
            Capture.text_id,
            Capture.recipe,
            TextRow.sha256,
            TextRow.words,
            TextRow.language,
            TextRow.policy_likelihood,
        )
        .join(TextRow, TextRow.id == Capture.text_id)
        .where(Capture.service_id == service_id, Capture.outcome.in_(OBSERVING))
    )
    for row in rows:
        of_data = row.recipe == _OF_DATA
        seen.observations.append(Observation(row.timestamp, row.sha256, row.id, row.original, row.archive, of_data))
        seen.text_ids[row.sha256] = row.text_id
        # What is published as Markdown has no page around its text in which a passage could still stand.
        seen.payload_ids[row.id] = row.payload_id if row.mimetype != _MARKDOWN else None
        seen.judged[row.sha256] = row.words, row.language, row.policy_likelihood
    return seen


def _write_versions(session: Session, service_id: int, found: Sequence[Span], seen: _Seen, done: Refreshed) -> None:
    columns = [getattr(Version, name) for name in _VERSION_COLUMNS]
    rows = session.execute(
        select(Version.id, *columns).where(Version.service_id == service_id).order_by(Version.first_seen)
    )
    present = [_version_piece(dict(zip(_VERSION_COLUMNS, row[1:], strict=True)), row.id) for row in rows]
    wanted = [
        _version_piece(
            {
                "text_id": seen.text_ids[span.text],
                "capture_id": span.capture_id,
                "first_seen": span.first_seen,
                "last_seen": span.last_seen,
                "captures": span.captures,
                "texts": span.texts,
                "switches": span.switches,
                "repeats": span.repeats,
            }
        )
        for span in found
    ]
    reconciled = reconcile(present, wanted, ends_meet=True)
    _write(session, Version, reconciled, done)
    if reconciled.new:
        session.execute(insert(Version), [{"service_id": service_id, **piece.columns} for piece in reconciled.new])


def _version_piece(columns: dict[str, Any], number: int | None = None) -> Segment:
    return Segment(columns["text_id"], columns["first_seen"], columns["last_seen"], columns, number)


def _steps(wanted: Sequence[Span], seen: _Seen) -> list[Step]:
    ordered = in_order(seen.observations)
    return [_step(old, new, seen, ordered) for old, new in pairwise(wanted)]


def _step(old: Span, new: Span, seen: _Seen, ordered: Sequence[Observation]) -> Step:
    """Return the step from a version to the next, or, if the language differs, from the last text in the new
    language.
    """
    text, kind, is_replaced = old.text, None, False
    sides = seen.payloads(old, new)
    if sides[0] is not None and sides[0] == sides[1]:
        kind = TECHNICAL  # another cleaner read the same bytes
    elif other_language(before := seen.measures(old.text), after := seen.measures(new.text)):
        is_another = not may_translate(before, after)
        said = last_in_language(ordered, seen.measures, new)
        # A text that was seen while the other one stood, as beside a stale copy of that, has not been reported.
        is_unreported = said is None or (said.text == new.text and old.first_seen <= said.timestamp)
        if is_unreported and is_another:
            is_replaced = True
        elif said is not None:
            text = said.text
        # If the other language has not changed since, what differs in this one has not been reported yet.
        is_new = said is not None and text != new.text and (is_another or old.first_seen <= said.timestamp)
        kind = None if is_replaced or is_new else LANGUAGE
    if kind is not None or is_replaced or text != old.text:
        sides = None, None
    return Step(seen.text_ids[text], seen.text_ids[new.text], old.last_seen, new.first_seen, kind, *sides, is_replaced)


def _present_changes(session: Session, service_id: int) -> dict[int, Step]:
    rows = session.execute(
        select(
            Change.id,
            Change.old_text_id,
            Change.new_text_id,
            Change.after,
            Change.before,
            Change.kind,
            Change.old_payload_id,
            Change.new_payload_id,
        )
        .where(Change.service_id == service_id)
        .order_by(Change.before)
    )
    return {row.id: Step(*row[1:5], _kind_of_history(row), *row[6:]) for row in rows}


def _kind_of_history(row: Any) -> str | None:
    """Return the kind that a change has whatever its comparison says: that of its pages can be `TECHNICAL` too."""
    return row.kind if row.kind in (TECHNICAL, LANGUAGE) and row.old_payload_id is None else None


def _outdated(service_id: int) -> Select[int]:
    """Return the changes of a service that an earlier version of the diffs made."""
    return select(Change.id).where(Change.service_id == service_id, Change.diffing != DIFFING_VERSION)


def _to_redo(session: Session, service_id: int, reconciled: Reconciled) -> list[Segment]:
    """Return the changes that stay and are compared again: by an earlier version of the diffs, or between other
    pages.
    """
    outdated = set(session.scalars(_outdated(service_id)) if reconciled.kept else ())
    pages = ("old_payload_id", "new_payload_id")
    return [
        want
        for row, want in reconciled.kept
        if row.id in outdated or any(row.columns[name] != want.columns[name] for name in pages)
    ]


def _reconciled_changes(present: Mapping[int, Step], steps: Sequence[Step]) -> Reconciled:
    return reconcile(
        [_change_piece(step, number) for number, step in present.items()],
        [_change_piece(step) for step in steps],
        ends_meet=False,
    )


def _write_changes(session: Session, service_id: int, prepared: Prepared, now: datetime, done: Refreshed) -> None:
    present = _present_changes(session, service_id)
    wanted = {step.before: step for step in prepared.steps}
    reconciled = _reconciled_changes(present, prepared.steps)
    again = _to_redo(session, service_id, reconciled)
    _write(session, Change, reconciled, done)
    done.removed.extend(present[piece.id] for piece in reconciled.gone if piece.id is not None)
    for want in again:
        watches.forget(session, service_id, want.end)
        of_it = update(Change).where(Change.service_id == service_id, Change.before == want.end)
        session.execute(of_it.values(**_columns(session, wanted[want.end], prepared)))
        done.rows_written += 1
    for piece in reconciled.new:
        step = wanted[piece.end]
        done.added.append(_change(service_id, step, _columns(session, step, prepared), now))
    session.add_all(done.added)
    session.flush()


def _change_piece(step: Step, number: int | None = None) -> Segment:
    key = (step.old_text_id, step.new_text_id, step.kind)
    columns = {
        "after": step.after,
        "before": step.before,
        "old_payload_id": step.old_payload_id,
        "new_payload_id": step.new_payload_id,
    }
    return Segment(key, step.after, step.before, columns, number)


def _write(session: Session, table: type[Version] | type[Change], reconciled: Reconciled, done: Refreshed) -> None:
    """Delete removed rows and update changed ones, and only then insert new ones: dates are unique."""
    if reconciled.gone:
        session.execute(delete(table).where(table.id.in_([piece.id for piece in reconciled.gone])))
    altered = 0
    for row, want in reconciled.kept:
        differing = {name: value for name, value in want.columns.items() if row.columns[name] != value}
        if differing:
            session.execute(update(table).where(table.id == row.id).values(**differing))
            altered += 1
    done.rows_written += len(reconciled.gone) + altered + len(reconciled.new)


def _columns(session: Session, step: Step, prepared: Prepared) -> dict[str, Any]:
    """Return what a change keeps of its comparison, which is made now unless it was prepared."""
    made = prepared.differences.get(step.pair) or difference(*both(session, step.pair, prepared.seen.sides))
    return {
        "kind": step.kind or made.kind,
        "words_added": made.words_added,
        "words_removed": made.words_removed,
        "words_moved": made.words_moved,
        "share": made.share,
        "headings": list(made.headings),
        "reasons": list(reasons_of(step, made.reasons)),
        "standing": made.standing if step.kind is None else None,
        "diffing": DIFFING_VERSION,
        "operations": made.operations,
    }


def _change(service_id: int, step: Step, columns: Mapping[str, Any], now: datetime) -> Change:
    return Change(
        service_id=service_id,
        old_text_id=step.old_text_id,
        new_text_id=step.new_text_id,
        after=step.after,
        before=step.before,
        old_payload_id=step.old_payload_id,
        new_payload_id=step.new_payload_id,
        found_at=now,
        **columns,
    )
