"""Which captures are fetched: the promises of `harvester.archive.sampling`."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive import sampling
from harvester.catalogue import samples
from harvester.errors import ConfigurationError
from harvester.memento import EMPTY_BODY_DIGEST

DAY = timedelta(days=1)
START = datetime(2021, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    timestamp: datetime
    status: int | None = 200
    digest: str = "A" * 32


def at(day: float) -> datetime:
    return START + day * DAY


class Archive:
    """Texts by index, counting how often each is asked for."""

    def __init__(self, texts: Sequence[Hashable]) -> None:
        self.texts = texts
        self.asked: list[int] = []

    def probe(self, i: int) -> Hashable:
        assert i not in self.asked  # who asks again asks for ever
        self.asked.append(i)
        return self.texts[i]


def search(days: Sequence[float], texts: Sequence[Hashable], max_gap: float, resolution: float) -> list[int]:
    times = [at(day) for day in days]
    return sampling.changes(times, Archive(texts).probe, max_gap=max_gap * DAY, resolution=resolution * DAY)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[datetime], list[int]]:
    """Captures hours to months apart (some at one instant), of texts that stand for a while, return or flicker."""
    steps = draw(st.lists(st.sampled_from([0.0, 0.01, 0.25, 0.25, 0.5, 1.0, 7.0, 100.0]), max_size=120))
    stands = draw(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 4)), min_size=1, max_size=12))
    times, day = [], 0.0
    for step in steps:
        day += step
        times.append(at(day))
    texts = [text for length, text in stands for _ in range(length)]
    return times, [texts[i % len(texts)] for i in range(len(times))]


spans_of_time = st.sampled_from([0.02, 0.5, 1.0, 5.0, 14.0, 30.0, 60.0, 365.0])


@given(histories(), spans_of_time, st.one_of(st.just(0.0), spans_of_time))
def test_each_capture_is_probed_at_most_once_and_the_probed_come_back_in_order(
    history: tuple[list[datetime], list[int]], max_gap: float, resolution: float
) -> None:
    times, texts = history
    archive = Archive(texts)
    probed = sampling.changes(times, archive.probe, max_gap=max_gap * DAY, resolution=resolution * DAY)
    assert sorted(archive.asked) == probed
    assert len(set(probed)) == len(probed)
    assert not times or {0, len(times) - 1} <= set(probed) <= set(range(len(times)))


@given(histories(), spans_of_time, st.one_of(st.just(0.0), spans_of_time))
def test_no_span_between_probed_captures_is_longer_than_the_gap(
    history: tuple[list[datetime], list[int]], max_gap: float, resolution: float
) -> None:
    times, texts = history
    probed = sampling.changes(times, texts.__getitem__, max_gap=max_gap * DAY, resolution=resolution * DAY)
    for a, b in pairwise(probed):
        assert b - a == 1 or times[b] - times[a] <= max_gap * DAY


@given(histories(), spans_of_time, st.one_of(st.just(0.0), spans_of_time))
def test_every_change_between_probed_captures_is_narrowed_down_to_the_resolution(
    history: tuple[list[datetime], list[int]], max_gap: float, resolution: float
) -> None:
    times, texts = history
    probed = sampling.changes(times, texts.__getitem__, max_gap=max_gap * DAY, resolution=resolution * DAY)
    for a, b in pairwise(probed):
        assert texts[a] == texts[b] or b - a == 1 or times[b] - times[a] <= resolution * DAY


@given(histories(), spans_of_time, spans_of_time)
def test_the_names_of_the_texts_do_not_matter(
    history: tuple[list[datetime], list[int]], max_gap: float, resolution: float
) -> None:
    times, texts = history
    named = [f"text {-text}" for text in texts]
    span, end = max_gap * DAY, resolution * DAY
    assert sampling.changes(times, texts.__getitem__, max_gap=span, resolution=end) == sampling.changes(
        times, named.__getitem__, max_gap=span, resolution=end
    )


def test_a_document_that_never_changes_costs_only_the_grid() -> None:
    days = [i / 4 for i in range(4 * 600 + 1)]
    assert search(days, [0] * len(days), 60, 1) == [240 * i for i in range(11)]


def test_a_single_change_costs_the_grid_and_a_halving() -> None:
    days = [i / 4 for i in range(4 * 600 + 1)]
    texts = [int(day >= 333.25) for day in days]
    probed = search(days, texts, 60, 0)
    first = texts.index(1)
    assert {first - 1, first} <= set(probed)
    assert len(probed) <= 11 + 8  # 240 captures lie between two of the grid: at most 8 halvings


@pytest.mark.parametrize(("days", "nearest"), [((0, 45, 70, 100), 1), ((0, 30, 52, 100), 2), ((0, 60, 70, 100), 1)])
def test_halving_asks_for_the_capture_nearest_to_the_middle(days: tuple[int, ...], nearest: int) -> None:
    archive = Archive(["A", "A", "B", "B"])
    sampling.changes([at(day) for day in days], archive.probe, max_gap=365 * DAY, resolution=DAY)
    assert archive.asked[:3] == [0, 3, nearest]


def test_halving_stops_at_the_resolution() -> None:
    days = [i / 4 for i in range(4 * 60 + 1)]
    texts = [int(day >= 20) for day in days]
    for resolution in (0.25, 1.0, 4.0):
        spans = [days[b] - days[a] for a, b in pairwise(search(days, texts, 60, resolution))]
        assert min(spans) > resolution / 2.5  # a longer span was halved, a shorter one never


def test_a_gap_between_captures_wider_than_max_gap_is_no_reason_to_probe_more() -> None:
    assert search([0, 1, 2, 500, 501, 502], [0] * 6, 30, 1) == [0, 2, 3, 5]


def test_where_a_text_came_back_the_search_looks_closer() -> None:
    # Text 1 stands 20 days out of every 60, always between the points of a 60-day grid but for the first time.
    days = [i / 2 for i in range(2 * 400)]
    texts = [int(50 <= day < 70 or any(s <= day < s + 20 for s in (85, 145, 205))) for day in days]
    probed = set(search(days, texts, 60, 0))
    changed = [i for i in range(1, len(texts)) if texts[i] != texts[i - 1]]
    assert all({i - 1, i} <= probed for i in changed)


def test_where_the_one_capture_of_a_restless_span_is_late_it_is_asked_for_and_none_twice() -> None:
    # Text 1 is gone by day 140, so that a third of the 90 days from day 180 on is wanted: only day 260 is there.
    days, archive = (0, 80, 90, 130, 140, 180, 260, 270), Archive([0, 0, 1, 1, 0, 0, 0, 0])
    probed = sampling.changes([at(day) for day in days], archive.probe, max_gap=90 * DAY, resolution=DAY)
    assert days.index(260) in probed


def test_far_from_the_unrest_the_grid_stays_wide() -> None:
    days = [i / 2 for i in range(2 * 2000)]
    texts = [int(50 <= day < 70) for day in days]
    far = [i for i in search(days, texts, 60, 0) if days[i] > 300]
    assert len(far) == len(range(300, 2000, 60))


def test_flicker_of_less_than_a_week_is_no_reason_to_look_closer() -> None:
    days = [i / 4 for i in range(4 * 1000)]
    steady = search(days, [0] * len(days), 50, 0)
    passing = [steady[at] for at in (3, 5, 7)]  # points of the grid that meet a text of six hours
    probed = search(days, [int(i in passing) for i in range(len(days))], 50, 0)
    assert {i + step for i in passing for step in (-1, 0, 1)} <= set(probed)
    assert [i for i in probed if i >= steady[8]] == steady[8:]


def test_a_text_that_stood_but_briefly_makes_the_search_look_a_little_closer_around_it() -> None:
    days = [i / 2 for i in range(2 * 1200)]
    probed = search(days, [0 if day < 610 else 1 if day < 635 else 2 for day in days], 60, 0)
    spans = [(days[a], days[b]) for a, b in pairwise(probed)]
    near = [end - start for start, end in spans if end > 500 and start < 740]
    far = [end - start for start, end in spans if end < 480 or start > 760][:-1]
    assert max(near) < 60
    assert min(far) == 60


def test_a_document_of_two_texts_by_turns_is_not_fetched_whole() -> None:
    days = [i / 4 for i in range(6000)]
    texts = [(i * i // 7 + i // 3) % 2 for i in range(len(days))]
    assert len(search(days, texts, 60, 0)) < len(days) * 0.12


def test_no_capture_needs_no_probe_and_one_capture_one() -> None:
    assert search([], [], 60, 1) == []
    assert search([0], ["a"], 60, 1) == [0]
    assert search([0, 0], ["a", "b"], 60, 1) == [0, 1]


def test_captures_of_one_instant_are_neighbours_that_need_no_halving() -> None:
    assert search([5] * 50, list(range(50)), 60, 0) == [0, 49]


@pytest.mark.parametrize(("max_gap", "resolution"), [(0, 1), (-1, 1), (60, -1)])
def test_spans_that_make_no_sense_are_refused(max_gap: float, resolution: float) -> None:
    with pytest.raises(ValueError, match=r"max_gap|resolution"):
        search([0, 1], [0, 0], max_gap, resolution)


def test_times_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="in order"):
        search([1, 0], [0, 0], 60, 1)


def test_a_search_that_is_interrupted_by_its_probe_says_so() -> None:
    def fails(i: int) -> Hashable:
        raise OSError(f"capture {i} cannot be had")

    with pytest.raises(OSError, match="capture 0"):
        sampling.changes([at(0)], fails, max_gap=DAY, resolution=DAY)


def test_a_row_of_equal_digests_needs_only_its_ends() -> None:
    digests = ["A", "A", "A", "A", "B", "C", "C", "A", "A", "A"]
    rows = [Row(at(i), digest=digest * 32) for i, digest in enumerate(digests)]
    assert sampling.edges(rows) == [0, 3, 4, 5, 6, 7, 9]


def test_digests_that_say_nothing_prove_nothing() -> None:
    for digest in (EMPTY_BODY_DIGEST, ""):
        assert sampling.edges([Row(at(i), digest=digest) for i in range(5)]) == [0, 1, 2, 3, 4]


def test_edges_of_few_rows() -> None:
    assert sampling.edges([]) == []
    assert sampling.edges([Row(at(0))]) == [0]
    assert sampling.edges([Row(at(0)), Row(at(1))]) == [0, 1]


def test_a_season_gives_its_last_good_capture() -> None:
    rows = [
        Row(datetime(2020, 1, 1, tzinfo=UTC)),
        Row(datetime(2020, 6, 29, tzinfo=UTC)),
        Row(datetime(2020, 6, 30, 23, 59, 59, tzinfo=UTC), status=404),
        Row(datetime(2020, 7, 1, tzinfo=UTC), status=503),
        Row(datetime(2020, 12, 31, 23, 59, 59, tzinfo=UTC), status=None),
        Row(datetime(2022, 3, 1, tzinfo=UTC)),
    ]
    assert sampling.seasons(rows) == [1, 4, 5]


@given(st.lists(st.tuples(st.integers(0, 2000), st.sampled_from([200, 404, None])), max_size=60))
def test_each_half_year_gives_exactly_one_capture(given_rows: list[tuple[int, int | None]]) -> None:
    rows = [Row(at(day), status) for day, status in sorted(given_rows, key=lambda row: row[0])]
    halves = [(row.timestamp.year, row.timestamp.month > 6) for row in rows]
    chosen = sampling.seasons(rows)
    assert [halves[i] for i in chosen] == sorted(set(halves))
    for i in chosen:
        later = [row.status for row, half in zip(rows[i + 1 :], halves[i + 1 :], strict=True) if half == halves[i]]
        assert 200 not in later
        good = any(row.status == 200 for row, half in zip(rows, halves, strict=True) if half == halves[i])
        assert (rows[i].status == 200) == good
        assert good or not later


def test_every_step_takes_the_first_capture_that_is_far_enough() -> None:
    assert sampling.every([at(day) for day in (0, 10, 29, 30, 31, 59, 61, 200)], 30 * DAY) == [0, 3, 6, 7]
    assert sampling.every([], DAY) == []
    with pytest.raises(ValueError, match="step"):
        sampling.every([], timedelta(0))


@pytest.mark.parametrize(
    ("text", "sample"),
    [
        ("all", samples.All()),
        ("seasons", samples.Seasons()),
        ("every:30d", samples.Every(30 * DAY)),
        ("every:2w", samples.Every(14 * DAY)),
        ("every:12h", samples.Every(DAY / 2)),
        ("changes", samples.Changes()),
        ("changes:max_gap=30d,resolution=6h", samples.Changes(30 * DAY, DAY / 4)),
        (" changes:resolution=0d ", samples.Changes(resolution=timedelta(0))),
        ("changes: max_gap = 30d , resolution = 6h", samples.Changes(30 * DAY, DAY / 4)),
        ("every: 90m", samples.Every(timedelta(minutes=90))),
        ("every:90s", samples.Every(timedelta(seconds=90))),
    ],
)
def test_a_strategy_is_named_by_a_word(text: str, sample: samples.Sample) -> None:
    assert samples.parse_sample(text) == sample
    assert samples.parse_sample(str(sample)) == sample


@pytest.mark.parametrize(
    "text", ["every:2d", "every:12h", "every:90m", "every:90s", "changes:max_gap=9d,resolution=0d"]
)
def test_a_strategy_is_shown_as_it_was_named(text: str) -> None:
    assert str(samples.parse_sample(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "some", "all:1d", "seasons:2", "every", "every:", "every:0d", "every:-1d", "every:30", "every:1y",
        "changes:30d", "changes:max_gap=0d", "changes:gap=3d", "changes:max_gap=3d,max_gap=4d", "every:9999999d",
    ],
)  # fmt: skip
def test_an_unknown_strategy_is_answered_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"all, seasons, every:30d, changes"):
        samples.parse_sample(text)
