"""A switch of language is no alarm where the new text may be a translation, and one where it cannot be."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from harvester.store.admin.verify_history import history_problems
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.history.likeness import Measures, facts, may_translate
from harvester.store.schema import Change
from tests.support.store.rows import NOW, a_capture, a_source, a_text
from tests.support.store.spoken import SAID, long

START = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
KEPT = "2016/679, 25.05.2018, 30, 90, dpo@a.example"
OTHERS = "1978, 17-12, 06.01.2019, 45, 120, cnil@b.example"
SPOKEN = ["en", "de", "tr", "ru"]


def text(language: str, said: str = KEPT, longs: int = 1) -> str:
    return f"# {said[:5]}\n\n" + "\n\n".join([long(language)] * longs) + f"\n\n({said})\n"


def kinds(database: Database, *texts: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the kinds of the changes between texts in languages, each with its first reason; the second text has nine
    captures, the others three.
    """
    with database.writing() as session:
        source = a_source(session)
        for place, (language, comparable) in enumerate(texts):
            a_text(session, comparable, language)
            for day in range(0, 90, 10 if place == 1 else 30):
                a_capture(session, source, START + timedelta(days=100 * place + day), comparable)
        refresh(session, source.service_id, now=NOW)
        assert not list(history_problems(session, source.service_id))
        changes = session.scalars(select(Change).order_by(Change.before))
        return [(change.kind, (change.reasons or [""])[0]) for change in changes]


SWITCH = ("language", "the policy is in another language from then on")
REPLACED = ("substantive", "another policy in another language: it is no translation of the one before it")


@pytest.mark.parametrize(("one", "other"), [*pairwise(SPOKEN), ("ru", "en")])
def test_a_translation_is_no_alarm(database: Database, one: str, other: str) -> None:
    assert kinds(database, (one, text(one)), (other, text(other))) == [SWITCH]


@pytest.mark.parametrize("other", SPOKEN[1:])
def test_a_text_that_is_far_shorter_is_no_translation(database: Database, other: str) -> None:
    assert kinds(database, ("en", text("en", longs=9)), (other, text(other))) == [REPLACED]


@pytest.mark.parametrize("other", SPOKEN[1:])
def test_a_text_that_is_far_longer_is_no_translation(database: Database, other: str) -> None:
    assert kinds(database, (other, text(other)), ("en", text("en", longs=9))) == [REPLACED]


@pytest.mark.parametrize("other", SPOKEN[1:])
def test_a_text_with_other_figures_and_addresses_is_no_translation(database: Database, other: str) -> None:
    assert kinds(database, ("en", text("en")), (other, text(other, OTHERS))) == [REPLACED]


def test_behind_another_policy_each_text_is_compared_with_the_last_in_its_own_language(database: Database) -> None:
    # The policy came back, and says more than before it was gone.
    later = text("en") + "\nWe share your data with our partners.\n"
    found = kinds(database, ("en", text("en")), ("tr", text("tr", OTHERS)), ("en", later))
    assert found == [REPLACED, ("substantive", 'added: "We share your data with our partners."')]


@pytest.mark.parametrize(("said", "told"), [(KEPT, SWITCH), (OTHERS, REPLACED)])
@pytest.mark.parametrize("other", SPOKEN[1:])
def test_a_stale_copy_in_the_former_language_hides_no_other_policy(
    database: Database, other: str, said: str, told: tuple[str, str]
) -> None:
    before, after = text("en"), text(other, said)
    shown = {0: before, 30: before, 60: before, 100: after, 130: before, 160: after, 190: after, 220: after}
    with database.writing() as session:
        source = a_source(session)
        a_text(session, before, "en")
        a_text(session, after, other)
        for day, each in shown.items():
            a_capture(session, source, START + timedelta(days=day), each)
        refresh(session, source.service_id, now=NOW)
        assert not list(history_problems(session, source.service_id))
        changes = session.scalars(select(Change).order_by(Change.before))
        assert [(change.kind, (change.reasons or [""])[0]) for change in changes] == [told]


def test_filler_in_latin_is_no_language_of_the_policy(database: Database) -> None:
    filler = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt. " * 12
    [(kind, _)] = kinds(database, ("la", f"# Lorem\n\n{filler}"), ("de", text("de")))
    assert kind == "substantive"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Effective 25 May 2018, for 30 days.", "Stan na 25.5.2018, przez 30 dni."),
        ("Write to Info@A.example within 14 days.", "ت: info@a.example خلال ١٤ يومًا."),
        ("More than 1,000 people.", "Über 1.000 Menschen."),
        ("[Write](mailto:info@a.example) to 12 High Street.", "12 High Street, info@a.example"),
    ],
)
def test_figures_and_addresses_are_the_same_in_every_language(one: str, other: str) -> None:
    assert facts(one) <= facts(other)


def test_a_few_facts_tell_nothing() -> None:
    one = Measures(500, "en", 0.9, frozenset, lambda: "10 11 12 13")
    other = Measures(500, "de", 0.9, frozenset, lambda: "20 21 22 23 24 25")
    assert may_translate(one, other)
    assert may_translate(other, one)


def test_every_translation_may_be_one() -> None:
    texts = {code: Measures(len(said.split()), code, 0.9, frozenset) for code, said in SAID.items() if code != "ja"}
    assert all(may_translate(one, other) for one in texts.values() for other in texts.values())
