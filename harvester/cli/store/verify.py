"""``harvester verify``: the store checked row by row."""

from __future__ import annotations

import sys

import typer

from harvester.cli import installation
from harvester.cli.options import Json, Output, data_format

DIFFERS = 1


def verify(as_json: Json = False, form: Output = None) -> None:
    """Check every stored row; exit code 1 if any differs.

    Hashes all bytes and texts, makes documents and history again, and names each row that differs.
    """
    from harvester.cli.output import print_data
    from harvester.errors import CorruptStore
    from harvester.harvest.reclean.rebuild import rebuilding, unnamed_archives
    from harvester.store.admin.verify import Finding, has_history_of_an_earlier_version
    from harvester.store.admin.verify import verify as check

    data = data_format(form, as_json)

    def stage(what: str) -> None:
        if sys.stderr.isatty():
            print(f"checking {what} ...", file=sys.stderr)

    settings = installation.settings()
    findings = []
    advice = "see docs/errors.md, or restore a backup"

    def found(one: Finding) -> None:
        findings.append(one)
        if not data:
            print(one, flush=True)

    try:
        with installation.present_database(settings) as database:
            for finding in check(database, rebuilding(settings), stage):
                found(finding)
            is_of_history = {one.table for one in findings} <= {"versions", "changes"}
            if findings and is_of_history and has_history_of_an_earlier_version(database):
                advice = (
                    "an earlier version of harvester made this history: "
                    "run `harvester reclean`, which asks the archive for nothing, and verify again"
                )
            unnamed = unnamed_archives(database, settings) if any(one.table == "documents" for one in findings) else []
            if unnamed:
                print(
                    f"harvester: the settings do not name the archive {', '.join(unnamed)}: documents of its captures "
                    "may only seem to differ; verify with the settings of the harvest (--config)",
                    file=sys.stderr,
                )
    except CorruptStore as error:
        found(Finding("database", 0, str(error)))
    if data:
        rows = [{"table": one.table, "id": one.id, "problem": one.problem} for one in findings]
        print_data({"whole": not findings, "findings": rows}, data, "findings")
    elif not findings:
        print("the store is whole: every payload, text, document, version and change is what was stored")
    if findings:
        rows_that = "row differs" if len(findings) == 1 else "rows differ"
        print(f"harvester: {len(findings)} {rows_that}; {advice}", file=sys.stderr)
        raise typer.Exit(DIFFERS)
