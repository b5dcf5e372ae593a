"""Documents of the catalogue written as TOML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.catalogue.entries import ServiceEntry, SourceEntry
from harvester.catalogue.toml_edits import string
from harvester.catalogue.watched_pages import ExtractEntry


def service_table(documents: Sequence[ServiceEntry]) -> str:
    """Return the table of a service with some documents."""
    lines = ["[[service]]", f"name = {string(documents[0].service)}"]
    if documents[0].domain:
        lines.append(f"domain = {string(documents[0].domain)}")
    policy = next((one for one in documents if one.type == PRIVACY_POLICY), None)
    others = [one for one in documents if one is not policy]
    if policy is not None and not policy.sources and others:
        policy, others = None, list(documents)
    own = "".join(f"{line}\n" for line in [*lines, *(_keys(policy) if policy else [])])
    return "\n".join([own, *map(document_table, others)])


def document_table(entry: ServiceEntry) -> str:
    """Return the table of one document of a service."""
    return "".join(f"{line}\n" for line in ["[[service.document]]", f"type = {string(entry.type)}", *_keys(entry)])


def _keys(entry: ServiceEntry) -> list[str]:
    lines = []
    if entry.combine:
        lines.append("".join(source_lines(entry.combine, "combine")).rstrip("\n"))
    elif entry.sources:
        lines.append(f"sources = [{', '.join(map(_source_toml, entry.sources))}]")
    if entry.extract:
        lines.append(f"extract = {_extracts_toml(entry.extract)}")
    if entry.sample:
        lines.append(f"sample = {string(entry.sample)}")
    if entry.archives:
        lines.append(f"archives = {_value(entry.archives)}")
    return lines


def source_lines(sources: Sequence[SourceEntry], key: str = "sources") -> list[str]:
    """Return the lines of the key ``sources`` or ``combine``, one for each source; none without sources."""
    if not sources:
        return []
    return [f"{key} = [\n", *(f"    {_source_toml(source)},\n" for source in sources), "]\n"]


def _source_toml(source: SourceEntry) -> str:
    facts = [f"url = {string(source.url)}"]
    facts += _days(source.since, source.until)
    if source.extract:
        facts.append(f"extract = {_extracts_toml(source.extract)}")
    return "{ " + ", ".join(facts) + " }"


def _days(since: datetime | None, until: datetime | None) -> list[str]:
    return [f"{key} = {when:%Y-%m-%d}" for key, when in (("from", since), ("to", until)) if when]


def _extracts_toml(extracts: Sequence[ExtractEntry]) -> str:
    """Return what is extracted of a page: an inline table, or a list of them."""
    written = [_extract_toml(one) for one in extracts]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _extract_toml(extract: ExtractEntry) -> str:
    facts = [f"{key} = {_value(parts)}" for key, parts in extract.selection.as_dict().items()]
    return "{ " + ", ".join([*facts, *_days(extract.since, extract.until)]) + " }"


def _value(value: str | Sequence[str | dict[str, str]] | dict[str, str]) -> str:
    if isinstance(value, str):
        return string(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {string(one)}" for key, one in value.items()) + " }"
    return f"[{', '.join(map(_value, value))}]"


def as_extracted(source: SourceEntry, present: Iterable[SourceEntry]) -> SourceEntry:
    """Return a source with what is extracted of its page at present: a form has only its address and days."""
    same = [one for one in present if one.url == source.url]
    if not same or source.extract:
        return source
    # An address may come twice, for other days.
    nearest = max(same, key=lambda one: (one.since == source.since) + (one.until == source.until))
    return source.model_copy(update={"extract": nearest.extract})
