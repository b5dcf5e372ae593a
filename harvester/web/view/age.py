"""A document coloured by the age of its words: which version brought each passage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from harvester.diffing import Block
from harvester.diffing.text.blocks import read_blocks
from harvester.insight.blame import BlamedBlock, Passage, blame
from harvester.lru import LruCache
from harvester.store.content import documents
from harvester.store.read.versions import VersionRow
from harvester.web.addresses import change_path, version_path
from harvester.web.references import reference_of
from harvester.web.view import rendering

SHADES = 6
_MOST_CHARACTERS = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Group:
    """The passages that one version brought: how many percent of the words, and the version's page or change."""

    number: int
    first_seen: datetime
    shade: int
    share: str
    path: str


@dataclass(frozen=True, slots=True)
class Aged:
    """The document with its passages marked, and what the marks mean, oldest first."""

    html: Markup
    groups: tuple[Group, ...]


class AgeKeeper:
    """Remembers the last documents coloured: following the words through all versions costs a moment."""

    def __init__(self) -> None:
        self._kept = LruCache[tuple[int, int, str], Aged](_MOST_CHARACTERS, lambda aged: len(aged.html))

    def aged(self, session: Session, service: str, row: VersionRow) -> Aged:
        """Return the document of a version by the age of its words."""
        return self._kept.get((row.id, row.number, row.sha256), lambda: _aged(session, service, row))


def _aged(session: Session, service: str, row: VersionRow) -> Aged:
    found = blame(session, service, reference_of(session, service, row))
    words = Counter[tuple[int, datetime]]()
    for block in found.blocks:
        for passage in block.passages:
            words[passage.since.number, passage.since.first_seen] += len(passage.text.split())
    last = max(len(words) - 1, 1)
    shades = {number: round(place * (SHADES - 1) / last) for place, (number, _) in enumerate(sorted(words))}
    total = sum(words.values()) or 1
    groups = tuple(
        Group(
            number,
            first_seen,
            shades[number],
            percent(count, total),
            _origin(service, number, first_seen),
        )
        for (number, first_seen), count in sorted(words.items())
    )
    blocks = read_blocks(documents.text(session, row.text_id))
    html = rendering.blocks_html(
        [block.with_label_inside() for block in blocks],
        lambda block, number: _marked(block, found.blocks[number], service, shades),
    )
    return Aged(html, groups)


def percent(count: int, total: int) -> str:
    """Format a share in per cent; below one per cent in words, so that a few words are never shown as none."""
    return str(round(100 * count / total)) if 100 * count >= total else "under 1"


def _origin(service: str, number: int, first_seen: datetime) -> str:
    """Return the change that brought a passage; None for the first version."""
    return version_path(service, first_seen) if number == 1 else change_path(service, first_seen)


def _marked(block: Block, blamed: BlamedBlock, service: str, shades: dict[int, int]) -> str:
    visible = block.inline.visible
    out: list[str] = []
    at = 0
    for passage in blamed.passages:
        place = block.inline.find(passage.text, at)
        if place is None:
            break
        start, end = place
        out += [rendering.piece(block, at, start), _opening(passage, service, shades)]
        out += [rendering.piece(block, start, end), "</span>"]
        at = end
    out.append(rendering.piece(block, at, len(visible)))
    return "".join(out)


def _opening(passage: Passage, service: str, shades: dict[int, int]) -> str:
    since = passage.since
    title = f"since version {since.number}, {since.first_seen:%Y-%m-%d}"
    if passage.first is not None:
        title += f"; it had been there from {passage.first.first_seen:%Y-%m-%d}, then removed"
    opening = f'<span class="age age-{shades[since.number]}" title="{title}">'
    if since.number == 1:
        return opening
    return f'{opening}<sup><a href="{escape(change_path(service, since.first_seen))}">{since.number}</a></sup>'
