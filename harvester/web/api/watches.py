"""``/api/v1/watches``: the changes that watches fit."""

from __future__ import annotations

from fastapi import APIRouter

from harvester.store.ledger import watches
from harvester.web.api import models
from harvester.web.api.changes import change_out
from harvester.web.api.services import Cursor, Limit
from harvester.web.http import cursors
from harvester.web.pages.watch import WatchName, looked_through
from harvester.web.site import TheSite

router = APIRouter(tags=["watches"])


@router.get("/watches")
def list_watches(site: TheSite) -> models.Watches:
    """List the watches of the settings with their rules."""
    return models.Watches(
        items=[
            models.WatchOut(name=name, **one.model_dump(mode="json"))
            for name, one in sorted(site.settings.watch.items())
        ]
    )


@router.get("/watches/{name}/hits")
def list_hits(site: TheSite, name: WatchName, cursor: Cursor = None, limit: Limit = 100) -> models.WatchHits:
    """List the changes that a watch fits, newest first. `left` counts changes on which it was not tried yet."""
    watch, left = looked_through(site, name)
    behind = cursors.load(cursor) if cursor else None
    with site.database.reading() as session:
        rows = watches.hits(session, watch.rule, watch.scope, older_than=behind, limit=limit + 1)
    more = cursors.dump(rows[limit - 1][0].before, rows[limit - 1][0].id) if len(rows) > limit else None
    items = [models.WatchHit(change=change_out(row), passages=list(passages)) for row, passages in rows[:limit]]
    return models.WatchHits(items=items, next=more, left=left)
