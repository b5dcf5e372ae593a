"""Lists of services as people have them: one per line, CSV, or the OPML of a feed reader."""

from __future__ import annotations

import csv
import re
from xml.parsers import expat

_COLUMNS = ("url", "address", "website", "site", "domain", "service", "name")
"""Heads of the column that is read, the most telling first; without any of them the first column is."""
_OUTLINE = ("htmlurl", "url", "xmlurl")


def addresses(text: str) -> list[tuple[int, str]]:
    """Return what each line of a list names, with the line's number; ValueError says why a list cannot be read.

    Empty lines and those that begin with ``#`` name nothing.
    """
    if text.lstrip().startswith("<"):
        return _opml(text)
    return _table(text)


def _table(text: str) -> list[tuple[int, str]]:
    first = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    separator = next((sign for sign in ("\t", ";", ",") if sign in first), ",")
    reader = csv.reader(text.splitlines(), delimiter=separator)
    column: int | None = None
    found = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if column is None:
                heads = [cell.lower() for cell in cells]
                named = next((heads.index(name) for name in _COLUMNS if name in heads), None)
                column = named or 0
                if named is not None:
                    continue
            found.append((reader.line_num, cells[column] if column < len(cells) else ""))
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: not CSV: {error}") from error
    return found


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
