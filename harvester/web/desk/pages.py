"""How pages of the desk are rendered: for one person, kept by no cache, with tokens for their forms."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from harvester.web.addresses import service_path, with_query
from harvester.web.desk.sessions import PATH, SignedIn
from harvester.web.site import page

HEADERS = {
    "Cache-Control": "no-store",
    # Browsers then name the origin of a form; with no-referrer it would be "null".
    "Referrer-Policy": "same-origin",
}

SAID = {
    "added": "It is in the catalogue.",
    "hurried": "The scheduler polls it now.",
    "paused": "It is paused.",
    "was-paused": "It was paused already.",
    "resumed": "It is polled again.",
    "was-not-paused": "It was not paused.",
    "retried": "What failed is tried again at the next poll.",
    "nothing-to-retry": "Nothing has failed.",
    "sources": "The sources are changed.",
    "silenced": "The address is not asked any more.",
    "asked-again": "The address is asked again.",
    "removed": "It is no longer in the catalogue; its history stays.",
    "tested": "The test was accepted.",
    "reviewed": "Noted.",
    "target-added": "The target is saved.",
    "target-added-tested": "The target is saved, and the test was accepted.",
    "target-changed": "The target is changed.",
    "target-changed-tested": "The target is changed, and the test was accepted.",
    "target-removed": "The target is removed.",
    "watch-added": "The watch is saved.",
    "watch-changed": "The watch is changed.",
    "watch-removed": "The watch is removed.",
}
"""What a page says after a form was sent to it, by the word in its address."""


def desk_page(request: Request, person: SignedIn, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Render a page of the desk."""
    headers = HEADERS | context.pop("headers", {})
    said = SAID.get(request.query_params.get("said", ""), "")
    return page(
        request,
        f"desk/{template}",
        status=status,
        headers=headers,
        person=person.person,
        form_token=person.form_token,
        said=said,
        **{"desk_path": desk_path, **context},
    )


def desk_path(service: str, *parts: str) -> str:
    """Return the path of a service's page on the desk, or of one below it."""
    return "/".join([PATH + service_path(service), *parts])


def then(address: str, said: str = "") -> RedirectResponse:
    """Answer a form by leading on to a page, so that reloading it sends nothing again."""
    path, _, query = address.partition("?")
    more = f"{query}&said={said}" if query and said else query
    return RedirectResponse(f"{path}?{more}" if more else with_query(path, said=said), 303, HEADERS)
