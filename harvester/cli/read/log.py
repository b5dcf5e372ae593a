"""``harvester log``: the versions of a policy."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.options import Json, Known, Output, data_format
from harvester.cli.output import day, print_bytes, print_data, print_table
from harvester.cli.read.version import version_as_json
from harvester.dates import iso

REASON = 70
"""Characters of a change's first reason in the table; `diff` and ``--json`` have all of all."""


def log(
    service: Known,
    everything: Annotated[
        bool,
        typer.Option("--all", help="List cosmetic and technical changes, and captures without a version, as well."),
    ] = False,
    in_words: Annotated[
        bool, typer.Option("--statements", help="Also say in plain words what each change did.")
    ] = False,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """List the versions of a policy, oldest first."""
    from harvester.store.ledger import witnesses
    from harvester.store.read import recent, signal
    from harvester.store.read import versions as read
    from harvester.store.read.missing import why_no_version

    data = data_format(form, as_json)
    with installation.present_database() as database, database.reading() as session:
        rows = read.log(session, service)
        refused = signal.left_out(session, read.service_id(session, service)) if everything else []
        hidden: dict[str, int] = {}
        if not everything:
            rows, hidden = signal.joined(rows, signal.NOT_OF_THE_WORDS if data else recent.HIDDEN)
        made = _statements(session, service, rows) if in_words else {}
        vouching = witnesses.of_versions(session, read.service_id(session, service), rows)
        standing = read.standing_of(session, [row.change_id for row in rows if row.change_id]) if data else {}
        why = why_no_version(session, read.service_id(session, service)) if not rows else None
    if why is not None:
        print(f"harvester: {why}", file=sys.stderr)
    if hidden and data:
        print(f"harvester: {_not_listed(hidden)}", file=sys.stderr)
    if data:
        versions = [
            {
                **version_as_json(row),
                "standing": standing.get(row.change_id or 0, {}),
                "witnesses": shown,
                **made.get(row.number, {}),
            }
            for row, shown in zip(rows, vouching, strict=True)
        ]
        if everything:
            print_data({"versions": versions, "refused": [_refused(one) for one in refused]}, data, "versions")
        else:
            print_data(versions, data)
        return
    several = {name for shown in vouching for name in shown}
    print_table(
        ("#", "first seen", "last seen", "captures", "words", "kind", "+/- words", ""),
        (
            (row.number, day(row.first_seen), day(row.last_seen), row.captures, row.words, *_change(row, shown))
            for row, shown in zip(rows, vouching if len(several) > 1 else [[]] * len(rows), strict=True)
        ),
    )
    if in_words:
        _print_in_words(rows, made)
    if hidden:
        print(f"\n{_not_listed(hidden)}")
    if refused:
        print("\ncaptures that made no version:")
        print_table(
            ("captured", "outcome", "reason"), ((day(one.timestamp), one.outcome, one.reason or "") for one in refused)
        )


def _not_listed(hidden: Mapping[str, int]) -> str:
    what = " and ".join(f"{number} {kind}" for kind, number in sorted(hidden.items()))
    changes, them = ("change", "it") if sum(hidden.values()) == 1 else ("changes", "them")
    return f"not listed: {what} {changes} (--all lists {them})"


def _print_in_words(rows: Sequence[Any], made: Mapping[int, dict[str, Any]]) -> None:
    from harvester.insight.statements.statements import silence

    for row in rows:
        said = [one["text"] for one in made[row.number]["statements"]]
        if lines := said or [*filter(None, [silence(row.kind, row.language)])]:
            heading = f"\nversion {row.number}, first seen {day(row.first_seen)}:\n"
            print_bytes(heading + "".join(f"  {line}\n" for line in lines))


def _statements(session: Any, service: str, rows: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Return what the change to each version did, by the version's number; the first version has no change."""
    from harvester.insight.redline import diff_of
    from harvester.insight.statements.model import as_json
    from harvester.insight.statements.statements import statements
    from harvester.store.read import versions as read

    made = {}
    for row in rows:
        found = statements(diff_of(session, read.change(session, service, row.first_seen))) if row.kind else ()
        made[row.number] = {"statements": [as_json(one) for one in found]}
    return made


def _refused(one: Any) -> dict[str, Any]:
    return {"timestamp": iso(one.timestamp), "url": one.url, "outcome": one.outcome, "reason": one.reason}


def _change(row: Any, witnesses: Sequence[str]) -> tuple[str, str, str]:
    words = "" if row.kind is None else f"+{row.words_added} -{row.words_removed}"
    notes = []
    if row.repeats:
        notes.append(f"as on {day(row.repeats)}")
    if row.recipe:
        notes.append(row.recipe)
    if row.incomplete:
        notes.append("incomplete: a page was not captured yet")
    if row.small_share is not None:
        notes.append(f"{row.small_share} % of its page")
    if row.texts > 1:
        notes.append(f"alternates between {row.texts} texts, {row.switches} switches")
    if row.reasons:
        first, more = str(row.reasons[0]), len(row.reasons) - 1
        first = first if len(first) <= REASON else f"{first[: REASON - 1].rstrip()}…"
        notes.insert(0, f"{first}{f', and {more} more' if more else ''}")
    if witnesses:
        notes.append(f"shown by {', '.join(witnesses)}")
    return row.kind or "", words, ", ".join(notes)
