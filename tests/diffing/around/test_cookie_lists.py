"""The cookies that a consent dialog lists above a policy are none of it; what a policy lists itself is."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from harvester.diffing.around.surroundings import surroundings, without_surroundings
from harvester.diffing.text.blocks import read_blocks
from harvester.store.history.bodies import sure_prose

BODY = (
    "We collect your name and your address when you open an account with our shop.\n\n"
    "We keep both for two years and give them to nobody but those who bring you what you bought.\n"
)
NOTE = "We use cookies to help you find your way. You see all cookies under each category of consent below."
KIND = 'The cookies that are categorised as "Necessary" are stored on your browser.'
COOKIES = [
    ("_acme", "1 hour", "Acme sets this cookie to tell people from programs."),
    ("consent", "1 year", "This keeps what you chose, so that it is known when you come again. " * 3),
    ("lang", "session", "No description available."),
    ("_vid", "never", "A video site sets this to share what you watched with its partners."),
]
PARTS = {
    "en": ("Cookie", "Duration", "Description"),
    "de": ("Cookie", "Dauer", "Beschreibung"),
    "fr": ("Cookie", "Durée", "Description"),
    "es": ("Cookie", "Duración", "Descripción"),
    "pl": ("Cookie", "Czas trwania", "Opis"),
    "names": ("Name", "Duration", "Purpose"),
}


def listed(count: int, parts: tuple[str, ...] = PARTS["en"]) -> str:
    """A list of so many cookies, as a dialog has it."""
    return "\n\n".join(
        f"* {part}\n\n{said}" for cookie in COOKIES[:count] for part, said in zip(parts, cookie, strict=True)
    )


def under_title(*above: str) -> str:
    return "\n\n".join(["# Privacy", *above, BODY])


@pytest.mark.parametrize("language", PARTS)
@pytest.mark.parametrize("notes", [(), (NOTE,), (NOTE, KIND)])
def test_a_consent_dialogs_list_above_the_policy_is_none_of_it(language: str, notes: tuple[str, ...]) -> None:
    if not notes and language == "names":
        return  # of anything
    bare = under_title()
    texts = [under_title(*notes, listed(count, PARTS[language])) for count in (3, 4)]
    for text in texts:
        assert without_surroundings(text) == without_surroundings(bare)
        assert sure_prose(text) == sure_prose(bare)
        assert compare(bare, text).kind is compare(text, bare).kind is Kind.COSMETIC
    assert compare(*texts).kind is Kind.COSMETIC


def test_the_list_has_parts_for_kinds_of_cookies_also_where_there_are_none() -> None:
    parts = [
        NOTE,
        KIND,
        listed(3),
        "Other cookies help us count.",
        "No cookies to display.",
        "Yet other cookies.",
        listed(2),
    ]
    assert without_surroundings(under_title(*parts)) == without_surroundings(under_title())


@pytest.mark.parametrize(("old", "new"), [("two years", "nine years"), ("nobody but those", "anybody and those")])
def test_what_the_policy_says_below_such_a_list_is_still_told(old: str, new: str) -> None:
    text = under_title(NOTE, listed(3))
    for other in (text.replace(old, new), under_title().replace(old, new)):
        assert compare(text, other).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "text",
    [
        f"# Privacy\n\n{BODY}\n\n{{}}",  # below sentences of the policy
        f"# Privacy\n\nWe use cookies and share them with advertisers.\n\n{{}}\n\n{BODY}",
        f"# Privacy\n\nWe do not use cookies but these.\n\n{{}}\n\n{BODY}",
        f"# Privacy\n\nWe use no cookies but these.\n\n{{}}\n\n{BODY}",
        f"# Privacy\n\nWir verwenden keine Cookies außer diesen.\n\n{{}}\n\n{BODY}",
        f"# Privacy\n\nNous partageons des cookies.\n\n{{}}\n\n{BODY}",
        f"# Privacy\n\nWe collect what is listed here.\n\n{{}}\n\n{BODY}",
        "# Cookies\n\n{}",  # all that the text says
    ],
)
def test_a_list_that_may_be_the_policys_own_is_told(text: str) -> None:
    old, new = (text.format(listed(count)) for count in (3, 4))
    assert compare(old, new).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "above",
    [
        listed(2),
        "| Cookie | Duration |\n|---|---|\n| _acme | 1 hour |\n| consent | 1 year |\n| lang | session |",
        "* Cookie\n* Duration\n* Description",
        "\n\n".join(
            3 * ["* Name\n\nYour name, to call you by it.\n\n* Purpose\n\nTo send you what you bought from us."]
        ),
    ],
)
def test_what_is_no_such_list_is_the_policys(above: str) -> None:
    blocks = read_blocks(under_title(above))
    assert not surroundings(blocks)
