"""What is no policy is known by its likelihood, its length, its links and the policies beside it, at each bound."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from harvester.store.history.likeness import Measures, passages
from harvester.store.history.strays.no_policy import NotAPolicy, is_weak, reads_like_a_policy
from harvester.store.history.strays.runs import CAPTURES, SETTLED, Run, put_in_order

POLICY = "# Privacy\n\nWe collect your name. We keep it for two years. We do not sell what you tell us about yourself."
REWRITTEN = (
    "# Privacy\n\nYour name is kept by us. After two years it is gone. What you tell us is never sold to anyone."
)
HOME = "# Shop\n\nMeet people near you. Join two million members today. Read what they have to say about each other."
LINKS = "# Shop\n\n[Meet people](https://a.example/1)\n\n[Join two million](https://a.example/2)"


def measured(text: str, likely: float, words: int = 500, language: str = "en") -> Measures:
    return Measures(words, language, likely, partial(passages, text), partial(str, text))


def is_no_policy(known: Sequence[Measures | None], place: int, *, is_settled: bool) -> bool:
    """Whether the text at a place of a history is no policy."""
    first = [datetime(2018, 1, 1, tzinfo=UTC) + 2 * number * SETTLED for number in range(len(known))]
    stood = [SETTLED if is_settled and number == place else timedelta() for number in range(len(known))]
    runs = [
        Run(str(number), one, since, since + for_long, [number] * CAPTURES)
        for number, (one, since, for_long) in enumerate(zip(known, first, stood, strict=True))
    ]
    put_in_order(runs)
    return bool(list(NotAPolicy(runs).at(runs[place])))


def between(one: Measures, before: float | None, after: float | None, *, is_settled: bool = False) -> bool:
    """Whether a text is no policy between two others, of which the likelihoods are given; None: there is none."""
    known: list[Measures | None] = [measured(POLICY, before)] if before is not None else []
    known += [one, measured(REWRITTEN, after)] if after is not None else [one]
    return is_no_policy(known, known.index(one), is_settled=is_settled)


@pytest.mark.parametrize(
    ("before", "after", "is_none"),
    [
        (0.6, None, True),  # one clear policy is enough, on either side
        (None, 0.6, True),
        (0.59, None, False),
        (None, 0.59, False),
        (0.4, 0.4, True),  # two are, if both are far likelier ones
        (0.39, 0.5, False),
        (0.5, 0.39, False),
        (0.5, None, False),
        (None, None, False),
    ],
)
def test_a_home_page_is_none_beside_a_clear_policy_or_between_two_far_likelier_ones(
    before: float | None, after: float | None, *, is_none: bool
) -> None:
    assert between(measured(HOME, 0.1), before, after) is is_none


@pytest.mark.parametrize(
    ("likely", "language", "is_settled", "is_none"),
    [
        (0.1, "en", False, True),
        (0.11, "en", False, False),  # it may be a policy that reads like none
        (0.1, "km", False, False),  # of its language nothing is known
        (0.1, "en", True, False),  # it stood as long as a policy does
    ],
)
def test_between_two_others_that_are_no_clear_policies_only_what_surely_is_a_home_page_is_none(
    likely: float, language: str, *, is_settled: bool, is_none: bool
) -> None:
    assert between(measured(HOME, likely, language=language), 0.5, 0.5, is_settled=is_settled) is is_none


def test_several_home_pages_between_two_texts_are_none() -> None:
    known = [measured(POLICY, 0.5), *(measured(f"{HOME} {n} more.", 0.05) for n in range(3)), measured(REWRITTEN, 0.5)]
    assert [is_no_policy(known, place, is_settled=False) for place in range(5)] == [False, True, True, True, False]


@pytest.mark.parametrize(("likely", "is_none"), [(0.25, True), (0.26, False)])
def test_a_policy_is_looked_for_behind_what_clearly_is_none(likely: float, *, is_none: bool) -> None:
    known = [measured(POLICY, 0.9), measured(f"{HOME} And more.", likely), measured(HOME, 0.2)]
    assert is_no_policy(known, 2, is_settled=False) is is_none
    assert is_no_policy(known[::-1], 0, is_settled=False) is is_none
    assert not is_no_policy([known[0], None, known[2]], 2, is_settled=False)


def test_of_several_policies_the_nearest_counts() -> None:
    near, far = measured(HOME + " And more.", 0.9), measured(POLICY, 0.9)
    for known in ([far, near, measured(HOME, 0.05)], [measured(HOME, 0.05), near, far]):
        place = 2 if known[0] is far else 0
        assert not is_no_policy(known, place, is_settled=False), "it shares a passage with the nearest one"


@pytest.mark.parametrize(
    ("text", "likely", "words", "language", "is_none"),
    [
        (HOME, 0.25, 500, "en", True),
        (HOME, 0.26, 500, "en", False),
        (HOME, 0.25, 500, "km", False),
        (HOME, 0.49, 49, "km", True),  # a line or two say nothing in any language
        (HOME, 0.49, 50, "km", False),
        (HOME, 0.5, 49, "km", False),
        (LINKS, 0.9, 49, "en", True),  # nor do links
        (LINKS, 0.9, 50, "en", False),
        (f"{HOME} We do not sell what you tell us about yourself.", 0.05, 20, "en", False),
    ],
)
def test_beside_a_policy_is_none_what_says_nothing_and_shares_nothing_with_it(
    text: str, likely: float, words: int, language: str, *, is_none: bool
) -> None:
    assert between(measured(text, likely, words, language), 0.9, None) is is_none
    assert between(measured(text, likely, words, language), 0.9, 0.9) is is_none, "with both of them"


SHORT = "# Privacy\n\nWe collect nothing but your e-mail address. We send you our letter, and give it to nobody else."


@pytest.mark.parametrize(
    ("text", "likely", "is_settled", "is_none"),
    [
        (SHORT, 0.49, True, False),  # it stood as long as a policy does, and says something
        (SHORT, 0.49, False, True),
        (SHORT, 0.26, True, False),
        (SHORT, 0.25, True, True),
        ("# Shop\n\nAbout us\n\nNewsletters\n\nPrivacy policy\n\nContact", 0.49, True, True),  # a menu
        (LINKS, 0.9, True, True),
    ],
)
def test_a_few_sentences_that_stood_for_long_are_a_policy(
    text: str, likely: float, *, is_settled: bool, is_none: bool
) -> None:
    one = measured(text, likely, 49)
    assert between(one, 0.9, None, is_settled=is_settled) is is_none


@pytest.mark.parametrize(
    ("likely", "words", "beside", "is_none"),
    [(0.1, 49, 0.4, True), (0.1, 50, 0.4, False), (0.11, 49, 0.4, False), (0.1, 49, 0.39, False)],
)
def test_a_line_or_two_at_an_end_of_the_history_are_none_beside_a_far_likelier_text(
    likely: float, words: int, beside: float, *, is_none: bool
) -> None:
    assert between(measured(HOME, likely, words), beside, None) is is_none
    assert between(measured(HOME, likely, words), None, beside) is is_none
    assert not between(measured(HOME, likely, words), beside, None, is_settled=True)


@pytest.mark.parametrize(
    ("likely", "words", "language", "is_one"),
    [
        (0.9, 49, "en", True),
        (0.9, 50, "en", False),
        (0.39, 100, "en", True),
        (0.41, 100, "en", False),
        (0.39, 100, "km", False),
    ],
)
def test_a_weak_text_is_far_shorter_than_both_at_its_sides_or_far_less_likely_a_policy(
    likely: float, words: int, language: str, *, is_one: bool
) -> None:
    sides = measured(POLICY, 0.7, 100), measured(REWRITTEN, 0.9, 300)
    for before, after in (sides, sides[::-1]):
        assert is_weak(measured(HOME, likely, words, language), before, after) is is_one


@pytest.mark.parametrize(
    ("likely", "sides", "does"),
    [(0.6, 0.9, True), (0.59, 0.9, False), (0.3, 0.3, True), (0.29, 0.3, False), (0.5, 0.3, False), (0.5, 0.5, False)],
)
def test_a_text_reads_like_a_policy_as_a_clear_one_does_or_as_those_at_its_sides(
    likely: float, sides: float, *, does: bool
) -> None:
    assert reads_like_a_policy(measured(HOME, likely), measured(POLICY, sides), measured(REWRITTEN, 0.95)) is does
