"""Commands that read the store: ``services``, ``log``, ``show``, ``diff``, ``status``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.output import day, iso, print_bytes, print_json, print_table

Json = Annotated[bool, typer.Option("--json", help="The same as JSON.")]


class Format(StrEnum):
    """How a diff is printed."""

    TERMINAL = "terminal"
    UNIFIED = "unified"
    JSON = "json"
    HTML = "html"
    SIDE_BY_SIDE = "side-by-side"
    MARKDOWN = "markdown"


def services(as_json: Json = False) -> None:
    """The services of the catalogue and the store, with what there is of each."""
    from harvester.store.read import versions as read

    settings = installation.settings()
    with installation.database(settings) as database, database.reading() as session:
        rows = {row.name: row for row in read.services(session)}
    listed = [entry.name for entry in installation.catalogue(settings)]
    names = [*listed, *(name for name in rows if name not in listed)]
    found = [_service(name, rows.get(name)) for name in names]
    if as_json:
        print_json(found)
        return
    print_table(
        ("service", "captures", "versions", "changes", "first seen", "last seen", "last change"),
        ((one["name"], one["captures"], one["versions"], one["changes"], *map(day, _dates(one))) for one in found),
    )


def log(
    service: Annotated[str, typer.Argument(metavar="SERVICE")],
    everything: Annotated[bool, typer.Option("--all", help="Also captures that made no version, and why.")] = False,
    as_json: Json = False,
) -> None:
    """The versions of a service's policy, oldest first."""
    from harvester.store.ledger import ledger
    from harvester.store.read import versions as read

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        rows = read.log(session, service)
        refused = ledger.refused(session, read.service_id(session, service)) if everything else ()
    if as_json:
        versions = [_version(row) for row in rows]
        print_json({"versions": versions, "refused": [_refused(one) for one in refused]} if everything else versions)
        return
    print_table(
        ("#", "first seen", "last seen", "captures", "words", "kind", "change", ""),
        ((row.number, day(row.first_seen), day(row.last_seen), row.captures, row.words, *_change(row)) for row in rows),
    )
    if refused:
        print("\ncaptures that made no version:")
        print_table(
            ("captured", "outcome", "reason"), ((day(one.timestamp), one.outcome, one.reason or "") for one in refused)
        )


def show(
    reference: Annotated[str, typer.Argument(metavar="SERVICE[@REF]", help="REF: a date, number, first, latest, ~2.")],
    as_json: Json = False,
) -> None:
    """The document of a version, byte for byte as the corpus would have it."""
    from harvester.insight import reading

    settings = installation.settings()
    name, _, ref = reference.partition("@")
    with installation.present_database(settings) as database, database.reading() as session:
        shown = reading.shown(session, settings, name, ref or "latest")
    say_how_sure(name, ref, shown.version)
    if as_json:
        print_json({**_version(shown.version), **shown.provenance, "title": shown.title, "text": shown.text})
    else:
        print_bytes(shown.text)


def say_how_sure(service: str, ref: str, version: Any) -> None:
    """Tells whom a date is asked for when no capture of that day, but one before or after it, shows the text."""
    from harvester.store.history.references import end_of

    asked = end_of(ref)
    if asked is not None and asked < version.first_seen:
        told = f"nothing is known of {service} in {ref}: this is its first version, seen from {day(version.first_seen)}"
        print(told, file=sys.stderr)
    elif asked is not None and asked.date() > version.last_seen.date():
        first, last = day(version.first_seen), day(version.last_seen)
        span = f"on {first}" if first == last else f"from {first} to {last}"
        told = f"version {version.number} was seen {span}; {ref} ends after that, so it may have been altered by then"
        print(told, file=sys.stderr)


def diff(
    service: Annotated[str, typer.Argument(metavar="SERVICE")],
    a: Annotated[str | None, typer.Argument(metavar="[A]", help="REF, or OTHER-SERVICE@REF. [default: ~1]")] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="REF, or OTHER-SERVICE@REF. [default: latest]")] = None,
    form: Annotated[Format | None, typer.Option("--format", help="[default: terminal, unified in a pipe]")] = None,
    as_json: Json = False,
) -> None:
    """The redline between two versions; without A and B between the last two, with A alone from it to the latest."""
    from harvester.diffing import render
    from harvester.insight import reading, redline

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        pair = reading.pair(session, service, a, b)
        snapshots = tuple(
            redline.snapshot(session, settings, version.capture_id)
            for version in (pair.old, pair.new)
            if form in (Format.HTML, Format.SIDE_BY_SIDE)
        )
    for asked, version in ((a, pair.old), (b, pair.new)):
        other, _, ref = (asked or "").rpartition("@")
        say_how_sure(other or service, ref, version)
    if as_json or form is Format.JSON:
        print_json({"old": _version(pair.old), "new": _version(pair.new), "diff": render.to_json(pair.diff)})
        return
    page = partial(
        render.html_page,
        title=f"{service}: what changed",
        old=pair.old_label,
        new=pair.new_label,
        snapshots=snapshots,
    )
    if form is Format.UNIFIED or (form is None and not sys.stdout.isatty()):
        printed = render.unified(pair.diff, pair.old_label, pair.new_label)
    elif form is Format.HTML:
        printed = page(render.html_inline(pair.diff))
    elif form is Format.SIDE_BY_SIDE:
        printed = page(render.html_side_by_side(pair.diff), wide=True)
    elif form is Format.MARKDOWN:
        printed = render.markdown(pair.diff)
    else:
        printed = f"--- {pair.old_label}\n+++ {pair.new_label}\n{render.terminal(pair.diff)}"
    print_bytes(printed if printed.endswith("\n") or not printed else printed + "\n")
    if pair.old.text_id == pair.new.text_id:
        print(f"nothing differs: both are {pair.new_label}, version {pair.new.number}", file=sys.stderr)


def status(as_json: Json = False) -> None:
    """What the store holds, what is due, and how the archives have answered."""
    from harvester.clock import utc_now
    from harvester.harvest.report.health import health
    from harvester.service.observe.status import service_status

    settings = installation.settings()
    with installation.database(settings) as database:
        found = health(database, utc_now(), settings)
        service = service_status(database, utc_now)
    if as_json:
        print_json({**found.as_dict(), "service": service})
        return
    print(f"{'services':<24}{found.services:>8}")
    print(f"{'captures':<24}{sum(found.outcomes.values()):>8}")
    for outcome, number in sorted(found.outcomes.items(), key=lambda item: -item[1]):
        print(f"  {outcome:<22}{number:>8}")
    print(f"{'versions':<24}{found.versions:>8}")
    print(f"{'changes':<24}{found.changes:>8}")
    for archive in found.archives:
        print(f"archive {archive.name}: {archive.summary}")
    print(f"scheduler: {service['scheduler'] or 'none runs'}")
    for job in service["jobs"]:
        if job["consecutive_failures"]:
            print(f"{job['service']}: {job['consecutive_failures']} polls failed in a row: {job['last_problem']}")
    if paused := [job["service"] for job in service["jobs"] if job["paused_at"]]:
        print(f"paused: {_some(paused)}")
    coming = [(job["next_run"], job["service"]) for job in service["jobs"] if job["next_run"] and not job["paused_at"]]
    if service["scheduler"] and coming:
        at, name = min(coming)
        print(f"next poll: {datetime.fromisoformat(at):%Y-%m-%d %H:%M} UTC, {name}")
    for run in found.last_runs:
        print(f"last {run.kind}: {run.started_at:%Y-%m-%d %H:%M} UTC, {run.outcome or 'under way or killed'}")


def _some(names: Sequence[str], most: int = 10) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _service(name: str, row: Any) -> dict[str, Any]:
    return {
        "name": name,
        "captures": row.captures if row else 0,
        "versions": row.versions if row else 0,
        "changes": row.changes if row else 0,
        "first_seen": iso(row.first_seen) if row else None,
        "last_seen": iso(row.last_seen) if row else None,
        "last_change": iso(row.last_change) if row else None,
        "tags": row.tags if row else [],
    }


def _dates(service: dict[str, Any]) -> Sequence[datetime | None]:
    texts = (service["first_seen"], service["last_seen"], service["last_change"])
    return [datetime.fromisoformat(text) if text else None for text in texts]


def _version(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "first_seen": iso(row.first_seen),
        "last_seen": iso(row.last_seen),
        "captures": row.captures,
        "url": row.url,
        "sha256": row.sha256,
        "words": row.words,
        "kind": row.kind,
        "words_added": row.words_added,
        "words_removed": row.words_removed,
        "repeats": iso(row.repeats),
        "texts": row.texts,
        "switches": row.switches,
    }


def _refused(capture: Any) -> dict[str, Any]:
    return {
        "timestamp": iso(capture.timestamp),
        "url": capture.original,
        "outcome": capture.outcome,
        "reason": capture.reason,
    }


def _change(row: Any) -> tuple[str, str, str]:
    words = "" if row.kind is None else f"+{row.words_added} -{row.words_removed}"
    notes = []
    if row.repeats:
        notes.append(f"as on {day(row.repeats)}")
    if row.texts > 1:
        notes.append(f"{row.texts} texts in turn, {row.switches} switches")
    return row.kind or "", words, ", ".join(notes)
