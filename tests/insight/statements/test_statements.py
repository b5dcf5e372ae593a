"""Statements about a change: each kind is made where the redline proves it, and is not made where it leaves a doubt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.cli import main
from harvester.diffing import compare
from harvester.errors import ConfigurationError
from harvester.insight.statements.addresses import links_alike, site_of
from harvester.insight.statements.edits import sentence
from harvester.insight.statements.model import Happened, Statement, StatementKind, as_json
from harvester.insight.statements.quantities import quantities
from harvester.insight.statements.rights import rights
from harvester.insight.statements.rule import Rule, added, fits
from harvester.insight.statements.statements import silence, statements
from harvester.insight.topics.names import names
from tests.support.paths import SAMPLE

BEFORE = (
    "# Privacy\n\nWe are the people who run this service and we take care of what you tell us.\n\n"
    "When you write to us we answer, and that is all that we do with it.\n\n"
)


def made(old: str, new: str) -> list[tuple[str, str, str | None, str | None]]:
    """Return kind, what happened, and the values of the statements about a change of one passage."""
    found = statements(compare(BEFORE + old + "\n", BEFORE + new + "\n"))
    return [(one.kind.value, one.happened.value, one.old, one.new) for one in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "We keep your messages for 30 days after you leave.",
            "We keep your messages for sixty (60) days after you leave.",
            ("period", "changed", "30 days", "sixty (60) days"),
        ),
        (
            "It goes after 30 days, always.",
            "It goes after 30 weeks, always.",
            ("period", "changed", "30 days", "30 weeks"),
        ),
        (
            "You must be at least 16 years old to use this service.",
            "You must be at least 13 years old to use this service.",
            ("age", "changed", "16", "13"),
        ),
        (
            "A copy costs $10 for each request.",
            "A copy costs $25 for each request.",
            ("amount", "changed", "$10", "$25"),
        ),
        (
            "We give 5% of sales away each year.",
            "We give 10% of sales away each year.",
            ("percentage", "changed", "5%", "10%"),
        ),
        (
            "We may tell others what you wrote here.",
            "We will tell others what you wrote here.",
            ("modal", "changed", "may", "will"),
        ),
        ("We do share what you wrote.", "We do not share what you wrote.", ("modal", "added", None, "not")),
        (
            "We work with partners on payments.",
            "We work with payment partners such as Stripeway and Adyenza on payments.",
            ("third-party", "added", None, "Adyenza"),
        ),
        (
            "You can write to us about it.",
            "You can write to us about it. You have the right to data portability under the law.",
            ("right", "added", None, "to data portability"),
        ),
        (
            "You can write to us about it.",
            "You can write to us about it, or to care@example.org if you prefer.",
            ("address", "added", None, "care@example.org"),
        ),
        (
            "Read [the rules](https://a.example/rules) first, please.",
            "Read [the rules](https://b.example/rules) first, please.",
            ("link", "changed", "https://a.example/rules", "https://b.example/rules"),
        ),
        (
            "You can write to us about it.",
            "You can write to us about it. Any dispute goes to binding arbitration.",
            ("topic", "added", None, "Arbitration and Class Actions"),
        ),
    ],
)
def test_a_statement_of_each_kind_is_made_and_made_the_other_way_round(
    old: str, new: str, expected: tuple[str, str, str | None, str | None]
) -> None:
    assert expected in made(old, new)
    kind, happened, was, is_ = expected
    back = {"added": "removed", "changed": "changed"}[happened]
    assert (kind, back, is_, was) in made(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # the value still stands in the other text
        ("We keep it for 30 days. Logs go after 30 days.", "We keep it for 30 days. Logs go after a while."),
        # one month is 30 days in other words
        ("We keep it for 30 days after you leave.", "We keep it for one month after you leave."),
        # the right was granted in other words
        ("You may ask us to delete your data.", "You may use your right to have your data deleted."),
        # an abbreviation is no third party
        ("We work with partners on it.", "We work with partners that read numbers such as IMEI and UDID on it."),
        # a word that is none elsewhere
        ("We work with partners on service.", "We work with partners such as Service on service."),
        # links that lead to the same page
        ("Read [the rules](http://www.a.example/rules/) now.", "Read [the rules](https://a.example/rules) now."),
        # links without a host lead to the archive's
        ("Read [the rules](http://127.0.0.1:80/a) now.", "Read [the rules](http://127.0.0.1:80/b) now."),
        # coded addresses differ with each answer
        (
            "Ask [[email protected]](https://a.example/x#9efaeef1def6ffeeeef0b0f8ec) now.",
            "Ask [[email protected]](https://a.example/x#3f5b4f507f575e4f4f5111594d) now.",
        ),
        # the address was there, hidden from readers without scripts
        ("Ask [email protected] about it.", "Ask care@example.org about it."),
        # may and can are equally strong
        ("We may tell others about it.", "We can tell others about it."),
    ],
)
def test_no_statement_is_made_where_there_is_a_doubt(old: str, new: str) -> None:
    assert made(old, new) == []
    assert made(new, old) == []


def test_a_policy_in_another_language_has_other_words_and_no_new_practices() -> None:
    english = "# Privacy\n\nWe use the data that you give us to run this service and to answer you when you write.\n"
    german = (
        "# Datenschutz\n\nWir nutzen die Daten, die Sie uns geben, um diesen Dienst zu betreiben. "
        "Wir speichern sie 90 Tage und verkaufen keine Daten.\n"
    )
    assert statements(compare(english, german)) == ()


def test_a_step_from_one_value_to_another_is_said_once() -> None:
    old = "It is not for children under the age of 13. We ask if a child wrote."
    new = "It is not for children under the age of 16. We ask if a child under the age of 16 wrote."
    assert made(old, new) == [("age", "changed", "13", "16")]


def test_each_statement_carries_the_sentence_that_proves_it() -> None:
    old = BEFORE + "It is short. We keep your messages for 30 days after you leave. It is so.\n"
    new = BEFORE + "It is short. We keep your messages for 90 days after you leave. It is so.\n"
    [one] = statements(compare(old, new))
    assert one == Statement(
        StatementKind.PERIOD,
        Happened.CHANGED,
        "period: 30 days → 90 days",
        "30 days",
        "90 days",
        "We keep your messages for 30 days after you leave.",
        "We keep your messages for 90 days after you leave.",
    )
    assert as_json(one)["kind"] == "period"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for 30 days", [("period", 720.0)]),
        ("a 12-month period", [("period", 8640.0)]),
        ("thirty (30) calendar days", [("period", 720.0)]),
        ("pendant 36 mois", [("period", 25920.0)]),
        ("children under the age of thirteen", [("age", 13.0)]),
        ("users aged 16 or older", [("age", 16.0)]),
        ("moins de 18 ans", [("age", 18.0)]),
        ("over 100 countries, at least 20 characters", []),
        ("$1,000.50", [("amount", 1000.5)]),
        ("a fee of 25 euros", [("amount", 25.0)]),
        ("2.5 % of it", [("percentage", 2.5)]),
        ("in 2018 years ago", []),
    ],
)
def test_quantities_are_read_with_their_units(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(one.kind.value, one.value[0]) for one in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We use service providers such as Mailbird, Payfast and Acme Analytics.",
            ["Mailbird", "Payfast", "Acme Analytics"],
        ),
        ("Log in with Chirper/Fruit/Searchy as you like.", ["Chirper", "Fruit", "Searchy"]),
        ("We are in Berlin with Anna.", []),
        ("Our partners comply with European Union law.", []),
    ],
)
def test_names_stand_in_a_list_after_a_word_that_says_somebody_else_is_meant(text: str, expected: list[str]) -> None:
    found = list(names(text))
    assert [name for name, _, _ in found] == expected
    assert all(text[start:end] == name for name, start, end in found)


def test_what_leads_to_the_same_page_is_alike_and_a_link_without_a_site_has_none() -> None:
    assert links_alike("http://www.a.example/x/?y=1", "https://a.example/x?y=1")
    assert not links_alike("https://a.example/x", "https://a.example/y")
    assert site_of("https://www.a.example/x") == "a.example"
    for target in ("mailto:a@b.example", "https://web.archive.org/x", "http://127.0.0.1/x", "http://[::1/", "/x"):
        assert site_of(target) == ""


@given(st.text("ab .!?\nÄ1", max_size=900), st.data())
def test_a_sentence_holds_what_it_is_the_sentence_of(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    quoted = sentence(text, start, end)
    assert " ".join(text[start:end].split()) in quoted
    assert len(quoted) <= 400


_PARTS = st.sampled_from(
    ["We may keep it for 30 days.", "We keep it for 2 years.", "Ask a@b.example.", "partners such as Mailbird.",
     "## 1. X", "You may opt out of sale.", "under 13", "$5", "[x](https://a.example)", "* 10 %", "Wir 3 Tage."]
)  # fmt: skip
_TEXTS = st.lists(_PARTS, max_size=8).map("\n\n".join)


@settings(deadline=None)
@given(_TEXTS, _TEXTS)
def test_what_is_stated_stands_on_its_side_and_equal_texts_have_no_statements(old: str, new: str) -> None:
    assert statements(compare(old, old)) == ()
    for one in statements(compare(old, new)):
        assert (one.old is None) == (one.happened is Happened.ADDED)
        assert (one.new is None) == (one.happened is Happened.REMOVED)
        assert one.new_passage or one.happened is Happened.REMOVED
        assert one.old_passage or one.happened is Happened.ADDED


def test_diff_prints_the_statements_as_json(sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(SystemExit):
        main(["--config", str(SAMPLE), "--data", str(sample_data), "diff", "kettle.example", "1", "latest", "--json"])
    shown = json.loads(capfdbinary.readouterr().out)
    assert shown["statements"]
    assert all(one["kind"] in set(StatementKind) for one in shown["statements"])


def test_log_says_in_plain_words_what_each_change_did(
    sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    arguments = ["--config", str(SAMPLE), "--data", str(sample_data), "log", "kettle.example", "--statements"]
    with pytest.raises(SystemExit):
        main([*arguments, "--json"])
    versions = json.loads(capfdbinary.readouterr().out)
    assert versions[0]["statements"] == []
    texts = [one["text"] for version in versions for one in version["statements"]]
    assert texts
    with pytest.raises(SystemExit):
        main(arguments)
    printed = capfdbinary.readouterr().out.decode()
    assert all(f"  {text}\n" in printed for text in texts)


def test_a_rule_finds_the_words_that_an_edit_brought_or_took_and_not_those_that_stayed() -> None:
    old = BEFORE + "We never sell it. You decide.\n\nAsk us about it when you like.\n"
    new = BEFORE + "We may sell it, so do  not Sell applies. You decide.\n\nAsk us about it when you like.\n"
    change, back = compare(old, new), compare(new, old)
    assert fits(Rule(added="DO NOT sell"), change)
    assert fits(Rule(removed="do not sell"), back)
    assert list(added("do not sell", change)) == ["We may sell it, so do not Sell applies."]
    for rule in (
        Rule(added="you decide"),
        Rule(removed="do not sell"),
        Rule(added="do not sel"),
        Rule(added="sell it"),
    ):
        assert not fits(rule, change)
    assert not fits(Rule(added="do not sell", statement=StatementKind.AGE), change)
    with pytest.raises(ConfigurationError, match="give a phrase"):
        fits(Rule(added=" "), change)


def test_changes_lists_only_what_fits_however_far_back(
    sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def listed(*arguments: str) -> list[dict[str, Any]]:
        with pytest.raises(SystemExit):
            main(["--config", str(SAMPLE), "--data", str(sample_data), "changes", *arguments, "--json"])
        found: list[dict[str, Any]] = json.loads(capfdbinary.readouterr().out)
        return found

    everything = listed("--limit", "1000")
    kinds = {one["kind"] for row in everything for one in row["statements"]}
    assert kinds
    for kind in sorted(kinds)[::4]:  # one of each of the first families: a kind is asked for like any other
        fitting = [row for row in everything if any(one["kind"] == kind for one in row["statements"])]
        assert listed("--statement", kind, "--limit", "1000") == fitting
        assert listed("--statement", kind, "--limit", "1") == fitting[:1]
    assert listed("--added", "legitimate interest")
    assert listed("--removed", "words that nobody wrote") == []


def test_a_kind_of_statement_that_is_none_is_named_with_those_that_are(
    sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--config", str(SAMPLE), "--data", str(sample_data), "changes", "--statement", "periode"])
    assert end.value.code == 2
    assert b"--statement periode: must be one of period, age" in capfdbinary.readouterr().err


@pytest.mark.parametrize("ending", ["", " é"], ids=["ascii", "beyond ascii"])
def test_each_right_is_found_by_the_words_that_name_it(ending: str) -> None:
    said = {
        "You have the right to ACCESS your data.": "to access your data",
        "You have the right to rectify it.": "to have data corrected",
        "You have the right to correct it.": "to have data corrected",
        "You have the right to be forgotten.": "to have data deleted",
        "You have the right to erase it.": "to have data deleted",
        "You have a right to portability.": "to data portability",
        "You have the right to restrict processing.": "to restrict processing",
        "You have the right to object.": "to object to processing",
        "You may withdraw your consent.": "to withdraw consent",
        "You may lodge a complaint with the authority.": "to complain to an authority",
        "You may optout of the sale.": "to opt out of sale",
        "Do Not Sell my data.": "to opt out of sale",
        "You may opt-out of targeted ads.": "to opt out of targeted advertising",
        "Limit the use of my sensitive data.": "to limit the use of sensitive data",
        "You may submit an appeal.": "to appeal a decision",
        "You have the right to non-discrimination.": "not to be discriminated against",
        "You may use an authorised agent.": "to use an authorized agent",
        "You may ask for human review.": "to human review of automated decisions",
        "A decision based solely on automated means: you are subject to a decision based solely on automated means.": (
            "to human review of automated decisions"
        ),
        "You may unsubscribe.": "to unsubscribe",
    }
    for text, right in said.items():
        assert {name for name, _, _ in rights(text + ending)} == {right}, text


@pytest.mark.parametrize(
    ("kind", "language", "is_said"),
    [
        ("substantive", "fr", True),
        ("substantive", "en", False),
        ("substantive", "und", False),
        ("substantive", None, False),
        ("minor", "fr", False),
        (None, "fr", False),
    ],
)
def test_where_a_language_is_not_read_the_silence_is_explained(
    kind: str | None, language: str | None, is_said: bool
) -> None:
    assert bool(silence(kind, language)) == is_said


@pytest.mark.parametrize("said", ["unsubscribe", "UNSUBSCRIBE", "unſubſcribe", "unsubscrıbe", "UNSUBSCRİBE"])
@pytest.mark.parametrize("before", ["", "You’re free – as ever – to ", "Sie können "])
def test_a_right_is_found_in_letters_of_any_script_and_case(before: str, said: str) -> None:
    assert [name for name, *_ in rights(before + said)] == ["to unsubscribe"]
