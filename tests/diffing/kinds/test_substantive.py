"""What reads like a minor change and alters what is granted, who is bound or what is kept is substantive."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.diffing.kinds.test_verdict import between


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Marks of a number.
        ("A fine of 10.5 is due.", "A fine of 105 is due."),
        ("A fine of $1,000 is due.", "A fine of $1.000 is due."),
        ("We keep it 12 years.", "We keep it 1 2 years."),
        # Sentences beside an address.
        (
            "Contact us at 12 Hill Street, Boise, ID 83701. We do not sell data.",
            "Contact us at 99 Elm Street, Boise, ID 83701. We sell data.",
        ),
        ("Acme Limited, 12 Hill Street, Boise, ID 83701", "Acme Limited Partnership, 12 Hill Street, Boise, ID 83701"),
        ("Acme AG, 12 Hill Street, Boise, ID 83701", "Acme AG & Co. KGaA, 12 Hill Street, Boise, ID 83701"),
        # Numbers before names are no streets.
        ("Since 2019 Amber Drive holds your files.", "Since 2019 Birch Drive holds your files."),
        ("We use 2 Parking Yard cameras.", "We use 9 Parking Yard cameras."),
        ("We share your data with 24 Hour Drive and others.", "We share your data with 24 Hour Way and others."),
        # The officer is a person, and whose it is stays.
        ("Acme has appointed a data protection officer.", "Birch has appointed a data protection officer."),
        ("Contact the data protection officer of Acme Foods.", "Contact the data protection officer of Birch Foods."),
        ("Our privacy officer is Eva Muster.", "Our privacy officer is Birch Consulting."),
        ("The data protection officer in Germany decides.", "The data protection officer in Ireland decides."),
        ("Our privacy officer answers each Monday.", "Our privacy officer answers each Friday."),
        ("Eva Muster, Data Protection Officer, Acme", "Eva Muster, Data Protection Officer, Birch"),
        ("Datenschutzbeauftragter der Acme", "Datenschutzbeauftragter der Birch"),
        # A country in capitals is no pronoun.
        ("We share your data with us partners.", "We share your data with US partners."),
        # Another site is another recipient.
        ("We share data with http://birch.example for that.", "We share data with http://delta.example for that."),
        ("Recipients: www.birch.com, www.delta.com", "Recipients: www.birch.com, www.heron.com"),
        # A rule behind the sign of the copyright.
        ("We know.", "We know.\n\n© 2020 Acme Ltd shares data with partners."),
        ("We know.", "We know.\n\nCopyright 2020. This service is for users over 18 only."),
    ],
)
def test_what_alters_a_right_a_party_or_an_amount_is_substantive(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert between(one, other).kind is Kind.SUBSTANTIVE


def test_a_word_in_capitals_among_words_in_capitals_is_the_same() -> None:
    assert between("PLEASE CONTACT US.", "Please contact us.").kind is Kind.COSMETIC
    assert between("PLEASE CONTACT us.", "PLEASE CONTACT US.").kind is Kind.COSMETIC
