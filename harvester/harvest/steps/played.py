"""A capture as one of the archives that have it plays it back: the cheapest is asked first, the others if it refuses.

What comes of a capture that none plays back depends on what each said, not on which was asked first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harvester.archive.limiter.cheapest import Standing, cheapest_first
from harvester.archive.limiter.limiter import key_of
from harvester.archive.limiter.rules import LimiterState, Limits
from harvester.archive.playback.playback import PlayedCapture
from harvester.errors import ArchiveUnavailable, CaptureRefused, SiteExcluded, TransientFailure
from harvester.harvest.limiter.shared import limiter_states
from harvester.harvest.session import Archive, Harvest
from harvester.memento import has_body_digest
from harvester.store.ledger import witnesses
from harvester.store.schema import Capture


class ArchiveAway(Exception):
    """An archive that has a capture is down, and no other plays it back: it waits for another run."""


class HiddenByAll(Exception):
    """None of the archives that have a capture shows its site."""

    def __init__(self, archives: Sequence[str], reason: str) -> None:
        super().__init__(reason)
        self.archives = archives


_MOST_HOPEFUL_FIRST = (ArchiveAway, TransientFailure, CaptureRefused, SiteExcluded)


def played(harvest: Harvest, capture: Capture) -> tuple[Archive, PlayedCapture]:
    """Return a capture as an archive plays it back, and that archive.

    Raises `ArchiveAway`, `HiddenByAll`, or the `TransientFailure` or `CaptureRefused` of one; and what ends a harvest.
    """
    having = _having(harvest, capture)
    refusals: dict[str, Exception] = {name: ArchiveAway() for name in having if name in harvest.down}
    for client in _in_order(harvest, [one for name, one in having.items() if name not in harvest.down]):
        name = client.archive.name
        try:
            return client, client.fetch(
                capture.original,
                capture.timestamp,
                window=harvest.settings.fetch.window,
                digest=capture.digest if has_body_digest(capture.digest) else None,
            )
        except (SiteExcluded, CaptureRefused, TransientFailure) as error:
            refusals[name] = error
        except ArchiveUnavailable as error:
            harvest.leave(name, error)
            refusals[name] = ArchiveAway()
    raise most_hopeful(refusals)


def most_hopeful(refusals: Mapping[str, Exception]) -> Exception:
    """Return, of what archives said of a capture that none played back, what leaves it the most hope.

    An archive that was away may still have it, and so may one that failed this time.
    """
    names = sorted(refusals, key=lambda name: (_hope(refusals[name]), name))
    first = refusals[names[0]]
    return HiddenByAll(names, str(first)) if isinstance(first, SiteExcluded) else first


def _hope(refusal: Exception) -> int:
    return next(place for place, kind in enumerate(_MOST_HOPEFUL_FIRST) if isinstance(refusal, kind))


def with_an_archive(harvest: Harvest, captures: Sequence[Capture]) -> list[Capture]:
    """Return the captures of which an archive can be asked: those of one that is down wait for another run."""
    if not harvest.down:
        return list(captures)
    with harvest.database.reading() as session:
        others = witnesses.of_captures(session, [one.id for one in captures])
    return [one for one in captures if not harvest.down.keys() >= _clients(harvest, one, others.get(one.id, ())).keys()]


def _having(harvest: Harvest, capture: Capture) -> dict[str, Archive]:
    if len(harvest.clients) == 1:
        return {harvest.client.archive.name: harvest.client}
    with harvest.database.reading() as session:
        others = witnesses.of_captures(session, [capture.id]).get(capture.id, ())
    return _clients(harvest, capture, others)


def _clients(harvest: Harvest, capture: Capture, others: Sequence[str]) -> dict[str, Archive]:
    """Return the archives that list a capture, by name, the one in its row first."""
    by_name = {one.archive.name: one for one in harvest.clients}
    known = [name for name in dict.fromkeys([capture.archive, *others]) if name in by_name]
    # A capture of an archive that is asked no more may be had from any.
    return {name: by_name[name] for name in known or by_name}


def _in_order(harvest: Harvest, archives: Sequence[Archive]) -> list[Archive]:
    """Return archives in the order in which they are asked."""
    if len(archives) < 2:
        return list(archives)
    now = harvest.clock().timestamp()
    states = limiter_states(harvest.database, harvest.settings)
    by_name = {one.archive.name: one for one in archives}
    standings = [
        Standing.of(
            name,
            Limits.of(one.archive),
            LimiterState.read(states.get(key_of(one.archive))),
            harvest.budgets[name].left if name in harvest.budgets else None,
            now,
        )
        for name, one in by_name.items()
    ]
    return [by_name[name] for name in cheapest_first(standings)]
