"""Errors as readers get them: a page for people, RFC 9457 problem JSON below ``/api``."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from harvester.errors import ArchiveUnavailable, ConfigurationError, HarvesterError, StoreAway, StoreError, UnknownName
from harvester.web.addresses import BadStamp
from harvester.web.http.cursors import BadCursor
from harvester.web.site import page

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_RETRY_SECONDS = "30"
_HEADINGS = {
    400: "This cannot be answered",
    403: "This was not done",
    404: "There is nothing here",
    405: "This address cannot do that",
    413: "This is too large",
    414: "This address is too long",
    422: "This address is not understood",
    429: "Too many questions at once",
    500: "Something went wrong here",
    503: "Not just now",
}
_DATE = "a date: 2014, 2014-06 or 2014-06-30"
MAY_BE = {
    "service": "the name of a service, such as example.com",
    "stamp": "a time of 14 digits, such as 20150320040234",
    "reference": "a version: 14 digits, latest, first or a date",
    "old": "a version: service@ and 14 digits, latest, first or a date",
    "new": "a version: service@ and 14 digits, latest, first or a date",
    "old_version": "a version: 14 digits, latest, first or a date",
    "new_version": "a version: 14 digits, latest, first or a date",
    "old_service": "the name of a service, such as example.com",
    "new_service": "the name of a service, such as example.com",
    "when": "a time of 14 digits, such as 20150320040234",
    "half_year": "a half-year: 2014-H1 or 2014-H2",
    "min_words": "a number of words, 0 or more",
    "name": "the name of a watch, in lower-case letters, digits and hyphens",
    "watch": "the name of a watch, in lower-case letters, digits and hyphens",
    "party": "between 1 and 300 characters long",
    "asked": "one of the views that the page offers",
    "open": "true or false",
    "token": "what the link in the mail says: open it as it is",
    "outcome": "one of the outcomes in the list",
    "since": _DATE,
    "until": _DATE,
    "kind": "one of the kinds in the list",
    "q": "between 1 and 300 characters long",
    "topic": "one of the topics in the list",
    "statement": "one of the kinds in the list",
    "type": "a type of document, such as terms-of-service",
    "tag": "a tag of at most 100 characters",
    "cursor": "what the link to the next page says: begin again with the first page",
    "after": "what the link to the next page says: begin again with the first page",
    "before": "what the link to the next page says: begin again with the first page",
    "form": "one of the forms that the page offers: md, html or txt",
    "view": "one of the views that the page offers",
    "show": "one of the views that the page offers",
}
"""The parts of the pages' addresses, in words for people."""
_OPENING = re.compile(r"^(a|an|no|the|there|this) ")
_COMMAND = re.compile(r" \(`harvester [^`]*`\)")
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


class Problem(BaseModel):
    """An error as RFC 9457 has it."""

    type: str = "about:blank"
    title: str = Field(description="The HTTP status in words.")
    status: int
    detail: str = Field(description="What failed, on what, and what to do.")
    errors: list[dict[str, Any]] | None = Field(default=None, description="Which parameters were not understood.")


PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A problem (RFC 9457).",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


class Described(FastAPI):
    """An application whose description has the form of problems too: FastAPI adds only what routes return."""

    def openapi(self) -> dict[str, Any]:
        """Return the description in OpenAPI's form."""
        made = super().openapi()  # made once: each request to the API asks for it
        schemas = made["components"]["schemas"]
        if Problem.__name__ not in schemas:
            schemas[Problem.__name__] = Problem.model_json_schema()
        return made


def install(app: FastAPI) -> None:
    """Make the app answer each error, harvester's, FastAPI's or unexpected, in the form that the client reads."""
    app.add_exception_handler(HarvesterError, _harvester)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(BadStamp, _no_such_time)
    app.add_exception_handler(BadCursor, _bad_request)
    app.add_exception_handler(Exception, _unforeseen)


def answer(
    request: Request,
    status: int,
    detail: str,
    headers: dict[str, str] | None = None,
    errors: list[dict[str, Any]] | None = None,
) -> Response:
    """Return the error as a page or as problem JSON."""
    title = HTTPStatus(status).phrase
    if request.url.path.startswith("/api/"):
        problem = Problem(title=title, status=status, detail=detail, errors=errors)
        return JSONResponse(problem.model_dump(exclude_none=True), status, headers, media_type=MEDIA_TYPE)
    heading = _HEADINGS.get(status, title)
    return page(request, "error.html", status=status, headers=headers, heading=heading, detail=_sentence(detail))


def _sentence(detail: str) -> str:
    """Return an error of the command line as a sentence of a page: with a capital unless it begins with a name, and
    without the command that would say more.
    """
    return _OPENING.sub(lambda word: word[0].capitalize(), _COMMAND.sub("", detail))


def _harvester(request: Request, error: Exception) -> Response:
    if isinstance(error, UnknownName):
        return answer(request, 404, str(error))
    if isinstance(error, ConfigurationError):
        return answer(request, 400, str(error))
    if isinstance(error, StoreAway):
        request.app.state.outage.failed(error)  # once an outage, not once a request
    else:
        log.error("%s: %s", request.url.path, error)
    if isinstance(error, StoreError | ArchiveUnavailable):
        detail = "The store does not answer; try again in half a minute."
        return answer(request, 503, detail, {"Retry-After": _RETRY_SECONDS})
    return answer(request, 500, "The request failed; the server's log says why.")


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = str(error.detail)
    if error.status_code == 404 and detail == "Not Found":
        detail = "Nothing was found at this address."
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods(request))
    return answer(request, error.status_code, detail, headers)


def _methods(request: Request) -> list[str]:
    """Return the methods of the address, which several routes may share."""
    if request.scope.get("app_root_path", request.scope["root_path"]) != request.scope["root_path"]:
        return ["GET", "HEAD"]  # below a mount there are files
    return [
        method
        for method in _METHODS
        for asked in ("GET" if method == "HEAD" else method,)  # `Semantics`
        if any(route.matches({**request.scope, "method": asked})[0] is Match.FULL for route in request.app.routes)
    ]


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if not request.url.path.startswith("/api/"):
        wrong = list(dict.fromkeys(str(one["loc"][-1]) for one in error.errors()))
        words = [f"“{name}” must be {MAY_BE[name]}." for name in wrong if name in MAY_BE]
        return answer(request, 422, " ".join(words) or "A part of the address cannot be read.")
    errors = [{"in": ".".join(str(part) for part in one["loc"]), "message": one["msg"]} for one in error.errors()]
    what = "; ".join(f"{one['in']}: {one['message']}" for one in errors[:3])
    return answer(request, 422, f"The address or its parameters are not understood: {what}.", errors=errors)


def _no_such_time(request: Request, error: Exception) -> Response:
    """Return a name with 30 February in it names nothing."""
    return answer(request, 404, str(error))


def _bad_request(request: Request, error: Exception) -> Response:
    return answer(request, 400, str(error))


def _unforeseen(request: Request, error: Exception) -> Response:
    return answer(request, 500, "Something went wrong here; the server's log says what.")
