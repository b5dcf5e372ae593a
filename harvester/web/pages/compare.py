"""Any two versions of any two services: chosen with a form, compared at a permanent address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from harvester.diffing import Diff
from harvester.insight.redline import snapshot
from harvester.insight.statements.model import Statement
from harvester.insight.statements.statements import statements
from harvester.store.read import history, services
from harvester.store.read.versions import VersionRow
from harvester.web.addresses import REFERENCE, VersionName, change_path, moment_of, version_name, with_query
from harvester.web.http.ratelimit import count_search
from harvester.web.pages.overview import ServiceFilter, names_offered
from harvester.web.references import is_permanent, version_named, version_of
from harvester.web.site import TheSite, page
from harvester.web.view import rendering
from harvester.web.view.comparisons import TooLong, comparisons_of

router = APIRouter(include_in_schema=False)

_LISTED = 200
"""Versions that a form lists to choose from; of a service with more, a date is typed."""

View = Annotated[str, Query(pattern=r"^(inline|side)$")]
Show = Annotated[str, Query(pattern=r"^(changes|all)$")]
Chosen = Annotated[str, Query(pattern=f"^({REFERENCE})?$")]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its service, the versions that the form lists, newest first, and the chosen version."""

    service: str = ""
    listed: tuple[VersionRow, ...] = ()
    row: VersionRow | None = None

    @property
    def name(self) -> str:
        """The permanent name of the version; empty if none is chosen."""
        return version_name(self.service, self.row.first_seen) if self.row else ""


@router.get("/compare", response_class=HTMLResponse, dependencies=[Depends(count_search)])
def compare(
    request: Request,
    site: TheSite,
    old: VersionName | None = None,
    new: VersionName | None = None,
    old_service: ServiceFilter = "",
    new_service: ServiceFilter = "",
    old_version: Chosen = "",
    new_version: Chosen = "",
    view: View = "inline",
    show: Show = "changes",
) -> Response:
    """Show two versions as a redline; without both, a form in which they are chosen.

    `old` and `new` are the permanent names. The other four are what the form sends, which leads to these names.
    """
    shown = {"view": "" if view == "inline" else view, "show": "" if show == "changes" else show}
    with site.database.reading() as session:
        before, after = _side(session, old, old_service, old_version), _side(session, new, new_service, new_version)
        before, after = _like(before, after), _like(after, before)
        if (before.name, after.name) != (old or "", new or ""):
            return RedirectResponse(with_query("/compare", old=before.name, new=after.name, **shown))
        names = names_offered(session)
        diff, snapshots, problem = None, ("", ""), ""
        if before.row and after.row:
            snapshots = (
                snapshot(session, site.settings, before.row.capture_id),
                snapshot(session, site.settings, after.row.capture_id),
            )
            try:
                diff = comparisons_of(request).diff(session, before.row.text_id, after.row.text_id)
            except TooLong as error:
                problem = str(error)
    redline, passages = Markup(), 0
    if diff:
        redline, passages = rendering.linked_redline(diff, side_by_side=view == "side", only_changes=show == "changes")
    return page(
        request,
        "compare.html",
        before=before,
        after=after,
        names=names,
        snapshots=snapshots,
        diff=diff,
        problem=problem,
        statements=_statements(before, after, diff),
        view=view,
        show=show,
        change=_change_between(before, after),
        redline=redline,
        passages=passages,
    )


def _side(session: Session, name: str | None, service: str, reference: str) -> Side:
    """Return the side that a name chooses, or what the form sent; a service alone still lacks its version."""
    row = None
    if name:
        service, row = version_of(session, name)
    elif service and reference:
        row = _then(session, service, reference)
    elif not service:
        return Side()
    listed = history.versions_before(session, services.one(session, service).id, limit=_LISTED + 1)
    return Side(service, tuple(listed) if len(listed) <= _LISTED else (), row)


def _like(side: Side, other: Side) -> Side:
    """Return a side with the other's service if it has none: most compare two versions of one."""
    return side if side.service else replace(other, row=None)


def _then(session: Session, service: str, reference: str) -> VersionRow:
    """Return the version that a reference means; 14 digits are a time: the form may name a version of the service that
    was chosen before.
    """
    if not is_permanent(reference):
        return version_named(session, service, reference)
    return history.version_on(session, services.one(session, service).id, moment_of(reference))


def _statements(before: Side, after: Side, diff: Diff | None) -> list[Statement]:
    """Return what changed in plain words, if both are of one service: of two services nothing changed."""
    return list(statements(diff)) if diff and before.service == after.service else []


def _change_between(before: Side, after: Side) -> str:
    """Return the path of the change that leads from one version to the next; empty if they are not neighbours."""
    if before.row is None or after.row is None or before.service != after.service:
        return ""
    is_next = after.row.number == before.row.number + 1
    return change_path(after.service, after.row.first_seen) if is_next else ""
