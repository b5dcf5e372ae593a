"""An enumeration with the same members in another order grants the same, unless their order has a meaning."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We share it with banks, couriers, and insurers.", "We share it with couriers, insurers, and banks."),
        ("We hold your name, address, phone number and age.", "We hold your age, address, phone number and name."),
        ("It goes to Acme Ltd, Bolt Inc and Cobble.", "It goes to Cobble, Bolt Inc and Acme Ltd."),
        ("Wir geben sie an Banken, Kuriere und Versicherer.", "Wir geben sie an Versicherer, Banken und Kuriere."),
        (
            "Données transmises aux: banques, coursiers et assureurs.",
            "Données transmises aux: assureurs, coursiers et banques.",
        ),
        ("Trafia do: banków, kurierów oraz hoteli.", "Trafia do: hoteli, kurierów oraz banków."),
    ],
)
def test_names_in_a_row_in_another_order_are_minor(old: str, new: str) -> None:
    diff = between(old, new)
    assert diff.kind is Kind.MINOR
    assert all(reason.startswith("the same things in another order") for reason in diff.reasons)
    assert between(new, old).kind is Kind.MINOR


def test_names_in_a_row_are_one_whatever_is_altered_in_the_blocks_beside_them() -> None:
    diff = between(
        "See section 4.\n\nWe collect names, addresses and ages.\n\nSee section 7.",
        "See section 5.\n\nWe collect ages, names and addresses.\n\nSee section 9.",
    )
    assert diff.kind is Kind.MINOR
    assert any(reason.startswith("the same things in another order") for reason in diff.reasons)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # One of them is another.
        ("We share it with banks, couriers and insurers.", "We share it with couriers, brokers and banks."),
        ("We share it with banks, couriers and insurers.", "We share it with couriers, insurers or banks."),
        # Their order has a meaning.
        ("We first ask the parents, children and schools.", "We first ask the schools, children and parents."),
        (
            "Wir fragen der Reihenfolge nach bei Eltern, Kindern und Schulen.",
            "Wir fragen der Reihenfolge nach bei Schulen, Kindern und Eltern.",
        ),
        ("We ask by age, name and town respectively.", "We ask by town, name and age respectively."),
        # What stands before or behind them, or beside one of them, may be said of that one alone.
        ("We hold encrypted names and addresses.", "We hold encrypted addresses and names."),
        ("We collect names, encrypted files and ages.", "We collect ages, encrypted files and names."),
        ("We hold your name, address and age of children.", "We hold your age, address and name of children."),
        ("We give it to names, which we sell, and ages.", "We give it to ages, which we sell, and names."),
        ("It goes to the seller, Acme, and the buyer, Bolt.", "It goes to the seller, Bolt, and the buyer, Acme."),
        ("It is kept for: 30, 60 and 90.", "It is kept for: 90, 60 and 30."),
        ("We share it with banks and couriers or insurers.", "We share it with insurers or couriers and banks."),
        ("We collect phone number and age.", "We collect age and phone number."),
        (
            "Ces données vont aux: noms, adresses chiffrées, photos et lettres.",
            "Ces données vont aux: lettres, adresses chiffrées, photos et noms.",
        ),
        ("We do:\n\n- We ask\n- Then we sell\n- We erase", "We do:\n\n- We erase\n- Then we sell\n- We ask"),
        ("Ces données vont aux: noms et adresses chiffrées.", "Ces données vont aux: adresses chiffrées et noms."),
    ],
)
def test_another_member_or_an_order_that_means_something_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("announced", "items"),
    [
        ("We collect:", ("your name", "your address", "your phone number", "what you buy")),
        ("Wir erheben:", ("Ihren Namen", "Ihre Anschrift", "Ihre Nummer", "was Sie kaufen")),
        ("Мы собираем:", ("ваше имя", "ваш адрес", "ваш телефон", "ваши покупки")),
        ("次の情報を収集します：", ("氏名", "住所", "電話番号", "購入履歴")),
    ],
)
def test_bullets_in_another_order_are_minor(announced: str, items: tuple[str, ...]) -> None:
    for other in (items[::-1], (*items[2:], *items[:2]), (items[1], items[0], *items[2:])):
        assert between(_list(announced, items), _list(announced, other)).kind is Kind.MINOR


def test_bullets_in_another_order_hide_none_that_came_or_went() -> None:
    items = ("your name", "your address", "your phone number")
    diff = between(_list("We collect:", items), _list("We collect:", (*items[::-1], "your face")))
    assert diff.kind is Kind.SUBSTANTIVE
    assert diff.reasons == ('added: "your face"',)


def test_an_item_that_took_the_words_of_another_hides_none_that_went() -> None:
    named = "your name", "your postal address in full", "your name and pets"
    assert between(_list("We collect", named), _list("We collect", named[:0:-1])).kind is Kind.SUBSTANTIVE


def test_bullets_whose_order_has_a_meaning_or_that_moved_to_another_list_are_substantive() -> None:
    items = ("your name", "your address", "your phone number")
    assert between(*(_list("We look in this order:", each) for each in (items, items[::-1]))).kind is Kind.SUBSTANTIVE
    lists = [_list("We collect:", items), _list("We never collect:", ("your face", *items[:2]))]
    others = [_list("We collect:", (*items, "your face")), _list("We never collect:", ("your name", "your address"))]
    assert between("\n\n".join(lists), "\n\n".join(others)).kind is Kind.SUBSTANTIVE
    unannounced = "## Data\n\nWe collect\n\n* your name\n* your age\n\nWe never collect\n\n* your face\n* your voice"
    swapped = unannounced.replace("your age", "your").replace("your face", "your age").replace("your\n", "your face\n")
    assert compare(unannounced, swapped).kind is Kind.SUBSTANTIVE


def test_bullets_that_were_numbered_are_cosmetic() -> None:
    assert between("* by letter\n* by e-mail", "1. by letter\n2. by e-mail").kind is Kind.COSMETIC
    assert between("1. by letter\n2. by e-mail", "2. by letter\n3. by e-mail").kind is Kind.MINOR


def _list(announced: str, items: tuple[str, ...]) -> str:
    return f"{announced}\n\n" + "\n".join(f"* {item}" for item in items)
