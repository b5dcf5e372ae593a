"""``harvester trends``: how many policies say something, by time."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from harvester.cli import installation
from harvester.cli.options import (
    DataFormat,
    From,
    Json,
    Output,
    To,
    Type,
    data_format,
    statement_kind,
    type_of,
    within,
)
from harvester.cli.output import print_csv, print_data, print_table, write_file
from harvester.dates import iso
from harvester.errors import ConfigurationError

if TYPE_CHECKING:
    from harvester.insight.periods import By, Cohort, Series


class Periods(StrEnum):
    """The length of a period of `trends` (`insight.periods.By`, which need not be imported for ``--help``)."""

    HALF_YEAR = "half-year"
    YEAR = "year"
    MONTH = "month"


class Measures(StrEnum):
    """The measures of `trends` without a term (`insight.trends.Measure`)."""

    WORDS = "words"
    GRADE = "grade"
    CHANGES = "changes"


def trends(
    terms: Annotated[list[str] | None, typer.Argument(metavar="TERM", help="Terms, written as for `search`.")] = None,
    by: Annotated[
        Periods, typer.Option("--by", metavar="PERIOD", help="half-year, year or month.")
    ] = Periods.HALF_YEAR,
    measure: Annotated[
        Measures | None, typer.Option(metavar="MEASURE", help="Instead of terms: words, grade or changes.")
    ] = None,
    topics: Annotated[
        list[str] | None, typer.Option("--topic", metavar="TOPIC", help="Instead of terms: a topic; may be repeated.")
    ] = None,
    parties: Annotated[
        list[str] | None,
        typer.Option("--party", metavar="NAME", help="Instead of terms: a named third party; may be repeated."),
    ] = None,
    most_named: Annotated[
        bool, typer.Option("--parties", help="List the third parties that most policies name now.")
    ] = False,
    statements: Annotated[
        list[str] | None,
        typer.Option("--statement", metavar="KIND", help="Instead of terms: a kind of statement; may be repeated."),
    ] = None,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="Only services with this tag.")] = None,
    type_: Type = None,
    start: From = None,
    end: To = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a chart to this SVG file.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """Count how many policies contain a term, by half-year.

    Or, with --topic, how many have a passage about it; with --party, how many name it; with --statement, how many
    changed in that way (age, right, third-party...); with --measure, how long the policies are, how hard to read, or
    how often they change.
    """
    from harvester.insight.periods import By, Cohort

    data = data_format(form, as_json)
    if bool(terms) + bool(topics) + bool(parties) + bool(statements) + most_named + (measure is not None) != 1:
        raise ConfigurationError(
            "name terms to count, or --topic TOPIC, --party NAME, --statement KIND, --measure words, grade or changes, "
            "or --parties for the third parties that are named most"
        )
    if most_named:
        _print_most_named(type_of(type_), data, as_csv)
        return
    if plot is not None and plot.suffix.lower() not in ("", ".svg"):
        raise ConfigurationError(f"--plot writes SVG only: name a file that ends in .svg instead of {plot.name}")
    kinds = [statement_kind(one) for one in statements or ()]
    begin, finish = within(start, end)
    cohort = Cohort(tag, type_of(type_), begin, finish)
    asked = Asked(terms or (), topics or (), parties or (), kinds, measure)
    series = _series(asked, cohort, By(by.value))
    if plot is not None:
        from harvester.insight.chart import svg

        label = _LABELS[measure] if measure else "share of services"
        write_file(plot, svg(series, label, percent=measure is None).encode("utf-8"))
    if data:
        _print_series_as_data(series, data)
    elif as_csv:
        print_csv(_SERIES_HEADS, _series_rows(series))
    elif plot is None:
        _print_series_table(series, measure)
    if nobody := [one.name for one in series if parties and not any(point.count for point in one.points)]:
        unnamed = " or ".join(nobody)
        print(f"harvester: no policy names {unnamed}; `harvester trends --parties` lists who is named", file=sys.stderr)
    if not any(one.points for one in series):
        print("harvester: no versions in that period", file=sys.stderr)


class Asked(NamedTuple):
    """What is counted: one of these."""

    terms: Sequence[str]
    topics: Sequence[str]
    parties: Sequence[str]
    kinds: Sequence[str]
    measure: Measures | None


def _series(asked: Asked, cohort: Cohort, length: By) -> Sequence[Series]:
    """Count it in the store, whose topics and statements are found first where they are not yet."""
    from harvester.insight import trends as counted
    from harvester.insight.statements import watched
    from harvester.insight.topics.kept import bring_up_to_date

    with installation.present_database() as database:
        if asked.topics or asked.parties:
            bring_up_to_date(database)
        for kind in asked.kinds:
            watched.bring_up_to_date(database, watched.watch_for(kind))
        with database.reading() as session:
            if asked.topics:
                return counted.topic_shares(session, asked.topics, cohort, length)
            if asked.parties:
                return counted.party_shares(session, asked.parties, cohort, length)
            if asked.kinds:
                return counted.statement_shares(session, asked.kinds, cohort, length)
            if asked.measure is None:
                return counted.terms(session, asked.terms, cohort, length)
            return [counted.measure(session, counted.Measure(asked.measure.value), cohort, length)]


def _print_most_named(type_: str, data: DataFormat | None, as_csv: bool) -> None:
    from harvester.insight.topics.kept import bring_up_to_date
    from harvester.store.read.series import most_named

    with installation.present_database() as database:
        bring_up_to_date(database)
        with database.reading() as session:
            found = most_named(session, type_, limit=_MOST_NAMED)
    rows = [(name, count, of, round(count / of, 4)) for name, count, of in found]
    if data:
        print_data([dict(zip(_PARTY_HEADS, row, strict=True)) for row in rows], data)
    elif as_csv:
        print_csv(_PARTY_HEADS, rows)
    else:
        print_table(("party", "named by", "services", "share"), rows)


_MOST_NAMED = 100
_PARTY_HEADS = ("party", "count", "n", "share")
_LABELS = {
    Measures.WORDS: "length in words",
    Measures.GRADE: "Flesch-Kincaid grade (US school years)",
    Measures.CHANGES: "changes of a policy in the period (mean)",
}

_SERIES_HEADS = ("series", "period", "n", "count", "value", "low", "high")
_VALUES = {Measures.WORDS: ("median",), Measures.GRADE: ("median",), Measures.CHANGES: ("changes", "mean")}
"""The last heads of a measure's table. A measure of one word has no count."""


def _print_series_table(series: Sequence[Series], measure: Measures | None) -> None:
    values = _VALUES[measure] if measure else ("matching", "share")
    rows = (
        (name, period, n, *(count, value)[-len(values) :]) for name, period, n, count, value, *_ in _series_rows(series)
    )
    print_table(("series", "period", "services", *values), rows)


def _print_series_as_data(series: Sequence[Series], form: DataFormat) -> None:
    found = [_series_as_json(one) for one in series]
    if form is not DataFormat.JSON:
        found = [{"series": one["name"], **point} for one in found for point in one["points"]]
    print_data(found, form)


def _series_rows(series: Sequence[Series]) -> Iterator[tuple[object, ...]]:
    for one in series:
        for point in one.points:
            numbers = (point.count, point.value, point.low, point.high)
            yield (one.name, point.period.label, point.n, *("" if n is None else round(n, 4) for n in numbers))


def _series_as_json(series: Series) -> dict[str, Any]:
    return {
        "name": series.name,
        "points": [
            {
                "period": point.period.label,
                "start": iso(point.period.start),
                "end": iso(point.period.end),
                "n": point.n,
                "count": point.count,
                "value": point.value,
                "low": point.low,
                "high": point.high,
            }
            for point in series.points
        ],
    }
