"""Readers who get mail about a service or a watch: asked for, confirmed, told, ended.

What a reader proves their address with is a token, of which only a digest is kept: one row for each mail, so that the
link in every mail works until the subscription ends, which deletes all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from harvester.store.ledger.inserting import insert_ignoring
from harvester.store.schema import Notice, Subscription, SubscriptionMail

UNCONFIRMED = timedelta(days=3)
"""What was not confirmed by then is forgotten."""
MAILS_A_DAY = 3
"""Mails about subscribing that one address gets in a day, whoever asks for them."""
SERVICE, WATCH = "service", "watch"
READERS = "readers of "
"""Begins the target of a notice for readers: ``readers of watch NAME``."""
NOBODY = "withdrawn: nobody follows it any more"


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail to be sent to who subscribes: `token` is in no other place. `confirmed`: the reader had done that."""

    token: str
    confirmed: bool


def target_of(kind: str, name: str) -> str:
    """Return the target under which notices for the readers of a service or a watch are entered."""
    return f"{READERS}{kind} {name}"


def ask(session: Session, address: str, kind: str, name: str, now: datetime) -> Asked | None:
    """Enter a wish to subscribe; None when this address got enough mail today."""
    session.execute(
        delete(Subscription).where(Subscription.confirmed_at.is_(None), Subscription.asked_at < now - UNCONFIRMED)
    )
    today = (
        select(func.count())
        .select_from(SubscriptionMail)
        .join(Subscription, Subscription.id == SubscriptionMail.subscription_id)
        .where(func.lower(Subscription.address) == address.lower(), SubscriptionMail.notice_id.is_(None))
        .where(SubscriptionMail.made_at > now - timedelta(days=1))
    )
    if (session.scalar(today) or 0) >= MAILS_A_DAY:
        return None
    values = {"address": address, "kind": kind, "name": name, "asked_at": now}
    session.execute(insert_ignoring(session, Subscription, **values))
    same = (Subscription.address == address, Subscription.kind == kind, Subscription.name == name)
    found = session.scalars(select(Subscription).where(*same)).one()
    return Asked(new_token(session, found.id, now), found.confirmed_at is not None)


def new_token(session: Session, subscription_id: int, now: datetime) -> str:
    """Make the token of a mail that is about to be sent."""
    token = token_urlsafe(32)
    values = {"digest": _digest(token), "subscription_id": subscription_id, "made_at": now}
    session.execute(insert(SubscriptionMail).values(values))
    return token


def of_token(session: Session, token: str) -> Subscription | None:
    """Return the subscription that a token belongs to; None when there is none any more."""
    mail = select(SubscriptionMail.subscription_id).where(SubscriptionMail.digest == _digest(token))
    return session.scalar(select(Subscription).where(Subscription.id.in_(mail)))


def confirm(session: Session, token: str, now: datetime) -> Subscription | None:
    """Record that a reader confirmed; return None when the subscription was never there, or was forgotten."""
    found = of_token(session, token)
    if found is not None and found.confirmed_at is None:
        if found.asked_at < now - UNCONFIRMED:
            return None
        found.confirmed_at = now
    return found


def end(session: Session, token: str, now: datetime) -> None:
    """Delete a subscription, and withdraw what waits for the last reader."""
    found = of_token(session, token)
    if found is None:
        return
    kind, name = found.kind, found.name
    session.execute(delete(Subscription).where(Subscription.id == found.id))
    others = select(Subscription.id).where(*_confirmed(kind, name)).limit(1)
    if session.scalar(others) is None:
        waiting = update(Notice).where(Notice.target == target_of(kind, name), Notice.sent_at.is_(None))
        session.execute(waiting.values(sent_at=now, error=NOBODY))


def followed(session: Session) -> list[tuple[str, str]]:
    """Return what confirmed readers follow: kinds and names, each once, sorted."""
    wanted = select(Subscription.kind, Subscription.name).where(Subscription.confirmed_at.is_not(None)).distinct()
    return sorted((row[0], row[1]) for row in session.execute(wanted))


def untold(session: Session, kind: str, name: str, notices: Sequence[int], *, limit: int) -> Sequence[Subscription]:
    """Return confirmed readers who were not told of all of some notices."""
    told = exists().where(
        SubscriptionMail.subscription_id == Subscription.id, SubscriptionMail.notice_id == max(notices)
    )
    wanted = select(Subscription).where(*_confirmed(kind, name), ~told).order_by(Subscription.id).limit(limit)
    return session.scalars(wanted).all()


def told(session: Session, token: str, notices: Sequence[int]) -> None:
    """Record that the mail with a token was taken, and was about some notices."""
    mail = update(SubscriptionMail).where(SubscriptionMail.digest == _digest(token))
    session.execute(mail.values(notice_id=max(notices)))


def not_sent(session: Session, token: str) -> None:
    """Forget the token of a mail that was not taken."""
    session.execute(delete(SubscriptionMail).where(SubscriptionMail.digest == _digest(token)))


def _confirmed(kind: str, name: str) -> tuple[ColumnElement[bool], ...]:
    return Subscription.kind == kind, Subscription.name == name, Subscription.confirmed_at.is_not(None)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
