"""Who is signed in: a row for each browser, gone when its person signs out or its time is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from harvester.store.schema import SignIn


def enter(session: Session, identity: str, person: str, now: datetime, expires_at: datetime) -> None:
    """Enter a sign-in, and delete those that have expired."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= now))
    session.add(SignIn(id=identity, person=person, signed_in_at=now, expires_at=expires_at))


def person_of(session: Session, identity: str, now: datetime) -> str | None:
    """Return who is signed in; None when nobody is, or no longer."""
    return session.scalar(select(SignIn.person).where(SignIn.id == identity, SignIn.expires_at > now))


def end(session: Session, identity: str) -> None:
    """Delete a sign-in."""
    session.execute(delete(SignIn).where(SignIn.id == identity))
