"""As many equal words as can be, and beside them the marks that stand between the same two."""

from __future__ import annotations

import pytest

from harvester.diffing.match.align import align, unique_anchors
from harvester.diffing.match.equal_tokens import equal_tokens


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("x a , b y", 'z a " , " b w', ["a", ",", "b"]),
        ("x a , b y", 'z a " . " b w', ["a", "b"]),
        ('x a " , " b y', "z a , b w", ["a", ",", "b"]),
        ('x a " , b y', 'z a . " b w', ["a", '"', "b"]),
        ("x a ) ,", "z a ; )", ["a", ")"]),
    ],
)
def test_marks_between_two_equal_words_are_kept(old: str, new: str, kept: list[str]) -> None:
    olds, news = tuple(old.split()), tuple(new.split())
    runs = equal_tokens(olds, news)
    assert [token for i, _, length in runs for token in olds[i : i + length]] == kept
    assert [token for _, j, length in runs for token in news[j : j + length]] == kept


def test_of_two_elements_that_changed_places_the_heavier_stays_between_anchors_too() -> None:
    old, new = ["x", "long", "anchor", "long", "x"], ["long", "x", "anchor", "x", "long"]
    assert align(old, new, [1, 9, 5, 9, 1]) == [(1, 0), (2, 2), (3, 4)]


def test_what_either_side_has_twice_is_no_anchor() -> None:
    assert unique_anchors(["x", "a", "x"], ["x", "a"]) == [(1, 1)]
    assert unique_anchors(["x", "a"], ["x", "a", "x"]) == [(1, 1)]


def test_equal_tokens_are_named_once() -> None:
    old, new = ("x", "a", "b", "c", "y"), ("z", "a", "b", "c", "w")
    assert [run for run in equal_tokens(old, new) if run[2]] == [(1, 1, 3)]


def test_a_stretch_that_is_too_long_is_replaced_whole_between_rows_that_stand_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("harvester.diffing.match.equal_tokens.CELLS", 20)
    assert equal_tokens(tuple("abcd12k34efgh"), tuple("abcd56k78efgh")) == [(0, 0, 1), (9, 9, 1), (10, 10, 3)]


def test_a_gap_without_anchors_that_is_too_long_has_no_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert align("xaay", "zaaw") == [(1, 1), (2, 2)]
    monkeypatch.setattr("harvester.diffing.match.align.CELLS", 4)
    assert align("xaay", "zaaw") == []
