"""The topics and named third parties of every text, kept in the store and found again when the rules are others than
those that found them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from sqlalchemy.orm import Session

from harvester.diffing.text.blocks import BlockKind, read_blocks
from harvester.errors import Stopped
from harvester.insight.topics.assign import NAMED, rules_version, topics_of_blocks
from harvester.store.content import documents, topics
from harvester.store.content.topics import OfText
from harvester.store.database import Database

AT_ONCE = 50
"""Texts of one transaction: what a killed run does again at most."""


def counted(text: str) -> OfText:
    """Return for each topic of a text the number of blocks that have it, and their words, and for each third party the
    number of blocks that name it. Headings do not count.
    """
    counts: dict[str, tuple[int, int]] = {}
    named: dict[str, tuple[str, int]] = {}  # in small letters: as first written, and how often
    for one in topics_of_blocks(read_blocks(text)):
        if one.block.kind is BlockKind.HEADING:
            continue
        words = len(one.block.inline.visible.split())
        for found in one.found:
            blocks, before = counts.get(found.topic.key, (0, 0))
            counts[found.topic.key] = (blocks + 1, before + words)
            if found.topic.key == NAMED:
                for party, name in {name.lower(): name for name, _ in reversed(found.phrases)}.items():
                    written, times = named.get(party, (name, 0))
                    named[party] = (written, times + 1)
    return OfText(counts, dict(named.values()))


def bring_up_to_date(
    database: Database,
    *,
    stop: threading.Event | None = None,
    on_progress: Callable[[int, int], None] = lambda done, of: None,
    seconds: float | None = None,
) -> int:
    """Find the topics and parties of all texts that have none by the present rules; return of how many texts.

    At most `seconds` are spent, None: as many as it takes (`left` counts what remains). Raises `Stopped` on a stop
    request; what was done is kept.
    """
    rules = rules_version()
    until = None if seconds is None else time.monotonic() + seconds
    with database.reading() as session:
        total = topics.count_due(session, rules)
    done = 0
    while done < total:
        with database.reading() as session:
            numbers = topics.due(session, rules, limit=AT_ONCE)
            found = {}
            for number in numbers:
                found[number] = counted(documents.text(session, number))
                if until is not None and time.monotonic() > until:
                    break
        if not found:
            break
        with database.writing() as session:
            topics.keep(session, rules, found)
        done += len(found)
        on_progress(min(done, total), total)
        if stop is not None and stop.is_set() and done < total:
            raise Stopped("stopped between two batches of texts; run it again to resume")
        if until is not None and time.monotonic() > until:
            break
    return done


def left(session: Session) -> int:
    """Return how many texts have no topics by the present rules yet."""
    return topics.count_due(session, rules_version())
