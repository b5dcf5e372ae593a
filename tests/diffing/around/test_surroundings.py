"""What stands around a policy in the extracted text is no change of it; what looks alike within the policy is."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from harvester.diffing.around.surroundings import surroundings, without_surroundings
from harvester.diffing.around.widgets import COUNTERS
from harvester.diffing.text.blocks import read_blocks

BODY = """# Privacy

We collect your name and your address when you open an account with our shop.

## Your rights

You may write to us.

## Cookies

We set two cookies.

## Children

We knowingly collect nothing at all of children who are under 16 years old.
"""
CONTENTS = (
    "- [Your rights](https://a.example/#r)\n- [Cookies](https://a.example/#c)\n- [Children](https://a.example/#k)"
)


def texts(before: str, after: str) -> tuple[str, str]:
    """Two texts with a passage at the top and one at the bottom."""
    return tuple(BODY.replace("# Privacy\n", f"# Privacy\n\n{one}\n") + f"\n{one}\n" for one in (before, after))  # type: ignore[return-value]


AROUND = [
    ("", "[Back to top](https://a.example/#top)"),
    ("Print | [E-mail](mailto:?subject=x)", "Print this page | Share on Facebook | Tweet"),
    ("Cart (0) | Log in | Register", "Basket (2) | Sign in | Join"),
    ("", "Inhaltsverzeichnis"),
    ("", "ページトップへ"),
    ("Войти | Регистрация", "Вход | Поиск"),
    ("English | Deutsch", "English | Deutsch | Français | Español | 日本語"),
    ("5 min read", "6 min read"),
    ("", "Open all"),
    ("Tout ouvrir", "Tout fermer"),
    ("", "[Previous column](https://a.example/p#)[Next column](https://a.example/p#)"),
    ("Previous slide | Next slide", ""),
    ("Nächste Spalte", ""),
    # Links around blocks: to the pages before and behind this one.
    (
        "",
        "[ Prev\n\nHow to store a copy\n\n](https://a.example/copy)\n\n"
        "[Next \n\nHow to begin\n\n](https://a.example/begin)",
    ),
    (
        "",
        "> ## Documentation Index\n>\n> Fetch the complete documentation index at: <https://a.example/llms.txt>\n>\n"
        "> Use this file to discover all available pages before exploring further.",
    ),
    (
        "For AI agents: the index of these documents is at [/llms.txt](https://a.example/llms.txt).",
        "For AI agents: a Markdown copy of all pages is at <https://a.example/llms-full.txt>",
    ),
    ("Lesezeit: 4 Minuten", "Lesezeit: 5 Minuten"),
    ("Updated 2 months ago", "Updated over a year ago"),
    ("Updated over a week ago", "Updated yesterday"),
    ("Last updated: today", "Last updated: this week"),
    ("Aktualisiert gestern", "Heute aktualisiert"),
    ("Mis à jour hier", "Mis à jour il y a 3 jours"),
    ("Actualizado hoy", "Actualizado esta semana"),
    ("今日更新", "3日前に更新"),
    ("il y a 3 mois", "il y a plus d'un an"),
    ("This page has been viewed 10,233 times.", "This page has been viewed 11,871 times."),
    ("12 out of 30 found this helpful", "57 out of 130 found this helpful"),
    ("This site uses cookies to give you the best experience.\n\nGot it!", ""),
    ("", CONTENTS),
    ("", CONTENTS.replace("[", "[2 ")),
    (
        "### Related articles\n\n- [Ten tips for summer](https://a.example/1)\n- [A new office](https://a.example/2)",
        "### Related articles\n\n- [Our Christmas sale](https://a.example/3)",
    ),
    ("There are currently 14 users online", "There are currently 233 users online"),
    ("Besucher: 14.233", "Besucher: 15.001"),
    ("Share 12 Tweet 4 Pin 1", "Share 40 Tweet 9 Pin 3"),
    ("Posted by admin in News | 2 Comments", "Posted by admin in News | 14 Comments"),
    ("Rating: 4.2/5 (120 votes)", "Rating: 4.3/5 (151 votes)"),
    ("Page generated in 0.031 seconds", "Page generated in 0.127 seconds. 14 queries."),
    ("Today is Monday, March 4, 2013", "Today is Friday, June 7, 2013"),
    ("Your last visit was: 12 May 2008, 14:22", "Your last visit was: 30 June 2008, 09:03"),
    ("Welcome, Guest! Please log in.", "Hello, Guest"),
    ("Session ID: 8f3a9c2e11d04", "Session ID: 77ac0be91f332"),
    ("Security question: What is 3 + 4?", "Security question: What is 9 + 2?"),
    ("EUR/USD 1.0845 +0.12%", "EUR/USD 1.1032 -0.40%"),
    ("London 14°C Partly cloudy", "London 21°C Sunny"),
    ("Black Friday: 20 % off everything!", "Free shipping on all orders over €50"),
    ("Tip of the day: press a key to search.", "We're hiring!"),
    ('"Best service ever, I found it in two days!" — Anna, Berlin', ""),
    ("### Newsletter\n\nEnter your email address to receive our latest news.\n\n[Sign up](https://a.example/n)", ""),
    ("12 people like this", "Total visits: 1,204,331"),
    ("Lecture : 8 min", "約6分で読めます"),
    ("SQL queries: 12 | Time: 0.13 s", "This page took 0.47 seconds to load"),
    ("Last login: 3 May 2012 10:22", "Page 1 of 4"),
    ("Your browser is out of date. Please update it.", "JavaScript is disabled. Please enable it."),
    (
        "### More from Acme\n\n- [Gift cards](https://a.example/1)",
        "### More from Acme\n\n- [Stores](https://a.example/3)",
    ),
    ("Anna from Acme · Updated 3 weeks ago", "Anna from Acme · Updated over 2 months ago"),
    ('> "I found exactly what I wanted here!"\n\n— Tom, London', '> "Best shop on the web, by far!"\n\n— Eve, Paris'),
    ("**Home** | Visitors: 1200", "**Home** | Visitors: 1277"),
    ("Share this page: Facebook Twitter", "Share this page: Facebook X LinkedIn"),
    ("Sign up for our newsletter and never miss an update", ""),
    ("Currency: USD", "USD $ | EUR € | GBP £"),
    ("English\n\nDeutsch", "English\n\nDeutsch\n\nPolski"),
    ("Cookie Consent\n\nWe and our partners use cookies.\n\nAccept all\n\nReject all", ""),
    ("We use cookies to improve your experience. By continuing you accept this. Accept Decline", ""),
    (
        "- [Start](https://a.example/)\n- [Shop](https://a.example/s)\n- [Team](https://a.example/t)",
        "- [Start](https://a.example/)\n- [Plans](https://a.example/p)\n- [Team](https://www.a.example/t)",
    ),
    ("Sprache wählen: Deutsch | English", "Sprache wählen: Deutsch | English | Français"),
]

AROUND += [
    ("", "[Print this policy](javascript:print())"),
    ("[Download this notice (PDF, 312 KB)](https://a.example/p)", "[Download PDF (1.2 MB)](https://a.example/p)"),
    ("Datenschutzerklärung als PDF herunterladen", "[Seite drucken](https://a.example/d)"),
    ("[Télécharger la politique (PDF, 120 Ko)](https://a.example/p)", "Imprimer cette page"),
    ("[Retour en haut de page](#top)", "Return to the top of this page"),
    ("[Direkt zum Inhalt](#main)", "[Aller directement au contenu](#main)"),
    ("Was this page helpful?\n\nYes | No", "Did this answer your question?\n\nYes | No"),
    ("Share feedback\n\nThanks for sharing your feedback!", "Did you find this summary helpful?"),
    ("Merci pour votre retour", "Vielen Dank für Ihr Feedback!"),
    ("Search for:", ""),
    ("{% include footer.html %}", "{% include scripts.html %}"),
    ("<%= yield :footer %>", ""),
    ("Vous êtes ici :", "Sie sind hier:"),
    ("[Anna Field](https://a.example) menu", "[Field](https://a.example) menu"),
    ("Shared 312 times", "Shared 340 times"),
]
AT_AN_EDGE = [
    (
        "English | Deutsch | Français | Español | Italiano | Polski | Nederlands | Svenska | Português | Türkçe",
        "English | Deutsch | Français | Español | Italiano | Polski | Nederlands | Svenska | Português",
    ),
    ("Visto 1.234 veces", "Visto 2.075 veces"),
    ("Aufrufe dieser Seite: 10.432", "Aufrufe dieser Seite: 11.008"),
    ("Odsłon: 2311", "Odsłon: 2460"),
    ("Deze pagina is 512 keer bekeken", "Deze pagina is 634 keer bekeken"),
    ("閲覧数：3,201", "閲覧数：3,518"),
    ("Partager : Facebook 14 · Twitter 3", "Partager : Facebook 19 · Twitter 5"),
    ("Teilen 5 | Twittern 2 | E-Mail", "Teilen 9 | Twittern 2 | E-Mail"),
    ("Rated 4.7 out of 5 by 1,204 customers", "Rated 4.8 out of 5 by 1,377 customers"),
    ("Trusted by more than 20,000 customers", "Trusted by more than 25,000 customers"),
    ("Basket (0) £0.00", "Basket (2) £31.90"),
    ("Written by Anna Field · 3 min read", "Written by Anna Field · 4 min read"),
    ("Por el equipo | 5 min de lectura", "Por el equipo | 6 min de lectura"),
    ("Hola, Marta. Tiene 2 mensajes nuevos", "Hola, Luis. Tiene 5 mensajes nuevos"),
    ("Wiosenna wyprzedaż: rabaty do 30%", "Saldi invernali: -25% su tutta la pasta"),
]
BELOW = [
    (
        "**We value your privacy**\n\nWe use cookies to improve our site. See our "
        "[Privacy Policy](https://a.example/p) for details.",
        "### Cookie consent\n\nThis site uses cookies for a better experience. [Privacy policy](https://a.example/p)",
    ),
    (
        "Follow us\n\n[Facebook](https://www.facebook.com/lark) [Twitter](https://twitter.com/lark)",
        "Follow us\n\n[Facebook](https://www.facebook.com/lark) [Mastodon](https://mastodon.example/@lark_uk)",
    ),
    ("### 4 Comments", "### 9 Comments"),
    ("#### 6 reacties", "#### 8 reacties"),
    (
        "### Lees verder\n\n- [Zo onderhoudt u uw fiets](https://a.example/1)\n- [Mooie routes](https://a.example/2)",
        "### Lees verder\n\n- [Winterbanden](https://a.example/3)\n- [Nieuw in de winkel](https://a.example/4)",
    ),
    (
        "Tags: [workshop](https://a.example/t1), [planning](https://a.example/t2)",
        "Tags: [news](https://a.example/t3), [planning](https://a.example/t2), [wood](https://a.example/t4)",
    ),
]


@pytest.mark.parametrize(("before", "after"), AROUND + AT_AN_EDGE)
def test_what_stands_around_a_policy_is_no_change_of_it(before: str, after: str) -> None:
    old, new = texts(before, after)
    assert without_surroundings(old) == without_surroundings(new)
    for diff in (compare(old, new), compare(new, old)):
        assert diff.kind is Kind.COSMETIC, diff.reasons
    assert any("around the policy" in reason for reason in compare(old, new).reasons)


def _menu(*names: str) -> str:
    return "\n".join(f"* [{name}](https://a.example/{place})" for place, name in enumerate(names))


def test_a_menu_of_pages_that_each_site_has_is_the_sites_between_sentences_too() -> None:
    old, new = (
        BODY.replace("We set two cookies.", f"We set two cookies.\n\n{_menu(*countries, 'Help', 'Jobs', 'Contact us')}")
        for countries in (("Japan", "France", "Italy", "Spain"), ("Italy", "Spain", "Peru"))
    )
    assert without_surroundings(old) == without_surroundings(new) == without_surroundings(BODY)
    assert compare(old, new).kind is Kind.COSMETIC


def test_lines_of_links_to_one_site_are_its_menu_though_one_beside_them_leads_elsewhere() -> None:
    old, new = (
        _below_the_title(BODY, "Team Jobs Press", ways, "Map:m") for ways in ("Shop Sale Size", "Shop Sale New")
    )
    assert without_surroundings(old) == without_surroundings(new)
    assert compare(old, new).kind is Kind.COSMETIC


def test_a_menu_has_no_link_to_the_page_that_is_shown() -> None:
    items = "* [Sobre mí](https://a.example/yo)\n* Contacto\n* [Blog](https://a.example/blog)"
    old, new = (
        BODY.replace("\n\n", f"\n\n{items}{more}\n\n", 1) for more in ("", "\n* [Apps](https://a.example/apps)")
    )
    assert without_surroundings(old) == without_surroundings(new) == without_surroundings(BODY)
    assert compare(old, new).kind is Kind.COSMETIC


def test_names_of_data_beside_one_link_are_no_menu() -> None:
    text = BODY.replace("\n\n", "\n\n* Contact\n* Account\n* [Orders](https://a.example/orders)\n\n", 1)
    assert "Account" in without_surroundings(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("E-mail: [a@b.example](mailto:a@b.example)", "E-mail: a@b.example"),
        ("[a@b.example](mailto:a@b.example?subject=Data)", "[a@b.example](mailto:a@b.example)"),
        ("[Write](mailto:a@b.example?subject=Data) to us.", "[Write](mailto:a@b.example) to us."),
        ("Read https://a.example/en/ first.", "Read <https://a.example/en> first."),
        ("Read [www.a.example](https://a.example) first.", "Read www.a.example first."),
    ],
)
def test_a_link_that_spells_out_where_it_leads_says_no_more_than_its_words(old: str, new: str) -> None:
    old, new = (BODY.replace("You may write to us.", said) for said in (old, new))
    assert without_surroundings(old) == without_surroundings(new)
    assert compare(old, new).kind is Kind.COSMETIC
    assert compare(new, old).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("[a@b.example](mailto:a@b.example)", "[a@b.example](mailto:c@b.example)", Kind.MINOR),
        ("[a@b.example](https://c.example/form)", "a@b.example", Kind.COSMETIC),
        ("[Write](mailto:a@b.example) to us.", "Write to us.", Kind.MINOR),
    ],
)
def test_a_link_that_leads_elsewhere_than_it_says_is_read(old: str, new: str, kind: Kind) -> None:
    old, new = (BODY.replace("You may write to us.", said) for said in (old, new))
    assert without_surroundings(old) != without_surroundings(new)
    assert compare(old, new).kind is kind


@pytest.mark.parametrize("ways", [("Acme Bolt Corvid", "Map:m"), ("Acme Bolt Corvid", "A:m B:m C:m")])
def test_one_line_of_links_beside_links_to_other_sites_may_be_recipients(ways: tuple[str, ...]) -> None:
    assert "Bolt" in without_surroundings(_below_the_title(BODY, *ways))


def _below_the_title(text: str, *lines: str) -> str:
    """Return a text with lines of links under its title, each `Name` of the site or `Name:host` of another one."""

    def link(said: str) -> str:
        name, _, host = said.partition(":")
        return f"[{name}](https://{host or 'a'}.example/{name})"

    title, _, rest = text.partition("\n\n")
    return "\n\n".join((title, *(" ".join(map(link, line.split())) for line in lines), rest))


@pytest.mark.parametrize("title", ["#", "# …", "# Acme Shop"])
def test_the_name_of_the_document_under_the_title_of_a_page_or_under_none_is_not_read(title: str) -> None:
    sentence = "We collect your name and your address when you open an account with our shop."
    assert without_surroundings(f"{title}\n\n## Privacy Policy\n\n{sentence}") == without_surroundings(
        f"{title}\n\n{sentence}"
    )


@pytest.mark.parametrize(
    "menu",
    [
        _menu("Acme", "Bolt", "Corvid", "Delta", "Help", "Jobs"),
        _menu("Acme", "Help", "Jobs", "Contact us"),
        _menu("Acme", "Bolt", "Help", "Jobs", "Contact us") + "\n* [Zeta](https://z.example/)",
    ],
)
def test_links_between_sentences_are_read_where_they_may_be_recipients(menu: str) -> None:
    text = BODY.replace("We set two cookies.", f"We set two cookies.\n\n{menu}")
    assert "Acme" in without_surroundings(text)


def test_a_link_to_what_a_shop_offers_is_the_sites_between_sentences_too() -> None:
    offer = "Limited time offer: get $60 off"
    linked, said = (
        BODY.replace("We set two cookies.", f"We set two cookies.\n\n{one}")
        for one in (f"[{offer}](https://a.example/o)", offer)
    )
    assert without_surroundings(linked) == without_surroundings(BODY) != without_surroundings(said)
    assert compare(BODY, linked).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    "link",
    [
        "[Deutsch](https://a.example/de)",
        "[Lire cette politique en français](https://a.example/fr)",
        "[Privacy Policy (PDF)](https://a.example/p.pdf)",
        "To download a PDF version, [click here](https://a.example/p.pdf).",
        "[View the Spanish version of this policy](https://a.example/es)",
        "[Previous version](https://a.example/2014)",
        "[Vorherige Version der Datenschutzerklärung](https://a.example/2014)",
        "[Click here for version 4.7](https://a.example/4-7)",
        "[Version 3 of this policy](https://a.example/3)",
        "* [Japan (日本語)](https://a.example/ja)",
        "* [Español (México)](https://a.example/es-mx)",
        "Argentina (español)",
    ],
)
def test_a_link_to_another_text_of_the_document_is_none_of_it(link: str) -> None:
    linked = BODY.replace("We set two cookies.", f"We set two cookies.\n\n{link}")
    assert without_surroundings(linked) == without_surroundings(BODY)
    for diff in (compare(BODY, linked), compare(linked, BODY)):
        assert diff.kind is Kind.COSMETIC, diff.reasons


@pytest.mark.parametrize(
    "said",
    [
        "Deutsch",
        "[Cookie policy (PDF)](https://a.example/c.pdf)",
        "[Privacy policy for California (PDF)](https://a.example/c.pdf)",
        "[Prior consent](https://a.example/c)",
        "Click here for version 4.7",
        "[Version 3 of the app](https://a.example/3)",
        "[TLS version 1.3](https://a.example/3)",
        "[Privacy policy](https://a.example/p)",
        "* Argentina (español)",
        "We read this policy to you in English.",
        "A printed version of this policy is not available in [Spanish](https://a.example/es).",
    ],
)
def test_what_is_no_link_to_another_text_of_the_document_is_read(said: str) -> None:
    assert without_surroundings(BODY) != without_surroundings(
        BODY.replace("We set two cookies.", f"We set two cookies.\n\n{said}")
    )


@pytest.mark.parametrize(("before", "after"), BELOW)
def test_what_only_stands_below_a_policy_is_none_of_its_words(before: str, after: str) -> None:
    assert without_surroundings(f"{BODY}\n{before}\n") == without_surroundings(f"{BODY}\n{after}\n")
    assert compare(f"{BODY}\n{before}\n", f"{BODY}\n{after}\n").kind is Kind.COSMETIC


@pytest.mark.parametrize(("before", "after"), AT_AN_EDGE)
def test_a_line_that_counts_or_offers_something_is_the_policys_between_its_sentences(before: str, after: str) -> None:
    if COUNTERS.fullmatch(before.casefold()) or "|" in before or "·" in before:
        return  # known by its whole form, wherever it stands
    old, new = (BODY.replace("We set two cookies.", one) for one in (before, after))
    assert without_surroundings(old) != without_surroundings(new)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "[Home](https://a.example/) / [Legal](https://a.example/l) / Privacy",
            "[Start](https://a.example/) / [Trust](https://a.example/t) / Privacy",
        ),
        # A style sheet parts the slashes from the links.
        (
            "[Inicio](https://a.example/)/Privacidad",
            "[Inicio](https://a.example/)/[Legal](https://a.example/l)/Privacidad",
        ),
        ("[Home](https://a.example/)|[Legal](https://a.example/l)|Privacy", ""),
        # The section of the site, above the policy's name.
        ("Legal", "Legal information"),
        ("[Home](https://a.example/) / Privacy\n\nLegal", "Legal"),
        ("Juridisch", ""),
        ("", "Rechtliches"),
        ("", "Правовая информация"),
        ("法律信息", ""),
    ],
)
def test_the_path_to_the_page_at_its_top_is_none_of_its_words(one: str, other: str) -> None:
    old, new = (BODY.replace("# Privacy\n", f"# Privacy\n\n{path}\n") for path in (one, other))
    assert without_surroundings(old) == without_surroundings(new) == without_surroundings(BODY)
    assert compare(old, new).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We share it with:\n\n- Facebook\n- Twitter", "We share it with:\n\n- Facebook\n- Twitter\n- YouTube"),
        ("We share it with\n\n[Acme](https://a.example)/Ajax", "We share it with\n\n[Acme](https://a.example)/Meta"),
        ("Legal\n\nWe must.", "We must."),
        ("- Your name\n- Your e-mail address", "- Your name\n- Your e-mail address\n- Search"),
        ("Do we sell data?\n\nNo", "Do we sell data?\n\nYes"),
        ("Data | Sold\n---|---\nNames | No\n", "Data | Sold\n---|---\nNames | Yes\n"),
        ("This site uses cookies to give you the best experience.", "This site uses cookies to follow you."),
        ("We keep it for 2 months.", "We keep it for 3 months."),
        ("We speak English.", "We speak English and German."),
        ("Rate of interest: 4.5/5 of the base rate.", "Rate of interest: 4.9/5 of the base rate."),
        ("After 5 comments your account is reviewed.", "After 9 comments your account is reviewed."),
        ("### Categories\n\n- Your name", "### Categories\n\n- Your name\n- Your fingerprint"),
        ("We use cookies to remember you.\n\nOK", "We use cookies to sell your profile.\n\nOK"),
        (
            "Subscribe to our newsletter and we keep it for 2 years.",
            "Subscribe to our newsletter and we keep it for 9 years.",
        ),
        ("Session ID: kept for 30 days", "Session ID: kept for 60 days"),
        ("Up to 5 % of profiles are checked by staff.", "Up to 50 % of profiles are checked by staff."),
        ("Free delivery is not offered to those who object.", "Free delivery is offered to those who object."),
        ("## Newsletter\n\nWe send it by Acme.", "## Newsletter\n\nWe send it by Zeta."),
        (
            "## Recipients\n\n- [Acme](https://a.example)\n- [Beta](https://b.example)\n- [Zeta](https://z.example)",
            "## Recipients\n\n- [Acme](https://a.example)\n- [Beta](https://b.example)\n- [Yota](https://y.example)",
        ),
        (
            "### Recipients of data\n\n- [Acme](https://a.example/1)\n- [Beta](https://a.example/2)",
            "### Recipients of data\n\n- [Acme](https://a.example/1)\n- [Zeta](https://a.example/3)",
        ),
        (
            "- [Terms](https://a.example/t)\n- [Opt out of profiling](https://a.example/o)",
            "- [Terms](https://a.example/t)\n- [Imprint](https://a.example/i)",
        ),
        ("Reviews are deleted after 10 reads", "Reviews are deleted after 90 reads"),
        ("Visits are recorded 5 times", "Visits are recorded 50 times"),
        ("Customers under 16: parental signature", "Customers under 13: parental signature"),
        ("Kunden ab 16", "Kunden ab 13"),
        ("Commission: 5%", "Commission: 9%"),
        ("Minimum age: 16", "Minimum age: 13"),
        ("Délai de réponse : 30 jours", "Délai de réponse : 60 jours"),
        ("Copies cost £5", "Copies cost £10"),
        ("Data of 1,200 visitors may be shared", "Data of 12,000 visitors may be shared"),
        ("Visitors tracked: all", "Visitors tracked: none"),
        ("Register number of our customers: 1234", "Register number of our customers: 5678"),
        (
            "We work with these.\n\n- [Acme](https://acme.example/privacy)\n- [Zeta](https://zeta.example/privacy)",
            "We work with these.\n\n- [Acme](https://acme.example/privacy)\n- [Yota](https://yota.example/privacy)",
        ),
        (
            "We work with these.\n\n- [Acme](https://acme.example/one)\n- [Zeta](https://zeta.example/two)",
            "We work with these.\n\n- [Acme](https://acme.example/one)\n- [Yota](https://yota.example/two)",
        ),
        ("Print this policy and keep it for 2 years", "Print this policy and keep it for 3 years"),
        ("", "We let programs of others read https://a.example/llms.txt"),
        ("- Your rights\n- Cookies", "- Your rights\n- Children"),
        (
            "We note what you do on the pages of our shop with:\n\nPrint",
            "We note what you do on the pages of our shop with:\n\nSearch",
        ),
        (
            '"We never sell your data to anyone here."\n\n– Ann, founder',
            '"We rarely sell your data to anyone here."\n\n– Ann, founder',
        ),
        ("Shared with 3 partners", "Shared with 4 partners"),
        (
            "See our partners: [Acme](https://a.example)",
            "See our partners: [Acme](https://a.example), [Zeta](https://z.example)",
        ),
    ],
)
def test_what_only_looks_like_a_menu_is_read_as_the_policy(before: str, after: str) -> None:
    for one, other in ((before, after), (after, before)):
        old, new = texts(one, other)
        assert without_surroundings(old) != without_surroundings(new)
        assert compare(old, new).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "below",
    [
        "## We value your privacy\n\nThis website uses cookies to improve your experience.",
        "- [Facebook](https://facebook.com/en)\n- [Pinterest](https://pinterest.com/en)",
    ],
)
def test_what_only_looks_like_the_sites_below_a_policy_is_read(below: str) -> None:
    assert without_surroundings(f"{BODY}\n{below}\n") != without_surroundings(BODY)
    assert compare(BODY, f"{BODY}\n{below}\n").kind is Kind.SUBSTANTIVE


def test_a_change_beside_an_altered_menu_keeps_its_kind_and_its_reasons() -> None:
    old, new = texts("5 min read", "6 min read")
    diff = compare(old, new.replace("two cookies", "nine cookies"))
    assert diff.kind is Kind.SUBSTANTIVE
    assert diff.reasons == ('words altered: "two" -> "nine"',)


def test_a_page_that_lost_its_title_says_the_same() -> None:
    body = "We keep what you tell us for two years.\n"
    assert without_surroundings(f"# Our privacy policy\n\n{body}") == without_surroundings(f"#\n\n{body}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Zaktualizowano 3 miesięcy temu", "Zaktualizowano 11 miesięcy temu"),
        ("8 maanden geleden bijgewerkt", "een maand geleden bijgewerkt"),
        ("Обновлено 3 мес. назад", "Обновлено 5 дней назад"),
        ("3 ay önce güncellendi", "2 hafta önce güncellendi"),
        ("3か月前に更新", "1年前に更新"),
        ("3个月前更新", "2天前更新"),
        ("تم التحديث منذ 3 أشهر", "تم التحديث منذ 5 أشهر"),
        ("Drukuj tę stronę", ""),
        ("このページを印刷", ""),
        ("打印本页", ""),
        ("طباعة هذه الصفحة", ""),
        ("Nous utilisons des cookies pour améliorer votre expérience. En poursuivant, vous acceptez les cookies.", ""),
        ("Wir verwenden Cookies für ein besseres Erlebnis. Wenn Sie weitersurfen, stimmen Sie dem zu.", ""),
    ],
)
def test_what_a_site_says_at_the_edges_is_none_of_its_policy_in_any_language(before: str, after: str) -> None:
    assert without_surroundings(f"{BODY}\n{before}\n") == without_surroundings(f"{BODY}\n{after}\n")


def test_a_sentence_on_cookies_between_others_is_the_policys() -> None:
    note = "We use cookies to improve your experience. By continuing to browse you agree to this."
    assert without_surroundings(f"{BODY}\n{note}\n\n{BODY}") != without_surroundings(f"{BODY}\n{BODY}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Your consent ID: 69d178d403ff783fd44b6c1c", "Your consent ID: 21ba0ebffd8cb6d69ca872d3"),
        ("同意ID：3ca71c7e4e023fa533351439", "同意ID：316b689743e65c4e73d49097"),
        ("This is the Trace Id: 00ac11dbae359ec09f2d1cea", "This is the Trace Id: 665097bc1cbe6b6ee8774379"),
    ],
)
def test_a_number_drawn_by_lot_is_none_of_the_policy(before: str, after: str) -> None:
    assert without_surroundings(f"{BODY}\n{before}\n\n{BODY}") == without_surroundings(f"{BODY}\n{after}\n\n{BODY}")


def test_a_number_of_a_register_is_the_policys() -> None:
    for one in ("Company number: 12345678", "VAT: DE811907980", "Registered under 0000 1234 5678 9012"):
        assert without_surroundings(f"{BODY}\n{one}\n\n{BODY}") != without_surroundings(f"{BODY}\n{BODY}")


ANNOUNCED = (
    "[Heron 4](https://a.example/models/heron) models are now available with agentic tools. "
    "[Try Heron 4 now](https://a.example/models/heron/play)"
)


@pytest.mark.parametrize(
    "announced",
    [
        ANNOUNCED,
        "Spring is here: all jackets in six colours. [Discover the jackets](https://a.example/spring)",
        "Unser neuer Katalog ist da. [Jetzt entdecken](https://a.example/katalog)",
    ],
)
def test_an_announcement_under_the_title_is_the_sites(announced: str) -> None:
    assert compare(BODY, under_the_title(announced)).kind is Kind.COSMETIC
    assert compare(under_the_title(announced), BODY).kind is Kind.COSMETIC
    assert without_surroundings(under_the_title(announced)) == without_surroundings(BODY)


@pytest.mark.parametrize(
    "said",
    [
        "We have two new offices. [See them all](https://a.example/offices)",
        "[Acme](https://acme.example) and Beta act as joint controllers. [See more](https://acme.example/beta)",
        "Residents of California: [see what applies](https://a.example/california)",
        "This text applies from 1 May. [See the text before it](https://a.example/before)",
        "Acme and Beta are one company now. [Read on](https://a.example/beta)",
        "Your child is under 16? [Discover what that means](https://a.example/children)",
        "Acme trains models with your prompts. [Learn more](https://a.example/training)",
        "Acme sells names. [Learn more](https://a.example/names) and [more](https://b.example/names)",
        "All jackets in six colours. [Discover how we share them](https://a.example/privacy)",
    ],
)
def test_what_a_policy_says_under_its_title_is_no_announcement(said: str) -> None:
    assert compare(BODY, under_the_title(said)).kind is Kind.SUBSTANTIVE


def test_an_announcement_elsewhere_is_read_as_a_sentence() -> None:
    assert compare(BODY, BODY.replace("## Cookies", f"{ANNOUNCED}\n\n## Cookies")).kind is Kind.SUBSTANTIVE


def test_an_announcement_above_a_text_without_known_words_is_read_as_a_sentence() -> None:
    unknown = "# Titel\n\nEnsimmäinen kappale.\n\nToinen kappale.\n\nKolmas kappale.\n"
    assert compare(unknown, unknown.replace("Titel\n", f"Titel\n\n{ANNOUNCED}\n")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "name", ["POLITYKA PRYWATNOŚCI", "## Privacy policy", "Datenschutzerklärung", "プライバシーポリシー"]
)
def test_the_name_of_the_document_under_any_title_is_none_of_it(name: str) -> None:
    old, new = (
        BODY.replace("# Privacy\n", f"# {title}\n\n{name}\n") for title in ("Acme", f"Acme – {name.strip('# ')}")
    )
    assert without_surroundings(old) == without_surroundings(new) == without_surroundings(BODY)
    lower = BODY.replace("## Cookies", f"{name}\n\n## Cookies")
    assert without_surroundings(lower) != without_surroundings(BODY)


def test_the_title_once_more_as_a_paragraph_is_the_sites() -> None:
    titled = BODY.replace("# Privacy\n", "# Privacy | Acme\n")
    assert compare(titled, titled.replace("Acme\n", "Acme\n\nPrivacy | Acme\n")).kind is Kind.COSMETIC
    assert compare(titled, titled.replace("Acme\n", "Acme\n\nPrivacy | Beta\n")).kind is Kind.SUBSTANTIVE
    assert compare(titled, titled.replace("Acme\n", "Acme\n\nACME\n")).kind is Kind.COSMETIC
    long = titled.replace("# Privacy |", "# How we treat your data –")
    assert compare(long, long.replace("Acme\n", "Acme\n\nHow we treat your data – Acme\n")).kind is Kind.COSMETIC
    for said in ("Beta", "Ac", "Acme sells it"):
        assert compare(titled, titled.replace("Acme\n", f"Acme\n\n{said}\n")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("sign", ["[Acme AG](https://a.example)", '[Acme AG\n\n](https://a.example "Acme")'])
def test_the_sites_sign_under_the_title_leads_to_its_first_page(sign: str) -> None:
    titled = BODY.replace("# Privacy\n", "# Privacy | Acme Shop\n")
    assert compare(titled, titled.replace("Shop\n", f"Shop\n\n{sign}\n")).kind is Kind.COSMETIC
    for other in (sign.replace("a.example", "a.example/us"), sign.replace("Acme AG", "Beta AG"), "Acme AG"):
        assert compare(titled, titled.replace("Shop\n", f"Shop\n\n{other}\n")).kind is Kind.SUBSTANTIVE


def test_a_sentence_whose_words_are_in_the_title_is_the_policys() -> None:
    text = BODY.replace("# Privacy\n", "# Why we share your address here\n\nWe share your address\n")
    assert "We share your address" in without_surroundings(text)


def under_the_title(said: str) -> str:
    return BODY.replace("# Privacy\n", f"# Privacy\n\n{said}\n")


@pytest.mark.parametrize(
    "banner",
    [
        "This site is in read-only mode.",
        "Scheduled maintenance on Sunday from 2 to 4",
        "Wegen Wartungsarbeiten ist der Shop heute nur eingeschränkt erreichbar.",
        "Site en maintenance ce soir",
        "El sitio está en modo de solo lectura",
        "Il sito è in manutenzione",
        "O site está em manutenção",
        "Wegens gepland onderhoud is de site traag",
        "Serwis działa tylko do odczytu",
        "На сайте проводятся технические работы",
        "ただいまメンテナンス中です",
    ],
)
def test_what_a_site_says_of_its_maintenance_above_a_policy_is_none_of_it(banner: str) -> None:
    said = BODY.replace("\n\n", f"\n\n{banner}\n\n", 1)
    assert without_surroundings(said) == without_surroundings(BODY)
    change = compare(said.replace("two", "six"), BODY)
    assert change.reasons == ('words altered: "six" -> "two"',)


@pytest.mark.parametrize(
    "said",
    [
        "During scheduled maintenance our partners see your data.",
        "Ongoing maintenance does not stop our tracking.",
        "Bei Wartungsarbeiten werden Ihre Daten übermittelt.",
    ],
)
def test_what_a_policy_says_of_maintenance_is_read(said: str) -> None:
    assert without_surroundings(BODY.replace("\n\n", f"\n\n{said}\n\n", 1)) != without_surroundings(BODY)
    assert without_surroundings(f"{BODY}\n\n{BODY.replace('Privacy', 'More', 1)}") != without_surroundings(
        f"{BODY}\n\nThe site is under maintenance.\n\n{BODY.replace('Privacy', 'More', 1)}"
    )


@pytest.mark.parametrize(
    ("heads", "entries"),
    [
        (("What are your rights?", "How to contact us", "Cookies"), ("Your rights", "Contact us", "Cookies")),
        (("Deine Rechte", "Kontakt und Hilfe", "Cookies"), ("Rechte Deine", "Hilfe und Kontakt", "Cookies")),
    ],
)
def test_a_table_of_contents_may_name_headings_in_other_words(heads: tuple[str, ...], entries: tuple[str, ...]) -> None:
    listed = "\n".join(f"- {entry}" for entry in entries)
    parts = "".join(
        f"\n## {head}\n\nWe say here in a few words what you want to know of it all now.\n" for head in heads
    )
    assert without_surroundings(f"# Privacy\n\n{listed}\n{parts}") == without_surroundings(f"# Privacy\n{parts}")


def test_an_entry_that_denies_what_a_heading_says_is_read() -> None:
    heads = "".join(f"\n## {head}\n\nWe say it here.\n" for head in ("We sell data", "Cookies", "Rights"))
    listed = "- We do not sell data\n- Cookies\n- Rights\n"
    assert without_surroundings(f"# Privacy\n\n{listed}\n{heads}") != without_surroundings(f"# Privacy\n{heads}")


CALL = "Come and see oak tables and lamps: [discover them](https://a.example/oak)"
ROW = "Log in | Menu | Cart | Search | Register | Share | Print"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Log in | Register", "We sell your data | Register"),
        ("5 min read", "5 years read"),
        ("", "[Acme recipients](https://a.example/data/) Menu"),
        ("These too:", "These too:\n\n- [Oak tables](https://a.example/o)\n- [Elm chairs](https://a.example/e)"),
        ("", "- [Eva Muster](mailto:eva@a.example)\n- [Jo Muster](mailto:jo@a.example)"),
        ("", f"{ROW} | {ROW}"),
    ],
)
def test_what_is_more_than_labels_or_leads_elsewhere_than_to_pages_is_the_policys(before: str, after: str) -> None:
    assert compare(f"{BODY}\n{before}\n", f"{BODY}\n{after}\n").kind is Kind.SUBSTANTIVE


def test_a_heading_over_links_that_has_none_under_it_is_the_policys() -> None:
    reasons = compare(BODY, f"{BODY}\nLatest news\n\nWe sell it.\n").reasons
    assert reasons == ('added: "Latest news"', 'added: "We sell it."')


@pytest.mark.parametrize("call", [f"{CALL} at noon.", CALL.replace("oak tables", "[oak tables](https://b.example/x)")])
def test_what_goes_on_behind_its_link_or_leads_to_two_sites_is_no_announcement(call: str) -> None:
    assert compare(BODY, BODY.replace("# Privacy\n", f"# Privacy\n\n{call}\n")).kind is Kind.SUBSTANTIVE


def test_nothing_is_announced_above_one_line_alone() -> None:
    line = "Your personal data is sold."
    assert compare(f"# Privacy\n\n{line}", f"# Privacy\n\n{CALL}\n\n{line}").kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("top", ["# Log in\n\nEmail\n", "# English\n\n- [Deutsch](https://a.example/de)\n"])
def test_the_title_is_no_label_whatever_it_says(top: str) -> None:
    assert 0 not in surroundings(read_blocks(f"{top}\nWe sell it all to others in the world.\n"))


@pytest.mark.parametrize("toggle", ["More", "Show details", "Mehr anzeigen", "Voir plus", "もっと見る", "Ver más"])
def test_what_opens_and_closes_a_part_of_the_page_says_nothing(toggle: str) -> None:
    within = BODY.replace("## Cookies\n", f"{toggle}\n\n## Cookies\n\n[{toggle}](https://a.example/#cookies)\n")
    assert compare(BODY, within).kind is Kind.COSMETIC


def test_a_word_that_opens_a_part_of_the_page_is_none_in_a_list() -> None:
    listed = BODY.replace("We set two cookies.", "We collect of each order:\n\nNames\n\nDetails\n\nPlaces")
    assert compare(listed.replace("Details\n\n", ""), listed).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("level", ["##", "###"])
@pytest.mark.parametrize("name", ["Privacy policy", "Datenschutzerklärung", "Politique de confidentialité"])
@pytest.mark.parametrize("sign", ["", "[Kettle](https://kettle.example)\n\n"])
def test_the_name_of_the_page_below_the_sites_sign_or_once_more_is_no_part_of_the_policy(
    sign: str, name: str, level: str
) -> None:
    said = "We keep what you give us for two years, and tell nobody of it."
    plain = f"# {name} | Kettle\n\n{said}\n"
    for above in (f"{sign}{level} {name}", f"{sign}{level} {name}\n\n{level} {name}"):
        titled = plain.replace(said, f"{above}\n\n{said}")
        assert compare(titled, plain).kind is Kind.COSMETIC
        assert compare(plain, titled).kind is Kind.COSMETIC
        assert compare(titled, plain.replace("two", "ten")).kind is Kind.SUBSTANTIVE
    below = plain.replace(said, f"{said}\n\n{level} {name}\n\n{said}")
    assert compare(below, plain.replace(said, f"{said}\n\n{said}")).kind is Kind.MINOR
