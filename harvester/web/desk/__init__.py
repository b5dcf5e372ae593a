"""The desk: pages for signed-in people, who watch services and review changes. They need no JavaScript."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from harvester.web.addresses import with_query
from harvester.web.desk import (
    actions,
    home,
    progress,
    review,
    review_files,
    service,
    signing,
    sources,
)
from harvester.web.desk.pages import then
from harvester.web.desk.sections import notices, watches
from harvester.web.desk.sessions import PATH, NotSignedIn
from harvester.web.http.ratelimit import RateLimit


def install(app: FastAPI) -> None:
    """Add the desk to the application."""
    progress.install(app, app.state.site)
    app.state.sign_in_limit = RateLimit(signing.ATTEMPTS_PER_MINUTE)
    for pages in (signing, home, actions, sources, progress, service, notices, watches, review_files, review):
        app.router.routes.extend(pages.router.routes)
    app.add_exception_handler(NotSignedIn, _to_sign_in)


def _to_sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotSignedIn)
    wanted = "" if error.wanted == PATH else error.wanted
    return then(with_query(f"{PATH}/sign-in", next=wanted))
