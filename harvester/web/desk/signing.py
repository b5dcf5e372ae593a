"""Signing in with a token of the settings, and out."""

from __future__ import annotations

import math
import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from harvester.web.desk import sessions
from harvester.web.desk.pages import HEADERS, then
from harvester.web.desk.sessions import COOKIE, PATH, VISIT_COOKIE, Form, Person, SignedIn, fields
from harvester.web.http.people import person_of
from harvester.web.http.ratelimit import RateLimit
from harvester.web.site import Site, TheSite, page

router = APIRouter(prefix=PATH, include_in_schema=False)

ATTEMPTS_PER_MINUTE = 20
"""Of each reader, wrong or right; a token of 16 characters is not guessed at that pace."""


@router.get("/sign-in")
def sign_in_page(
    request: Request,
    site: TheSite,
    found: Annotated[SignedIn | None, Depends(sessions.who)],
    next: str = PATH,
) -> Response:
    """Show the form to sign in; who is signed in already is led on."""
    if found is not None:
        return then(sessions.safe(next))
    return _form(request, site, next)


@router.post("/sign-in")
def sign_in(request: Request, site: TheSite, form: Annotated[dict[str, str], Depends(fields)]) -> Response:
    """Let in who typed a token of the settings."""
    wanted = sessions.safe(form.get("next", PATH))
    visit = request.cookies.get(VISIT_COOKIE, "")
    if not visit:
        return _form(request, site, wanted, "Your browser sent no cookie back; allow cookies for this site.", 403)
    sessions.refuse_foreign(request, site, form, visit)
    _count(request, site)
    person = person_of(site.settings.web, form.get("token", "").strip())
    if person is None:
        return _form(request, site, wanted, "This is not a token of this installation.", 403)
    response = then(wanted)
    sessions.begin(site, request, response, person)
    return response


@router.post("/sign-out")
def sign_out(site: TheSite, person: Person, form: Form) -> Response:
    """End the sign-in; every page that is still open needs a new sign-in."""
    response = RedirectResponse("/", 303, HEADERS)
    sessions.end(site, person, response)
    return response


def _form(request: Request, site: Site, wanted: str, problem: str = "", status: int = 200) -> Response:
    visit = request.cookies.get(VISIT_COOKIE) or secrets.token_urlsafe(32)
    response = page(
        request,
        "desk/sign_in.html",
        status=status,
        headers=HEADERS,
        next=sessions.safe(wanted),
        problem=problem,
        form_token=sessions.form_token(visit),
        ended=COOKIE in request.cookies,
    )
    sessions.set_cookie(site, request, response, VISIT_COOKIE, visit, sessions.LASTS)
    return response


def _count(request: Request, site: Site) -> None:
    limit: RateLimit = request.app.state.sign_in_limit
    seconds = limit.wait(request.client.host if request.client else "", site.clock().timestamp())
    if seconds > 0:
        wait = str(math.ceil(seconds))
        raise HTTPException(429, f"Too many attempts to sign in; try again in {wait} s.", {"Retry-After": wait})
