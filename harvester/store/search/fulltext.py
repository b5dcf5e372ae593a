"""The index of the words of every text: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

Both are given our own words (`store.search.query`), parted by spaces, so that both give the same answers. On SQLite the
tokenizer is ``ascii``, to which every character beyond ASCII is part of a word, and the table keeps no content. On
PostgreSQL a tsvector keeps at most 256 places of a word and none beyond 16,383, too few for a policy: it only finds
texts with all the words of a phrase, and the words themselves, kept beside it, say whether they are side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from harvester.store.content.compression import restored
from harvester.store.schema import TextRow
from harvester.store.search.indexing import Words, words_of
from harvester.store.search.phrases import is_sqlite

_TEXTS_AT_ONCE = 200


def index(session: Session, text_id: int, comparable: str, language: str) -> None:
    """Index the words of a text that was just stored."""
    index_words(session, {text_id: words_of(comparable, language)})


def index_words(session: Session, words: Mapping[int, Words]) -> None:
    """Index the words of texts that were just stored, by their ids."""
    if not words:
        return
    if is_sqlite(session):
        statement = "INSERT INTO text_search (rowid, words, stems) VALUES (:id, :words, :stems)"
        rows = [{"id": number, "words": found.words, "stems": found.stems} for number, found in words.items()]
        session.execute(text(statement), rows)
    else:
        statement = (
            "INSERT INTO text_search (text_id, words, lexemes, stems, stem_lexemes) "
            "VALUES (:id, :words, array_to_tsvector(CAST(:lexemes AS text[])), "
            ":stems, array_to_tsvector(CAST(:stem_lexemes AS text[])))"
        )
        session.execute(
            text(statement),
            [
                {
                    "id": number,
                    "words": f" {found.words} ",
                    "lexemes": sorted(set(found.words.split())),
                    "stems": f" {found.stems} ",
                    "stem_lexemes": sorted(set(found.stems.split())),
                }
                for number, found in words.items()
            ],
        )


def index_again(session: Session, text_id: int, before: Words, now: Words) -> None:
    """Index a text by other words than `before`, by which it was indexed."""
    if is_sqlite(session):
        # An index without content has to be told what it is to forget.
        forget = "INSERT INTO text_search (text_search, rowid, words, stems) VALUES ('delete', :id, :words, :stems)"
        session.execute(text(forget), {"id": text_id, "words": before.words, "stems": before.stems})
    else:
        session.execute(text("DELETE FROM text_search WHERE text_id = :id"), {"id": text_id})
    index_words(session, {text_id: now})


def not_indexed(session: Session) -> Sequence[int]:
    """Return the stored texts whose words are not in the index."""
    known = "SELECT id FROM text_search_docsize" if is_sqlite(session) else "SELECT text_id FROM text_search"
    return session.scalars(text(f"SELECT id FROM texts WHERE id NOT IN ({known}) ORDER BY id")).all()


def index_missing(session: Session) -> int:
    """Index every stored text that is not in the index; return how many there were."""
    missing = not_indexed(session)
    for start in range(0, len(missing), _TEXTS_AT_ONCE):
        some = missing[start : start + _TEXTS_AT_ONCE]
        rows = session.execute(select(TextRow.id, TextRow.data, TextRow.language).where(TextRow.id.in_(some))).all()
        for number, data, language in rows:
            index(session, number, restored(data).decode("utf-8", "surrogatepass"), language)
    return len(missing)
