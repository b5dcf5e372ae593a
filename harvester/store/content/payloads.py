"""Raw bodies, kept for ever and once per content, each compressed against the one its source brought before it.

A keyframe (a payload stored without a reference) bounds each chain of references, and so the time to read one.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import Select, Table, bindparam, insert, literal, select
from sqlalchemy.orm import Session, aliased

from harvester.errors import CorruptStore
from harvester.lru import LruCache
from harvester.memento import digest_of
from harvester.store.content.compression import restored, sha256_of, squeezed, verified
from harvester.store.ledger.inserting import hold_contents
from harvester.store.schema import Payload

# Measured with bench/storage.py: each reference adds about 0.1 ms to a read for pages of 120 kB, so that the longest
# chain is read in 4 ms of processor time; with 15 the same pages take a quarter more bytes, with 7 three quarters.
DEPTH_AT_MOST = 31
"""References from a payload down to its keyframe."""

Bodies = LruCache[str, bytes]
"""Bodies that were read or put before, by their sha256."""


def bodies() -> Bodies:
    """Return room for some 100 bodies."""
    return Bodies(4_000_000, len)


_put_last = bodies()

_REMEDY = "run `harvester verify` to see what else is, and restore a backup"


def put(session: Session, body: bytes, *, source_id: int | None = None, like: int | None = None) -> int:
    """Store a body, unless its content is stored already; return its id.

    `source_id` is the source that brought it, whose last payload it is compressed against; what no source brought is
    compressed against the payload `like`, if any.

    Two writers may put the same content at once: the later waits for the earlier and gets the same id.
    """
    digest = sha256_of(body)
    present = session.scalar(_PRESENT, {"sha256": digest})
    if present is None and hold_contents(session):
        present = session.scalar(_PRESENT, {"sha256": digest})
    if present is not None:
        return present
    base = session.execute(*_base(source_id, like)).first()
    reference = _reference(session, base.id, base.sha256) if base is not None and base.depth < DEPTH_AT_MOST else None
    values = {
        "sha256": digest,
        "digest": digest_of(body),
        "size": len(body),
        "source_id": source_id,
        "base_id": base.id if base is not None and reference else None,
        "depth": base.depth + 1 if base is not None and reference else 0,
        "data": squeezed(body, reference),
    }
    number: int = session.execute(_INSERT, values).scalar_one()
    _put_last.keep(digest, body)
    return number


def _reference(session: Session, payload_id: int, sha256: str) -> bytes:
    """Return a body to compress another against: mostly the one that was put before it."""
    return _put_last.find(sha256) or get(session, payload_id)


def _base(source_id: int | None, like: int | None) -> tuple[Select[int, int, str], dict[str, int | None]]:
    return (_LATEST, {"source_id": source_id}) if source_id is not None else (_DEPTH, {"payload_id": like})


def get(session: Session, payload_id: int, known: Bodies | None = None) -> bytes:
    """Return the raw bytes of a payload; raise `CorruptStore` when they are not those that were stored.

    What is read on the way is kept in `known`, and taken from it: of the pages of a source most are made of the one
    before them.
    """
    if known is not None and (made := _next(session, payload_id, known)) is not None:
        return made
    chain = _chain(session, payload_id)
    if not chain or chain[-1][1] is not None:
        raise CorruptStore(f"payload {payload_id} or one that it refers to is missing: restore a backup")
    content: bytes | None = None
    wanted, left = chain[0][2], []
    for link in chain:
        content = known.find(link[2]) if known is not None else None
        if content is not None:
            break
        left.append(link)
    for number, _, sha256, data in reversed(left):
        try:
            content = restored(data, content)
        except CorruptStore as error:
            through = "" if number == payload_id else f" needs payload {number}, which"
            raise CorruptStore(f"payload {payload_id}{through} is not what was stored ({error}): {_REMEDY}") from error
        if known is not None:
            known.keep(sha256, content)
    assert content is not None
    try:
        # Only the last is wanted; the hashes of those below it would take most of the time of a long chain.
        return verified(content, wanted)
    except CorruptStore as error:
        raise CorruptStore(f"payload {payload_id} is not what was stored ({error}): {_REMEDY}") from error


def _next(session: Session, payload_id: int, known: Bodies) -> bytes | None:
    """Return a body that is known, or is made of one that is; None for any other."""
    link = session.execute(_LINK, {"payload_id": payload_id}).first()
    if link is None:
        return None
    content = known.find(link.sha256)
    base = known.find(link.base) if content is None and link.base is not None else None
    if content is None and base is None:
        return None
    try:
        content = verified(restored(link.data, base) if content is None else content, link.sha256)
    except CorruptStore as error:
        raise CorruptStore(f"payload {payload_id} is not what was stored ({error}): {_REMEDY}") from error
    known.keep(link.sha256, content)
    return content


def _chain(session: Session, payload_id: int) -> list[tuple[int, int | None, str, bytes]]:
    """Return (id, base, sha256, data) of a payload and of all that it refers to, down to its keyframe."""
    rows = session.execute(_CHAIN, {"payload_id": payload_id})
    return [(row.id, row.base_id, row.sha256, row.data) for row in rows]


def _chain_statement() -> Select[int, int | None, str, bytes]:
    chain = (
        select(Payload.id, Payload.base_id, literal(0).label("step"))
        .where(Payload.id == bindparam("payload_id"))
        .cte("chain", recursive=True)
    )
    base = aliased(Payload)
    chain = chain.union_all(
        select(base.id, base.base_id, chain.c.step + 1)
        .join(chain, base.id == chain.c.base_id)
        .where(chain.c.step <= DEPTH_AT_MOST)
    )
    return (
        select(Payload.id, Payload.base_id, Payload.sha256, Payload.data)
        .join(chain, Payload.id == chain.c.id)
        .order_by(chain.c.step)
    )


# Made once: to build them takes longer than to run them. Of the table and not of its class: the rows that the session
# makes of a class take five times as long.
_TABLE = cast(Table, Payload.__table__)
_INSERT = insert(_TABLE).returning(_TABLE.c.id)
_BASE = _TABLE.alias()
_LINK = (
    select(_TABLE.c.sha256, _TABLE.c.data, _BASE.c.sha256.label("base"))
    .outerjoin(_BASE, _BASE.c.id == _TABLE.c.base_id)
    .where(_TABLE.c.id == bindparam("payload_id"))
)
_PRESENT = select(Payload.id).where(Payload.sha256 == bindparam("sha256"))
_LATEST = (
    select(Payload.id, Payload.depth, Payload.sha256)
    .where(Payload.source_id == bindparam("source_id"))
    .order_by(Payload.id.desc())
    .limit(1)
)
"""The payload that a source brought last."""
_DEPTH = select(Payload.id, Payload.depth, Payload.sha256).where(Payload.id == bindparam("payload_id"))
_CHAIN = _chain_statement()
