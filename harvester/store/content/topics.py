"""The topics and named third parties of texts, kept: which texts lack them by the present rules, and their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from harvester.store.schema import TextParty, TextRow, TextTopic

Counts = Mapping[str, tuple[int, int]]
"""For each topic of a text the number of blocks that have it, and the words of these."""


@dataclass(frozen=True, slots=True)
class OfText:
    """What rules find in a text: its topics, and the blocks that name each third party, as first written there."""

    topics: Counts
    parties: Mapping[str, int] = field(default_factory=dict)


def due(session: Session, rules: str, *, limit: int) -> list[int]:
    """Return the numbers of texts whose topics other rules found, or none yet."""
    other = or_(TextRow.topic_rules.is_(None), TextRow.topic_rules < rules, TextRow.topic_rules > rules)
    return list(session.scalars(select(TextRow.id).where(other).order_by(TextRow.id).limit(limit)))


def count_due(session: Session, rules: str) -> int:
    """Return how many texts `due` would return without a limit."""
    by_these = session.scalar(select(func.count()).where(TextRow.topic_rules == rules))
    return (session.scalar(select(func.count()).select_from(TextRow)) or 0) - (by_these or 0)


def keep(session: Session, rules: str, found: Mapping[int, OfText]) -> None:
    """Replace the topics and parties of some texts by those that `rules` found."""
    numbers = list(found)
    session.execute(delete(TextTopic).where(TextTopic.text_id.in_(numbers)))
    session.execute(delete(TextParty).where(TextParty.text_id.in_(numbers)))
    topics = [
        {"text_id": number, "topic": topic, "blocks": blocks, "words": words}
        for number, one in found.items()
        for topic, (blocks, words) in one.topics.items()
    ]
    if topics:
        session.execute(insert(TextTopic), topics)
    parties = [
        {"text_id": number, "party": written.lower(), "written": written, "blocks": blocks}
        for number, one in found.items()
        for written, blocks in one.parties.items()
    ]
    if parties:
        session.execute(insert(TextParty), parties)
    session.execute(update(TextRow).where(TextRow.id.in_(numbers)).values(topic_rules=rules))


def of(session: Session, numbers: Sequence[int]) -> dict[int, list[str]]:
    """Return the kept topics of some texts, sorted."""
    # One row a text: a row for each of its topics takes four times as long.
    joined = select(TextTopic.text_id, func.aggregate_strings(TextTopic.topic, ","))
    rows = session.execute(joined.where(TextTopic.text_id.in_(numbers)).group_by(TextTopic.text_id))
    found: dict[int, list[str]] = {number: [] for number in numbers}
    return found | {number: sorted(keys.split(",")) for number, keys in rows}
