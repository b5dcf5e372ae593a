"""Alternating texts folded into one version: A/B tests, block pages, half-loaded pages. Pure; docs/history.md has why.

The rule: a text lasts until it has not been seen for more than `FOLD_WITHIN`; other texts seen meanwhile are folded
into it. A text that was alone for as long is never folded. If the first text of a stretch was not, the stretch is named
after the text that lasted longest in it, so that a stray first page does not give a policy its name; but not after the
text before the stretch, if that came back only once and something else follows: a stale copy. Captures further
apart than `FOLD_WITHIN` are never folded: between them anything can be true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

FOLD_WITHIN = timedelta(days=7)
"""Measured on 27 real histories (docs/history.md): longer folds little more, shorter leaves alternations standing."""


class Sighting(Protocol):
    """The input of folding: when a text was seen."""

    @property
    def timestamp(self) -> datetime:
        """When."""

    @property
    def text(self) -> str:
        """The text seen."""

    @property
    def of_data(self) -> bool:
        """Whether the text was made of the page's data, since the page showed none."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The sightings from `start` to `end` (places, `end` excluded) are one version, of `text`."""

    text: str
    start: int
    end: int


def stretches(sightings: Sequence[Sighting], within: timedelta = FOLD_WITHIN) -> list[Stretch]:
    """Divide sightings, oldest first and one an instant, into versions."""
    last = _last_of_chain(sightings, within)
    found: list[Stretch] = []
    start = 0
    while start < len(sightings):
        end = last[start] + 1
        text = _name(sightings, start, end, within)
        if found and text == found[-1].text != sightings[start].text and _comes_back_once(sightings, text, start, end):
            text = sightings[start].text
        if found and found[-1].text == text:
            start = found.pop().start
        found.append(Stretch(text, start, end))
        start = end
    return found


def runs(sightings: Sequence[Sighting]) -> list[Stretch]:
    """Return the maximal runs of one text: the history without folding."""
    found: list[Stretch] = []
    for place, sighting in enumerate(sightings):
        if found and found[-1].text == sighting.text:
            found[-1] = Stretch(sighting.text, found[-1].start, place + 1)
        else:
            found.append(Stretch(sighting.text, place, place + 1))
    return found


def _last_of_chain(sightings: Sequence[Sighting], within: timedelta) -> list[int]:
    """Return, for each place, the last place of the same text that is reached without a pause of more than `within`."""
    last = list(range(len(sightings)))
    following: dict[str, int] = {}
    for place in range(len(sightings) - 1, -1, -1):
        sighting = sightings[place]
        later = following.get(sighting.text)
        if later is not None and (later == place + 1 or sightings[later].timestamp - sighting.timestamp <= within):
            last[place] = last[later]
        following[sighting.text] = place
    return last


def _comes_back_once(sightings: Sequence[Sighting], text: str, start: int, end: int) -> bool:
    """Return whether the text before a stretch is seen once within it, and something else follows: a stale copy."""
    within = [sighting for sighting in sightings[start:end] if sighting.text == text]
    return len(within) == 1 and end < len(sightings) and sightings[end].text != text


def _name(sightings: Sequence[Sighting], start: int, end: int, within: timedelta) -> str:
    """Return the text of a stretch: its first text if that was alone for long, or else the one that lasted longest."""
    first = sightings[start].text
    stood: defaultdict[str, timedelta] = defaultdict(timedelta)
    since = start
    for place in range(start, end):
        if sightings[place].text != sightings[since].text:
            since = place
        if sightings[place].text == first and sightings[place].timestamp - sightings[since].timestamp >= within:
            return first
        if place + 1 < end:
            stood[sightings[place].text] += sightings[place + 1].timestamp - sightings[place].timestamp
    return max(stood, key=lambda text: (stood[text], text == first, text), default=first)
