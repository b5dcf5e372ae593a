"""The terms of a search: words, and a small grammar of queries. Pure; docs/search.md has it for readers.

A word is a run of letters and digits in lower case and Unicode's form C, with ё as е and ß as ss. Where a text has no
spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), or glues endings to them (Korean), each sign or
syllable is a word of its own, so that a word is found inside a run of them, as a phrase. Hyphens, apostrophes and
underscores part words, so ``opt-out`` is two. Words side by side are a phrase, which is found with any inflection of
its words (`store.search.inflection`) unless it is in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from harvester.errors import ConfigurationError
from harvester.store.search.inflection import LANGUAGES, stem
from harvester.syllables import MARKS, SYLLABLE

BREAK = "¶"
"""Stands between two blocks in what is indexed: no phrase reaches over it, and no word is it."""

LONGEST_WORD = 64
"""Characters of a word that count; longer ones are data, not words."""

LONGEST_QUERY = 1_000
DEEPEST_QUERY = 50
"""Brackets and NOTs within one another."""

_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3"
# Kana, Chinese signs and Korean syllables above; Thai and Lao, Burmese, Khmer here.
_SOUTHEAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_LETTER = rf"[^\W_{_SIGNS}{_SOUTHEAST}]"
_WORD = re.compile(rf"[{_SIGNS}][{MARKS}]*|{SYLLABLE}|{_LETTER}+(?:[{MARKS}]+{_LETTER}*)*")
_WORD_ASCII = re.compile(r"[a-z0-9]+")  # the same where all is ASCII and in lower case, four times as fast
_BEYOND_ASCII = re.compile(rf"[^\x00-\x7f\W]|[{MARKS}{_SOUTHEAST}]")  # what may be of a word
_ALIKE = str.maketrans({"ё": "е", "ß": "ss"})  # spellings of one word
_LEXEME = re.compile(r'\s*(?:([()])|"([^"]*)"(\*?)|([^\s()"]+))')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in one block; with `prefix` the last one may have any ending, with `inflected` each may be in
    any form.
    """

    words: tuple[str, ...]
    prefix: bool = False
    inflected: bool = False

    def stems(self, language: str) -> tuple[str, ...]:
        """Return the stems of the words in a language."""
        return tuple(stem(word, language) for word in self.words)

    def __str__(self) -> str:
        """Return the phrase as it is written in a query."""
        words = " ".join(self.words)
        return words if self.inflected else f'"{words}"{"*" if self.prefix else ""}'


@dataclass(frozen=True, slots=True)
class And:
    """All parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not the part."""

    part: Query


Query = Phrase | And | Or | Not


def spans(visible: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a visible text, each with its character positions."""
    if visible.isascii():
        for found in _WORD_ASCII.finditer(visible.lower()):
            yield found[0][:LONGEST_WORD], found.start(), found.end()
        return
    for found in _WORD.finditer(visible):
        yield _form(found[0]), found.start(), found.end()


def words(visible: str) -> list[str]:
    """Return the words of a visible text."""
    if not visible.isascii():
        if _BEYOND_ASCII.search(visible):
            return [_form(word) for word in _WORD.findall(visible)]
        visible = visible.encode("ascii", "replace").decode("ascii")  # dashes and quotation marks part words all alike
    found = _WORD_ASCII.findall(visible.lower())
    return [word[:LONGEST_WORD] for word in found] if max(map(len, found), default=0) > LONGEST_WORD else found


@lru_cache(maxsize=1 << 15)
def _form(word: str) -> str:
    lowered = word.lower()
    return (lowered if lowered.isascii() else normalize("NFC", lowered).translate(_ALIKE))[:LONGEST_WORD]


def language_sign(language: str) -> str:
    """Return the mark before the stems of a text in a language; all languages without inflections share one."""
    return f"§{language if language in LANGUAGES else 'und'}"


def widened(query: Query) -> Query:
    """Return a query with a ``*`` after each phrase that is looked for with its inflections."""
    if isinstance(query, Phrase):
        return Phrase(query.words, prefix=True) if query.inflected else query
    if isinstance(query, Not):
        return query
    return type(query)(tuple(widened(part) for part in query.parts))


def phrases(query: Query) -> Iterator[Phrase]:
    """Yield the phrases of a query, in its order; negated ones are left out."""
    if isinstance(query, Phrase):
        yield query
    elif not isinstance(query, Not):
        for part in query.parts:
            yield from phrases(part)


def parse(text: str) -> Query:
    """Parse a query. `ConfigurationError` says what cannot be parsed, and how to write it."""
    if len(text) > LONGEST_QUERY:
        raise ConfigurationError(f"the search has {len(text)} characters; write at most {LONGEST_QUERY}")
    reader = _Reader(text, _lexemes(text))
    query = reader.either()
    if reader.next is not None:
        raise reader.trouble("there is one ) too many; remove it")
    return query


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """``(``, ``)``, an operator, or words with or without quotation marks."""

    kind: str
    words: tuple[str, ...] = ()
    prefix: bool = False


def _lexemes(text: str) -> list[_Lexeme]:
    found = []
    at = 0
    rest = len(text.rstrip())
    while at < rest:
        match = _LEXEME.match(text, at)
        if match is None:
            raise _trouble(text, 'a " is not closed')
        bracket, quoted, star, bare = match.groups()
        at = match.end()
        if bracket:
            found.append(_Lexeme(bracket))
        elif bare in ("AND", "OR", "NOT"):
            found.append(_Lexeme(bare))
        else:
            inside = bare if bare is not None else quoted + star
            prefix = inside.endswith("*")
            if "*" in inside.removesuffix("*"):
                raise _trouble(text, "a * is allowed only at the end of the last word of a phrase")
            found.append(_Lexeme("bare" if bare is not None else "quoted", tuple(words(inside)), prefix))
    return found


class _Reader:
    """Reads lexemes from left to right; NOT binds before AND, AND before OR."""

    def __init__(self, text: str, lexemes: list[_Lexeme]) -> None:
        self._text = text
        self._lexemes = lexemes
        self._at = 0
        self._depth = 0

    @property
    def next(self) -> str | None:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else None

    def either(self) -> Query:
        parts = [self._all()]
        while self.next == "OR":
            self._at += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Query:
        parts = [self._one()]
        while self.next not in (None, ")", "OR"):
            if self.next == "AND":
                self._at += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Query:
        kind = self.next
        if kind in ("NOT", "("):
            self._depth += 1
            if self._depth > DEEPEST_QUERY:
                raise self.trouble(f"brackets and NOTs are nested more than {DEEPEST_QUERY} deep")
            self._at += 1
            found = Not(self._one()) if kind == "NOT" else self._bracket()
            self._depth -= 1
            return found
        if kind == "quoted":
            lexeme = self._lexemes[self._at]
            self._at += 1
            return self._phrase(lexeme.words, lexeme.prefix, inflected=False)
        if kind == "bare":
            return self._bare()
        raise self.trouble("nothing to search for" if kind is None else f"a word is missing before {kind}")

    def _bracket(self) -> Query:
        inside = self.either()
        if self.next != ")":
            raise self.trouble("a ( is not closed")
        self._at += 1
        return inside

    def _bare(self) -> Phrase:
        """Read adjacent words, up to an operator, a bracket or a quotation."""
        found: list[str] = []
        while self.next == "bare":
            lexeme = self._lexemes[self._at]
            self._at += 1
            found += lexeme.words
            if lexeme.prefix and self.next == "bare":
                raise self.trouble("a * ends a phrase; write AND after it")
            if lexeme.prefix:
                return self._phrase(tuple(found), prefix=True, inflected=False)
        return self._phrase(tuple(found), prefix=False, inflected=True)

    def _phrase(self, found: tuple[str, ...], prefix: bool, inflected: bool) -> Phrase:
        if not found:
            raise self.trouble("a phrase has no word")
        return Phrase(found, prefix, inflected)

    def trouble(self, what: str) -> ConfigurationError:
        return _trouble(self._text, what)


def _trouble(text: str, what: str) -> ConfigurationError:
    return ConfigurationError(
        f"the search {text!r} cannot be read: {what}. Words side by side are a phrase; "
        'AND, OR, NOT, ( ) and "quotes" join phrases; a * after a word matches any ending'
    )
