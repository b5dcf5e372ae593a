"""The card that goes with exported tables: what each column is, where the data is from, what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from harvester._version import __version__
from harvester.cleaner import CLEANER_VERSION
from harvester.store.outcome import MEANING
from harvester.store.read.missing import no_policy_since, without_versions
from harvester.store.read.tables import extent

ColumnType = Literal["string", "integer", "number", "time", "list of strings"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, type and meaning."""

    name: str
    type: ColumnType
    meaning: str


def _columns(*columns: tuple[str, ColumnType, str]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in columns)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "versions": _columns(
        ("service", "string", "the service whose policy it is"),
        ("number", "integer", "place in the service's history, from 1"),
        ("first_seen", "time", "first capture that shows this text"),
        ("last_seen", "time", "last capture that shows it before the next version"),
        ("captures", "integer", "captures from first_seen to last_seen"),
        ("texts", "integer", "texts folded into this version because they only alternated; 1: none"),
        ("switches", "integer", "how often they alternated"),
        ("repeats", "time", "first_seen of the latest earlier version with the same text"),
        ("archive", "string", "the web archive, or where it was imported from"),
        ("url", "string", "address of the first capture, as the archive's index has it"),
        ("captured", "time", "the first capture's timestamp in the index"),
        ("cleaner", "string", "version of the cleaner that made the text; corpus or ota: imported as published"),
        ("title", "string", "the page's title"),
        ("sha256", "string", "of the text in UTF-8"),
        ("words", "integer", "words of the text"),
        ("language", "string", "ISO 639-1, und: undetermined"),
        ("language_confidence", "number", "0 to 1, an order, not a probability"),
        ("policy_likelihood", "number", "0 to 1: how much it reads like a privacy policy"),
        ("reading_grade", "number", "Flesch-Kincaid grade; English only"),
        ("page_kind", "string", "policy-or-text, or what else the page seems to be"),
        ("text", "string", "title and Markdown, without the archive's prefixes in links (the comparable text)"),
    ),
    "changes": _columns(
        ("service", "string", "the service whose policy changed"),
        ("number", "integer", "the number of the new version"),
        ("after", "time", "when the old text was last seen"),
        ("before", "time", "when the new text was first seen; the change happened between the two"),
        ("kind", "string", "substantive, minor, cosmetic or technical (only the cleaner changed)"),
        ("words_added", "integer", "words in the new text only"),
        ("words_removed", "integer", "words in the old text only"),
        ("words_moved", "integer", "words that moved"),
        ("share", "number", "0 to 1: how much of the text the change touches"),
        ("headings", "list of strings", "the sections that it touches (in CSV: a JSON list)"),
        ("reasons", "list of strings", "why it is of its kind (in CSV: a JSON list)"),
        ("old_sha256", "string", "of the text before"),
        ("new_sha256", "string", "of the text after"),
    ),
    "ledger": _columns(
        ("service", "string", "the service of the source"),
        ("kind", "string", "capture, interval (a planned half-year or step) or malformed (an unreadable index row)"),
        ("source", "string", "the watched address"),
        ("start", "time", "a capture's timestamp, an interval's beginning"),
        ("end", "time", "an interval's end"),
        ("archive", "string", "the web archive whose index lists it"),
        ("url", "string", "the capture's address, as the index has it"),
        ("seen_at", "time", "the true time of the capture that playback returned instead"),
        ("status", "integer", "HTTP status that day"),
        ("mimetype", "string", "as the index has it"),
        ("digest", "string", "SHA-1, base 32, as the index has it"),
        ("length", "integer", "bytes in the archive's file"),
        ("bytes", "integer", "bytes of the stored page"),
        ("plan", "string", "the sampling that chose it or left it out"),
        ("outcome", "string", "exactly one of the outcomes below"),
        ("reason", "string", "the reason, if the outcome alone does not say"),
        ("cleaner", "string", "version of the cleaner that made its document"),
    ),
}

COLUMNS_OF_DATASET: dict[str, tuple[Column, ...]] = {
    "topics": _columns(
        ("service", "string", "the service whose policy it is"),
        ("number", "integer", "the version's place in the service's history, from 1"),
        ("first_seen", "time", "first capture that shows the version"),
        ("topic", "string", "a topic that some passage of it has"),
        ("blocks", "integer", "paragraphs, list items and cells that have it"),
        ("words", "integer", "words of these"),
    ),
    "statements": _columns(
        ("service", "string", "the service whose policy changed"),
        ("number", "integer", "the number of the new version"),
        ("before", "time", "when the new text was first seen"),
        ("kind", "string", "what the statement is about: period, age, third-party, right, ..."),
        ("happened", "string", "added, removed or changed"),
        ("text", "string", "the statement in words"),
        ("old", "string", "the old value"),
        ("new", "string", "the new value"),
        ("old_passage", "string", "the sentence that had it"),
        ("new_passage", "string", "the sentence that has it"),
    ),
}
"""The tables that only `export dataset` has."""

PANEL = _columns(
    ("service", "string", "the service"),
    ("half_year", "string", "2014-H1: January to June of 2014; empty: nothing is known of the service"),
    ("start", "time", "first instant of the half-year"),
    ("end", "time", "first instant after it"),
    ("captures", "integer", "captures known of its addresses in the half-year"),
    ("seen", "integer", "of these, captures that show a policy"),
    ("outcome", "string", "stored: a policy was seen; else the commonest outcome of the captures, or of the plan"),
    ("reason", "string", "the reason, if the outcome alone does not say"),
    ("version", "integer", "number of the version in force at the end; if nothing was seen, the last one before"),
    ("changes", "integer", "changes first seen in the half-year"),
    ("substantive", "integer", "of these, substantive ones"),
    ("words_added", "integer", "words that these changes added"),
    ("words_removed", "integer", "words that they removed"),
    ("sha256", "string", "of the version's text"),
    ("words", "integer", "words of the version"),
    ("language", "string", "ISO 639-1, und: undetermined"),
    ("policy_likelihood", "number", "0 to 1: how much it reads like a privacy policy"),
    ("reading_grade", "number", "Flesch-Kincaid grade; English only"),
)
"""The columns of `export panel`."""

OUTCOMES = {str(one): said for one, said in MEANING.items()} | {
    "malformed": "of a row of the index: it could not be read"
}
"""The meaning of each outcome, for readers of the tables without harvester."""


_ORIGIN_AND_TERMS = (
    "Pages were captured by these web archives, or imported from collections made from them (`corpus`: the "
    "Princeton-Leuven Longitudinal Corpus of Privacy Policies, Amos et al., 2021; `ota:…`: Open Terms Archive). "
    "A version is dated by captures: the policy was published at some time before. What the archive did not "
    "capture is not here; the ledger lists each capture searched for and its outcome.",
    "",
    "## Terms of use",
    "",
    "The texts are the services' own and may be under their copyright; the export gives no licence to them. "
    "Quotation, research and text mining are allowed by the law of many places, and publishing whole texts may "
    "not be. The archives' terms of use apply to what came from them. The tables around the texts (dates, counts, "
    "kinds) are facts; who publishes them may choose a licence.",
    "",
    "Times are UTC. Empty cells (null) mean unknown or not applicable.",
    "",
)


def data_card(
    session: Session,
    form: str,
    services: Sequence[tuple[int, str]],
    rows: Mapping[str, int],
    tables: Mapping[str, tuple[Column, ...]] = COLUMNS,
) -> str:
    """Return the README.md of an export, in Markdown; it depends only on the store's content."""
    found = extent(session, [number for number, _ in services])
    lines = [
        "# Histories of privacy policies",
        "",
        f"{len(services)} services, {rows['versions']} versions, {rows['changes']} changes, {rows['ledger']} lines of "
        f"ledger. Exported as {form} by harvester {__version__} (cleaner {CLEANER_VERSION}).",
        "",
    ]
    if found.first is not None and found.last is not None:
        lines += [f"The texts were captured from {found.first:%Y-%m-%d} to {found.last:%Y-%m-%d}.", ""]
    lines += _without_a_policy(session, [number for number, _ in services])
    lines += [
        "## Origin",
        "",
        "| archive | captures known | captures that show a policy |",
        "|---|---:|---:|",
    ]
    lines += [f"| {archive} | {known} | {shown} |" for archive, known, shown in found.archives]
    lines += ["", *_ORIGIN_AND_TERMS]
    if form == "csv":
        lines += [
            "Texts are as they were found, and some may begin with a sign that a spreadsheet takes for a formula "
            "(`=`, `+`, `-`, `@`): import the columns of strings as text.",
            "",
        ]
    for table, columns in tables.items():
        lines += [f"## {table}.{form}: {rows[table]} rows", "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| {column.name} | {column.type} | {column.meaning} |" for column in columns]
        lines.append("")
    lines += ["## Outcomes of the ledger", "", "| outcome | meaning |", "|---|---|"]
    lines += [f"| {outcome} | {meaning} |" for outcome, meaning in OUTCOMES.items()]
    lines.append("")
    return "\n".join(lines)


def _without_a_policy(session: Session, services: Sequence[int]) -> list[str]:
    """Return the tables of services that have no version, or no policy any more."""
    lines: list[str] = []
    absent = without_versions(session, services)
    if absent:
        lines += ["## Services without a version", "", "| service | outcome | why |", "|---|---|---|"]
        lines += [f"| {one.service} | {one.outcome} | {_in_cell(one.reason)} |" for one in absent]
        lines.append("")
    unseen = no_policy_since(session, services)
    if unseen:
        lines += [
            "## Services whose latest capture shows no policy",
            "",
            "| service | since when, and why |",
            "|---|---|",
        ]
        lines += [f"| {one.service} | {_in_cell(one.words)} |" for one in unseen]
        lines.append("")
    return lines


def _in_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
