"""The options and arguments that several commands share."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from harvester.catalogue.document_types import usual_name
from harvester.errors import ConfigurationError

if TYPE_CHECKING:
    from harvester.insight.statements.model import StatementKind
    from harvester.settings import ArchiveSettings, Settings

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="SERVICE[/TYPE]", help="Services of the catalogue, or their documents (default: all)."),
]
Service = Annotated[
    str,
    typer.Argument(metavar="SERVICE[/TYPE]", help="A service of the catalogue, or its document.", callback=usual_name),
]
Known = Annotated[
    str, typer.Argument(metavar="SERVICE[/TYPE]", help="A service of the store, or its document.", callback=usual_name)
]
Type = Annotated[
    str | None,
    typer.Option("--type", metavar="TYPE", help="terms of service, cookie policy ... (default: privacy policy)."),
]
AnyType = Annotated[
    str | None,
    typer.Option("--type", metavar="TYPE", help="Only documents of a type: terms of service ... (default: all)."),
]
Types = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="Documents of a type; may be repeated (default: privacy policy)."),
]
Reference = Annotated[
    str,
    typer.Argument(
        metavar="SERVICE[/TYPE][@REF]", help="REF: a date, a number, first, latest or ~2 (default: latest)."
    ),
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day: 2009, 2009-07 or 2009-07-31.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, included; 2015 means to its end.")]
Archive = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ARCHIVE", help="A name (`archive list`), a URL, pywb+URL, memento+URL, or all; may be repeated."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class DataFormat(StrEnum):
    """How a command that reads prints what it found."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class RenderedPages(StrEnum):
    """Which pages a browser renders."""

    NEVER = "never"
    NEEDED = "needed"
    ALWAYS = "always"


Render = Annotated[
    RenderedPages | None,
    typer.Option(
        metavar="WHICH", help="Render pages in a browser: never, needed or always (default: by the settings)."
    ),
]
Output = Annotated[
    DataFormat | None,
    typer.Option("--format", metavar="FORMAT", help="table, json, jsonl or csv (default: table)."),
]


def type_of(text: str | None) -> str:
    """Return the type of document that ``--type`` names; the privacy policy where it names none."""
    from harvester.catalogue.document_types import PRIVACY_POLICY, type_named

    try:
        return type_named(text) if text is not None else PRIVACY_POLICY
    except ValueError as error:
        raise ConfigurationError(f"--type: {error}") from error


def statement_kind(name: str) -> StatementKind:
    """Return the kind of statement that ``--statement`` names."""
    from harvester.insight.statements.model import StatementKind

    try:
        return StatementKind(name)
    except ValueError as error:
        raise ConfigurationError(f"--statement {name}: must be one of {', '.join(StatementKind)}") from error


def types_of(texts: list[str] | None) -> list[str]:
    """Return the types that ``--type`` names, given any number of times; the privacy policy where it names none."""
    return list(dict.fromkeys(map(type_of, texts or (None,))))


def data_format(form: DataFormat | None, as_json: bool) -> DataFormat | None:
    """Return the format for programs that was chosen, None for the one for people; ``--json`` is short for JSON."""
    if as_json and form not in (None, DataFormat.JSON):
        raise ConfigurationError(f"--json and --format {form} exclude each other; give one of them")
    return DataFormat.JSON if as_json else None if form is DataFormat.TABLE else form


def within(start: str | None, end: str | None) -> tuple[datetime | None, datetime | None]:
    """Return the first and last instant that ``--from`` and ``--to`` name."""
    begin, finish = instant(start, end=False), instant(end, end=True)
    if begin and finish and begin > finish:
        raise ConfigurationError(f"--from {start} is later than --to {end}; exchange them")
    return begin, finish


def instant(date: str | None, *, end: bool) -> datetime | None:
    """Return the first or the last instant of a year, a month or a day."""
    from harvester.dates import parse_day

    try:
        return parse_day(date, end=end) if date is not None else None
    except ValueError as error:
        raise ConfigurationError(str(error)) from error


def asked_of(archives: list[str] | None) -> str | None:
    """Return the archives of `--archive` as the settings name them; None when none is given."""
    return ",".join(archives) if archives else None


def given_archive(settings: Settings, archives: list[str] | None) -> ArchiveSettings | None:
    """Return the archives of `--archive`, None when none is given; raises for unknown ones, of the settings too."""
    asked = settings.archive_named(asked_of(archives))
    return asked if archives else None
