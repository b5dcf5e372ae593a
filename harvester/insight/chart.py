"""Series over time as an SVG that can be printed: labelled axes, and the number of services behind each point.

Written here because it is one kind of chart, and the libraries that draw it weigh more than all of harvester. Lines are
distinguished by their marks and dashes as well as by colour; the colours are Okabe and Ito's, which the colour-blind
can distinguish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from math import ceil, floor, log10

from harvester.insight.periods import Point, Series

_WIDTH, _HEIGHT = 860, 456
_LEFT, _RIGHT, _TOP = 78, 24, 24
_PLOT_HEIGHT = 310
_BOTTOM = _TOP + _PLOT_HEIGHT
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
_DASHES = ("", "7 4", "2 3", "9 3 2 3")
_NOTHING = 1e-9
"""A series that stays below is drawn on the axis: no measure of policies is so small."""
_LABEL_WIDTH = 62
"""Pixels that a label under the axis needs."""
_NUMBER_WIDTH = 32
"""Pixels that the number of services under it needs, up to four digits."""
_LETTER = 7.6
"""Mean width of a letter of the legend, in pixels, rounded up."""


def svg(series: Sequence[Series], label: str, *, percent: bool = False) -> str:
    """Draw a chart of one or more series over the same periods; `label` names the vertical axis.

    With `percent` values are shares of 1 and the axis goes from 0 to 100 %. Series without any point give an empty
    chart that says so.
    """
    points = series[0].points if series else ()
    top, step = _scale(series, percent)
    body = [
        f'<rect width="{_WIDTH}" height="{_height(series)}" fill="#fff"/>',
        *_upright_axis(label, top, step, percent),
        *_time_axis(points),
    ]
    if not any(point.value is not None for one in series for point in one.points):
        body.append(_text(_WIDTH / 2, _TOP + _PLOT_HEIGHT / 2, "no versions in this period", "middle"))
    for number, one in enumerate(series):
        body += _line(one, number, top)
    body += _legend(series)
    inside = "\n".join(body)
    title = escape(f"{label}: {', '.join(one.name for one in series)}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_height(series)}" width="{_WIDTH}" '
        f'height="{_height(series)}" role="img" font-family="Helvetica, Arial, sans-serif" font-size="14">\n'
        f"<title>{title}</title>\n{inside}\n</svg>\n"
    )


def _height(series: Sequence[Series]) -> int:
    return _HEIGHT + 22 * max(0, len(list(_rows(series))) - 1)


def _scale(series: Sequence[Series], percent: bool) -> tuple[float, float]:
    """Return the end of the vertical axis and the step between its lines: 1, 2 or 5 times a power of ten."""
    if percent:
        return 1.0, 0.2
    values = (v for one in series for p in one.points for v in (p.value, p.high) if v is not None)
    highest = max(values, default=0)
    if highest < _NOTHING:
        highest = 1
    power = 10.0 ** floor(log10(highest / 5))
    step = next(power * one for one in (1, 2, 5, 10) if highest / (power * one) <= 6)
    return ceil(highest / step) * step, step


def _upright_axis(label: str, top: float, step: float, percent: bool) -> Iterator[str]:
    for place in range(round(top / step) + 1):
        y = _y(place * step, top)
        colour = "#000" if place == 0 else "#d5d5d5"
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{colour}"/>'
        yield _text(_LEFT - 8, y + 5, f"{place * step * 100:.0f} %" if percent else f"{place * step:,.10g}", "end")
    middle = _TOP + _PLOT_HEIGHT / 2
    yield f'<g transform="rotate(-90 18 {middle})">{_text(18, middle + 4, label, "middle")}</g>'


def _time_axis(points: Sequence[Point]) -> Iterator[str]:
    """Draw below the axis as many periods as fit, each with the number of services behind its points."""
    room = (_WIDTH - _LEFT - _RIGHT) / max(len(points), 1)
    every, every_number = ceil(_LABEL_WIDTH / room), ceil(_NUMBER_WIDTH / room)
    for place, point in enumerate(points):
        x = _x(place, len(points))
        named = place % every == 0
        yield f'<path d="M{x:.1f} {_BOTTOM}v{7 if named else 4}" stroke="#000"/>'
        if named:
            yield _text(x, _BOTTOM + 24, point.period.label, "middle")
        if place % every_number == 0:
            yield _text(x, _BOTTOM + 44, str(point.n), "middle", "#444")
    if points:
        yield _text(_LEFT - 30, _BOTTOM + 44, "n =", "end", "#444")
        yield _text((_LEFT + _WIDTH - _RIGHT) / 2, _BOTTOM + 68, "period (n: services whose policy is known)", "middle")


def _line(series: Series, number: int, top: float) -> Iterator[str]:
    """Draw a line through the points, interrupted where there is none, with its quartiles as a band behind it."""
    colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
    placed = [(_x(place, len(series.points)), point) for place, point in enumerate(series.points)]
    for known, group in groupby(placed, key=lambda pair: pair[1].value is not None):
        if not known:
            continue
        run = list(group)
        band = [(x, point.low, point.high) for x, point in run if point.low is not None and point.high is not None]
        if len(band) > 1:
            there = " ".join(f"{x:.1f},{_y(high, top):.1f}" for x, _, high in band)
            back = " ".join(f"{x:.1f},{_y(low, top):.1f}" for x, low, _ in reversed(band))
            yield f'<polygon points="{there} {back}" fill="{colour}" fill-opacity="0.15"/>'
        line = " ".join(f"{x:.1f},{_y(point.value or 0, top):.1f}" for x, point in run)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        for x, point in run:
            yield _mark(number, x, _y(point.value or 0, top), colour, f"{point.period.label}: n = {point.n}")


def _mark(number: int, x: float, y: float, colour: str, title: str = "") -> str:
    about = f"<title>{escape(title)}</title>" if title else ""
    shapes = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"',
        f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"',
        f'<path d="M{x:.1f} {y - 4.5:.1f}l4.5 8h-9z"',
        f'<path d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z"',
    )
    shape = shapes[number % len(shapes)]
    return f'{shape} fill="{colour}" stroke="#fff" stroke-width="0.8">{about}</{shape[1:].split(" ", 1)[0]}>'


def _rows(series: Sequence[Series]) -> Iterator[list[tuple[float, int, Series]]]:
    """Yield the entries of the legend with their places, in rows that fit."""
    row: list[tuple[float, int, Series]] = []
    x = float(_LEFT)
    for number, one in enumerate(series):
        width = 52 + len(one.name) * _LETTER
        if row and x + width > _WIDTH - _RIGHT:
            yield row
            row, x = [], float(_LEFT)
        row.append((x, number, one))
        x += width
    if row:
        yield row


def _legend(series: Sequence[Series]) -> Iterator[str]:
    for place, row in enumerate(_rows(series)):
        y = _BOTTOM + 104 + 22 * place
        for x, number, one in row:
            colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
            yield f'<path d="M{x:.1f} {y}h28" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
            yield _mark(number, x + 14, y, colour)
            band = " (median; band: quartiles)" if any(point.low is not None for point in one.points) else ""
            yield _text(x + 34, y + 5, one.name + band)


def _x(place: int, count: int) -> float:
    width = _WIDTH - _LEFT - _RIGHT
    return _LEFT + width * (place + 0.5) / max(count, 1)


def _y(value: float, top: float) -> float:
    return _BOTTOM - _PLOT_HEIGHT * value / top


def _text(x: float, y: float, text: str, anchor: str = "start", colour: str = "#000") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
