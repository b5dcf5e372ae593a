"""Versions and changes computed again from the captures and compared with the rows."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.diffing import apply, decode
from harvester.errors import CorruptStore
from harvester.store.content import documents
from harvester.store.history import combined, history
from harvester.store.history.differences import DIFFING_VERSION, difference
from harvester.store.history.sides import Sides, both
from harvester.store.history.versions import Span
from harvester.store.schema import Change, TextRow, Version

Problem = tuple[str, int, str]
"""Table, id (0: a row is missing), and what is wrong."""


def history_problems(session: Session, service_id: int) -> Iterator[Problem]:
    """Yield each row of a service's history that differs from what its captures give."""
    try:
        for problem in combined.problems(session, service_id):
            yield "captures", 0, problem
        spans, steps = history.steps(session, service_id)
    except CorruptStore as error:
        yield "versions", 0, f"the history cannot be computed: {error}"
        return
    yield from _versions(session, service_id, spans)
    yield from _changes(session, service_id, steps)


def _versions(session: Session, service_id: int, spans: list[Span]) -> Iterator[Problem]:
    rows = session.execute(
        select(Version, TextRow.sha256)
        .outerjoin(TextRow, TextRow.id == Version.text_id)
        .where(Version.service_id == service_id)
    )
    kept = {row.Version.first_seen: row for row in rows}
    for span in spans:
        row = kept.pop(span.first_seen, None)
        if row is None:
            yield "versions", 0, f"the version first seen at {span.first_seen:%Y-%m-%d %H:%M:%S} is missing"
            continue
        version = row.Version
        for name, is_, should in (
            ("text", row.sha256, span.text),
            ("capture", version.capture_id, span.capture_id),
            ("last_seen", version.last_seen, span.last_seen),
            ("captures", version.captures, span.captures),
            ("texts", version.texts, span.texts),
            ("switches", version.switches, span.switches),
            ("repeats", version.repeats, span.repeats),
        ):
            if is_ != should:
                yield "versions", version.id, f"its {name} is {is_} and by the captures should be {should}"
    for row in kept.values():
        yield "versions", row.Version.id, "no capture gives such a version"


def _changes(session: Session, service_id: int, steps: list[history.Step]) -> Iterator[Problem]:
    kept = {change.before: change for change in session.scalars(select(Change).where(Change.service_id == service_id))}
    for step in steps:
        change = kept.pop(step.before, None)
        if change is None:
            yield "changes", 0, f"the change first seen at {step.before:%Y-%m-%d %H:%M:%S} is missing"
            continue
        try:
            yield from _change(session, change, step)
        except CorruptStore as error:
            yield "changes", change.id, f"its diff is not what was stored: {error}"
    for change in kept.values():
        yield "changes", change.id, "no two versions give such a change"


def _change(session: Session, change: Change, step: history.Step) -> Iterator[Problem]:
    joined = (change.old_text_id, change.new_text_id, change.after)
    if joined != (step.old_text_id, step.new_text_id, step.after):
        yield "changes", change.id, "it does not join the two versions at its sides"
        return
    old_text, new_text = (documents.text(session, number) for number in (change.old_text_id, change.new_text_id))
    if apply(change.operations, old_text) != new_text:
        yield "changes", change.id, "its diff does not lead from its old text to its new one"
    if change.diffing != DIFFING_VERSION:
        return  # made by an earlier version of the diffs: `reclean` makes it again
    diff = decode(change.operations, old_text, new_text)
    measures = diff.measures
    kind, reasons = step.kind or str(diff.kind), history.reasons_of(step, diff.reasons)
    if change.standing is not None:
        # Reading both pages takes longer than all else, so it is done only where they decided.
        made = difference(*both(session, step.pair, Sides()))
        kind, reasons = made.kind, made.reasons
        if made.standing != change.standing:
            yield "changes", change.id, "the passages that stand in both of its pages are others"
    for name, is_, should in (
        ("words_added", change.words_added, measures.words_added),
        ("words_removed", change.words_removed, measures.words_removed),
        ("words_moved", change.words_moved, measures.words_moved),
        ("share", round(change.share, 9), round(measures.share, 9)),
        ("headings", list(change.headings), list(measures.headings)),
        ("reasons", list(change.reasons or ()), list(reasons)),
        ("kind", change.kind, kind),
    ):
        if is_ != should:
            yield "changes", change.id, f"its {name} is {is_} and by its diff should be {should}"
