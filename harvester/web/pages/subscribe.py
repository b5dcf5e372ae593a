"""Subscribing by e-mail to a service or a watch: asked for here, confirmed and ended by the links in the mails.

Whoever asks gets the same answer, whether an address is subscribed, waits, or got too much mail today.
"""

from __future__ import annotations

import logging
import math
from time import monotonic
from typing import Annotated
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, BackgroundTasks, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from harvester.errors import HarvesterError, UnknownName
from harvester.service.notify.mailing import confirmation, deliver
from harvester.settings import MAIL_ADDRESS
from harvester.store import subscriptions
from harvester.store.read import services
from harvester.store.subscriptions import SERVICE, WATCH, Asked
from harvester.web.addresses import service_path, watch_path
from harvester.web.http.ratelimit import RateLimit
from harvester.web.site import Site, TheSite, page

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)

PER_MINUTE = 2
"""Wishes to subscribe of each reader, a few more at once."""
_MAILS = CapacityLimiter(2)
"""Mails that are handed to the server at a time, beside the requests."""
HEADERS = {"Cache-Control": "no-store"}

Token = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,100}$", max_length=100)]
Name = Annotated[str, Query(max_length=300)]


@router.get("/subscribe", response_class=HTMLResponse)
def subscribe_page(request: Request, site: TheSite, service: Name = "", watch: Name = "") -> HTMLResponse:
    """Show the form that asks for an address."""
    kind, name = _followed(site, service, watch)
    return _form(request, kind, name)


@router.post("/subscribe")
async def subscribe(request: Request, site: TheSite, later: BackgroundTasks) -> Response:
    """Take a wish to subscribe; a mail asks whether it is the address's own."""
    fields = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), max_num_fields=10))
    return await to_thread.run_sync(_subscribe, request, site, fields, later)


def _subscribe(request: Request, site: Site, fields: dict[str, str], later: BackgroundTasks) -> Response:
    kind, name = _followed(site, fields.get(SERVICE, ""), fields.get(WATCH, ""))
    address = fields.get("address", "").strip()
    if not MAIL_ADDRESS.fullmatch(address):
        return _form(request, kind, name, address, "This is not an e-mail address: write you@example.org.", 422)
    _count(request)
    local, _, domain = address.rpartition("@")
    address = f"{local}@{domain.lower()}"
    with site.database.writing() as session:
        asked = subscriptions.ask(session, address, kind, name, site.clock())
    if asked is not None:
        later.add_task(_mailed, site, address, f"the {kind} {name}", asked)
    return page(request, "subscribed.html", headers=HEADERS, what=f"the {kind} {name}", back=_path(kind, name))


async def _mailed(site: Site, address: str, what: str, asked: Asked) -> None:
    """Send the mail once the answer is on its way, so that its time tells nothing."""
    message = confirmation(site.settings, site.clock, address, what, asked)
    try:
        await to_thread.run_sync(deliver, site.settings, message, limiter=_MAILS)
    except HarvesterError as error:
        log.warning("%s; a wish to subscribe is forgotten", error)
        await to_thread.run_sync(_forgotten, site, asked)


def _forgotten(site: Site, asked: Asked) -> None:
    with site.database.writing() as session:
        subscriptions.not_sent(session, asked.token)


@router.get("/subscriptions/confirm/{token}", response_class=HTMLResponse)
def confirm_page(request: Request, site: TheSite, token: Token) -> HTMLResponse:
    """Show the button that confirms: programs that only look at links confirm nothing."""
    return _button(request, site, token, "confirm")


@router.post("/subscriptions/confirm/{token}", response_class=HTMLResponse)
def confirm(request: Request, site: TheSite, token: Token) -> HTMLResponse:
    """Record that a reader confirmed a subscription."""
    with site.database.writing() as session:
        found = subscriptions.confirm(session, token, site.clock())
        what = f"the {found.kind} {found.name}" if found is not None else ""
    return _done(request, "confirmed" if what else "gone", what, token)


@router.get("/subscriptions/end/{token}", response_class=HTMLResponse)
def end_page(request: Request, site: TheSite, token: Token) -> HTMLResponse:
    """Show the button that ends a subscription."""
    return _button(request, site, token, "end")


@router.post("/subscriptions/end/{token}", response_class=HTMLResponse)
def end(request: Request, site: TheSite, token: Token) -> HTMLResponse:
    """End a subscription, pressed here or in a mail program (RFC 8058); once more is as good."""
    with site.database.writing() as session:
        subscriptions.end(session, token, site.clock())
    return _done(request, "ended", "", token)


def _followed(site: Site, service: str, watch: str) -> tuple[str, str]:
    """Return what is to be followed; raise `UnknownName`, or answer 404 where nobody can subscribe."""
    if not site.settings.mail.sender:
        raise HTTPException(404, "Nobody can subscribe by e-mail here; every page has a feed.")
    if watch:
        if watch not in site.settings.watch:
            raise UnknownName(f"There is no watch {watch!r}.")
        return WATCH, watch
    with site.database.reading() as session:
        return SERVICE, services.one(session, service).name


def _path(kind: str, name: str) -> str:
    return service_path(name) if kind == SERVICE else watch_path(name)


def _form(
    request: Request, kind: str, name: str, address: str = "", problem: str = "", status: int = 200
) -> HTMLResponse:
    return page(
        request,
        "subscribe.html",
        status=status,
        headers=HEADERS,
        kind=kind,
        name=name,
        back=_path(kind, name),
        address=address,
        problem=problem,
    )


def _button(request: Request, site: Site, token: str, do: str) -> HTMLResponse:
    with site.database.reading() as session:
        found = subscriptions.of_token(session, token)
    if found is None:
        return _done(request, "gone" if do == "confirm" else "ended", "", token)
    what = f"the {found.kind} {found.name}"
    return page(request, "subscription.html", headers=HEADERS, state=do, what=what, token=token)


def _done(request: Request, state: str, what: str, token: str) -> HTMLResponse:
    status = 404 if state == "gone" else 200
    return page(request, "subscription.html", status=status, headers=HEADERS, state=state, what=what, token=token)


def _count(request: Request) -> None:
    limit: RateLimit = request.app.state.subscribe_limit
    seconds = limit.wait(request.client.host if request.client else "", monotonic())
    if seconds > 0:
        wait = str(math.ceil(seconds))
        raise HTTPException(429, f"Too many wishes to subscribe; try again in {wait} s.", {"Retry-After": wait})
