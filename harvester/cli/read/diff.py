"""``harvester diff``: the redline between two versions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import DataFormat, Json, Known
from harvester.cli.output import print_bytes, print_data, print_document, wants_colours
from harvester.cli.read.version import version_as_json, warn_unless_captured_then
from harvester.errors import ConfigurationError

if TYPE_CHECKING:
    from harvester.insight.reading import Pair


class Format(StrEnum):
    """How a diff is printed."""

    TERMINAL = "terminal"
    TABLE = "table"
    UNIFIED = "unified"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"
    SIDE_BY_SIDE = "side-by-side"
    MARKDOWN = "markdown"
    DOCX = "docx"


FORMATS = f"{', '.join(Format)} (default: table, that is terminal, or unified in a pipe)."

_DATA = {Format.JSON: DataFormat.JSON, Format.JSONL: DataFormat.JSONL, Format.CSV: DataFormat.CSV}
_PASSAGES = 20  # in both pages that are listed
PLACE = ("kind", "old", "new")
"""The keys of an untouched run of blocks in a diff's JSON; one that differs has more."""


def diff(
    service: Known,
    a: Annotated[str | None, typer.Argument(metavar="A", help="Old version: REF or SERVICE@REF (default: ~1).")] = None,
    b: Annotated[
        str | None, typer.Argument(metavar="B", help="New version: REF or SERVICE@REF (default: latest).")
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", metavar="FORMAT", help=FORMATS)] = None,
    as_json: Json = False,
) -> None:
    """Show what changed between two versions.

    Without A and B: the last two versions. With A only: from A to the latest.
    """
    from harvester.insight import reading, redline

    if as_json and form not in (None, Format.JSON):
        raise ConfigurationError(f"--json and --format {form} exclude each other; give one of them")
    # Only these forms name snapshots: without them settings need not be read.
    settings = installation.settings() if form in (Format.HTML, Format.SIDE_BY_SIDE, Format.DOCX) else None
    with installation.present_database(settings) as database, database.reading() as session:
        pair = reading.pair(session, service, a, b)
        snapshots = tuple(
            redline.snapshot(session, settings, version.capture_id)
            for version in (pair.old, pair.new)
            if settings is not None
        )
    for asked, version in ((a, pair.old), (b, pair.new)):
        other, _, ref = (asked or "").rpartition("@")
        warn_unless_captured_then(other or service, ref, version)
    if form is Format.TABLE:
        form = None
    data = DataFormat.JSON if as_json else None if form is None else _DATA.get(form)
    if data:
        _print_as_data(pair, data)
        return
    printed = _document(pair, form, f"{service}: what changed", snapshots)
    if isinstance(printed, bytes):
        print_document(printed)
    else:
        print_bytes(printed if printed.endswith("\n") or not printed else printed + "\n")
    _say_why_nothing_is_marked(pair)


def _print_as_data(pair: Pair, form: DataFormat) -> None:
    from harvester.diffing import render
    from harvester.insight.statements import model
    from harvester.insight.statements.statements import statements

    if form is DataFormat.JSON:
        facts = {
            "old": version_as_json(pair.old),
            "new": version_as_json(pair.new),
            "standing": pair.standing,
            "statements": [model.as_json(one) for one in statements(pair.diff)],
            "diff": render.to_json(pair.diff),
        }
        print_data(facts, form)
    else:
        # A row for each place that differs; the statements are in the one JSON.
        print_data([row for row in render.to_json(pair.diff)["operations"] if len(row) > len(PLACE)], form)


def _document(pair: Pair, form: Format | None, title: str, snapshots: Sequence[str]) -> str | bytes:
    """Return the redline as text or as a file's bytes."""
    from harvester.diffing import render

    page = partial(
        render.html_page,
        title=title,
        old=pair.old_label,
        new=pair.new_label,
        snapshots=snapshots,
        about=_kind_and_reasons(pair),
    )
    if form is Format.UNIFIED or (form is None and not sys.stdout.isatty()):
        return render.unified(pair.diff, pair.old_label, pair.new_label)
    if form is Format.HTML:
        return page(render.html_inline(pair.diff))
    if form is Format.SIDE_BY_SIDE:
        return page(render.html_side_by_side(pair.diff), wide=True)
    if form is Format.MARKDOWN:
        return render.markdown(pair.diff)
    if form is Format.DOCX:
        about = [
            f"{way} {what}: {where}"
            for way, what, where in zip(("From", "To"), (pair.old_label, pair.new_label), snapshots, strict=True)
        ]
        about += _kind_and_reasons(pair)
        owner = pair.new_label.rpartition("@")[0]
        moment = pair.new.first_seen
        return render.word_document(pair.diff, title=title, about=about, service=owner, moment=moment)
    shown = render.terminal if wants_colours() else render.word_diff
    return f"--- {pair.old_label}\n+++ {pair.new_label}\n{shown(pair.diff)}"


def _kind_and_reasons(pair: Pair) -> list[str]:
    words = f"+{pair.diff.measures.words_added} -{pair.diff.measures.words_removed} words"
    return [f"{pair.diff.kind}: {words}", *map(str, pair.diff.reasons), *_in_both_pages(pair)]


def _in_both_pages(pair: Pair) -> list[str]:
    """Return a line for each passage that only left, or came into, the part of the page that is extracted."""
    sides = (("removed", "still in the page"), ("inserted", "in the page before"))
    lines = [f'{what}: "{one}"' for side, what in sides for one in pair.standing.get(side, [])]
    left = len(lines) - _PASSAGES
    return lines if left <= 0 else [*lines[:_PASSAGES], f"and {left} more; --json lists them all"]


def _say_why_nothing_is_marked(pair: Pair) -> None:
    from harvester.diffing import Kind

    if pair.old.text_id == pair.new.text_id:
        print(f"nothing differs: both are {pair.new_label}, version {pair.new.number}", file=sys.stderr)
    elif all(one.is_untouched for one in pair.diff.operations):
        why = "; ".join(pair.diff.reasons) or "only characters or layout without a meaning"
        print(f"no words differ between these versions: {why}", file=sys.stderr)
    elif pair.diff.kind is Kind.TECHNICAL:
        print(f"technical, the policy is the same: {'; '.join(map(str, pair.diff.reasons))}", file=sys.stderr)
    for line in _in_both_pages(pair):
        print(line, file=sys.stderr)
