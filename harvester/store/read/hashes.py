"""The SimHash of every version: small rows, from which texts are chosen that are worth comparing."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, bindparam, cast, func, select
from sqlalchemy.orm import Session

from harvester.store.content.stored_form import unsigned
from harvester.store.schema import Service, TextRow, Version
from harvester.store.search.matches import one_of

_DIFFERING = [bytes((one ^ other).bit_count() for other in range(256)) for one in range(256)]
"""For each byte, in how many bits it differs from each byte."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version of a service, with its text."""

    service: str
    service_id: int
    first_seen: datetime
    last_seen: datetime
    text_id: int


# Made once: to build them takes longer than to run them.
_SIMHASH = select(TextRow.simhash).where(TextRow.id == bindparam("text"))
_EARLIER = (
    select(Version.first_seen, Version.text_id, TextRow.simhash)
    .join(TextRow, TextRow.id == Version.text_id)
    .where(Version.service_id == bindparam("service"), Version.first_seen < bindparam("before"))
    .order_by(Version.first_seen.desc())
)


def of_text(session: Session, text_id: int) -> int:
    """Return the SimHash of one text."""
    return unsigned(session.scalars(_SIMHASH, {"text": text_id}).one())


def of_earlier(session: Session, service_id: int, before: datetime) -> list[tuple[datetime, int, int]]:
    """Return (first seen, text, SimHash) of the versions of a service first seen before an instant, newest first."""
    rows = session.execute(_EARLIER, {"service": service_id, "before": before})
    return [(first_seen, text_id, unsigned(simhash)) for first_seen, text_id, simhash in rows]


class TextHashes:
    """The SimHash of every text: 16 bytes a text."""

    def __init__(self, session: Session) -> None:
        # Each column as one string, which takes a sixth of the time that so many rows take.
        joined = [func.aggregate_strings(cast(one, Text), ",") for one in (TextRow.id, TextRow.simhash)]
        numbers, hashes = session.execute(select(joined[0], joined[1])).one()
        self._numbers = array("q", map(int, numbers.split(",") if numbers else ()))
        whole = array("q", map(int, hashes.split(",") if hashes else ())).tobytes()
        # The first bytes of all, the second bytes of all, and so on.
        self._bytes = [whole[place::8] for place in range(8)]

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._numbers)

    def nearest(self, simhash: int, wanted: int) -> dict[int, int]:
        """Return so many texts whose SimHashes differ in the fewest bits, with the number of these bits."""
        distances = self._distances(simhash)
        found: dict[int, int] = {}
        for distance in range(65):
            place = distances.find(distance)
            while place >= 0 and len(found) < wanted:
                found[self._numbers[place]] = distance
                place = distances.find(distance, place + 1)
        return found

    def _distances(self, simhash: int) -> bytes:
        """Return the number of bits, a byte of each text, in which its SimHash differs.

        All texts at once: a byte is looked up in a table of how many of its bits differ, and the bytes are added as
        one large number, without carries, since their sum is at most 64. A fifth of the time of one text after another.
        """
        own = simhash.to_bytes(8, sys.byteorder)
        parts = (all_of.translate(_DIFFERING[one]) for all_of, one in zip(self._bytes, own, strict=True))
        return sum(int.from_bytes(part, "little") for part in parts).to_bytes(len(self), "little")


def of_texts(session: Session, texts: Collection[int], without: int) -> list[Candidate]:
    """Return the versions that have one of some texts, but for those of the service `without`."""
    rows = session.execute(
        select(Service.name, Service.id, Version.first_seen, Version.last_seen, Version.text_id)
        .join(Service, Service.id == Version.service_id)
        .where(one_of(session, Version.text_id, texts), Version.service_id != without)
    )
    return [Candidate(*row) for row in rows]


def places(session: Session, services: Collection[int]) -> dict[tuple[int, datetime], int]:
    """Return the number of each version of some services, by (service, first seen), in one statement."""
    place = func.row_number().over(partition_by=Version.service_id, order_by=Version.first_seen)
    rows = session.execute(
        select(Version.service_id, Version.first_seen, place).where(Version.service_id.in_(services))
    )
    return {(service, first_seen): number for service, first_seen, number in rows}
