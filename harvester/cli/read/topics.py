"""``harvester topics``: what each block of a policy is about."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.options import DataFormat, Json, Output, data_format
from harvester.cli.output import one_line, print_bytes, print_data
from harvester.dates import iso
from harvester.errors import ConfigurationError

_WIDTH = 72  # characters of a block that a line shows


def topics(
    reference: Annotated[
        str | None,
        typer.Argument(metavar="SERVICE[@REF]", help="REF: a date, a number, first, latest or ~2 (default: latest)."),
    ] = None,
    lines: Annotated[
        str | None,
        typer.Option(metavar="FILE", help='Label JSON lines that have a "text" with OPP-115 names; - is stdin.'),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Also list the phrases that decided, with their weights.")] = False,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """Show what each block of a policy is about."""
    if (reference is None) == (lines is None):
        raise ConfigurationError("name a service, or a file with --lines")
    data = data_format(form, as_json)
    if lines is not None:
        _label_lines(lines)
    else:
        _show(reference or "", why, data)


def _show(reference: str, why: bool, data: DataFormat | None) -> None:
    from harvester.diffing.text.blocks import read_blocks
    from harvester.insight.topics.assign import rules_version, topics_of_blocks
    from harvester.store.content import documents
    from harvester.store.history.references import service_and_reference
    from harvester.store.read import versions as read

    name, ref = service_and_reference(reference)
    with installation.present_database() as database, database.reading() as session:
        version = read.resolve(session, name, ref)
        text = documents.text(session, version.text_id)
    found = list(topics_of_blocks(read_blocks(text)))
    if data:
        print_data(
            {
                "service": name,
                "version": {"number": version.number, "first_seen": iso(version.first_seen)},
                "rules": rules_version(),
                "blocks": [
                    {
                        "kind": one.block.kind.value,
                        "heading": one.heading,
                        "text": one.block.inline.shown(),
                        "topics": [
                            {
                                "key": topic.topic.key,
                                "title": topic.topic.title,
                                "score": topic.score,
                                "phrases": [{"phrase": phrase, "weight": weight} for phrase, weight in topic.phrases],
                            }
                            for topic in one.found
                        ],
                    }
                    for one in found
                ],
            },
            data,
            "blocks",
        )
        return
    for one in found:
        shown = one_line(one.block.inline.shown())
        print_bytes(f"{shown if len(shown) <= _WIDTH else shown[: _WIDTH - 1] + '…'}\n")
        if not one.found:
            continue
        if not why:
            print_bytes(f"    {', '.join(topic.topic.key for topic in one.found)}\n")
        for topic in one.found if why else ():
            phrases = ", ".join(f"{weight:+d} {phrase}" for phrase, weight in topic.phrases)
            print_bytes(f"    {topic.topic.key} {topic.score}: {phrases}\n")


def _label_lines(file: str) -> None:
    from harvester.insight.topics.assign import opp115_labels

    for row in _rows(file):
        print_bytes(json.dumps({**row, "label": opp115_labels(row["text"])}, ensure_ascii=False) + "\n")


def _rows(file: str) -> Iterator[dict[str, Any]]:
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}") from error
    for number, line in enumerate(body.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:  # no UTF-8, or no JSON
            raise ConfigurationError(f"{file}, line {number}: not JSON: {error}") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise ConfigurationError(f'{file}, line {number}: must be an object with a string "text"')
        yield row
