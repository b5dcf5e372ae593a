"""Search in time: find which versions of which policies say something, since when and until when.

A query is words, phrases and AND, OR, NOT (`store.search.query`; docs/search.md), answered by the store's index, or a
regular expression, for which the texts are read one by one within a given time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from sqlalchemy.orm import Session

from harvester.dates import iso, parse_iso
from harvester.errors import ConfigurationError
from harvester.insight import snippets
from harvester.insight.snippets import Snippet
from harvester.store.content import documents
from harvester.store.read import versions
from harvester.store.search.hits import Appearance, SearchRows, SearchSpan, more_versions, page_of_hits, texts_within
from harvester.store.search.indexing import passages
from harvester.store.search.inflection import stem
from harvester.store.search.matches import Known, Matches
from harvester.store.search.query import LONGEST_QUERY, Phrase, parse, phrases, widened

REGEX_SECONDS = 10.0
"""Default seconds for which a search by regular expression reads texts."""

_BEGINNING = 2_000
"""Characters of a text in which its first block lies, for queries that only say what is not there."""

Only = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A version that was found, with the place where it says so."""

    service: str
    number: int
    first_seen: datetime
    last_seen: datetime
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some hits, by service and oldest first, and for each of their services when the first and the last one was there.

    `cursor` requests the next page; None: this is the last. `texts_unread` counts the texts that a search by
    regular expression had no time for: 0 means that the answer is whole. `more` counts the versions, up to 1,000, that
    answer to the query only with a ``*`` after each phrase (none for pages after the first, nor for words that most
    texts say).
    """

    hits: list[SearchHit]
    appearances: dict[str, Appearance]
    cursor: str | None
    texts_unread: int = 0
    more: int = 0


def search(
    session: Session,
    query: str,
    *,
    service: str | None = None,
    type_: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    only: Only | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> SearchPage:
    """Return the versions that match `query`, of one document, of a type or of all, that were there at some time
    between `start` and `end`.

    With `only` the first or the last one of each service. Raises `ConfigurationError` when the query or the cursor
    cannot be read, and `UnknownName` for a service that is not there.
    """
    wanted = parse(query)
    matches = Matches(session, wanted)
    span = _span(session, service, type_, start, end)
    found = page_of_hits(session, matches, span, only=only, after=_position(cursor), limit=limit)
    asked = list(phrases(wanted))
    languages = {row.text_id: row.language for row in found.hits}
    texts = documents.texts(session, languages) if languages else {}
    shown = {number: _snippet(texts[number], asked, language) for number, language in languages.items()}
    wider, more = widened(wanted), 0
    if wider != wanted and cursor is None:
        more = more_versions(session, matches, Matches(session, wider), span)
    return _answer(found, shown, more=more)


def search_regex(
    session: Session,
    pattern: str,
    *,
    service: str | None = None,
    type_: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    only: Only | None = None,
    limit: int = 50,
    cursor: str | None = None,
    seconds: float = REGEX_SECONDS,
) -> SearchPage:
    """Search with a regular expression (of the `regex` library), matched within each block, ignoring case.

    It reads texts, oldest first, for at most `seconds`, and counts those it did not reach. Raises
    `ConfigurationError` when the pattern is invalid.
    """
    import regex

    if not pattern or len(pattern) > LONGEST_QUERY:
        raise ConfigurationError(
            f"the regular expression has {len(pattern)} characters; write between 1 and {LONGEST_QUERY}"
        )
    try:
        compiled = regex.compile(pattern, regex.IGNORECASE)
    except (regex.error, RecursionError) as error:
        raise ConfigurationError(f"the regular expression {pattern!r} cannot be read: {error}") from error
    span = _span(session, service, type_, start, end)
    deadline = time.monotonic() + seconds
    found: dict[int, Snippet] = {}
    texts = texts_within(session, span)
    unread = len(texts)
    try:
        for text_id in texts:
            snippet = snippets.of_regex(passages(documents.text(session, text_id)), compiled, deadline)
            if snippet is not None:
                found[text_id] = snippet
            unread -= 1
    except TimeoutError:
        pass  # `texts_unread` says so
    except MemoryError as error:
        raise ConfigurationError(
            f"the regular expression {pattern!r} needs too much memory; it may recurse without end"
        ) from error
    matches = Known(frozenset(found))
    rows = page_of_hits(session, matches, span, only=only, after=_position(cursor), limit=limit)
    return _answer(rows, found, texts_unread=unread)


def _answer(found: SearchRows, shown: Mapping[int, Snippet], texts_unread: int = 0, more: int = 0) -> SearchPage:
    """Return what was found with the passages that its texts show."""
    hits = [SearchHit(row.service, row.number, row.first_seen, row.last_seen, shown[row.text_id]) for row in found.hits]
    about = {one.service: one for one in found.appearances}
    return SearchPage(hits, about, _cursor(hits) if found.more else None, texts_unread, more)


def _snippet(comparable: str, asked: Sequence[Phrase], language: str) -> Snippet:
    """Return the passage that shows the phrases. Reading a whole policy as blocks takes 12 ms; most do not need
    that.
    """
    snippet = snippets.of_phrases(_likely(comparable, asked, language), asked, language)
    if snippet.marks:
        return snippet
    return snippets.of_phrases(passages(comparable if asked else comparable[:_BEGINNING]), asked, language)


def _likely(comparable: str, asked: Sequence[Phrase], language: str) -> Iterator[str]:
    """Yield the blocks of the paragraphs that have all words of a phrase, or the common beginning of their forms."""
    begun = [[_beginning(word, language) if one.inflected else word for word in one.words] for one in asked]
    for paragraph in comparable.split("\n\n"):
        lowered = paragraph.lower()
        if any(all(word in lowered for word in words) for words in begun):
            yield from _passages_of_paragraph(paragraph)


def _beginning(word: str, language: str) -> str:
    """Return the common beginning of a word's regular forms: "polic" of policy and policies."""
    stemmed = stem(word, language)
    same = next((at for at, (a, b) in enumerate(zip(word, stemmed, strict=False)) if a != b), len(stemmed))
    return word[:same].rstrip("ey")


@lru_cache(maxsize=4_096)
def _passages_of_paragraph(paragraph: str) -> tuple[str, ...]:
    """Return the passages of a paragraph, cached: versions share paragraphs, and searches are repeated."""
    return tuple(passages(paragraph))


def _span(
    session: Session, service: str | None, type_: str | None, start: datetime | None, end: datetime | None
) -> SearchSpan:
    return SearchSpan(None if service is None else versions.service_id(session, service), start, end, type_)


def _cursor(hits: Sequence[SearchHit]) -> str:
    return json.dumps([hits[-1].service, iso(hits[-1].first_seen)])


def _position(cursor: str | None) -> tuple[str, datetime] | None:
    if cursor is None:
        return None
    try:
        service, first_seen = json.loads(cursor)
        return str(service), parse_iso(first_seen)
    except (ValueError, TypeError) as error:
        raise ConfigurationError(
            f"the cursor {cursor!r} is not from a search: {error}; start again without it"
        ) from error
