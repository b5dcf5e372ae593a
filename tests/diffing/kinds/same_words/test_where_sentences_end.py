"""A full stop that moves gives words to another sentence; one that was only forgotten does not."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "We never sell your data. For marketing we use cookies.",
            "We never sell your data for marketing. We use cookies.",
        ),
        ("We do not share it. Without consent we delete it.", "We do not share it without consent. We delete it."),
        ("You may object! At any time we may act.", "You may object at any time! We may act."),
        ("Wir geben nichts weiter. Ohne Grund löschen wir.", "Wir geben nichts weiter ohne Grund. Löschen wir."),
        ("Nous ne vendons rien. Sans accord nous effaçons.", "Nous ne vendons rien sans accord. Nous effaçons."),
        ("No vendemos datos. Sin permiso borramos.", "No vendemos datos sin permiso. Borramos."),
        ("Мы не передаём данные. Без согласия удаляем.", "Мы не передаём данные без согласия. Удаляем."),
        ("当社は販売しません。広告のために利用します。", "当社は販売しません広告のために。利用します。"),
        ("We ask. Only then we share it.", "We ask only then. We share it."),
    ],
)
def test_another_end_of_a_sentence_is_substantive(old: str, new: str) -> None:
    change = between(old, new)
    assert change.kind is Kind.SUBSTANTIVE
    assert change.reasons == ("a sentence ends elsewhere",)
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We use cookies We log visits.", "We use cookies. We log visits."),
        ("Cookies, logs etc. are kept.", "Cookies, logs etc are kept."),
        ("We use cookies", "We use cookies."),
        ("Acme Inc. is here.", "Acme Inc is here."),
        ("We log. We ask.", "We log.. We ask."),
    ],
)
def test_a_full_stop_that_was_forgotten_is_minor(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR
