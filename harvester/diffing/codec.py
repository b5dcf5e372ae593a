"""A change as bytes: small, versioned, and enough to make the new text from the old one.

Layout: ``b"HD"``, one byte of version, four bytes of the length of part one (big-endian), part one, part two.
Part one is JSON under zstd: the operations (ranges as gaps from the range before, link targets spelled out), the
measures, the kind with its reasons, and a digest of each text. Part two is the new text under zstd with the old text
as its dictionary.
A version stands for one reading of blocks and tokens: where that changes, VERSION grows, and an older payload is
refused by `decode` (compare the two texts again) though `apply` still reads it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import zstandard

from harvester.diffing.change import Diff, Kind, LinkChange, Measures, Operation, OperationKind
from harvester.diffing.words import Hunk
from harvester.errors import CorruptStore

VERSION = 7
_MAGIC = b"HD"
_HEAD = len(_MAGIC) + 5
_LEVEL = 9
_LETTERS = dict(zip(OperationKind, "eidrmasg", strict=True))
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}


def encode(diff: Diff) -> bytes:
    """Return `diff` as a payload; the texts are referred to, the new one also kept as its difference from the old
    one.
    """
    m = diff.measures
    facts = {
        "k": diff.kind.value,
        "r": list(diff.reasons),
        "m": [m.words_added, m.words_removed, m.words_moved, m.share, list(m.headings)],
        "d": [_digest(diff.old), _digest(diff.new)],
        "o": [_pack(operation) for operation in diff.operations],
    }
    first = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(
        json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    )
    old, new = (text.encode("utf-8", "surrogatepass") for text in (diff.old, diff.new))
    # Without their sizes tables for far longer texts are made, which can take eight times as long.
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL, source_size=len(new), dict_size=len(old), write_checksum=True
    )
    second = zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(old)).compress(new)
    return b"".join((_MAGIC, bytes([VERSION]), len(first).to_bytes(4, "big"), first, second))


def decode(payload: bytes, old: str, new: str) -> Diff:
    """Return the change that `encode` was given; `old` and `new` must be its two texts.

    Raises CorruptStore if the payload is not whole, of another version, or of other texts.
    """
    version, first, _ = _parts(payload)
    if version != VERSION:
        raise CorruptStore(f"change payload: version {version}, this harvester reads {VERSION}; compare again")
    try:
        facts = json.loads(zstandard.ZstdDecompressor().decompress(first))
        if facts["d"] != [_digest(old), _digest(new)]:
            raise CorruptStore("change payload: it belongs to two other texts; compare the texts again")
        added, removed, moved, share, headings = facts["m"]
        return Diff(
            old,
            new,
            tuple(_unpack(row) for row in facts["o"]),
            Measures(added, removed, moved, share, tuple(headings)),
            Kind(facts["k"]),
            tuple(facts.get("r", ())),
        )
    except (zstandard.ZstdError, ValueError, KeyError, TypeError) as error:
        raise CorruptStore(f"change payload: not readable ({error}); compare the texts again") from error


def apply(payload: bytes, old: str) -> str:
    """Return the new text, made from the payload and the old text. Raise CorruptStore if they do not belong
    together.
    """
    _, first, second = _parts(payload)
    try:
        facts = json.loads(zstandard.ZstdDecompressor().decompress(first))
        if facts["d"][0] != _digest(old):
            raise CorruptStore("change payload: it starts from another text than the one given")
        decompressor = zstandard.ZstdDecompressor(dict_data=_dictionary(old.encode("utf-8", "surrogatepass")))
        new = decompressor.decompress(second).decode("utf-8", "surrogatepass")
    except (zstandard.ZstdError, ValueError, KeyError, TypeError) as error:
        raise CorruptStore(f"change payload: not readable ({error})") from error
    if facts["d"][1] != _digest(new):
        raise CorruptStore("change payload: the text it makes is not the text that was stored")
    return new


def _parts(payload: bytes) -> tuple[int, bytes, bytes]:
    if payload[: len(_MAGIC)] != _MAGIC or len(payload) < _HEAD:
        raise CorruptStore("change payload: these bytes are not a change; compare the texts again")
    split = _HEAD + int.from_bytes(payload[_HEAD - 4 : _HEAD], "big")
    return payload[len(_MAGIC)], payload[_HEAD:split], payload[split:]


def _dictionary(old: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(old, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


@lru_cache(maxsize=4)  # in a history each text is the new side of a change, and then the old one
def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _pack(operation: Operation) -> list[Any]:
    row: list[Any] = [_LETTERS[operation.kind], *operation.old, *operation.new]
    hunks: list[int] = []
    old_at = new_at = 0
    for hunk in operation.hunks:
        hunks += (
            hunk.old_start - old_at,
            hunk.old_end - hunk.old_start,
            hunk.new_start - new_at,
            hunk.new_end - hunk.new_start,
        )
        old_at, new_at = hunk.old_end, hunk.new_end
    extras = [hunks, [[link.text, link.old, link.new] for link in operation.links], list(operation.labels or ())]
    while extras and not extras[-1]:
        extras.pop()
    return row + extras


def _unpack(row: Sequence[Any]) -> Operation:
    letter, old_start, old_end, new_start, new_end, *extras = row
    numbers, links, labels = [*extras, [], [], []][:3]
    hunks = []
    old_at = new_at = 0
    for at in range(0, len(numbers), 4):
        old_gap, old_length, new_gap, new_length = numbers[at : at + 4]
        old_at, new_at = old_at + old_gap, new_at + new_gap
        hunks.append(Hunk(old_at, old_at + old_length, new_at, new_at + new_length))
        old_at, new_at = old_at + old_length, new_at + new_length
    return Operation(
        _KINDS[letter],
        (old_start, old_end),
        (new_start, new_end),
        tuple(hunks),
        tuple(LinkChange(*link) for link in links),
        (labels[0], labels[1]) if labels else None,
    )
