"""Find other policies that share a policy's text: templates, generators, owners of several services.

First by SimHash, which every version has: of each other service the version that differs in the fewest bits,
and of these the nearest `CANDIDATES`. Then by what they really share: runs of `SHINGLE` words, and whole blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from harvester.cleaner.quality.simhash import hamming
from harvester.diffing.text.blocks import read_blocks
from harvester.store.content import documents
from harvester.store.read import hashes, history, versions
from harvester.store.read.hashes import HashedVersion
from harvester.store.read.versions import VersionRow
from harvester.store.search.query import words

CANDIDATES = 50
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


def similar(session: Session, service: str, ref: str = "latest", *, limit: int = 20) -> Neighbours:
    """Return at most `limit` other services of which a version shares text with the version that `ref` names."""
    version = versions.resolve(session, service, ref)
    text = documents.text(session, version.text_id)
    candidates = _candidates(session, service, version)
    found = [one for distance, row in candidates if (one := _compared(session, text, distance, row)) is not None]
    found.sort(key=lambda one: (-one.jaccard, one.service))
    return Neighbours(service, version, len(candidates), tuple(found[:limit]))


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


def _candidates(session: Session, service: str, version: VersionRow) -> list[tuple[int, HashedVersion]]:
    own = hashes.of_text(session, version.text_id)
    nearest: dict[str, tuple[int, HashedVersion]] = {}
    for row in hashes.of_others(session, versions.service_id(session, service)):
        distance = hamming(own, row.simhash)
        known = nearest.get(row.service)
        # Of versions as near the one that began nearest in time: templates spread while they are in use.
        if known is None or (distance, _apart(row, version)) < (known[0], _apart(known[1], version)):
            nearest[row.service] = distance, row
    return sorted(nearest.values(), key=lambda pair: (pair[0], pair[1].service))[:CANDIDATES]


def _apart(row: HashedVersion, version: VersionRow) -> tuple[float, datetime]:
    return abs((row.first_seen - version.first_seen).total_seconds()), row.first_seen


def _compared(session: Session, text: str, distance: int, row: HashedVersion) -> Similar | None:
    other = documents.text(session, row.text_id)
    ours, theirs = shingles(text), shingles(other)
    common = len(ours & theirs)
    if not common:
        return None
    of_this, of_other = common / len(ours), common / len(theirs)
    if max(of_this, of_other) < LEAST:
        return None
    stood = next(one for one in versions.log(session, row.service) if one.first_seen == row.first_seen)
    jaccard = common / len(ours | theirs)
    return Similar(
        row.service,
        stood.number,
        stood.first_seen,
        stood.last_seen,
        distance,
        jaccard,
        of_this,
        of_other,
        _shared_blocks(text, other),
    )


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the distinct runs of words; none crosses from one block into the next."""
    found: set[tuple[str, ...]] = set()
    for block in read_blocks(text):
        own = words(block.inline.visible)
        found.update(zip(*(own[offset:] for offset in range(SHINGLE)), strict=False))
    return found


def _shared_blocks(text: str, other: str) -> tuple[str, ...]:
    theirs = {block.key for block in read_blocks(other)}
    shared = {block.key for block in read_blocks(text) if block.key in theirs and len(block.tokens) >= _BLOCK_WORDS}
    return tuple(sorted(shared, key=lambda key: (-len(key), key))[:_BLOCKS])
