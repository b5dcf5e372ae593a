"""What stands as a heading names the text under it; where it states something, it does not."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

UNDER = "We keep the information of your account for as long as you use our server, and delete the log files then."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**Disclaimer:**", "**General disclaimer:**"),
        ("**Log Files**", "**Server Log Files**"),
        ("**The Way We Use Information:**", "**How We Use Information:**"),
        ("**Data Storage :**", "**Data storage and retention:**"),
        ("**Information Captured**", "**Captured Information**"),
        ("## External Links", "## Links to Other Websites"),
        ("## Information Captured", "## Use of Captured Information"),
        ("## Cookies", "**Use of Cookies**"),
    ],
)
@pytest.mark.parametrize("between_them", ["\n\n", "  \n"], ids=["block", "line"])
def test_a_line_in_bold_over_a_text_is_a_heading_that_may_be_reworded(old: str, new: str, between_them: str) -> None:
    if old.startswith("#"):
        between_them = "\n\n"
    before, after = (f"{line}{between_them}{UNDER}" for line in (old, new))
    assert between(before, after).kind is Kind.MINOR
    assert between(after, before).kind is Kind.MINOR


def test_a_line_in_bold_over_a_text_may_come_or_go() -> None:
    assert between(UNDER, f"**Birch Log Files**\n\n{UNDER}").kind is Kind.SUBSTANTIVE
    assert between(UNDER, f"**Information account**\n\n{UNDER}").kind is Kind.MINOR
    assert between(f"**Information account**\n\n{UNDER}", UNDER).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # It may be the name of somebody that is given data.
        ("**Amber Analytics**", "**Birch Analytics**"),
        ("**Log Files**", "**Cedar Log Files**"),
        # It states something, or is answered with yes or no.
        ("**We keep your log files**", "**We use your log files**"),
        ("**Log files are kept.**", "**Log files are used.**"),
        ("**Is the information kept?**", "**Is the information used?**"),
        ("**Information is never used**", "**Information is used**"),
        ("**Optional information**", "**Required information**"),
        ("**Log files: 5 days**", "**Log files: 7 days**"),
        # It is a word of a sentence, or a link.
        ("**Log files** are kept for you by us.", "**Server log files** are kept for you by us."),
        ("**[Log files](https://a.example/x)**", "**[Use of files](https://a.example/x)**"),
    ],
)
@pytest.mark.parametrize("between_them", ["\n\n", "  \n"], ids=["block", "line"])
def test_what_a_line_in_bold_states_or_names_is_substantive(old: str, new: str, between_them: str) -> None:
    before, after = (f"{line}{between_them}{UNDER}" for line in (old, new))
    assert between(before, after).kind is Kind.SUBSTANTIVE
    assert between(after, before).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Collection of Information by Others.", "Information Collected by Others.", Kind.MINOR),
        (
            "How may we use the information that you give to us?",
            "How do we use the information that you give us?",
            None,
        ),
        ("Use of Information:", "Use of Account Information:", Kind.MINOR),
        # A sentence, or a name.
        ("Acme shares Information with Account.", "Acme deletes Information with Account.", Kind.SUBSTANTIVE),
        ("Information for Amber Analytics.", "Information for Birch Analytics.", Kind.SUBSTANTIVE),
        ("Never Used Information.", "Used Information.", Kind.SUBSTANTIVE),
    ],
)
def test_a_label_in_bold_before_a_text_is_a_heading_if_it_is_written_as_a_title(old: str, new: str, kind: Kind) -> None:
    between_them = " " if kind else "\n\n"
    before, after = (f"**{label}**{between_them}{UNDER}" for label in (old, new))
    assert between(before, after).kind is (kind or Kind.MINOR)
    assert between(after, before).kind is (kind or Kind.MINOR)


def test_a_line_in_bold_over_what_announces_a_list_is_a_heading() -> None:
    text = "**{}**\n\nWe may collect the following:\n\n* your name\n* the information of your account"
    old, new = text.format("What we collect"), text.format("Information we collect")
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


def test_lines_in_bold_without_a_text_under_them_are_a_list() -> None:
    names = "**Information**\n\n**{}**\n\n**Account**\n\nAll of it."
    assert between(names.format("Server"), names.format("Files")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("mark", [".", ")"])
def test_numbers_of_the_lines_of_a_paragraph_are_numbering(mark: str) -> None:
    text = "Safety:  \n{}\\{m} We lock our doors.  \n{}\\{m} We hide our keys.  \n{}\\{m} All is kept."
    old, new = text.format(8, 9, 10, m=mark), text.format(1, 2, 3, m=mark)
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


def test_a_number_that_a_line_counts_something_with_is_substantive() -> None:
    text = "Kept for:  \n{} months of the year.  \nAll else."
    assert between(text.format(8), text.format(9)).kind is Kind.SUBSTANTIVE
    assert between("Kept for:  \n8. January", "Kept for:  \n9. January").kind is not Kind.COSMETIC
