"""Lists of services as people have them: one per line, CSV, or the OPML of a feed reader."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat

_COLUMNS = ("url", "address", "website", "site", "domain", "service", "name")
"""Heads of the column that is read, the most telling first; without any of them the first column is."""
_MOST_LINES = 50
"""Lines of one row: a cell in quotation marks may have line ends."""
_OUTLINE = ("htmlurl", "url", "xmlurl")


def addresses(text: str) -> list[tuple[int, str]]:
    """Return what each line of a list names, with the line's number; ValueError says why a list cannot be read.

    Empty lines and those that begin with ``#`` name nothing, and what comes after white space and ``#`` is a remark.
    """
    if text.lstrip().startswith("<"):
        return _opml(text)
    return _table(text)


def _table(text: str) -> list[tuple[int, str]]:
    lines = text.splitlines()
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    separator = next((sign for sign in ("\t", ";", ",") if sign in first), ",")
    column: int | None = None
    found = []
    for number, row in _rows(lines, separator):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        if column is None:
            heads = [cell.lower() for cell in cells]
            named = next((heads.index(name) for name in _COLUMNS if name in heads), None)
            column = named or 0
            if named is not None:
                continue
        cell = cells[column] if column < len(cells) else ""
        found.append((number, re.sub(r"\s+#.*", "", cell)))
    return found


def _rows(lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table, each with the number of its first line.

    A line that is no CSV, such as one with a quotation mark that nothing closes, is a row of one cell, so that it takes
    no other line with it.
    """
    place = 0
    while place < len(lines):
        row, after = [lines[place]], place + 1
        if '"' in lines[place]:
            for end in range(after, min(place + _MOST_LINES, len(lines)) + 1):
                with suppress(csv.Error):
                    row, after = next(csv.reader(lines[place:end], delimiter=separator, strict=True)), end
                    break
        else:
            row = lines[place].split(separator)
        yield place + 1, row
        place = after


def _opml(text: str) -> list[tuple[int, str]]:
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text):
        raise ValueError("not read: an OPML needs no DOCTYPE")
    found: list[tuple[int, str]] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.lower() == "outline":
            lower = {name.lower(): value for name, value in attributes.items()}
            url = next((lower[name] for name in _OUTLINE if lower.get(name)), None)
            if url is not None:
                found.append((parser.CurrentLineNumber, url))

    parser.StartElementHandler = start
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise ValueError(f"not OPML: {error}") from error
    return found
