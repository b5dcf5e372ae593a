"""How commands print: days, tables, JSON, CSV, files."""

from __future__ import annotations

import io
import json
import os
import re
import select
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harvester.csv_lines import csv_writer
from harvester.errors import ConfigurationError
from harvester.files import replacing

if TYPE_CHECKING:
    from harvester.cli.options import DataFormat


def day(moment: datetime | None) -> str:
    """Return the day of an instant, for tables."""
    return f"{moment:%Y-%m-%d}" if moment else ""


def print_json(value: Any) -> None:
    """Print JSON, indented, in UTF-8 whatever the locale is."""
    print_bytes(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


# Policies, addresses and errors are untrusted text, and terminals obey escape sequences. The few that we write stay:
# bold and the colours of a diff (`diffing.render.plain`).
_COMMANDS = re.compile(
    r"\x1b(?!\[(?:0|1|4;32|9;31|2;36)m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)


def harmless(text: str) -> str:
    """Return text without what a terminal would obey, each such character as U+FFFD."""
    return _COMMANDS.sub("\ufffd", text)


class _Terminal(io.TextIOWrapper):
    """A terminal that gets harmless text only."""

    def write(self, text: str) -> int:
        return super().write(harmless(text))


def open_streams() -> None:
    """Let what this process prints go nowhere where it was started without a stream (`>&-`).

    What it opens next would get the stream's number otherwise, and what is printed would be written into that file.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (until the process ends)
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def wants_colours() -> bool:
    """Return whether a terminal is to show colours and bold: unless NO_COLOR (no-color.org) or its kind forbid it."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def guard_terminals() -> None:
    """Let nothing that this process prints command the terminal, whatever wrote the text; files get it unchanged."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and not isinstance(stream, _Terminal) and stream.isatty():
            stream.flush()
            guarded = _Terminal(stream.buffer, stream.encoding, "backslashreplace", line_buffering=True)
            setattr(sys, name, guarded)


def reader_has_gone() -> bool:
    """Return whether standard output is a pipe that nobody reads any more (`harvester log x | head`)."""
    waiting = select.poll()
    waiting.register(sys.stdout.fileno(), 0)
    return any(event & select.POLLERR for _, event in waiting.poll(0))


def print_bytes(text: str) -> None:
    """Print text as it is: no translation of line ends, always UTF-8; a terminal gets no control characters."""
    if sys.stdout.isatty():
        text = harmless(text)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def print_document(content: bytes) -> None:
    """Print a file that is no text; a terminal does not get it."""
    if sys.stdout.isatty():
        raise ConfigurationError("a terminal cannot show a document: send it to a file, as with `> change.docx`")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
"""What would begin a row of its own inside a cell."""


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table with a line of heads: columns as wide as their content, numbers to the right."""
    table = [[_BREAKS.sub(" ", str(cell)) for cell in row] for row in rows]
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


def some(names: Sequence[str], most: int = 10) -> str:
    """Return the first of some names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def print_asked(archives: Mapping[str, Sequence[str]]) -> None:
    """Print which archives are asked for which services, a line for each set of archives."""
    services: dict[tuple[str, ...], list[str]] = {}
    for service, names in archives.items():
        services.setdefault(tuple(names), []).append(service)
    for names, of in services.items():
        print(f"archives asked for {some(of)}: {', '.join(names)}")


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | bool) else value


def print_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print CSV (RFC 4180), with LF as line end.

    People open it in spreadsheets, which take a text that begins with ``=``, ``+``, ``-`` or ``@`` for a formula: an
    apostrophe before it makes it text. JSON has every text unchanged.
    """
    lines = io.StringIO()
    writer = csv_writer(lines.write)
    writer.writerow(heads)
    writer.writerows([_not_a_formula(cell) for cell in row] for row in rows)
    print_bytes(lines.getvalue())


_FORMULA = re.compile(r"[\s\x00]*(?:[=@]|[+-](?![\d.]+\Z))")
"""A text that a spreadsheet would compute; a number with a sign is none."""


def _not_a_formula(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def write_file(path: Path, content: bytes) -> None:
    """Write a file that the user named, whole or not at all; `ConfigurationError` says why it cannot be written."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a pipe or a device; a folder says that it is one
            return
        with replacing(path) as draft:
            draft.write_bytes(content)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}; name another file") from error


def _number(cell: str) -> bool:
    return not cell or cell.lstrip("+-").replace(".", "", 1).isdigit()


def one_line(text: str) -> str:
    """Return text with each run of white space as one space."""
    return " ".join(text.split())
