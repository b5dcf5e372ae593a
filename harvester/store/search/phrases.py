"""Conditions on the index of words: FTS5 on SQLite, a tsvector with GIN on PostgreSQL (`store.search.fulltext`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, cast, column, func, literal_column, not_, or_, select, table
from sqlalchemy.orm import Session

from harvester.store.schema import Version
from harvester.store.search.inflection import LANGUAGES
from harvester.store.search.query import And, Not, Or, Phrase, Query, language_sign

_COLUMNS = ("rowid", "text_id", "words", "lexemes", "stems", "stem_lexemes")
INDEX = table("text_search", *(column(name) for name in _COLUMNS))
"""A row for each text."""


def is_sqlite(session: Session) -> bool:
    """Return whether the index is FTS5."""
    return session.get_bind().dialect.name == "sqlite"


def text_number(session: Session) -> ColumnElement[int]:
    """Return the column of the index that has the number of the text."""
    return INDEX.c.rowid if is_sqlite(session) else INDEX.c.text_id


def said_in(session: Session, phrase: Phrase, language: str | None = None) -> ColumnElement[bool]:
    """Return the condition that a text in the index says a phrase; `language` is that of all texts in question."""
    if is_sqlite(session):
        return literal_column("text_search").op("MATCH")(for_fts5(phrase, language))
    if not phrase.inflected:
        return _side_by_side(INDEX.c.lexemes, INDEX.c.words, phrase.words, "", prefix=phrase.prefix)
    if language is not None:
        return _side_by_side(INDEX.c.stem_lexemes, INDEX.c.stems, phrase.stems(language), "")
    if (one_word := in_one_tsquery(phrase)) is not None:
        return one_word
    return or_(
        *(
            _side_by_side(INDEX.c.stem_lexemes, INDEX.c.stems, stems, _of_languages(signs))
            for stems, signs in _languages_by_stems(phrase).items()
        )
    )


def matching(session: Session, query: Query) -> ColumnElement[bool]:
    """Return the condition that a text in the index matches a query: on SQLite any that is one question
    (`in_one_question`), on PostgreSQL a phrase.
    """
    if is_sqlite(session):
        return literal_column("text_search").op("MATCH")(in_one_question(query))
    assert isinstance(query, Phrase)
    return said_in(session, query)


def has(session: Session, query: Query) -> ColumnElement[bool]:
    """Return the condition that a version's text matches a query: for answers that need all of them."""
    if isinstance(query, Phrase):
        if is_sqlite(session):
            return Version.text_id.in_(select(INDEX.c.rowid).where(said_in(session, query)))
        return _has_with_postgresql(query)
    if isinstance(query, Not):
        return not_(has(session, query.part))
    joined = and_ if isinstance(query, And) else or_
    return joined(*(has(session, part) for part in query.parts))


def in_one_question(query: Query, language: str | None = None) -> str | None:
    """Return a query of FTS5 for all of a query, a quarter of the time of its phrases one by one; None if some of it
    only says what is not there, which FTS5 cannot look for. `language` is that of all texts in question.
    """
    if isinstance(query, Phrase):
        return for_fts5(query, language)
    if isinstance(query, Not):
        return None
    absent = [part.part for part in query.parts if isinstance(query, And) and isinstance(part, Not)]
    there = [part for part in query.parts if not (isinstance(query, And) and isinstance(part, Not))]
    asked, left_out = ([in_one_question(part, language) for part in parts] for parts in (there, absent))
    if not asked or None in asked or None in left_out:
        return None
    joined = (" OR " if isinstance(query, Or) else " AND ").join(f"({one})" for one in asked)
    return " NOT ".join(f"({one})" for one in (joined, *left_out))


def in_one_tsquery(query: Query) -> ColumnElement[bool] | None:
    """Return the condition that a text in the index of PostgreSQL matches a query of single words, as one question to
    that index; of several it asks one, and reads the texts for the others. None if it is no such query.
    """
    asked = _tsquery(query)
    return None if asked is None or isinstance(query, Not) else _matches_tsquery(*asked)


def _tsquery(query: Query) -> tuple[ColumnElement[Any], str] | None:
    if isinstance(query, Phrase):
        if len(query.words) > 1:
            return None
        if not query.inflected:
            return INDEX.c.lexemes, _all_words(query.words, "", prefix=query.prefix)
        stems = (_all_words(stems, _of_languages(signs)) for stems, signs in _languages_by_stems(query).items())
        return INDEX.c.stem_lexemes, " | ".join(f"({one})" for one in stems)
    if isinstance(query, Not):
        inner = _tsquery(query.part)
        return None if inner is None else (inner[0], f"!({inner[1]})")
    if all(isinstance(part, Not) for part in query.parts) or (
        isinstance(query, Or) and any(isinstance(part, Not) for part in query.parts)
    ):
        return None  # all texts would be read
    parts = [_tsquery(part) for part in query.parts]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or len({part[0].name for part in known}) > 1:
        return None
    sign = " & " if isinstance(query, And) else " | "
    return known[0][0], sign.join(f"({part[1]})" for part in known)


def _languages_by_stems(phrase: Phrase) -> dict[tuple[str, ...], list[str]]:
    """Return the search terms of a phrase, with the language marks of those in which these are its stems."""
    found: dict[tuple[str, ...], list[str]] = {}
    for language in (*LANGUAGES, "und"):
        found.setdefault(phrase.stems(language), []).append(language_sign(language))
    return found


def for_fts5(phrase: Phrase, language: str | None) -> str:
    """Return the query of FTS5 for a phrase in texts of a language, None: of any."""
    if not phrase.inflected:
        return f'words : "{" ".join(phrase.words)}"{"*" if phrase.prefix else ""}'
    if language is not None:
        return f'stems : "{" ".join(phrase.stems(language))}"'
    return " OR ".join(
        f'(stems : ({" OR ".join(signs)}) AND stems : "{" ".join(stems)}")'
        for stems, signs in _languages_by_stems(phrase).items()
    )


def _has_with_postgresql(phrase: Phrase) -> ColumnElement[bool]:
    """Return the condition that checks whether the words are adjacent, only for the texts of the versions in question.

    For a phrase of several words that means to read a text: those that have all the words may be nearly all.
    """
    if not phrase.inflected:
        return _has_side_by_side(INDEX.c.lexemes, INDEX.c.words, phrase.words, "", prefix=phrase.prefix)
    return or_(
        *(
            _has_side_by_side(INDEX.c.stem_lexemes, INDEX.c.stems, stems, _of_languages(signs))
            for stems, signs in _languages_by_stems(phrase).items()
        )
    )


def _has_side_by_side(
    lexemes: ColumnElement[Any], kept: ColumnElement[Any], words: tuple[str, ...], where: str, *, prefix: bool = False
) -> ColumnElement[bool]:
    found = Version.text_id.in_(select(INDEX.c.text_id).where(_has_all(lexemes, words, where, prefix=prefix)))
    if len(words) == 1:
        return found
    said = select(INDEX.c.text_id).where(INDEX.c.text_id == Version.text_id, _adjacent(kept, words, prefix=prefix))
    return and_(found, said.exists())


def _side_by_side(
    lexemes: ColumnElement[Any], kept: ColumnElement[Any], words: tuple[str, ...], where: str, *, prefix: bool = False
) -> ColumnElement[bool]:
    there = _has_all(lexemes, words, where, prefix=prefix)
    return there if len(words) == 1 else and_(there, _adjacent(kept, words, prefix=prefix))


def _has_all(
    lexemes: ColumnElement[Any], words: tuple[str, ...], where: str, *, prefix: bool = False
) -> ColumnElement[bool]:
    return _matches_tsquery(lexemes, _all_words(words, where, prefix=prefix))


def _all_words(words: tuple[str, ...], where: str, *, prefix: bool = False) -> str:
    return where + " & ".join(map(_quoted, words)) + (":*" if prefix else "")


def _matches_tsquery(lexemes: ColumnElement[Any], asked: str) -> ColumnElement[bool]:
    from sqlalchemy.dialects.postgresql import TSQUERY

    return lexemes.op("@@")(cast(asked, TSQUERY))


def _adjacent(kept: ColumnElement[Any], words: tuple[str, ...], *, prefix: bool) -> ColumnElement[bool]:
    # A third of the time that LIKE takes.
    return func.strpos(kept, f" {' '.join(words)}{'' if prefix else ' '}") > 0


def _of_languages(signs: list[str]) -> str:
    """Return the marks that a text of some languages has one of; of all languages nothing need be asked."""
    return "" if len(signs) > len(LANGUAGES) else f"({' | '.join(map(_quoted, signs))}) & "


def _quoted(lexeme: str) -> str:
    return f"'{lexeme}'"
