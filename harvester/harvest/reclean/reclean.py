"""Re-cleaning in this process, or over several processes of this machine."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import suppress

from harvester.catalogue.entries import ServiceEntry
from harvester.cleaner import CLEANER_VERSION
from harvester.clock import Clock, utc_now
from harvester.errors import Stopped
from harvester.harvest.reclean.mending import mend
from harvester.harvest.reclean.pieces import Piece, finish, pieces, reclean_piece
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.harvest.service_lock import service_lock
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.ledger import runs


def reclean(
    database: Database,
    settings: Settings,
    entries: Sequence[ServiceEntry],
    *,
    force: bool,
    processes: int,
    clock: Clock,
    stop: threading.Event,
    on_progress: Callable[[int, int], None] = lambda done, of: None,
) -> Recleaned:
    """Re-clean these services; `on_progress` is called with how many pieces of how many are done.

    With one process the work is done here. Raises `Stopped` on a stop request, with all committed batches kept;
    history is brought up to what was done either way.
    """
    names = [entry.name for entry in entries]
    total = mend(database, entries, clock, stop)
    work = pieces(database, entries, force=force)
    with runs.recorded(database, "reclean", None, {"cleaner": CLEANER_VERSION, "services": names}, clock) as summary:
        by_name = {entry.name: entry for entry in entries}

        def here() -> Iterator[Recleaned]:
            for piece in work:
                yield reclean_piece(
                    database, settings, by_name[piece.service], piece,
                    force=force, clock=clock, stop=stop,
                )  # fmt: skip

        doing = here() if processes == 1 else _elsewhere(database, settings, by_name, work, force, processes, stop)
        try:
            for number, one in enumerate(doing, 1):
                total.add(one)
                on_progress(number, len(work))
        finally:
            for name in names:
                finish(database, name, clock())
            for name in sorted({*total.histories} - {*names}):
                # Texts are shared: those of a service that was not named were measured again too. Its next harvest sees
                # that its history is stale, so that a stop need not wait for its lock.
                with suppress(Stopped), service_lock(database, name, clock, stop):
                    finish(database, name, clock())
            summary.update(total.as_dict())
    return total


def _elsewhere(
    database: Database,
    settings: Settings,
    entries: dict[str, ServiceEntry],
    work: Sequence[Piece],
    force: bool,
    processes: int,
    stop: threading.Event,
) -> Iterator[Recleaned]:
    url = database.url.render_as_string(hide_password=False)
    # Not fork: this process has threads and connections, which a copy of it would share.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(url,)) as pool:
        waiting = {pool.submit(_do, settings, entries[piece.service], piece, force) for piece in work}
        while waiting:
            done, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
            if stop.is_set():
                pool.shutdown(cancel_futures=True)
                raise Stopped("stopped between two pieces; run it again to resume")
            for future in done:
                yield future.result()


_database: Database | None = None


def _begin(url: str) -> None:
    global _database
    _database = Database(url)


def _do(settings: Settings, entry: ServiceEntry, piece: Piece, force: bool) -> Recleaned:
    assert _database is not None
    return reclean_piece(_database, settings, entry, piece, force=force, clock=utc_now, stop=threading.Event())
