"""The content of a notice: changes as text for people, and as JSON for programs. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from harvester.catalogue.document_types import PRIVACY_POLICY, split_name
from harvester.dates import iso
from harvester.insight.statements.model import Statement, as_json

TEXT_CHARACTERS = 3_000
"""A redline longer than this is cut in a message; the page has all of it."""


STATEMENTS = 10
"""The statements about a change that a message lists; the page has all of them."""


@dataclass(frozen=True, slots=True)
class NotableChange:
    """One change as a notice reports it; `redline` is plain text, `url` the page of the change, if pages have one.

    `statements` say in plain words what it did (docs/topics.md). `watches` are those of the target that it fits, each
    with the passages that show it.
    """

    key: str
    service: str
    kind: str
    after: datetime
    before: datetime
    found_at: datetime
    words_added: int
    words_removed: int
    words_moved: int
    headings: tuple[str, ...]
    reasons: tuple[str, ...]
    redline: str
    url: str | None
    statements: tuple[Statement, ...] = ()
    watches: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def headline(self) -> str:
        """In one line."""
        return (
            f"{self.service}: {self.kind} change, {self.words_added} words added, {self.words_removed} removed, "
            f"first seen {self.before:%Y-%m-%d}"
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the change as a dictionary for JSON."""
        return {
            "key": self.key,
            "service": self.service,
            "kind": self.kind,
            "after": iso(self.after),
            "before": iso(self.before),
            "found_at": iso(self.found_at),
            "words_added": self.words_added,
            "words_removed": self.words_removed,
            "words_moved": self.words_moved,
            "headings": list(self.headings),
            "reasons": list(self.reasons),
            "statements": [as_json(one) for one in self.statements],
            "watches": [{"name": name, "passages": list(passages)} for name, passages in self.watches],
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one target. `key` is the same however often the message is sent."""

    target: str
    changes: Sequence[NotableChange]
    test: bool = False

    @property
    def key(self) -> str:
        """Names the message, so that a receiver can see that it came a second time."""
        content = "\n".join([self.target, *sorted(one.key for one in self.changes)])
        return hashlib.sha256(content.encode()).hexdigest()[:32]

    @property
    def title(self) -> str:
        """The subject of a mail, the first line of a chat message."""
        if self.test:
            return "harvester: a test"
        if len(self.changes) == 1:
            return self.changes[0].headline
        policies = all(split_name(one.service)[1] == PRIVACY_POLICY for one in self.changes)
        return f"{len(self.changes)} changes of {'privacy policies' if policies else 'documents'}"

    @property
    def text(self) -> str:
        """The message as plain text."""
        if self.test:
            return f"This is a test of the target {self.target}. Notices of changes will be sent here."
        return "\n\n".join(_paragraph(one, alone=len(self.changes) == 1) for one in self.changes)

    def as_dict(self) -> dict[str, Any]:
        """Return the body of the webhook."""
        return {
            "type": "test" if self.test else "changes",
            "id": self.key,
            "target": self.target,
            "changes": [one.as_dict() for one in self.changes],
        }


def _paragraph(one: NotableChange, *, alone: bool) -> str:
    lines = [] if alone else [one.headline]
    lines.append(f"The text changed between {one.after:%Y-%m-%d %H:%M} and {one.before:%Y-%m-%d %H:%M} UTC.")
    if one.headings:
        lines.append("Sections: " + "; ".join(one.headings[:10]))
    lines += [f"- {statement.text}" for statement in one.statements[:STATEMENTS]]
    for name, passages in one.watches:
        lines += [f"Watch {name}:", *(f"  {' '.join(passage.split())}" for passage in passages)]
    if one.url:
        lines.append(one.url)
    if alone and one.redline:
        redline = one.redline
        if len(redline) > TEXT_CHARACTERS:
            redline = redline[:TEXT_CHARACTERS] + "\n[cut]"
        lines += ["", "What changed, with ~~removed~~ and **added** words:", "", redline]
    return "\n".join(lines)
