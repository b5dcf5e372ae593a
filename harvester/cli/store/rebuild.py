"""``harvester rebuild``: what rules find in stored texts, made again where the rules are newer."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.signals import stopped_by_signals
from harvester.plurals import counted


def rebuild(as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False) -> None:
    """Find the topics of stored texts again that older rules found.

    Other commands do so by themselves before they read topics; this does it beforehand. Can be stopped or killed at any
    moment: run it again to resume.
    """
    from harvester.cli.output import print_json
    from harvester.insight.topics.assign import rules_version
    from harvester.insight.topics.kept import bring_up_to_date

    with installation.present_database(installation.settings()) as database, stopped_by_signals() as stop:
        done = bring_up_to_date(database, stop=stop, on_progress=_report)
    if as_json:
        print_json({"texts": done, "rules": rules_version()})
    else:
        print(f"topics found again in {counted(done, 'text')} (rules {rules_version()}); all others were up to date")


def _report(done: int, of: int) -> None:
    if done == of or done % 1_000 == 0:
        print(f"{done} of {of} texts", file=sys.stderr)
