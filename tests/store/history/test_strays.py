"""What is not the policy that day makes no version, whatever the gaps; a change behind it is told with its bounds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.store.history.likeness import Measures, distance, likeness, passages
from harvester.store.history.versions import Observation, in_order, last_in_language, set_aside, versions
from harvester.store.outcome import LIKELIHOOD_KNOWS
from tests.support.diffing.steps import steps_of

START = datetime(2018, 1, 1, tzinfo=UTC)

POLICY = {
    "en": "We collect your name and your address. We use them to deliver what you order. We do not sell your data. "
    "You may ask us to delete what we hold about you. We keep it for two years. Cookies remember your settings.",
    "fr": "Nous recueillons votre nom et votre adresse. Nous les utilisons pour livrer vos commandes. Nous ne vendons "
    "pas vos données. Vous pouvez demander leur effacement. Nous les gardons deux ans. Les cookies gardent vos choix.",
    "de": "Wir erheben Ihren Namen und Ihre Anschrift. Wir nutzen sie für die Lieferung. Wir verkaufen Ihre Daten "
    "nicht. Sie können die Löschung verlangen. Wir bewahren sie zwei Jahre auf. Cookies merken sich Einstellungen.",
    "es": "Recogemos su nombre y su dirección. Los usamos para entregar sus pedidos. No vendemos sus datos. Puede "
    "pedir que los borremos. Los guardamos dos años. Las cookies recuerdan sus preferencias.",
    "it": "Raccogliamo il suo nome e il suo indirizzo. Li usiamo per consegnare gli ordini. Non vendiamo i suoi dati. "
    "Può chiederne la cancellazione. Li conserviamo due anni. I cookie ricordano le sue preferenze.",
    "pt": "Recolhemos o seu nome e a sua morada. Usamos esses dados para entregar encomendas. Não vendemos os seus "
    "dados. Pode pedir que os apaguemos. Guardamos tudo dois anos. Os cookies lembram as suas preferências.",
    "nl": "Wij verzamelen uw naam en uw adres. Wij gebruiken ze om te leveren. Wij verkopen uw gegevens niet. U kunt "
    "om verwijdering vragen. Wij bewaren ze twee jaar. Cookies onthouden uw instellingen.",
    "ja": "当社はお名前と住所を収集します。商品の配送に使用します。"
    "データを販売しません。削除を請求できます。二年間保存します。設定はクッキーに保存します。",
}
"""A policy in eight languages, invented."""
OTHER = {
    "home": "Meet people near you. Download the app. Join two million members today. Read their stories.",
    "error": "Something went wrong. Please try again later. Go back to the start page.",
    "sign-in": "Sign in. E-mail. Password. Forgotten your password? Create an account.",
    "consent": "We value your privacy. Accept all. Reject all. Manage preferences. Our 812 partners.",
    "wall": "Checking your browser before you continue. This takes a few seconds.",
    "basics": "Privacy in short. Four things to know. Your choices. Questions and answers.",
}
"""What stands at an address in place of the policy, invented."""


class History:
    """Observations by day, and what is known of their texts."""

    def __init__(self) -> None:
        self.observations: list[Observation] = []
        self.known: dict[str, Measures] = {}

    def at(
        self,
        name: str,
        said: str,
        *days: float,
        language: str = "en",
        likely: float = 0.95,
        words: int = 0,
        of_data: bool = False,
    ) -> None:
        text = f"# {said[:12]}\n\n{said}"
        found = passages(text)
        self.known[name] = Measures(words or 20 * len(found), language, likely, lambda: found, lambda: text)
        for day in days:
            when, number = START + timedelta(days=day), len(self.observations)
            self.observations.append(Observation(when, name, number, of_data=of_data))

    def shown(self) -> list[tuple[str, float, float]]:
        return [
            (one.text, (one.first_seen - START) / timedelta(days=1), (one.last_seen - START) / timedelta(days=1))
            for one in versions(self.observations, self.known.get)
        ]

    def aside(self) -> dict[str, str]:
        named = {each.capture_id: each.text for each in self.observations}
        return {named[number]: why for number, why in set_aside(self.observations, self.known.get).items()}


def revised(text: str, number: int) -> str:
    return f"{text} We added point {number} to this policy."


@pytest.mark.parametrize("language", POLICY)
@pytest.mark.parametrize("page", OTHER)
def test_another_page_at_the_address_makes_no_version_for_however_long(language: str, page: str) -> None:
    history = History()
    history.at("before", POLICY[language], 0, 100, 200, language=language)
    history.at("stray", OTHER[page], 260, 330, 400, likely=0.05, words=25)
    history.at("after", revised(POLICY[language], 2), 500, 600, language=language)
    assert history.shown() == [("before", 0, 200), ("after", 500, 600)], "the change behind the stretch is told"
    assert set(history.aside()) == {"stray"}


@pytest.mark.parametrize("language", POLICY)
@pytest.mark.parametrize("words", [8, 60])
def test_a_line_between_the_policies_of_two_owners_makes_no_version(language: str, words: int) -> None:
    history = History()
    history.at("before", POLICY[language], 0, 100, 200, language=language, words=900)
    history.at("joined", "We are now part of another company.", 300, language=language, likely=0.5, words=words)
    history.at("parents", POLICY["fr" if language == "en" else "en"], 400, 500, language=language, words=800)
    assert ("joined" in history.aside()) is (words == 8), "what says more may be the policy"


@pytest.mark.parametrize("language", POLICY)
def test_pages_that_differ_at_every_capture_are_set_aside_together(language: str) -> None:
    history = History()
    history.at("before", POLICY[language], 0, 100, language=language)
    for number in range(5):
        history.at(
            f"home {number}", f"{number} people are online. {OTHER['home']}", 150 + 30 * number, likely=0.1, words=25
        )
    history.at("after", POLICY[language] + " Point nine.", 400, language=language)
    assert [one[0] for one in history.shown()] == ["before", "after"]
    assert len(history.aside()) == 5


@pytest.mark.parametrize("language", POLICY)
def test_a_rewritten_policy_is_a_version_even_when_nothing_of_the_old_one_is_left(language: str) -> None:
    history = History()
    history.at("old", POLICY[language], 0, 100, language=language)
    history.at("new", "Everything was written again. " + POLICY[language][::-1], 200, language=language)
    history.at(
        "newer", "Everything was written again. " + POLICY[language][::-1] + " And more.", 300, language=language
    )
    assert [one[0] for one in history.shown()] == ["old", "new", "newer"]


def test_a_page_that_is_no_policy_needs_nothing_after_it_to_be_known() -> None:
    history = History()
    history.at("root", OTHER["home"], 0, 30, likely=0.08)
    history.at("policy", POLICY["en"], 100, 200)
    history.at("closed", OTHER["sign-in"], 300, 400, likely=0.04)
    assert history.shown() == [("policy", 100, 200)]
    assert set(history.aside().values()) == {"not a policy, at an address that showed one"}


def test_a_page_that_is_no_policy_between_two_rewritten_ones_is_known_too() -> None:
    history = History()
    history.at("old", POLICY["en"], 0)
    history.at("home", OTHER["home"], 100, likely=0.08)
    history.at("new", POLICY["en"][::-1], 200)
    assert history.shown() == [("old", 0, 0), ("new", 200, 200)]


@pytest.mark.parametrize("pages", [1, 3])
@pytest.mark.parametrize("language", [one for one in POLICY if one in LIKELIHOOD_KNOWS])
def test_a_home_page_between_two_rewritten_texts_that_are_far_likelier_policies_is_none(
    language: str, pages: int
) -> None:
    history = History()
    history.at("old", POLICY[language], 0, 60, language=language, likely=0.44)
    for page in range(pages):
        history.at(f"home {page}", f"{page} more. {OTHER['home']}", 100 + page, language=language, likely=0.05)
    history.at("new", rewritten(language), 200, 260, language=language, likely=0.52)
    assert history.shown() == [("old", 0, 60), ("new", 200, 260)]


@pytest.mark.parametrize(
    ("likely", "sides", "language", "days"),
    [
        (0.2, 0.5, "en", (100,)),
        (0.05, 0.3, "en", (100,)),
        (0.05, 0.5, "ja" if "ja" not in LIKELIHOOD_KNOWS else "km", (100,)),
        (0.05, 0.5, "en", (100, 190, 290)),  # in force for half a year
    ],
)
def test_a_text_between_two_others_that_are_no_clear_policies_may_be_the_policy(
    likely: float, sides: float, language: str, days: tuple[int, ...]
) -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 60, language=language, likely=sides)
    history.at("between", OTHER["home"], *days, language=language, likely=likely)
    history.at("new", rewritten("en"), 400, language=language, likely=sides)
    assert [one[0] for one in history.shown()] == ["old", "between", "new"]


def test_a_text_that_shares_a_passage_with_one_beside_it_may_be_the_policy() -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 60, likely=0.5)
    history.at("between", f"{cut(POLICY['en'], 1)} {OTHER['home']}", 100, likely=0.05)
    history.at("new", rewritten("en"), 400, likely=0.5)
    assert [one[0] for one in history.shown()] == ["old", "between", "new"]


def test_a_document_that_is_never_likely_a_policy_keeps_its_versions() -> None:
    history = History()
    history.at("one", "Terms of use. You agree to them.", 0, 50, likely=0.1)
    history.at("two", "Terms of use. You agree to them and pay.", 100, likely=0.12)
    history.at("three", "Conditions. Pay at once.", 200, likely=0.08)
    assert [one[0] for one in history.shown()] == ["one", "two", "three"]


def test_likelihood_says_nothing_in_a_language_that_it_does_not_know() -> None:
    history = History()
    history.at("en", POLICY["en"], 0)
    history.at("km", POLICY["ja"], 100, 200, language="km", likely=0.02)
    assert [one[0] for one in history.shown()] == ["en", "km"]


@pytest.mark.parametrize(
    ("language", "likely", "is_shown"), [("de", 0.2, True), ("de", 0.1, False), ("en", 0.2, False)]
)
def test_a_text_in_another_language_is_no_policy_only_where_it_measures_as_a_home_page(
    language: str, likely: float, is_shown: bool
) -> None:
    history = History()
    history.at("policy", POLICY["en"], 0, 100)
    history.at("other", POLICY["de"], 200, 300, language=language, likely=likely)
    assert [one[0] for one in history.shown()] == ["policy", *["other"] * is_shown]


def test_a_page_of_few_words_at_the_end_is_no_policy_in_any_language() -> None:
    history = History()
    history.at("en", POLICY["en"], 0, 100, words=2400)
    history.at(
        "countries", "Argentina (español) Sverige (svenska) Eesti (eesti)", 200, language="km", likely=0.05, words=170
    )
    assert [one[0] for one in history.shown()] == ["en"]
    history.at(
        "countries", "Argentina (español) Sverige (svenska) Eesti (eesti)", 210, language="km", likely=0.05, words=300
    )
    assert [one[0] for one in history.shown()] == ["en", "countries"], "a translation may be as short"


@pytest.mark.parametrize(("words", "likely", "is_shown"), [(90, 0.4, False), (90, 0.5, True), (300, 0.4, True)])
def test_what_is_left_of_a_page_without_its_policy_makes_no_version(words: int, likely: float, is_shown: bool) -> None:
    history = History()
    history.at("policy", POLICY["en"], 0, 100, words=2400)
    history.at("menu", "Privacy policy. About us. Newsletters. Contact us.", 200, likely=likely, words=words)
    assert [one[0] for one in history.shown()] == ["policy", *["menu"] * is_shown]


FOOTERS = {
    "en": ("Privacy notice", "Terms of use", "Do not sell my data", "Cookie choices"),
    "de": ("Datenschutzhinweise", "Nutzungsbedingungen", "Cookie-Einstellungen", "Widerruf"),
    "fr": ("Politique de confidentialité", "Conditions", "Gestion des cookies", "Vos droits"),
    "ja": ("プライバシーポリシー", "利用規約", "クッキーの設定", "お問い合わせ"),
}


@pytest.mark.parametrize("language", FOOTERS)
def test_a_menu_of_links_that_reads_like_a_policy_makes_no_version_at_the_end_either(language: str) -> None:
    links = "\n\n".join(f"[{name}](https://a.example/{n})" for n, name in enumerate(FOOTERS[language]))
    for said, is_shown in ((f"{links}\n\n© 2020 Acme", False), ("\n\n".join(FOOTERS[language]), True)):
        history = History()
        history.at("policy", POLICY[language], 0, 100, language=language, words=2400)
        history.at("footer", said, 200, 300, language=language, likely=0.72, words=60)
        assert [one[0] for one in history.shown()] == ["policy", *["footer"] * is_shown]


def test_links_as_long_as_a_tenth_of_the_policy_are_a_version() -> None:
    history = History()
    history.at("policy", POLICY["en"], 0, 100, words=2400)
    history.at("parts", "[What we collect](https://a.example/1)", 200, likely=0.72, words=300)
    assert [one[0] for one in history.shown()] == ["policy", "parts"]


@pytest.mark.parametrize("language", POLICY)
def test_another_policy_at_the_address_for_months_makes_no_version_if_what_was_there_comes_back(language: str) -> None:
    ours, theirs = POLICY[language], f"What another product does. {POLICY[language][::-1]}"
    history = History()
    history.at("ours", ours, 0, 100, language=language, words=500)
    history.at("theirs", theirs, 140, 200, 310, language=language, words=300)
    history.at("ours, revised", revised(ours, 2), 350, 400, language=language, words=510)
    assert history.shown() == [("ours", 0, 100), ("ours, revised", 350, 400)]
    assert "another document" in history.aside()["theirs"]


def test_another_policy_at_the_address_is_a_version_if_it_was_there_for_half_a_year_or_little_comes_back() -> None:
    theirs = f"What another product does. {POLICY['en'][::-1]}"
    history = History()
    history.at("ours", POLICY["en"], 0, 100, words=500)
    history.at("theirs", theirs, 140, 200, 320, words=300)
    history.at("ours, revised", revised(POLICY["en"], 2), 350, 400, words=510)
    assert [one[0] for one in history.shown()] == ["ours", "theirs", "ours, revised"]
    history = History()
    history.at("ours", POLICY["en"], 0, 100, words=500)
    history.at("theirs", theirs, 140, 200, words=300)
    third = f"{POLICY['en'].partition('We do')[0]} Much of this was written again. All that follows is new to you."
    history.at("third", third, 350, 400, words=500)
    assert [one[0] for one in history.shown()] == ["ours", "theirs", "third"]


def test_another_policy_at_the_address_makes_no_version_though_what_came_back_is_rewritten_later() -> None:
    history = History()
    history.at("ours", POLICY["en"], 0, 100, words=500)
    history.at("theirs", f"What another product does. {POLICY['en'][::-1]}", 140, 200, words=300)
    history.at("ours, revised", revised(POLICY["en"], 2), 350, 400, words=500)
    history.at("rewritten", rewritten("en"), 500, 600, words=500)
    assert history.shown() == [("ours", 0, 100), ("ours, revised", 350, 400), ("rewritten", 500, 600)]


@pytest.mark.parametrize("language", POLICY)
def test_a_change_seen_once_between_two_sightings_of_another_policy_is_told(language: str) -> None:
    ours, theirs = POLICY[language], f"What another product does. {POLICY[language][::-1]}"
    history = History()
    history.at("ours", ours, 0, 100, language=language, words=500)
    history.at("theirs", theirs, 140, 240, language=language, words=3000)
    history.at("ours, revised", revised(ours, 2), 190, language=language, words=510)
    history.at("ours, revised again", revised(revised(ours, 2), 3), 350, 400, language=language, words=520)
    assert history.shown() == [("ours", 0, 100), ("ours, revised", 190, 190), ("ours, revised again", 350, 400)]


def test_another_policy_that_comes_and_goes_makes_no_version_however_often() -> None:
    history = History()
    for number in range(5):
        ours = "ours" if number < 3 else "ours, revised"
        said = POLICY["en"] if number < 3 else revised(POLICY["en"], 2)
        history.at(ours, said, *(100 * number + day for day in (0, 20, 40)), words=500)
        theirs = f"What another product does. {POLICY['en'][::-1]} It has number {number}."
        history.at(f"theirs {number}", theirs, 100 * number + 70, words=300)
    history.at("ours, revised", revised(POLICY["en"], 2), 600, words=500)
    assert history.shown() == [("ours", 0, 240), ("ours, revised", 300, 600)]


@pytest.mark.parametrize(("words", "is_shown"), [(240, False), (300, True)])
def test_between_two_texts_that_have_little_in_common_only_a_weak_one_is_another_document(
    words: int, *, is_shown: bool
) -> None:
    third = f"{cut(POLICY['en'], 2)} Much of this was written again. All that follows is new to you. So read it."
    history = History()
    history.at("ours", POLICY["en"], 0, 100, words=500)
    history.at("theirs", f"What another product does. {POLICY['en'][::-1]}", 140, 200, words=words)
    history.at("third", third, 350, 400, words=500)
    assert [one[0] for one in history.shown()] == ["ours", *["theirs"] * is_shown, "third"]


def test_a_revision_that_alters_a_word_in_each_sentence_and_is_taken_back_after_months_is_a_version() -> None:
    revision = POLICY["en"]
    for word, other in (("name", "names"), ("deliver", "send"), ("sell", "rent"), ("hold", "have"), ("two", "six"),
                        ("remember", "keep")):  # fmt: skip
        revision = revision.replace(word, other)
    history = History()
    history.at("ours", POLICY["en"], 0, 100, words=500)
    history.at("each altered", revision, 300, words=500)
    history.at("ours again", POLICY["en"], 700, words=500)
    assert [one[0] for one in history.shown()] == ["ours", "each altered", "ours again"]


def test_a_stale_copy_between_two_captures_of_a_newer_text_makes_no_version() -> None:
    history = History()
    history.at("v1", POLICY["en"], 0, 50)
    history.at("v2", revised(POLICY["en"], 2), 100, 160)
    history.at("v3", revised(POLICY["en"], 3), 220)
    history.observations += [Observation(START + timedelta(days=day), "v1", 90 + day) for day in (280, 281)]
    history.at("v3", revised(POLICY["en"], 3), 340)
    assert [one[0] for one in history.shown()] == ["v1", "v2", "v3"]
    assert "a stale copy" in history.aside()["v1"]


def test_a_stale_copy_right_after_the_change_leaves_the_change_where_it_was() -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 50, 150)
    history.at("new", revised(POLICY["en"], 2), 100, 200, 300)
    assert history.shown() == [("old", 0, 50), ("new", 100, 300)]


@pytest.mark.parametrize("language", POLICY)
def test_half_a_page_makes_no_version(language: str) -> None:
    sentences = POLICY[language]
    history = History()
    history.at("whole", sentences, 0, 60, language=language, words=100)
    history.at("half", sentences[: len(sentences) // 2], 120, language=language, words=50)
    history.at("whole", sentences, 180, language=language, words=100)
    assert history.shown() == [("whole", 0, 180)]
    assert "half a page" in history.aside()["half"]


def rewritten(language: str) -> str:
    """A text that shares no passage with the policy of the language."""
    return " ".join(f"{word}." for word in POLICY[language][::-1].replace(".", " ").split())


@pytest.mark.parametrize("sentences", [1, 2, 3])
@pytest.mark.parametrize("is_of_the_new", [False, True])
@pytest.mark.parametrize("language", POLICY)
def test_a_page_that_broke_off_beside_a_rewritten_policy_makes_no_version(
    language: str, *, is_of_the_new: bool, sentences: int
) -> None:
    old, new = POLICY[language], rewritten(language)
    if is_of_the_new:
        old, new = new, old
    whole = re.findall(r"[^.。]+[.。] ?", POLICY[language])
    half = "".join(whole[:sentences]) + whole[sentences][: len(whole[sentences]) // 2]
    history = History()
    history.at("old", old, 0, 60, language=language, words=100)
    history.at("half", half, 120, language=language, words=20 * sentences)
    history.at("new", new, 180, 240, language=language, words=100)
    assert history.shown() == [("old", 0, 60), ("new", 180, 240)], "the change has the bounds of the whole texts"
    assert "half a page" in history.aside()["half"]


def cut(text: str, sentences: int) -> str:
    return ". ".join(text.split(". ")[:sentences]) + "."


@pytest.mark.parametrize(
    ("said", "words", "days"),
    [
        (cut(POLICY["en"], 3), 50, (120,)),  # it ends with a whole sentence
        (cut(POLICY["en"], 2) + " We sell all of it.", 50, (120,)),
        (cut(POLICY["en"], 2) + " We use them. You may ask.", 50, (120,)),  # two sentences became shorter
    ],
)
def test_what_only_became_shorter_beside_a_rewritten_policy_is_a_version(
    said: str, words: int, days: tuple[int, ...]
) -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 60, words=100)
    history.at("short", said, *days, words=words)
    history.at("new", rewritten("en"), 180, 240, words=100)
    assert [one[0] for one in history.shown()] == ["old", "short", "new"]


def test_a_page_that_broke_off_hides_no_stale_copy_beside_it() -> None:
    new = f"{POLICY['en']} {ADDED['en']}"
    history = History()
    history.at("old", POLICY["en"], 0, 60, words=100)
    history.at("new", new, 100, words=100)
    history.observations.append(Observation(START + timedelta(days=130), "old", 90))
    history.at("half", cut(POLICY["en"], 3) + " You may ask us", 160, words=50)
    history.at("new", new, 200, 300, words=100)
    assert history.shown() == [("old", 0, 60), ("new", 100, 300)]


def test_a_copy_of_the_former_policy_seen_once_between_two_rewritten_ones_hides_neither() -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 60, 120, words=100)
    history.at("new", rewritten("en"), 200, 380, words=100)
    history.observations.append(Observation(START + timedelta(days=420), "old", 90))
    history.at("newer", f"{rewritten('en')[::-1]} {OTHER['basics']} {OTHER['consent']}", 500, 560, words=100)
    shown = [one[0] for one in history.shown()]
    assert shown[:2] == ["old", "new"]
    assert shown[-1] == "newer"


def test_the_last_capture_of_a_history_is_shown_though_it_broke_off() -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 60, words=100)
    history.at("half", cut(POLICY["en"], 3) + " You may ask us", 120, words=50)
    assert [one[0] for one in history.shown()] == ["old", "half"]


ADDED = {
    "en": "We share them with couriers. We note where you are. Advertisers see your age. We keep logs for a month.",
    "fr": "Nous les donnons aux livreurs. Nous notons où vous êtes. Des annonceurs voient votre âge. Tout reste.",
    "de": "Boten erhalten sie. Wir merken uns Ihren Ort. Werbende sehen Ihr Alter. Protokolle bleiben einen Monat.",
    "ja": "配送業者に渡します。現在地を記録します。広告主は年齢を見ます。記録は一か月残ります。",
}


@pytest.mark.parametrize("language", ADDED)
def test_a_stale_copy_beside_a_further_change_makes_no_version(language: str) -> None:
    old = POLICY[language]
    new = f"{old} {ADDED[language]}"
    further = new.replace(ADDED[language][:8], "12345678") + " And more."
    history = History()
    history.at("old", old, 0, 50, language=language)
    history.at("new", new, 100, 160, language=language)
    history.observations.append(Observation(START + timedelta(days=200), "old", 90))
    history.at("further", further, 240, 300, language=language)
    assert history.shown() == [("old", 0, 50), ("new", 100, 160), ("further", 240, 300)]
    assert "a stale copy" in history.aside()["old"]


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (POLICY["en"] + " We sell all of it.", (200,)),  # written on from the earlier text
        (POLICY["en"] + " We share them with couriers. We sell all of it. To all.", (200,)),  # more of it stays gone
        (rewritten("en"), (200,)),
        (f"{POLICY['en']} {ADDED['en']} And more.", (200, 210)),
    ],
)
def test_an_earlier_text_that_returned_is_a_version_if_what_follows_does_not_go_on_from_the_newer_one(
    after: str, days: tuple[int, ...]
) -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 50)
    history.at("new", f"{POLICY['en']} {ADDED['en']}", 100, 160)
    history.observations += [Observation(START + timedelta(days=day), "old", 90 + day) for day in days]
    history.at("after", after, 240, 300)
    assert [one[0] for one in history.shown()] == ["old", "new", "old", "after"]


def test_a_whole_page_that_is_soon_taken_back_is_not_called_half_a_page() -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 60, 140)
    history.at("tried", revised(POLICY["en"], 2), 100)
    assert history.aside() == {"tried": "seen for less than seven days, and taken back in the next text"}


def test_half_a_page_makes_no_version_though_years_lie_between_captures() -> None:
    half = POLICY["en"][: POLICY["en"].index(" You may ask")]
    history = History()
    history.at("whole", POLICY["en"], 0, 2000, words=100)
    history.at("half", half, 1000, words=50)
    assert [one[0] for one in history.shown()] == ["whole"]
    history.at("half", half, 1010, words=50)
    assert [one[0] for one in history.shown()] == ["whole", "half", "whole"], "it was there for more than a week"


def test_a_page_that_ends_in_a_sentence_makes_no_version_however_long_it_was_there() -> None:
    history = History()
    history.at("whole", POLICY["en"], 0, 100, words=100)
    history.at("broken off", POLICY["en"][: POLICY["en"].index(" it for two")], 200, 290, words=90)
    history.at("whole, revised", POLICY["en"].replace("your name", "your full name"), 900, 990, words=100)
    assert history.shown() == [("whole", 0, 100), ("whole, revised", 900, 990)], "also if years lie between captures"
    assert history.aside()["broken off"].startswith("half a page, broken off in a sentence")


def test_a_change_behind_a_few_lines_of_the_policy_has_the_bounds_of_the_whole_texts() -> None:
    history = History()
    history.at("old", POLICY["en"], 0, words=100)
    history.at("lines", POLICY["en"].partition(". ")[0] + ".", 400, words=15)
    history.at("new", POLICY["en"].replace("two years", "five years"), 900, words=100)
    assert [one[0] for one in history.shown()] == ["old", "new"]


CUT = POLICY["en"].index("two years")


@pytest.mark.parametrize("cut", [CUT, CUT + 2, CUT - 3, len(POLICY["en"]) // 2])
@pytest.mark.parametrize("is_new", [False, True])
def test_a_change_beside_a_page_that_breaks_off_has_the_bounds_of_the_whole_texts(cut: int, is_new: bool) -> None:
    long = " ".join(revised("", number) for number in range(12))
    old = f"{long}\n\n{POLICY['en']}"
    new = old.replace("your name", "your full name")
    history = History()
    history.at("old", old, 0, 50, words=200)
    history.at("broken off", (new if is_new else old)[: len(long) + cut], 100, words=180)
    history.at("new", new, 150, 200, words=200)
    assert history.shown() == [("old", 0, 50), ("new", 150, 200)]


def test_what_only_lost_a_paragraph_in_the_middle_did_not_break_off() -> None:
    long = " ".join(revised("", number) for number in range(12))
    old, without = f"{long}\n\n{POLICY['en']}\n\nThe end.", f"{long}\n\nThe end."
    history = History()
    history.at("old", old, 0, 50, words=200)
    history.at("without", without, 100, words=180)
    history.at("new", f"{long} {revised('', 20)} {revised('', 21)}\n\n{POLICY['en']}\n\nThe end.", 150, words=220)
    assert [one[0] for one in history.shown()] == ["old", "without", "new"]


def test_several_texts_within_a_week_between_two_captures_of_one_make_no_version() -> None:
    history = History()
    text = POLICY["en"]
    history.at("before", text, 0, 20)
    history.at("new", revised(text, 1), 30, 40.5, 60)
    history.at("between", revised(text, 2), 40)
    history.at("before", text, 40.2)
    assert history.shown() == [("before", 0, 20), ("new", 30, 60)]
    assert set(history.aside().values()) == {"within seven days between two captures of one text"}


def test_several_texts_between_two_captures_of_one_are_versions_if_they_stay_a_week() -> None:
    history = History()
    text = POLICY["en"]
    history.at("new", text, 0, 20, 60)
    history.at("between", revised(text, 2), 30)
    history.at("other", revised(text, 3), 38)
    assert [name for name, *_ in history.shown()] == ["new", "between", "other", "new"]


def test_a_text_that_is_not_taken_back_is_a_version_however_seldom_it_was_seen() -> None:
    history = History()
    for number in range(6):
        history.at(
            f"v{number}", " ".join([POLICY["en"], *(f"Point {n} is new here." for n in range(number))]), 60 * number
        )
    assert [one[0] for one in history.shown()] == [f"v{number}" for number in range(6)]


def test_a_text_seen_for_a_week_or_more_is_a_version_though_it_is_taken_back() -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 60, 300)
    history.at("tried", revised(POLICY["en"], 2), 100, 108)
    assert [one[0] for one in history.shown()] == ["old", "tried", "old"]


def test_texts_that_alternate_from_month_to_month_are_one_version() -> None:
    history = History()
    history.at("plain", POLICY["en"], 1, 2, 3, *range(0, 600, 60))
    history.at("banner", POLICY["en"] + " We use cookies.", *(day + 30 for day in range(0, 600, 60)))
    assert history.shown() == [("plain", 0, 540)], "the last banner is one more, until it has stood for a week"
    history.at("banner", POLICY["en"] + " We use cookies.", 590, 600)
    assert history.shown() == [("plain", 0, 540), ("banner", 570, 600)]


def test_a_policy_that_came_and_went_twice_for_half_a_year_is_a_version_each_time() -> None:
    history = History()
    history.at("old", POLICY["en"], *range(0, 361, 60), *range(600, 901, 60), *range(1200, 1400, 30))
    history.at("new", revised(POLICY["en"], 7), *range(390, 580, 30), *range(930, 1180, 30))
    assert [one[0] for one in history.shown()] == ["old", "new", "old", "new", "old"]


def test_a_revision_withdrawn_after_days_and_published_again_is_told_when_it_stays() -> None:
    history = History()
    history.at("old", POLICY["en"], *range(0, 100, 5), *range(107, 200, 5))
    history.at("new", revised(POLICY["en"], 7), 101, 104, *range(203, 300, 5))
    assert [one[:2] for one in history.shown()] == [("old", 0), ("new", 203)]


@pytest.mark.parametrize("language", POLICY)
def test_a_short_policy_in_force_for_half_a_year_between_two_long_ones_is_a_version(language: str) -> None:
    likely = 0.3 if language == "ja" else 0.95  # of Japanese the likelihood knows little
    summary, after = POLICY[language][::-1][:70], revised(POLICY[language], 2)
    for days, is_version in ((range(400, 1000, 60), True), (range(400, 500, 20), False), ((400, 900), False)):
        history = History()
        history.at("long", POLICY[language], 0, 100, 300, language=language, likely=likely, words=2000)
        history.at("short", summary, *days, language=language, likely=likely, words=300)
        history.at("after", after, 1100, 1200, language=language, likely=likely, words=2000)
        assert ("short" not in history.aside()) is is_version


@pytest.mark.parametrize("language", POLICY)
def test_a_page_in_two_languages_is_one_policy(language: str) -> None:
    other = "de" if language != "de" else "fr"
    both = f"{POLICY[language]} {POLICY[other]}"
    history = History()
    history.at("one", POLICY[language], 0, 100, language=language)
    history.at("both", both, 200, 300, language=other)
    history.at("both, revised", f"{revised(POLICY[language], 3)} {POLICY[other]}", 400, 500, language=language)
    assert [one[0] for one in history.shown()] == ["one", "both", "both, revised"]


LANGUAGES = [code for code in POLICY if code != "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_for_a_while_is_folded_and_each_compared_with_its_own(language: str) -> None:
    history = History()
    history.at("en 1", POLICY["en"], 0, 100)
    history.at("other", POLICY[language], 150, 200, 250, language=language)
    history.at("en 2", POLICY["en"][::-1], 300, 400)
    assert [one[0] for one in history.shown()] == ["en 1", "en 2"], "rewritten meanwhile: still compared with its own"
    assert f"another language: {language}" in history.aside()["other"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [25, 250])
@pytest.mark.parametrize("ends", [False, True])
def test_a_home_page_does_not_tell_the_language_of_the_policy(language: str, words: int, ends: bool) -> None:
    if words == 250 and language not in LIKELIHOOD_KNOWS:
        return
    history = History()
    history.at("en 1", POLICY["en"], 0, 100, words=900)
    history.at(
        "home", f"{POLICY[language][::-1][:60]} {OTHER['home']}", 150, language=language, likely=0.04, words=words
    )
    history.at("en 2", revised(POLICY["en"], 2), 200, 250, words=900)
    if ends:
        history.at(
            "home 2", f"{OTHER['home']} {POLICY[language][::-1][:60]}", 275, language=language, likely=0.04, words=words
        )
    history.at("en 3", revised(POLICY["en"], 3), 300, 350, words=900)
    history.at("other", POLICY[language], 400, 500, 600, 700, 800, 900, 1000, language=language, words=900)
    assert [one[0] for one in history.shown()] == ["en 1", "en 2", "en 3", "other"]
    assert set(history.aside()) == ({"home", "home 2"} if ends else {"home"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_for_good_is_a_version(language: str) -> None:
    history = History()
    history.at("en", POLICY["en"], 0, 100)
    history.at("other", POLICY[language], 200, 300, 400, language=language)
    assert [one[0] for one in history.shown()] == ["en", "other"]
    assert (
        last_in_language(
            in_order(history.observations), history.known.get, versions(history.observations, history.known.get)[1]
        )
        is None
    )


def test_a_switch_for_good_is_compared_with_what_was_last_said_in_that_language() -> None:
    history = History()
    history.at("en", POLICY["en"], 0, 100, 200)
    history.at("fr 1", POLICY["fr"], 150, language="fr")
    history.at("fr 2", revised(POLICY["fr"], 2), 300, 400, language="fr")
    found = versions(history.observations, history.known.get)
    assert [one.text for one in found] == ["en", "fr 2"]
    earlier = last_in_language(in_order(history.observations), history.known.get, found[1])
    assert earlier is not None
    assert earlier.text == "fr 1"


def test_a_name_list_of_unsure_language_is_no_other_language() -> None:
    history = History()
    history.at("en", POLICY["en"], 0, 100)
    history.at("short", "Acme Holding.", 150, 160, language="la", words=2)
    history.at("en 2", POLICY["en"] + " More.", 200)
    assert all("language" not in why for why in history.aside().values())


def test_a_new_title_of_the_page_is_no_version() -> None:
    history = History()
    history.at("policy", POLICY["en"], 0, 100)
    history.at("policies", POLICY["en"], 200, 300)
    first = dict.fromkeys(history.known, "policy")
    assert [one.text for one in versions(history.observations, history.known.get, lambda _: first)] == ["policy"]
    assert set_aside(history.observations, history.known.get, lambda _: first) == {}


def of_the_data(text: str, number: int = 1) -> str:
    """Return the text as the data of its page has it: without its short passages, and with those of menus."""
    return f"Loading. Welcome to our shop number {number}, where you find all. {text[30:]} Thank you for your message."


@pytest.mark.parametrize("language", POLICY)
@pytest.mark.parametrize("texts", [1, 2, 4])
def test_the_data_of_a_page_between_two_captures_that_show_one_text_makes_no_version(language: str, texts: int) -> None:
    history = History()
    history.at("policy", POLICY[language], 0, 100, 200, language=language)
    for number in range(texts):
        said = of_the_data(POLICY[language], number)
        history.at(f"data {number}", said, 230 + 20 * number, 240 + 20 * number, language=language, of_data=True)
    history.at("policy", POLICY[language], 330, 400, language=language)
    assert history.shown() == [("policy", 0, 400)]
    assert set(history.aside().values()) == {"read in the page's data, between two captures that show one text"}


def test_a_change_behind_the_data_of_a_page_is_told_with_its_bounds() -> None:
    history = History()
    history.at("old", POLICY["en"], 0, 100, 200)
    history.at("data", of_the_data(POLICY["en"]), 230, 250, of_data=True)
    history.at("new", POLICY["en"].replace("two years", "ten years"), 300, 400)
    assert [one[0] for one in history.shown()][-1] == "new"
    assert ("old", 0, 200) in history.shown()


@pytest.mark.parametrize(
    ("before", "between", "after"),
    [
        pytest.param("policy", False, "policy", id="what the page shows may be taken back after weeks"),
        pytest.param("policy", True, "amended", id="what was in the data stays"),
        pytest.param("policy", True, None, id="nothing is known of what follows"),
        pytest.param(None, True, "policy", id="nothing is known of what was before"),
    ],
)
def test_else_the_data_of_a_page_is_a_version(before: str | None, between: bool, after: str | None) -> None:
    said = {"policy": POLICY["en"], "amended": f"{POLICY['en']} We sell your data. You cannot ask us not to."}
    history = History()
    if before:
        history.at(before, said[before], 0, 100, 200)
    history.at("data", of_the_data(said["amended"]), 230, 250, 270, of_data=between)
    if after:
        history.at(after, said[after], 330, 400)
    assert "data" in [one[0] for one in history.shown()]


def test_data_at_both_sides_of_data_is_a_history_of_its_own() -> None:
    history = History()
    history.at("one", of_the_data(POLICY["en"], 1), 0, 50, of_data=True)
    history.at("two", of_the_data(POLICY["en"], 2), 100, 150, of_data=True)
    history.at("one", of_the_data(POLICY["en"], 1), 200, 250, of_data=True)
    assert [one[0] for one in history.shown()] == ["one", "two", "one"]


def test_likeness_and_distance_weigh_what_differs() -> None:
    one, other = passages("# T\n\nFirst. Second one."), passages("# T\n\nSECOND *one*. Third!")
    assert distance(one, other) == len("first") + len("third")
    assert likeness(one, other) == pytest.approx(11 / 21)
    assert likeness(frozenset(), frozenset()) == 0


TEXTS: dict[str, tuple[str, str, float, int]] = {
    "A": (POLICY["en"], "en", 0.95, 120),
    "B": (revised(POLICY["en"], 2), "en", 0.95, 125),
    "C": (POLICY["en"][::-1], "en", 0.9, 120),
    "F": (POLICY["fr"], "fr", 0.9, 120),
    "G": (revised(POLICY["fr"], 2), "fr", 0.9, 125),
    "H": (OTHER["home"], "en", 0.05, 25),
    "L": (POLICY["en"][:100], "en", 0.5, 50),
    "T": ("Terms of use. Pay at once.", "en", 0.4, 110),
}
MEASURES = {
    name: Measures(words, language, likely, partial(passages, said))
    for name, (said, language, likely, words) in TEXTS.items()
}
drawn = st.lists(
    st.tuples(st.one_of(st.integers(0, 60), st.integers(0, 1500)), st.sampled_from(sorted(TEXTS))), max_size=24
).map(
    lambda rows: [Observation(START + timedelta(days=day), text, 10 * day, of_data=day % 3 == 0) for day, text in rows]
)


@given(drawn, st.randoms())
def test_any_order_and_any_repeats_set_the_same_aside(observations: list[Observation], chance: object) -> None:
    shuffled = observations + observations[::2]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert versions(shuffled, MEASURES.get) == versions(observations, MEASURES.get)
    assert set_aside(shuffled, MEASURES.get) == set_aside(observations, MEASURES.get)


@given(drawn)
def test_every_observation_is_in_a_version_or_set_aside(observations: list[Observation]) -> None:
    found = versions(observations, MEASURES.get)
    aside = set_aside(observations, MEASURES.get)
    assert sum(one.captures for one in found) + len(aside) == len(in_order(observations))
    assert bool(found) == bool(observations), "a history is never empty for what was set aside"
    for one, next_one in pairwise(found):
        assert one.first_seen <= one.last_seen < next_one.first_seen
        assert one.text != next_one.text


@given(drawn)
def test_unfolded_nothing_is_set_aside(observations: list[Observation]) -> None:
    assert versions(observations, MEASURES.get, unfold=True) == versions(observations, unfold=True)


def test_a_former_version_that_ends_in_a_sentence_of_the_next_is_no_half_page() -> None:
    history, ends = History(), POLICY["en"][: POLICY["en"].index(" it for two")]
    history.at("former", ends, 0, 800, words=60)
    history.at("longer", POLICY["en"], 600, 700, words=100)
    history.at("rewritten", OTHER["home"] + POLICY["en"][::-1], 1400, words=100)
    assert [one[0] for one in history.shown()] == ["former", "longer", "former", "rewritten"]
    history.at("cut", POLICY["en"][: POLICY["en"].index(" for two")], 750, words=60)
    assert "half a page" in history.aside()["cut"]


def test_texts_that_alternate_with_one_are_counted_once_for_all_of_them() -> None:
    def seen(times: int) -> list[Observation]:
        texts = [text for number in range(times) for text in ("policy", f"other {number}")]
        return [Observation(START + timedelta(days=10 * n), text, n) for n, text in enumerate(texts)]

    few, many = (steps_of(partial(set_aside, seen(times))) for times in (40, 160))
    assert many <= 1.5 * 4**2 * few  # all is looked at afresh after each stray; that and a count for each had 4**3
