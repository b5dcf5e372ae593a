"""Watches: what each found, past and new."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from harvester.errors import ConfigurationError
from harvester.insight.statements.watch import Watch
from harvester.insight.statements.watched import Hit, bring_up_to_date, watch_named
from harvester.settings import WATCH_NAME
from harvester.store.ledger import watches
from harvester.web.addresses import watch_feed_path, watch_path
from harvester.web.http import cursors
from harvester.web.pages.overview import Cursor
from harvester.web.site import Site, TheSite, page

router = APIRouter(include_in_schema=False)

SECONDS = 1.0
"""How long a request may look through changes that its watch has not seen; the next request continues."""
_HITS = 30

WatchName = Annotated[str, Path(pattern=f"^{WATCH_NAME}$", max_length=100, description="A watch of the settings.")]


@router.get("/watches", response_class=HTMLResponse)
def all_watches(request: Request, site: TheSite) -> HTMLResponse:
    """Show the watches with the number of their hits."""
    rows: list[tuple[str, str, int, datetime | None, str]] = []
    for name in sorted(site.settings.watch):
        try:
            watch = watch_named(site.settings.watch, name)
        except ConfigurationError as error:
            rows.append((name, site.settings.watch[name].in_words(), 0, None, str(error)))
            continue
        bring_up_to_date(site.database, watch, seconds=SECONDS / len(site.settings.watch))
        with site.database.reading() as session:
            number, newest = watches.count(session, watch.rule, watch.scope)
        rows.append((name, site.settings.watch[name].in_words(), number, newest, ""))
    return page(request, "watches.html", rows=rows, watch_path=watch_path)


@router.get("/watches/{name}", response_class=HTMLResponse)
def one_watch(request: Request, site: TheSite, name: WatchName, cursor: Cursor = "") -> HTMLResponse:
    """Show the changes that a watch fits, newest first, with the passages."""
    watch, left = looked_through(site, name)
    behind = cursors.load(cursor) if cursor else None
    with site.database.reading() as session:
        rows = watches.hits(session, watch.rule, watch.scope, older_than=behind, limit=_HITS + 1)
        number, _ = watches.count(session, watch.rule, watch.scope)
    hits = [Hit(*row) for row in rows[:_HITS]]
    more = cursors.dump(hits[-1].change.before, hits[-1].change.id) if len(rows) > _HITS else ""
    return page(
        request,
        "watch.html",
        name=name,
        rule=site.settings.watch[name].in_words(),
        hits=hits,
        number=number,
        left=left,
        cursor=more,
        watch_path=watch_path,
        feed=(f"Watch: {name}", watch_feed_path(name)),
    )


def looked_through(site: Site, name: str) -> tuple[Watch, int]:
    """Return a watch after it has been tried on new changes, and on how many it is still to be tried."""
    watch = watch_named(site.settings.watch, name)
    return watch, bring_up_to_date(site.database, watch, seconds=SECONDS)
