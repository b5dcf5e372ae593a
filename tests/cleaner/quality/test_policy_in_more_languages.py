"""Policies and what stands in their place are told apart in languages that the first phrases were not made for."""

from __future__ import annotations

import pytest

from harvester.cleaner.quality import assess, policy, policy_in_more_languages, prose
from harvester.store.outcome import LIKELIHOOD_KNOWS, NO_POLICY
from tests.support.store.in_languages import NOTICES, POLICIES
from tests.support.store.spoken import SAID

FIRST = frozenset("en fr de es it pt nl".split())  # noqa: SIM905
CLEAR = 0.6
ALIKE = {"no": {"da", "no"}, "sk": {"cs", "sk"}, "zh-tw": {"zh"}, "hi": {"hi", "ne", "mr"}}
"""The languages for which a short text in another one may be taken."""
KINDS = {"moved": "soft-404", "missing": "soft-404", "consent": "consent-dialog"}


def test_the_likelihood_knows_the_languages_of_its_phrases() -> None:
    assert policy_in_more_languages.languages() | FIRST == LIKELIHOOD_KNOWS
    assert not policy_in_more_languages.languages() & FIRST


@pytest.mark.parametrize("language", POLICIES)
@pytest.mark.parametrize("is_titled", [True, False])
def test_a_policy_is_one_in_every_language(language: str, is_titled: bool) -> None:
    title, text = POLICIES[language]
    quality = assess(title if is_titled else "Kettle", text)
    assert quality.policy_likelihood >= CLEAR
    assert quality.language in ALIKE.get(language, {language})
    assert quality.page_kind == "policy-or-text"


@pytest.mark.parametrize("language", POLICIES)
@pytest.mark.parametrize("which", ["moved", "missing", "forbidden", "loading", "wall", "login", "consent"])
def test_a_notice_is_told_by_its_words_in_every_language(language: str, which: str) -> None:
    quality = assess(*NOTICES[language][which])
    assert quality.page_kind == KINDS.get(which, "block-page")
    assert quality.policy_likelihood < 0.5


@pytest.mark.parametrize("language", POLICIES)
def test_a_policy_that_says_all_that_notices_say_is_a_policy(language: str) -> None:
    title, text = POLICIES[language]
    said = "\n\n".join([text, *(each for _, each in NOTICES[language].values())])
    assert assess(title, said).page_kind == "policy-or-text"
    assert assess("Kettle", said).page_kind == "policy-or-text"


@pytest.mark.parametrize("language", POLICIES)
def test_a_short_policy_that_the_likelihood_does_not_know_is_no_notice(language: str) -> None:
    from harvester.cleaner.quality.page_kind import page_kind

    title, text = POLICIES[language]
    assert page_kind(title, text, len(prose.words(text)), is_policy=False)[0] == "policy-or-text"


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_likelihood_in_the_first_languages_is_by_their_phrases_alone(language: str) -> None:
    words = prose.words(SAID[language])
    quality = assess("Datenschutz", SAID[language])
    counts = {word: words.count(word) for word in words}
    assert quality.language == language
    assert quality.policy_likelihood == policy.likelihood(["datenschutz"], words, counts)


def test_a_home_page_is_no_policy() -> None:
    said = "Träffa nya vänner nära dig. Ladda ner appen gratis och börja redan i dag. Två miljoner medlemmar väntar."
    assert assess("Kettle", said).policy_likelihood <= NO_POLICY


@pytest.mark.parametrize(("words", "may_be"), [(149, True), (150, False)])
def test_a_long_text_without_a_phrase_is_in_another_language_than_was_detected(words: int, may_be: bool) -> None:
    assert policy_in_more_languages.likelihood("et", [], ["kwaye"] * words)[1] is may_be


def test_hungarian_is_not_taken_for_portuguese() -> None:
    """It has the "a" and "e" of Portuguese, in many of its words."""
    said = (
        "A felhasználó a fiókját a beállítások között törölheti, és a törlés a kérés napján a rendszerben is"
        " megtörténik. "
        "A hirdetések a látogató érdeklődését és a böngésző adatait követik, e célból a partnerek a sütiket a"
        " látogatás "
        "végéig használják. A panaszt a felügyeleti hatósághoz vagy a bírósághoz lehet benyújtani, a döntés a"
        " jogorvoslat "
        "lehetőségét nem érinti. "
    )
    assert assess("", f"{POLICIES['hu'][1]} {said * 2}").language == "hu"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Welcome to nginx!", "If you see this page, the nginx web server is successfully installed and working."),
        ("Kettle", "This is the default web page for this server."),
        ("Apache2 Ubuntu Default Page: It works", "It works! This is the welcome page after installation."),
    ],
)
def test_a_server_without_a_site_shows_no_policy(title: str, text: str) -> None:
    assert assess(title, text).page_kind == "parked"
