"""Notices for readers: one row of the outbox for what several follow, one mail for each of them."""

from __future__ import annotations

import logging

from harvester.clock import Clock
from harvester.harvest.notable import target_for
from harvester.service.notify.mailing import news, opened
from harvester.service.notify.messages import Message
from harvester.settings import Settings, TargetSettings
from harvester.store import subscriptions
from harvester.store.database import Database
from harvester.store.subscriptions import READERS, WATCH, target_of

log = logging.getLogger(__name__)

AT_ONCE = 100
"""Readers of one look."""


def targets(database: Database, settings: Settings) -> dict[str, TargetSettings]:
    """Return what readers follow as targets of notices; none while no mail can be sent."""
    if not settings.mail.sender:
        return {}
    with database.reading() as session:
        followed = subscriptions.followed(session)
    return {
        target_of(kind, name): target_for(kind, name)
        for kind, name in followed
        if kind != WATCH or name in settings.watch
    }


def send(database: Database, settings: Settings, clock: Clock, message: Message, notices: list[int]) -> None:
    """Send a message to each reader who was not told of these notices; raise `NotDelivered` when the server fails.

    Who was told is recorded reader by reader, so that another try begins behind them.
    """
    kind, _, name = message.target.removeprefix(READERS).partition(" ")
    with opened(settings) as hand:
        while True:
            with database.reading() as session:
                readers = subscriptions.untold(session, kind, name, notices, limit=AT_ONCE)
            for reader in readers:
                with database.writing() as session:
                    token = subscriptions.new_token(session, reader.id, clock())
                what = f"the {kind} {name}"
                try:
                    if not hand(news(settings, clock, reader.address, message.title, message.text, what, token)):
                        log.warning("an address of %s is refused for good", message.target)
                except Exception:
                    with database.writing() as session:
                        subscriptions.not_sent(session, token)
                    raise
                with database.writing() as session:
                    subscriptions.told(session, token, notices)
            if len(readers) < AT_ONCE:
                return
