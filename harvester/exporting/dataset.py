"""``export dataset``: the tables with topics and statements, and all that a published data set needs beside them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from harvester._version import __version__
from harvester.exporting.data_card import COLUMNS, COLUMNS_OF_DATASET, Column, data_card
from harvester.exporting.destination import Destination
from harvester.exporting.tables import TABLES, Format, RowsOf, Tabled, require_format, write_tables
from harvester.store.read.snapshots import service_names
from harvester.store.read.tables import extent, topic_rows

TITLE = "Histories of privacy policies"
UNKNOWN = ":unav"
"""DataCite's code for a value that is not known yet."""
_CORPUS = "10.1145/3442381.3450048"
_TYPES = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "time": "datetime",
    "list of strings": "array",
}
_MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
}


@dataclass(frozen=True, slots=True)
class About:
    """What only its publisher knows of a data set. `licence` is of the tables, an SPDX name."""

    title: str = TITLE
    creators: tuple[str, ...] = ()
    publisher: str = ""
    licence: str = ""


def export_dataset(
    session: Session,
    folder: Path,
    form: Format,
    statement_rows: RowsOf,
    *,
    about: About | None = None,
    services: Sequence[str] = (),
) -> Tabled:
    """Write the tables with ``topics`` and ``statements``, and metadata: equal stores give equal files.

    Beside the tables are a data card, notes on licences, ``CITATION.cff``, ``datacite.json``, ``datapackage.json``
    and ``SHA256SUMS``.
    """
    require_format(form)
    about = about or About()
    chosen = service_names(session, services)
    tables = {**TABLES, "topics": topic_rows, "statements": statement_rows}
    with Destination.claim(folder, "dataset", {"services": sorted(services), "format": form}) as destination:
        rows = write_tables(destination, session, chosen, tables, form)
        found = extent(session, [number for number, _ in chosen])
        years = (found.first, found.last)
        files = [f"{table}.{form}" for table in tables]
        texts = {
            "README.md": data_card(session, form, chosen, rows, {**COLUMNS, **COLUMNS_OF_DATASET}) + _BESIDE,
            "LICENCES.md": _licences(about),
            "CITATION.cff": _citation(about, years),
            "datacite.json": _json(_datacite(about, years, form, sum(rows.values()))),
        }
        for name, text in texts.items():
            destination.write(name, text.encode("utf-8"))
        sums = {name: _sha256(destination.path(name)) for name in (*files, *texts)}
        package = _json(_package(about, form, rows, sums, destination)).encode("utf-8")
        destination.write("datapackage.json", package)
        sums["datapackage.json"] = hashlib.sha256(package).hexdigest()
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
        destination.write("SHA256SUMS", lines.encode("utf-8"))
        return Tabled(rows)


def _datacite(about: About, years: tuple[datetime | None, datetime | None], form: Format, rows: int) -> dict[str, Any]:
    """Return metadata by DataCite's schema 4.5, ready for a registration, which adds the identifier."""
    first, last = years
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Histories of documents"},
        "titles": [{"title": about.title}],
        "creators": [{"name": name} for name in about.creators] or [{"name": UNKNOWN}],
        "publisher": {"name": about.publisher or UNKNOWN},
        "publicationYear": str(last.year) if last else UNKNOWN,
        "subjects": [{"subject": one} for one in ("privacy policies", "web archives", "text reuse and change")],
        "dates": [{"date": f"{first:%Y-%m-%d}/{last:%Y-%m-%d}", "dateType": "Collected"}] if first and last else [],
        "descriptions": [
            {
                "description": "Versions of privacy policies as web archives captured them, the changes between them, "
                "the topics of each version, and statements about each change with the passages that prove it.",
                "descriptionType": "Abstract",
            }
        ],
        "rightsList": [{"rights": "Tables and metadata", "rightsIdentifier": about.licence}] if about.licence else [],
        "formats": [_MEDIA_TYPES[form]],
        "sizes": [f"{rows} rows"],
        "version": __version__,
        "relatedIdentifiers": [
            {
                "relatedIdentifier": _CORPUS,
                "relatedIdentifierType": "DOI",
                "relationType": "References",
            }
        ],
    }


def _package(
    about: About, form: Format, rows: Mapping[str, int], sums: Mapping[str, str], destination: Destination
) -> dict[str, Any]:
    """Return the description of the tables by the Data Package standard (version 1)."""
    columns = {**COLUMNS, **COLUMNS_OF_DATASET}
    resources = []
    for table in rows:
        name = f"{table}.{form}"
        resources.append(
            {
                "name": table,
                "path": name,
                "format": form,
                "mediatype": _MEDIA_TYPES[form],
                "bytes": destination.path(name).stat().st_size,
                "hash": f"sha256:{sums[name]}",
                "schema": {"fields": [_field(one) for one in columns[table]]},
            }
        )
    licences = [{"name": about.licence, "title": "tables and metadata only; see LICENCES.md"}] if about.licence else []
    return {
        "profile": "data-package",
        "name": "histories-of-privacy-policies",
        "title": about.title,
        **({"licenses": licences} if licences else {}),
        "resources": resources,
    }


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": _TYPES[column.type], "description": column.meaning}


def _citation(about: About, years: tuple[datetime | None, datetime | None]) -> str:
    last = years[1]
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this data set, please cite it, and the web archives that captured the pages."',
        "type: dataset",
        f"title: {json.dumps(about.title, ensure_ascii=False)}",
        "authors:",
        *(f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in about.creators or ("unknown",)),
        f"version: {json.dumps(__version__)}",
    ]
    if last is not None:
        lines.append(f'date-released: "{last:%Y-%m-%d}"')
    if about.licence:
        lines.append(f"license: {about.licence}")
    lines += ["references:", "  - type: article", "    title: harvester", f"    doi: {_CORPUS}"]
    lines[-2] = '    title: "Privacy Policies over Time: Curation and Analysis of a Million-Document Dataset"'
    lines += ["    authors:", "      - {given-names: Ryan, family-names: Amos}", '      - {name: "and others"}']
    return "\n".join([*lines, ""])


def _licences(about: About) -> str:
    tables = (
        f"`{about.licence}`, given by the publisher of this data set"
        if about.licence
        else "none yet: whoever publishes this data set may choose one (and should, in `datacite.json` and here)"
    )
    return _LICENCES.format(tables=tables)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_LICENCES = """# Licences

| part | licence |
|---|---|
| texts of policies (`text`, and the passages in `statements`) | none: they are the services' own, perhaps copyrighted |
| captures | the terms of use of the archives that `README.md` names apply |
| tables and metadata (dates, counts, kinds, topics, statements without their passages) | {tables} |

Quotation, research, and text and data mining are allowed by the law of many places; publishing whole texts may not be.
Drop the column `text` before you publish where you have no right to it: `sha256` still names each text.
"""

_BESIDE = """## Files beside the tables

`LICENCES.md`, `CITATION.cff`, `datacite.json` (DataCite 4.5, without an identifier; `:unav` is a value to fill in),
`datapackage.json` (Data Package: every table and column), and `SHA256SUMS` (`sha256sum --check SHA256SUMS`).

Statements are made by rules from the words of each change and are not all right; each has the passages that prove it.
"""
