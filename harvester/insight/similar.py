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
from harvester.store.read import hashes, versions
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
    ours, theirs = _shingles(text), _shingles(other)
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


def _shingles(text: str) -> set[tuple[str, ...]]:
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
