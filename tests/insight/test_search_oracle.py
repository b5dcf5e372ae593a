"""Searches on both databases beside an oracle in plain Python that knows neither FTS5 nor tsvector."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from itertools import groupby
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from harvester.diffing.text.blocks import read_blocks
from harvester.insight.search import search
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.read.series import texts_that_say
from harvester.store.schema import Service, TextRow, Version
from harvester.store.search import fulltext, hits, matches
from harvester.store.search.inflection import stem
from harvester.store.search.query import And, Not, Or, Phrase, Query
from tests.support.store.rows import NOW, a_capture, a_service, a_source

EXAMPLES = int(os.environ.get("SEARCH_EXAMPLES", "10"))

# Words that databases have ideas of their own about: stop words, accents, dotted capitals, ligatures, long s, marks.
IN_TEXTS = (
    "the The THE data Data datum cookie cookies cookie's opt-out interest interests café CAFÉ cafe\u0301 cafe İstanbul"
    " straße STRASSE ﬁnd 30 30. 2016/679 e.g. user@example.com https://x.org/data_protection ΣΊΣΥΦΟΣ σίσυφος"
    " 隐私政策 個人 पहचान naïve x² ½ [data](http://cookie.org/) **data** _the_ – & | \\* ' \" %"
)
ASKED = (
    "the data datum cookie cookies s opt out interest café cafe i\u0307stanbul straße 30 2016 e g org 隐 私 個 σ c ½ प"
)
WORDS = st.sampled_from(IN_TEXTS.split())
LINE = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
TEXT = st.lists(st.one_of(LINE, LINE.map("## {}".format), LINE.map("  * {}".format)), min_size=1, max_size=3).map(
    "\n\n".join
)
ASKED_WORDS = st.lists(st.sampled_from(ASKED.split()), min_size=1, max_size=3).map(tuple)
PHRASE = st.one_of(
    st.builds(Phrase, ASKED_WORDS, st.booleans()), st.builds(Phrase, ASKED_WORDS, inflected=st.just(True))
)
QUERY = st.recursive(
    PHRASE,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(And),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(Or),
    ),
    max_leaves=4,
)


def spoken(query: Query) -> str:
    """The query as a person would type it."""
    if isinstance(query, Phrase):
        return str(query)
    if isinstance(query, Not):
        return f"NOT ({spoken(query.part)})"
    return f" {'AND' if isinstance(query, And) else 'OR'} ".join(f"({spoken(part)})" for part in query.parts)


LANGUAGE = "en"
"""What `a_capture` enters as the language of a text."""


def words_of(visible: str) -> list[str]:
    """The words by the definition of docs/search.md, character by character."""
    found = [""]
    for character in visible:
        if unicodedata.name(character, "").startswith(("CJK UNIFIED", "HANGUL SYLLABLE")):
            found += [character, ""]
        elif character.isalnum() or (found[-1] and "\u0300" <= character <= "\u036f"):
            found[-1] += character
        else:
            found.append("")
    return [
        unicodedata.normalize("NFC", word.lower()).replace("ё", "е").replace("ß", "ss")[:64] for word in found if word
    ]


def answers(comparable: str, query: Query) -> bool:
    """The oracle: whether a text answers to a query."""
    if isinstance(query, Not):
        return not answers(comparable, query.part)
    if isinstance(query, And):
        return all(answers(comparable, part) for part in query.parts)
    if isinstance(query, Or):
        return any(answers(comparable, part) for part in query.parts)
    asked = replace(query, words=tuple(word.replace("ß", "ss") for word in query.words))
    for block in read_blocks(comparable):
        words = words_of(block.with_label_inside().inline.visible)
        for at in range(len(words)):
            there = words[at : at + len(asked.words)]
            if query.prefix and len(there) == len(asked.words):
                there[-1] = there[-1][: len(asked.words[-1])]
            if query.inflected and tuple(stem(word, LANGUAGE) for word in there) == asked.stems(LANGUAGE):
                return True
            if tuple(there) == asked.words:
                return True
    return False


def stored(database: Database, texts: list[str], services: int) -> dict[tuple[str, int], str]:
    """Histories of these texts, dealt out to some services; gives the text of each (service, version number)."""
    with database.writing() as session:
        for place in range(services):
            service = a_service(session, f"service{place}")
            source = a_source(session, service, f"http://service{place}/")
            for number, one in enumerate(texts[place::services]):
                a_capture(session, source, NOW + timedelta(days=30 * number), one)
            refresh(session, service.id, now=NOW)
        fulltext.index_missing(session)
    # What makes a version is the promise of other tests: short texts that alternate within days are folded.
    with database.reading() as session:
        rows = session.execute(
            select(Service.name, TextRow.sha256)
            .join(Version, Version.service_id == Service.id)
            .join(TextRow, TextRow.id == Version.text_id)
            .order_by(Service.name, Version.first_seen)
        ).all()
    by_sha256 = {sha256(one.encode()).hexdigest(): one for one in texts}
    return {
        (name, number): by_sha256[digest]
        for name, versions in groupby(rows, key=lambda row: row[0])
        for number, (_, digest) in enumerate(versions, 1)
    }


def forget(database: Database) -> None:
    with database.writing() as session:
        for table in ("changes", "versions", "captures", "sources", "services"):
            session.execute(text(f"DELETE FROM {table}"))
        if database.is_sqlite:
            session.execute(text("INSERT INTO text_search (text_search) VALUES ('delete-all')"))
        session.execute(text("DELETE FROM texts"))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(TEXT, min_size=2, max_size=8), queries=st.lists(QUERY, min_size=1, max_size=6))
def test_a_search_finds_what_the_oracle_finds(database: Database, texts: list[str], queries: list[Query]) -> None:
    forget(database)
    wanted = stored(database, texts, services=2)
    with database.reading() as session:
        for query in queries:
            page = search(session, spoken(query), limit=100)
            found = [(hit.service, hit.number) for hit in page.hits]
            assert found == sorted(key for key, one in wanted.items() if answers(one, query)), spoken(query)
            assert page.cursor is None
            with patch.multiple(matches, RARE=0, _ONE_BY_ONE=len(texts) // 2, _A_FEW=0):
                assert search(session, spoken(query), limit=100).hits == page.hits, "as common words are looked for"
            with patch.object(hits, "RARE", 0):
                assert search(session, spoken(query), limit=100) == page, "as words of texts that many versions have"
            there = set(session.scalars(select(Version.text_id)))
            assert texts_that_say(session, query) & there == matches.Matches(session, query).among(there)
            for hit in page.hits:
                assert hit.snippet.marks or all(
                    not answers(wanted[hit.service, hit.number], p) for p in positive(query)
                )


def positive(query: Query) -> list[Phrase]:
    if isinstance(query, Phrase):
        return [query]
    return [] if isinstance(query, Not) else [phrase for part in query.parts for phrase in positive(part)]
