"""What is no policy makes no version in any language, also at the end of a history; what is one always does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from harvester.cleaner.quality import assess
from harvester.store.history.likeness import Measures, passages
from harvester.store.history.versions import Observation, versions
from tests.support.store.in_languages import NOTICES, POLICIES

START = datetime(2018, 1, 1, tzinfo=UTC)
ENGLISH = (
    "Privacy policy",
    "We collect personal information such as your name and your email address when you use our website. We use"
    " cookies. "
    "We do not share your information with third parties without your consent. You may contact us to delete your"
    " data.",
)


def shown(*pages: tuple[str, tuple[str, str]]) -> list[str]:
    """Return the names of the versions, of three captures of each page; measured as when a page is stored."""
    known: dict[str, Measures] = {}
    observations: list[Observation] = []
    for place, (name, (title, said)) in enumerate(pages):
        text, quality = f"# {title}\n\n{said}", assess(title, said)
        found = passages(text)
        known[name] = Measures(
            quality.words,
            quality.language,
            quality.policy_likelihood,
            lambda found=found: found,  # type: ignore[misc]
            lambda text=text: text,  # type: ignore[misc]
        )
        for capture in range(3):
            day = START + timedelta(days=100 * place + 20 * capture)
            observations.append(Observation(day, name, len(observations)))
    return [one.text for one in versions(observations, known.get)]


def revised(language: str) -> tuple[str, str]:
    title, said = POLICIES[language]
    return title, f"{said} 2024/17."


@pytest.mark.parametrize("language", POLICIES)
@pytest.mark.parametrize("which", ["missing", "login"])
def test_what_stands_in_the_place_of_a_policy_makes_no_version(language: str, which: str) -> None:
    policy, page = ("policy", POLICIES[language]), ("page", NOTICES[language][which])
    assert shown(policy, page) == ["policy"]
    assert shown(policy, page, ("later", revised(language))) == ["policy", "later"]


@pytest.mark.parametrize("language", POLICIES)
def test_a_policy_in_another_language_is_a_version(language: str) -> None:
    english, other = ("english", ENGLISH), ("other", POLICIES[language])
    assert shown(english, other) == ["english", "other"]
    assert shown(other, english) == ["other", "english"]


@pytest.mark.parametrize("language", POLICIES)
def test_a_policy_that_was_written_again_is_a_version(language: str) -> None:
    title, said = POLICIES[language]
    halves = said[: len(said) // 2], said[len(said) // 2 :]
    again = "x ".join((*halves[::-1], *halves)).replace(". ", "; ").replace("。", "、").replace("। ", "; ")
    assert shown(("old", (title, said)), ("new", (title, again))) == ["old", "new"]
