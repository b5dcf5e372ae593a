"""``harvester review``: the alarms, what people made of them, and who did what."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.help import Command
from harvester.cli.options import Json, Output, data_format
from harvester.cli.output import print_data, print_table
from harvester.errors import ConfigurationError, UnknownName
from harvester.memento import parse_exact_timestamp

review = typer.Typer(name="review", help="List alarms, and note who has read them.", no_args_is_help=True)

STATES = ("open", "read", "set aside")

Change = Annotated[
    str,
    typer.Argument(metavar="SERVICE/TIMESTAMP", help="A change, as its page is named: kettle.example/20180526000305."),
]
State = Annotated[str | None, typer.Option("--state", metavar="STATE", help="open, read or set aside.")]


@review.command("list", cls=Command)
def review_list(
    state: Annotated[str, typer.Option("--state", metavar="STATE", help="open, read, set aside or all.")] = "open",
    service: Annotated[str, typer.Option("--service", metavar="SERVICE", help="Only of this service.")] = "",
    tag: Annotated[str, typer.Option("--tag", metavar="TAG", help="Only of services with this tag.")] = "",
    assignee: Annotated[
        str, typer.Option("--assignee", metavar="NAME", help="Only those assigned to this person.")
    ] = "",
    label: Annotated[str, typer.Option("--label", metavar="LABEL", help="Only with this label.")] = "",
    as_json: Json = False,
    form: Output = None,
) -> None:
    """List substantive changes, those with the most points first."""
    from harvester.clock import utc_now
    from harvester.insight.periods import services_with
    from harvester.service.review import alarms
    from harvester.service.review.placing import place_again
    from harvester.store.desk.reviews import AlarmFilter
    from harvester.store.read import versions

    data = data_format(form, as_json)
    settings = installation.settings()
    wanted = AlarmFilter("" if state == "all" else _known(state), service, tag, assignee, label)
    with installation.present_database(settings) as database:
        place_again(database, utc_now())
        with database.reading() as session:
            rows, _ = alarms.exported(session, settings, wanted)
            if service and not rows:
                versions.service_id(session, service)
            if tag and not rows:
                services_with(session, tag)
    if data:
        print_data(rows, data)
        return
    print_table(
        ("points", "change", "state", "assignee", "labels", "why"),
        [
            (
                row["score"],
                _named(row["service"], row["before"]),
                row["state"] if row["placed"] else f"{row['state']} (cannot be placed)",
                row["assignee"],
                ", ".join(row["labels"]),
                "; ".join(f"{part['points']}: {part['why']}" for part in row["points"]),
            )
            for row in rows
        ],
    )


@review.command("show", cls=Command)
def review_show(change: Change, as_json: Json = False, form: Output = None) -> None:
    """Show the points of a change, and who did what to its review."""
    from harvester.clock import utc_now
    from harvester.service.review import alarms
    from harvester.service.review.placing import place_again
    from harvester.store.desk import reviews
    from harvester.store.read import versions

    data = data_format(form, as_json)
    settings = installation.settings()
    with installation.present_database(settings) as database:
        place_again(database, utc_now())
        with database.reading() as session:
            alarm = reviews.alarm_of(session, versions.change(session, *_change(change)))
            [one] = alarms.scored(session, settings, [alarm])
            events = reviews.events(session, alarm.review.id) if alarm.review is not None else []
            row = alarms.as_dict(one, events)
    if data:
        print_data(row, data)
        return
    print(f"{change}: {row['state']}, {row['score']} points")
    for part in row["points"]:
        print(f"  {part['points']:>4}: {part['why']}")
    for event in row["events"]:
        print(f"{event['at']} {event['person']}: {event['what']}: {event['value']}")


@review.command("set", cls=Command)
def review_set(
    change: Change,
    state: State = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="A note to add.")] = "",
    label: Annotated[
        list[str] | None, typer.Option("--label", metavar="LABEL", help="A label to add; repeatable.")
    ] = None,
    assignee: Annotated[
        str | None, typer.Option("--assignee", metavar="NAME", help="Who is to look at it; '' for nobody.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who you are (default: your user name).")] = "",
) -> None:
    """Mark a change as read or set aside, and add notes and labels."""
    from harvester.clock import utc_now
    from harvester.insight.redline import diff_of
    from harvester.service.review.marked import marked_of
    from harvester.store.desk import reviews
    from harvester.store.read import versions

    if state is None and not note and not label and assignee is None:
        raise ConfigurationError("review set: nothing to do; give --state, --note, --label or --assignee")
    chosen = None if state is None else reviews.State(_known(state))
    with installation.present_database(installation.settings()) as database:
        with database.reading() as session:
            found = versions.change(session, *_change(change))
            marked = marked_of(diff_of(session, found))
            present = reviews.alarm_of(session, found).labels
        labels = None if label is None else (*present, *label)
        deeds = reviews.Deeds(chosen, note, labels, assignee)
        with database.writing() as session:
            made = reviews.act(session, found, marked, by or getpass.getuser(), utc_now(), deeds, None)
            print(f"{change}: {made.state}")


def _known(state: str) -> str:
    if state not in STATES:
        raise ConfigurationError(f"--state {state}: a change is {', '.join(STATES[:-1])} or {STATES[-1]}")
    return state


def _change(name: str) -> tuple[str, datetime]:
    """Return the service and the instant that name a change."""
    service, slash, digits = name.rpartition("/")
    try:
        if not slash:
            raise ValueError(name)
        return service, parse_exact_timestamp(digits)
    except ValueError as error:
        raise UnknownName(f"{name!r} names no change; `harvester review list` names them") from error


def _named(service: str, before: str) -> str:
    return f"{service}/{''.join(one for one in before if one.isdigit())[:14]}"
