"""A text that has nothing to do with the one before it is removed and added whole, not mixed with it word by word."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from harvester.diffing import OperationKind, compare
from harvester.diffing.match.unlike import are_unlike

SENTENCE = "we never sell what you tell us to anybody else".split()  # noqa: SIM905


def written_anew(seed: int, words: int = 600) -> list[str]:
    """A text in which each word is one of two hundred: any two have many words in common, and hardly a run of them."""
    random_ = random.Random(seed)
    return [f"word{random_.randrange(200)}" for _ in range(words)]


def kinds(old: list[str], new: list[str]) -> list[OperationKind]:
    head, tail = "## Cookies\n\nWe set two of them.\n\n", "\n\n## Children\n\nWe know of none.\n"
    texts = (head + " ".join(words) + tail for words in (old, new))
    return [operation.kind for operation in compare(*texts).operations]


def test_a_text_with_hardly_a_run_of_words_in_common_is_removed_and_added_whole() -> None:
    whole = [OperationKind.EQUAL, OperationKind.DELETE, OperationKind.INSERT, OperationKind.EQUAL]
    one = written_anew(1)
    for other in (written_anew(2), written_anew(2, 250)):
        assert kinds(one, other) == whole
        assert kinds(other, one) == whole


def test_a_text_of_the_same_phrases_is_compared_word_by_word() -> None:
    phrases = [written_anew(n, 3) for n in range(40)]
    old, new = (
        [word for n in order for word in [*phrases[n], f"{side}{n}"]]
        for side, order in (("left", range(40)), ("right", range(40)))
    )
    assert not are_unlike(old, new)


def test_a_sentence_that_stays_is_found_wherever_it_stands_in_a_long_text() -> None:
    for words in (600, 9000):
        old, new = written_anew(1, words), written_anew(2, words)
        for place in (0, 1, 2, 3, 4, 301, words):
            kept = old[:place] + SENTENCE + old[place:]
            assert not are_unlike(kept, new[:200] + SENTENCE + new[200:])
            assert not are_unlike(kept, new + SENTENCE)


def test_seven_words_in_a_row_are_no_coincidence_and_six_are() -> None:
    old, new = ([f"{side}{number}" for number in range(600)] for side in ("old", "new"))
    for kept, is_unlike in ((SENTENCE[:6], True), (SENTENCE[:7], False)):
        for place in (0, 300, 600):
            assert are_unlike(old[:place] + kept + old[place:], new + kept) is is_unlike
            assert are_unlike(kept + new, old[:place] + kept + old[place:]) is is_unlike


def test_passages_with_one_run_of_words_in_a_hundred_in_common_are_no_two_texts() -> None:
    old, new = ([f"{side}{number}" for number in range(600)] for side in ("old", "new"))
    for runs, is_unlike in ((5, True), (8, False)):
        one, other = [*old], [*new]
        for number in range(runs):
            one[9 * number : 9 * number + 3] = other[7 * number : 7 * number + 3] = [*SENTENCE[:2], str(number)]
        assert are_unlike(one, other) is is_unlike
        assert are_unlike([*one[:30], *one], other) is is_unlike, "the same run twice is one"


def test_short_passages_are_never_two_texts() -> None:
    assert not are_unlike(written_anew(1, 99), written_anew(2))
    assert are_unlike(written_anew(1, 101), written_anew(2))


@given(st.lists(st.sampled_from("abcdefgh"), min_size=100), st.lists(st.sampled_from("abcdefgh"), min_size=100))
def test_it_is_the_same_whichever_text_is_the_older_one(one: list[str], other: list[str]) -> None:
    assert are_unlike(one, other) == are_unlike(other, one)
