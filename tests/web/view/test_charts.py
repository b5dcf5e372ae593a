"""Drawings have their marks where the instants are."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from harvester.insight.timeline import Gap, Timeline
from harvester.store.read.captures import DENSE
from harvester.store.read.history import Point
from harvester.web.view.charts import curve, sparkline, timeline

YEARS = [datetime(year, 1, 1, tzinfo=UTC) for year in range(2001, 2012)]  # 365.2 days each, 85.6 units of width


def boxes(svg: str, name: str) -> list[tuple[float, float]]:
    """Where each box of a class begins, and how wide it is."""
    found = re.findall(rf'<rect class="{name}" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    return [(float(x), float(width)) for x, width in found]


def test_a_version_reaches_to_its_last_sight_and_what_is_between_to_the_next_version() -> None:
    points = (Point(YEARS[0], YEARS[2], 10, None), Point(YEARS[5], YEARS[10], 20, None))
    gaps = (Gap(YEARS[3], YEARS[4], ()),)
    captures = ((DENSE // 2, 0), (0, 1))
    line = Timeline(YEARS[0], YEARS[10], (YEARS[0], YEARS[5], YEARS[10]), captures, points, (), gaps)
    svg = timeline("a.example", line)
    x = [92 + round(856 * (year - YEARS[0]).days / (YEARS[10] - YEARS[0]).days, 1) for year in YEARS]

    def from_to(first: int, last: int) -> tuple[float, float]:
        return x[first], round(x[last] - x[first], 1)

    assert boxes(svg, "version") == [from_to(0, 2), from_to(5, 10)]
    assert boxes(svg, "between") == [from_to(0, 5), from_to(5, 10)]
    assert boxes(svg, "gap") == [from_to(3, 4)]
    assert boxes(svg, "capture") == [(x[0], round(x[5] - x[0] - 0.6, 1))]
    assert f'height="{6 + 20 * (DENSE // 2) / DENSE:.1f}"/>' in svg
    assert boxes(svg, "capture-other") == [(x[5], round(x[10] - x[5] - 0.6, 1))]


def test_a_length_is_drawn_as_steps_of_which_the_highest_touches_the_top() -> None:
    svg = sparkline([Point(YEARS[0], YEARS[1], 100, None), Point(YEARS[2], YEARS[2], 50, None)], YEARS[0], YEARS[10])
    assert 'class="spark-line" d="M2.0 3.0 H29.2 V16.0 H31.2"' in svg
    assert 'aria-label="100 words at first, 50 now, at most 100"' in svg


def test_the_scale_of_a_measure_reaches_to_its_highest_value() -> None:
    points = [Point(YEARS[place], YEARS[place + 1], 0, None) for place in (0, 2, 4)]
    svg = curve(points, [50, 100, 25], YEARS[0], YEARS[10], "words")
    assert 'class="curve-line" d="M52.0 68.0 H132.0 V14.0 H212.0 V95.0 H252.0"' in svg
