"""A passage is followed across the borders of blocks, and marked as a careful person would mark it."""

from __future__ import annotations

import re

import pytest

from harvester.diffing import Diff, Kind, OperationKind, compare
from harvester.diffing.change import passages, tokens_of
from harvester.diffing.render import html_inline


def marks(diff: Diff) -> tuple[list[str], list[str]]:
    """What the redline strikes and what it adds, passage by passage."""
    gone, came = [], []
    for operation in diff.operations:
        old, new = diff.old_blocks[slice(*operation.old)], diff.new_blocks[slice(*operation.new)]
        if operation.kind is OperationKind.DELETE:
            gone.append(" ".join(tokens_of(old)))
        elif operation.kind is OperationKind.INSERT:
            came.append(" ".join(tokens_of(new)))
        elif operation.hunks:
            olds, news = (tokens_of(side) for side in passages(old, new))
            gone += [" ".join(olds[h.old_start : h.old_end]) for h in operation.hunks if h.old_end > h.old_start]
            came += [" ".join(news[h.new_start : h.new_end]) for h in operation.hunks if h.new_end > h.new_start]
    return gone, came


def test_a_paragraph_divided_in_another_way_beside_a_new_date_marks_only_the_date() -> None:
    old = "Updated May 1, 2020.\n\nLINKS We may provide links.\n\nWe encourage you.\n"
    new = "Updated May 2, 2021.\n\nLINKS\n\nWe may provide links. We encourage you.\n"
    diff = compare(old, new)
    assert diff.kind is Kind.MINOR
    assert (diff.measures.words_added, diff.measures.words_removed) == (2, 2)


def test_two_sections_made_one_leave_their_paragraphs_unmarked() -> None:
    one = "We set cookies to remember the language that you chose."
    other = "We follow you across the pages of our partners with pixels."
    old = f"## Cookies\n\n{one}\n\n## Tracking\n\n{other}\n"
    new = f"## Cookies and tracking\n\n{one} {other}\n"
    assert marks(compare(old, new)) == (["Tracking"], ["and tracking"])


def test_a_row_put_before_another_is_one_row_inserted() -> None:
    old = "Catégorie | Détail\n---|---\n| Données faciales |\n"
    new = "Catégorie | Détail\n---|---\n| Données de géolocalisation | si vous le voulez |\n| Données faciales |\n"
    assert marks(compare(old, new)) == ([], ["Données de géolocalisation si vous le voulez"])


def test_a_text_wrapped_anew_with_one_word_altered_marks_that_word() -> None:
    old = "We keep what you tell us\n\nfor as long as the law asks us to keep\n\nit, and then we delete it.\n"
    new = "We keep what you tell us for as long\n\nas the law asks us to keep it, and\n\nthen we erase it.\n"
    assert marks(compare(old, new)) == (["delete"], ["erase"])


def test_no_vowel_is_cut_from_its_consonant() -> None:
    gone, came = marks(compare("เราจะไม่เปิดเผยข้อมูล", "เราอาจเปิดเผยข้อมูล"))
    assert all(mark[0] != "\u0e31" and not "\u0e34" <= mark[0] <= "\u0e3a" for mark in gone + came)
    assert "".join(gone).replace(" ", "") == "จะไม่"


def test_a_japanese_ending_is_replaced_as_one() -> None:
    assert marks(compare("第三者に提供しません", "第三者に提供することがあります")) == (
        ["しません"],
        ["することがあります"],
    )


@pytest.mark.parametrize("there", ["Acme Services, 8750 North Road, Dallas 75231", "We are somewhere else today."])
def test_an_edit_in_place_beats_an_equal_block_elsewhere(there: str) -> None:
    here = "Acme Services, Tall House, 1-4-1 Mita,Tokyo 108-0073"
    keep = [f"Paragraph {name} says what nobody ever alters in this text." for name in ("one", "two", "three")]
    old = "\n\n".join((keep[0], here, keep[1], there, keep[2]))
    new = "\n\n".join((keep[0], here.replace("Mita,", "Mita, "), keep[1], here, keep[2]))
    diff = compare(old, new)
    assert OperationKind.MOVE not in {operation.kind for operation in diff.operations}


def test_every_block_of_a_redline_finds_its_own_direction() -> None:
    fragment = html_inline(compare("# Privacy\n\nנשמור אותו\n\n* a\n", "# Privacy\n\nנשמור את המידע\n\n* a\n"))
    assert re.findall(r"<(h1|p|li)\b[^>]* dir=\"auto\"", fragment) == ["h1", "p", "li"]


def test_a_paragraph_whose_only_neighbours_stay_is_edited_where_its_words_go_on() -> None:
    opening = "If you are a resident of"
    old = f"A.\n\n{opening} the State of Ohio: the code permits you to opt out of future sales by any operator.\n\nB.\n"
    new = f"A.\n\n{opening} one of the states that we list below, please see the section on additional rights.\n\nB.\n"
    gone, came = marks(compare(old, new))
    assert not any(opening in mark for mark in gone + came)


def test_an_edit_that_keeps_almost_nothing_is_shown_as_one_text_removed_and_one_added() -> None:
    old = "We " + " ".join(f"gather{n}" for n in range(30)) + " and your " + " ".join(f"keep{n}" for n in range(30))
    new = (
        "Ask " + " ".join(f"other{n}" for n in range(30)) + " and " + " ".join(f"rights{n}" for n in range(30)) + " do"
    )
    head, tail = "## Cookies\n\nWe set two of them.\n\n", "\n\n## Children\n\nWe know of none.\n"
    for one, other in ((old, new), (new, old)):
        kinds = [step.kind.value for step in compare(head + one + tail, head + other + tail).operations]
        assert kinds == ["equal", "delete", "insert", "equal"]
