"""``export corpus``: the tree of the Princeton-Leuven corpus, ``i/im/iml/imlive.com.md`` with the page beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy.orm import Session

from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.dates import season_label
from harvester.exporting.destination import Destination
from harvester.exporting.snapshots import SnapshotReader, corpus_path
from harvester.settings import Settings
from harvester.store.read.snapshots import Snapshot, last_observed, observed, service_names


@dataclass(frozen=True, slots=True)
class Exported:
    """The result of an export: services with something to show, and documents (including those already there)."""

    services: int
    documents: int
    left_out: int = 0
    """Documents that are no text of the corpus: made by selectors, or combined of several pages."""


def export_corpus(
    session: Session,
    settings: Settings,
    folder: Path,
    *,
    services: Sequence[str] = (),
    at: datetime | None = None,
    seasons: bool = False,
    types: Sequence[str] = (PRIVACY_POLICY,),
) -> Exported:
    """Write one document and page of each service: its last capture that shows a policy.

    Documents of other types are written where `types` or `services` name them.

    `at` takes the last one not later than that instant. With `seasons` the tree is made for each half-year, below
    ``2009-A`` (January to June) and ``2009-B``, of the last capture in it: the corpus's own choice (REFERENCE.md, 5).
    Files that are already there and equal are left alone.
    """
    chosen_services = service_names(session, services, types)
    options = {"at": at.isoformat() if at else None, "seasons": seasons, "services": sorted(services)}
    if list(types) != [PRIVACY_POLICY]:
        options["types"] = sorted(types)
    with Destination.claim(folder, "corpus", options) as destination:
        reader = SnapshotReader(session, settings)
        shown = written = left_out = 0
        for number, name in chosen_services:
            chosen = _seasons(session, number, at) if seasons else _latest(session, number, at)
            before = written
            for season, snapshot in chosen:
                if not snapshot.is_of_corpus:
                    left_out += 1
                    continue
                _write(destination, reader, f"{season}{corpus_path(name)}", snapshot)
                written += 1
            shown += written > before
        return Exported(shown, written, left_out)


def _latest(session: Session, service_id: int, at: datetime | None) -> Iterator[tuple[str, Snapshot]]:
    snapshot = last_observed(session, service_id, at)
    if snapshot is not None:
        yield "", snapshot


def _seasons(session: Session, service_id: int, at: datetime | None) -> Iterator[tuple[str, Snapshot]]:
    for season, snapshots in groupby(observed(session, service_id), key=lambda one: season_label(one.moment)):
        last = None
        for one in snapshots:
            if at is None or one.moment <= at:
                last = one
        if last is not None:
            yield f"{season}/", last


def _write(destination: Destination, reader: SnapshotReader, path: str, snapshot: Snapshot) -> None:
    # The document is written last: where it is there, the page is too.
    if (page := reader.page(snapshot)) is not None:
        ending, content = page
        destination.write(path + ending, content)
    destination.write(f"{path}.md", reader.document(snapshot))
