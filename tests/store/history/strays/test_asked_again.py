"""After runs were set aside the rules are asked again where that may count: as if they were asked everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate
from random import Random

import pytest

from harvester.store.history.likeness import Measures, passages
from harvester.store.history.strays import set_aside
from harvester.store.history.strays.findings import Findings, StrayRule
from harvester.store.history.strays.runs import Removal, Run
from harvester.store.history.versions import Observation
from tests.support.store.in_languages import POLICIES

START = datetime(2018, 1, 1, tzinfo=UTC)
ENGLISH = (
    "We collect your name and your address. We use them to deliver what you order. We do not sell your data. You may "
    "ask us to delete what we hold about you. We keep it for two years. Cookies remember your settings."
)
DANISH = POLICIES["da"][1]
HOME = "Meet people near you. Download the app. Join two million members today. Read their stories."
SAID = [
    *(POLICIES[language][1] for language in ("da", "fi", "ja")),
    HOME,
    "Something went wrong. Please try again later. Go back to the start page.",
    "Sign in. E-mail. Password. Forgotten your password? Create an account.",
    ENGLISH,
    *(f"{ENGLISH} We added point {number} to this policy." for number in range(3)),
    *(ENGLISH.replace("your name", name) for name in ("your age", "what you buy")),
    *(ENGLISH[: len(ENGLISH) * part // 10] for part in (3, 5, 8)),
]


class Everywhere(Findings):
    """What a rule finds that is asked everywhere each time."""

    def __init__(self, rule: StrayRule, runs: Sequence[Run]) -> None:
        super().__init__(rule, runs)
        self.runs = runs

    def look_again(self, removal: Removal) -> None:
        super().look_again(removal)
        self._due += self.runs


def _measured(said: str, language: str, words: int, likely: float) -> Measures:
    text = f"# Policy\n\n{said}"
    return Measures(words, language, likely, partial(passages, text), partial(str, text))


def _known(chance: Random) -> dict[str, Measures]:
    """Two to eight texts, each a policy or what stands in its place, in one language or several."""
    known = {}
    languages = ["en", *chance.choices(["en", "da", "km", "und"], k=2)]
    for number in range(chance.choice([2, 3, 4, 6, 8])):
        said, words = chance.choice(SAID), chance.choice([8, 60, 300, 900])
        likely = chance.choice([0.05, 0.2, 0.3, 0.5, 0.95, 0.95])
        known[str(number)] = _measured(said, chance.choice(languages), words, likely)
    return known


def _seen(chance: Random, texts: Sequence[str]) -> list[Observation]:
    """Texts by turns and by chance, days or months apart."""
    shown: list[str] = []
    for _ in range(chance.choice([2, 4, 6])):
        some = chance.choices(texts, k=chance.choice([1, 2, 2, 3, 5]))
        shown += some * chance.choice([1, 2, 4])
    days = chance.choice([(8,), (10,), (1, 3, 10, 40), (5, 8, 60), (60, 200, 400)])
    gaps = accumulate(chance.choices(days, k=len(shown)))
    return [
        Observation(START + timedelta(days=day), text, place)
        for place, (text, day) in enumerate(zip(shown, gaps, strict=True))
    ]


@pytest.mark.parametrize("seed", range(0, 600, 100))
def test_what_is_set_aside_is_what_it_would_be_if_all_was_looked_at_again(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    histories = []
    for chance in map(Random, range(seed, seed + 100)):
        known = _known(chance)
        histories.append((_seen(chance, list(known)), known.get))
    found = [set_aside.strays(*history) for history in histories]
    monkeypatch.setattr(set_aside, "Findings", Everywhere)
    assert found == [set_aside.strays(*history) for history in histories]


def _aside(*shown: tuple[str, Measures, int]) -> set[str]:
    """What is set aside of texts, each with its name, its measures and the days for which it stood, a month apart."""
    sightings, day = [], 0
    for name, _, days in shown:
        sightings += [Observation(START + timedelta(days=day), name, day)]
        sightings += [Observation(START + timedelta(days=day + days), name, day + days)] if days else []
        day += days + 30
    known = {name: measures for name, measures, _ in shown}
    return {sightings[place].text for place in set_aside.strays(sightings, known.get)}


def test_a_home_page_far_from_a_policy_is_none_once_what_was_nearer_is_none() -> None:
    untold = [(f"{number}", _measured(f"Said {number} in its language.", "km", 500, 0.1), 10) for number in range(3)]
    assert _aside(
        ("policy", _measured(ENGLISH, "en", 900, 0.95), 200),
        ("between", _measured("The shop has moved to another town and opens again in May.", "en", 60, 0.3), 0),
        *untold[:2],
        ("home", _measured(HOME, "en", 60, 0.05), 10),
        *untold[2:],
    ) == {"between", "home"}


def test_texts_in_another_language_are_set_aside_once_what_stood_behind_the_last_of_them_is() -> None:
    danish = [(f"{number}", _measured(f"{DANISH} {number} er nyt.", "da", 900, 0.95), 0) for number in range(4)]
    assert _aside(
        *((f"policy {number}", _measured(f"{ENGLISH} Point {number}.", "en", 900, 0.95), 200) for number in range(3)),
        *danish,
        ("line", _measured("Meet us in town.", "und", 8, 0.5), 0),
        ("again", _measured(f"{ENGLISH} This is new.", "en", 900, 0.95), 200),
    ) == {"line", *(name for name, _, _ in danish)}
