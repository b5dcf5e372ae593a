"""Another way to reach the same party is a contact detail; another recipient is not."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

WRITE = "We at Acme answer all. Please send your questions by e-mail to privacy@a.example{}."


@pytest.mark.parametrize(
    "way",
    [
        ", or call 1-888-555-0143",
        " or call us at 1-888-555-0143",
        " or by telephone at (512) 555-0143",
        " or by fax at +44 113 496 0000",
        " or by post to 124 Lexington Avenue, Suite 3, New York, NY 10016",
        " or by post to Acme, 124 Lexington Avenue, Suite 3, New York, NY 10016",
        " or via our [contact form](https://a.example/contact)",
        " or through our contact page",
        " or by using the contact form",
        " or via our online form",
        " or at help@a.example",
    ],
)
def test_another_way_to_reach_the_same_party_may_come_or_go(way: str) -> None:
    assert between(WRITE.format(""), WRITE.format(way)).kind is Kind.MINOR
    assert between(WRITE.format(way), WRITE.format("")).kind is Kind.MINOR


@pytest.mark.parametrize("way", [" by phone at 1-866-555-0188 or", " by post to 12 High Street, London W1A 1AA or"])
def test_another_way_may_stand_first(way: str) -> None:
    text = "You can contact us{} at: info@a.example."
    assert between(text.format(""), text.format(way)).kind is Kind.MINOR
    assert between(text.format(way), text.format("")).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We know.", "We know. Contact: [us@a.example](mailto:us@a.example)"),
        ("We know.", "We know. Questions? [Contact us](https://a.example/help/contact)."),
        ("We know.", "We know. Please write to us at us@a.example."),
        ("Wir wissen es.", "Wir wissen es. Kontakt: us@a.example"),
        ("Skype: acme.support", "Skype: acme.help"),
        ("ICQ: 123456789", "ICQ: 987654321"),
        ("You can contact us on us@a.example.", "You can contact us at us@a.example."),
        (
            "Please [contact](https://a.example/contact.htm) us.",
            "Please [get in touch with](https://a.example/contact.htm) us.",
        ),
    ],
)
def test_that_or_how_one_writes_to_the_company_grants_nothing(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We share it with a partner.", "We share it with a partner. Contact: [it@b.example](mailto:it@b.example)"),
        ("We know.", "We know. Questions? Write to Birch at us@b.example."),
        ("Fee: 5", "Fee: 6"),
        ("We send it to Skype: all names.", "We send it to Skype: no names at all."),
        ("We know.", "We know. Please do not write to us at us@a.example."),
        ("See [sharing](https://a.example/share) now.", "See [selling](https://a.example/share) now."),
        (
            "You may [object](https://a.example/contact) to it.",
            "You may [never object](https://a.example/contact) to it.",
        ),
    ],
)
def test_who_else_one_writes_to_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


def test_streets_and_houses_of_england_are_addresses() -> None:
    text = "Our registered address is:\n\nAcme  \n{}  \nLondon  \n{}  \nUnited Kingdom"
    old, new = text.format("483 Green Lanes", "N13 4BS"), text.format("1 Ivory House", "E1W 1AT")
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


def test_for_whose_attention_a_letter_is_may_alter() -> None:
    text = "Write to us at: Acme, Inc., attention: {}, 1261 Lincoln Avenue, Suite 208, San Jose, CA 95125."
    assert between(text.format("Webmaster"), text.format("Privacy Team")).kind is Kind.MINOR
    assert between(text.format("Webmaster"), text.format("Birch Ltd")).kind is Kind.SUBSTANTIVE
    text = "We sell all that comes to your attention to {} now."
    assert between(text.format("Amber"), text.format("the Birch group")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Somebody else, a price or a condition.
        (WRITE.format(""), WRITE.format(" or by post to Birch Ltd, 12 High Street, London W1A 1AA")),
        (WRITE.format(""), WRITE.format(" or by post to Birch, 12 High Street, London W1A 1AA")),
        (WRITE.format(""), WRITE.format(" or by fax for 5 dollars")),
        (WRITE.format(""), WRITE.format(" or call 1-888-555-0143 within 30 days")),
        (WRITE.format(""), WRITE.format(" or only via our contact form")),
        (WRITE.format(""), WRITE.format(" or through our partners")),
        # Where data go.
        ("We share it by e-mail.", "We share it by e-mail or by post to 12 High Street, London W1A 1AA."),
        ("We send it to us@a.example.", "We send it to us@a.example and to them@b.example."),
        ("Our partners write by e-mail.", "Our partners write by e-mail or call 1-888-555-0143."),
        # No way was named before: it is a right, or a duty.
        ("You may object.", "You may object or via our contact form."),
    ],
)
def test_who_else_is_reached_or_given_data_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "address",
    ["Acme, 2nd floor, 14 Church Road, Bangalore 560025, Phone: +91 80 5550 1234", "Acme  \n14 Church Road  \nBath"],
)
def test_an_address_of_a_party_that_the_text_names_may_come_or_go(address: str) -> None:
    text = "We at Acme answer all."
    assert between(text, f"{text}\n\n{address}").kind is Kind.MINOR
    assert between(f"{text}\n\n{address}", text).kind is Kind.MINOR
    other = address.replace("Acme", "Birch")
    assert between(text, f"{text}\n\n{other}").kind is Kind.SUBSTANTIVE


def test_the_word_that_leads_to_an_e_mail_address_may_come_or_go() -> None:
    assert between("Please e-mail to **us@a.example** then.", "Please e-mail **us@a.example** then.").kind is Kind.MINOR


def test_a_body_that_is_housed_somewhere_may_move() -> None:
    text = "Group on Drugs  \nHoused at the Alliance  \n{} Street  \n{} Floor  \nNew York, NY {}"
    assert between(text.format("40 Wall", "24th", 10005), text.format("80 Broad", "31st", 10004)).kind is Kind.MINOR
    text = "Your data is housed at {} Street, New York, NY 10005."
    assert between(text.format("40 Wall"), text.format("80 Broad")).kind is Kind.SUBSTANTIVE
