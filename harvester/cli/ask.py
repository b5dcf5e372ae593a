"""Commands that ask questions of the whole history: ``blame``, ``search``, ``trends``, ``similar``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.output import day, iso, print_bytes, print_csv, print_json, print_table, write_file
from harvester.cli.read import Json, say_how_sure
from harvester.errors import ConfigurationError

if TYPE_CHECKING:
    from harvester.insight.blame import Blame, Brought, Passage, Removed
    from harvester.insight.search import SearchPage
    from harvester.insight.trends import Series


class Periods(StrEnum):
    """How long a period of `trends` is (`insight.periods.By`, which need not be imported for ``--help``)."""

    HALF_YEAR = "half-year"
    YEAR = "year"
    MONTH = "month"


class Measures(StrEnum):
    """What `trends` shows without a term (`insight.trends.Measure`)."""

    WORDS = "words"
    GRADE = "grade"
    CHANGES = "changes"


Start = Annotated[str | None, typer.Option("--from", metavar="DATE", help="2009, 2009-07 or 2009-07-31.")]
End = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Included: 2015 means to its end.")]
Reference = Annotated[str, typer.Argument(metavar="SERVICE[@REF]", help="REF: a date, number, first, latest, ~2.")]


def blame(
    reference: Reference,
    words: Annotated[bool, typer.Option("--words", help="Word by word, not block by block.")] = False,
    removed: Annotated[
        bool, typer.Option("--removed", help="Also what is gone, and which version took it out.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Each block of a policy with the version and date that brought it."""
    from harvester.insight.blame import blame as blamed

    name, _, ref = reference.partition("@")
    with installation.present_database(installation.settings()) as database, database.reading() as session:
        found = blamed(session, name, ref or "latest", removed=removed)
    say_how_sure(name, ref, found.version)
    if as_json:
        print_json(_blame_as_json(found, removed))
    else:
        print_bytes("".join(f"{line}\n" for line in _blame_lines(found, words)))


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words are a phrase; AND, OR, NOT, ( ), word*.")],
    service: Annotated[str | None, typer.Option(metavar="SERVICE", help="Only this one's versions.")] = None,
    start: Start = None,
    end: End = None,
    first: Annotated[bool, typer.Option("--first", help="Only the first version of each service.")] = False,
    last: Annotated[bool, typer.Option("--last", help="Only the last version of each service.")] = False,
    regex: Annotated[bool, typer.Option("--regex", help="QUERY is a regular expression.")] = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long --regex reads texts.")] = 10.0,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="Versions shown at most.")] = 1_000,
    as_json: Json = False,
) -> None:
    """Which versions say something, and when each service said so first and last."""
    from harvester.insight import search as searching

    if first and last:
        raise ConfigurationError("--first and --last exclude each other")
    only: Any = "first" if first else "last" if last else None
    begin, finish = _within(start, end)
    with installation.present_database(installation.settings()) as database, database.reading() as session:
        if regex:
            page = searching.search_regex(
                session, query, service=service, start=begin, end=finish, only=only, limit=limit, seconds=seconds
            )
        else:
            page = searching.search(session, query, service=service, start=begin, end=finish, only=only, limit=limit)
    if as_json:
        print_json(_search_as_json(page))
    else:
        print_bytes("".join(f"{line}\n" for line in _search_lines(page, sys.stdout.isatty())))
    if not page.hits:
        print("harvester: no version says so", file=sys.stderr)
    if page.texts_unread:
        print(f"harvester: after {seconds:g} s {page.texts_unread} texts were left unread; narrow the search with "
              "--service, --from and --to, or allow more --seconds", file=sys.stderr)  # fmt: skip
    if page.cursor:
        print(f"harvester: there are more than {limit} versions; --limit shows more", file=sys.stderr)


def trends(
    terms: Annotated[list[str] | None, typer.Argument(metavar="[TERM]...", help="Each as of `search`.")] = None,
    by: Annotated[Periods, typer.Option("--by", help="How long a period is.")] = Periods.HALF_YEAR,
    measure: Annotated[
        Measures | None, typer.Option(help="Instead of terms: length in words, reading grade, number of changes.")
    ] = None,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="Only services with this tag.")] = None,
    start: Start = None,
    end: End = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE.svg", help="Draw a chart into this file.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="The same as CSV.")] = False,
    as_json: Json = False,
) -> None:
    """Which share of all policies says something, half-year by half-year; or how long they are, or hard to read."""
    from harvester.insight import trends as asked
    from harvester.insight.periods import By

    if bool(terms) == (measure is not None):
        raise ConfigurationError("name terms to count, or --measure words, grade or changes")
    begin, finish = _within(start, end)
    span: Any = {"by": By(by.value), "tag": tag, "start": begin, "end": finish}
    with installation.present_database(installation.settings()) as database, database.reading() as session:
        if measure is None:
            series = asked.terms(session, terms or [], **span)
        else:
            series = [asked.measure(session, asked.Measure(measure.value), **span)]
    if plot is not None:
        from harvester.insight.chart import svg

        label = _LABELS[measure] if measure else "share of policies"
        write_file(plot, svg(series, label, percent=measure is None).encode("utf-8"))
    if as_json:
        print_json([_series_as_json(one) for one in series])
    elif as_csv:
        print_csv(_SERIES_HEADS, _series_rows(series))
    elif plot is None:
        print_table(_SERIES_HEADS[:5], (row[:5] for row in _series_rows(series)))
    if not any(one.points for one in series):
        print("harvester: no policy stood in that time", file=sys.stderr)


def similar(
    reference: Reference,
    limit: Annotated[int, typer.Option(min=1, help="Services shown at most.")] = 20,
    as_json: Json = False,
) -> None:
    """Other policies that share a policy's text: templates, generators, services of one owner."""
    from harvester.insight.similar import similar as like

    name, _, ref = reference.partition("@")
    with installation.present_database(installation.settings()) as database, database.reading() as session:
        found = like(session, name, ref or "latest", limit=limit)
    if as_json:
        print_json(
            {
                "service": found.service,
                "version": {"number": found.version.number, "first_seen": iso(found.version.first_seen)},
                "compared": found.compared,
                "found": [
                    {**asdict(one), "first_seen": iso(one.first_seen), "last_seen": iso(one.last_seen)}
                    for one in found.found
                ],
            }
        )
        return
    if not found.found:
        print("harvester: no other policy of the store shares its text", file=sys.stderr)
        return
    heads = ("service", "#", "first seen", "last seen", "bits apart", "shared %", "of this %", "of other %")
    rows = []
    for one in found.found:
        shares = (round(100 * part) for part in (one.jaccard, one.of_this, one.of_other))
        rows.append((one.service, one.number, day(one.first_seen), day(one.last_seen), one.distance, *shares))
    print_table(heads, rows)
    for one in found.found:
        if one.blocks:
            print_bytes(f"\n{one.service} has this word for word:\n  {_one_line(one.blocks[0])}\n")


_LABELS = {
    Measures.WORDS: "length in words",
    Measures.GRADE: "Flesch-Kincaid grade (US school years)",
    Measures.CHANGES: "changes of a policy in the period (mean)",
}
_SERIES_HEADS = ("series", "period", "n", "count", "value", "low", "high")


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


def _within(start: str | None, end: str | None) -> tuple[datetime | None, datetime | None]:
    """The first and the last instant of what ``--from`` and ``--to`` name."""
    begin, finish = _instant(start, end=False), _instant(end, end=True)
    if begin and finish and begin > finish:
        raise ConfigurationError(f"--from {start} is later than --to {end}")
    return begin, finish


def _instant(date: str | None, *, end: bool) -> datetime | None:
    """The first or the last instant of a year, a month or a day."""
    from harvester.dates import parse_day

    try:
        return parse_day(date, end=end) if date is not None else None
    except ValueError as error:
        raise ConfigurationError(str(error)) from error


def _search_lines(page: SearchPage, colour: bool) -> list[str]:
    before, after = ("\033[1m", "\033[0m") if colour else ("[", "]")
    lines = []
    for service, group in groupby(page.hits, key=lambda hit: hit.service):
        about = page.appearances[service]
        when = f"{day(about.first_seen)} to {day(about.last_seen)}"
        lines.append(f"{service}: {when}, in {about.versions} of {about.of} versions")
        for hit in group:
            lines.append(f"{hit.number:>5} {day(hit.first_seen)}  {hit.snippet.marked(before, after)}")
    return lines


def _search_as_json(page: SearchPage) -> dict[str, Any]:
    return {
        "services": [
            {
                "service": one.service,
                "first_seen": iso(one.first_seen),
                "last_seen": iso(one.last_seen),
                "versions": one.versions,
                "of": one.of,
            }
            for one in page.appearances.values()
        ],
        "hits": [
            {
                "service": hit.service,
                "number": hit.number,
                "first_seen": iso(hit.first_seen),
                "last_seen": iso(hit.last_seen),
                "snippet": hit.snippet.text,
                "marks": [list(mark) for mark in hit.snippet.marks],
            }
            for hit in page.hits
        ],
        "texts_unread": page.texts_unread,
        "cursor": page.cursor,
    }


def _blame_lines(found: Blame, words: bool) -> list[str]:
    lines = []
    for block in found.blocks:
        marked = f"{'#' * block.level} {block.text}" if block.kind == "heading" else block.text
        if words:
            lines += [f"{_since(one.since, one.first)}  {_one_line(one.text)}" for one in block.passages] + [""]
        else:
            edited = "" if block.latest == block.since else f"~{block.latest.number}"
            lines.append(f"{_since(block.since)} {edited:<4} {_one_line(marked)}")
    for by, gone in groupby(found.removed, key=lambda one: one.by):
        lines += [*([] if words else [""]), f"removed in version {by.number} ({day(by.first_seen)})"]
        for heading, stood in groupby(gone, key=lambda one: one.heading):
            lines += [f"  from “{_one_line(heading)}”"] if heading else []
            for _, parts in groupby(stood, key=lambda one: one.block):
                lines += _removed_lines(list(parts), words)
    return lines


def _removed_lines(parts: Sequence[Removed], words: bool) -> list[str]:
    """What went of one block; … stands where it kept something."""
    passages = [passage for part in parts for passage in part.passages]
    if words:
        return [*(f"{_since(one.since, one.first)}  {_one_line(one.text)}" for one in passages), ""]
    oldest = min((one.since for one in passages), key=lambda since: since.number)
    texts = [_one_line(part.text) for part in parts]
    # A comma alone tells a reader nothing.
    texts = [text for text in texts if any(character.isalnum() for character in text)] or texts
    text = texts[0] if parts[0].whole else f"… {' … '.join(texts)} …"
    back = parts[0].back
    return [
        f"{_since(oldest)}      {text}" + (f" (back in version {back.number}, {day(back.first_seen)})" if back else "")
    ]


def _since(since: Brought, first: Brought | None = None) -> str:
    again = f" (first {first.number}, {day(first.first_seen)})" if first else ""
    return f"{since.number:>4} {day(since.first_seen)}{again}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _blame_as_json(found: Blame, removed: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "service": found.service,
        "version": {"number": found.version.number, "first_seen": iso(found.version.first_seen)},
        "blocks": [
            {
                "kind": block.kind,
                "level": block.level,
                "text": block.text,
                "since": _brought_as_json(block.since),
                "latest": _brought_as_json(block.latest),
                "passages": [_passage_as_json(one) for one in block.passages],
            }
            for block in found.blocks
        ],
    }
    if removed:
        answer["removed"] = [
            {
                "by": _brought_as_json(one.by),
                "last_seen": iso(one.last_seen),
                "heading": one.heading,
                "text": one.text,
                "back": _brought_as_json(one.back),
                "block": one.block,
                "whole": one.whole,
                "passages": [_passage_as_json(part) for part in one.passages],
            }
            for one in found.removed
        ]
    return answer


def _passage_as_json(one: Passage) -> dict[str, Any]:
    return {"text": one.text, "since": _brought_as_json(one.since), "first": _brought_as_json(one.first)}


def _brought_as_json(one: Brought | None) -> dict[str, Any] | None:
    return {"number": one.number, "first_seen": iso(one.first_seen)} if one else None
