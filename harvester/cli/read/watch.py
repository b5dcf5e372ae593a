"""``harvester watch``: rules over changes, and the changes that match them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.help import Command
from harvester.cli.options import Json, Output, data_format, types_of
from harvester.cli.output import day, print_data, print_table
from harvester.dates import iso
from harvester.errors import ConfigurationError, UnknownName
from harvester.plurals import counted

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from harvester.insight.statements.watched import Hit
    from harvester.settings import Settings, WatchSettings

watch = typer.Typer(name="watch", help="Say which changes you look for, and list them.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A watch of harvester.toml: [watch.NAME].")]
Words = Annotated[
    list[str] | None, typer.Option("--words", metavar="WORDS", help="A phrase, or a /regular expression/; repeatable.")
]
Side = Annotated[str, typer.Option("--side", metavar="SIDE", help="added, removed or either.")]
Topic = Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="A topic of the passages.")]
Kind = Annotated[str | None, typer.Option("--statement", metavar="KIND", help="period, right, third-party, ...")]
Crosses = Annotated[
    str | None, typer.Option("--crosses", metavar="BOUND", help="A bound that a number crosses: period > 90 days.")
]
Services = Annotated[list[str] | None, typer.Option("--service", metavar="SERVICE", help="Only this; repeatable.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="Only with this tag; repeatable.")]
Types = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="Only documents of a type: terms of service ...; repeatable."),
]


@watch.command("list", cls=Command)
def watch_list(as_json: Json = False, form: Output = None) -> None:
    """List the watches with the number of their hits."""
    from harvester.insight.statements.watched import bring_up_to_date, watch_named
    from harvester.store.ledger import watches

    data = data_format(form, as_json)
    settings = installation.settings()
    rows = []
    with installation.present_database(settings) as database:
        for name in sorted(settings.watch):
            one = watch_named(settings.watch, name)
            bring_up_to_date(database, one)
            with database.reading() as session:
                number, newest = watches.count(session, one.rule, one.scope)
            rows.append({"watch": name, "hits": number, "newest": iso(newest), "rule": settings.watch[name].in_words()})
    if data:
        print_data(rows, data)
    else:
        print_table(("watch", "hits", "newest", "rule"), (tuple(row.values()) for row in rows))
    if not rows:
        print("harvester: no watches yet; `harvester watch add` adds one", file=sys.stderr)


@watch.command("add", cls=Command)
def watch_add(
    name: Name,
    words: Words = None,
    side: Side = "either",
    topic: Topic = None,
    statement: Kind = None,
    crosses: Crosses = None,
    services: Services = None,
    tags: Tags = None,
    types: Types = None,
) -> None:
    """Add a watch to harvester.toml."""
    from harvester.catalogue.settings_file import WATCHES, append_section
    from harvester.insight.statements.watch import watch_of
    from harvester.store.database import Database

    settings = installation.settings()
    made = _settings(words, side, topic, statement, crosses, services, tags, types)
    _refuse_name(name)
    watch_of(name, made)
    if Database.present(settings.database):
        with installation.present_database(settings) as database, database.reading() as session:
            _refuse_unknown(settings, session, made)
    file = settings.config / "harvester.toml"
    append_section(file, WATCHES, name, made)
    print(f"{name}: added to {file}; `harvester watch hits {name}` lists what it finds")


@watch.command("test", cls=Command)
def watch_test(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A watch of harvester.toml.")] = None,
    words: Words = None,
    side: Side = "either",
    topic: Topic = None,
    statement: Kind = None,
    crosses: Crosses = None,
    services: Services = None,
    tags: Tags = None,
    types: Types = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="Show at most N changes.")] = 20,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """Show what a rule would have found over all history.

    Name a watch, or give the options of `watch add`. Nothing is kept.
    """
    from harvester.insight.statements.watch import watch_of
    from harvester.insight.statements.watched import hits_now, watch_named

    data = data_format(form, as_json)
    settings = installation.settings()
    given = any((words, topic, statement, crosses))
    if (name is None) != given:
        raise ConfigurationError("name a watch, or give a rule: --words, --topic, --statement or --crosses")
    rule = None if name is not None else _settings(words, side, topic, statement, crosses, services, tags, types)
    made = watch_of("test", rule) if rule is not None else watch_named(settings.watch, name or "")
    with installation.present_database(settings) as database, database.reading() as session:
        _refuse_unknown(settings, session, rule or settings.watch[made.name])
        found = list(hits_now(session, made))
    _print(found[:limit], data)
    services_hit = len({hit.change.service for hit in found})
    changes = counted(len(found), "change")
    services_said = counted(services_hit, "service")
    print(f"harvester: found in {changes} of {services_said}", file=sys.stderr)


@watch.command("hits", cls=Command)
def watch_hits(
    name: Name,
    limit: Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="Show at most N changes.")] = 20,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """List the changes that match a watch, newest first."""
    from harvester.insight.statements.watched import Hit, bring_up_to_date, watch_named
    from harvester.store.ledger import watches

    data = data_format(form, as_json)
    settings = installation.settings()
    one = watch_named(settings.watch, name)
    with installation.present_database(settings) as database:
        bring_up_to_date(database, one)
        with database.reading() as session:
            found = [Hit(*row) for row in watches.hits(session, one.rule, one.scope, limit=limit + 1)]
            problems = watches.problems(session, one.rule)
            if not found:
                _refuse_unknown(settings, session, settings.watch[name])
    _print(found[:limit], data)
    if not found:
        print("harvester: no change matches", file=sys.stderr)
    if len(found) > limit:
        print(f"harvester: more than {counted(limit, 'change')}; --limit N shows more", file=sys.stderr)
    if problems:
        slow = counted(problems, "change")
        print(f"harvester: the rule took too long on {slow}; make it simpler", file=sys.stderr)


def _settings(
    words: list[str] | None,
    side: str,
    topic: str | None,
    statement: str | None,
    crosses: str | None,
    services: list[str] | None,
    tags: list[str] | None,
    types: list[str] | None,
) -> WatchSettings:
    from pydantic import ValidationError

    from harvester.settings import WatchSettings, first_reason

    try:
        return WatchSettings.model_validate(
            {
                "words": words or (),
                "side": side,
                "topic": topic,
                "statement": statement,
                "crosses": crosses,
                "services": services or (),
                "tags": tags or (),
                "types": types_of(types) if types else (),
            }
        )
    except ValidationError as error:
        raise ConfigurationError(f"the rule cannot be read: {first_reason(error)}") from error


def _refuse_unknown(settings: Settings, session: Session, made: WatchSettings) -> None:
    """Raise `UnknownName` when a watch looks only at what there is not, so that it would wait for ever."""
    from harvester.catalogue.entries import load_catalogue
    from harvester.insight.statements.watched import unknown_names

    file = settings.config / "services.toml"
    catalogue = load_catalogue(file, settings) if (made.services or made.tags) and file.exists() else ()
    for key, reason in unknown_names(session, made.services, made.tags, catalogue).items():
        raise UnknownName(f"{key} of the watch: {reason}")


def _refuse_name(name: str) -> None:
    import re

    from harvester.settings import WATCH_NAME

    if not re.fullmatch(WATCH_NAME, name):
        raise ConfigurationError(f"{name!r} cannot name a watch; write lower-case letters, digits and hyphens")


def _print(found: Sequence[Hit], data: Any) -> None:
    if data:
        print_data([_as_json(hit) for hit in found], data)
        return
    for hit in found:
        print(f"{day(hit.change.before)}  {hit.change.service}: {hit.change.kind}")
        for passage in hit.passages:
            print(f"  {' '.join(passage.split())}")


def _as_json(hit: Hit) -> dict[str, Any]:
    return {
        "service": hit.change.service,
        "after": iso(hit.change.after),
        "before": iso(hit.change.before),
        "kind": hit.change.kind,
        "passages": list(hit.passages),
    }
