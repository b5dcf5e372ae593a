"""``harvester similar``: policies that share text."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Json, Output, Reference, data_format
from harvester.cli.output import day, one_line, print_bytes, print_data, print_table
from harvester.dates import iso


def similar(
    reference: Reference,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Show at most N services.")] = 20,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """List policies of other services that share text.

    Finds templates, generators, and services of one owner.
    """
    from harvester.insight.similar import similar as like
    from harvester.store.history.references import service_and_reference

    data = data_format(form, as_json)
    name, ref = service_and_reference(reference)
    with installation.present_database() as database, database.reading() as session:
        found = like(session, name, ref, limit=limit)
    if data:
        print_data(
            {
                "service": found.service,
                "version": {"number": found.version.number, "first_seen": iso(found.version.first_seen)},
                "compared": found.compared,
                "found": [
                    {**asdict(one), "first_seen": iso(one.first_seen), "last_seen": iso(one.last_seen)}
                    for one in found.found
                ],
            },
            data,
            "found",
        )
        return
    if not found.found:
        print("harvester: no other policy shares its text", file=sys.stderr)
        return
    heads = ("service", "#", "first seen", "last seen", "bits apart", "shared %", "of this %", "of other %")
    rows = []
    for one in found.found:
        shares = (round(100 * part) for part in (one.jaccard, one.of_this, one.of_other))
        rows.append((one.service, one.number, day(one.first_seen), day(one.last_seen), one.distance, *shares))
    print_table(heads, rows)
    for one in found.found:
        if one.blocks:
            print_bytes(f"\n{one.service} shares this block:\n  {one_line(one.blocks[0])}\n")
