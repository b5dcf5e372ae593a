"""Leases: rights that one process has at a time, held by renewing them. Whoever dies loses them by the clock.

A holder is ``host:pid:random``. One that was a process of this machine and has ended is replaced at once, and so is one
of this process that could not give its lease back.
"""

from __future__ import annotations

import os
import socket
import uuid
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, CursorResult, Text, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from harvester.store.ledger.ledger import insert_ignoring
from harvester.store.schema import Lease


def _running(
    now: datetime | BindParameter[datetime], farthest: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    return (Lease.expires_at > now) & (Lease.expires_at <= farthest)


# Made once: to build them takes longer than to run them.
_RUNNING = _running(bindparam("now"), bindparam("farthest"))
_HOLDER = select(Lease.holder).where(Lease.name == bindparam("name"), _RUNNING)
_PREFIX = bindparam("prefix", type_=Text)
_HOLDERS = select(Lease.holder).where(func.substr(Lease.name, 1, func.length(_PREFIX)) == _PREFIX, _RUNNING)


def new_holder() -> str:
    """Return a name for a holder in this process that no other has."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def take(session: Session, name: str, holder: str, now: datetime, seconds: float) -> str | None:
    """Take a lease as `acquire` does, also from a process that is gone; return None, or else who holds it."""
    present = session.scalar(select(Lease.holder).where(Lease.name == name))
    if present is not None and _is_gone(present):
        release(session, name, present)
    if acquire(session, name, holder, now, seconds):
        return None
    return present or "another"


LONGEST = timedelta(days=1)
"""No lease is taken for so long: one that is was written by a clock that was ahead, and has run out."""


def acquire(session: Session, name: str, holder: str, now: datetime, seconds: float) -> bool:
    """Take the lease for `seconds` if it is free, has run out, or is the holder's already; say whether it did."""
    until = now + timedelta(seconds=seconds)
    session.execute(insert_ignoring(session, Lease, name=name, holder=holder, expires_at=until))
    free = (Lease.holder == holder) | ~_running(**_at(now))
    return _one_row(
        session.execute(update(Lease).where(Lease.name == name, free).values(holder=holder, expires_at=until))
    )


def renew(session: Session, name: str, holder: str, now: datetime, seconds: float) -> bool:
    """Hold on to a lease; False: another holds it by now, or it was released, and the right is lost."""
    until = now + timedelta(seconds=seconds)
    mine = (Lease.name == name) & (Lease.holder == holder)
    return _one_row(session.execute(update(Lease).where(mine).values(expires_at=until)))


_GIVEN_UP: set[str] = set()
"""Holders of this process that hold nothing any more, whatever the database says, which was away when they ended."""


def give_up(holder: str) -> None:
    """Have a holder of this process count as gone: its lease could not be given back."""
    _GIVEN_UP.add(holder)


def release(session: Session, name: str, holder: str) -> None:
    """Give a lease back before it runs out; do nothing when another holds it."""
    session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))


def holder_of(session: Session, name: str, now: datetime) -> str | None:
    """Return the machine and process that hold a lease, as ``host:pid``; None when nobody does."""
    holder = session.scalar(_HOLDER, {"name": name, **_at(now)})
    return None if holder is None or _is_gone(holder) else holder.rpartition(":")[0]


def holders(session: Session, prefix: str, now: datetime) -> list[str]:
    """Return the holders (``host:pid``) of all leases whose names begin so."""
    found = session.scalars(_HOLDERS, {"prefix": prefix, **_at(now)})
    return sorted(holder.rpartition(":")[0] for holder in found if not _is_gone(holder))


def forget(session: Session, prefix: str, now: datetime) -> None:
    """Delete the leases whose names begin so and that have run out."""
    named = Lease.name.startswith(prefix, autoescape=True)
    session.execute(delete(Lease).where(named, ~_running(**_at(now))))


def _at(now: datetime) -> dict[str, datetime]:
    return {"now": now, "farthest": now + LONGEST}


def _is_gone(holder: str) -> bool:
    """Return whether a holder was a process of this machine that has ended, or has given up in this one."""
    if holder in _GIVEN_UP:
        return True
    host, pid, _ = holder.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _one_row(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return bool(result.rowcount == 1)
