"""Rows as CSV (RFC 4180) with LF as line end."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any


def csv_writer(write: Callable[[str], object]) -> Any:
    """Return a `csv.writer` that gives each row, with its line end, to `write`."""
    # With LF as its own line end Python leaves a lone CR unquoted, and readers begin a row there.
    return csv.writer(_Lines(write), lineterminator="\r\n")


class _Lines:
    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    def write(self, row: str) -> object:
        return self._write(f"{row[:-2]}\n")
