"""The alarms and their reviews as files: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from harvester.csv_lines import csv_writer
from harvester.service.review import alarms
from harvester.service.review.placing import place_again
from harvester.web.desk.pages import HEADERS
from harvester.web.desk.review import Asked
from harvester.web.desk.sessions import PATH, Person
from harvester.web.site import TheSite

router = APIRouter(prefix=PATH, include_in_schema=False)

COLUMNS = (
    "service",
    "after",
    "before",
    "kind",
    "state",
    "assignee",
    "labels",
    "score",
    "why",
    "placed",
    "notes",
    "last",
)


@router.get("/review.json")
def as_json(site: TheSite, person: Person, wanted: Asked) -> Response:
    """Return the alarms of a list, with who did what."""
    body = json.dumps(_rows(site, wanted), indent=2, ensure_ascii=False) + "\n"
    return Response(body, media_type="application/json", headers=HEADERS | _name("json"))


@router.get("/review.csv")
def as_csv(site: TheSite, person: Person, wanted: Asked) -> Response:
    """Return the alarms of a list, one a line."""
    lines: list[str] = []
    writer = csv_writer(lines.append)
    writer.writerow(COLUMNS)
    for row in _rows(site, wanted):
        events = row["events"]
        writer.writerow(
            [
                *(row[one] for one in ("service", "after", "before", "kind", "state", "assignee")),
                "; ".join(row["labels"]),
                row["score"],
                "; ".join(f"{part['points']} {part['why']}" for part in row["points"]),
                "yes" if row["placed"] else "no",
                "\n".join(f"{one['person']}: {one['value']}" for one in events if one["what"] == "note"),
                f"{events[-1]['at']} {events[-1]['person']}" if events else "",
            ]
        )
    return Response("".join(lines), media_type="text/csv; charset=utf-8", headers=HEADERS | _name("csv"))


def _rows(site: TheSite, wanted: Asked) -> list[dict[str, Any]]:
    place_again(site.database, site.clock())
    with site.database.reading() as session:
        return alarms.exported(session, site.settings, wanted)[0]


def _name(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="reviews.{ending}"'}
