"""Observations that do not show the policy of that day: they make no version. Pure.

A text alone rarely shows that it is not a policy; its place in the history does: a revision stays, what is no policy
comes and goes, and the earlier policy returns. docs/history.md gives each rule with its reason and the measurements.
The rules, in order: another language, another document, a line, alternating (at the end of the history too, until it
has been there for a week), a stale copy, taken back, within a week, not a policy (which needs no later text).

What is weakest (fewest captures, shortest, oldest) is set aside first, and then all is looked at afresh.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from harvester.store.history.folding import FOLD_WITHIN, Sighting, stretches
from harvester.store.history.likeness import LEAST_WORDS, MENU, UNLIKE, Measures, distance, likeness, other_language
from harvester.store.outcome import LIKELIHOOD_KNOWS, NO_POLICY

MeasuresOf = Callable[[str], Measures | None]
"""The measures of a text by its sha256; None where they are not known: then only equal texts are compared."""

BELONGING = 0.15
"""Likeness from which the texts at the sides of a weak one belong together."""
TAKEN_BACK = 0.1
"""Share of what a text altered that may remain altered in the next, if it was taken back."""
FAR_SHORTER = 0.5
RESTORED = 0.6
"""Share of what half a page had lost that comes back with the whole one."""
POLICY = 0.6
"""Policy likelihood from which a text is clearly a policy."""
EITHER = 0.5
"""A likelihood that decides nothing: that of documents of other types."""
LESS_LIKELY = 0.3
A_LINE = 0.1
"""Share of the words of the policies at its sides under which a text is a line or two."""
WITHIN = timedelta(days=366)
"""The maximum time between the neighbours of a text that was taken back."""
SETTLED, CAPTURES = timedelta(days=180), 3
"""The time for which a text stood, and its captures, from which it is no test, and if it reads like a policy the
document of that time.
"""
REACH = 8
"""Texts in a row that can be set aside together as another document."""


@dataclass(slots=True)
class _Run:
    """A stretch of the history with one text; `places` are its observations among all."""

    text: str
    first: datetime
    last: datetime
    places: list[int]

    @property
    def span(self) -> timedelta:
        return self.last - self.first

    @property
    def is_settled(self) -> bool:
        return self.span >= SETTLED and len(self.places) >= CAPTURES


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


def _runs(sightings: Sequence[Sighting]) -> list[_Run]:
    """Return the stretches after folding; a folded text neither lengthens nor weighs the run that it is folded into."""
    runs = []
    for stretch in stretches(sightings):
        places = range(stretch.start, stretch.end)
        own = [sightings[place].timestamp for place in places if sightings[place].text == stretch.text]
        runs.append(_Run(stretch.text, own[0], own[-1], list(places)))
    return runs


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    joined: list[_Run] = []
    for run in runs:
        if joined and joined[-1].text == run.text:
            joined[-1] = _Run(run.text, joined[-1].first, run.last, [*joined[-1].places, *run.places])
        else:
            joined.append(run)
    return joined


def _next(runs: Sequence[_Run], measures: MeasuresOf, times: Counter[str]) -> _Found | None:
    """Return what the first rule that finds something finds, the weakest of it."""
    known = [measures(run.text) for run in runs]
    for rule in _RULES:
        if found := [_found(runs, *one) for one in rule(runs, known, times)]:
            return min(found, key=lambda one: one.order)
    return None


def _found(runs: Sequence[_Run], start: int, end: int, reason: str) -> _Found:
    captures = sum(len(run.places) for run in runs[start:end])
    return _Found(captures, runs[end - 1].last - runs[start].first, start, end, reason)


_Rule = Iterator[tuple[int, int, str]]
_Known = Sequence[Measures | None]


def _of_another_language(runs: Sequence[_Run], known: _Known, _times: Counter[str]) -> _Rule:
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


def _of_another_document(runs: Sequence[_Run], known: _Known, _times: Counter[str]) -> _Rule:
    for start in range(1, len(runs) - 1):
        before = known[start - 1]
        if before is None:
            continue
        for end in range(start + 1, min(start + 1 + REACH, len(runs))):
            between = known[end - 1]
            # Most texts are not weak beside anything; their passages need not be read.
            if between is None or not _weak(between, before, before):
                break
            if likeness(before.passages, between.passages) > UNLIKE:
                break
            after = known[end]
            if after is None or (together := likeness(before.passages, after.passages)) < BELONGING:
                continue
            within = [one for one in known[start:end] if one is not None]
            stood = (one for run, one in zip(runs[start:end], known[start:end], strict=True) if run.is_settled)
            if any(one is not None and _reads_like_a_policy(one, before, after) for one in stood):
                break
            if all(
                _weak(one, before, after) and likeness(one.passages, after.passages) <= min(UNLIKE, together / 3)
                for one in within
            ):
                yield start, end, "another document, between two texts that belong together"
                break


def _weak(one: Measures, before: Measures, after: Measures) -> bool:
    far_shorter = one.words < FAR_SHORTER * min(before.words, after.words)
    likely = min(before.policy_likelihood, after.policy_likelihood)
    return far_shorter or (one.language in LIKELIHOOD_KNOWS and one.policy_likelihood <= likely - LESS_LIKELY)


def _reads_like_a_policy(one: Measures, before: Measures, after: Measures) -> bool:
    """Return whether a text is as surely a policy as a clear one, or as those at its sides; nobody knows this of
    documents of other types.
    """
    sides = min(before.policy_likelihood, after.policy_likelihood)
    return one.policy_likelihood != EITHER and one.policy_likelihood >= min(POLICY, sides)


def _alternating(runs: Sequence[_Run], _known: _Known, times: Counter[str]) -> _Rule:
    sandwiched: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place in range(1, len(runs) - 1):
        if runs[place - 1].text == runs[place + 1].text and not runs[place].is_settled:
            sandwiched[runs[place].text, runs[place - 1].text].append(place)
    for (inner, outer), places in sandwiched.items():
        alternate = len(places) > 1 and (outer, inner) in sandwiched
        captures = {text: sum(len(run.places) for run in runs if run.text == text) for text in (inner, outer)}
        if (alternate or times[inner] > 1) and captures[inner] <= captures[outer]:
            for place in places:
                yield place, place + 1, "alternating with the text at its sides"


def _stale_copies(runs: Sequence[_Run], known: _Known, _times: Counter[str]) -> _Rule:
    earlier: set[str] = {runs[0].text} if runs else set()
    for place in range(1, len(runs) - 1):
        if runs[place].text in earlier and runs[place].span < FOLD_WITHIN and _taken_back(runs, known, place):
            yield place, place + 1, "a stale copy: an earlier text, for less than seven days between two of a newer one"
        earlier.add(runs[place].text)


def _soon_gone(runs: Sequence[_Run], known: _Known, _times: Counter[str]) -> _Rule:
    for place in range(1, len(runs) - 1):
        half = _half(known, place)
        soon = runs[place + 1].first - runs[place - 1].last <= WITHIN
        if runs[place].span < FOLD_WITHIN and (
            ((half or soon) and _taken_back(runs, known, place)) or (half and _restored(known, place))
        ):
            what = "half a page" if half else "seen"
            yield place, place + 1, f"{what} for less than seven days, and taken back in the next text"
    yield from _within_a_week(runs)


def _within_a_week(runs: Sequence[_Run]) -> _Rule:
    for start in range(1, len(runs) - 2):
        before = runs[start - 1]
        for end in range(start + 2, min(start + 1 + REACH, len(runs))):
            if runs[end - 1].last - runs[start].first >= FOLD_WITHIN:
                break
            if runs[end].text == before.text and runs[end].first - before.last <= WITHIN:
                yield start, end, "within seven days between two captures of one text"


def _half(known: _Known, place: int) -> bool:
    before, one, after = known[place - 1 : place + 2]
    if before is None or one is None or after is None or one.words >= 0.75 * min(before.words, after.words):
        return False
    # The last passage is mostly cut in two.
    return len(one.passages - before.passages - after.passages) <= 1


def _restored(known: _Known, place: int) -> bool:
    """Return whether most of what a far shorter text had lost is in the next one, beside what changed meanwhile."""
    before, one, after = known[place - 1 : place + 2]
    if before is None or one is None or after is None or one.words >= FAR_SHORTER * min(before.words, after.words):
        return False
    lost = before.passages - one.passages
    return sum(map(len, lost & after.passages)) >= RESTORED * sum(map(len, lost))


def _taken_back(runs: Sequence[_Run], known: _Known, place: int) -> bool:
    """Return whether almost nothing of what a text altered is still altered in the next text."""
    if runs[place - 1].text == runs[place + 1].text:
        return True
    before, one, after = known[place - 1 : place + 2]
    if before is None or one is None or after is None:
        return False
    altered = min(distance(before.passages, one.passages), distance(one.passages, after.passages))
    return distance(before.passages, after.passages) <= TAKEN_BACK * altered and altered > 0


def _no_policy(runs: Sequence[_Run], known: _Known, _times: Counter[str]) -> _Rule:
    for place, one in enumerate(known):
        policies = [side for step in (-1, 1) if (side := _policy_beside(known, place, step)) is not None]
        if one is None or not policies:
            continue
        is_told = one.language in LIKELIHOOD_KNOWS and one.policy_likelihood <= NO_POLICY
        is_short = is_told or one.words < A_LINE * min(side.words for side in policies)
        says_nothing = is_short and (one.policy_likelihood < EITHER or one.linked >= MENU)
        if says_nothing and all(likeness(one.passages, side.passages) <= UNLIKE for side in policies):
            yield place, place + 1, "not a policy, at an address that showed one"


def _policy_beside(known: _Known, place: int, step: int) -> Measures | None:
    """Return the nearest text on one side that is clearly a policy, skipping texts that are not."""
    for one in known[place + 1 :] if step > 0 else reversed(known[:place]):
        if one is not None and one.policy_likelihood >= POLICY:
            return one
        if one is None or one.policy_likelihood > NO_POLICY:
            return None
    return None


def _a_line(_runs: Sequence[_Run], known: _Known, _times: Counter[str]) -> _Rule:
    for place, (before, one, after) in enumerate(zip(known, known[1:], known[2:], strict=False), 1):
        if before is None or one is None or after is None or one.words >= LEAST_WORDS:
            continue
        unlike = all(likeness(one.passages, side.passages) <= UNLIKE for side in (before, after))
        if one.words < A_LINE * min(before.words, after.words) and unlike:
            yield place, place + 1, "a line or two between two policies"


_RULES = (_of_another_language, _of_another_document, _a_line, _alternating, _stale_copies, _soon_gone, _no_policy)
