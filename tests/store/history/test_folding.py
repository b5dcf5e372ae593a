"""Alternating texts are folded; a text that truly stood is not."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.store.history.folding import FOLD_WITHIN, runs, stretches
from harvester.store.history.versions import Observation, Span, in_order, set_aside, versions

START = datetime(2014, 1, 1, tzinfo=UTC)


def seen(text: str, *days: float) -> list[Observation]:
    return [Observation(START + timedelta(days=day), text, round(day * 100)) for day in days]


def shown(spans: list[Span]) -> list[tuple[str, float, float]]:
    return [
        (span.text, (span.first_seen - START) / timedelta(days=1), (span.last_seen - START) / timedelta(days=1))
        for span in spans
    ]


def test_texts_that_alternate_are_one_version_with_a_note() -> None:
    observations = seen("A", *range(0, 40, 2)) + seen("B", *range(1, 40, 2))
    (span,) = versions([*observations, *seen("A", 40)])
    assert (span.text, span.captures, span.texts, span.switches) == ("A", 41, 2, 40)


def test_a_text_that_returns_after_a_week_repeats_an_earlier_version() -> None:
    spans = versions(seen("A", 0, 10) + seen("B", 20, 30) + seen("A", 40, 50))
    assert shown(spans) == [("A", 0, 10), ("B", 20, 30), ("A", 40, 50)]
    assert [span.repeats for span in spans] == [None, None, START]


def test_of_captures_years_apart_nothing_is_folded() -> None:
    assert shown(versions(seen("A", 0, 730) + seen("B", 365))) == [("A", 0, 0), ("B", 365, 365), ("A", 730, 730)]


def test_a_change_tried_out_for_some_days_is_one_change() -> None:
    observations = seen("A", *range(30), 32, 34) + seen("B", 31, 33, *range(35, 60))
    spans = versions(observations)
    assert shown(spans) == [("A", 0, 34), ("B", 35, 59)]
    assert [(span.captures, span.texts, span.switches) for span in spans] == [(34, 2, 4), (25, 1, 0)]


def test_a_stray_page_that_came_first_does_not_give_its_name() -> None:
    spans = versions(seen("stray", 0, 5) + seen("A", 1, 2, 3, 4, *range(6, 40)))
    assert shown(spans) == [("A", 1, 39)]
    assert spans[0].texts == 2


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ({"C": [100, 200]}, [("A", 0, 30), ("B", 60, 65), ("C", 100, 200)]),
        ({"B": [100, 200]}, [("A", 0, 30), ("B", 60, 200)]),
        ({"A": [100, 200]}, [("A", 0, 200)]),
        ({"A": [68, 200]}, [("A", 0, 200)]),
        ({}, [("A", 0, 61)]),
    ],
)
def test_a_new_text_behind_which_the_old_one_is_seen_once_more_is_a_version_if_the_old_one_does_not_return(
    later: dict[str, list[float]], expected: list[tuple[str, float, float]]
) -> None:
    observations = seen("A", 0, 30, 61) + seen("B", 60, 65)
    assert (
        shown(versions([*observations, *(one for text, days in later.items() for one in seen(text, *days))]))
        == expected
    )


def test_a_text_that_stood_a_week_is_kept_however_much_another_alternates_with_it_later() -> None:
    observations = seen("A", 0, 8, *range(10, 100, 5)) + seen("B", *(day + 1 for day in range(10, 100, 5)))
    assert shown(versions(observations))[0][0] == "A"


def test_what_was_folded_can_be_unfolded() -> None:
    observations = seen("A", 0, 2, 4) + seen("B", 1, 3)
    assert [span[0] for span in shown(versions(observations, unfold=True))] == list("ABABA")


def test_of_two_texts_at_one_second_the_smaller_hash_counts() -> None:
    observations = seen("A", 0, 10, 20) + seen("B", 10)
    assert shown(versions(observations)) == shown(versions(observations[:3])) == [("A", 0, 20)]


points = st.lists(
    st.tuples(st.one_of(st.integers(0, 60), st.floats(0, 60, allow_nan=False)), st.sampled_from("ABCD")), max_size=40
).map(lambda drawn: [each for day, text in drawn for each in seen(text, day)])


@given(points, st.randoms())
def test_any_order_and_any_repeats_give_the_same_versions(observations: list[Observation], chance: object) -> None:
    shuffled = observations + observations[::2]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert versions(shuffled) == versions(observations)


@given(points)
def test_versions_are_in_order_cover_all_and_neighbours_differ(observations: list[Observation]) -> None:
    spans = versions(observations)
    assert sum(span.captures for span in spans) + len(set_aside(observations)) == len(in_order(observations))
    for one, next_one in pairwise(spans):
        assert one.first_seen <= one.last_seen < next_one.first_seen
        assert one.text != next_one.text


def _stood(observations: list[Observation]) -> list[tuple[str, datetime, datetime]]:
    """The texts that stood alone for as long as folding looks, from their first to their last sighting."""
    alone = [list(run) for _, run in groupby(in_order(observations), key=lambda each: each.text)]
    return [
        (run[0].text, run[0].timestamp, run[-1].timestamp)
        for run in alone
        if run[-1].timestamp - run[0].timestamp >= FOLD_WITHIN
    ]


@given(points)
def test_a_text_that_stood_alone_for_a_week_is_folded_only_if_it_alternates(observations: list[Observation]) -> None:
    _check_what_stood(observations, versions(observations))


def _check_what_stood(observations: list[Observation], spans: list[Span]) -> None:
    aside = set_aside(observations)
    alternating = {each.text for each in observations if "alternating" in aside.get(each.capture_id, "")}
    for text, first, last in _stood(observations):
        stands = any(span.text == text and span.first_seen <= first and last <= span.last_seen for span in spans)
        assert stands or text in alternating


@given(points, points.filter(bool))
def test_a_late_sighting_folds_nothing_beyond_the_texts_that_stood_on_its_sides(
    observations: list[Observation], more: list[Observation]
) -> None:
    late = replace(more[0], timestamp=more[0].timestamp + timedelta(microseconds=1))
    before, after = _folded(observations), _folded([*observations, late])
    anchors = [each for each in _stood(observations) if not each[1] <= late.timestamp <= each[2]]
    left = max((each[1] for each in anchors if each[2] < late.timestamp), default=None)
    right = min((each[2] for each in anchors if each[1] > late.timestamp), default=None)

    def outside(found: list[tuple[str, datetime, datetime]]) -> list[tuple[str, datetime, datetime]]:
        return [
            each for each in found if (left is not None and each[2] < left) or (right is not None and each[1] > right)
        ]

    assert outside(before) == outside(after)


def _folded(observations: list[Observation]) -> list[tuple[str, datetime, datetime]]:
    """Each stretch from the first to the last sighting of its own text."""
    ordered = in_order(observations)
    found = []
    for stretch in stretches(ordered):
        own = [each.timestamp for each in ordered[stretch.start : stretch.end] if each.text == stretch.text]
        found.append((stretch.text, own[0], own[-1]))
    return found


@given(points)
def test_without_alternation_nothing_is_folded(observations: list[Observation]) -> None:
    once = {each.text: each for each in reversed(observations)}
    assert versions(once.values()) == versions(once.values(), unfold=True)


def test_the_real_histories_fold_to_what_the_documentation_says(shared: Path) -> None:
    histories = json.loads(gzip.decompress((shared / "archive" / "histories.json.gz").read_bytes()))
    unfolded = folded = 0
    switches = []
    for rows in histories.values():
        ordered = in_order(
            Observation(datetime.strptime(f"{when}+0000", "%Y%m%d%H%M%S%z"), f"{text:04}", 0) for when, text in rows
        )
        unfolded += len(runs(ordered))
        folded += len(stretches(ordered))
        spans = versions(ordered)
        switches.append(max(span.switches for span in spans))
        if len(ordered) < 100:  # longer ones take up to a second each, and say no more
            _check_what_stood(ordered, spans)
    assert (len(histories), unfolded, folded, max(switches)) == (27, 1299, 425, 349)


@pytest.mark.parametrize("days", [6.9, 7.1])
def test_the_week_is_what_decides(days: float) -> None:
    assert len(stretches(in_order(seen("A", 0, days) + seen("B", 1)))) == (1 if days < 7 else 3)
    assert len(versions(seen("A", 0, 100) + seen("B", 20, 20 + days))) == (1 if days < 7 else 3)


@pytest.mark.parametrize("archives", ["aa", "ab", "ba", "bb"])
def test_how_many_captures_a_version_has_does_not_depend_on_the_archive_that_listed_each(archives: str) -> None:
    """A redirect of a second earlier shows the page at the second at which the page was captured itself."""
    of_page, of_redirect = archives[0], archives[1]
    page = Observation(START, "v1", 1, "https://a.example/p", of_page)
    redirect = Observation(START, "v1", 2, "http://a.example/p", of_redirect)
    again = Observation(START, "v1", 3, "https://a.example/p", "c")
    (version,) = versions([page, redirect, again])
    assert version.captures == 2


def test_one_text_that_several_archives_show_at_one_time_is_seen_once() -> None:
    shown = [Observation(START, "v1", number, "", archive) for number, archive in enumerate(("a", "b", "c"))]
    assert [(one.captures, one.first_seen) for one in versions(shown)] == [(1, START)]
    assert versions(reversed(shown)) == versions(shown)
