"""The captures of a page whose address the catalogue spells in several ways: each is of the source of its time."""

from __future__ import annotations

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, aliased

from harvester.store.content import renderings
from harvester.store.content.publication import AS_PUBLISHED
from harvester.store.schema import Capture, Rendering, Source


def take_over(session: Session, source: Source, other: Source) -> None:
    """Give a source what another spelling of its page has of its time.

    The index lists a page under one key, whichever spelling is requested: what stayed with the other source would be
    entered again. What both have already is left to `harvester reclean`.
    """
    twin = aliased(Capture)
    there = exists().where(
        twin.source_id == source.id, twin.timestamp == Capture.timestamp, twin.digest == Capture.digest
    )
    of_its_time = select(Capture).where(Capture.source_id == other.id, ~there)
    if source.since is not None:
        of_its_time = of_its_time.where(Capture.timestamp >= source.since)
    if source.until is not None:
        of_its_time = of_its_time.where(Capture.timestamp <= source.until)
    if captures := session.scalars(of_its_time).all():
        copy_renderings(session, other.id, source.id)
        for capture in captures:
            move(session, capture, source)


def move(session: Session, capture: Capture, source: Source) -> None:
    """Make a capture one of another source; its text was made under the old address, so it is to be made again."""
    same_address = session.get_one(Source, capture.source_id).url == source.url
    cleaner = capture.cleaner if same_address or capture.cleaner in AS_PUBLISHED else None
    session.execute(update(Capture).where(Capture.id == capture.id).values(source_id=source.id, cleaner=cleaner))


def copy_renderings(session: Session, number: int, to: int) -> None:
    """Enter for a source what a browser made of another's pages, where it has none or one without a page.

    One for all captures with its bytes takes no place of those of single captures: they show other texts.
    """
    for one in session.scalars(select(Rendering).where(Rendering.source_id == number)).all():
        if one.taken_at is None and renderings.are_of_one_capture(session, to, one.archive, one.payload_id):
            continue
        there = renderings.of(session, to, one.archive, one.payload_id, one.taken_at)
        if there is None or (there.dom_id is None and one.dom_id is not None):
            names = {column.name for column in Rendering.__table__.columns} - {"id", "source_id"}
            renderings.keep(session, Rendering(source_id=to, **{name: getattr(one, name) for name in names}), None)
