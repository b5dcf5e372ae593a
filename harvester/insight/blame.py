"""Find the version that brought each block and word of a policy, and the one that removed what is gone.

Computed along the chain of versions from the operations that the store keeps of each change: no two texts are compared
again. `harvester.insight.lineage` has the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from harvester.diffing import compare, decode
from harvester.diffing.text.blocks import read_blocks
from harvester.errors import CorruptStore
from harvester.insight.lineage import Lineage, Stretch
from harvester.store.content import documents
from harvester.store.history.references import position
from harvester.store.read import versions
from harvester.store.read.versions import VersionRow


@dataclass(frozen=True, slots=True)
class Brought:
    """The version that brought something: its number and when it was first seen."""

    number: int
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring words that one version brought.

    `first` is set where the words had been there before, gone, and returned: the version that had brought them first.
    `apart` says that white space parts them from the words before.
    """

    text: str
    since: Brought
    first: Brought | None
    apart: bool


@dataclass(frozen=True, slots=True)
class BlamedBlock:
    """One block: `since` brought the oldest of its words, `latest` the newest; `passages` are all of them in order."""

    kind: str
    level: int
    text: str
    since: Brought
    latest: Brought
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """Neighbouring words of one block that version `by` took out.

    They were in the section `heading` and were last seen at `last_seen`. `back` is the version with which the whole
    block returned, if it did. `block` numbers the blocks (from 0) of the last version that had it, and `whole` says
    that it went whole: words around which a block stayed share its number.
    """

    by: Brought
    last_seen: datetime
    heading: str
    passages: tuple[Passage, ...]
    back: Brought | None
    block: int
    whole: bool

    @property
    def text(self) -> str:
        """The words."""
        return "".join(f" {one.text}" if one.apart else one.text for one in self.passages).strip()


@dataclass(frozen=True, slots=True)
class Blame:
    """The blocks of one version with their origins; `removed` only on request."""

    service: str
    version: VersionRow
    blocks: tuple[BlamedBlock, ...]
    removed: tuple[Removed, ...] = field(default=())


def blame(session: Session, service: str, ref: str = "latest", *, removed: bool = False) -> Blame:
    """Return the blame of the version that `ref` names (`store.references`).

    With `removed` also what is gone: text of earlier versions that this one no longer had, and text of this one that a
    later version took out (then ``removed.by.number > version.number``), in the order in which it went and, of one
    version, that had it. Raises `UnknownName` for an unknown service or version.
    """
    rows = versions.present_log(session, service)
    at = position(ref, [row.first_seen for row in rows], service)
    text = documents.text(session, rows[0].text_id)
    lineage = Lineage.of(read_blocks(text))
    blocks: tuple[BlamedBlock, ...] | None = _blocks(lineage, rows) if at == 0 else None
    for place in range(1, len(rows) if removed else at + 1):
        old, text = text, documents.text(session, rows[place].text_id)
        _step(session, lineage, rows[place], old, text)
        if place == at:
            blocks = _blocks(lineage, rows)
    assert blocks is not None
    return Blame(service, rows[at], blocks, _removed(lineage, rows, at) if removed else ())


def _step(session: Session, lineage: Lineage, row: VersionRow, old: str, new: str) -> None:
    blocks = read_blocks(new)
    if row.change_id is not None:
        stored = versions.operations_of(session, [row.change_id])
        try:
            lineage.step(blocks, decode(stored[row.change_id], old, new).operations)
            return
        except CorruptStore:
            pass  # an earlier harvester read blocks and words in another way; `verify` names it if it is damaged
    lineage.step(blocks, compare(old, new).operations)


def _blocks(lineage: Lineage, rows: Sequence[VersionRow]) -> tuple[BlamedBlock, ...]:
    found = []
    for number, block in enumerate(lineage.blocks):
        since = [origin.since for origin in lineage.origins[number]]
        found.append(
            BlamedBlock(
                block.kind.value,
                block.level,
                block.with_label_inside().inline.shown().strip(),
                _brought(rows, min(since)),
                _brought(rows, max(since)),
                tuple(_passage(rows, one) for one in lineage.stretches(number)),
            )
        )
    return tuple(found)


def _removed(lineage: Lineage, rows: Sequence[VersionRow], at: int) -> tuple[Removed, ...]:
    found = []
    for lost in lineage.lost:
        stood = tuple(_passage(rows, one) for one in lost.stretches if one.origin.since <= at)
        if stood:
            back = None if lost.back is None else _brought(rows, lost.back)
            by, last_seen = _brought(rows, lost.removed), rows[lost.removed - 1].last_seen
            found.append(Removed(by, last_seen, lost.heading, stood, back, lost.block, bool(lost.whole)))
    return tuple(sorted(found, key=lambda one: (one.by.number, one.block)))


def _passage(rows: Sequence[VersionRow], one: Stretch) -> Passage:
    first = None if one.origin.first == one.origin.since else _brought(rows, one.origin.first)
    return Passage(one.text, _brought(rows, one.origin.since), first, one.apart)


def _brought(rows: Sequence[VersionRow], place: int) -> Brought:
    return Brought(rows[place].number, rows[place].first_seen)
