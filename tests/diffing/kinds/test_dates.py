"""The date of the document is one beside a word for it, in a line or a sentence of the document; others are terms."""

from __future__ import annotations

import pytest

from harvester.diffing import Diff, Kind, compare

PARAGRAPH = "We collect what you tell us when you open an account with us or write to our team."


def between(old: str, new: str) -> Diff:
    """The change of one passage, between two that stay."""
    return compare(*(f"# Policy\n\n{PARAGRAPH}\n\n{one}\n\nWe use cookies.\n" for one in (old, new)))


@pytest.mark.parametrize(
    "notice",
    [
        "The policy below goes into effect on {}. [Read our current policy.](https://a.example/now)",
        "These Terms of Use are effective upon sign up for new users and beginning {} for existing users.",
        "This privacy notice goes into effect {} for existing customers and upon sign up for new customers.",
    ],
)
def test_a_notice_of_when_the_text_below_takes_effect_is_minor(notice: str) -> None:
    said = notice.format("January 1, 2023")
    for old, new in ((said, ""), ("", said), (said, notice.format("March 5, 2023"))):
        assert between(old, new).kind is Kind.MINOR
    for other in (
        f"{said} We sell it upon sign up.",
        said.replace("Terms of Use", "fees").replace("policy", "fee").replace("privacy notice", "fee"),
        said.replace("effective", "void").replace("into effect", "out of use"),
    ):
        assert between("", other).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        # Eight other words in a line, or a sentence that names the document.
        ("Effective for all who ever use this shop {}", True),
        ("Effective for all who ever use this good shop {}", False),
        ("This policy is effective {}. Rights that they have end then.", True),
        ("They wrote this policy. The law that they all keep takes effect on {}.", False),
        ("The law that they all keep takes effect on {}. They wrote this policy.", False),
        ("This policy was last updated with all of our many good and dear friends on {} in Rome or so.", True),
        # A word for it twelve tokens before, or eight behind.
        ("Our revised way of all that which they of old town do: {}", True),
        ("Our revised way of all that which they of old town may do for it: {}", False),
        ("Since {} for all who ever ask it, revised", True),
        ("Since {} for all who ever ask it now, revised", False),
        # What the blocks above and below say is of other sentences.
        ("This policy is ours\n\nThe law that they all in the good old town keep is from {} effective", False),
        ("The law that they all in the good old town keep is effective from {}\n\nThis policy is ours", False),
        # The place and day of a signature, where nothing else stands behind it.
        ("Signed in the good old town Berlin, den {}", True),
        ("Signed in the very good old town Berlin, den {}", False),
        ("Signed in the good old town Berlin, den {} too", False),
        ("New York, {}", True),
        ("# Our policy\n\nBy Acme Ltd: {}", True),
        ("# Your data\n\nNames are sold: {}", False),
        ("Names are sold: {}", False),
        ("The end: {}", False),
        ("{}", True),
    ],
)
def test_a_date_is_the_documents_own_where_its_line_or_sentence_says_so(text: str, is_own: bool) -> None:
    diff = between(text.format("3 May 2020"), text.format("5 June 2021"))
    reason = "only the date of the document: 3 May 2020 -> 5 June 2021"
    assert (diff.kind, diff.reasons == (reason,)) == (Kind.MINOR if is_own else Kind.SUBSTANTIVE, is_own)


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("Version {} that we keep for you and them all", True),
        ("Version {} that we keep for you and them all too", False),
        ("This policy is version {} of what we say to you about your data.", True),
        ("We follow version {} of the framework for consent that our branch made.", False),
        ("GDPR policy of the EU, version {}", True),
        ("ACME LTD VERSION {}", True),
        ("GDPR clauses, version {}", False),
        ("Version {} of the Standard Contractual Clauses", False),
        ("Version {} of the Privacy Shield policy", True),
        ("Version {0} of\n\nThe clauses of section {0} stay", True),
    ],
)
def test_a_version_is_the_documents_own_in_a_line_or_in_its_sentence(text: str, is_own: bool) -> None:
    diff = between(text.format("3.2"), text.format("3.4"))
    assert diff.kind is (Kind.MINOR if is_own else Kind.SUBSTANTIVE)
    assert diff.reasons[0].startswith("only the date of the document: " if is_own else "words altered: ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Monday, 3 May 2020", "Friday, 5 June 2021"),
        ("Monday 3 May 2020", "Friday 5 June 2021"),
        ("Monday, 3 May 2020", "Friday, 3 May 2020"),
        ("Monday 3 May 2020", "Friday 3 May 2020"),
        ("3 May 2020, 10:15 am", "5 June 2021, 9:07 pm"),
        ("3 May 2020 at 10:15 CET", "3 May 2020 at 10:15 UTC"),
        ("3 May 2020 at 10:15 am", "3 May 2020 at 9:07 am"),
    ],
)
@pytest.mark.parametrize("behind", ["", " for all", ", for all who ask"])
def test_the_day_of_the_week_and_the_time_are_of_the_date(old: str, new: str, behind: str) -> None:
    diff = between(f"Last updated: {old}{behind}", f"Last updated: {new}{behind}")
    assert (diff.kind, diff.reasons) == (Kind.MINOR, (f"only the date of the document: {old} -> {new}",))


@pytest.mark.parametrize("sign", ["©", "(c)", "Copyright", "All rights reserved"])
def test_a_year_beside_a_sign_of_the_copyright_says_nothing(sign: str) -> None:
    diff = between(f"{sign} 2019 Acme", f"{sign} 2021 Acme")
    assert (diff.kind, diff.reasons) == (Kind.MINOR, ("only the year of the copyright: 2019 -> 2021",))
    assert between(
        f"{sign} of what lasts until the end of 2019", f"{sign} of what lasts until the end of 2021"
    ).kind is (Kind.SUBSTANTIVE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Last update: 1 October 2021", "Last updated : 1 October 2021"),
        ("Letzte Änderung: 1. Oktober 2021", "Letzte Aktualisierung: 1. Oktober 2021"),
        ("Última revisión: 1 de octubre de 2021", "Última actualización: 1 de octubre de 2021"),
        ("Baskı 30.04.2021", "Baskı 12.05.2021"),
        ("We know.", "The Kettle Books Privacy Policy was last updated: October 2016\n\nWe know."),
    ],
)
def test_the_label_of_a_date_and_a_notice_with_the_name_of_the_company_say_nothing(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Last updated: 1 October 2021", "Consent valid: 1 October 2021"),
        ("Partners updated: 1 October 2021", "Advertisers updated: 1 October 2021"),
        ("We know.", "The Kettle Privacy Policy was last updated: October 2016, and you accept it\n\nWe know."),
        ("We know.", "Kettle shares it, as the Privacy Policy was updated on 1 October 2016.\n\nWe know."),
    ],
)
def test_another_word_in_the_line_of_a_date_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "Our app version 2.1 and later collects your location.",
            "Our app version 3.0 and later collects your location.",
        ),
        ("This works with Gecko version 8 or later.", "This works with Gecko version 9 or later."),
        ("Es gilt ab Version 8 oder höher.", "Es gilt ab Version 9 oder höher."),
        (
            "This policy applies to users who registered from 1 May 2024.",
            "This policy applies to users who registered from 3 June 2024.",
        ),
        (
            "Under the previous policy, consent given on 1 May 2024 remains valid.",
            "Under the previous policy, consent given on 3 June 2024 remains valid.",
        ),
    ],
)
def test_versions_of_programs_and_dates_of_what_others_did_are_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("date", ["January 14, 2013", "02/20/2014", "4 May 2012"])
def test_the_word_that_leads_to_the_documents_date_may_come_or_go(date: str) -> None:
    old, new = f"This Privacy Policy was last modified {date}", "This Privacy Policy was last modified on March 3, 2015"
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR
    assert between("We keep it May 4, 2012.", "We keep it on May 4, 2012.").kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "notice",
    [
        "Click here to see the updated terms of use, which will take effect on February 15, 2023.",
        "These terms of service will replace the current version from 1 July 2020.",
        "This privacy policy will replace our current privacy policy on 1 July 2020.",
        "Cliquez ici pour voir les conditions d'utilisation mises à jour, qui entreront en vigueur le 15 février 2023.",
        "Ces conditions d'utilisation remplaceront la version actuelle à partir du 1er juillet 2020.",
        "Hier finden Sie die aktualisierte Datenschutzerklärung, die am 15. Februar 2023 in Kraft tritt.",
        "Diese Datenschutzerklärung ersetzt ab dem 1. Juli 2020 die bisherige Fassung.",
        "Esta política entrará en vigor el 1 de julio de 2020 y sustituye a la versión anterior.",
        "Questa informativa entra in vigore il 1 luglio 2020 e sostituisce la versione precedente.",
        "Esta política de privacidade entra em vigor em 1 de julho de 2020 e substitui a versão anterior.",
        "Dit privacybeleid treedt in werking op 1 juli 2020 en vervangt de vorige versie.",
        # Entries of a list of updates: what was altered is compared itself.
        "Updated on June 7th, 2017 to clarify which values are collected in the User Agent string.",
        "Last updated on October 25, 2018 to reflect changes to services used.",
    ],
)
def test_a_notice_of_another_version_or_of_an_update_is_minor(notice: str) -> None:
    assert between("We know.", f"{notice}\n\nWe know.").kind is Kind.MINOR
    assert between(f"{notice}\n\nWe know.", "We know.").kind is Kind.MINOR


@pytest.mark.parametrize(
    "sentence",
    [
        "You agree that these terms replace our agreement of 1 May 2019.",
        "You may use this service from 1 May 2019.",
        "The new service will replace the current service on 1 May 2020.",
        "Updated on June 7th, 2017 to share your data with our partners.",
        "Updated on June 7th, 2017 to reflect changes. Partners get the data.",
        "Data was updated on June 7th, 2017 to reach the partners named here.",
        "Diese Nutzungsbedingungen ersetzen ab dem 1. Juli 2020 die Einwilligung.",
    ],
)
def test_a_sentence_that_says_more_than_a_notice_is_substantive(sentence: str) -> None:
    assert between("We know.", f"{sentence}\n\nWe know.").kind is Kind.SUBSTANTIVE
    assert between(f"{sentence}\n\nWe know.", "We know.").kind is Kind.SUBSTANTIVE


OF_VERSIONS = "# Acme privacy policy\n\nAcme keeps your name and your address while you have an account with us.\n\n"


@pytest.mark.parametrize(
    "said",
    [
        "Previous privacy policy March 2024 [Acme Privacy Policy March 2024](https://acme.example/1.pdf)",
        "Previous cookies policy: [1 May 2024](https://acme.example/1.pdf)",
        "[Previous privacy policy (May 2024)](https://acme.example/1.pdf)",
        "* [Earlier version of 1 May 2024](https://acme.example/1.pdf)",
        "[Archived privacy notice, December 2023](https://acme.example/1.pdf)",
        "[Politique de confidentialité précédente (mai 2024)](https://acme.example/1.pdf)",
        "[Frühere Datenschutzerklärung vom 1. Mai 2024](https://acme.example/1.pdf)",
    ],
)
def test_an_entry_of_the_earlier_versions_is_minor_at_most(said: str) -> None:
    for old, new in ((OF_VERSIONS, OF_VERSIONS + said), (OF_VERSIONS + said, OF_VERSIONS)):
        diff = compare(old, new)
        assert diff.kind in (Kind.MINOR, Kind.COSMETIC), diff.reasons


@pytest.mark.parametrize(
    "said",
    [
        "Previous privacy policy March 2024 Acme Partners",
        "[Previous partners, March 2024](https://acme.example/1.pdf)",
        "[Zeta privacy policy March 2024](https://zeta.example/1.pdf)",
        "[Previous privacy policy of Zeta March 2024](https://zeta.example/1.pdf)",
        "Previous Acme Privacy Policy of March 2024 replaced by Zeta Privacy Policy",
        "Previous consent given in March 2024",
        "[Previous consent March 2024](https://acme.example/1.pdf)",
        "Previous version until March 2024",
    ],
)
def test_what_is_no_such_entry_is_substantive(said: str) -> None:
    for old, new in ((OF_VERSIONS, OF_VERSIONS + said), (OF_VERSIONS + said, OF_VERSIONS)):
        assert compare(old, new).kind is Kind.SUBSTANTIVE
