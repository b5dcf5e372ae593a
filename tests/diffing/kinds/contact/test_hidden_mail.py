"""Letters that are glued to an e-mail address that robots were not shown are a part of it."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

HIDDEN = "[\\[email protected\\]](https://a.example/cdn-cgi/l/email-protection)"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"Write to us ({HIDDEN} or by post).", f"Write to us (cn{HIDDEN} or by post)."),
        (f"Write to {HIDDEN}m now.", f"Write to {HIDDEN} now."),
        (f"Schreiben Sie an serv{HIDDEN}.", f"Schreiben Sie an {HIDDEN}."),
        (f"Écrivez à {HIDDEN}acme.fr ou appelez.", f"Écrivez à {HIDDEN} ou appelez."),
        (f"Write to {HIDDEN}a.example.", f"Write to dpo.a{HIDDEN}."),
        ("Write to [dpo\\[email protected\\]](https://a.example/cdn-cgi/l/email-protection).", f"Write to {HIDDEN}."),
        (f"Write to dpo{HIDDEN} now.", "Write to dpo@a.example now."),
        (f"Write to {HIDDEN}a.example now.", "Write to dpo@a.example now."),
    ],
)
def test_what_is_glued_to_a_hidden_address_is_cosmetic(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.COSMETIC
    assert between(new, old).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"Do not write to {HIDDEN}.", f"Write to {HIDDEN}."),
        (f"Write to our lawyer {HIDDEN}.", f"Write to {HIDDEN}."),
        (f"Write to our lawyer {HIDDEN}.", "Write to dpo@a.example."),
        (f"Write to {HIDDEN} (EU).", f"Write to {HIDDEN}."),
        (f"Write to {HIDDEN}, free of charge.", f"Write to {HIDDEN}."),
        (f"Write to {HIDDEN} within 30 days.", f"Write to {HIDDEN} within 90 days."),
        (f"We tell Acme{HIDDEN} all and Bolt nothing.", f"We tell Acme{HIDDEN} all."),
    ],
)
def test_other_words_beside_a_hidden_address_are_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE
