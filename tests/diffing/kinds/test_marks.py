"""A mark in another form, and what a page shows of its Markdown or its template, says nothing of the policy."""

from __future__ import annotations

import pytest

from harvester.cleaner.comparable import comparable_text
from harvester.diffing import Kind, compare
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Markdown that a page shows.
        ("## Cookies {: #cookies }\n\nWe use none.", "## Cookies\n\nWe use none."),
        ("## Données {#donnees}\n\nRien.", "## Données\n\nRien."),
        ("## Daten\n{: .no_toc }\n\nKeine.", "## Daten\n\nKeine."),
        ("Wir speichern **nichts**.", "Wir speichern \\*\\*nichts\\*\\*."),
        ("What we do", "\\### What we do"),
        ("We share nothing.\n\nAsk us.", "We share nothing.\n\n_\n\nAsk us."),
        ("_We share nothing.\n\nAsk us._", "We share nothing.\n\nAsk us."),
        # Shortcodes of an editor that a page shows, also in quotation marks that were made curly.
        ('[row css=".a{width: 10% !important;}"][column][text]We sell none.[/text][/column][/row]', "We sell none."),
        ("[vc_row css=”.a{width: 10%;}”][vc_text]Wir verkaufen nichts.[/vc_text][/vc_row]", "Wir verkaufen nichts."),
        ('Ask us.\n\n[contact-form-7 id="12" title="Contact"]\n\nWe answer.', "Ask us.\n\nWe answer."),
        ('[box]\n\n[button size="large" link="/x"/]\n\nNous répondons.\n\n[/box]', "[box]\n\nNous répondons."),
        # A link's scheme or target that a page shows.
        ("Schreiben Sie an mailto:p@a.example.", "Schreiben Sie an p@a.example."),
        ("Écrivez à MAILTO:p@a.example ou appelez.", "Écrivez à p@a.example ou appelez."),
        ("Write to p@a.example (mailto:p@a.example).", "Write to p@a.example."),
        ("Call us at tel:+44 113 496 0000 now.", "Call us at +44 113 496 0000 now."),
        ("Call us at tel:(113) 496 0000 now.", "Call us at (113) 496 0000 now."),
        # Bars and rules between the cells of a table.
        ("Name | Purpose\n---|---\nYour age. | Ads.", "Name\n\n|\n\nPurpose\n\n---|---\n\nYour age.\n\n|\n\nAds."),
        ("Your age.\n\n|\n\nAds.", "Your age.\n\nAds."),
        (
            "Purpose | Bases\n---|---\nTo serve. |\n\nAge\n\n| Contract",
            "Purpose\n\nBases\n\nTo serve.\n\nAge\n\nContract",
        ),
        ("Your age |\n\nName", "Your age\n\nName"),
        # Marks between names.
        ("Go to Settings → Privacy → Data.", "Go to Settings » Privacy » Data."),
        ("Gehen Sie zu Konto > Daten > Export.", "Gehen Sie zu Konto → Daten → Export."),
        ("Acme Ltd – Main Street – Leeds", "Acme Ltd · Main Street · Leeds"),
        ("Acme SARL | rue Haute | Lyon", "Acme SARL – rue Haute – Lyon"),
        # Emphasis in other marks.
        ("Set the `session` cookie.", 'Set the "session" cookie.'),
        ("Le cookie `langue` reste.", "Le cookie « langue » reste."),
        ("Das Cookie _Sprache_ bleibt.", "Das Cookie „Sprache“ bleibt."),
        # Marks that an encoding lost, and signs that no text has in their place.
        ("We keep data – your name – for a year.", "We keep data ? your name ? for a year."),
        ("We keep data – your name – for a year.", "We keep data \x96 your name \x96 for a year."),
        ("Wir speichern – nur kurz – den Namen.", "Wir speichern \ufffd nur kurz \ufffd den Namen."),
        ("Nous gardons – un an – le nom.", "Nous gardons \ufffd\ufffd\ufffd un an \ufffd\ufffd\ufffd le nom."),
        ("It is your “personal data” here.", "It is your ?personal data? here."),
        # Abbreviations.
        ("Daten, z.B. Namen, d.h. alles.", "Daten, z. B. Namen, d. h. alles."),
        ("Data, e.g. names, i.e. all.", "Data, e. g. names, i. e. all."),
        ("Dane, m.in. nazwiska.", "Dane, m. in. nazwiska."),
        # A space at a link.
        ("Read [our terms](https://a.example/o) first.", "Read[our terms](https://a.example/o)first."),
        ("Lesen Sie [die Hinweise](https://a.example/h) hier.", "Lesen Sie[die Hinweise](https://a.example/h) hier."),
    ],
)
def test_the_same_words_with_other_marks_are_cosmetic(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.COSMETIC
    assert between(new, old).kind is Kind.COSMETIC


REFERRED = "Our terms ask you to [license us to share it][your-content]. It is public.\n\n[your-content]: /terms#yours"


@pytest.mark.parametrize("closing", ["", ")"])
def test_a_link_by_reference_that_a_page_shows_is_cosmetic(closing: str) -> None:
    link = "Our terms ask you to [license us to share it](https://a.example/terms). It is public."
    assert between(link, REFERRED + closing).kind is Kind.COSMETIC
    assert between(REFERRED + closing, link).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    "referred",
    {
        "to what is said nowhere": REFERRED.partition("\n")[0],
        "by words": REFERRED.replace("your-content", "and all partners"),
        "to another site": REFERRED.replace("/terms", "https://b.example/terms"),
        "to a sentence": REFERRED.replace("/terms#yours", "we sell it"),
        "with another one": REFERRED.replace("[your-content].", "[your-partners]."),
    }.values(),
)
def test_brackets_in_which_something_may_be_said_are_substantive(referred: str) -> None:
    plain = "Our terms ask you to license us to share it. It is public."
    assert between(plain, referred).kind is Kind.SUBSTANTIVE
    assert between(referred, plain).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Users of age > 16 only.", "Users of age → 16 only.", Kind.SUBSTANTIVE),
        (
            "Write to (mailto:[p@a.example](mailto:p@a.example)).",
            "Write to [p@a.example](mailto:p@a.example).",
            Kind.MINOR,
        ),
        ("Write to p@a.example.", "Write to p@a.example (mailto:q@b.example).", Kind.SUBSTANTIVE),
        ("We share it with Acme.", "We share it with Acme (mailto:q@b.example).", Kind.SUBSTANTIVE),
        ("Data are shared with mailto: and tel: links.", "Data are shared with tel: links.", Kind.SUBSTANTIVE),
        ("We give it to mailto:Acme now.", "We give it to Acme now.", Kind.SUBSTANTIVE),
        ("Ask tel: our partners now.", "Ask our partners now.", Kind.SUBSTANTIVE),
        ("Age: 16 | 18.", "Age: 16 18.", Kind.MINOR),
        ("We are here Mon – Fri for you.", "We are here Mon · Fri for you.", Kind.MINOR),
        ("Your name\\*\\* is asked for.", "Your name is asked for.", Kind.MINOR),
        ("A rate of 1.5 of all.", "A rate of 1. 5 of all.", Kind.MINOR),
        ("* of the Data Protection Act", "5. of the Data Protection Act", Kind.SUBSTANTIVE),
        ("Your name* is asked for.", "Your name is asked for.", Kind.MINOR),
        ('We "share" your data.', "We share your data.", Kind.MINOR),
        ("We collect {: your face }", "We collect", Kind.SUBSTANTIVE),
        ("We give [partners] your name.", "We give your name.", Kind.SUBSTANTIVE),
        ("We keep it [/30] days.", "We keep it days.", Kind.SUBSTANTIVE),
        ('Hello. [note text="we sell your name to all"]', "Hello.", Kind.SUBSTANTIVE),
        ('[row css=".a"]We sell none.[/row]', "We sell all.", Kind.SUBSTANTIVE),
        ("Set the `session` cookie.", 'Set the "login" cookie.', Kind.SUBSTANTIVE),
    ],
)
def test_a_mark_that_may_mean_something_is_more(old: str, new: str, kind: Kind) -> None:
    assert between(old, new).kind is kind
    assert between(new, old).kind is kind


@pytest.mark.parametrize(
    "left", ["{{ user.name }}", "[YOUR COMPANY NAME]", "[Firmenname einfügen]", "[insérer adresse]", "${shop}"]
)
def test_a_placeholder_that_went_or_came_is_minor(left: str) -> None:
    assert between(f"We are {left} at work.", "We are at work.").kind is Kind.MINOR
    assert between("We are at work.", f"We are {left} at work.").kind is Kind.MINOR


@pytest.mark.parametrize("filled", ["Acme Ltd", "30 days", "never"])
def test_what_a_placeholder_was_filled_in_with_is_substantive(filled: str) -> None:
    assert between("We keep it for [INSERT NUMBER].", f"We keep it for {filled}.").kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("open_", "filled"),
    [
        ("Write to us at [EMAIL ADDRESS].", "Write to us at privacy@a.example."),
        ("Last updated: [DATE]", "Last updated: 1 May 2024"),
        ("Call us: [PHONE NUMBER]", "Call us: +44 113 496 0000"),
        ("E-Mail: [E-Mail einfügen]", "E-Mail: [kontakt@a.example](mailto:kontakt@a.example)"),
        ("E-Mail-Adresse: XYZ", "E-Mail-Adresse: [Email](mailto:kontakt@a.example)"),
        ("Courriel : TBD", "Courriel : contact@a.example"),
        ("Dernière mise à jour : [Mettez la date du jour ici, ex: 24 Mai 2024]", "Dernière mise à jour : 2 juin 2025"),
        ("Kontakt pod adresem e-mail: [Wpisz adres do kontaktu].", "Kontakt pod adresem e-mail: a@a.example."),
        ("Senast uppdaterad: [fyll i dagens datum]", "Senast uppdaterad: 1 maj 2024"),
        ("You can reach the controller by e-mail: [EMAIL].", "You can reach the controller by e-mail: a@a.example."),
        (
            "Sie erreichen den Verantwortlichen per E-Mail [hier]",
            "Sie erreichen den Verantwortlichen per E-Mail a@a.example",
        ),
    ],
)
def test_what_says_how_the_company_is_reached_is_minor_in_the_place_of_a_placeholder(open_: str, filled: str) -> None:
    assert between(open_, filled).kind is Kind.MINOR
    assert between(filled, open_).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("open_", "filled"),
    [
        ("We delete it on [DATE].", "We delete it on 1 May 2024."),
        ("The controller is [COMPANY NAME].", "The controller is Acme Ltd."),
        ("We share it with XYZ.", "We share it with Acme."),
        ("We share it with [les partenaires de votre choix].", "We share it with Acme."),
        ("We share it with: [EMAIL].", "We share it with: a@a.example."),
        ("It goes to our processor, e-mail: [EMAIL].", "It goes to our processor, e-mail: a@a.example."),
        ("We keep it until [the day you choose].", "We keep it until 1 May 2024."),
        ("We write to you [unless you object, never by post].", "We write to you a@a.example."),
        ("We are paid by [one] and [write to] you.", "We are paid by a@a.example you."),
    ],
)
def test_who_and_until_when_is_substantive_in_the_place_of_a_placeholder(open_: str, filled: str) -> None:
    assert between(open_, filled).kind is Kind.SUBSTANTIVE
    assert between(filled, open_).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("mail", "words", "kind"),
    [
        ("at a@b.example", "at [email](mailto:a@b.example)", Kind.MINOR),
        ("a a@b.example", "[aquí](mailto:a@b.example)", Kind.MINOR),
        ("a@b.example", "[our partner](mailto:a@b.example)", Kind.SUBSTANTIVE),
        ("a@b.example", "email", Kind.SUBSTANTIVE),
        ("a@b.example", "[email](https://a.example/form)", Kind.SUBSTANTIVE),
    ],
)
def test_a_link_to_write_is_minor_in_the_place_of_an_address_if_it_says_no_more(
    mail: str, words: str, kind: Kind
) -> None:
    assert between(f"Write {mail}.", f"Write {words}.").kind is kind
    assert between(f"Write {words}.", f"Write {mail}.").kind is kind


@pytest.mark.parametrize("said", ["[your face]", "[not in the EU]", "{{ we sell your data }}", "todo", "[name, email]"])
def test_words_in_brackets_that_say_something_are_substantive(said: str) -> None:
    assert between(f"Compartimos {said} con Acme.", "Compartimos con Acme.").kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("mark", ["*", "–", "$"])
def test_a_mark_in_the_place_of_a_placeholder_fills_in_nothing(mark: str) -> None:
    change = between(
        "Write to [insert name] or [us](mailto:a@b.example).", f"Write to {mark} or [us](mailto:a@b.example)."
    )
    assert (change.kind, change.reasons) == (Kind.MINOR, ('a placeholder removed: "[insert name]"',))


def test_a_genitive_with_one_s_too_many_is_minor() -> None:
    assert between("The services's users know.", "The services' users know.").kind is Kind.MINOR
    assert between("The service's users know.", "The users know.").kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What we keep – Your name.", "What we keep? Your name."),
        ("What we keep – your name.", "What we keep your name."),
        ("Your name is kept, for a year.", "Your name is kept? for a year."),
        ("Your name is kept.", "Your name is kept?"),
    ],
)
def test_a_question_mark_elsewhere_and_a_mark_that_is_gone_are_no_slip_of_an_encoding(old: str, new: str) -> None:
    assert between(old, new).kind is not Kind.COSMETIC
    assert between(new, old).kind is not Kind.COSMETIC


RIGHT = "To object or to contact us [use the form](https://a.example{})."


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("/en/contact", "/ja/contact", Kind.COSMETIC),
        ("/en/contact", "/contact", Kind.COSMETIC),
        ("/en-us/contact", "/pt_br/contact", Kind.COSMETIC),
        ("/help/de/contact", "/help/zh-hans/contact", Kind.COSMETIC),
        ("/contact/en", "/contact/fr", Kind.COSMETIC),
        ("/en/contact", "/en/object", Kind.MINOR),
        ("/contact", "/form", Kind.MINOR),
        ("/press/contact", "/legal/contact", Kind.MINOR),
    ],
)
def test_a_page_to_exercise_a_right_in_another_language_is_the_same(old: str, new: str, kind: Kind) -> None:
    assert between(RIGHT.format(old), RIGHT.format(new)).kind is kind
    assert between(RIGHT.format(new), RIGHT.format(old)).kind is kind


def test_a_quotation_mark_that_is_not_around_what_was_emphasised_is_minor() -> None:
    assert between("We use *amber* birch.", 'We use "amber birch.').kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Where it is run by a third party you will be asked.", "Where it is run by a third party, you will be asked."),
        ("We know. For more information please write to us.", "We know. For more information, please write to us."),
        ("However we do not sell it.", "However, we do not sell it."),
        ("We know. In addition we keep it.", "We know. In addition, we keep it."),
        ("We use cookies; they are small.", "We use cookies. They are small."),
        ("We collect data, such as names.", "We collect data such as names."),
        ("We collect data, including names.", "We collect data including names."),
        ("* information about you; and\n* all else", "* information about you, and\n* all else"),
        ("Recipients include, our family of firms.", "Recipients include our family of firms."),
    ],
)
def test_a_comma_behind_what_introduces_a_sentence_or_a_list_is_minor(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We never sell it, for mail we ask.", "We never sell it. For mail we ask."),
        ("We ask partners who sell data.", "We ask partners, who sell data."),
        ("We do not sell it because you object.", "We do not sell it, because you object."),
        ("We ask you if you object we stop.", "We ask you if you object, we stop."),
        ("If you object to sale or use data stays.", "If you object to sale or use, data stays."),
    ],
)
def test_a_comma_that_parts_a_sentence_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


PIXEL = '<img height="1" width="1" style="display:none" src="https://t.example/tr?id={}&ev=PageView" />'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Buttons that open and close a part of the page.
        ("[show]Contents", "Contents"),
        ("Contents \\[hide\\]", "Contents"),
        ("[Expand]Examples of what this covers", "Examples of what this covers"),
        ("Inhalt [Verbergen]", "Inhalt"),
        ("Sommaire [masquer]", "Sommaire"),
        ("目录[隐藏]", "目录"),
        # Tags with attributes that a page shows.
        (PIXEL.format(12), ""),
        (PIXEL.format(12) + PIXEL.format(34), PIXEL.format(12)),
        (f"Text size {PIXEL.format(12)}.", "Text size"),
        ('We keep <span class="wide">your name</span> here.', "We keep your name here."),
    ],
)
def test_buttons_and_tags_that_a_page_shows_are_cosmetic(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.COSMETIC
    assert between(new, old).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You may [hide] your name from us.", "You may your name from us."),
        ("Write to [sales] about it", "Write to about it"),
        ("Keep [30] Names", "Keep Names"),
        ("Contents [hide] We sell it.", "Contents"),
        ('We keep it. <img src="a.png" alt="We sell your name">', "We keep it."),
        ('We keep <span title="and sell">your name</span> here.', "We keep your name here."),
        ('We keep it. <input value="We sell it">', "We keep it."),
        ("We keep it if age <b = 16> or so.", "We keep it if age or so."),
        ("We keep it < 30 days > long", "We keep it long"),
    ],
)
def test_words_in_brackets_and_in_what_tags_say_are_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("empty", ["", "-", "–", "—"])
@pytest.mark.parametrize(
    "head", ["| Data | Sold to | Kept by |\n| --- | --- | --- |", "Data | Sold to | Kept by\n---|---|---"]
)
def test_what_stands_under_another_head_is_substantive_whatever_an_empty_cell_holds(head: str, empty: str) -> None:
    rows = [f"| Names | Acme | {empty} |", f"| Names | {empty} | Acme |"]
    old, new = (comparable_text("T", f"We keep it.\n\n{head}\n{row}\n| Orders | Zeta | Zeta |") for row in rows)
    diff = compare(old, new)
    assert (diff.kind, diff.reasons[0][:31]) == (Kind.SUBSTANTIVE, "a cell stands in another column")
    dash = comparable_text("T", f"We keep it.\n\n{head}\n| Names | Acme | – |\n| Orders | Zeta | Zeta |")
    assert compare(old, dash).kind in (Kind.MINOR, Kind.COSMETIC)
