"""Lists of rows, as Python, pandas and notebooks take them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from html import escape
from typing import Any, Generic, TypeVar, overload

Row = TypeVar("Row")
"""An item of a list: a dataclass; its public fields are the columns."""
SHOWN = 20
"""Rows of a table in a notebook: half from each end if there are more."""


class Records(Sequence[Row], Generic[Row]):
    """A list of rows; ``pandas.DataFrame(rows.to_records())`` is a table of them. Notebooks show it as a table."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = list(rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Records[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Records[Row]:
        return Records(self._rows[at]) if isinstance(at, slice) else self._rows[at]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self._rows)} rows>"

    def _repr_html_(self) -> str:
        """Return the rows as an HTML table, for notebooks; values are escaped, since pages wrote them."""
        shown = self._rows if len(self._rows) <= SHOWN else [*self._rows[: SHOWN // 2], *self._rows[-SHOWN // 2 :]]
        rows = Records(shown).to_records()
        head = "".join(f"<th>{escape(name)}</th>" for name in (rows[0] if rows else ()))
        body = ["".join(f"<td>{_cell(value)}</td>" for value in row.values()) for row in rows]
        if len(shown) < len(self._rows):
            body.insert(SHOWN // 2, f'<td colspan="{len(rows[0])}">…</td>')
        lines = "".join(f"<tr>{cells}</tr>" for cells in body)
        count = f"<p>{len(self._rows)} rows</p>"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>{count}"

    def to_records(self) -> list[dict[str, Any]]:
        """Return each row as a dictionary of plain values (text, numbers, aware datetimes, lists)."""
        return [{one.name: getattr(row, one.name) for one in fields(row) if one.repr} for row in self._rows]  # type: ignore[arg-type]


class LazyRecords(Records[Row]):
    """Rows that are read page by page as they are needed: a slice from the start reads no more than it has.

    `read_page` returns the rows behind a cursor (None: the first ones) and the next cursor, None after the last page.
    A page that could not be read is read again the next time, so that no row is ever missing without an error.
    """

    def __init__(self, read_page: Callable[[str | None], tuple[Sequence[Row], str | None]]) -> None:
        super().__init__(())
        self._read_page = read_page
        self._cursor: str | None = None
        self._is_whole = False

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Records[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Records[Row]:
        if isinstance(at, slice):
            forward = at.stop is not None and min(at.start or 0, at.stop, at.step or 1) >= 0
            self._read(at.stop if forward else None)
        else:
            self._read(at + 1 if at >= 0 else None)
        return super().__getitem__(at)

    def __len__(self) -> int:
        self._read(None)
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        at = 0
        while True:
            self._read(at + 1)
            if at >= len(self._rows):
                return
            yield self._rows[at]
            at += 1

    def __repr__(self) -> str:
        return f"<rows, {len(self._rows)} read so far>"

    def _repr_html_(self) -> str:
        self._read(None)
        return super()._repr_html_()

    def to_records(self) -> list[dict[str, Any]]:
        """Return all rows; see `Records.to_records`."""
        self._read(None)
        return super().to_records()

    def _read(self, number: int | None) -> None:
        """Read pages until there are so many rows, None: all."""
        while not self._is_whole and (number is None or len(self._rows) < number):
            page, self._cursor = self._read_page(self._cursor)
            self._rows += page
            self._is_whole = self._cursor is None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    value = getattr(value, "text", value)  # a snippet
    text = f"{value:.3g}" if isinstance(value, float) else str(value)
    return escape(text if len(text) <= 200 else f"{text[:199]}…")
