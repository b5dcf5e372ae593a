"""The index of words beside the databases' own full-text search: bytes, time to add a text, time to answer; one run.

    python bench/search_index.py STORE     an address (sqlite:///FILE or postgresql://...) of a store with texts

The peers index the same texts, one by one: on SQLite FTS5 as it comes (with and without its copy of the text), on
PostgreSQL a ``to_tsvector('english')`` with a GIN index. Neither knows languages or blocks, nor a word beyond
PostgreSQL's bounds. Everything is made in tables of its own, which are dropped at the end.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harvester.insight.search import search
from harvester.store.content.compression import restored
from harvester.store.database import Database
from harvester.store.schema import TextRow, Version
from harvester.store.search import fulltext
from harvester.store.search.indexing import words_of
from harvester.store.search.phrases import has
from harvester.store.search.query import parse

QUERIES = ("cookies", "legitimate interest", '"third parties"', "sell AND personal information", "opt out")
ROUNDS = 10


def texts_of(database: Database) -> list[tuple[int, str, str]]:
    """Return the texts of a store: number, comparable text, language."""
    with database.reading() as session:
        rows = session.execute(select(TextRow.id, TextRow.data, TextRow.language).order_by(TextRow.id)).all()
    return [(row.id, restored(row.data).decode("utf-8", "replace"), row.language) for row in rows]


def seconds(doing: Callable[[], object], rounds: int = 1) -> float:
    """Return the seconds of the quickest of several rounds."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        doing()
        found.append(time.perf_counter() - start)
    return min(found)


def size(session: Session, name: str) -> int:
    """Return the bytes of a table with its indexes, or of an index of words with all that belongs to it."""
    if session.get_bind().dialect.name == "sqlite":
        return int(session.execute(text(f"SELECT sum(pgsize) FROM dbstat WHERE name LIKE '{name}%'")).scalar() or 0)
    return int(session.execute(text(f"SELECT pg_total_relation_size('{name}')")).scalar() or 0)


def peers(database: Database) -> dict[str, tuple[Sequence[str], str, str]]:
    """Return the peers: how each is made, how a text is entered, and how texts with a phrase are found."""
    if database.is_sqlite:
        entering = "INSERT INTO {0} (rowid, body) VALUES (:id, :body)"
        asking = "SELECT rowid FROM {0} WHERE {0} MATCH :phrase"
        return {
            "peer_fts5": (["CREATE VIRTUAL TABLE peer_fts5 USING fts5(body)"], entering, asking),
            "peer_porter": (
                ["CREATE VIRTUAL TABLE peer_porter USING fts5(body, content='', tokenize='porter unicode61')"],
                entering,
                asking,
            ),
        }
    return {
        "peer_gin": (
            [
                "CREATE TABLE peer_gin (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
                "CREATE INDEX ix_peer_gin ON peer_gin USING gin (words)",
            ],
            "INSERT INTO {0} VALUES (:id, to_tsvector('english', :body))",
            "SELECT id FROM {0} WHERE words @@ phraseto_tsquery('english', :phrase)",
        )
    }


def report(name: str, bytes_: int, adding: float, asking: Iterable[float], base: int) -> None:
    """Print one line."""
    each = "".join(f"{one * 1000:>9.2f}" for one in asking)
    print(f"{name:<14}{bytes_:>12,}{bytes_ / base:>8.2f}{adding * 1000:>10.2f}{each}")


def measure_peer(database: Database, name: str, texts: Sequence[tuple[int, str, str]], base: int) -> None:
    """Make a peer's index of the texts, ask it, and drop it."""
    making, entering, asking = peers(database)[name]
    with database.writing() as session:
        for statement in making:
            session.execute(text(statement))
    start = time.perf_counter()
    with database.writing() as session:
        for number, body, _ in texts:
            session.execute(text(entering.format(name)), {"id": number, "body": body.replace("\0", "")})
    adding = (time.perf_counter() - start) / len(texts)
    ask = text(asking.format(name))
    with database.reading() as session:

        def find(query: str) -> None:
            is_phrase = " AND " not in query and not query.startswith('"')
            session.execute(ask, {"phrase": f'"{query}"' if is_phrase and database.is_sqlite else query}).all()

        found = [seconds(partial(find, one), ROUNDS) for one in QUERIES]
        report(name, size(session, name), adding, found, base)
    with database.writing() as session:
        session.execute(text(f"DROP TABLE {name}"))


def measure(database: Database, texts: Sequence[tuple[int, str, str]], base: int) -> None:
    """Make the index of words again and ask it."""
    start = time.perf_counter()
    made = {number: words_of(body, language) for number, body, language in texts}
    words = (time.perf_counter() - start) / len(texts)
    emptied = "INSERT INTO text_search (text_search) VALUES ('delete-all')"
    with database.writing() as session:
        session.execute(text(emptied if database.is_sqlite else "TRUNCATE text_search"))
        start = time.perf_counter()
        for number, one in made.items():
            fulltext.index_words(session, {number: one})
        adding = (time.perf_counter() - start) / len(texts)
    with database.reading() as session:

        def find(query: str) -> None:
            condition = has(session, parse(query))
            session.execute(select(Version.text_id).where(condition).distinct()).all()

        found = [seconds(partial(find, one), ROUNDS) for one in QUERIES]
        report("harvester", size(session, "text_search"), adding + words, found, base)
        print(f"  of which {words * 1000:.2f} ms to add are spent on its words and stems")
        whole = [seconds(partial(search, session, one, limit=20), 3) for one in QUERIES]
        print(f"a page of results, with snippets and dates: {', '.join(f'{one * 1000:.0f}' for one in whole)} ms")


def main(address: str) -> None:
    """Print the figures of one store."""
    database = Database.open(address)
    texts = texts_of(database)
    base = sum(len(body.encode()) for _, body, _ in texts)
    print(f"{len(texts)} texts, {base:,} bytes; queries: {', '.join(QUERIES)}")
    print(f"{'':<14}{'bytes':>12}{'of text':>8}{'ms to add':>10}  ms to find the texts, one query after the other")
    for name in peers(database):
        measure_peer(database, name, texts, base)
    measure(database, texts, base)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1])
