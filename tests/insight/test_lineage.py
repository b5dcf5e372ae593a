"""Where words come from: the rule, on texts small enough to see it, and its properties."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.diffing import compare, decode, encode
from harvester.diffing.text.blocks import read_blocks
from harvester.errors import CorruptStore
from harvester.insight.lineage import Lineage, Origin
from tests.support.diffing.texts import TEXTS, THOROUGH, pairs

KEEP = "We keep your name and address for as long as the law asks us to keep them."
SHARE = "We share what you tell us with partners who help us to send your parcels."
COOKIES = "Cookies remember your language and the things that you have put in the basket."


def lineage_of(*texts: str) -> Lineage:
    lineage = Lineage.of(read_blocks(texts[0]))
    for old, new in pairwise(texts):
        lineage.step(read_blocks(new), compare(old, new).operations)
    return lineage


def told(lineage: Lineage) -> list[list[tuple[str, int, int]]]:
    """For each block its stretches as (text, since, first)."""
    return [
        [(one.text, one.origin.since, one.origin.first) for one in lineage.stretches(number)]
        for number in range(len(lineage.blocks))
    ]


def test_each_word_belongs_to_the_version_that_brought_it() -> None:
    edited = KEEP.replace("name", "name, photograph")
    assert told(lineage_of(f"# P\n\n{KEEP}", f"# P\n\n{edited}\n\n{SHARE}")) == [
        [("P", 0, 0)],
        [("We keep your name", 0, 0), (", photograph", 1, 1), (KEEP[len("We keep your name ") :], 0, 0)],
        [(SHARE, 1, 1)],
    ]


def test_moved_text_keeps_its_origin_and_is_not_lost() -> None:
    lineage = lineage_of(f"{KEEP}\n\n{SHARE}\n\n{COOKIES}", f"{COOKIES}\n\n{KEEP}\n\n{SHARE}")
    assert told(lineage) == [[(COOKIES, 0, 0)], [(KEEP, 0, 0)], [(SHARE, 0, 0)]]
    assert lineage.lost == []


def test_a_split_and_a_merge_bring_no_word() -> None:
    split = lineage_of(f"{KEEP} {SHARE}", f"{KEEP}\n\n{SHARE}")
    assert told(split) == [[(KEEP, 0, 0)], [(SHARE, 0, 0)]]
    merged = lineage_of(f"{KEEP}\n\n{SHARE}", f"{KEEP} {SHARE}")
    assert told(merged) == [[(f"{KEEP} {SHARE}", 0, 0)]]
    assert split.lost == merged.lost == []


def test_renumbering_brings_only_the_number() -> None:
    lineage = lineage_of(f"1. {KEEP}\n\n2. {SHARE}", f"1. {COOKIES}\n\n2. {KEEP}\n\n3. {SHARE}")
    assert told(lineage)[1:] == [[("2.", 1, 1), (KEEP, 0, 0)], [("3.", 1, 1), (SHARE, 0, 0)]]


def test_a_block_that_returns_is_brought_again_and_says_when_it_came_first() -> None:
    lineage = lineage_of(f"# P\n\n{KEEP}\n\n{SHARE}", f"# P\n\n{KEEP}", f"# P\n\n{KEEP}\n\n{SHARE}")
    assert told(lineage)[2] == [(SHARE, 2, 0)]
    assert [(lost.removed, lost.back, lost.heading) for lost in lineage.lost] == [(1, 2, "P")]


def test_a_word_set_back_was_brought_by_the_version_that_set_it_back() -> None:
    thirty, sixty = (f"{KEEP} We delete it after {days} days in any case." for days in ("30", "60"))
    lineage = lineage_of(thirty, sixty, thirty)
    assert ("30", 2, 0) in told(lineage)[0]
    assert [(lost.removed, lost.stretches[0].text) for lost in lineage.lost] == [(1, "30"), (2, "60")]


def test_a_removed_passage_names_who_removed_it_and_who_had_brought_it() -> None:
    grown = f"{SHARE} Some of them are abroad."
    lineage = lineage_of(f"## Who\n\n{SHARE}", f"## Who\n\n{grown}", "## Who\n\nNobody.")
    (lost,) = lineage.lost
    assert (lost.removed, lost.heading) == (2, "Who")
    assert [(one.text, one.origin.since) for one in lost.stretches] == [(SHARE, 0), ("Some of them are abroad.", 1)]


def test_a_diff_of_other_texts_is_refused_and_leaves_the_lineage_as_it_was() -> None:
    lineage = lineage_of(f"# P\n\n{KEEP}", f"# P\n\n{SHARE}")
    before = told(lineage), list(lineage.lost)
    new = f"# P\n\n{SHARE}\n\n{COOKIES}"
    with pytest.raises(CorruptStore, match="does not match"):
        lineage.step(read_blocks(new), compare(f"# P\n\n{KEEP}", f"# P\n\n{KEEP} {SHARE}").operations)
    assert (told(lineage), lineage.lost) == before
    lineage.step(read_blocks(new), compare(f"# P\n\n{SHARE}", new).operations)
    assert told(lineage)[2] == [(COOKIES, 2, 2)]


CHAINS = st.lists(st.one_of(TEXTS, pairs().map("\n\n".join)), min_size=1, max_size=5)
# Few texts in many turns, so that versions repeat.
TURNS = st.tuples(pairs(), st.lists(st.integers(0, 1), min_size=2, max_size=6)).map(
    lambda drawn: [drawn[0][which] for which in drawn[1]]
)


@THOROUGH
@given(st.one_of(CHAINS, TURNS))
def test_stored_operations_give_the_same_lineage_as_texts_compared_anew(texts: list[str]) -> None:
    lineage = Lineage.of(read_blocks(texts[0]))
    for old, new in pairwise(texts):
        lineage.step(read_blocks(new), decode(encode(compare(old, new)), old, new).operations)
    assert lineage == lineage_of(*texts)


@THOROUGH
@given(st.one_of(CHAINS, TURNS))
def test_every_word_has_an_origin_whose_version_had_the_word(texts: list[str]) -> None:
    """An oracle that knows no diff: the versions from its bringing to now all have the word."""
    lineage = lineage_of(*texts)
    words = [{token for block in read_blocks(text) for token in block.with_label_inside().tokens} for text in texts]
    for block, origins in zip(lineage.blocks, lineage.origins, strict=True):
        tokens = block.with_label_inside().tokens
        assert len(origins) == len(tokens)
        for token, origin in zip(tokens, origins, strict=True):
            assert 0 <= origin.first <= origin.since <= lineage.place
            assert all(token in words[place] for place in (origin.first, *range(origin.since, lineage.place + 1)))


@THOROUGH
@given(st.lists(st.sampled_from([KEEP, SHARE, COOKIES, "## Who", "## What"]), min_size=1, max_size=4, unique=True))
def test_nothing_is_brought_where_nothing_changed(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    lineage = lineage_of(text, text, text)
    assert {origin for origins in lineage.origins for origin in origins} == {Origin(0, 0)}
    assert lineage.lost == []


@THOROUGH
@given(st.lists(st.lists(st.integers(0, 3), unique=True).map(sorted), min_size=1, max_size=7))
def test_whole_blocks_that_come_and_go_are_blamed_as_a_list_of_sets_says(shown: list[list[int]]) -> None:
    """Versions are sets of four unlike blocks in one order, so the answer can be read off the sets."""
    unlike = [KEEP, SHARE, COOKIES, "Questions may be put to our data protection officer in Hamburg, Germany."]
    lineage = lineage_of(*("\n\n".join(unlike[n] for n in version) for version in shown))
    now = len(shown) - 1
    for block, origins in zip(lineage.blocks, lineage.origins, strict=True):
        number = next(n for n in range(4) if unlike[n] == block.inline.visible)
        since = now
        while since > 0 and number in shown[since - 1]:
            since -= 1
        first = next(place for place, version in enumerate(shown) if number in version)
        assert set(origins) == {Origin(since, first)}
    went = sum(len(set(old) - set(new)) for old, new in pairwise(shown))
    assert len(lineage.lost) == went
