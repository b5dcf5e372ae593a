"""Numbers of pages, which a PDF has between its paragraphs, move when the text before them grows."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from harvester.diffing.around.page_numbers import page_numbers
from harvester.diffing.text.blocks import read_blocks

PROSE = [
    f"We keep the {what} that you give us for {days} days, and then we delete it from all of our systems."
    for what, days in (("name", 10), ("address", 20), ("number", 30), ("picture", 40), ("message", 50), ("order", 60))
]
FORMS = ("{}", "– {} –", "Page {}", "Page {} of 9", "Seite {} von 9", "{} / 9", "Página {} de 9", "Стр. {}")


def paged(form: str, *ends: int, first: int = 1) -> str:
    """The paragraphs, with the number of a page behind those at `ends`."""
    blocks = []
    for place, paragraph in enumerate(PROSE):
        blocks.append(paragraph)
        if place in ends:
            blocks.append(form.format(first + ends.index(place)))
    return "# Privacy\n\n" + "\n\n".join(blocks) + "\n"


@pytest.mark.parametrize("form", FORMS)
def test_numbers_of_pages_that_stand_elsewhere_are_no_change_of_the_policy(form: str) -> None:
    for old, new in ((paged(form, 0, 2, 4), paged(form, 1, 3, 4)), (paged(form, 0, 2, 4), paged(form))):
        for diff in (compare(old, new), compare(new, old)):
            assert diff.kind is Kind.COSMETIC, diff.reasons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (paged("{}", 0, 2), paged("{}", 1, 3)),  # two numbers prove nothing
        (paged("{}", 0, 2, 4, first=13), paged("{}", 0, 2, 4, first=16)),
        (
            "# Privacy\n\nMinimum age\n\n13\n\n" + "\n\n".join(PROSE),
            "# Privacy\n\nMinimum age\n\n16\n\n" + "\n\n".join(PROSE),
        ),
        ("# Privacy\n\nYears:\n\n1\n\n2\n\n3\n\n" + PROSE[0], "# Privacy\n\nYears:\n\n1\n\n2\n\n4\n\n" + PROSE[0]),
    ],
)
def test_other_numbers_alone_in_a_line_are_read(old: str, new: str) -> None:
    assert compare(old, new).kind is not Kind.COSMETIC
    assert compare(new, old).kind is not Kind.COSMETIC


def numbers_of_pages(*between: str) -> list[str]:
    """What is taken for numbers of pages in a text: a paragraph of prose for each `…`, and the other lines as given."""
    prose = iter(PROSE)
    blocks = read_blocks("\n\n".join(["# Privacy", *(next(prose) if line == "…" else line for line in between)]))
    return [blocks[place].key for place in sorted(page_numbers(blocks))]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["…", "1", "…", "2", "…", "3", "…", "4", "…", "5"], ["1", "2", "3", "4", "5"]),
        (["…", "## Cookies", "1", "…", "Your rights", "2", "…", "3"], ["1", "2", "3"]),  # a heading ends the page
        (["…", "1", "…", "2", "…", "3", "…", "18", "…"], ["1", "2", "3"]),  # an age behind the last page
        (["…", "18", "…", "1", "…", "2", "…", "3", "…"], ["1", "2", "3"]),  # and before the first
        (["…", "3", "…", "4", "…", "5"], ["3", "4", "5"]),  # a title and contents may have none
        (["…", "4", "…", "5", "…", "6"], []),
        (["…", "1", "…", "2", "…"], []),
        (["…", "1", "…", "3", "…", "5"], []),  # they do not count on
        (["…", "1", "…", "1", "…", "1"], []),
        (["…", "1", "2", "3", "…"], []),  # nothing between them
        (["…", "- 1", "…", "- 2", "…", "- 3"], []),  # items of a list
        (["…", "[1](#a)", "…", "[2](#b)", "…", "[3](#c)"], []),  # links to notes
    ],
)
def test_numbers_of_pages_are_three_lines_or_more_that_count_on_with_prose_between(
    lines: list[str], found: list[str]
) -> None:
    assert numbers_of_pages(*lines) == found
