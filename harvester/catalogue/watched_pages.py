"""The pages of a document: their addresses, from when to when each is its page, and what of a page is its text."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from harvester.catalogue.archived_pages import page_inside
from harvester.catalogue.selection import BEGINNING, END, DatedSelection, Part, Selection, Selections, part_of
from harvester.dates import parse_day
from harvester.memento import same_page, without_user
from harvester.settings import Strict, require_http

log = logging.getLogger(__name__)


def _several(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


_Parts = Annotated[tuple[Annotated[Part, BeforeValidator(part_of)], ...], BeforeValidator(_several)]


class _Dated(Strict):
    """What holds for a span of days, both ends included; without an end, always."""

    since: datetime | None = Field(default=None, alias="from")
    until: datetime | None = Field(default=None, alias="to")

    @model_validator(mode="before")
    @classmethod
    def _dates(cls, value: Any) -> Any:
        if isinstance(value, dict):
            value = dict(value)
            if "from" in value:
                value["from"] = parse_day(value["from"])
            if "to" in value:
                value["to"] = parse_day(value["to"], end=True)
        return value


class ExtractEntry(_Dated):
    """What of a page is the document: an ``extract`` of a catalogue, for the days on which it holds."""

    select: _Parts = ()
    remove: _Parts = ()

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if not self.select:
            raise ValueError("extract needs select with a CSS selector at least; without extract the article is taken")
        if self.since and self.until and self.until <= self.since:
            raise ValueError("extract ends before it begins")
        return self

    @property
    def selection(self) -> Selection:
        """What it selects, without its days."""
        return Selection(self.select, self.remove)


def _apart(extracts: tuple[ExtractEntry, ...]) -> tuple[ExtractEntry, ...]:
    for one, following in pairwise(sorted(extracts, key=lambda each: each.since or BEGINNING)):
        if (one.until or END) >= (following.since or BEGINNING):
            day = f"{following.since:%Y-%m-%d}" if following.since else "the first day"
            raise ValueError(f"two extracts hold on {day}; let one end (to) before the other begins (from)")
    return extracts


Extracts = Annotated[tuple[ExtractEntry, ...], BeforeValidator(_several), AfterValidator(_apart)]
"""One ``extract`` or several, of which one holds on each day at most."""


class SourceEntry(_Dated):
    """A URL of a document and the span of days for which it is the document's (both ends included)."""

    url: str
    extract: Extracts = ()

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"url": value}
        if isinstance(value, dict) and "url" not in value:
            raise ValueError('a source has no address; write { url = "https://..." }')
        return value

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        inside = page_inside(self.url)
        for one in (self.url, inside or ""):
            if without_user(one) != one:  # before any message that shows the address
                raise ValueError(
                    "the address of a source has a user name or a password in it, which would be stored and shown; "
                    "leave them out: archives file the page without them"
                )
        if inside is not None:
            log.warning("%s is the address of a capture in an archive; %s in it is taken", self.url, inside)
            object.__setattr__(self, "url", inside)
        require_http(self.url)
        if self.since and self.until and self.until <= self.since:
            raise ValueError(f"source {self.url} ends before it begins")
        return self


MOST_PARTS = 50
"""Pages of a combined document: each of its captures is one of the document, joined of all of them."""


def _in_order(parts: tuple[SourceEntry, ...]) -> tuple[SourceEntry, ...]:
    if len(parts) > MOST_PARTS:
        raise ValueError(f"combine has {len(parts)} pages, and {MOST_PARTS} are the most; list fewer")
    if len(parts) == 1:
        raise ValueError("combine has one page; write it as sources, or add the others")
    for place, one in enumerate(parts):
        for other in parts[:place]:
            apart = (one.until or END) < (other.since or BEGINNING) or (other.until or END) < (one.since or BEGINNING)
            if same_page(one.url, other.url) and not apart:
                raise ValueError(f"combine has {one.url} twice for the same days; list it once, or end one (to)")
    return parts


Parts = Annotated[tuple[SourceEntry, ...], AfterValidator(_in_order)]
"""The pages of a document that is combined of several, in their order."""


def selections(sources: Iterable[SourceEntry], of_all: Iterable[ExtractEntry]) -> Selections:
    """Return the selections of the sources of a document; `of_all` are those of sources that have none."""
    sources, of_all = tuple(sources), tuple(of_all)
    if not sources:
        return Selections(tuple(_dated(None, one, None) for one in of_all))
    found = [_dated(each.url, one, each) for each in sources for one in each.extract or of_all]
    return Selections(tuple(one for one in found if one.since <= one.until))


def _dated(url: str | None, extract: ExtractEntry, source: SourceEntry | None) -> DatedSelection:
    spans = [extract, *([source] if source else [])]
    since = max(one.since or BEGINNING for one in spans)
    until = min(one.until or END for one in spans)
    return DatedSelection(url, since, until, extract.selection)
