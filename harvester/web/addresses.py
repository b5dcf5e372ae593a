"""The addresses of pages and feeds: permanent names of services, versions and changes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Path, Query
from starlette.convertors import Convertor, register_url_convertor

from harvester.catalogue.document_types import PRIVACY_POLICY, TYPES, slug, split_name, usual_name
from harvester.memento import parse_exact_timestamp, timestamp_of

INSTANT = "[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])([0-5][0-9]){2}"
DATE = "[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
REFERENCE = f"({INSTANT}|latest|first|{DATE})"

SERVICE = "[a-z0-9]([a-z0-9._-]*[a-z0-9])?"
ServiceName = Annotated[
    str,
    Path(
        pattern=rf"^{SERVICE}(/[a-z-]+)?$",
        max_length=300,
        description="A document: a service, `jivochat.com`, for its privacy policy, else with the type of another one: "
        "`jivochat.com/terms-of-service`.",
    ),
]
"""A document in an address whose route says ``{service:document}``."""


class _DocumentConvertor(Convertor[str]):
    """Reads the name of a document in an address; since the types are known, what follows them is told apart."""

    regex = rf"[^/]+(?:/(?:{'|'.join(TYPES)}))?"

    def convert(self, value: str) -> str:
        return usual_name(value)

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("document", _DocumentConvertor())
Stamp = Annotated[
    str,
    Path(
        pattern=f"^{INSTANT}$",
        description="When a version was first seen: YYYYMMDDhhmmss, UTC. With the service it is a permanent name.",
        examples=["20150320040234"],
    ),
]
Reference = Annotated[
    str,
    Path(
        pattern=f"^{REFERENCE}$",
        description="A version: its permanent name (14 digits), `latest`, `first`, or a date (the version at its end).",
        examples=["latest"],
    ),
]
VersionName = Annotated[
    str,
    Query(
        pattern=rf"^({SERVICE}(/[a-z-]+)?@){REFERENCE}$",
        max_length=330,
        description="`service@reference` or `service/type@reference`, for instance `jivochat.com@2014-06`.",
        examples=["jivochat.com@latest"],
    ),
]


class BadStamp(ValueError):
    """Fourteen digits that are not a time."""


def stamp(moment: datetime) -> str:
    """Return an instant as the 14 digits used in addresses."""
    return timestamp_of(moment)


def moment_of(digits: str) -> datetime:
    """Return the instant that 14 digits name; raise `BadStamp` when they name none."""
    try:
        return parse_exact_timestamp(digits)
    except ValueError as error:
        raise BadStamp(f"{digits} is not a time; write YYYYMMDDhhmmss") from error


def service_path(service: str) -> str:
    """Return the path of a document's page; a service's is that of its privacy policy."""
    return f"/services/{quote(service, safe='/')}"


def feed_of(document: str, *, single: bool = False) -> tuple[str, str]:
    """Return the title and the path of a document's feed; the only document of a service has its service's."""
    type_ = split_name(document)[1]
    named = service_path(document)
    if type_ == PRIVACY_POLICY and not single:
        named += f"/{slug(type_)}"
    return f"Changes of {document}", f"{named}/changes.atom"


def version_path(service: str, first_seen: datetime) -> str:
    """Return the path of a version's page."""
    return f"{service_path(service)}/versions/{stamp(first_seen)}"


def change_path(service: str, before: datetime) -> str:
    """Return the permanent path of a change's page."""
    return f"{service_path(service)}/changes/{stamp(before)}"


def version_name(service: str, first_seen: datetime) -> str:
    """Return the permanent name of a version, `service@` and 14 digits (`VersionName`)."""
    return f"{service}@{stamp(first_seen)}"


def compare_path(old: str = "", new: str = "") -> str:
    """Return the path of the page that compares two versions, each by its name; without one the reader chooses it."""
    return with_query("/compare", old=old, new=new)


def tag_feed_path(tag: str) -> str:
    """Return the path of a tag's feed."""
    return f"/feeds/tags/{quote(tag, safe='')}.atom"


def watch_path(name: str) -> str:
    """Return the path of a watch's page."""
    return f"/watches/{quote(name, safe='')}"


def watch_feed_path(name: str) -> str:
    """Return the path of a watch's feed."""
    return f"/feeds/watches/{quote(name, safe='')}.atom"


def with_query(path: str, **parameters: object) -> str:
    """Return `path` with those parameters that are not empty."""
    chosen = {name: str(value) for name, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(chosen)}" if chosen else path
