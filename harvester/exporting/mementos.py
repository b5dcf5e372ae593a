"""Stored captures in a web archive's form: one answer of a site for each, redirects as separate answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from sqlalchemy.orm import Session

from harvester.memento import EMPTY_BODY_DIGEST, parse_timestamp
from harvester.store.read.snapshots import Snapshot, first_playback, known

OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length", "x-imported-from"})
"""Headers that were true of the answer on its way and are not of the stored body, which is decoded, or are ours."""
MARKDOWN = "text/markdown"
"""The type of imported documents that came without their page: nothing that a site answered."""


@dataclass(frozen=True, slots=True)
class Memento:
    """A site's answer at an instant. `payload_id` None is an empty body; `digest` (SHA-1, base32), `size` its own.

    `listed_digest`, `listed_status`, `mimetype` and `length` are the index's.
    """

    url: str
    moment: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    payload_id: int | None
    digest: str
    size: int
    listed_digest: str
    listed_status: int | None
    mimetype: str
    length: int | None

    @property
    def content_type(self) -> str | None:
        """The Content-Type that the site sent."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), None)

    @property
    def status_line(self) -> str:
        """``404 Not Found``."""
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return f"{self.status} Unknown"


def mementos(session: Session, service_id: int, *, bodiless: bool = False) -> Iterator[Memento]:
    """Yield the stored answers of a service's site, oldest captures first, each answer once.

    `bodiless` adds captures that answered with an error that day, which are known only from the index.
    """
    given: set[tuple[str, datetime, int | None]] = set()
    for snapshot in known(session, service_id):
        if snapshot.payload_id is None and not (bodiless and (snapshot.status or 0) >= 400):
            continue
        for one in answers(session, snapshot):
            key = (one.url, one.moment, one.payload_id)
            if key not in given and not (one.content_type or "").startswith(MARKDOWN):
                given.add(key)
                yield one


def answers(session: Session, snapshot: Snapshot) -> Iterator[Memento]:
    """Yield the redirects that led to a capture's bytes, then the answer with the bytes."""
    chain, page_url = snapshot.chain, snapshot.page_url
    for place, hop in enumerate(chain):
        target = chain[place + 1]["url"] if place + 1 < len(chain) else page_url
        # An archive's own redirect to another capture is not an answer of the site.
        if hop["historical"]:
            moment = parse_timestamp(hop["timestamp"])
            yield _redirect(snapshot, hop["url"], moment, hop["status"], target or "", first=place == 0)
    headers, status = snapshot.headers, snapshot.page_status
    if not headers and snapshot.payload_id is not None:
        same = first_playback(session, snapshot.payload_id)
        headers, status = (same.headers, same.status) if same else ({}, None)
    direct = not chain
    sent = tuple((str(name), str(value)) for name, value in headers.items() if name.lower() not in OF_THE_WIRE)
    if not sent and snapshot.mimetype and "/" in snapshot.mimetype and snapshot.status is not None:
        sent = (("content-type", snapshot.mimetype),)
    yield Memento(
        url=snapshot.original if direct or page_url is None else page_url,
        moment=snapshot.moment,
        status=status or snapshot.status or 200,
        headers=sent,
        payload_id=snapshot.payload_id,
        digest=snapshot.payload_digest or EMPTY_BODY_DIGEST,
        size=snapshot.size or 0,
        listed_digest=snapshot.digest if direct and snapshot.moment == snapshot.timestamp else "",
        listed_status=snapshot.status if direct else status,
        mimetype=(snapshot.mimetype if direct else None) or "text/html",
        length=snapshot.length if direct else None,
    )


def _redirect(snapshot: Snapshot, url: str, moment: datetime, status: int, target: str, *, first: bool) -> Memento:
    own = first and moment == snapshot.timestamp
    return Memento(
        url=url,
        moment=moment,
        status=status,
        headers=(("content-type", "text/html"), ("location", target)),
        payload_id=None,
        digest=EMPTY_BODY_DIGEST,
        size=0,
        listed_digest=snapshot.digest if own else EMPTY_BODY_DIGEST,
        listed_status=snapshot.status if own else status,
        mimetype=(snapshot.mimetype if own else None) or "text/html",
        length=snapshot.length if own else None,
    )


def originals(found: Iterator[Memento]) -> Iterator[tuple[Memento, Memento | None]]:
    """Yield each answer with the earlier one at the same address that had the same body, if there is one."""
    first: dict[tuple[str, int, int], Memento] = {}
    for one in found:
        if one.payload_id is None:
            yield one, None
            continue
        key = (one.url, one.status, one.payload_id)
        yield one, first.get(key)
        first.setdefault(key, one)


def in_files(
    answers: Iterator[tuple[Memento, Memento | None]], most_bytes: int
) -> Iterator[Sequence[tuple[Memento, Memento | None]]]:
    """Yield answers in stretches of about so many bytes of bodies, without reading a body."""
    stretch: list[tuple[Memento, Memento | None]] = []
    held = 0
    for one, original in answers:
        stretch.append((one, original))
        held += _RECORD_BYTES + (one.size if original is None else 0)
        if held >= most_bytes:
            yield stretch
            stretch, held = [], 0
    if stretch:
        yield stretch


_RECORD_BYTES = 1_000
