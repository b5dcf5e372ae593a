"""Digests that identify a body: those of a capture played back without a redirect of the site on the way.

The digest of a redirect is of the redirect's own bytes, which may be the same for ever while its target changes. The
index hides the status of a revisit, so a revisit of a redirect looks like one of a page; playing it back shows which.
So it is with a page that embeds its text from another host: its bytes are the same while the text changes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, cast, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from harvester.memento import EMPTY_BODY_DIGEST
from harvester.store.schema import Capture, Payload, Playback, Rendering, Service


def shows_its_digest(capture: Any) -> ColumnElement[bool]:
    """Return the condition that the digest of a capture is of its stored bytes: not a redirect or a substitute."""
    has_bytes = and_(capture.payload_id.is_not(None), capture.seen_at.is_(None))
    return and_(has_bytes, or_(capture.status.is_(None), ~_redirect_status(capture)), ~_was_redirected(capture))


def is_of_a_redirect(digest: Any) -> ColumnElement[bool]:
    """Return the condition that some capture with this digest is a redirect, by the index or by how it was played
    back.
    """
    other = aliased(Capture)
    return exists().where(other.digest == digest, or_(_redirect_status(other), _was_redirected(other)))


def redirect_digests(session: Session, source_id: int) -> frozenset[str]:
    """Return the digests of a source's revisits that are of redirects, and so identify no body."""
    return frozenset(session.scalars(_redirect_digests(), {"source": source_id}))


def text_is_elsewhere(capture: Any) -> ColumnElement[bool]:
    """Return the condition that the text of a capture is, or is yet to be, one that its page embeds from another host
    or that its scripts loaded: equal bytes do not show that the text is the same.
    """
    of_a_notice = and_(capture.recipe == "data", capture.reason.is_(None))
    of_loaded_texts = and_(
        capture.recipe == "rendered",
        exists().where(
            Rendering.source_id == capture.source_id,
            Rendering.archive == capture.archive,
            Rendering.payload_id == capture.payload_id,
            Rendering.taken_at.is_not(None),
        ),
    )
    flagged = or_(capture.reason.like("%embeds-a-notice%"), capture.reason.like("not-rendered: %"))
    return or_(of_a_notice, of_loaded_texts, flagged)


def digests_without_text(session: Session, source_id: int) -> frozenset[str]:
    """Return the digests of a source's pages whose text is elsewhere."""
    of_source = select(Capture.digest).where(Capture.source_id == source_id, text_is_elsewhere(Capture))
    return frozenset(session.scalars(of_source.distinct()))


@cache
def _redirect_digests() -> Select[str]:
    """Make the statement of `redirect_digests` once: to build it takes longer than to run it."""
    of_source = Capture.source_id == bindparam("source")
    revisit = and_(Capture.status.is_(None), is_of_a_redirect(Capture.digest))
    return select(Capture.digest).where(of_source, revisit).distinct()


def has_body_digest(capture: Any) -> ColumnElement[bool]:
    """Return the condition that equal digests mean equal bodies for a capture, as far as the store knows."""
    page = and_(capture.status.is_not(None), ~_redirect_status(capture))
    revisit = and_(capture.status.is_(None), ~is_of_a_redirect(capture.digest))
    return and_(capture.digest.not_in(("", EMPTY_BODY_DIGEST)), or_(page, revisit))


def unsupported(session: Session, service_id: int | None = None) -> list[int]:
    """Return the captures, of one service or of all, with another capture's bytes that no digest supports.

    Earlier versions took a redirect's digest for its target's, so that a revisit was given an older text.
    """
    if service_id is None:
        return list(session.scalars(_unsupported()))
    return list(session.scalars(_unsupported_of_service(), {"service": service_id}))


@cache
def _unsupported_of_service() -> Select[int]:
    return _unsupported().where(Capture.service_id == bindparam("service"))


@cache
def _unsupported() -> Select[int]:
    """Make the statement of `unsupported` once, as that of `redirect_digests`."""
    source = aliased(Capture)
    same_bytes = exists().where(
        source.source_id == Capture.source_id,
        source.digest == Capture.digest,
        source.payload_id == Capture.payload_id,
        shows_its_digest(source),
        exists().where(Playback.capture_id == source.id),
    )
    same_digest = exists().where(Payload.id == Capture.payload_id, Payload.digest == Capture.digest)
    return (
        select(Capture.id)
        .where(Capture.payload_id.is_not(None), ~exists().where(Playback.capture_id == Capture.id))
        .where(~and_(has_body_digest(Capture), or_(same_bytes, same_digest)))
        .order_by(Capture.id)
    )


def withdraw(session: Session, capture: Capture, outcome: str, reason: str) -> None:
    """Remove bytes and text from a capture, so that it is fetched; the history of its service is then stale."""
    capture.outcome, capture.reason, capture.due_at = outcome, reason, None
    capture.payload_id = capture.document_id = capture.text_id = capture.cleaner = capture.seen_at = None
    session.execute(update(Service).where(Service.id == capture.service_id).values(stale=True))


def _redirect_status(capture: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = and_(capture.status >= 300, capture.status < 400)
    return found


def _was_redirected(capture: Any) -> ColumnElement[bool]:
    """Return the condition that the site itself redirected when a capture was played back: `Playback.chain`, JSON on
    either database.
    """
    playback = aliased(Playback)
    historical = cast(playback.chain, Text).like('%"historical": true%')
    return exists().where(playback.capture_id == capture.id, historical)
