"""Versions as a function of what was observed: pure, and the same for any order of arrival.

An observation says that at an instant a service showed a text. A version is a maximal run of successive observations
with one text, after what is not the policy was set aside (`strays`) and texts that only alternate were folded into one
(`folding`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from harvester.store.history.folding import runs, stretches
from harvester.store.history.likeness import Measures
from harvester.store.history.strays.set_aside import MeasuresOf, strays

FirstOfEach = Callable[[Sequence[str]], Mapping[str, str]]
"""Gives for each of some texts the first with the same body (`bodies`)."""


@dataclass(frozen=True, slots=True)
class Observation:
    """At `timestamp` the policy had the text with this sha256, as this capture shows; `archive` and `origin` (its URL)
    only break ties. `of_data`: the text was made of the page's data, since the page showed none.
    """

    timestamp: datetime
    text: str
    capture_id: int
    origin: str = ""
    archive: str = ""
    of_data: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A version: `text` lasted from `first_seen` to `last_seen` (the observations that bound it, both included).

    `capture_id` is the first capture that shows it, `last_capture_id` the last; `repeats` is the `first_seen` of the
    latest earlier span with the same text. Unless alternating texts were folded `texts` is 1 and `switches` is 0;
    `captures` counts the folded ones too.
    """

    text: str
    capture_id: int
    last_capture_id: int
    first_seen: datetime
    last_seen: datetime
    captures: int
    texts: int = 1
    switches: int = 0
    repeats: datetime | None = None


def unmeasured(_text: str) -> Measures | None:
    """Return that nothing is known of a text: only equal texts are then compared."""
    return None


def all_different(texts: Sequence[str]) -> Mapping[str, str]:
    """Return that no two texts have the same body."""
    return {text: text for text in texts}


def versions(
    observations: Iterable[Observation],
    measures: MeasuresOf = unmeasured,
    first_of_each: FirstOfEach = all_different,
    *,
    unfold: bool = False,
) -> list[Span]:
    """Return the versions, oldest first: a function of the set of observations and of what is known of their texts.

    With `unfold` nothing is set aside or folded: each maximal run of one text is a version.
    """
    ordered = in_order(observations)
    if not unfold:
        ordered = _by_body(ordered, first_of_each)
        aside = strays(ordered, measures)
        ordered = [each for place, each in enumerate(ordered) if place not in aside]
    found = runs(ordered) if unfold else stretches(ordered)
    spans: list[Span] = []
    latest: dict[str, datetime] = {}
    for stretch in found:
        span = _span(ordered[stretch.start : stretch.end], stretch.text, latest.get(stretch.text))
        latest[stretch.text] = span.first_seen
        spans.append(span)
    return spans


def set_aside(
    observations: Iterable[Observation],
    measures: MeasuresOf = unmeasured,
    first_of_each: FirstOfEach = all_different,
) -> dict[int, str]:
    """Return the captures that show a text and make no version, each with its reason."""
    ordered = _by_body(in_order(observations), first_of_each)
    return {ordered[place].capture_id: reason for place, reason in strays(ordered, measures).items()}


def last_in_language(ordered: Sequence[Observation], measures: MeasuresOf, new: Span) -> Observation | None:
    """Return the last observation before a version of a text of its language and at least half its length, if any.

    A service that now speaks another language is compared with what it last said in that one. The observations are
    those of `in_order`.
    """
    said = measures(new.text)
    if said is None:
        return None
    for place in reversed(range(bisect_left(ordered, new.first_seen, key=lambda one: one.timestamp))):
        each = ordered[place]
        known = measures(each.text)
        if known is not None and known.language == said.language and 2 * known.words >= said.words:
            return each
    return None


def in_order(observations: Iterable[Observation]) -> list[Observation]:
    """Return the distinct observations, oldest first, one text an instant: what several archives show of an address is
    seen once. So it does not count which of them a capture was listed by first.

    Captures of two sources can show different texts at one second. A version cannot have length nothing, so of such
    texts the one with the smallest sha256 counts and the others stay in the ledger only.
    """
    ordered: list[Observation] = []
    archives: dict[str, str] = {}
    for each in sorted(set(observations), key=_order):
        if ordered and ordered[-1].timestamp == each.timestamp:
            if ordered[-1].text != each.text or archives.get(each.origin, each.archive) != each.archive:
                continue
        else:
            archives.clear()
        archives.setdefault(each.origin, each.archive)
        ordered.append(each)
    return ordered


def _by_body(ordered: Sequence[Observation], first_of_each: FirstOfEach) -> list[Observation]:
    """Let texts that differ in the page's title only count as the first: the title is the site's, not theirs."""
    first = first_of_each(list(dict.fromkeys(each.text for each in ordered)))
    return [each if first[each.text] == each.text else replace(each, text=first[each.text]) for each in ordered]


def _span(stretch: Sequence[Observation], text: str, repeats: datetime | None) -> Span:
    """Return the span bounded by captures of its own text: a stray page at either end proves nothing about the
    policy.
    """
    own = [each for each in stretch if each.text == text]
    return Span(
        text=text,
        capture_id=own[0].capture_id,
        last_capture_id=own[-1].capture_id,
        first_seen=own[0].timestamp,
        last_seen=own[-1].timestamp,
        captures=len(stretch),
        texts=len({each.text for each in stretch}),
        switches=sum(one.text != next_one.text for one, next_one in pairwise(stretch)),
        repeats=repeats,
    )


def _order(each: Observation) -> tuple[datetime, str, str, str, int]:
    return each.timestamp, each.text, each.archive, each.origin, each.capture_id
