"""``harvester search``: the versions that say something."""

from __future__ import annotations

import sys
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.options import AnyType, From, Json, Output, To, data_format, type_of, within
from harvester.cli.output import day, print_bytes, print_data, wants_colours
from harvester.dates import iso
from harvester.errors import ConfigurationError
from harvester.plurals import counted

if TYPE_CHECKING:
    from harvester.insight.search import SearchPage


def search(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="Adjacent words are a phrase; AND, OR, NOT, ( ), word*.")
    ],
    service: Annotated[str | None, typer.Option(metavar="SERVICE", help="Only versions of this service.")] = None,
    type_: AnyType = None,
    start: From = None,
    end: To = None,
    first: Annotated[bool, typer.Option("--first", help="Only the first match of each service.")] = False,
    last: Annotated[bool, typer.Option("--last", help="Only the last match of each service.")] = False,
    regex: Annotated[bool, typer.Option("--regex", help="Read QUERY as a regular expression.")] = False,
    seconds: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="Time limit of --regex in seconds.")
    ] = 10.0,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, metavar="N", help="Show at most N versions.")] = 1_000,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """Find versions that contain words, and since when."""
    from harvester.insight import search as searching
    from harvester.store.read import versions
    from harvester.store.read.missing import why_no_version
    from harvester.store.search.hits import MOST_COUNTED

    data = data_format(form, as_json)
    if first and last:
        raise ConfigurationError("--first and --last exclude each other; give one of them")
    only: Any = "first" if first else "last" if last else None
    begin, finish = within(start, end)
    wanted = type_of(type_) if type_ is not None else None
    with installation.present_database() as database, database.reading() as session:
        found = partial(searching.search_regex, seconds=seconds) if regex else searching.search
        page = found(session, query, service=service, type_=wanted, start=begin, end=finish, only=only, limit=limit)
        why = None
        if service is not None and not page.hits:
            why = why_no_version(session, versions.service_id(session, service))
    if data:
        print_data(_search_as_json(page), data, "hits")
    else:
        print_bytes("".join(f"{line}\n" for line in _search_lines(page, sys.stdout.isatty() and wants_colours())))
    if not page.hits:
        print("harvester: no match" + (f"; {why}" if why else ""), file=sys.stderr)
    if page.texts_unread:
        print(f"harvester: after {seconds:g} s {page.texts_unread} texts were not searched; narrow the search with "
              "--service, --from and --to, or allow more --seconds", file=sys.stderr)  # fmt: skip
    if page.more:
        number = f"{page.more} or more" if page.more >= MOST_COUNTED else str(page.more)
        what = "version matches" if page.more == 1 else "versions match"
        print(f"harvester: {number} more {what} with a * after each phrase", file=sys.stderr)
    if page.cursor:
        print(f"harvester: more than {counted(limit, 'version')} match; --limit N shows more", file=sys.stderr)


def _search_lines(page: SearchPage, colour: bool) -> list[str]:
    before, after = ("\033[1m", "\033[0m") if colour else ("[", "]")
    lines = []
    for service, group in groupby(page.hits, key=lambda hit: hit.service):
        about = page.appearances[service]
        first, last = day(about.first_seen), day(about.last_seen)
        first_known = " (the first version known)" if about.from_the_first else ""
        when = f"{first}{first_known}" + ("" if first == last else f" to {last}")
        breaks = ", ".join(f"{day(start)} to {day(end)}" for start, end in about.breaks)
        lines.append(
            f"{service}: {when}, in {about.versions} of {counted(about.of, 'version')}"
            + (f", not {breaks}" if breaks else "")
        )
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
                "from_the_first": one.from_the_first,
                "breaks": [[iso(start), iso(end)] for start, end in one.breaks],
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
        "more": page.more,
    }
