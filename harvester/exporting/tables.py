"""``export jsonl|csv|parquet``: versions, changes and the ledger as tables, with a card that says what they are."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Literal

from sqlalchemy.orm import Session

from harvester.csv_lines import csv_writer
from harvester.errors import ConfigurationError
from harvester.exporting.data_card import COLUMNS, COLUMNS_OF_DATASET, PANEL, data_card
from harvester.exporting.destination import Destination
from harvester.files import replacing
from harvester.store.content.stored_form import printable
from harvester.store.read.panel import panel_rows
from harvester.store.read.snapshots import service_names
from harvester.store.read.tables import Row, change_rows, ledger_rows, state, version_rows

Format = Literal["jsonl", "csv", "parquet"]
Write = Callable[[Row], None]
RowsOf = Callable[[Session, int, str], Iterator[Row]]
"""Yields the rows of a table that are of one service, given its number and its name."""
TABLES: dict[str, RowsOf] = {"versions": version_rows, "changes": change_rows, "ledger": ledger_rows}
_COLUMNS = {**COLUMNS, **COLUMNS_OF_DATASET, "panel": PANEL}
_PROGRESS = ".harvester-tables.json"
_ROWS_IN_A_GROUP = 1_000


@dataclass(frozen=True, slots=True)
class Tabled:
    """Rows of each table."""

    rows: dict[str, int]


def export_tables(session: Session, folder: Path, form: Format, *, services: Sequence[str] = ()) -> Tabled:
    """Write ``versions``, ``changes`` and ``ledger`` in one format, and ``README.md``.

    Tables that an export of the same state of the store has finished are not written again.
    """
    chosen = service_names(session, services)
    require_format(form)
    with Destination.claim(folder, form, {"services": sorted(services)}) as destination:
        rows = write_tables(destination, session, chosen, TABLES, form)
        destination.write("README.md", data_card(session, form, chosen, rows).encode("utf-8"))
        return Tabled(rows)


def require_format(form: Format) -> None:
    """Raise `ConfigurationError` when what writes a format is not installed."""
    if form == "parquet":
        _pyarrow()


def write_tables(
    destination: Destination,
    session: Session,
    services: Sequence[tuple[int, str]],
    tables: Mapping[str, RowsOf],
    form: Format,
) -> dict[str, int]:
    """Write tables of some services (numbers and names) and return their numbers of rows, in the order of `tables`.

    Those that an export of the same state of the store has finished are not written again.
    """
    writing = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}[form]
    now = state(session)
    rows = _finished(destination, now)
    if rows:
        destination.keeps(_PROGRESS)  # also where no table is left to write
    for table, read_rows in tables.items():
        name = f"{table}.{form}"
        if table in rows and destination.keeps(name):
            continue
        count = 0
        with destination.writing(name) as file, writing(file, table) as write:
            for number, service in services:
                for row in read_rows(session, number, service):
                    write(row)
                    count += 1
        rows[table] = count
        destination.write(_PROGRESS, json.dumps({"state": now, "rows": rows}, sort_keys=True).encode())
    return {table: rows[table] for table in tables}


def export_panel(session: Session, file: Path, *, services: Sequence[str] = ()) -> int:
    """Write services by half-year to one file, CSV, JSON Lines or Parquet by its ending, and return the rows."""
    writers = {".jsonl": _jsonl, ".csv": _csv, ".parquet": _parquet}
    if (writing := writers.get(file.suffix.lower())) is None:
        raise ConfigurationError(f"export panel: {file.name} must end in .csv, .jsonl or .parquet")
    count = 0
    content = io.BytesIO()
    with writing(content, "panel") as write:
        for number, service in service_names(session, services):
            for row in panel_rows(session, number, service):
                write(row)
                count += 1
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as draft:
            draft.write_bytes(content.getvalue())
    except OSError as error:
        raise ConfigurationError(
            f"export panel: {file} cannot be written: {error.strerror}; name another file"
        ) from error
    return count


def _finished(destination: Destination, now: str) -> dict[str, int]:
    """Return the tables that an earlier run finished, with their rows, if the store has not changed since."""
    try:
        noted = json.loads(destination.path(_PROGRESS).read_bytes())
        return dict(noted["rows"]) if noted["state"] == now else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _plain(value: Any) -> Any:
    """Return a value for JSON: times in ISO 8601, UTC."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return printable(value) if isinstance(value, str) else value


@contextmanager
def _jsonl(file: IO[bytes], table: str) -> Iterator[Write]:
    def write(row: Row) -> None:
        line = json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False)
        file.write(line.encode("utf-8") + b"\n")

    yield write


@contextmanager
def _csv(file: IO[bytes], table: str) -> Iterator[Write]:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv_writer(text.write)
    writer.writerow(column.name for column in _COLUMNS[table])

    def write(row: Row) -> None:
        plain = (_plain(row[column.name]) for column in _COLUMNS[table])
        writer.writerow(json.dumps(one, ensure_ascii=False) if isinstance(one, list) else one for one in plain)

    yield write
    text.detach()


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ConfigurationError("export parquet: install pyarrow: pip install 'harvester[research]'") from error
    return pyarrow


@contextmanager
def _parquet(file: IO[bytes], table: str) -> Iterator[Write]:
    arrow = _pyarrow()
    types = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "time": arrow.timestamp("s", tz="UTC"),
        "list of strings": arrow.list_(arrow.string()),
    }
    schema = arrow.schema([(column.name, types[column.type]) for column in _COLUMNS[table]])
    group: list[Row] = []
    with arrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:

        def flush() -> None:
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))
            group.clear()

        def write(row: Row) -> None:
            group.append({name: printable(one) if isinstance(one, str) else one for name, one in row.items()})
            if len(group) >= _ROWS_IN_A_GROUP:
                flush()

        yield write
        flush()
