"""``harvester blame``: which version brought each block."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.options import Json, Output, Reference, data_format
from harvester.cli.output import day, one_line, print_bytes, print_data
from harvester.cli.read.version import warn_unless_captured_then
from harvester.dates import iso

if TYPE_CHECKING:
    from harvester.insight.blame import Blame, Brought, Passage, Removed


def blame(
    reference: Reference,
    words: Annotated[bool, typer.Option("--words", help="Split blocks into passages by version.")] = False,
    removed: Annotated[
        bool, typer.Option("--removed", help="Also list removed text, with the version that removed it.")
    ] = False,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """Show which version introduced each block of a policy.

    Each line begins with the number of that version and the day it was first seen. ~9: the block was last edited in
    version 9.
    """
    from harvester.insight.blame import blame as blamed
    from harvester.store.history.references import service_and_reference

    data = data_format(form, as_json)
    name, ref = service_and_reference(reference)
    with installation.present_database() as database, database.reading() as session:
        found = blamed(session, name, ref, removed=removed)
    warn_unless_captured_then(name, ref, found.version)
    if data:
        print_data(_blame_as_json(found, removed), data, "blocks")
    else:
        print_bytes("".join(f"{line}\n" for line in _blame_lines(found, words)))


def _blame_lines(found: Blame, words: bool) -> list[str]:
    lines = []
    for block in found.blocks:
        marked = f"{'#' * block.level} {block.text}" if block.kind == "heading" else block.text
        if words:
            lines += [f"{_since(one.since, one.first)}  {one_line(one.text)}" for one in block.passages] + [""]
        else:
            edited = "" if block.latest == block.since else f"~{block.latest.number}"
            lines.append(f"{_since(block.since)} {edited:<4} {one_line(marked)}")
    for by, gone in groupby(found.removed, key=lambda one: one.by):
        lines += [*([] if words else [""]), f"removed in version {by.number} ({day(by.first_seen)})"]
        for heading, under in groupby(gone, key=lambda one: one.heading):
            lines += [f"  from “{one_line(heading)}”"] if heading else []
            for _, parts in groupby(under, key=lambda one: one.block):
                lines += _removed_lines(list(parts), words)
    return lines


def _removed_lines(parts: Sequence[Removed], words: bool) -> list[str]:
    """Return the lines of what one block lost; … marks what it kept."""
    passages = [passage for part in parts for passage in part.passages]
    if words:
        return [*(f"{_since(one.since, one.first)}  {one_line(one.text)}" for one in passages), ""]
    oldest = min((one.since for one in passages), key=lambda since: since.number)
    texts = [one_line(part.text) for part in parts]
    # A comma alone means nothing to a reader.
    texts = [text for text in texts if any(character.isalnum() for character in text)] or texts
    text = texts[0] if parts[0].whole else f"… {' … '.join(texts)} …"
    back = parts[0].back
    return [
        f"{_since(oldest)}      {text}" + (f" (back in version {back.number}, {day(back.first_seen)})" if back else "")
    ]


def _since(since: Brought, first: Brought | None = None) -> str:
    again = f" (first {first.number}, {day(first.first_seen)})" if first else ""
    return f"{since.number:>4} {day(since.first_seen)}{again}"


def _blame_as_json(found: Blame, removed: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "service": found.service,
        "version": {"number": found.version.number, "first_seen": iso(found.version.first_seen)},
        "blocks": [
            {
                "kind": block.kind,
                "level": block.level,
                "text": block.text,
                "since": _brought_as_json(block.since),
                "latest": _brought_as_json(block.latest),
                "passages": [_passage_as_json(one) for one in block.passages],
            }
            for block in found.blocks
        ],
    }
    if removed:
        answer["removed"] = [
            {
                "by": _brought_as_json(one.by),
                "last_seen": iso(one.last_seen),
                "heading": one.heading,
                "text": one.text,
                "back": _brought_as_json(one.back),
                "block": one.block,
                "whole": one.whole,
                "passages": [_passage_as_json(part) for part in one.passages],
            }
            for one in found.removed
        ]
    return answer


def _passage_as_json(one: Passage) -> dict[str, Any]:
    return {"text": one.text, "since": _brought_as_json(one.since), "first": _brought_as_json(one.first)}


def _brought_as_json(one: Brought | None) -> dict[str, Any] | None:
    return {"number": one.number, "first_seen": iso(one.first_seen)} if one else None
