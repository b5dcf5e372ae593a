"""Assign the pages of archive files to services: those of the catalogue, and policies of services not yet named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from urllib.parse import urlsplit

from harvester.archive.local.answer import Damaged, answer_of, content_of
from harvester.archive.local.local_archive import LOCAL, LocalArchive
from harvester.archive.local.records import Record
from harvester.archive.playback.naming import naming
from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.catalogue.domains import registrable
from harvester.catalogue.entries import ServiceEntry, SourceEntry
from harvester.errors import TooLarge
from harvester.harvest.steps.capture_page import page_of
from harvester.harvest.steps.clean import clean_apart, discovered
from harvester.harvest.steps.clean_page import Cleaned
from harvester.memento import surt, without_user
from harvester.store.ledger.ledger import Outcome

TRIES = 3
"""Pages of an address that are read before it is judged not to be a policy."""
_HEAD_BYTES = 1 << 14
_TEXT_TYPES = ("text/html", "application/xhtml", "application/pdf", "text/plain")
_LONGEST_NAME = 200


def policies(archive: LocalArchive, known: Set[str]) -> list[str]:
    """Return the addresses, but for the `known` index keys, of which one of the first pages reads as a policy.

    English policies only, by the rule of pages that discovery finds (docs/quality.md). Most pages are told from
    policies by a few words in their bytes; the others are cleaned.
    """
    found: dict[str, str] = {}
    tried: Counter[str] = Counter()
    for record in archive.records():
        key = surt(record.url)
        if key in known or key in found or tried[key] >= TRIES or (body := _page(record, archive)) is None:
            continue
        content, content_type = body
        if not _speaks_of_privacy(content):
            continue
        tried[key] += 1
        if _reads_as_policy(record, content, content_type):
            found[key] = record.url
    return [found[key] for key in sorted(found)]


def all_pages(archive: LocalArchive, known: Set[str]) -> list[str]:
    """Return the addresses of all pages of text, but for the `known` index keys, whatever they say."""
    found: dict[str, str] = {}
    for record in archive.records():
        key = surt(record.url)
        if key not in known and key not in found and _head(record) is not None:
            found[key] = record.url
    return [found[key] for key in sorted(found)]


def name_services(
    urls: Iterable[str], captures: Mapping[str, int], taken: Collection[str], before: Sequence[tuple[str, str]]
) -> tuple[list[ServiceEntry], list[str]]:
    """Return a service for each address, and the addresses that can have none (a bare IP address).

    The address with most captures has the registrable domain for a name, every other one the domain and its path, so
    that two documents of a site never become one history. `taken` are the names of the catalogue; `before` are
    (service, address) pairs of earlier imports, which keep their names.
    """
    names = {surt(url): service for service, url in before}
    used = {*taken, *names.values()}
    entries: dict[str, ServiceEntry] = {}
    nameless: list[str] = []
    for url in sorted(set(urls), key=lambda one: (-captures.get(one, 0), len(one), one)):
        name = names.get(surt(url)) or _free_name(url, used)
        if name is None:
            nameless.append(url)
            continue
        used.add(name)
        entries[name] = ServiceEntry(name=name, sources=(SourceEntry(url=without_user(url)),))
    return [entries[name] for name in sorted(entries)], nameless


def _free_name(url: str, used: Collection[str]) -> str | None:
    parts = urlsplit(url)
    domain = registrable(parts.hostname or "")
    if domain is None:
        return None
    if domain not in used:
        return domain
    slug = re.sub(r"[^a-z0-9]+", "-", f"{parts.path}-{parts.query}".lower()).strip("-") or "page"
    name = f"{domain}-{slug}"[:_LONGEST_NAME].rstrip("-._")
    number = 2
    while name in used:
        name = f"{domain}-{slug}"[:_LONGEST_NAME].rstrip("-._") + f"-{number}"
        number += 1
    return name


def _head(record: Record) -> bytes | None:
    """Return the first bytes of a page of text; None for any other record."""
    if record.kind != "response":
        return None
    try:
        head = record.read(_HEAD_BYTES)
    except (OSError, EOFError):
        return None
    answer = answer_of(head)
    type_ = answer.headers.get("content-type", "text/html").lower()
    return head if answer.status == 200 and type_.startswith(_TEXT_TYPES) else None


def _page(record: Record, archive: LocalArchive) -> tuple[bytes, str] | None:
    """Return the body of a page of text and its type; None for any other record, and for an unreadable one."""
    limit = archive.settings.max_body_bytes
    if record.length > limit or (head := _head(record)) is None:
        return None
    try:
        answer = answer_of(head + b"".join(iter(lambda: record.read(record.length), b"")))
        return content_of(answer, None, limit).body, answer.headers.get("content-type", "")
    except (Damaged, TooLarge, OSError, EOFError):
        # What is damaged is listed by the walk through the file.
        return None


def _speaks_of_privacy(body: bytes) -> bool:
    """Return whether a page has the words that every English policy needs; PDFs hide theirs."""
    if body.startswith(b"%PDF"):
        return True
    text = body.replace(b"\0", b"").lower()
    return text.count(b"privacy") >= 2 and b"collect" in text and b"information" in text


def _reads_as_policy(record: Record, body: bytes, content_type: str) -> bool:
    domain = registrable(urlsplit(record.url).hostname or "")
    if domain is None:
        return False
    page = page_of(body, naming(LOCAL.snapshots, record.moment, record.url), domain, content_type, 200)
    result = clean_apart(page, discovered(PRIVACY_POLICY))
    return isinstance(result, Cleaned) and result.outcome is Outcome.STORED
