"""Observations that do not show the policy of that day: they make no version. Pure.

A text alone rarely shows that it is not a policy; its place in the history does: a revision stays, what is no policy
comes and goes, and the earlier policy returns. docs/history.md gives each rule with its reason and the measurements.
The rules, in order: another language, another document, a line, the beginning of a page, alternating (at the end of the
history too, until it has been there for a week), a stale copy, taken back, within a week, read in the page's data, not
a policy (which needs no later text).

What is weakest (fewest captures, shortest, oldest) is set aside first, and then the rules are asked again, in their
order, each only where it may find something else now (`findings`): so each of thousands takes as long as one of few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice

from harvester.store.history.folding import FOLD_WITHIN, Sighting, stretches
from harvester.store.history.likeness import LEAST_WORDS, UNLIKE, Measures, distance, likeness
from harvester.store.history.strays.alternating import Alternating
from harvester.store.history.strays.another_document import REACH, of_another_document
from harvester.store.history.strays.findings import Findings, Nearby, StrayRule
from harvester.store.history.strays.half_pages import (
    breaks_off_in_a_sentence,
    goes_on,
    is_beginning,
    is_half,
    is_restored,
)
from harvester.store.history.strays.languages import AnotherLanguage
from harvester.store.history.strays.no_policy import A_LINE, NotAPolicy
from harvester.store.history.strays.runs import Finding, Run, put_in_order, take_out

MeasuresOf = Callable[[str], Measures | None]
"""The measures of a text by its sha256; None where they are not known: then only equal texts are compared."""

TAKEN_BACK = 0.1
"""Share of what a text altered that may remain altered in the next, if it was taken back."""
WITHIN = timedelta(days=366)
"""The maximum time between the neighbours of a text that was taken back."""


def strays(sightings: Sequence[Sighting], measures: MeasuresOf) -> dict[int, str]:
    """Return the places of the sightings that make no version, each with its reason.

    The sightings are in order, one text an instant. The result is a function of them and of their texts' measures.
    """
    runs = _runs(sightings, measures)
    rules = [Findings(rule, runs) for rule in _rules(runs)]
    aside: dict[int, str] = {}
    times: Counter[str] = Counter()
    while found := next(filter(None, (rule.weakest() for rule in rules)), None):
        removal = take_out(found.start, found.end)
        for run in removal.aside:
            aside.update(dict.fromkeys(run.places, found.reason))
            times[run.text] += 1
        for rule in rules:
            rule.look_again(removal)
    kept = [run for run in runs if run.is_there]
    if len(kept) > 1 and times[kept[-1].text] > 1 and kept[-1].span < FOLD_WITHIN:
        aside.update(dict.fromkeys(kept[-1].places, "alternating with the text before it"))
    return aside


def _runs(sightings: Sequence[Sighting], measures: MeasuresOf) -> list[Run]:
    """Return the stretches after folding; a folded text neither lengthens nor weighs the run that it is folded into."""
    runs = []
    for stretch in stretches(sightings):
        places = range(stretch.start, stretch.end)
        own = [sightings[place] for place in places if sightings[place].text == stretch.text]
        first, last, of_data = own[0].timestamp, own[-1].timestamp, all(one.of_data for one in own)
        runs.append(Run(stretch.text, measures(stretch.text), first, last, list(places), of_data))
    put_in_order(runs)
    return runs


def _rules(runs: Sequence[Run]) -> Sequence[StrayRule]:
    """Return the rules, in their order."""
    return (
        AnotherLanguage(runs),
        Nearby(of_another_document, ahead=REACH + 1),
        Nearby(_a_line),
        Nearby(_beginning),
        Alternating(runs),
        Nearby(_stale_copy),
        Nearby(_soon_gone, ahead=REACH),
        Nearby(_of_data, ahead=REACH),
        NotAPolicy(runs),
    )


def _a_line(run: Run) -> Iterator[Finding]:
    before, one, after = run.beside
    if before is None or one is None or after is None or one.words >= LEAST_WORDS:
        return
    unlike = all(likeness(one.passages, side.passages) <= UNLIKE for side in (before, after))
    if one.words < A_LINE * min(before.words, after.words) and unlike:
        yield run, "a line or two between two policies"


def _beginning(run: Run) -> Iterator[Finding]:
    # A text that was a version before is a whole one.
    if run.earlier is None and run.span < FOLD_WITHIN and is_beginning(*run.beside):
        yield run, "half a page for less than seven days: it ends within a sentence"


def _stale_copy(run: Run) -> Iterator[Finding]:
    if run.earlier is None or run.span >= FOLD_WITHIN:
        return
    if _is_taken_back(run) or (_is_soon(run) and goes_on(*run.beside)):
        yield run, "a stale copy: an earlier text, for less than seven days between two of a newer one"


def _soon_gone(run: Run) -> Iterator[Finding]:
    soon_gone = run.span < FOLD_WITHIN
    if soon_gone or breaks_off_in_a_sentence(*run.beside):
        half = not soon_gone or is_half(*run.beside)
        if (half or _is_soon(run)) and (_is_taken_back(run) or is_restored(*run.beside)):
            what = "half a page" if half else "seen"
            how_long = " for less than seven days" if soon_gone else ", broken off in a sentence"
            yield run, f"{what}{how_long}, and taken back in the next text"
    yield from _within_a_week(run)


def _within_a_week(run: Run) -> Iterator[Finding]:
    for end in islice(run.onward(), 1, REACH):
        if not (run.before and end.after) or end.last - run.first >= FOLD_WITHIN:
            return
        if end.after.text == run.before.text and end.after.first - run.before.last <= WITHIN:
            yield end, "within seven days between two captures of one text"


def _of_data(run: Run) -> Iterator[Finding]:
    if not run.of_data or run.before is None or run.before.of_data:
        return
    for end in islice(run.onward(), REACH):
        if not end.of_data or end.after is None:
            return
        is_back = end.after.text == run.before.text or (end is run and _is_soon(run) and _is_taken_back(run))
        if is_back and not end.after.of_data:
            yield end, "read in the page's data, between two captures that show one text"


def _is_soon(run: Run) -> bool:
    """Return whether the texts on both sides of a text were seen within a year."""
    return run.before is not None and run.after is not None and run.after.first - run.before.last <= WITHIN


def _is_taken_back(run: Run) -> bool:
    """Return whether almost nothing of what a text altered is still altered in the next text."""
    if run.before and run.after and run.before.text == run.after.text:
        return True
    before, one, after = run.beside
    if before is None or one is None or after is None:
        return False
    altered = min(distance(before.passages, one.passages), distance(one.passages, after.passages))
    return distance(before.passages, after.passages) <= TAKEN_BACK * altered and altered > 0
