"""``harvester changes``: what changed, in words, newest first."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.options import AnyType, Json, Output, data_format, instant, statement_kind, type_of
from harvester.cli.output import day, print_bytes, print_data
from harvester.dates import iso
from harvester.errors import ConfigurationError
from harvester.plurals import counted

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from harvester.diffing import Diff
    from harvester.insight.statements.model import Statement
    from harvester.insight.statements.rule import Rule
    from harvester.store.read.recent import ChangesWanted
    from harvester.store.read.versions import ChangeRow

    _Found = tuple[ChangeRow, Diff, tuple[Statement, ...]]

PASSAGES = 4
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def changes(
    service: Annotated[str | None, typer.Argument(metavar="SERVICE", help="A service (default: all).")] = None,
    type_: AnyType = None,
    since: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Only changes since then: 1y, 6m, 30d, or a date.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also changes of layout, and those that a newer cleaner made.")
    ] = False,
    added: Annotated[str | None, typer.Option(metavar="PHRASE", help="Only changes that added these words.")] = None,
    removed: Annotated[
        str | None, typer.Option(metavar="PHRASE", help="Only changes that removed these words.")
    ] = None,
    statement: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only changes with such a statement: period, right, topic, ...")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="Show at most N changes.")] = 20,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """Show what changed, in words, newest first.

    A line that begins with + is new text, with - removed text, with ~ edited text: [-removed-] {+added+}. A line that
    begins with = says in plain words what the change did.
    """
    from harvester.clock import utc_now
    from harvester.diffing.render.in_words import passages
    from harvester.insight.statements.rule import Rule
    from harvester.store.read import recent
    from harvester.store.read import versions as read
    from harvester.store.read.missing import why_no_version

    data = data_format(form, as_json)
    start = _start(since, utc_now()) if since is not None else None
    of_type = type_of(type_) if type_ is not None else None
    rule = Rule(added, removed, statement_kind(statement) if statement is not None else None)
    with installation.present_database() as database, database.reading() as session:
        number = read.service_id(session, service) if service is not None else None
        wanted = recent.ChangesWanted(number, kinds=recent.EVERY if everything else (), start=start, type=of_type)
        found = _fitting(session, wanted, rule, limit + 1)
        more, found = len(found) > limit, found[:limit]
        versions = {
            (name, one.first_seen): one.number
            for name in {row.service for row, _, _ in found}
            for one in read.log(session, name)
        }
        shown = [(row, versions[row.service, row.before], passages(diff), made) for row, diff, made in found]
        why = why_no_version(session, number) if not shown and number is not None else None
        last = recent.changes(session, replace(wanted, start=None), limit=1) if not shown and rule == Rule() else []
    if data:
        print_data([_as_json(*one) for one in shown], data)
    else:
        print_bytes("\n".join("".join(f"{line}\n" for line in _lines(*one)) for one in shown))
    if not shown:
        asked = " matches" if rule != Rule() else ""
        known = f"; the last one was first seen on {last[0].before:%Y-%m-%d}" if last else ""
        known = f"; {why}" if why else known
        print(f"harvester: no change{asked}{f' since {since}' if since else ''}{known}", file=sys.stderr)
    if more:
        print(f"harvester: more than {counted(limit, 'change')}; --limit N shows more", file=sys.stderr)


def _fitting(session: Session, wanted: ChangesWanted, rule: Rule, limit: int) -> list[_Found]:
    """Return the newest of the wanted changes that fit a rule, up to `limit` or a few more."""
    from harvester.insight.redline import diff_of
    from harvester.insight.statements.rule import fits
    from harvester.insight.statements.statements import statements
    from harvester.store.read import recent

    found: list[_Found] = []
    older: tuple[datetime, int] | None = None
    while len(found) < limit:
        rows = recent.changes(session, wanted, older_than=older, limit=limit)
        for row in rows:
            diff = diff_of(session, row)
            made = statements(diff)
            if fits(rule, diff, made):
                found.append((row, diff, made))
        if len(rows) < limit:
            break
        older = (rows[-1].before, rows[-1].id)
    return found


def _start(when: str, now: datetime) -> datetime:
    try:
        if span := re.fullmatch(r"([0-9]{1,4})([dwmy])", when):
            return now - timedelta(days=int(span[1]) * _DAYS[span[2]])
        start = instant(when, end=False)
    except (ConfigurationError, OverflowError) as error:
        raise ConfigurationError(f"--since {when}: give 1y, 6m, 2w, 30d, or a date such as 2015-06") from error
    assert start is not None
    return start


def _lines(row: ChangeRow, version: int, texts: Sequence[str], made: Sequence[Statement]) -> list[str]:
    words = f"+{row.words_added} -{row.words_removed} words"
    lines = [f"{day(row.before)}  {row.service}  version {version}: {row.kind}, {words}"]
    headings = [" ".join(str(one).split()) for one in row.headings if one]
    if headings:
        rest = f" and {len(headings) - PASSAGES} more" if len(headings) > PASSAGES else ""
        lines.append(f"  in: {'; '.join(headings[:PASSAGES])}{rest}")
    if row.reasons and row.kind != "substantive":  # of an alarm the passages say it
        lines.append(f"  why: {'; '.join(map(str, row.reasons))}")
    if row.pages:
        lines.append(f"  page: {', '.join(row.pages)}")
    lines += [f"  = {one.text}" for one in made[:PASSAGES]]
    lines += [f"  {text}" for text in texts[:PASSAGES]]
    if (left := len(texts) - PASSAGES) > 0:
        lines.append(f"  {left} more: harvester diff {row.service} {version - 1} {version}")
    return lines


def _as_json(row: ChangeRow, version: int, texts: Sequence[str], made: Sequence[Statement]) -> dict[str, Any]:
    from harvester.insight.statements.model import as_json

    return {
        "service": row.service,
        "version": version,
        "after": iso(row.after),
        "before": iso(row.before),
        "kind": row.kind,
        "words_added": row.words_added,
        "words_removed": row.words_removed,
        "reasons": [str(one) for one in row.reasons],
        "headings": [str(one) for one in row.headings],
        "pages": row.pages,
        "passages": list(texts),
        "statements": [as_json(one) for one in made],
    }
