"""Rights that only one process has at a time, held by renewing them: whoever dies loses them by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from harvester.store.ledger.ledger import insert_ignoring
from harvester.store.schema import Lease


def acquire(session: Session, name: str, holder: str, now: datetime, seconds: float) -> bool:
    """Takes the lease for `seconds` if it is free, has run out, or is the holder's already; says whether it did."""
    until = now + timedelta(seconds=seconds)
    session.execute(insert_ignoring(session, Lease, name=name, holder=holder, expires_at=until))
    free = (Lease.holder == holder) | (Lease.expires_at <= now)
    return _one_row(
        session.execute(update(Lease).where(Lease.name == name, free).values(holder=holder, expires_at=until))
    )


def renew(session: Session, name: str, holder: str, now: datetime, seconds: float) -> bool:
    """Holds on to a lease; False: another holder has it by now, or it was released, and the right is lost."""
    until = now + timedelta(seconds=seconds)
    mine = (Lease.name == name) & (Lease.holder == holder)
    return _one_row(session.execute(update(Lease).where(mine).values(expires_at=until)))


def release(session: Session, name: str, holder: str) -> None:
    """Gives a lease back before it runs out; does nothing when another holds it."""
    session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))


def _one_row(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return bool(result.rowcount == 1)
