"""Charts of series for notebooks: the SVG that `harvester trends --plot` writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from harvester.insight.chart import svg
from harvester.insight.periods import Period, Point, Series

if TYPE_CHECKING:
    from harvester.api import TrendPoint


class Chart:
    """A chart; notebooks show it, `save` writes it."""

    def __init__(self, drawn: str) -> None:
        self.svg = drawn

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> None:
        """Write the chart as an SVG file."""
        Path(path).write_text(self.svg, encoding="utf-8")


def chart(series: Mapping[str, Iterable[TrendPoint]], label: str, *, percent: bool = False) -> Chart:
    """Draw series over the same periods, by their names; `label` names the vertical axis.

    With `percent` the values are shares of 1 (those of `Store.trend` are).
    """
    return Chart(svg([_series(name, points) for name, points in series.items()], label, percent=percent))


def _series(name: str, points: Iterable[TrendPoint]) -> Series:
    return Series(
        name,
        tuple(
            Point(Period(one.period, one.start, one.end), one.n, one.value, one.count, one.low, one.high)
            for one in points
        ),
    )
