"""Search in time: the grammar, the ways to narrow it, pages, snippets, and regular expressions that would never end."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.errors import ConfigurationError, UnknownName
from harvester.insight.search import search, search_regex
from harvester.store.database import Database
from harvester.store.read import versions
from harvester.store.search.indexing import indexed
from harvester.store.search.query import And, Not, Or, Phrase, Query, parse
from tests.support.store.databases import drop_postgresql_database, new_postgresql_database
from tests.support.store.earlier import copy_at


def bare(*words: str) -> Phrase:
    """A phrase without quotation marks."""
    return Phrase(words, inflected=True)


CONSENT, COOKIES = bare("consent"), bare("cookies")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Legitimate interest", bare("legitimate", "interest")),
        ("legitimate interest*", Phrase(("legitimate", "interest"), prefix=True)),
        ("opt-out", bare("opt", "out")),
        ('"AND or NOT"', Phrase(("and", "or", "not"))),
        ('"legit"*', Phrase(("legit",), prefix=True)),
        ("cookies AND consent", And((COOKIES, CONSENT))),
        ('"cookies" "consent"', And((Phrase(("cookies",)), Phrase(("consent",))))),
        ("cookies OR consent AND NOT cookies", Or((COOKIES, And((CONSENT, Not(COOKIES)))))),
        ("(cookies OR consent) NOT cookies", And((Or((COOKIES, CONSENT)), Not(COOKIES)))),
        ("NOT NOT cookies", Not(Not(COOKIES))),
        ("cookies – and – consent", bare("cookies", "and", "consent")),
        ("CAFÉ", bare("café")),
        ("cafe\u0301", bare("café")),
        ("隐私", bare("隐", "私")),
    ],
)
def test_a_query_means_what_the_page_says(written: str, meant: Query) -> None:
    assert parse(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "(",
        ")",
        "a (",
        "(a",
        "a)",
        '"a',
        "AND",
        "a AND",
        "OR a",
        "NOT",
        "*",
        "–",
        '""',
        "a* b",
        "a*b",
        "*a",
        "()",
    ],
)
def test_a_query_that_cannot_be_read_says_how_queries_are_written(written: str) -> None:
    with pytest.raises(ConfigurationError, match=r"cannot be read: .*AND, OR, NOT"):
        parse(written)


def test_an_endless_query_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="at most 1000"):
        parse("(" * 5_000)


@given(st.text(max_size=80))
def test_no_text_that_a_person_types_breaks_a_search(written: str) -> None:
    try:
        parse(written)
    except ConfigurationError:
        return


@pytest.fixture(scope="module")
def nothing_stored(_migrated_sqlite: Path) -> Iterator[Database]:
    """A store without rows, which the test only reads."""
    database = Database(f"sqlite:///{_migrated_sqlite}")
    yield database
    database.close()


@settings(deadline=None)
@given(st.text(alphabet="ab \"()*'%_\\;-^:&|!<>{}~¶\u0301", max_size=30))
def test_no_sign_of_a_database_reaches_it(nothing_stored: Database, written: str) -> None:
    with nothing_stored.reading() as session:
        try:
            assert search(session, written).hits == []
        except ConfigurationError:
            return


def test_versions_are_found_by_service_and_time(either_sample: Database) -> None:
    with either_sample.reading() as session:
        log = versions.log(session, "kettle.example")
        found = search(session, "cookies", service="kettle.example")
        assert [hit.number for hit in found.hits] == [row.number for row in log]
        assert [(hit.first_seen, hit.last_seen) for hit in found.hits] == [(r.first_seen, r.last_seen) for r in log]
        about = found.appearances["kettle.example"]
        assert (about.first_seen, about.last_seen) == (log[0].first_seen, log[-1].last_seen)
        assert (about.versions, about.of) == (len(log), len(log))
        start, end = datetime(2013, 1, 1, tzinfo=UTC), datetime(2016, 12, 31, tzinfo=UTC)
        within = search(session, "cookies", service="kettle.example", start=start, end=end)
        stood = [row.number for row in log if row.last_seen >= start and row.first_seen <= end]
        assert [hit.number for hit in within.hits] == stood
        with pytest.raises(UnknownName):
            search(session, "cookies", service="ketle.example")


def test_first_and_last_give_one_version_of_each_service(either_sample: Database) -> None:
    with either_sample.reading() as session:
        every = search(session, "consent", limit=1_000).hits
        first = search(session, "consent", only="first").hits
        last = search(session, "consent", only="last").hits
    services = sorted({hit.service for hit in every})
    assert [hit.service for hit in first] == [hit.service for hit in last] == services
    for one, other in zip(first, last, strict=True):
        own = [hit for hit in every if hit.service == one.service]
        assert (own[0], own[-1]) == (one, other)


def test_pages_joined_are_the_whole_answer(either_sample: Database) -> None:
    with either_sample.reading() as session:
        whole = search(session, "cookies", limit=1_000)
        hits, cursor, pages = [], None, 0
        while pages == 0 or cursor is not None:
            page = search(session, "cookies", limit=7, cursor=cursor)
            assert {hit.service for hit in page.hits} == set(page.appearances)
            hits += page.hits
            cursor, pages = page.cursor, pages + 1
        assert hits == whole.hits
        assert pages == -(-len(hits) // 7) > 2
        for wrong in ("", "7", '["a"]', '["a", "b"]'):
            with pytest.raises(ConfigurationError, match="cursor"):
                search(session, "cookies", cursor=wrong)


def test_both_databases_give_one_answer(sample_store: Database, sample_postgresql: Database) -> None:
    for query in ("legitimate interest*", "NOT cookies", "consent OR (personal data AND NOT sell*)", "s", "the"):
        answers = []
        for database in (sample_store, sample_postgresql):
            with database.reading() as session:
                answers.append(search(session, query, limit=1_000))
        assert answers[0] == answers[1], query


def test_a_regular_expression_finds_what_it_matches(either_sample: Database) -> None:
    with either_sample.reading() as session:
        found = search_regex(session, r"legitimate\s+interest")
        assert [(h.service, h.number) for h in found.hits] == [
            (h.service, h.number) for h in search(session, "legitimate interest*").hits
        ]
        assert found.texts_unread == 0
        assert found.hits[0].snippet.marked("[", "]").count("[legitimate interest]") == 1
        with pytest.raises(ConfigurationError, match=r"\(a.*missing"):
            search_regex(session, "(a")


def test_a_regular_expression_that_would_not_end_is_stopped(sample_store: Database) -> None:
    began = time.monotonic()
    with sample_store.reading() as session:
        page = search_regex(session, r"(?:[a-z]|\w|\s)+(?:\w|[a-z]|\s)+(?:\w|[a-z]|\s)+\d{9}", seconds=0.5)
    assert time.monotonic() - began < 10
    assert page.texts_unread > 0


def test_a_text_of_endless_different_words_is_indexed_up_to_a_bound(database: Database) -> None:
    endless = " ".join(f"word{number:09}" for number in range(90_000))
    assert 60_000 < len(indexed(endless)) < 90_000
    from harvester.store.search import fulltext
    from tests.support.store.rows import a_text

    with database.writing() as session:
        a_text(session, endless)
        assert fulltext.index_missing(session) == 1


def test_an_upgrade_indexes_the_texts_that_are_there(sample_store: Database, tmp_path: Path) -> None:
    with sample_store.reading() as session:
        expected = search(session, "legitimate interest*").hits
    assert expected
    for url in (f"sqlite:///{tmp_path / 'old.db'}", new_postgresql_database()):
        try:
            copy_at("0001", sample_store, url)
            database = Database.open(url)
            try:
                with database.reading() as session:
                    assert search(session, "legitimate interest*").hits == expected
            finally:
                database.close()
        finally:
            if not url.startswith("sqlite"):
                drop_postgresql_database(url)


def test_importing_harvester_imports_nothing_of_it_but_its_version() -> None:
    program = "import sys, harvester; print([m for m in sys.modules if m.startswith(('harvester.', 'sqlalchemy'))])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "['harvester._version']\n"
