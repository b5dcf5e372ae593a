"""The names of companies beside their legal forms, where these do not follow them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

LONGEST_NAME = 4
"""Tokens of a company's name beside its legal form."""

_QUOTE = '"'  # of any kind, as texts are normalised


def behind_a_form(tokens: Sequence[str], end: int, last: int) -> Iterator[int]:
    """Yield the tokens of a name behind the legal form of a company: what is in quotation marks, or capitalised."""
    start, stop = end, min(last, end + LONGEST_NAME)
    if start < stop and tokens[start] == _QUOTE:
        closing = next(
            (at for at in range(start + 1, min(last, start + 2 * LONGEST_NAME)) if tokens[at] == _QUOTE), start
        )
        yield from range(start, closing)
    else:
        yield from takewhile(lambda at: tokens[at][0].isupper(), range(start, stop))


def beside_a_form(tokens: Sequence[str], start: int, end: int, block: tuple[int, int]) -> Iterator[int]:
    """Yield the tokens of a name beside the legal form of a company of East Asia: before it, or else behind it."""
    before = range(start - 1, max(start - 1 - LONGEST_NAME, block[0] - 1), -1)
    if start > block[0] and tokens[start - 1].isalpha():
        yield from takewhile(lambda at: tokens[at].isalpha(), before)
    elif end < block[1]:
        longest = LONGEST_NAME if len(tokens[end]) == 1 else 1  # syllables, or words
        yield from takewhile(lambda at: tokens[at].isalpha(), range(end, min(end + longest, block[1])))
