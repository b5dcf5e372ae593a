"""A 64-bit SimHash (Charikar 2002; Manku et al. 2007): hashes of texts with common passages differ in few bits."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

BITS = 64
SHINGLE = 3
"""Words of one shingle: enough that a shingle is a phrase, few enough that one changed word touches only three."""
NEAR = 8
"""Hashes that differ in at most so many bits are near-duplicates; docs/quality.md has the measured distances."""


def simhash(words: Sequence[str]) -> int:
    """Return the hash of a text given as its words: each distinct shingle of three words votes once on every bit.

    A word has three hashes, one for each place in a shingle, and a shingle's hash is the exclusive or of its words'.
    A text of fewer than three words is one shingle; no words give 0.
    """
    if not words:
        return 0
    known = {word: _word_hashes(word) for word in set(words)}
    hashes = [known[word] for word in words] + [(0, 0, 0)] * (SHINGLE - len(words))
    votes = {one[0] ^ two[1] ^ three[2] for one, two, three in zip(hashes, hashes[1:], hashes[2:], strict=False)}
    # Column by column: all hashes' bytes of one significance as one integer, of which a mask picks one bit each.
    joined = struct.pack(f"<{len(votes)}Q", *votes)
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
    """Count the differing bits of 64."""
    return (a ^ b).bit_count()


def near_duplicate(a: int, b: int) -> bool:
    """Return whether two texts are probably the same text, edited at most lightly."""
    return hamming(a, b) <= NEAR


@lru_cache(maxsize=100_000)
def _word_hashes(word: str) -> tuple[int, int, int]:
    """Return the 64-bit hashes of a word in the first, second and third place: one BLAKE2b digest of 24 bytes."""
    return struct.unpack("<QQQ", blake2b(word.encode("utf-8", "surrogatepass"), digest_size=24).digest())
