"""``harvester conformance``: the cleaner against pages whose documents are known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harvester.errors import ConfigurationError


def conformance(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR|FILE",
            help="A checkout of the corpus, or a .jsonl.gz of pages with texts (default: ../shared/cleaner).",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object per page.")] = False,
) -> None:
    """Compare the cleaner with pages whose texts are known.

    Prints the first difference of each page and the share that is equal. Exit code 1 if any differs.
    """
    from dataclasses import asdict
    from json import dumps

    from harvester.cleaner.conformance import check, read_cases

    total = equal = 0
    for source in [path] if path is not None else _default_sets():
        count = same = 0
        for case in read_cases(source):
            outcome = check(case)
            count += 1
            same += outcome.equal
            if json:
                typer.echo(dumps(asdict(outcome)))
            elif not outcome.equal:
                typer.echo(f"differs: {outcome.name} at character {outcome.position}: {outcome.kind}")
                typer.echo(f"  expected {outcome.expected!r}")
                typer.echo(f"  given    {outcome.given!r}")
        if not count:
            raise ConfigurationError(
                f"conformance: {source} has no page with a document beside it; put PAGE.md beside each PAGE.html"
            )
        if not json:
            typer.echo(f"{source}: {same} of {count} equal ({same / count:.2%}), {count - same} differing")
        total += count
        equal += same
    if equal < total:
        raise typer.Exit(1)


def _default_sets() -> list[Path]:
    shared = Path(__file__).resolve().parents[2].parent / "shared" / "cleaner"
    sets = [shared / "corpus", shared / "reference-pages.jsonl.gz"]
    missing = [str(one) for one in sets if not one.exists()]
    if missing:
        raise ConfigurationError(f"conformance: {', '.join(missing)} not found; name a folder or a .jsonl.gz file")
    return sets
