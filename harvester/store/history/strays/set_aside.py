"""Observations that do not show the policy of that day: they make no version. Pure.

A text alone rarely shows that it is not a policy; its place in the history does: a revision stays, what is no policy
comes and goes, and the earlier policy returns. docs/history.md gives each rule with its reason and the measurements.
The rules, in order: another language, another document, a line, the beginning of a page, alternating (at the end of the
history too, until it has been there for a week), a stale copy, taken back, within a week, not a policy (which needs no
later text).

What is weakest (fewest captures, shortest, oldest) is set aside first, and then all is looked at afresh.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from harvester.store.history.folding import FOLD_WITHIN, Sighting, stretches
from harvester.store.history.likeness import (
    LEAST_WORDS,
    UNLIKE,
    Measures,
    distance,
    likeness,
    other_language,
)
from harvester.store.history.strays.another_document import REACH, of_another_document
from harvester.store.history.strays.half_pages import (
    breaks_off_in_a_sentence,
    goes_on,
    is_beginning,
    is_half,
    is_restored,
)
from harvester.store.history.strays.no_policy import A_LINE, is_no_policy
from harvester.store.history.strays.runs import Known, Rule, Run

MeasuresOf = Callable[[str], Measures | None]
"""The measures of a text by its sha256; None where they are not known: then only equal texts are compared."""

TAKEN_BACK = 0.1
"""Share of what a text altered that may remain altered in the next, if it was taken back."""
WITHIN = timedelta(days=366)
"""The maximum time between the neighbours of a text that was taken back."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The runs from `start` to `end` (excluded) make no version, for this reason."""

    captures: int
    span: timedelta
    start: int
    end: int
    reason: str

    @property
    def order(self) -> tuple[int, timedelta, int]:
        return self.captures, self.span, self.start


def strays(sightings: Sequence[Sighting], measures: MeasuresOf) -> dict[int, str]:
    """Return the places of the sightings that make no version, each with its reason.

    The sightings are in order, one text an instant. The result is a function of them and of their texts' measures.
    """
    runs = _runs(sightings)
    aside: dict[int, str] = {}
    times: Counter[str] = Counter()
    while len(runs) > 1 and (found := _next(runs, measures, times)):
        for run in runs[found.start : found.end]:
            aside.update(dict.fromkeys(run.places, found.reason))
            times[run.text] += 1
        runs = _joined([*runs[: found.start], *runs[found.end :]])
    if len(runs) > 1 and times[runs[-1].text] > 1 and runs[-1].span < FOLD_WITHIN:
        aside.update(dict.fromkeys(runs[-1].places, "alternating with the text before it"))
    return aside


def _runs(sightings: Sequence[Sighting]) -> list[Run]:
    """Return the stretches after folding; a folded text neither lengthens nor weighs the run that it is folded into."""
    runs = []
    for stretch in stretches(sightings):
        places = range(stretch.start, stretch.end)
        own = [sightings[place].timestamp for place in places if sightings[place].text == stretch.text]
        runs.append(Run(stretch.text, own[0], own[-1], list(places)))
    return runs


def _joined(runs: Sequence[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].text == run.text:
            joined[-1] = Run(run.text, joined[-1].first, run.last, [*joined[-1].places, *run.places])
        else:
            joined.append(run)
    return joined


def _next(runs: Sequence[Run], measures: MeasuresOf, times: Counter[str]) -> _Found | None:
    """Return what the first rule that finds something finds, the weakest of it."""
    known = [measures(run.text) for run in runs]
    for rule in _RULES:
        if found := [_found(runs, *one) for one in rule(runs, known, times)]:
            return min(found, key=lambda one: one.order)
    return None


def _found(runs: Sequence[Run], start: int, end: int, reason: str) -> _Found:
    captures = sum(len(run.places) for run in runs[start:end])
    return _Found(captures, runs[end - 1].last - runs[start].first, start, end, reason)


def _of_another_language(runs: Sequence[Run], known: Known, _times: Counter[str]) -> Rule:
    captures: Counter[str] = Counter()
    for run, one in zip(runs, known, strict=True):
        if one is not None:
            captures[one.language] += len(run.places)
    for start in range(1, len(runs) - 1):
        before = known[start - 1]
        end = start
        while end < len(runs) and other_language(before, known[end]):
            end += 1
        after = known[end] if end < len(runs) else None
        if end == start or before is None or after is None or after.language != before.language:
            continue
        spoken = {one.language for one in known[start:end] if one is not None}
        # "For a while": the language at the sides is the service's, or else it is they that are the strays.
        if all(captures[before.language] >= captures[language] for language in spoken):
            yield start, end, f"another language: {' and '.join(sorted(spoken))} between two texts in {before.language}"


def _beginnings(runs: Sequence[Run], known: Known, _times: Counter[str]) -> Rule:
    earlier: set[str] = {runs[0].text} if runs else set()
    for place in range(1, len(runs) - 1):
        # A text that was a version before is a whole one.
        is_new = runs[place].text not in earlier
        if is_new and runs[place].span < FOLD_WITHIN and is_beginning(*known[place - 1 : place + 2]):
            yield place, place + 1, "half a page for less than seven days: it ends within a sentence"
        earlier.add(runs[place].text)


def _alternating(runs: Sequence[Run], _known: Known, times: Counter[str]) -> Rule:
    sandwiched: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place in range(1, len(runs) - 1):
        if runs[place - 1].text == runs[place + 1].text and not runs[place].is_settled:
            sandwiched[runs[place].text, runs[place - 1].text].append(place)
    captures: Counter[str] = Counter()
    for run in runs:
        captures[run.text] += len(run.places)
    for (inner, outer), places in sandwiched.items():
        alternate = len(places) > 1 and (outer, inner) in sandwiched
        if (alternate or times[inner] > 1) and captures[inner] <= captures[outer]:
            for place in places:
                yield place, place + 1, "alternating with the text at its sides"


def _stale_copies(runs: Sequence[Run], known: Known, _times: Counter[str]) -> Rule:
    earlier: set[str] = {runs[0].text} if runs else set()
    for place in range(1, len(runs) - 1):
        is_earlier = runs[place].text in earlier and runs[place].span < FOLD_WITHIN
        is_soon = runs[place + 1].first - runs[place - 1].last <= WITHIN
        if is_earlier and (_taken_back(runs, known, place) or (is_soon and goes_on(*known[place - 1 : place + 2]))):
            yield place, place + 1, "a stale copy: an earlier text, for less than seven days between two of a newer one"
        earlier.add(runs[place].text)


def _soon_gone(runs: Sequence[Run], known: Known, _times: Counter[str]) -> Rule:
    for place in range(1, len(runs) - 1):
        beside = known[place - 1 : place + 2]
        soon_gone = runs[place].span < FOLD_WITHIN
        if not soon_gone and not breaks_off_in_a_sentence(*beside):
            continue
        half = not soon_gone or is_half(*beside)
        soon = runs[place + 1].first - runs[place - 1].last <= WITHIN
        if (half or soon) and (_taken_back(runs, known, place) or is_restored(*beside)):
            what = "half a page" if half else "seen"
            how_long = " for less than seven days" if soon_gone else ", broken off in a sentence"
            yield place, place + 1, f"{what}{how_long}, and taken back in the next text"
    yield from _within_a_week(runs)


def _within_a_week(runs: Sequence[Run]) -> Rule:
    for start in range(1, len(runs) - 2):
        before = runs[start - 1]
        for end in range(start + 2, min(start + 1 + REACH, len(runs))):
            if runs[end - 1].last - runs[start].first >= FOLD_WITHIN:
                break
            if runs[end].text == before.text and runs[end].first - before.last <= WITHIN:
                yield start, end, "within seven days between two captures of one text"


def _taken_back(runs: Sequence[Run], known: Known, place: int) -> bool:
    """Return whether almost nothing of what a text altered is still altered in the next text."""
    if runs[place - 1].text == runs[place + 1].text:
        return True
    before, one, after = known[place - 1 : place + 2]
    if before is None or one is None or after is None:
        return False
    altered = min(distance(before.passages, one.passages), distance(one.passages, after.passages))
    return distance(before.passages, after.passages) <= TAKEN_BACK * altered and altered > 0


def _no_policy(runs: Sequence[Run], known: Known, _times: Counter[str]) -> Rule:
    for place, run in enumerate(runs):
        if is_no_policy(known, place, is_settled=run.is_settled):
            yield place, place + 1, "not a policy, at an address that showed one"


def _a_line(_runs: Sequence[Run], known: Known, _times: Counter[str]) -> Rule:
    for place, (before, one, after) in enumerate(zip(known, known[1:], known[2:], strict=False), 1):
        if before is None or one is None or after is None or one.words >= LEAST_WORDS:
            continue
        unlike = all(likeness(one.passages, side.passages) <= UNLIKE for side in (before, after))
        if one.words < A_LINE * min(before.words, after.words) and unlike:
            yield place, place + 1, "a line or two between two policies"


_RULES = (
    _of_another_language,
    of_another_document,
    _a_line,
    _beginnings,
    _alternating,
    _stale_copies,
    _soon_gone,
    _no_policy,
)
