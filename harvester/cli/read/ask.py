"""``harvester ask``: a question in SQL over read-only views of the store."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Json, Output, data_format
from harvester.plurals import counted


def ask(
    sql: Annotated[str, typer.Option("--sql", metavar="SELECT", help="One SELECT over the views of docs/sql.md.")],
    seconds: Annotated[float, typer.Option(min=0.1, max=86_400, metavar="N", help="Give up after N seconds.")] = 60,
    limit: Annotated[int, typer.Option(min=1, max=10_000_000, metavar="N", help="Print at most N rows.")] = 10_000,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """Ask a question in SQL.

    The views are services, service_tags, versions, changes, captures, text_topics and text_parties. Nothing can be
    written. The answer is the same on SQLite and PostgreSQL.
    """
    from harvester.cli.output import print_data, print_table
    from harvester.insight.topics.kept import bring_up_to_date
    from harvester.store.read.ask import ask as answer_to

    data = data_format(form, as_json)
    with installation.present_database() as database:
        if "topics" in sql or "parties" in sql:
            bring_up_to_date(database)
        answer = answer_to(database, sql, seconds=seconds, limit=limit)
    if data:
        print_data([dict(zip(answer.columns, row, strict=True)) for row in answer.rows], data)
    else:
        print_table(answer.columns, [["" if one is None else one for one in row] for row in answer.rows])
    if answer.more:
        print(f"harvester: more than {counted(limit, 'row')}; --limit N shows more", file=sys.stderr)
