"""The data of a statement about a change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class StatementKind(StrEnum):
    """The subject of a statement."""

    PERIOD = "period"
    AGE = "age"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    THIRD_PARTY = "third-party"
    RIGHT = "right"
    MODAL = "modal"
    TOPIC = "topic"
    ADDRESS = "address"
    LINK = "link"


class Happened(StrEnum):
    """What happened to the subject."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a change did, in plain words, with the passages that prove it.

    `old` and `new` are the values (``30 days``, ``Example Ltd``), None if there is none; `old_passage` and
    `new_passage` the sentences that contain them, empty if there is none.
    """

    kind: StatementKind
    happened: Happened
    text: str
    old: str | None
    new: str | None
    old_passage: str
    new_passage: str


def as_json(statement: Statement) -> dict[str, Any]:
    """Return a statement as plain data for JSON."""
    return {
        "kind": statement.kind.value,
        "happened": statement.happened.value,
        "text": statement.text,
        "old": statement.old,
        "new": statement.new,
        "old_passage": statement.old_passage,
        "new_passage": statement.new_passage,
    }
