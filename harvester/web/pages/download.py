"""Files of versions, changes and comparisons, to be kept or copied."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from harvester.insight import reading
from harvester.insight.redline import diff_of, redline, snapshot
from harvester.web.addresses import Reference, ServiceName, Stamp, VersionName, moment_of, stamp
from harvester.web.http.ratelimit import count_search
from harvester.web.references import version_named, version_of
from harvester.web.site import TheSite
from harvester.web.view.comparisons import TooLong, comparisons_of
from harvester.web.view.downloads import Compared, FileForm, compared_change, file_answer, redline_file, version_file

router = APIRouter(include_in_schema=False)

Opened = Annotated[bool, Query(alias="open", description="Show it in the browser, to be copied.")]


@router.get("/services/{service:document}/versions/{reference}/download/{form}")
def version_as_file(
    site: TheSite, service: ServiceName, reference: Reference, form: FileForm, opened: Opened = False
) -> Response:
    """Return the document of a version."""
    with site.database.reading() as session:
        row = version_named(session, service, reference)
        shown = reading.document_of(session, site.settings, service, row)
        address = snapshot(session, site.settings, row.capture_id)
    content = version_file(service, shown, address, form)
    return file_answer(f"{service}-{stamp(row.first_seen)}", form, content, shown=opened)


@router.get("/services/{service:document}/changes/{when}/download/{form}")
def change_as_file(
    site: TheSite, service: ServiceName, when: Stamp, form: FileForm, opened: Opened = False
) -> Response:
    """Return the redline of a change."""
    with site.database.reading() as session:
        found = redline(session, site.settings, service, moment_of(when))
        diff = diff_of(session, found.change)
    content = redline_file(compared_change(service, found, diff), form)
    return file_answer(f"{service}-change-{when}", form, content, shown=opened)


@router.get("/compare/download/{form}", dependencies=[Depends(count_search)])
def comparison_as_file(
    request: Request, site: TheSite, form: FileForm, old: VersionName, new: VersionName, opened: Opened = False
) -> Response:
    """Return the redline between any two versions."""
    with site.database.reading() as session:
        sides = [version_of(session, name) for name in (old, new)]
        addresses = [snapshot(session, site.settings, row.capture_id) for _, row in sides]
        try:
            diff = comparisons_of(request).diff(session, sides[0][1].text_id, sides[1][1].text_id)
        except TooLong as error:
            raise HTTPException(422, str(error)) from error
    before, after = (f"{service}, version {row.number} of {row.first_seen:%Y-%m-%d}" for service, row in sides)
    newer, row = sides[1]
    snapshots = (addresses[0], addresses[1])
    compared = Compared("Two versions compared", before, after, snapshots, newer, row.first_seen, diff)
    name = "-".join(f"{service}-{stamp(row.first_seen)}" for service, row in sides)
    return file_answer(name, form, redline_file(compared, form), shown=opened)
