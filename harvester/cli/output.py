"""How commands print: days, tables, JSON, CSV, files."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harvester.errors import ConfigurationError

if TYPE_CHECKING:
    from harvester.cli.options import DataFormat


def day(moment: datetime | None) -> str:
    """Return the day of an instant, for tables."""
    return f"{moment:%Y-%m-%d}" if moment else ""


def print_json(value: Any) -> None:
    """Print JSON, indented, in UTF-8 whatever the locale is."""
    print_bytes(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


# Policies are untrusted text, and terminals obey escape sequences. Colours, which are ours, may stay.
_COMMANDS = re.compile(r"\x1b(?!\[[0-9;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]")


def print_bytes(text: str) -> None:
    """Print text as it is: no translation of line ends, always UTF-8; a terminal gets no control characters."""
    if sys.stdout.isatty():
        text = _COMMANDS.sub("\ufffd", text)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table with a line of heads: columns as wide as their content, numbers to the right."""
    table = [[str(cell) for cell in row] for row in rows]
    numeric = [any(row[n] for row in table) and all(_number(row[n]) for row in table) for n in range(len(heads))]
    widths = [max(len(cell) for cell in column) for column in zip(heads, *table, strict=True)]
    for row in [list(heads), *table]:
        cells = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        print("  ".join(cells).rstrip())


def print_data(value: Any, form: DataFormat | None, rows: str | None = None) -> None:
    """Print what a command found for a program: as JSON, or its rows as JSON Lines or CSV.

    `rows` is the key of a JSON object's list of rows; without it the value is the list, or the one row. CSV has a
    column for each key; values of several parts are JSON in it.
    """
    listed = value[rows] if rows is not None else value if isinstance(value, list) else [value]
    if form == "jsonl":
        print_bytes("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in listed))
    elif form == "csv":
        heads = list(dict.fromkeys(key for row in listed for key in row))
        print_csv(heads, ([_cell(row.get(key)) for key in heads] for row in listed))
    else:
        print_json(value)


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | bool) else value


def print_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print CSV (RFC 4180), with LF as line end."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    print_bytes(lines.getvalue())


def write_file(path: Path, content: bytes) -> None:
    """Write a file that the user named, whole or not at all; `ConfigurationError` says why it cannot be written."""
    unfinished = path.with_name(f"{path.name}.unfinished") if path.name else path
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a pipe or a device; a folder says that it is one
            return
        try:
            unfinished.write_bytes(content)
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}; name another file") from error


def _number(cell: str) -> bool:
    return not cell or cell.lstrip("+-").isdigit()


def one_line(text: str) -> str:
    """Return text with each run of white space as one space."""
    return " ".join(text.split())
