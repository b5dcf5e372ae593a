"""What every request uses: settings, database, clock, and templates that escape all values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from harvester._version import __version__
from harvester.catalogue.document_types import slug
from harvester.catalogue.entries import ServiceEntry, catalogue_entries, catalogue_names
from harvester.catalogue.present_settings import PresentSettings
from harvester.clock import Clock
from harvester.dates import half_year_label, iso
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web import addresses
from harvester.web.view import rendering

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Site:
    """One installation as the web shows it."""

    present: PresentSettings
    database: Database
    clock: Clock
    templates: Environment

    @property
    def settings(self) -> Settings:
        """The settings, with the watches and targets of notices that harvester.toml has now."""
        return self.present.now()

    @property
    def settings_problem(self) -> str | None:
        """Why harvester.toml, as it is now, is refused; None when it is not."""
        self.present.now()
        return self.present.refused or None

    @property
    def served(self) -> bool:
        """Whether the site answers requests; else its pages become files."""
        return bool(self.templates.globals["served"])

    def watches(self, service: str) -> bool:
        """Tell whether the catalogue has a document; true of all if it cannot be read."""
        return self.watching()(service)

    def watching(self) -> Callable[[str], bool]:
        """Return `watches` with the catalogue as it is now, for many documents at once."""
        names = catalogue_names(self.settings.config / "services.toml")
        return lambda service: names is None or service in names

    def entry(self, service: str) -> ServiceEntry | None:
        """Return what the catalogue says of a document; None if it has none or cannot be read."""
        return (catalogue_entries(self.settings.config / "services.toml") or {}).get(service)

    @property
    def base_url(self) -> str:
        """The address readers see, without a slash at its end; empty when it was not set."""
        return self.settings.web.base_url.rstrip("/")


def make_site(settings: Settings, database: Database, clock: Clock, *, served: bool = True) -> Site:
    """Return the site of an installation; if `served` is False, pages omit what a site of files cannot have.

    That is the search, the status, the API and feeds of tags; and all feeds unless it is known where the files will
    stand, since feeds name pages in full.
    """
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(
        service_path=addresses.service_path,
        version_path=addresses.version_path,
        change_path=addresses.change_path,
        compare_path=addresses.compare_path,
        version_name=addresses.version_name,
        tag_feed_path=addresses.tag_feed_path,
        with_query=addresses.with_query,
        stamp=addresses.stamp,
        harvester_version=__version__,
        served=served,
        has_mail=served and bool(settings.mail.sender),
        has_desk=served and bool(settings.web.people),
        has_feeds=served or bool(settings.web.base_url),
        feed=None,
        earlier=None,
        later=None,
    )
    templates.filters.update(
        day=_day,
        half_year=half_year_label,
        instant=_instant,
        iso=iso,
        number=_number,
        plural=_plural,
        slug=slug,
        reason=rendering.reason,
    )
    return Site(PresentSettings(settings), database, clock, templates)


async def the_site(request: Request) -> Site:
    """Return the site of a request. Async, because a plain ``def`` would run in a separate thread."""
    return site_of(request)


def site_of(request: Request) -> Site:
    """Return the site of a request."""
    found = request.app.state.site
    assert isinstance(found, Site)
    return found


TheSite = Annotated[Site, Depends(the_site)]


def page(
    request: Request, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """Render a template."""
    site = site_of(request)
    context |= {"path": request.url.path, "printed": _printed(request), "has_watches": bool(site.settings.watch)}
    rendered = site.templates.get_template(template).render(**context)
    return HTMLResponse(rendered, status, headers)


def origin_of(request: Request) -> str:
    """Return the public address of the pages, for absolute links: the configured one, else the request's."""
    return site_of(request).base_url or str(request.base_url).rstrip("/")


def _printed(request: Request) -> dict[str, str]:
    """Return what a printed page shows about itself: its address and the day; files have no day."""
    site = site_of(request)
    query = f"?{request.url.query}" if request.url.query else ""
    day = _day(site.clock()) if site.served else ""
    address = f"{origin_of(request)}{request.url.path}{query}" if site.served or site.base_url else request.url.path
    return {"address": address, "day": day}


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%b %Y}" if moment else ""


def _instant(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""


def _number(value: int) -> str:
    """Format an integer with its digits in groups of three."""
    return f"{value:,}"


def _plural(value: int, one: str, many: str | None = None) -> str:
    return f"{_number(value)} {one if value == 1 else many or one + 's'}"
