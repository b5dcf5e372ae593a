"""Parameters of requests, taken only as the API's schema has them: FastAPI and Pydantic would take more."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BeforeValidator, Field

_PREFIX = "/api/v1"


def _in_an_address(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch("-?[0-9]+", given, re.ASCII):
        raise ValueError("write a whole number in digits")
    return given


def _in_a_body(given: object) -> object:
    if isinstance(given, str | bool):
        raise ValueError("this must be a number")
    return given


def _truth(given: object) -> object:
    if isinstance(given, str) and given not in ("true", "false"):
        raise ValueError("write true or false")
    return given


# The bounds stand inside: around a validator they would be missing from the schema.
Limit500 = Annotated[int, Field(ge=1, le=500), BeforeValidator(_in_an_address)]
Limit100 = Annotated[int, Field(ge=1, le=100), BeforeValidator(_in_an_address)]
Words = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(_in_an_address)]
EventNumber = Annotated[int, Field(ge=0, le=10**15), BeforeValidator(_in_a_body)]
AddressTruth = Annotated[bool, BeforeValidator(_truth)]


async def only_known(request: Request) -> None:
    """Refuse parameters that an operation does not have, mistyped ones mostly, and others given twice.

    Without it `limits=5` and `services=acme.example` would be answered as if they had not been written.
    """
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    known = _parameters(request.app, route.path_format, request.method)
    wrong = []
    for name in request.query_params:
        if name not in known:
            wrong.append((name, f"there is no such parameter here; known: {', '.join(sorted(known)) or 'none'}"))
        elif not known[name] and len(request.query_params.getlist(name)) > 1:
            wrong.append((name, "give this parameter once"))
    if wrong:
        raise RequestValidationError([{"loc": ("query", name), "msg": why, "type": "query"} for name, why in wrong])


def _parameters(app: FastAPI, path: str, method: str) -> dict[str, bool]:
    """Return the parameters of an operation by name, and whether each is a list."""
    whole = _PREFIX + path.removeprefix(_PREFIX)  # releases of FastAPI differ in what a route calls its path
    described = app.openapi()["paths"][whole][method.lower()].get("parameters", [])
    return {one["name"]: _is_list(one["schema"]) for one in described if one["in"] == "query"}


def _is_list(schema: dict[str, Any]) -> bool:
    return any(one.get("type") == "array" for one in schema.get("anyOf", [schema]))
