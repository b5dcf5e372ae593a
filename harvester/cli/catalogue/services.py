"""``harvester services``: who is watched, and how much is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from harvester.catalogue.document_types import split_name
from harvester.cli import installation
from harvester.cli.options import Json, Output, data_format
from harvester.cli.output import day, print_data, print_table
from harvester.dates import iso, parse_iso

if TYPE_CHECKING:
    from harvester.catalogue.entries import ServiceEntry
    from harvester.store.read.missing import Missing, Unseen


def services(as_json: Json = False, form: Output = None) -> None:
    """List the services, their documents, and what is known of each."""
    from harvester.store.read import versions
    from harvester.store.read.missing import no_policy_since, without_versions

    data = data_format(form, as_json)
    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        rows = {row.name: row for row in versions.services(session)}
        absent = {one.service: one for one in without_versions(session)}
        unseen = {one.service: one for one in no_policy_since(session)}
    entries = {entry.name: entry for entry in installation.catalogue(settings)}
    listed = list(entries)
    names = [*listed, *(name for name in rows if name not in listed)]
    place = {service: number for number, service in enumerate(dict.fromkeys(split_name(name)[0] for name in names))}
    names.sort(key=lambda name: place[split_name(name)[0]])
    found = [_service(name, rows.get(name), entries.get(name), absent.get(name), unseen.get(name)) for name in names]
    remarks = [_remark(entries.get(name), absent.get(name), unseen.get(name)) for name in names]
    if data:
        print_data(found, data)
        return
    print_table(
        ("service", "captures", "versions", "changes", "first seen", "last seen", "last change", ""),
        (
            (
                one["name"],
                one["captures"],
                one["versions"],
                one["changes"],
                *map(day, _dates(one)),
                remark,
            )
            for one, remark in zip(found, remarks, strict=True)
        ),
    )


def _service(
    name: str, row: Any, entry: ServiceEntry | None, absent: Missing | None, unseen: Unseen | None
) -> dict[str, Any]:
    why = absent or unseen
    return {
        "name": name,
        "service": split_name(name)[0],
        "type": split_name(name)[1],
        "captures": row.captures if row else 0,
        "versions": row.versions if row else 0,
        "changes": row.changes if row else 0,
        "first_seen": iso(row.first_seen) if row else None,
        "last_seen": iso(row.last_seen) if row else None,
        "last_change": iso(row.last_change) if row else None,
        "tags": row.tags if row else [],
        "in_catalogue": entry is not None,
        "archives": list(entry.archives) if entry and entry.archives else None,
        "no_policy_since": iso(unseen.since) if unseen else None,
        "outcome": str(why.outcome) if why else None,
        "reason": why.reason if why else None,
    }


def _remark(entry: ServiceEntry | None, absent: Missing | None, unseen: Unseen | None) -> str:
    remarks = [] if entry is not None else ["not in the catalogue"]
    if absent is not None:
        remarks.append(f"no version ({absent.outcome}): {absent.reason}")
    if unseen is not None:
        remarks.append(unseen.words)
    return "; ".join(remarks)


def _dates(service: dict[str, Any]) -> Sequence[datetime | None]:
    texts = (service["first_seen"], service["last_seen"], service["last_change"])
    return [parse_iso(text) if text else None for text in texts]
