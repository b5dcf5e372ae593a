"""Blocks are matched as a reader would: kept, edited in place, split, merged, moved; each once."""

from __future__ import annotations

import pytest

from harvester.diffing.comparison import compare
from harvester.diffing.match.matching import match_blocks
from harvester.diffing.text.blocks import read_blocks

_WORDS = (
    "amber birch cedar delta ember fjord grove heron ivory jetty knoll larch maple north ochre pearl quill river slate"
    " thorn umber vivid wheat xenon yield zebra"
)
WORDS = _WORDS.split()
OTHERS = [word + "s" for word in WORDS]
KEPT = ["Nobody ever alters this opening paragraph anywhere.", "Everybody always leaves that closing paragraph alone."]


def some(first: int, last: int, *more: str) -> str:
    """A passage of these of the words, and more behind them."""
    return " ".join([*WORDS[first:last], *more])


def other(first: int, last: int) -> str:
    """A passage of other words."""
    return " ".join(OTHERS[first:last])


def matches(old: list[str], new: list[str]) -> list[str]:
    """What became of the old blocks, in the order of the new ones; the other way round it is the same."""
    olds, news = (read_blocks("\n\n".join(side)) for side in (old, new))
    found = match_blocks(olds, news)
    assert sorted(one.swapped() for one in match_blocks(news, olds)) == sorted(found)
    for side, blocks in ((0, olds), (2, news)):
        taken = [place for one in found for place in range(one[side], one[side + 1])]
        assert len(taken) == len(set(taken)) <= len(blocks)
    return [
        f"{one.old_start}:{one.old_end} {'moved to' if one.moved else '->'} {one.new_start}:{one.new_end}"
        for one in found
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        # Edited: nearly half of the telling words in common, a quarter where nothing else is between the neighbours.
        ([some(0, 12)], [some(0, 6, other(0, 6))], ["0:1 -> 0:1"]),
        ([some(0, 12)], [some(0, 4, other(0, 8))], ["0:1 -> 0:1"]),
        ([some(0, 12)], [some(0, 2, other(0, 10))], []),
        ([some(0, 12), other(0, 8)], [some(0, 4, other(12, 20)), other(0, 7)], ["0:1 -> 0:1", "1:2 -> 1:2"]),
        # A heading became a paragraph only where nearly all its words stay.
        (["## " + some(0, 6)], [some(0, 4, other(0, 2))], []),
        (["## " + some(0, 6)], [some(0, 5, other(0, 1))], ["0:1 -> 0:1"]),
        # Split into two or three, at either end.
        ([some(0, 20)], [some(0, 12), some(12, 20)], ["0:1 -> 0:2"]),
        ([some(0, 20)], [some(0, 8), some(8, 20)], ["0:1 -> 0:2"]),
        ([some(0, 26)], [some(0, 7), some(7, 19), some(19, 26)], ["0:1 -> 0:3"]),
        (
            [some(0, 12), some(12, 20), other(0, 20)],
            [some(0, 20), other(0, 12), other(12, 20)],
            ["0:2 -> 0:1", "2:3 -> 1:3"],
        ),
        # What stands beside the part is of it if it says the rest: six words of ten, or both of two.
        ([some(0, 20)], [some(0, 12), some(15, 18, other(0, 2))], ["0:1 -> 0:2"]),
        ([some(0, 20)], [some(0, 12), some(16, 18, other(0, 2))], ["0:1 -> 0:1"]),
        ([some(0, 20)], [some(0, 12), some(16, 18, other(0, 1))], ["0:1 -> 0:2"]),
        ([some(0, 20)], [some(0, 12), some(16, 18)], ["0:1 -> 0:2"]),
        ([some(0, 20)], [some(0, 12), some(16, 17, other(0, 1))], ["0:1 -> 0:1"]),
        # It is not if it repeats what the part says, or another of the parts, or is a heading.
        ([some(0, 12)], [some(0, 11), some(0, 6)], ["0:1 -> 0:1"]),
        ([some(0, 20)], [some(0, 12), some(12, 20), some(12, 20)], ["0:1 -> 0:2"]),
        ([some(0, 20)], [some(0, 12), f"# {some(12, 20)}"], ["0:1 -> 0:1"]),
        # What two passages could have become is of the first.
        (
            [some(0, 9, other(0, 3)), some(9, 21, other(0, 3))],
            [some(0, 4, other(12, 16)), other(0, 2), some(9, 21)],
            ["0:1 -> 0:2", "1:2 -> 2:3"],
        ),
        (
            [some(0, 4, other(12, 16)), other(0, 2), some(9, 21)],
            [some(0, 9, other(0, 3)), some(9, 21, other(0, 3)), other(16, 20), other(20, 24)],
            ["0:2 -> 0:1", "2:3 -> 1:2"],
        ),
    ],
)
def test_a_passage_is_edited_or_divided_in_place(old: list[str], new: list[str], found: list[str]) -> None:
    assert matches(old, new) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        # An equal passage of four words elsewhere has moved, a shorter one has not.
        ([some(0, 4), *KEPT], [*KEPT, some(0, 4)], ["1:2 -> 0:1", "2:3 -> 1:2", "0:1 moved to 2:3"]),
        ([some(0, 3), *KEPT], [*KEPT, some(0, 3)], ["1:2 -> 0:1", "2:3 -> 1:2"]),
        # So have both of two equal ones, and none that is only repeated.
        (
            [some(0, 5), other(0, 5), some(0, 5), *KEPT],
            [*KEPT, some(0, 5), some(0, 5)],
            ["3:4 -> 0:1", "4:5 -> 1:2", "0:1 moved to 2:3", "2:3 moved to 3:4"],
        ),
        ([some(0, 9), *KEPT], [some(0, 9), *KEPT, some(0, 9)], ["0:1 -> 0:1", "1:2 -> 1:2", "2:3 -> 2:3"]),
        (
            [some(0, 9), *KEPT, some(0, 9)],
            [some(0, 9), *KEPT, other(0, 9), other(9, 18)],
            ["0:1 -> 0:1", "1:2 -> 1:2", "2:3 -> 2:3"],
        ),
        # Eight words that are only once elsewhere have moved even where half of them still stand; fewer are edited.
        (
            [some(0, 8), *KEPT],
            [some(0, 4, other(0, 4)), *KEPT, some(0, 8)],
            ["1:2 -> 1:2", "2:3 -> 2:3", "0:1 moved to 3:4"],
        ),
        ([some(0, 7), *KEPT], [some(0, 4, other(0, 3)), *KEPT, some(0, 7)], ["0:1 -> 0:1", "1:2 -> 1:2", "2:3 -> 2:3"]),
        (
            [some(0, 8), *KEPT],
            [some(0, 4, other(0, 4)), *KEPT, some(0, 8), some(0, 8)],
            ["0:1 -> 0:1", "1:2 -> 1:2", "2:3 -> 2:3"],
        ),
        # Nor has what has its like, four words of five, in its old place or in the new one.
        (
            [some(0, 10), *KEPT],
            [some(0, 8, other(0, 2)), other(2, 9), *KEPT, some(0, 10)],
            ["0:1 -> 0:1", "1:2 -> 2:3", "2:3 -> 3:4"],
        ),
        (
            [some(0, 10), *KEPT, some(0, 8, other(0, 2))],
            [*KEPT, some(0, 10), other(2, 9), other(9, 18)],
            ["1:2 -> 0:1", "2:3 -> 1:2", "3:4 -> 2:3"],
        ),
        # Moved and edited: eight telling words, three of five of them kept.
        (
            [some(0, 10), *KEPT],
            [*KEPT, some(0, 6, other(0, 4))],
            ["1:2 -> 0:1", "2:3 -> 1:2", "0:1 moved to 2:3"],
        ),
        ([some(0, 11), *KEPT], [*KEPT, some(0, 6, other(0, 5))], ["1:2 -> 0:1", "2:3 -> 1:2"]),
        ([some(0, 7), *KEPT], [*KEPT, some(0, 6, other(0, 1))], ["1:2 -> 0:1", "2:3 -> 1:2"]),
        (
            [some(0, 8), *KEPT],
            [*KEPT, some(0, 7, other(0, 1))],
            ["1:2 -> 0:1", "2:3 -> 1:2", "0:1 moved to 2:3"],
        ),
        (
            [some(0, 10), *KEPT],
            [*KEPT, some(0, 6, other(0, 4)), some(0, 9, other(4, 5))],
            ["1:2 -> 0:1", "2:3 -> 1:2", "0:1 moved to 3:4"],
        ),
        # A heading and a date go along with what they stand beside.
        (
            ["# Amber", some(0, 8), "May 2020", *KEPT],
            [*KEPT, "# Amber", some(0, 8), "May 2020"],
            ["3:4 -> 0:1", "4:5 -> 1:2", "0:1 moved to 2:3", "1:2 moved to 3:4", "2:3 moved to 4:5"],
        ),
        (
            ["# Amber", "May 2020", some(0, 8), *KEPT],
            [*KEPT, "# Amber", "May 2020", some(0, 8)],
            ["3:4 -> 0:1", "4:5 -> 1:2", "0:1 moved to 2:3", "1:2 moved to 3:4", "2:3 moved to 4:5"],
        ),
    ],
)
def test_a_passage_moved(old: list[str], new: list[str], found: list[str]) -> None:
    assert matches(old, new) == found


@pytest.mark.parametrize("blocks", [16, 17, 40])
def test_edits_of_a_long_gap_are_found_as_those_of_a_short_one(blocks: int) -> None:
    old = [" ".join(f"{word}{number}" for word in WORDS[:8]) for number in range(blocks)]
    new = [one.replace("heron", "changed") for one in old]
    assert matches(old, new) == [f"{one}:{one + 1} -> {one}:{one + 1}" for one in range(blocks)]


@pytest.mark.parametrize(("place", "like", "stays"), [(6, 1, True), (39, 38, True), (20, 20, True), (0, 39, False)])
def test_in_a_long_gap_a_passage_has_its_like_in_place_only_near_its_own(place: int, like: int, stays: bool) -> None:
    old, new = ([f"{side}{number} is short" for number in range(40)] for side in ("former", "later"))
    old[place], new[like] = some(0, 10), some(0, 8, other(0, 2))
    found = matches([*old, *KEPT], [*new, *KEPT, some(0, 10)])
    assert (f"{place}:{place + 1} moved to 42:43" not in found) is stays
    assert (f"{place}:{place + 1} -> {like}:{like + 1}" in found) is stays


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (["# Amber", "birch cedar"], ["## Amber", "birch **cedar**"], ["equal 0:2 0:2"]),
        (["amber birch", "cedar"], ["amber", "birch", "cedar"], ["split 0:1 0:2", "equal 1:2 2:3"]),
        (["amber", "birch", "cedar"], ["amber birch", "cedar"], ["merge 0:2 0:1", "equal 2:3 1:2"]),
        (["amber birch", "cedar delta"], ["amber", "birch cedar", "delta"], ["split 0:2 0:3"]),
    ],
)
def test_texts_that_say_the_same_are_parted_at_each_word_at_which_both_begin_a_block(
    old: list[str], new: list[str], kinds: list[str]
) -> None:
    operations = compare("\n\n".join(old), "\n\n".join(new)).operations
    assert [f"{one.kind.value} {one.old[0]}:{one.old[1]} {one.new[0]}:{one.new[1]}" for one in operations] == kinds
