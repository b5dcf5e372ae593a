"""What a page shows again to each reader, and the ways in and back of its site, are no change of its policy."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from harvester.diffing.around.surroundings import without_surroundings

TITLE = "# Terms of rides\n"
BODY = f"""{TITLE}
We collect your name and your address when you open an account with our shop.

## Your rights

You may write to us at any time to see what we keep of you and for how long.
"""


def top(said: str) -> str:
    return BODY.replace(TITLE, f"{TITLE}\n{said}\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Updated today", "Updated yesterday"),
        ("Last updated: yesterday", "Last updated: 2 days ago"),
        ("Updated 21 hours ago by Ann", "Updated 1 day ago by Ann Lee"),
        ("Updated yesterday by Ann", "Updated over 3 weeks ago by Ann"),
        ("Heute aktualisiert", "Gestern aktualisiert"),
        ("Mis à jour aujourd'hui", "Mis à jour hier"),
        ("Actualizado hoy", "Actualizado ayer"),
        ("Aggiornato oggi", "Aggiornato ieri"),
        ("Atualizado hoje", "Atualizado ontem"),
        ("Vandaag bijgewerkt", "Gisteren bijgewerkt"),
        ("", "Your message was sent successfully! [Close](https://a.example/#)"),
        ("", "You have successfully unsubscribed!"),
        ("", "Ihre Nachricht wurde erfolgreich gesendet."),
        ("", "Votre message a bien été envoyé."),
        ("", "Su mensaje ha sido enviado con éxito."),
        # Ways into an account, in a menu of other pages.
        (
            "- [Learn](https://a.example/learn)\n- [Help](https://help.a.example/)",
            "- [Learn](https://a.example/learn)\n- [Help](https://help.a.example/)\n\n"
            "- [Sign in](https://a.example/sign-in)\n- [Register](https://a.example/account/register)",
        ),
        (
            "",
            "1. [Legal](https://a.example/legal)\n2. [Rides](https://a.example/legal/rides)\n3. Terms of rides",
        ),
    ],
)
def test_what_a_site_shows_again_is_no_change_of_the_policy(before: str, after: str) -> None:
    for one, other in ((before, after), (after, before)):
        diff = compare(top(one), top(other))
        assert diff.kind is Kind.COSMETIC, diff.reasons
        assert without_surroundings(top(one)) == without_surroundings(top(other))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Profiles are updated today", "Profiles are updated yesterday"),
        ("Updated today by our partners", "Updated yesterday by our partners"),
        ("You have successfully unsubscribed when we say so.", ""),
        ("Your data was sent successfully to Acme.", ""),
        ("Your message was sent to Acme.", ""),
        # Announced; named otherwise than the page it leads to; no link.
        ("We note that you:\n\n- [Sign in](https://a.example/sign-in)", "We note that you:"),
        ("- [Learn](https://a.example/l)\n- [Log in](https://zeta.example/data)", "- [Learn](https://a.example/l)"),
        ("- Your name\n- Sign in", "- Your name"),
        # No path: announced, to several sites, to another page than this, of data.
        ("We share with:\n\n1. [Acme](https://a.example/1)\n2. Terms of rides", "We share with:"),
        ("1. [Acme](https://acme.example/)\n2. [Zeta](https://zeta.example/)\n3. Terms of rides", ""),
        ("1. [Acme](https://a.example/1)\n2. [Zeta](https://a.example/2)\n3. Ann's data", ""),
        ("1. Your name\n2. Terms of rides", ""),
    ],
)
def test_what_only_looks_so_is_read(before: str, after: str) -> None:
    for one, other in ((before, after), (after, before)):
        diff = compare(top(one), top(other))
        assert diff.kind is Kind.SUBSTANTIVE, diff.reasons
        assert without_surroundings(top(one)) != without_surroundings(top(other))
