"""Find other policies that share a policy's text: templates, generators, owners of several services.

First by SimHash, which every text has: of each other service the version that differs in the fewest bits, and of these
the nearest `CANDIDATES`. Then by what they really share: runs of `SHINGLE` words, and whole blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

from harvester.cleaner.quality.simhash import hamming
from harvester.diffing.text.blocks import Block, read_blocks
from harvester.store.content import documents
from harvester.store.read import hashes, history, versions
from harvester.store.read.hashes import Candidate, TextHashes
from harvester.store.read.versions import VersionRow
from harvester.store.search.query import words

CANDIDATES = 30
"""Services whose text is read; unrelated policies differ in about 30 of 64 bits, near-duplicates in at most 8."""

SHINGLE = 6
"""Words of a run: unrelated policies share hardly any so long."""

LEAST = 0.05
"""The least part of the runs of one of the two texts that must be shared."""

_BLOCKS = 3
_NEAR = 8
"""Bits in which the SimHashes of near-duplicates differ at most."""
_RETURNED = 0.2
_BLOCK_WORDS = 8


@dataclass(frozen=True, slots=True)
class Similar:
    """A version of another service that shares text.

    `distance` counts the bits in which the SimHashes differ. Of the distinct runs of six words `jaccard` is the shared
    part of both texts' together, `of_this` of this one's and `of_other` of the other's. `blocks` are the longest whole
    blocks that both have.
    """

    service: str
    number: int
    first_seen: datetime
    last_seen: datetime
    distance: int
    jaccard: float
    of_this: float
    of_other: float
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """The earlier version that a version reads like, word for word (`is_equal`) or nearly."""

    version: VersionRow
    is_equal: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The requested version and similar ones, the most alike first; `compared` counts the texts read."""

    service: str
    version: VersionRow
    compared: int
    found: tuple[Similar, ...]


def similar(
    session: Session, service: str, ref: str = "latest", *, limit: int = 20, among: TextHashes | None = None
) -> Neighbours:
    """Return at most `limit` other services of which a version shares text with the version that `ref` names.

    `among` are the SimHashes of all texts, if they were read before.
    """
    version = versions.resolve(session, service, ref)
    blocks = read_blocks(documents.text(session, version.text_id))
    candidates = _candidates(session, service, version, among or TextHashes(session))
    ours = _runs(blocks)
    texts = documents.texts(session, {row.text_id for _, row in candidates})
    read = ((distance, row, texts[row.text_id]) for distance, row in candidates)
    shared = [one for distance, row, text in read if (one := _shared(ours, distance, row, text)) is not None]
    shared.sort(key=lambda one: (-one.jaccard, one.row.service))
    places = hashes.places(session, {one.row.service_id for one in shared[:limit]})
    found = tuple(_described(places, blocks, one) for one in shared[:limit])
    return Neighbours(service, version, len(candidates), found)


def return_of(session: Session, service_id: int, version: VersionRow) -> Return | None:
    """Return the earlier version that a version of a service reads like, though another text was there in between.

    Nearly like: what differs from it is at most `_RETURNED` of what differs from the version before.
    """
    if version.repeats is not None:
        return Return(history.version_at(session, service_id, version.repeats), True)
    earlier = hashes.of_earlier(session, service_id, version.first_seen)
    if len(earlier) < 2:
        return None
    own = hashes.of_text(session, version.text_id)
    _, before, hash_before = earlier[0]
    limit = min(hamming(own, hash_before) - 1, _NEAR)
    near = [one for one in earlier[1:] if hamming(own, one[2]) <= limit]
    if not near:
        return None
    first_seen, other, _ = min(near, key=lambda one: hamming(own, one[2]))
    ours, between, again = (shingles(documents.text(session, number)) for number in (version.text_id, before, other))
    if _apart_by(ours, again) > _RETURNED * _apart_by(ours, between) or _apart_by(ours, between) < LEAST:
        return None
    return Return(history.version_at(session, service_id, first_seen), False)


def _apart_by(ours: set[tuple[str, ...]], theirs: set[tuple[str, ...]]) -> float:
    return 1 - len(ours & theirs) / (len(ours | theirs) or 1)


def _candidates(session: Session, service: str, version: VersionRow, among: TextHashes) -> list[tuple[int, Candidate]]:
    own, number = hashes.of_text(session, version.text_id), versions.service_id(session, service)
    wanted = 4 * CANDIDATES
    while True:
        distances = among.nearest(own, wanted)
        nearest: dict[str, tuple[int, Candidate]] = {}
        for texts in _nearest_first(distances):
            for row in hashes.of_texts(session, texts, number):
                distance, known = distances[row.text_id], nearest.get(row.service)
                # Of versions as near the one that began nearest in time: templates spread while they are in use.
                if known is None or (distance, _apart(row, version)) < (known[0], _apart(known[1], version)):
                    nearest[row.service] = distance, row
            if len(nearest) >= CANDIDATES:
                break  # whatever is farther is none of them
        if len(nearest) >= CANDIDATES or wanted >= len(among):
            return sorted(nearest.values(), key=lambda pair: (pair[0], pair[1].service))[:CANDIDATES]
        wanted *= 4


def _nearest_first(distances: Mapping[int, int]) -> Iterator[list[int]]:
    """Yield texts, those that differ in as many bits together, few at first: a text may be thousands of versions'."""
    texts: list[int] = []
    least = 1
    for _, alike in groupby(distances, key=distances.__getitem__):
        texts += alike
        if len(texts) >= least:
            yield texts
            texts, least = [], 4 * least
    if texts:
        yield texts


def _apart(row: Candidate, version: VersionRow) -> tuple[float, datetime]:
    return abs((row.first_seen - version.first_seen).total_seconds()), row.first_seen


@dataclass(frozen=True, slots=True)
class _Shared:
    """The parts of the runs of words that a candidate shares, as `Similar` has them, and its blocks."""

    row: Candidate
    blocks: tuple[Block, ...]
    distance: int
    jaccard: float
    of_this: float
    of_other: float


def _shared(ours: set[tuple[str, ...]], distance: int, row: Candidate, text: str) -> _Shared | None:
    blocks = read_blocks(text)
    theirs = _runs(blocks)
    common = len(ours & theirs)
    if not common:
        return None
    of_this, of_other = common / len(ours), common / len(theirs)
    if max(of_this, of_other) < LEAST:
        return None
    return _Shared(row, blocks, distance, common / (len(ours) + len(theirs) - common), of_this, of_other)


def _described(places: Mapping[tuple[int, datetime], int], blocks: tuple[Block, ...], one: _Shared) -> Similar:
    return Similar(
        one.row.service,
        places[one.row.service_id, one.row.first_seen],
        one.row.first_seen,
        one.row.last_seen,
        one.distance,
        one.jaccard,
        one.of_this,
        one.of_other,
        _shared_blocks(blocks, one.blocks),
    )


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the distinct runs of words; none crosses from one block into the next."""
    return _runs(read_blocks(text))


def _runs(blocks: Sequence[Block]) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for block in blocks:
        own = words(block.inline.visible)
        found.update(zip(*(own[offset:] for offset in range(SHINGLE)), strict=False))
    return found


def _shared_blocks(ours: Sequence[Block], theirs: Sequence[Block]) -> tuple[str, ...]:
    keys = {block.key for block in theirs}
    shared = {block.key for block in ours if block.key in keys and len(block.tokens) >= _BLOCK_WORDS}
    return tuple(sorted(shared, key=lambda key: (-len(key), key))[:_BLOCKS])
