"""Apply the sampling `changes`: fetch captures where they decide most, until every change is located.

What was looked at before, in this run or an earlier one, costs nothing: the ledger knows it, with the plan that asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from harvester.archive import sampling
from harvester.catalogue import samples
from harvester.harvest.session import Harvest, HarvestSpan, Tally
from harvester.harvest.steps.clean_page import Acceptance
from harvester.harvest.steps.fetch import fetch_due
from harvester.harvest.steps.plan import may_be_planned, note_intervals, worth_a_look
from harvester.harvest.steps.run_scripts import render_due
from harvester.store.ledger import ledger
from harvester.store.ledger.sources import Watched
from harvester.store.schema import Capture, Source

SHOWS_NOTHING = "shows nothing"
"""Stands for the text of a capture that shows no policy: so the ends of a time without a policy are found as well."""


def probe(
    harvest: Harvest, watched: Watched, source: Source, span: HarvestSpan, acceptance: Acceptance, tally: Tally
) -> None:
    """Find every change of a source in a span with few downloads (`sampling.changes`).

    The captures that are looked at in any case are fetched first, side by side. Stops looking, for a later run to go
    on, at a capture that is due again when this harvest does not wait for that.
    """
    sample = span.sample
    assert isinstance(sample, samples.Changes)
    looked_among = -1
    try:
        while True:
            with harvest.database.reading() as session:
                captures = worth_a_look(session, source, span.start, span.end)
            if len(captures) == looked_among:
                return
            # Playing revisits back can show that they are of redirects: then there is more to look at.
            looked_among = len(captures)
            _look_among(harvest, watched, captures, sample, acceptance, tally)
    except _Later:
        return
    finally:
        with harvest.database.writing() as session:
            note_intervals(session, source, sample, span.start, span.end, harvest.clock())


def _look_among(
    harvest: Harvest,
    watched: Watched,
    captures: Sequence[Capture],
    sample: samples.Changes,
    acceptance: Acceptance,
    tally: Tally,
) -> None:
    times = [one.timestamp for one in captures]
    first = sampling.grid(times, sample.max_gap)
    _look_at(harvest, watched, [captures[index] for index in first], sample, acceptance, tally)

    def text_of(index: int) -> object:
        return _look_at(harvest, watched, [captures[index]], sample, acceptance, tally)[0]

    sampling.changes(times, text_of, max_gap=sample.max_gap, resolution=sample.resolution)


class _Later(Exception):
    """A capture is due again, and this harvest does not wait for it."""


def _look_at(
    harvest: Harvest,
    watched: Watched,
    captures: Sequence[Capture],
    sample: samples.Sample,
    acceptance: Acceptance,
    tally: Tally,
) -> list[int | str]:
    """Return the texts of captures, fetching those not known."""
    ids = [one.id for one in captures]
    with harvest.database.writing() as session:
        now = harvest.clock()
        wanted = [session.get_one(Capture, number) for number in ids]
        for capture in wanted:
            if may_be_planned(capture, now):
                ledger.plan(capture, str(sample))
    if any(capture.outcome in ledger.WAITING for capture in wanted):
        fetch_due(harvest, watched, acceptance, tally)
        render_due(harvest, watched, acceptance, tally)
    with harvest.database.reading() as session:
        seen = [session.get_one(Capture, number) for number in ids]
    if len(seen) == 1 and seen[0].outcome in ledger.WAITING:
        raise _Later
    return [one.text_id if one.outcome in ledger.SHOWING and one.text_id else SHOWS_NOTHING for one in seen]
