"""Choose the wanted among the known captures by a sampling, before anything is fetched."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from harvester.archive import sampling
from harvester.archive.sampling import digest_names_body
from harvester.catalogue import samples
from harvester.catalogue.samples import Sample
from harvester.dates import half_year, half_years, next_half_year
from harvester.store.ledger import ledger, searches
from harvester.store.ledger.digests import digests_without_text, redirect_digests
from harvester.store.ledger.ledger import Outcome, Planned, set_intervals
from harvester.store.ledger.sources import is_within
from harvester.store.schema import Capture, Source

REDIRECT_COSTS = 2
"""Requests that a capture which is a redirect costs besides its own: the archive sends on to the nearest capture of
the page to which it leads, then plays that."""

_TEXT_TYPES = ("text/", "application/pdf", "application/xhtml", "application/xml", "warc/revisit", "unk", "-")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The work for a source: captures known in its range, captures wanted, and minimum and maximum of downloads.

    The two differ for `changes` only, which learns as it goes. `hops` is what captures cost that are redirects of
    that day.
    """

    known: int
    chosen: int
    least: int
    most: int
    hops: int


def plan_source(
    session: Session, source: Source, sample: Sample, start: datetime | None, end: datetime | None, now: datetime
) -> Wanted:
    """Choose among the captures of a source by a sampling and mark them `planned`.

    Captures whose page answered 4xx or 5xx that day are `gone` by the index alone. Captures settled before keep their
    outcome, unless it was refused for a time that is now over. The sampling is kept with each capture it chose.
    """
    captures = [one for one in ledger.captures_of(session, source.id, start, end) if is_within(source, one.timestamp)]
    for capture in captures:
        if may_be_planned(capture, now) and capture.status is not None and capture.status >= 400:
            ledger.settle(session, capture, Outcome.GONE, f"the page answered {capture.status} that day")
        elif capture.outcome == Outcome.LEFT_OUT and not _may_be_text(capture):
            ledger.note(capture, f"the archive lists it as {capture.mimetype}")
    candidates = [capture for capture in captures if is_candidate(capture)]
    chosen = choose(sample, candidates)
    for capture in chosen:
        if may_be_planned(capture, now):
            ledger.plan(capture, str(sample))
    asked = chosen
    least = most = [capture for capture in candidates if capture.outcome in ledger.WAITING]
    redirects = redirect_digests(session, source.id)
    unsure, elsewhere = redirects | _unconfirmed(captures), digests_without_text(session, source.id)
    if isinstance(sample, samples.Changes):
        asked = [candidates[index] for index in sampling.edges(candidates, redirects, elsewhere)]
        grid = sampling.grid([one.timestamp for one in asked], sample.max_gap)
        least = [*least, *(asked[index] for index in grid if may_be_planned(asked[index], now))]
        at_most = [candidates[index] for index in sampling.edges(candidates, unsure, elsewhere)]
        most = [*most, *(one for one in at_most if may_be_planned(one, now))]
    _enter_intervals(session, source, sample, captures, _asked_for(sample, captures, chosen), (start, end), now)
    hops = sum(REDIRECT_COSTS for one in most if not digest_names_body(one, unsure))
    downloads = distinct_bodies(least, redirects), distinct_bodies(most, unsure)
    return Wanted(len(captures), len(asked), *downloads, hops)


def worth_a_look(session: Session, source: Source, start: datetime | None, end: datetime | None) -> list[Capture]:
    """Return the captures of a source among which `changes` searches, oldest first: of successive equal bodies only the
    ends.
    """
    captures = ledger.captures_of(session, source.id, start, end)
    candidates = [one for one in captures if is_candidate(one) and is_within(source, one.timestamp)]
    silent = redirect_digests(session, source.id), digests_without_text(session, source.id)
    return [candidates[index] for index in sampling.edges(candidates, *silent)]


def note_intervals(
    session: Session, source: Source, sample: Sample, start: datetime | None, end: datetime | None, now: datetime
) -> None:
    """Enter the half-years of a range again, after captures were planned one by one."""
    captures = [one for one in ledger.captures_of(session, source.id, start, end) if is_within(source, one.timestamp)]
    _enter_intervals(session, source, sample, captures, _asked_for(sample, captures, ()), (start, end), now)


def _asked_for(sample: Sample, captures: Sequence[Capture], chosen: Sequence[Capture]) -> list[Capture]:
    """Return the captures that a sampling has requested so far: `changes` chooses step by step."""
    if isinstance(sample, samples.Changes):
        return [one for one in captures if one.outcome != Outcome.LEFT_OUT]
    return list(chosen)


def choose(sample: Sample, candidates: Sequence[Capture]) -> list[Capture]:
    """Return the captures that a sampling requests from the start; `changes` requests one by one, as it learns."""
    match sample:
        case samples.All():
            return list(candidates)
        case samples.Seasons():
            indexes = sampling.seasons(candidates)
        case samples.Every(step):
            indexes = sampling.every([one.timestamp for one in candidates], step)
        case samples.Changes():
            indexes = []
    return [candidates[index] for index in indexes]


def is_candidate(capture: Capture) -> bool:
    """Return whether a capture may show a text: not an error of that day, nor an image or a film."""
    return (capture.status is None or capture.status < 400) and _may_be_text(capture)


def _may_be_text(capture: Capture) -> bool:
    return not capture.mimetype or capture.mimetype.startswith(_TEXT_TYPES)


def distinct_bodies(captures: Sequence[Capture], redirects: Set[str]) -> int:
    """Count the downloads that show the bodies of captures: one for each digest, one for each capture whose digest
    proves nothing.
    """
    telling = {capture.digest for capture in captures if digest_names_body(capture, redirects)}
    return len(telling) + sum(not digest_names_body(capture, redirects) for capture in captures)


def _unconfirmed(captures: Sequence[Capture]) -> set[str]:
    """Return the digests that only revisits have: until one is played back, they may be of a redirect."""
    confirmed = {one.digest for one in captures if one.status is not None or one.payload_id is not None}
    return {one.digest for one in captures} - confirmed


def may_be_planned(capture: Capture, now: datetime) -> bool:
    """Return whether a capture may be requested: it never was, or was refused for a time that is now over."""
    if capture.outcome == Outcome.LEFT_OUT:
        return True
    refused_for_a_time = capture.outcome in (Outcome.UNPLAYABLE, Outcome.EXCLUDED)
    return refused_for_a_time and capture.due_at is not None and capture.due_at <= now


def _enter_intervals(
    session: Session,
    source: Source,
    sample: Sample,
    captures: Sequence[Capture],
    asked: Sequence[Capture],
    span: tuple[datetime | None, datetime | None],
    now: datetime,
) -> None:
    """Enter each half-year of the range: with its capture, or as a gap, to distinguish gaps from oversights."""
    if not captures:
        return
    until = min(one for one in (span[1], source.until, now) if one is not None)
    since = span[0] or source.since or captures[0].timestamp
    if span[0] is not None and half_year(since) < since:
        # A poll sees the end of a half-year only: what was entered of the whole stays.
        since = next_half_year(half_year(since))
    absent = (Outcome.NOT_ARCHIVED, "the archive holds no capture of these months")
    if searches.is_cut_short(session, source.id):
        # What was not read may list some.
        absent = (Outcome.INDEX_ENDLESS, "the index was not read to its end: the archive may hold a capture")
    held = {half_year(one.timestamp) for one in captures}
    first = {half_year(one.timestamp): one for one in reversed(asked)}
    spans = []
    for start in half_years(since, until):
        end = next_half_year(start) - timedelta(seconds=1)
        if start not in held:
            spans.append(Planned(start, end, *absent))
        elif start in first:
            spans.append(Planned(start, end, Outcome.PLANNED, None, first[start].id))
        else:
            reason = "captures of these months are known, none was asked for"
            spans.append(Planned(start, end, Outcome.LEFT_OUT, reason))
    set_intervals(session, source, str(sample), spans)
