"""``harvester add``: services known only by their domain or the address of their policy."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Container, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Archive, Type, given_archive, type_of
from harvester.cli.signals import stopped_by_signals
from harvester.errors import NOT_UTF8, ConfigurationError, HarvesterError, TransientFailure, UnknownName

if TYPE_CHECKING:
    from harvester.catalogue.entries import ServiceEntry
    from harvester.cli.catalogue.new_services import Entering
    from harvester.harvest.session import Harvest

FAILED = 1
"""The exit code when some lines of a list named nothing that could be entered."""


def add(
    services: Annotated[
        list[str] | None, typer.Argument(metavar="SERVICE", help="A domain, or the address of a policy.")
    ] = None,
    file: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="A list, CSV or OPML of services; - is standard input.")
    ] = None,
    type_: Type = None,
    archive: Archive = None,
) -> None:
    """Add services and find their policies in the archive.

    For a domain, its policy is searched for on the archived home pages. A service is added to the catalogue once its
    policy is found. Each line of a list has its own outcome; an invalid line does not stop the others. Run it again to
    resume: services in the catalogue are not searched again. With --type, another document of each service is
    added. Terms of service, cookie policies and imprints are searched for as well; for others, give the address.
    """
    from harvester.cli.catalogue.new_services import Entering
    from harvester.clock import utc_now
    from harvester.harvest.session import opened

    lines = _named(services or (), file)
    wanted = type_of(type_)
    settings = installation.settings()
    catalogue = settings.config / "services.toml"
    listed = installation.catalogue(settings) if catalogue.exists() else ()
    known = {entry.name: tuple(source.url for source in entry.sources) for entry in listed}
    given = given_archive(settings, archive)
    if file is None and len(lines) == 1:
        _refuse_known(catalogue, known, lines[0][1], wanted)
    outcomes: Counter[str] = Counter()
    problem: HarvesterError | None = None
    with (
        installation.database(settings) as database,
        stopped_by_signals() as stop,
        ExitStack() as harvests,
        Entering(catalogue) as entering,
    ):
        by_archives: dict[tuple[str, ...], Harvest] = {}

        def harvest_for(entry: ServiceEntry) -> Harvest:
            # Another document of a service is looked for in the archives that are asked for the one there is.
            own = next((one.archives for one in listed if one.service == entry.service), None)
            asked = settings.archive_for(own, given)
            if asked.names not in by_archives:
                by_archives[asked.names] = harvests.enter_context(
                    opened(database, settings, asked, clock=utc_now, stop=stop)
                )
            return by_archives[asked.names]

        for where, text in lines:
            try:
                outcome = _one(harvest_for, entering, known, text, wanted)
            except (ConfigurationError, UnknownName, TransientFailure) as error:
                outcome, problem = "not added", error
                print(f"{where}: {error}" if file is not None else f"harvester: {error}", file=sys.stderr, flush=True)
            outcomes[outcome] += 1
    if entering.waiting:
        problem = _not_entered(entering)
        outcomes.subtract({"added": len(entering.waiting), "not added": -len(entering.waiting)})
    if len(lines) > 1:
        counts = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items() if number)
        print(f"{counts}; catalogue: {catalogue}")
    if problem is not None:
        raise typer.Exit(problem.exit_code if len(lines) == 1 else FAILED)
    if outcomes["added"]:
        print("next: harvester backfill" + (f" {list(known)[-1]}" if outcomes["added"] == 1 else ""))


def _named(services: Sequence[str], file: str | None) -> list[tuple[str, str]]:
    """Return what is to be added, each with where it was named."""
    if not services and file is None:
        raise ConfigurationError("add: nothing to add; name a domain, the address of a policy, or a list with --from")
    lines = [(text, text) for text in services]
    if file is not None:
        lines += [(f"line {number}", text) for number, text in _read(file)]
    if not lines:
        raise ConfigurationError(f"{file}: names no service; write a domain, or the address of a policy, in each line")
    return lines


def _not_entered(entering: Entering) -> HarvesterError:
    """Return the error that names the services found and not in the catalogue, printed as well."""
    names = [entry.name for entry in entering.waiting]
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    problem = ConfigurationError(
        f"{entering.problem}; not added, though found: {', '.join(names[:10])}{more}; then run the same command again"
    )
    print(f"harvester: {problem}", file=sys.stderr)
    return problem


def _one(
    harvest_for: Callable[[ServiceEntry], Harvest],
    entering: Entering,
    known: dict[str, tuple[str, ...]],
    text: str,
    type_: str,
) -> str:
    """Add one service; return its outcome, which is printed as well."""
    from harvester.cli.catalogue.new_services import advice, entry_for, search

    entry = entry_for(text, type_)
    if entry.name in known:
        print(f"{entry.name}: already in the catalogue{_without(entry, known[entry.name])}", flush=True)
        return "already there"
    found = search(harvest_for(entry), entry)
    if not found.sources:
        raise UnknownName(f"{entry.name} was not added: {found.reason}; {advice(entry)}")
    entering.enter(entry)
    known[entry.name] = tuple(source.url for source in entry.sources)
    print(f"{entry.name}: {'added' if entering.problem is None else 'found'}", flush=True)
    _print_sources([(source.since, source.until, source.url, source.note) for source in found.sources])
    return "added"


def _without(entry: ServiceEntry, listed: Sequence[str]) -> str:
    """Return what to say of an address that is not among those that the catalogue lists of its service."""
    from harvester.memento import same_page

    other = [one.url for one in entry.sources if listed and not any(same_page(one.url, url) for url in listed)]
    return f", without {other[0]}; add that to its sources if it is the same document" if other else ""


def _print_sources(sources: Sequence[tuple[object, object, str, str | None]]) -> None:
    from harvester.cli.output import day

    for since, until, url, note in sources:
        span = f"{day(since) or 'always'} to {day(until) or 'now'}"  # type: ignore[arg-type]
        print(f"  {span:<24}  {url}{f'  ({note})' if note else ''}", flush=True)


def _refuse_known(catalogue: Path, known: Container[str], text: str, type_: str) -> None:
    from harvester.cli.catalogue.new_services import entry_for

    if (name := entry_for(text, type_).name) in known:
        raise ConfigurationError(f"{catalogue} has {name} already; `harvester backfill {name}` harvests it")


def _read(file: str) -> list[tuple[int, str]]:
    from harvester.cli.catalogue.lists import addresses

    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{file}: cannot be read: {error.strerror}; name a readable list of services"
        ) from error
    try:
        return addresses(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file} {NOT_UTF8}") from error
    except ValueError as error:
        raise ConfigurationError(f"{file}: {error}") from error
