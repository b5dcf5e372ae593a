"""``harvester gaps``: the ledger of half-years and captures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.options import Json, Output, data_format
from harvester.cli.output import day, print_data, print_table
from harvester.dates import iso

if TYPE_CHECKING:
    from harvester.insight.absences.gaps import Stretch


def gaps(
    service: Annotated[str | None, typer.Argument(metavar="SERVICE", help="A service (default: all).")] = None,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """Show what is missing, and why: one outcome per capture."""
    from harvester.insight.absences import gaps as ledger

    data = data_format(form, as_json)
    with installation.present_database() as database, database.reading() as session:
        if data:
            print_data([_entry(one) for one in ledger.entries(session, service)], data)
            return
        holes = ledger.holes(session, service)
        stretches = ledger.stretches(session, service)
        excluded = ledger.excluded(session, service)
        absent = ledger.without_captures(session, service)
    if absent:
        print("without a capture:")
        print_table(
            ("service", "source", "outcome", "reason"),
            ((one.service, one.url or "", one.outcome, one.reason or "") for one in absent),
        )
        print()
    if not stretches:
        return
    print("half-years without a policy:" if holes else "no half-year without a policy")
    if holes:
        print_table(
            ("service", "half-years", "outcome", "reason"),
            ((one.service, one.span, one.outcome, one.reason or "") for one in ledger.runs_of(holes)),
        )
        totals = Counter(str(one.outcome) for one in holes).most_common()
        print(f"{len(holes):,} in all: " + ", ".join(f"{number:,} {outcome}" for outcome, number in totals))
    if excluded:
        print("\nsources that the archive does not show:")
        heads = ("service", "source", "last request", "next request", "reason")
        print_table(
            heads, ((one.service, one.url, day(one.start), day(one.next_try), one.reason or "") for one in excluded)
        )
    print("\ncaptures:")
    print_table(
        ("service", "first", "last", "captures", "outcome", "next request", "reason"),
        (
            (one.service, day(one.first), day(one.last), one.captures, one.outcome, day(one.next_try), _why(one))
            for one in stretches
        ),
    )


def _why(one: Stretch) -> str:
    """Return why a run of captures shows no policy; nothing where they show it."""
    from harvester.store.ledger.ledger import SHOWING
    from harvester.store.outcome import MEANING, Outcome

    return one.reason or ("" if one.outcome in SHOWING else MEANING[Outcome(one.outcome)])


def _entry(one: Any) -> dict[str, Any]:
    from harvester.store.read.missing import Missing

    line = dict.fromkeys(("service", "url", "kind", "start", "end", "plan", "outcome", "reason", "tries", "next_try"))
    if isinstance(one, Missing):
        kind = "source" if one.url else "service"
        found = {"service": one.service, "url": one.url, "kind": kind, "outcome": one.outcome, "reason": one.reason}
        return line | found | {"tries": 0}
    return line | {
        "service": one.service,
        "url": one.url,
        "kind": "capture" if one.end is None else "interval",
        "start": iso(one.start),
        "end": iso(one.end),
        "plan": one.plan,
        "outcome": one.outcome,
        "reason": one.reason,
        "tries": one.tries,
        "next_try": iso(one.next_try),
    }
