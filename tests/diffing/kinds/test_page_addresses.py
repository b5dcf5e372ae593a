"""An address of a page that is spelled out, and a link to a page that says "here", tell the reader where to go."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from tests.support.diffing.passages import PARAGRAPH, between

STEPS = "<https://docs.a.example/info>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"Follow the steps at {STEPS}.", "Follow the steps [here.](https://a.example/hc/1)"),
        (f"Follow the steps listed at {STEPS}.", "Follow the steps listed on [this page](https://a.example/hc/1)."),
        (
            f"Please visit {STEPS} and follow the steps.",
            "Please go [here](https://a.example/hc/1) and follow the steps.",
        ),
        (f"Please visit {STEPS} and log in.", "Please click [here](https://a.example/hc/1) and log in."),
        (
            f"To exercise do not sell opt-out rights, see {STEPS}.",
            "To exercise do not sell opt-out rights, go [here](https://a.example/hc/1).",
        ),
        (
            "We process data when you use <https://a.example> and apps.",
            "We process data when you use [/](https://a.example) and apps.",
        ),
        (f"Please go to {STEPS} and log in.", "Please [click here](https://a.example/hc/1) and log in."),
        (f"For the list, see {STEPS}.", "For the list, click [this link](https://a.example/hc/1)."),
        (f"Die Schritte stehen unter {STEPS}.", "Die Schritte stehen [hier](https://a.example/h)."),
        (f"Mehr dazu steht auf {STEPS}.", "Mehr dazu steht [hier.](https://a.example/h)"),
        (f"Les étapes sont sur {STEPS}.", "Les étapes sont [ici](https://a.example/h)."),
        (f"La liste se trouve à {STEPS}.", "La liste se trouve [ici](https://a.example/h)."),
        (f"Los pasos están en {STEPS}.", "Los pasos están [aquí](https://a.example/h)."),
        (f"L'elenco è su {STEPS}.", "L'elenco è [qui](https://a.example/h)."),
        (f"Os passos estão em {STEPS}.", "Os passos estão [aqui](https://a.example/h)."),
        (f"De stappen staan op {STEPS}.", "De stappen staan [hier](https://a.example/h)."),
        (f"Stegen finns på {STEPS}.", "Stegen finns [här](https://a.example/h)."),
        (f"Trinene står på {STEPS}.", "Trinene står [her](https://a.example/h)."),
        (f"Kroki są na {STEPS}.", "Kroki są [tutaj](https://a.example/h)."),
        (f"Postup je na {STEPS}.", "Postup je [zde](https://a.example/h)."),
        (f"Шаги описаны на {STEPS}.", "Шаги описаны [здесь](https://a.example/h)."),
        (f"Кроки описані на {STEPS}.", "Кроки описані [тут](https://a.example/h)."),
        (f"Pașii sunt la {STEPS}.", "Pașii sunt [aici](https://a.example/h)."),
        (f"详情请见 {STEPS} 。", "详情请见[此处](https://a.example/h)。"),
        (f"詳情請見 {STEPS} 。", "詳情請見[這裡](https://a.example/h)。"),
    ],
)
def test_a_link_that_says_here_in_place_of_an_address_is_minor(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We share data with <https://b.example>.", "We share data with [this site](https://c.example)."),
        (f"Follow the steps at {STEPS}.", "Follow no steps [here](https://a.example/h)."),
        (f"Please visit {STEPS} and log in.", "Please do not go [here](https://a.example/h) and log in."),
        (f"Please visit {STEPS} and log in.", "Please pay [here](https://a.example/h) and log in."),
        (f"Please visit {STEPS} and log in.", "Please go here and log in."),
        (f"You may see {STEPS}.", "You must see [here](https://a.example/h)."),
        (f"You may object at {STEPS}.", "You may object at our office."),
        (f"Die Schritte stehen unter {STEPS}.", "Die Schritte stehen nicht [hier](https://a.example/h)."),
        (f"Les étapes sont sur {STEPS}.", "Les étapes sont payantes [ici](https://a.example/h)."),
        (f"Ask at {STEPS} first.", "Ask [our partners here](https://a.example/h) first."),
        ("We give data to <https://b.example/x>.", "We give data [here](https://c.example)."),
        ("We give data to <https://b.example/x>.", "We give data to [this page](https://c.example)."),
        ("We do not sell data to <https://b.example>.", "We do not sell data [here](https://c.example)."),
        ("You may use <https://a.example>.", "You may use [/](https://c.example)."),
        ("You may use <https://a.example>.", "You may use /."),
        ("Our partners are on <https://b.example>.", "Our partners are [here](https://c.example)."),
    ],
)
def test_other_words_at_such_a_link_are_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


HELP = "Further questions about this are answered on the web site of Kettle."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The path behind a host that stood alone, and a host's name in another domain.
        (
            "Sites such as [a.example](https://a.example) open.",
            "Sites such as [a.example/en](https://a.example/en) open.",
        ),
        ("Our news are on kettle.org/news for all.", "Our news are on kettle.com/news for all."),
        ("Our partners open sites such as a.example there.", "Our partners open sites such as a.example/en there."),
        # "Here", and what is there.
        ("See more [here](https://a.example/h).", "See more [on the site of Kettle](https://a.example/h)."),
        # A name with a figure in it.
        ("Read https://a.example/h on that.", "Read [Tea and H2O](https://a.example/h) on that."),
        # A link that says again what was said before it.
        (HELP, f"{HELP} [https://www.kettle.example](https://www.kettle.example)"),
        (HELP, f"{HELP} [Web site of Kettle](https://kettle.example/faq)"),
        (HELP, f"{HELP}\n\n[https://www.kettle.example](https://www.kettle.example)"),
    ],
)
def test_an_address_that_says_no_more_than_the_words_beside_it_is_minor(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We pass it to our partner acme.com at once.", "We pass it to our partner acme.com/bolt.com at once."),
        ("See more [here](https://a.example/h).", "See more [on the site of Kettle](https://b.example/h)."),
        (
            "We share it with those [here](https://a.example/h).",
            "We share it with those [of Kettle](https://a.example/h).",
        ),
        ("We use partner.org/x for advertising.", "We use partner.com/x for advertising."),
        ("We are kettle.org and sell tea.", "We are kettle.com and sell tea."),
        ("Our news are on kettle.org/news for all.", "Our news are on bolt.org/news for all."),
        (HELP, f"{HELP} [Bolt](https://bolt.example)"),
        (HELP, f"{HELP} [https://www.bolt.example](https://www.bolt.example)"),
        (f"* Kettle Ads\n* {HELP}", f"* Kettle Ads\n* [Kettle](https://kettle.example)\n* {HELP}"),
        ("We share it with Kettle and others.", "We share it with [Bolt](https://b.example), Kettle and others."),
        ("Read https://a.example/h on that.", "Read [3 rules](https://a.example/h) on that."),
    ],
)
def test_an_address_that_names_another_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


NOTICES = "[Newsletter privacy notice](https://a.example/n)\n\n[Partner portal privacy notice](https://a.example/w)"


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("[Survey privacy notice](https://a.example/s)", Kind.MINOR),
        ("[Cookie policy](https://a.example/c)", Kind.MINOR),
        ("[Acme privacy notice](https://acme.example/s)", Kind.SUBSTANTIVE),
        ("[Partner privacy notice](https://a.example/p)", Kind.SUBSTANTIVE),
        ("[Our customers](https://a.example/p)", Kind.SUBSTANTIVE),
        ("Survey privacy notice for all", Kind.SUBSTANTIVE),
        ("We obey the [Survey privacy notice](https://a.example/s)", Kind.SUBSTANTIVE),
    ],
)
def test_another_link_among_links_to_documents_of_the_site_is_minor(more: str, kind: Kind) -> None:
    below = f"\n\n{PARAGRAPH}"  # what stands below all sentences may be a menu
    assert between(NOTICES + below, f"{NOTICES}\n\n{more}{below}").kind is kind
    assert between(f"{NOTICES}\n\n{more}{below}", NOTICES + below).kind is kind
    listed = "\n".join(f"* {line}" for line in NOTICES.split("\n\n"))
    assert between(listed + below, f"{listed}\n* {more}{below}").kind is kind


def test_a_link_to_another_document_alone_is_substantive() -> None:
    assert between("We know.", "We know.\n\n[Survey privacy notice](https://a.example/s)").kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "shape", ["{name}: {address}", "{name} ({address})", "{name} – <{address}>", "* {name}: {address}"]
)
@pytest.mark.parametrize("name", ["Acme analytics", "Globex", "das Werkzeug von Acme", "アクメ"])
def test_an_address_may_become_that_of_the_words_before_it(name: str, shape: str) -> None:
    address = "https://tools.acme.example/optout"
    shown = shape.format(name=name, address=address)
    mark = shown.partition(name)[0]
    linked = f"{mark}[{name}]({address})"
    for old, new in ((shown, linked), (linked, shown)):
        assert between(old, new).kind in (Kind.MINOR, Kind.COSMETIC)
    elsewhere = f"{mark}[{name}](https://globex.example/optout)"
    assert between(shown, f"{mark}{name}").kind is between(shown, elsewhere).kind
    assert between(f"{shown} and Initech", linked).kind is Kind.SUBSTANTIVE
    assert between(shown, linked.replace(name, f"{name} and Initech")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("title", ["Privacy | Kettle Books", "Kettlebooks: Privacy", "Privacidad - Kettle-Books"])
@pytest.mark.parametrize(
    "around",
    [
        "We run {} for you.",
        "We limit the data for this service ({}).",
        "Write to {} at once.",
        "How we use, share and disclose data when you visit our website ({}), our shop and other places.",
        "Nous transmettons des données de notre site web {} au besoin.",
        "Wir geben Daten weiter, die auf unserer Website {} anfallen.",
    ],
)
def test_the_host_of_the_site_itself_in_another_domain_is_minor(title: str, around: str) -> None:
    old, new = (f"# {title}\n\n{around.format(host)}\n\nIt ends.\n" for host in ("kettlebooks.com", "kettlebooks.org"))
    assert compare(old, new).kind is Kind.MINOR
    assert compare(old.replace("kettlebooks.com", "www.kettlebooks.com"), new).kind is Kind.MINOR
    assert compare(old.replace(title, "Privacy"), new.replace(title, "Privacy")).kind is Kind.SUBSTANTIVE
    assert compare(old, new.replace("kettlebooks.org", "kettlecoats.org")).kind is Kind.SUBSTANTIVE
    assert compare(old, new.replace("kettlebooks.org", "mail.kettlebooks.com")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "given",
    [
        "We share it with kettle.{}.",
        "We share what our website collects with kettle.{}.",
        "We share it with the partners of our website and kettle.{}.",
    ],
)
def test_another_host_among_those_that_are_given_data_is_substantive(given: str) -> None:
    old, new = (f"# Privacy | Kettle\n\n{given.format(end)}\n\nIt ends.\n" for end in ("com", "org"))
    assert compare(old, new).kind is Kind.SUBSTANTIVE
