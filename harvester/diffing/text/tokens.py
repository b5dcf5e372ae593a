"""The words and punctuation marks of a visible text.

A token is a word (with its inner hyphens, apostrophes and dots, so that ``opt-out``, ``user's`` and ``example.com``
are one), a number or date written in digits, an address, or one punctuation mark. White space is never a token. Where
a script has no spaces a token is a syllable (Thai, Lao, Khmer, Burmese), a Chinese character, or a run of kana.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress
from operator import add
from typing import TypeVar

from harvester.syllables import MARKS, SYLLABLE

T = TypeVar("T")

_MOST_REMEMBERED = 1 << 16
_LONGEST_REMEMBERED = 100  # characters: longer ones are addresses, or no words at all

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = "\u3040-\u30ff"
_SOUTHEAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_LETTER = rf"[^\W{_KANA}{_HAN}{_SOUTHEAST}]"
_WORD = rf"{_LETTER}+(?:[{MARKS}]+{_LETTER}*)*"
TOKEN = re.compile(
    rf"""https?://[^\s<>()\[\]"']+[^\s<>()\[\]"'.,;:!?]
      | \d+(?:[.,:/-]\d+)+
      | {_WORD}(?:[-'.&]{_WORD})*(?:@{_WORD}(?:[-.]{_WORD})*)?
      | \.{{3,}}
      | {SYLLABLE}
      | [\u3041-\u309f]+ | [\u30a1-\u30ff]+
      | [{_HAN}][{MARKS}]* | [^\s][{MARKS}]*""",
    re.VERBOSE,
)
"""Matches one token of a normalised text; white space lies between matches."""
_IS_HAN = re.compile(f"[{_HAN}]")
PIECE = re.compile(r"\S+")
"""Matches what stands between spaces."""

# Variants of one mark that a redesign or a smarter editor exchanges; one character for another, so positions hold.
_VARIANTS = {
    "'": "’‘‚‛′´`‹›ʼ＇",
    '"': "“”„‟″«»＂〝〞",
    "-": "‐‑－−־",
    "–": "‒—―",
    ",": "，、،",
    ";": "；؛",
    "?": "？؟",
    ".": "。．۔",
    "~": "～〜",
    "·": "•‣∙●▪■◦○‧・",
}
_FORMS = {ord(variant): mark for mark, variants in _VARIANTS.items() for variant in variants}
_FORMS.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in _FORMS})
_HAS_VARIANT = re.compile(f"[{''.join(map(chr, sorted(_FORMS))).replace('-', '')}\u2026\u2013]")
# Both begin with the sign, which is found faster than what must not be before it.
_LONE_HYPHEN = re.compile(r"-(?<!\S-)-{0,2}(?!\S)")
_RANGE = re.compile(r"–(?<=\d–)(?=\d)")

_COMMON = (
    "a an and any are as at be been but by can do does for from had has have how if in into is it its may no not of on"
    " or our shall so such than that the their them then there these they this those to was we were what when which"
    " who will with would you your us i he she his her all also other"
)
COMMON_WORDS = frozenset(_COMMON.split())
"""Words too frequent to say that two passages have anything to do with each other."""


def normalise(visible: str) -> str:
    """Return `visible` with quotation marks, dashes and the like in one form; every character keeps its place."""
    if not visible.isascii() and _HAS_VARIANT.search(visible):
        visible = _RANGE.sub("-", _HAS_VARIANT.sub(_form, visible))
    elif "`" in visible:
        visible = visible.replace("`", "'")
    if "-" in visible:
        visible = _LONE_HYPHEN.sub(lambda found: "–" * len(found[0]), visible)
    return visible


def _form(found: re.Match[str]) -> str:
    return _FORMS.get(ord(found[0]), found[0])


def tokenise(visible: str) -> list[str]:
    """Return the tokens of a visible text, in order."""
    return tokens_of_normalised(normalise(visible))


def tokens_of_normalised(normalised: str) -> list[str]:
    """Return the tokens of a normalised text."""
    return list(chain.from_iterable(map(_tokens_of_pieces.__getitem__, normalised.split())))


def different_tokens(normalised: str) -> set[str]:
    """Return the different tokens of a normalised text: of a long one much faster than all of them."""
    return set(chain.from_iterable(map(_tokens_of_pieces.__getitem__, set(normalised.split()))))


def token_spans(normalised: str) -> list[tuple[int, int]]:
    """Return where each token of a normalised text begins and ends."""
    return [
        (at + start, at + end)
        for piece in PIECE.finditer(normalised)
        for at in (piece.start(),)
        for start, end in _spans_of_pieces[piece[0]]
    ]


class TokenSpans:
    """The same, each found when it is asked for: an edit asks for few of them."""

    def __init__(self, normalised: str) -> None:
        self._pieces = normalised.split()
        self._firsts = list(accumulate(map(len, map(_spans_of_pieces.__getitem__, self._pieces)), initial=0))
        lengths = list(accumulate(map(len, self._pieces), initial=0))
        if lengths[-1] + len(self._pieces) - 1 == len(normalised):  # as most: one space between any two
            self._starts = list(map(add, lengths, range(len(self._pieces))))
        else:
            self._starts = [piece.start() for piece in PIECE.finditer(normalised)]

    def __len__(self) -> int:
        return self._firsts[-1]

    def __getitem__(self, number: int) -> tuple[int, int]:
        """Return where a token begins and ends; they are counted from 0."""
        place = bisect_right(self._firsts, number) - 1
        start, end = _spans_of_pieces[self._pieces[place]][number - self._firsts[place]]
        at = self._starts[place]
        return at + start, at + end


def count_tokens(pieces: Iterable[str]) -> int:
    """Count the tokens of these pieces of a normalised text, split at its spaces."""
    return sum(tokens_in(pieces))


def tokens_in(pieces: Iterable[str]) -> Iterator[int]:
    """Return how many tokens are in each of these pieces."""
    return map(len, map(_spans_of_pieces.__getitem__, pieces))


def is_word(token: str) -> bool:
    """Return whether a token counts as a word in a measure (a punctuation mark does not)."""
    return token[0].isalnum() or token[-1].isalnum()


def is_han(token: str) -> bool:
    """Return whether a token is a Chinese character."""
    return _IS_HAN.match(token) is not None


def are_words(tokens: Iterable[str]) -> Iterator[bool]:
    """Return, for each token, whether it is a word."""
    return map(_are_words.__getitem__, tokens)


def telling(tokens: Iterable[str]) -> Iterator[str]:
    """Return, for each token, the word in lower case if it tells what is spoken of, else nothing."""
    return map(_telling.__getitem__, tokens)


def words_of(tokens: Sequence[str]) -> list[str]:
    """Return the tokens that are words."""
    return list(compress(tokens, are_words(tokens)))


def count_words(tokens: Iterable[str]) -> int:
    """Count the tokens that are words."""
    return sum(are_words(tokens))


class Remembered(dict[str, T]):
    """A function's results for each word, cached: texts of one language are made of few different words.

    A text asks for each of its words, and a dict answers in half the time of `functools.lru_cache`.
    """

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> T:
        answer = self._function(word)
        if len(word) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[word] = answer
        return answer


def _tokens_of_piece(piece: str) -> tuple[str, ...]:
    if piece.isascii() and piece.isalnum():
        return (piece,)  # as most
    return tuple(["…" if token.startswith("...") else token for token in TOKEN.findall(piece)])


def told_by(token: str) -> str:
    """Return the word in lower case if it tells what is spoken of, else nothing."""
    lowered = token.lower()
    return lowered if lowered not in COMMON_WORDS and is_word(token) else ""


def _spans_of_piece(piece: str) -> tuple[tuple[int, int], ...]:
    if piece.isascii() and piece.isalnum():
        return ((0, len(piece)),)  # as most
    return tuple([token.span() for token in TOKEN.finditer(piece)])


_tokens_of_pieces = Remembered(_tokens_of_piece)  # of pieces between spaces
_spans_of_pieces = Remembered(_spans_of_piece)
_are_words = Remembered(is_word)
_telling = Remembered(told_by)
