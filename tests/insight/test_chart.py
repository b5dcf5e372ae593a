"""The chart says what it shows: axes named, each point placed by its value, its services counted beside it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.insight.chart import svg
from harvester.insight.periods import By, Point, Series, periods

SVG = "{http://www.w3.org/2000/svg}"


def series(name: str, values: list[float | None], band: bool = False) -> Series:
    first, last = datetime(2010, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
    points = [
        Point(period, 3 if value is not None else 0, value, None, *((value, value) if band else ()))
        for period, value in zip(periods(By.HALF_YEAR, first, last), values, strict=False)
    ]
    return Series(name, tuple(points))


def drawn(chart: str) -> ET.Element:
    return ET.fromstring(chart)


def texts(chart: str) -> list[str]:
    return ["".join(one.itertext()) for one in drawn(chart).iter(f"{SVG}text")]


def test_axes_periods_numbers_and_names_are_written_out() -> None:
    chart = svg([series("cookies <&>", [0.0, 0.5, 1.0])], "share of policies", percent=True)
    found = texts(chart)
    assert {"share of policies", "0 %", "100 %", "2010-H1", "2011-H1", "cookies <&>", "n ="} <= set(found)
    assert found.count("3") == 3


def test_a_point_stands_as_high_as_its_value() -> None:
    chart = svg([series("words", [0.0, 500.0, 1_000.0])], "length in words")
    heights = [float(one.attrib["cy"]) for one in drawn(chart).iter(f"{SVG}circle")][:3]
    assert heights[0] > heights[1] > heights[2]
    assert abs((heights[0] + heights[2]) / 2 - heights[1]) < 0.11
    lines = {"".join(one.itertext()): float(one.attrib["y"]) - 5 for one in drawn(chart).iter(f"{SVG}text")}
    assert abs(lines["0"] - heights[0]) < 0.11
    assert abs(lines["1,000"] - heights[2]) < 0.11


def test_a_period_without_a_value_breaks_the_line() -> None:
    lines = list(drawn(svg([series("a", [0.1, 0.2, None, 0.4, 0.5])], "share", percent=True)).iter(f"{SVG}polyline"))
    assert [len(line.attrib["points"].split()) for line in lines] == [2, 2]


def test_what_is_next_to_nothing_is_drawn_on_the_axis() -> None:
    chart = drawn(svg([series("words", [0.0, 5e-324])], "length in words"))
    assert len({one.attrib["cy"] for one in list(chart.iter(f"{SVG}circle"))[:2]}) == 1


def test_many_series_are_told_apart_without_colour() -> None:
    chart = drawn(svg([series(f"term {n}", [0.1 * n, 0.2]) for n in range(7)], "share", percent=True))
    lines = list(chart.iter(f"{SVG}polyline"))
    assert len({(line.attrib["stroke"], line.attrib["stroke-dasharray"]) for line in lines}) == 7
    assert len({line.attrib["stroke-dasharray"] for line in lines[:4]}) == 4


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=4, max_size=90), max_size=9),
    st.booleans(),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=60
    ),
)
def test_whatever_is_drawn_stays_on_the_page(values: list[list[float | None]], band: bool, name: str) -> None:
    length = min((len(one) for one in values), default=0)
    root = drawn(svg([series(name, one[:length], band) for one in values], "length in words"))
    height = float(root.attrib["height"])
    for one in root.iter(f"{SVG}polyline"):
        for point in one.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= 860
            assert 0 <= y <= height
    assert all(0 <= float(one.attrib["y"]) <= height for one in root.iter(f"{SVG}text"))
