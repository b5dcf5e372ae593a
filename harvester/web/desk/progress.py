"""How far the harvest of a service is: as a page, and as events while it is under way (Server-Sent Events).

With a script the page follows the events; without one its browser loads it again every few seconds.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

import anyio
from anyio import to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from harvester.errors import HarvesterError
from harvester.service.schedule import jobs
from harvester.service.schedule.leadership import leader
from harvester.store.desk import under_way
from harvester.store.read import services
from harvester.web.addresses import ServiceName, service_path
from harvester.web.desk import sessions
from harvester.web.desk.pages import HEADERS, desk_page, desk_path
from harvester.web.desk.sessions import PATH, Person
from harvester.web.http.security import POLICY
from harvester.web.http.streams import Slots, Stream
from harvester.web.site import Site, TheSite

router = APIRouter(prefix=f"{PATH}/services", include_in_schema=False)

AT_ONCE = 200
"""Readers who follow a harvest at a time; others load the page again."""
SECONDS = 600
"""After so long a stream ends, and a browser that is still there asks for another one."""
EVERY = 1.0
"""Seconds between two looks. All who follow one service share them."""
QUIET = 15
"""Looks without news, after which something is sent all the same: so a reader who is gone is noticed."""
REFRESH_SECONDS = 3
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found: the part of the page that shows it, and whether there is more to come."""

    at: float
    html: str
    goes_on: bool


class Looks:
    """The latest look at each service that is followed."""

    def __init__(self, site: Site) -> None:
        self._site, self._lock = site, threading.Lock()
        self._seen: dict[str, Seen] = {}

    def at(self, service: str) -> Seen:
        """Return how far the harvest of a service is, looked up at most `EVERY` seconds ago."""
        now = monotonic()
        with self._lock:
            self._seen = {name: one for name, one in self._seen.items() if now - one.at < EVERY}
            kept = self._seen.get(service)
        if kept is None:
            state = _state(self._site, service)
            html = self._site.templates.get_template("desk/progress_state.html").render(**state)
            kept = Seen(now, html, state["goes_on"])
            with self._lock:
                self._seen[service] = kept
        return kept


def install(app: FastAPI, site: Site) -> None:
    """Make ready what the streams share."""
    app.state.looks = Looks(site)
    app.state.streams_at_once = Slots(AT_ONCE)


@router.get("/{service:document}/progress")
def progress(request: Request, site: TheSite, service: ServiceName, person: Person, still: str = "") -> Response:
    """Show how far the harvest of a service is; the page follows it while it is under way, unless `still`."""
    state = _state(site, service)
    follows = state["goes_on"] and not still
    return desk_page(
        request,
        person,
        "progress.html",
        headers={"Content-Security-Policy": f"{POLICY}; connect-src 'self'"},
        refresh=REFRESH_SECONDS if follows else 0,
        events=desk_path(service, "progress", "events") if follows else "",
        still=bool(still),
        **state,
    )


@router.get("/{service:document}/progress/events")
def events(request: Request, site: TheSite, service: ServiceName, person: Person) -> Response:
    """Send what the page of the progress shows, whenever it is another, until nothing is under way."""
    with site.database.reading() as session:
        services.one(session, service)
    slots: Slots = request.app.state.streams_at_once
    return Stream(_events(request, site, service), slots, SECONDS, "text/event-stream", HEADERS)


async def _events(request: Request, site: Site, service: str) -> AsyncIterator[bytes]:
    looks: Looks = request.app.state.looks
    ending: threading.Event = request.app.state.ending
    last, quiet = "", 0
    while not ending.is_set():
        try:
            seen = await to_thread.run_sync(looks.at, service)
            if quiet == QUIET and await to_thread.run_sync(sessions.who, site, request) is None:
                return  # signed out meanwhile
        except HarvesterError:
            return  # the browser asks again
        if seen.html != last or not seen.goes_on:
            yield _event("state" if seen.goes_on else "done", seen.html)
            last, quiet = seen.html, 0
        elif quiet == QUIET:
            yield b": nothing new\n\n"
            quiet = 0
        if not seen.goes_on:
            return
        quiet += 1
        await anyio.sleep(EVERY)


def _event(name: str, html: str) -> bytes:
    lines = "".join(f"data: {line}\n" for line in html.splitlines())
    return f"event: {name}\nretry: 2000\n{lines}\n".encode()


def _state(site: Site, service: str) -> dict[str, Any]:
    now = site.clock()
    with site.database.reading() as session:
        found = services.one(session, service)
        state = under_way.under_way(session, found.id, service, now)
    planned = jobs.next_run(site.database, service)
    scheduler = leader(site.database, site.clock)
    waits = (
        not state.running
        and scheduler is not None
        and found.paused_at is None
        and (state.run is None or (planned is not None and planned <= now + SOON))
    )
    return {
        "service": service,
        "found": found,
        "state": state,
        "stage": _stage(state, waits=waits),
        "planned": planned,
        "scheduler": scheduler,
        "goes_on": state.running or waits,
        "desk_path": desk_path,
        "service_path": service_path,
    }


def _stage(state: under_way.UnderWay, *, waits: bool) -> str:
    """Return what happens just now, in words."""
    if not state.running:
        return "Waiting for the scheduler." if waits else "Nothing is under way."
    if not state.sources:
        return "Looking for the policy on archived home pages."
    if state.rows is not None:
        return f"Reading the archive's index: {state.rows:,} rows so far."
    if state.waiting:
        return f"Fetching captures: {state.waiting:,} to go."
    return "Comparing the texts."
