"""A 64-bit SimHash (Charikar 2002; Manku et al. 2007): hashes of texts with common passages differ in few bits."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

BITS = 64
SHINGLE = 3
"""Words of one shingle: enough that a shingle is a phrase, few enough that one changed word touches only three."""
_HASHES = 8 * SHINGLE
"""Bytes of a word's hashes."""


def simhash(words: Sequence[str]) -> int:
    """Return the hash of a text given as its words: each distinct shingle of three words votes once on every bit.

    A word has three hashes, one for each place in a shingle, and a shingle's hash is the exclusive or of its words'.
    A text of fewer than three words is one shingle; no words give 0.
    """
    if not words:
        return 0
    distinct = {*words}
    known = dict(zip(distinct, map(_word_hashes, distinct), strict=True))
    hashes = b"".join(map(known.__getitem__, words)).ljust(SHINGLE * _HASHES, b"\x00")
    # All at once: shifted by a word and a place, the second hash of each word meets the first of the word before it.
    row = int.from_bytes(hashes, "little")
    row ^= (row >> 8 * (_HASHES + 8)) ^ (row >> 16 * (_HASHES + 8))
    met = memoryview(row.to_bytes(len(hashes), "little")).cast("Q")[:: _HASHES // 8].tolist()
    votes = set(met[: len(met) - SHINGLE + 1])
    # Column by column: all hashes' bytes of one significance as one integer, of which a mask picks one bit each.
    joined = struct.pack(f"={len(votes)}Q", *votes)
    half = len(votes) / 2
    result = 0
    every = int.from_bytes(b"\x01" * len(votes), "little")
    for place in range(8):
        column = int.from_bytes(joined[place::8], "little")
        for bit in range(8):
            if (column >> bit & every).bit_count() > half:
                result |= 1 << (8 * place + bit)
    return result


def hamming(a: int, b: int) -> int:
    """Count the differing bits of 64; docs/quality.md has the distances that were measured."""
    return (a ^ b).bit_count()


@lru_cache(maxsize=100_000)
def _word_hashes(word: str) -> bytes:
    """Return the 64-bit hashes of a word in the first, second and third place: one BLAKE2b digest."""
    return blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_HASHES).digest()
