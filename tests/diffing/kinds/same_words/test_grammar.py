"""Slips of grammar and of single letters give no other word; another number or time does."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We strives to protect you.", "We strive to protect you."),
        ("Acme strive to protect you.", "Acme strives to protect you."),
        ("They collects data.", "They collect data."),
        ("This policy apply to all.", "This policy applies to all."),
        ("We will contacts you.", "We will contact you."),
        ("I writes to you.", "I write to you."),
        ("You can contacts us.", "You can contact us."),
        ("You has a right to it.", "You have a right to it."),
        ("We does not sell it.", "We do not sell it."),
        ("Your data are safe.", "Your data is safe."),
        ("There is many ways.", "There are many ways."),
        ("Your data was safe.", "Your data were safe."),
        ("Under the Data Protection Act of 1998 we do.", "Under the Data Protection Act 1998 we do."),
        ("We keep it whilst you stay.", "We keep it while you stay."),
        ("It is of Ecole Amber.", "It is of École Amber."),
        ("Persons who visit ours site are logged.", "Persons who visit our site are logged."),
        ("It is kept in you browser.", "It is kept in your browser."),
        ("We do not use you data.", "We do not use your data."),
        ("We collect informations on it.", "We collect information on it."),
        ("This is Acme's Privacy Policy.", "This is Acme Privacy Policy."),
        ("If you have questions write.", "If you have any questions write."),
        ("Contact us at once.", "Please contact us at once."),
        ("Their may be links.", "There may be links."),
        ("We may ammend this policy.", "We may amend this policy."),
        ("It is on our seucre server.", "It is on our secure server."),
        ("The Site make it possible.", "The Site makes it possible."),
        ("Read the DSIT's entry on that.", "Read DSIT's entry on that."),
        ("Our logs keeps it.", "Our logs keep it."),
        # The form that the word beside it asks for.
        ("It is normally require for this.", "It is normally required for this."),
        ("Your data are process by us.", "Your data are processed by us."),
        ("It was never apply to you.", "It was never applied to you."),
        ("Where a webinars is held, we ask.", "Where a webinar is held, we ask."),
        ("We store those information here.", "We store this information here."),
        ("We use these data.", "We use this data."),
        ("Our project's pages load it.", "Our projects' pages load it."),
        ("We keep the user's data.", "We keep the users' data."),
        # Letters that nobody writes so.
        ("Your adress is kept.", "Your address is kept."),
        ("We use teh data.", "We use the data."),
        ("Data goes accross borders.", "Data goes across borders."),
        ("We give you acess to it.", "We give you access to it."),
        ("We keep it untill you leave.", "We keep it until you leave."),
        ("Persoanl data is kept.", "Personal data is kept."),
        ("We ask for your consentt.", "We ask for your consent."),
        ("We processs your data.", "We process your data."),
    ],
)
def test_a_slip_of_grammar_is_minor(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We share it with our partner.", "We share it with our partners."),
        ("We will keep your contact.", "We will keep your contacts."),
        # Which of two it says so of hangs on the number of its verb.
        ("We use partners of Acme that has a licence.", "We use partners of Acme that have a licence."),
        ("We use partners of Acme who collects it.", "We use partners of Acme who collect it."),
        ("We have your data.", "We had your data."),
        ("We require it.", "We required it."),
        ("Their data is here.", "There data is here."),
        ("We give you access.", "We give your access."),
        ("We send you mail.", "We send your mail."),
        ("We have rights to it.", "We have any rights to it."),
        ("It is theirs.", "It is their."),
        ("We sell the record.", "We sell the records."),
        ("Your data is open to us.", "Your data is opened to us."),
        ("We ask for a name.", "We ask for all names."),
        ("We use the webinars.", "We use the webinar."),
        ("We use data that users gave.", "We use data those users gave."),
        ("We give this to them.", "We give those for them."),
        ("Your data is kept.", "Your data was kept."),
        ("It is yours.", "It has yours."),
        ("We do it.", "We did it."),
        ("Acme transfers end.", "Acme transfer end."),
        ("It is a complaint service.", "It is a compliant service."),
        ("Partilhamos dados.", "Partilhámos dados."),
        ("Les veuen empleats i soci.", "Les veuen empleats i socis."),
        ("Reglerna i Sverige gäller.", "Reglerna i Sveriges gäller."),
    ],
)
def test_another_number_of_things_or_another_time_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"), [("perchè lo usiamo", "perché lo usiamo"), ("finchè serve a noi", "finché serve a noi")]
)
def test_either_accent_of_an_italian_conjunction_is_a_spelling(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
