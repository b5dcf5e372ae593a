"""Each altered place gives the reason that a reader would give, and the other way round it weighs the same."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from harvester.diffing.kinds import altered
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.reasons import Finding
from harvester.diffing.kinds.verdict import MOST_REASONS
from tests.support.diffing.passages import PARAGRAPH, between

OFFICER = "data protection officer"
_WORDS = "amber birch cedar delta ember fjord grove heron ivory jetty knoll larch"
WORDS = _WORDS.split()


@pytest.mark.parametrize(
    ("old", "new", "kind", "reason"),
    [
        # Numbers: of the document's own parts, or of those of a law.
        ("5. Laws that apply to us here", "6. Laws that apply to us here", Kind.MINOR, "numbering of sections"),
        ("5. of the people that we know", "6. of the people that we know", Kind.MINOR, "numbering of sections"),
        ("## 5. Laws that apply", "## 05Laws that apply", Kind.MINOR, "numbering of sections"),
        ("## 10. Étendue", "## 10Étendue", Kind.MINOR, "numbering of sections"),
        ("## Laws that apply", "## 05Laws that apply", Kind.MINOR, "numbering of sections"),
        ("1. Laws that apply to us", "A.1. Laws that apply to us", Kind.MINOR, "numbering of sections"),
        ("Laws that apply to us", "C.12 Laws that apply to us", Kind.MINOR, "numbering of sections"),
        ("IV.2.1 Laws that apply to us", "V.2.1. Laws that apply to us", Kind.MINOR, "numbering of sections"),
        ("(a) Laws that apply to us", "I.2.a. Laws that apply to us", Kind.MINOR, "numbering of sections"),
        ("2.A Laws that apply to us", "3.B. Laws that apply to us", Kind.MINOR, "numbering of sections"),
        ("## Acme Sensors", "## 3DSensors", Kind.SUBSTANTIVE, 'words altered: "Acme Sensors" -> "3DSensors"'),
        ("We use 2Factor.", "We use Factor.", Kind.SUBSTANTIVE, 'words altered: "2Factor" -> "Factor"'),
        (
            "5. of the Data Protection Act",
            "6. of the Data Protection Act",
            Kind.SUBSTANTIVE,
            'part of a law: "5." -> "6."',
        ),
        ("See section v below.", "See section x below.", Kind.MINOR, 'a reference to another section: "v" -> "x"'),
        # What a template left open is quoted as it is written.
        (
            "We share it with {partners}.",
            "We share it with {partners} and [others].",
            Kind.SUBSTANTIVE,
            'added: "and [others]"',
        ),
        ("We share it here.", "We share it {here}.", Kind.MINOR, "punctuation"),
        # Whose the page is, in a line of its own.
        ("We know.", "We know.\n\n© 2020 Acme", Kind.MINOR, 'a line of the copyright added: "© 2020 Acme"'),
        (
            "We know.\n\nCopyright 2009 by Acme. All rights reserved.",
            "We know.",
            Kind.MINOR,
            'a line of the copyright removed: "Copyright 2009 by Acme. All rights reserved."',
        ),
        ("© 2020 Acme", "© 2020 Bolt", Kind.SUBSTANTIVE, 'words altered: "Acme" -> "Bolt"'),
        (
            "We know.",
            "We know.\n\nCopyright of 2020 in what you send is ours",
            Kind.SUBSTANTIVE,
            'added: "Copyright of 2020 in what you send is ours"',
        ),
        # Addresses of pages, spelled out.
        (
            "Read about cookies in our help and choose.",
            "Read about cookies in our help (http://a.example/help) and choose.",
            Kind.MINOR,
            'address of a page: none -> "(http://a.example/help)"',
        ),
        (
            "We share it with our partners.",
            "We share it with our partners (http://b.example/).",
            Kind.SUBSTANTIVE,
            'added: "(http://b.example/)"',
        ),
        (
            "See acme.example/privacy for more.",
            "See acme.example/privacy-policy for more.",
            Kind.MINOR,
            'address of a page: "privacy" -> "privacy-policy"',
        ),
        (
            "See acme.example/privacy for more.",
            "See acme.example/legal/privacy for more.",
            Kind.MINOR,
            'address of a page: none -> "legal /"',
        ),
        (
            "See acme.example/privacy for more.",
            "See bolt.example/privacy for more.",
            Kind.SUBSTANTIVE,
            'words altered: "acme.example" -> "bolt.example"',
        ),
        (
            "We log names and/or visits here.",
            "We log names and/or faces here.",
            Kind.SUBSTANTIVE,
            'words altered: "visits" -> "faces"',
        ),
        (
            "We give it to our group.",
            "We give it to our group (all of it).",
            Kind.SUBSTANTIVE,
            'added: "(all of it)"',
        ),
        # A link to another version beside the date.
        (
            "_Effective: January 2, 2024 ([previous version](https://a.example/2023))_",
            "_Effective: March 3, 2025_",
            Kind.MINOR,
            'what stands beside the date of the document: "January 2, 2024 (previous version)" -> "March 3, 2025"',
        ),
        (
            "Last modified: March 3, 2025 ([view archived versions](https://a.example/v))",
            "Last modified: March 3, 2025",
            Kind.MINOR,
            'what stands beside the date of the document: "(view archived versions)" -> none',
        ),
        (
            "Updated: March 3, 2025",
            "Updated: March 3, 2025 (no notice)",
            Kind.SUBSTANTIVE,
            'added: "(no notice)"',
        ),
        # A heading, or a line in capitals in its place.
        (
            "**5\\. DISCLOSURES OF DATA**\n\nWe know.",
            "### 5\\. Disclosure of data\n\nWe know.",
            Kind.MINOR,
            'a heading in other words: "DISCLOSURES OF DATA" -> "Disclosure of data"',
        ),
        (
            "**WE KEEP DATA**\n\nWe know.",
            "### We sell data\n\nWe know.",
            Kind.SUBSTANTIVE,
            'words altered: "WE KEEP DATA" -> "We sell data"',
        ),
        (
            "DISCLOSURES OF DATA\n\nWe know.",
            "SALES OF DATA\n\nWe know.",
            Kind.SUBSTANTIVE,
            'words altered: "DISCLOSURES" -> "SALES"',
        ),
        # Headings: what they name is said under them, unless they state something.
        ("We know.", "## Your choices\n\nWe know.", Kind.MINOR, 'a heading added: "Your choices"'),
        ("## Your choices\n\nWe know.", "We know.", Kind.MINOR, 'a heading removed: "Your choices"'),
        ("We know.", "3. Your Choices\n\nWe know.", Kind.MINOR, 'a heading added: "Your Choices"'),
        ("We know.", "## We never sell names\n\nWe know.", Kind.SUBSTANTIVE, 'added: "We never sell names"'),
        ("We know.", "We know.\n\nYour Choices", Kind.SUBSTANTIVE, 'added: "Your Choices"'),
        # In capitals over a text, where nothing but its words could make it a name.
        (
            "We keep your data and your rights for as long as we need.",
            "YOUR RIGHTS AND CHOICES\n\nWe keep your data and your rights for as long as we need.",
            Kind.MINOR,
            'a heading added: "YOUR RIGHTS AND CHOICES"',
        ),
        (
            "**DATA RETENTION**\n\nWe keep your data and your rights for as long as we need.",
            "We keep your data and your rights for as long as we need.",
            Kind.MINOR,
            'a heading removed: "DATA RETENTION"',
        ),
        (
            "We keep your data and your rights for as long as we need.",
            "CEDAR FJORD\n\nWe keep your data and your rights for as long as we need.",
            Kind.SUBSTANTIVE,
            'added: "CEDAR FJORD"',
        ),
        (
            "We keep your data and your rights for as long as we need.",
            "NO RIGHTS\n\nWe keep your data and your rights for as long as we need.",
            Kind.SUBSTANTIVE,
            'added: "NO RIGHTS"',
        ),
        ("We know.", "YOUR RIGHTS\n\nWe know.", Kind.SUBSTANTIVE, 'added: "YOUR RIGHTS"'),
        ("We know.", "We know.\n\nYOUR RIGHTS", Kind.SUBSTANTIVE, 'added: "YOUR RIGHTS"'),
        (
            "HEALTH DATA\n\nWe keep your data and your rights for as long as we need.",
            "HEALTH DATA\n\nFINANCIAL DATA\n\nWe keep your data and your rights for as long as we need.",
            Kind.SUBSTANTIVE,
            'added: "FINANCIAL DATA"',
        ),
        (
            "## About sharing of names",
            "## About disclosure of names",
            Kind.MINOR,
            'a heading in other words: "About sharing of names" -> "About disclosure of names"',
        ),
        (
            "## About sharing",
            "## About disclosure",
            Kind.MINOR,
            'a heading in other words: "About sharing" -> "About disclosure"',
        ),
        # A sign before an item, glued to its first word or not; a mark of emphasis that was not read as one.
        ("* to obey the law", "* •to obey the law", Kind.COSMETIC, "the words are the same: only markup differs"),
        ("* to obey the law", "·to obey the law", Kind.COSMETIC, "the words are the same: only markup differs"),
        ("You know them.", "You _know them.", Kind.COSMETIC, 'a mark of emphasis: "know" -> "_know"'),
        # An address that a network shows to no robot.
        (
            "Write to [[email protected]](/cdn-cgi/l/email-protection) at once.",
            "Write to [amber@cedar.example](mailto:amber@cedar.example) at once.",
            Kind.COSMETIC,
            'an e-mail address that robots were not shown: "[email protected]" -> "amber@cedar.example"',
        ),
        (
            "Write to [email protected] at once.",
            "Write to [amber+eu@cedar.example](mailto:amber+eu@cedar.example) at once.",
            Kind.COSMETIC,
            'an e-mail address that robots were not shown: "[email protected]" -> "amber + eu@cedar.example"',
        ),
        # Dates and the copyright; words beside them that only have other capitals alter nothing.
        (
            "Effective Date: 1 May 2023",
            "Effective date: 4 June 2024",
            Kind.MINOR,
            "only the date of the document: 1 May 2023 -> 4 June 2024",
        ),
        (
            "Kept for 30 Days by Us",
            "Kept for 90 days by us",
            Kind.SUBSTANTIVE,
            'words altered: "30 Days" -> "90 days"',
        ),
        (
            "revised on 3 May 2020",
            "last updated on 5 June 2021",
            Kind.MINOR,
            'only the date of the document: "revised on 3 May 2020" -> "last updated on 5 June 2021"',
        ),
        (
            "We know.",
            "We know.\n\nLast updated: 5 June 2021",
            Kind.MINOR,
            'only the date of the document: none -> "Last updated: 5 June 2021"',
        ),
        (
            "© Acme [terms](https://a.example/t)",
            "© Acme [help](https://a.example/h)",
            Kind.COSMETIC,
            'links beside the copyright: "terms" -> "help"',
        ),
        ("© Acme [terms](https://a.example/t)", "© Acme help", Kind.SUBSTANTIVE, 'words altered: "terms" -> "help"'),
        # Marks: a comma parts a sentence, but nothing in an address.
        ("- ✓ Names are sold", "- ✗ Names are sold", Kind.SUBSTANTIVE, 'a mark altered: "✓" -> "✗"'),
        (
            "We sell no data, ever.",
            "We sell no data ever.",
            Kind.SUBSTANTIVE,
            "a comma that parts a sentence came or went",
        ),
        (
            "You can write to Acme Ltd, 5 High Street, London SW1A 1AA at any time.",
            "You can write to Acme Ltd, 5 High Street London SW1A 1AA at any time.",
            Kind.MINOR,
            "punctuation",
        ),
        (
            "Acme Ltd, 5 High Street, London SW1A 1AA",
            "Acme Ltd, 5 High Street London SW1A 1AA",
            Kind.MINOR,
            "punctuation",
        ),
        ("We sell: names", "We sell names", Kind.MINOR, "punctuation"),
        ("We keep names,", "We keep names", Kind.MINOR, "punctuation"),
        # Addresses.
        (
            "You can always write to Acme Ltd, P.O. Box 5, London SW1A 1AA, and we answer what you ask.",
            "You can always write to Acme Ltd, p. o. box 12, London SW1A 1AA, and we answer what you ask.",
            Kind.MINOR,
            'contact details: "P.O. Box 5" -> "p. o. box 12"',
        ),
        (
            "Write to Acme Ltd, 5 High Street, London SW1A 1AA.",
            "Write to Acme Ltd, our web form, London SW1A 1AA.",
            Kind.SUBSTANTIVE,
            'words altered: "5 High Street" -> "our web form"',
        ),
        (
            "Acme Ltd\n\n12 High Street\n\nLondon W1A 1AA",
            "Acme Ltd\n\n12 High Street\n\nLondon W1A 1AA\n\nTel: 020 7946 0000",
            Kind.MINOR,
            'contact details added: "Tel: 020 7946 0000"',
        ),
        (
            "Acme Hosting, Inc., 5 Main Street, Austin, TX 73301\n\nAcme Hosting, Inc., 8 King Road, Dallas, TX 75231",
            "Acme Hosting, Inc., 5 Main Street, Austin, TX 73301",
            Kind.MINOR,
            "an address of acme hosting inc removed",
        ),
        # Another word for an address of mail beside it; not among recipients, nor a word for something else.
        (
            "Scrivere all'indirizzo di posta elettronica certificata a@pec.example.",
            "Scrivere all'indirizzo di posta elettronica b@a.example.",
            Kind.MINOR,
            'contact details: "certificata a@pec.example" -> "b@a.example"',
        ),
        (
            "PEC: a@pec.example",
            "E-mail: b@a.example",
            Kind.MINOR,
            'contact details: "PEC: a@pec.example" -> "E-mail: b@a.example"',
        ),
        (
            "We give your data to our partner, PEC a@pec.example.",
            "We give your data to our partner, e-mail b@a.example.",
            Kind.SUBSTANTIVE,
            'words altered: "PEC a@pec.example" -> "e-mail b@a.example"',
        ),
        (
            "Write to sales b@a.example.",
            "Write to press c@a.example.",
            Kind.SUBSTANTIVE,
            'words altered: "sales b@a.example" -> "press c@a.example"',
        ),
        # The block behind the altered ones says that they are of an address.
        (
            "Acme Ltd\n\nTower House\n\nThird Floor\n\n12 High Street\n\nLondon W1A 1AA",
            "Acme Ltd\n\nKing House\n\nFourth Floor\n\n12 High Street\n\nLondon W1A 1AA",
            Kind.MINOR,
            'contact details: "Tower" -> "King"',
        ),
        (
            "Tower House\n\nThird Floor\n\n12 High Street\n\nLondon W1A 1AA",
            "12 High Street\n\nLondon W1A 1AA",
            Kind.MINOR,
            'contact details removed: "Tower House Third Floor"',
        ),
        # The officer's name and title, not what the officer is.
        (
            f"Our {OFFICER} is Eva Muster.",
            f"Our {OFFICER} is Jan Klar.",
            Kind.MINOR,
            f'name of the {OFFICER}: "Eva Muster" -> "Jan Klar"',
        ),
        (
            f"Our {OFFICER} is Eva Muster of Acme Ltd.",
            f"Our {OFFICER} is Jan Klar of Acme Ltd.",
            Kind.SUBSTANTIVE,
            'words altered: "Eva Muster" -> "Jan Klar"',
        ),
        (
            "Datenschutzbeauftragter: Eva Muster",
            "Datenschutzbeauftragte: Eva Muster",
            Kind.MINOR,
            f'title of the {OFFICER}: "Datenschutzbeauftragter" -> "Datenschutzbeauftragte"',
        ),
        *[
            (f"{old} {rest}", f"{new} {rest}", Kind.SUBSTANTIVE, reason)
            for old, new, rest, reason in (
                ("Ask our internal", "Ask our external", f"{OFFICER}.", 'words altered: "internal" -> "external"'),
                (
                    "Ask our internal",
                    "Ask our independent",
                    f"{OFFICER}.",
                    'words altered: "internal" -> "independent"',
                ),
                (f"Our {OFFICER} managed", f"Our {OFFICER} manages", "it.", 'words altered: "managed" -> "manages"'),
            )
        ],
        # Thirty tokens at most tell of the officer alone.
        *[
            (
                f"Our {OFFICER} is Eva Muster {rest}",
                f"Our {OFFICER} is Jan Klar {rest}",
                kind,
                f'{what} "Eva Muster" -> "Jan Klar"',
            )
            for rest, kind, what in (
                (f"{'amber birch ' * 11}.", Kind.MINOR, f"name of the {OFFICER}:"),
                (f"{'amber birch ' * 11}too.", Kind.SUBSTANTIVE, "words altered:"),
            )
        ],
        # The block before the altered ones says whose name it is.
        (
            f"The {OFFICER} is\n\nEva Muster\n\nLast updated: 3 May 2020",
            f"The {OFFICER} is\n\nJan Klar\n\nLast updated: 5 June 2021",
            Kind.MINOR,
            f'name of the {OFFICER}: "Eva Muster" -> "Jan Klar"',
        ),
        ("You can can write.", "You can write.", Kind.MINOR, 'a word that stood twice: "can"'),
        # Of several blocks that came or went each is judged by itself.
        ("We know.", "We know.\n\n## Your choices\n\nYou may.", Kind.SUBSTANTIVE, 'added: "You may."'),
        ("We know.\n\n## Your choices\n\nYou may.", "We know.", Kind.SUBSTANTIVE, 'removed: "You may."'),
        (
            "Write to Acme Ltd, 5 High Street, London SW1A 1AA.",
            "Write to Acme Ltd, Zeta Ltd, London SW1A 1AA.",
            Kind.SUBSTANTIVE,
            'words altered: "5 High Street" -> "Zeta Ltd"',
        ),
    ],
)
def test_an_altered_place_gives_its_reason(old: str, new: str, kind: Kind, reason: str) -> None:
    diff = between(old, new)
    assert (diff.kind, diff.reasons[0]) == (kind, reason)
    assert between(new, old).kind is kind


def test_what_went_or_came_with_another_party_or_person_is_read_too() -> None:
    moved = between("Acme Ltd\n12 High Street\nLondon W1A 1AA", "Birch Ltd\nLondon W1A 1AA")
    assert 'removed: "12 High Street"' in moved.reasons
    named = between("Eva Muster", f"{OFFICER.capitalize()}: Eva Klar")
    assert 'words altered: "Muster" -> "Klar"' in named.reasons


@pytest.mark.parametrize("title", ["Acme - Privacy", "Policy - Acme", "Privacy"])
def test_the_title_of_the_page_is_no_part_of_the_policy(title: str) -> None:
    for old, new in (("Policy", title), (title, "Policy")):
        diff = compare(*(f"# {one}\n\n{PARAGRAPH}\n\n## Policy\n" for one in (old, new)))
        assert diff.kind is Kind.COSMETIC
        assert {reason.partition(":")[0] for reason in diff.reasons} <= {"the title of the page", "capital letters"}
        assert between("## Policy", f"## {title}").kind is not Kind.COSMETIC


@pytest.mark.parametrize("sign", ["-", "|", "::", "–", "»", "•", ":", ","])
def test_what_parts_the_name_of_the_page_and_that_of_the_site_is_of_the_title(sign: str) -> None:
    titles = (f"Privacy {sign} Acme", "Privacy / Acme")
    for old, new in (titles, titles[::-1]):
        assert compare(*(f"# {one}\n\n{PARAGRAPH}\n\n## Policy\n" for one in (old, new))).kind is Kind.COSMETIC


@pytest.mark.parametrize("more", [0, 1, 2])
def test_the_first_reasons_are_said_and_that_there_are_others(more: int) -> None:
    new = "\n\n".join(f"{PARAGRAPH} {word.capitalize()}." for word in WORDS[: MOST_REASONS + more])
    old = "\n\n".join([PARAGRAPH] * (MOST_REASONS + more))
    reasons = compare(old, new).reasons
    assert len(reasons) == MOST_REASONS
    assert reasons[-1] == ("and more" if more else f'added: "{WORDS[MOST_REASONS - 1].capitalize()}."')


def test_no_more_places_are_judged_once_there_are_enough_reasons_of_the_gravest_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged = []

    def counted(place: Place) -> Finding | None:
        judged.append(place.hunk)
        return finding(place)

    finding = altered._finding
    monkeypatch.setattr(altered, "_finding", counted)
    words = WORDS[: MOST_REASONS + 4]
    old, new = ("\n\n".join(f"{PARAGRAPH}{word}" for word in side) for side in ([""] * len(words), words))
    new = new.replace(words[-1], "Maple.")
    assert compare(old, new).kind is Kind.SUBSTANTIVE
    assert len(judged) == MOST_REASONS + 1


def test_a_graver_place_behind_many_lesser_ones_is_found() -> None:
    old = [f"See section {number} of this policy for what {word} means." for number, word in enumerate(WORDS, 3)]
    new = [line.replace("section ", "section 1") for line in old]
    assert between("\n\n".join(old), "\n\n".join(new)).kind is Kind.MINOR
    diff = between("\n\n".join([*old, "We know."]), "\n\n".join([*new, "We know them."]))
    assert (diff.kind, diff.reasons) == (Kind.SUBSTANTIVE, ('added: "them"',))


def test_a_reason_quotes_twelve_words() -> None:
    twelve = " ".join(WORDS)
    assert between("We know.", f"We know. {twelve}").reasons == (f'added: "{twelve}"',)
    assert between("We know.", f"We know. {twelve} maple").reasons == (f'added: "{twelve} …"',)


@pytest.mark.parametrize(
    ("parts", "moved", "kind", "reason"),
    [
        # From one list to another under the same heading, and within one.
        (
            ["## Partners", "We share:", "{0}", "Our other partners get more:", "They see it too.", "{1}"],
            "- what you tell us of your home",
            Kind.SUBSTANTIVE,
            "a passage moved to another section",
        ),
        (
            ["## Partners", "{0}", "We also keep what you write to our friends.", "{1}"],
            "You may ask us what we hold of you.",
            Kind.MINOR,
            "a passage stands elsewhere under the same heading",
        ),
        (
            ["## Partners", "{0}", "We also keep what you write.", "## Your rights", "You may object to it.", "{1}"],
            "You may ask us what we hold of you.",
            Kind.SUBSTANTIVE,
            "a passage moved to another section",
        ),
    ],
)
def test_a_passage_that_moved_is_judged_by_what_it_stands_under(
    parts: list[str], moved: str, kind: Kind, reason: str
) -> None:
    text = "\n\n".join([f"# Policy\n\n{PARAGRAPH}", *parts])
    old, new = text.format(moved, ""), text.format("", moved)
    for one, other in ((old, new), (new, old)):
        diff = compare(one, other)
        assert (diff.kind, [one.partition(":")[0] for one in diff.reasons]) == (kind, [reason])


def test_the_reasons_of_an_alarm_begin_with_what_alters_the_most_words() -> None:
    small = [f"The {word} that we keep stands in {number} registers." for number, word in enumerate(WORDS)]
    told = "We sell what you write to brokers who pay for it."
    for blocks in (
        ["\n\n".join(small), "{}"],
        ["{}", "\n\n".join(small)],
        ["\n\n".join([*small[:6], "{}", *small[6:]])],
    ):
        old = "\n\n".join(["# Policy", PARAGRAPH, *blocks]).format("We keep to ourselves what you write.")
        new = old.replace("that we keep", "we show").replace("We keep to ourselves what you write.", told)
        diff = compare(old, new)
        assert diff.kind is Kind.SUBSTANTIVE
        assert diff.reasons[:2] == (
            'added: "to brokers who pay for it"',
            'words altered: "keep to ourselves" -> "sell"',
        )


def test_the_reasons_of_a_lesser_change_are_in_reading_order() -> None:
    old = f"# Policy\n\nUpdated 1 May 2020\n\n{PARAGRAPH}\n\nWrite to 12 rue de la Paix, 75002 Paris.\n"
    new = old.replace("1 May 2020", "2 May 2020").replace("12 rue de la Paix, 75002 Paris", "5 avenue Foch, 69006 Lyon")
    diff = compare(old, new)
    assert diff.kind is Kind.MINOR
    assert diff.reasons[0].startswith("only the date of the document")


def test_the_reasons_of_a_lesser_change_say_where_links_lead_behind_the_words() -> None:
    old = f"# Policy\n\nSee [it](https://a.example/x).\n\nWE ask you.\n\n{PARAGRAPH}\n\nYou may Write to us.\n"
    diff = compare(old, old.replace("/x", "/y").replace("WE", "We").replace("Write", "write"))
    reasons = ('capital letters: "WE" -> "We"', 'capital letters: "Write" -> "write"', 'address of a link: "it"')
    assert (diff.kind, diff.reasons) == (Kind.COSMETIC, reasons)


def test_a_menu_that_moved_from_above_the_policy_to_below_it_is_cosmetic() -> None:
    policy = f"# Policy\n\n{PARAGRAPH}\n\n## Cookies\n\nWe use cookies."
    menu = " ".join(f"[{one}](https://a.example/{one})" for one in ("Home", "Careers", "Press", "Blog", "Investors"))
    for old, new in ((f"{menu}\n\n{policy}", f"{policy}\n\n{menu}"), (f"{policy}\n\n{menu}", f"{menu}\n\n{policy}")):
        diff = compare(old, new)
        assert diff.reasons == ('what stands around the policy: "Home Careers Press Blog Investors"',)
        assert diff.kind is Kind.COSMETIC


@pytest.mark.parametrize(
    ("parted", "joined"),
    [
        ("We tell no one about us.\n\n3. You may write.", "We tell no one about us.3. You may write."),
        ("You may ask us first.\n\n## Updates of this text", "You may ask us first.Updates of this text"),
        ("We know:\n\n* your name;\n* your age.", "We know:your name;your age."),
    ],
)
def test_lines_that_were_joined_without_a_space_alter_nothing(parted: str, joined: str) -> None:
    for old, new in ((parted, joined), (joined, parted)):
        assert between(old, new).kind is Kind.COSMETIC
        assert between(old, new.replace("You", "They").replace("your age", "our age")).kind is Kind.SUBSTANTIVE


def test_what_came_into_the_title_does_not_take_the_place_of_a_date_under_it() -> None:
    old = f"# Privacy\n\n**Updated: 14 July 2025**\n\n{PARAGRAPH}\n"
    new = f"# Privacy – Acme\n\n{PARAGRAPH}\n"
    for one, other in ((old, new), (new, old)):
        assert compare(one, other).kind is Kind.MINOR


def test_reasons_that_are_no_alarm_stand_where_a_reader_first_meets_them() -> None:
    policy = f"{PARAGRAPH} Names{{}} are kept.\n\nLast updated: {{}}\n\n{PARAGRAPH} Letters{{}} are kept."
    changed = between(policy.format("", "1 May 2020", ""), policy.format(" –", "2 June 2021", " – –"))
    assert changed.reasons == ("punctuation", "only the date of the document: 1 May 2020 -> 2 June 2021")
