"""Half a page is known by what it lost, where it ends, and what comes back; each bound is in docs/history.md."""

from __future__ import annotations

from functools import partial

import pytest

from harvester.store.history.likeness import Measures, passages
from harvester.store.history.strays.half_pages import (
    breaks_off_in_a_sentence,
    goes_on,
    is_beginning,
    is_half,
    is_restored,
)

PARAGRAPHS = [
    "We collect your name and your address. We use both of them to deliver what you have ordered.",
    "We do not sell what we know of you. We may ask a court before we tell anybody about it.",
    "You may ask us to delete what we hold about you. We answer all such letters within a month.",
    "We keep what you bought for two years. We keep what you have paid for ten of them by law.",
    "Cookies remember what you have chosen here. You can switch them off wherever you like to.",
]
WHOLE = "# Privacy\n\n" + "\n\n".join(PARAGRAPHS)
REWRITTEN = "# Privacy\n\n" + "\n\n".join(" ".join(paragraph[:-1].split()[::-1]) + "." for paragraph in PARAGRAPHS)
REVISED = WHOLE.replace("for two years", "for six years")


def measured(text: str, words: int = 0) -> Measures:
    return Measures(words or len(text.split()), "en", 0.9, partial(passages, text), partial(str, text))


def up_to(words: str, text: str = WHOLE) -> str:
    return text[: text.index(words)]


EARLY, MIDDLE, LATE = up_to(" what we know"), up_to(" about you. We answer"), up_to(" them off")


@pytest.mark.parametrize(
    ("before", "one", "after", "is_one"),
    [(100, 74, 100, True), (100, 75, 100, False), (100, 74, 90, False), (90, 74, 100, False), (90, 60, 500, True)],
)
def test_half_a_page_is_shorter_than_both_at_its_sides_by_a_quarter(
    before: int, one: int, after: int, *, is_one: bool
) -> None:
    assert is_half(measured(WHOLE, before), measured(MIDDLE, one), measured(REVISED, after)) is is_one


@pytest.mark.parametrize(("more", "is_one"), [("", True), ("We sell it.", True), ("We sell it. To all.", False)])
def test_half_a_page_says_one_thing_at_most_that_is_not_at_its_sides(more: str, *, is_one: bool) -> None:
    text = f"{up_to(PARAGRAPHS[2])}{more}"
    assert is_half(measured(WHOLE), measured(text), measured(REVISED)) is is_one


@pytest.mark.parametrize(
    ("one", "is_one"),
    [
        (EARLY, True),
        (MIDDLE, True),
        (f"{MIDDLE}**", True),  # markup behind the last word is none
        (f"{MIDDLE}\n\n*\n", True),
        (LATE, False),  # nearly all is there
        (up_to(" We answer"), False),  # a sentence ends
        (MIDDLE.replace("your name", "your age"), False),
        (MIDDLE.replace("delete", "erase"), False),
        (f"{MIDDLE} and sell it", False),
    ],
)
def test_the_beginning_of_a_page_ends_in_a_sentence_and_lacks_a_quarter_of_it(one: str, *, is_one: bool) -> None:
    for sides in ((WHOLE, REWRITTEN), (REWRITTEN, WHOLE)):
        assert is_beginning(measured(sides[0]), measured(one), measured(sides[1])) is is_one, sides
    assert not is_beginning(measured(REWRITTEN), measured(one), measured(REWRITTEN))


@pytest.mark.parametrize("title", ["Acme :: Privacy", "Privacy policy", ""])
def test_half_a_page_may_have_another_title(title: str) -> None:
    one = MIDDLE.replace("# Privacy", f"# {title}")
    for sides in ((WHOLE, REWRITTEN), (REWRITTEN, WHOLE)):
        assert is_beginning(*map(measured, (sides[0], one, sides[1])))
        assert breaks_off_in_a_sentence(*map(measured, (sides[0], one, sides[1])))
    assert not is_beginning(*map(measured, (WHOLE, one.replace("We collect", "We sell"), REWRITTEN)))


@pytest.mark.parametrize("above", ["", "[Follow](https://a.example/f)\n\n", "[Home](https://a.example) > Privacy\n\n"])
@pytest.mark.parametrize("sign", ["## ", "**", ""])
def test_half_a_page_may_come_in_another_layout(above: str, sign: str) -> None:
    """Other parts of the site above the policy, other levels of headings, other targets of links."""
    heading = "Your rights"
    sides = tuple(
        text.replace(PARAGRAPHS[2][:8], f"### {heading}\n\n{PARAGRAPHS[2][:8]}") for text in (WHOLE, REWRITTEN)
    )
    marked = f"{sign}{heading}{sign if sign == '**' else ''}"
    one = (
        up_to(" about you. We answer", sides[0])
        .replace(f"### {heading}", marked)
        .replace("# Privacy\n\n", f"# Privacy\n\n{above}")
    )
    for before, after in (sides, sides[::-1]):
        assert is_beginning(*map(measured, (before, one, after)))
        assert breaks_off_in_a_sentence(*map(measured, (before, one, after)))
    for other in (one.replace("your name", "your age"), one.replace(heading, "Rights"), f"{one} and sell it"):
        assert not is_beginning(*map(measured, (sides[0], other, sides[1])))


def test_a_page_may_break_off_in_a_link() -> None:
    """The parser closes it there."""
    target = "](https://acme.example/delete)"
    whole = WHOLE.replace("what we hold", f"[what we hold{target}")
    one = f"{whole[: whole.index(' we hold')]}{target}"
    assert is_restored(*map(measured, (whole, one, whole.replace("your name", "your age"))))


@pytest.mark.parametrize("end", ["-", ",", " (", "/", " –"])
def test_a_page_that_ends_at_a_mark_within_a_sentence_broke_off(end: str) -> None:
    whole, rewritten = (text.replace("hold about you", f"hold{end}about you") for text in (WHOLE, REWRITTEN))
    one = f"{up_to(' about you. We answer').rstrip()}{end}"
    assert is_beginning(*map(measured, (whole, one, rewritten)))
    assert breaks_off_in_a_sentence(*map(measured, (whole, one, rewritten)))


@pytest.mark.parametrize(
    ("one", "is_one"),
    [
        (LATE, True),
        (f"{LATE}**", True),
        (EARLY, True),
        (up_to(" You can switch"), False),
        (up_to("\n\nCookies remember"), False),
        (LATE.replace("your name", "your age"), False),
        (f"{LATE} and we sell it", False),
    ],
)
def test_what_breaks_off_ends_in_a_sentence_of_a_text_beside_it(one: str, *, is_one: bool) -> None:
    for sides in ((WHOLE, REWRITTEN), (REWRITTEN, WHOLE)):
        assert breaks_off_in_a_sentence(measured(sides[0]), measured(one), measured(sides[1])) is is_one, sides


def test_what_ends_with_a_whole_line_did_not_break_off_in_it() -> None:
    items = "# Privacy\n\nWe collect\n\n* your name\n\n* your address\n\n* what you buy"
    listed = up_to("\n\n* what", items)
    assert not breaks_off_in_a_sentence(measured(items), measured(listed), measured(items))
    assert breaks_off_in_a_sentence(measured(items), measured(listed[:-3]), measured(items))


def test_what_is_not_shorter_than_both_at_its_sides_broke_off_nowhere() -> None:
    short = measured(up_to(PARAGRAPHS[1]))
    for sides in ((measured(WHOLE), short), (short, measured(WHOLE))):
        assert not breaks_off_in_a_sentence(sides[0], measured(MIDDLE), sides[1])
        assert not is_restored(sides[0], measured(MIDDLE), sides[1])


def test_a_text_that_broke_off_is_restored_if_most_of_what_it_lost_comes_back() -> None:
    one, rest = measured(MIDDLE), up_to(PARAGRAPHS[3])
    for back, is_one in ((f"{rest}{PARAGRAPHS[3]} {PARAGRAPHS[4]} Now.", True), (f"{rest}{PARAGRAPHS[4]} ", False)):
        other = measured(back.replace("your name", "your age").replace("You may ask", "Do ask") + "And more. " * 40)
        assert is_restored(measured(WHOLE), one, other) is is_one
        assert is_restored(other, one, measured(WHOLE)) is is_one, "from which of both it was cut"
    assert not is_restored(measured(WHOLE), one, measured(REWRITTEN))
    assert not is_restored(measured(REWRITTEN), one, measured(WHOLE))


@pytest.mark.parametrize(("words", "is_one"), [(40, True), (49, True), (50, False)])
def test_half_a_page_that_did_not_break_off_is_restored_if_it_is_far_shorter(words: int, *, is_one: bool) -> None:
    lines = measured("# Privacy\n\n" + "\n\n".join(PARAGRAPHS[1:3]), words)
    assert is_restored(measured(WHOLE, 100), lines, measured(REVISED, 110)) is is_one
    others = measured("# Privacy\n\nWe sell it. To all. For ever.\n\n" + PARAGRAPHS[2], words)
    assert not is_restored(measured(WHOLE, 100), others, measured(REVISED, 110)), "what says more is no half page"


def test_half_a_page_that_is_the_beginning_of_one_is_restored_however_long_it_is() -> None:
    one = measured(up_to(PARAGRAPHS[3]), 60)
    for sides in ((WHOLE, REVISED), (REVISED, WHOLE)):
        assert is_restored(measured(sides[0], 100), one, measured(sides[1], 110))
    assert not is_restored(measured(WHOLE, 100), one, measured(f"{up_to(PARAGRAPHS[3])}{REWRITTEN}", 110))
    middle = measured("# Privacy\n\n" + "\n\n".join(PARAGRAPHS[1:4]), 60)
    assert not is_restored(measured(WHOLE, 100), middle, measured(REVISED, 110)), "a page does not begin later"


ADDED = "We share them with couriers. We note where you are when you buy. Advertisers see how old you are."


@pytest.mark.parametrize(
    ("after", "is_one"),
    [
        (f"{WHOLE} {ADDED} And more.", True),
        (f"{WHOLE} {ADDED.partition('. ')[2]}", True),  # most of what it had added
        (f"{WHOLE} {ADDED.partition('. ')[0]}.", False),
        (f"{WHOLE} {ADDED} Old one. Old two.", False),  # what it had taken away is there again
        (f"{WHOLE} {ADDED} Old one.", False),
        (WHOLE, False),
        (REWRITTEN, False),
    ],
)
def test_the_next_text_goes_on_from_the_one_before_a_stale_copy(after: str, *, is_one: bool) -> None:
    assert goes_on(measured(f"{WHOLE} {ADDED}"), measured(f"{WHOLE} Old one. Old two."), measured(after)) is is_one


@pytest.mark.parametrize(
    ("after", "is_one"),
    [
        (f"{WHOLE} And more.", True),
        (f"{WHOLE} {ADDED.partition('. ')[0]}. And more.", True),  # a little of what it had taken away
        (f"{WHOLE} {ADDED} And more.", False),
        (REWRITTEN, False),
    ],
)
def test_the_next_text_goes_on_from_one_that_had_only_taken_away(after: str, *, is_one: bool) -> None:
    assert goes_on(measured(WHOLE), measured(f"{WHOLE} {ADDED}"), measured(after)) is is_one


def test_nothing_goes_on_from_a_text_that_had_altered_nothing() -> None:
    assert not goes_on(measured(WHOLE), measured(WHOLE), measured(REVISED))


def test_of_a_text_without_measures_nothing_is_known() -> None:
    known = [measured(WHOLE), measured(MIDDLE), measured(WHOLE)]
    for rule in (is_half, is_restored, breaks_off_in_a_sentence, is_beginning):
        assert rule(*known)
        for place in range(3):
            assert not rule(*(None if number == place else one for number, one in enumerate(known)))
