"""Texts that come and go for years are set aside in proportion to their captures, however many texts alternate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

import pytest

from harvester.store.history.likeness import Measures, passages
from harvester.store.history.strays.set_aside import strays
from harvester.store.history.versions import Observation
from tests.support.diffing.steps import steps_of
from tests.support.store.in_languages import POLICIES

START = datetime(2018, 1, 1, tzinfo=UTC)
SAID = (
    "We collect your name and your address. We use them to deliver what you order. We do not sell your data. You may "
    "ask us to delete what we hold about you. We keep it for two years. Cookies remember your settings.",
    POLICIES["da"][1],
)
FEW, MANY = 50, 200
WORST = 1.5  # times linear; what goes through the history again for each stray has 3 and more

Shown = Callable[[int], list[int]]
"""The numbers of the texts that so many captures show."""


def _drawn(texts: int) -> Shown:
    return lambda captures: [Random(place).randrange(texts) for place in range(captures)]


SHOWN: dict[str, Shown] = {
    "one and another": lambda captures: [place % 2 for place in range(captures)],
    "three in turn": lambda captures: [place % 3 for place in range(captures)],
    "the former one now and then": lambda captures: [place // 20 - (place % 5 == 4) for place in range(captures)],
    "a new one each other time": lambda captures: [place % 2 * place for place in range(captures)],
    "drawn of five": _drawn(5),
    "drawn of twenty": _drawn(20),
    "drawn of a hundred": _drawn(100),
}
KINDS: dict[str, tuple[Sequence[str], Sequence[float]]] = {
    "policies": (["en"], [0.95]),
    "in two languages": (["en", "en", "da"], [0.95]),
    "hardly policies": (["km"], [0.2, 0.2, 0.1]),
    "policies and home pages": (["en"], [0.95, 0.05, 0.3]),
}


def _work(shown: Shown, kind: str, days: Sequence[int], captures: int) -> Callable[[], object]:
    languages, likelihoods = KINDS[kind]
    sightings, known, day = [], {}, 0
    for place, number in enumerate(shown(captures)):
        language = languages[number % len(languages)]
        text = f"# Policy\n\n{SAID[language == 'da']} Point {number} of it is added here."
        likely = likelihoods[number % len(likelihoods)]
        known[str(number)] = Measures(900, language, likely, partial(frozenset, passages(text)), partial(str, text))
        day += days[place % len(days)]
        sightings.append(Observation(START + timedelta(days=day), str(number), place))
    return partial(strays, sightings, known.get)


@pytest.mark.parametrize("days", [(10,), (1, 3, 10, 40)])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shown", SHOWN)
def test_each_stray_is_found_without_going_through_the_history_again(
    shown: str, kind: str, days: tuple[int, ...]
) -> None:
    work = partial(_work, SHOWN[shown], kind, days)
    work(10)()
    few, many = steps_of(work(FEW)), steps_of(work(MANY))
    assert many <= WORST * MANY / FEW * few
