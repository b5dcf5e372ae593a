"""Drawings as inline SVG: no styles in them (the style sheet has the colours), no scripts, a text for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from markupsafe import Markup, escape

from harvester.insight.timeline import Timeline
from harvester.store.read.captures import DENSE
from harvester.store.read.history import Point
from harvester.web.addresses import change_path, version_path

_WIDTH: Final = 960
_LEFT: Final = 92
_RIGHT: Final = 12


class _Axis:
    """Instants as places between two x coordinates."""

    def __init__(self, start: datetime, end: datetime, left: float, right: float) -> None:
        self.start, self.end, self.left, self.right = start, end, left, right
        self._seconds = max((end - start).total_seconds(), 1.0)

    def x(self, moment: datetime) -> float:
        share = (moment - self.start).total_seconds() / self._seconds
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)

    def years(self) -> list[datetime]:
        """Return the first instants of years, at most about twelve."""
        first, last = self.start.year + 1, self.end.year
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / step <= 12)
        return [datetime(year, 1, 1, tzinfo=UTC) for year in range(first, last + 1) if year % step == 0]


def sparkline(points: Sequence[Point], start: datetime | None, end: datetime | None) -> Markup:
    """Draw the length of a policy over time, small; all sparklines of a list share the same two end dates."""
    if not points or start is None or end is None:
        return Markup("")
    axis = _Axis(start, end, 2, 138)
    most = max(point.words for point in points) or 1
    path = _steps(points, [point.words for point in points], axis, top=3, bottom=29, low=0, high=most)
    label = f"{points[0].words:,} words at first, {points[-1].words:,} now, at most {most:,}"
    return Markup(
        f'<svg class="spark" viewBox="0 0 140 32" width="140" height="32" role="img" aria-label="{escape(label)}">'
        f'<path class="spark-area" d="{path} V29 H{axis.x(points[0].first_seen)} Z"/>'
        f'<path class="spark-line" d="{path}"/></svg>'
    )


def curve(points: Sequence[Point], values: Sequence[float], start: datetime, end: datetime, label: str) -> Markup:
    """Draw one measure over time as steps, with its scale."""
    width, height, bottom, top = 460, 150, 122, 14
    axis = _Axis(start, end, 52, width - 8)
    high = _round_up(max(values))
    parts = [f'<svg class="curve" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">']
    for share in (0.0, 0.5, 1.0):
        y = round(bottom - share * (bottom - top), 1)
        parts.append(f'<line class="grid" x1="52" x2="{width - 8}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text class="tick end" x="46" y="{y + 4}">{_number(high * share)}</text>')
    parts += _year_marks(axis, bottom, height - 8, thin=2)
    path = _steps(points, values, axis, top=top, bottom=bottom, low=0, high=high)
    parts.append(f'<path class="curve-area" d="{path} V{bottom} H{axis.x(points[0].first_seen)} Z"/>')
    parts.append(f'<path class="curve-line" d="{path}"/></svg>')
    return Markup("".join(parts))


def timeline(service: str, line: Timeline) -> Markup:
    """Draw the whole history: captures, versions with the changes between them, and gaps, one above the other."""
    axis = _Axis(line.start, line.end, _LEFT, _WIDTH - _RIGHT)
    label = f"Time line of {service}: {line.summary}"
    parts = [
        f'<svg class="timeline" viewBox="0 0 {_WIDTH} 150" role="group" aria-label="{escape(label)}">',
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="0" x2="0" y1="0" y2="6"/>'
        "</pattern></defs>",
        *_year_marks(axis, 128, 144, thin=1),
    ]
    for name, y in (("Captures", 25), ("Versions", 66), ("Gaps", 110)):
        parts.append(f'<text class="lane" x="0" y="{y}">{name}</text>')
    parts += _capture_ticks(line, axis)
    parts += _version_bars(service, line, axis)
    parts += _gap_boxes(line, axis)
    return Markup("".join(parts) + "</svg>")


def _capture_ticks(line: Timeline, axis: _Axis) -> list[str]:
    parts = []
    for place, (shown, others) in enumerate(line.captures):
        x = axis.x(line.edges[place])
        width = max(round(axis.x(line.edges[place + 1]) - x - 0.6, 1), 0.8)
        if shown:
            height = 6 + 20 * min(shown, DENSE) / DENSE
            parts.append(f'<rect class="capture" x="{x}" y="{32 - height:.1f}" width="{width}" height="{height:.1f}"/>')
        if others:
            parts.append(f'<rect class="capture-other" x="{x}" y="34" width="{width}" height="4"/>')
    return parts


def _version_bars(service: str, line: Timeline, axis: _Axis) -> list[str]:
    parts = []
    for place, point in enumerate(line.points):
        x, end = axis.x(point.first_seen), axis.x(point.last_seen)
        after = axis.x(line.points[place + 1].first_seen) if place + 1 < len(line.points) else end
        title = f"{point.words:,} words, {point.first_seen:%Y-%m-%d} to {point.last_seen:%Y-%m-%d}"
        parts.append(
            f'<a href="{version_path(service, point.first_seen)}" tabindex="-1" aria-label="{escape(title)}">'
            f"<title>{escape(title)}</title>"
            f'<rect class="between" x="{x}" y="54" width="{max(after - x, 2):.1f}" height="16"/>'
            f'<rect class="version" x="{x}" y="54" width="{max(end - x, 2):.1f}" height="16"/></a>'
        )
    for moment, kind, added, removed in line.changes:
        x = axis.x(moment)
        title = f"{moment:%Y-%m-%d}: {kind}, {added} words added, {removed} removed"
        shape = (
            f'<path class="mark {kind}" d="M{x - 5} 50 L{x} 58 L{x + 5} 50 Z"/>'
            if kind == "substantive"
            else f'<circle class="mark {kind}" cx="{x}" cy="51" r="2.6"/>'
        )
        parts.append(
            f'<a href="{change_path(service, moment)}" tabindex="-1" aria-label="{escape(title)}">'
            f'<title>{escape(title)}</title><line class="mark-line {kind}" x1="{x}" x2="{x}" y1="52" y2="70"/>'
            f"{shape}</a>"
        )
    return parts


def _gap_boxes(line: Timeline, axis: _Axis) -> list[str]:
    parts = []
    for gap in line.gaps:
        x = axis.x(gap.start)
        width = max(axis.x(gap.end) - x, 2)
        title = f"{gap.start:%b %Y} to {gap.end:%b %Y}: {'; '.join(gap.reasons)}"
        parts.append(
            f"<g><title>{escape(title)}</title>"
            f'<rect class="gap" x="{x}" y="96" width="{width:.1f}" height="18" fill="url(#hatch)"/></g>'
        )
    return parts


def _year_marks(axis: _Axis, y: float, text_y: float, *, thin: int) -> list[str]:
    parts = [f'<line class="axis" x1="{axis.left}" x2="{axis.right}" y1="{y}" y2="{y}"/>']
    for place, year in enumerate(axis.years()):
        x = axis.x(year)
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{8}" y2="{y}"/>')
        if place % thin == 0:
            parts.append(f'<text class="tick middle" x="{x}" y="{text_y}">{year.year}</text>')
    return parts


def _steps(
    points: Sequence[Point],
    values: Sequence[float],
    axis: _Axis,
    *,
    top: float,
    bottom: float,
    low: float,
    high: float,
) -> str:
    def y(value: float) -> float:
        return round(bottom - (value - low) / ((high - low) or 1) * (bottom - top), 1)

    path = [f"M{axis.x(points[0].first_seen)} {y(values[0])}"]
    for place, point in enumerate(points[1:], 1):
        path.append(f"H{axis.x(point.first_seen)} V{y(values[place])}")
    path.append(f"H{max(axis.x(points[-1].last_seen), axis.x(points[-1].first_seen) + 2)}")
    return " ".join(path)


def _number(value: float) -> str:
    """Format a tick: 3,000 and 7.5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _round_up(value: float) -> float:
    """Return the next round number for the top of a scale."""
    if value <= 0:
        return 1.0
    size = 10.0 ** (len(str(int(value))) - 1)
    return next(step * size for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if value <= step * size)
