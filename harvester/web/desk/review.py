"""The review desk: the list of alarms, one alarm with its redline, and what people do to it."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from harvester.insight.redline import diff_of, explanation, redline
from harvester.insight.statements.statements import statements
from harvester.service.review import alarms
from harvester.service.review.alarms import MOST
from harvester.service.review.marked import marked_of
from harvester.service.review.placing import place_again
from harvester.store.desk import places, reviews
from harvester.store.desk.reviews import AlarmFilter, Deeds, Overtaken, State
from harvester.store.read import services, versions
from harvester.web.addresses import ServiceName, Stamp, change_path, moment_of, stamp, with_query
from harvester.web.desk.log import done
from harvester.web.desk.pages import desk_page, then
from harvester.web.desk.sessions import PATH, Form, Person, SignedIn
from harvester.web.http import cursors
from harvester.web.pages.overview import Cursor
from harvester.web.site import Site, TheSite
from harvester.web.view import rendering

router = APIRouter(prefix=f"{PATH}/review", include_in_schema=False)

SHOWN = 50
LONGEST_NOTE = 10_000
MOST_LABELS = 20
LONGEST_LABEL = 50
STATES = {"open": State.OPEN.value, "read": State.READ.value, "aside": State.SET_ASIDE.value, "all": ""}
"""The states as addresses have them."""

Name = Annotated[str, Query(max_length=253)]


async def wanted_of(
    state: Annotated[str, Query(pattern="^(open|read|aside|all)$")] = "open",
    of: Name = "",
    tag: Name = "",
    assignee: Name = "",
    label: Name = "",
    cursor: Cursor = "",
) -> AlarmFilter:
    """Return which alarms an address asks for."""
    return AlarmFilter(STATES[state], of, tag, assignee, label, cursors.load(cursor) if cursor else None)


Asked = Annotated[AlarmFilter, Depends(wanted_of)]


@router.get("")
def all_alarms(
    request: Request,
    site: TheSite,
    person: Person,
    wanted: Asked,
    number: Annotated[int, Query(alias="page", ge=1, le=MOST // SHOWN)] = 1,
) -> Response:
    """Show a page of a list of alarms, those with the most points first."""
    place_again(site.database, site.clock())
    with site.database.reading() as session:
        found = alarms.listed(session, site.settings, wanted)
        last = alarms.last_place(found)
        unplaced = places.unplaced(session) if wanted.older_than is None and number == 1 else []
        notes = reviews.events_of(session, [one.id for one, _ in unplaced])
        tags = services.tags(session)
    return desk_page(
        request,
        person,
        "review.html",
        rows=found[SHOWN * (number - 1) : SHOWN * number],
        number=number,
        pages=-(-len(found) // SHOWN),
        total=len(found),
        older=with_query(f"{PATH}/review", **_query(wanted) | {"cursor": cursors.dump(*last)}) if last else "",
        unplaced=unplaced,
        notes=notes,
        tags=tags,
        people=_people(site),
        **_links(wanted),
    )


@router.get("/{service:document}/{stamp}")
def one_alarm(
    request: Request, site: TheSite, service: ServiceName, stamp: Stamp, person: Person, wanted: Asked
) -> Response:
    """Show a change with its points, its redline, and everything that was done to it."""
    return _one(request, site, service, stamp, person, wanted)


@router.post("/{service:document}/{stamp}")
def do(
    request: Request, site: TheSite, service: ServiceName, stamp: Stamp, person: Person, wanted: Asked, form: Form
) -> Response:
    """Note what a person made of a change, and lead on to the next; tell what another did meanwhile."""
    before = moment_of(stamp)
    if problem := _wrong(site, form):
        return _one(request, site, service, stamp, person, wanted, form, problem, 422)
    with site.database.reading() as session:
        change = versions.change(session, service, before)
        marked = marked_of(diff_of(session, change))
        following = _beside(alarms.listed(session, site.settings, wanted), change.id)[1]
    try:
        with site.database.writing() as session:
            reviews.act(session, change, marked, person.person, site.clock(), _deeds(form), int(form.get("seen") or 0))
    except Overtaken as error:
        return _one(request, site, service, stamp, person, wanted, form, str(error), 409)
    done(person, f"reviewed the change of {stamp} of", service)
    if form.get("state") and following is not None:
        return then(_address(following, wanted), "reviewed")
    here = with_query(f"{PATH}/review", **_query(wanted))
    return then(here if form.get("state") else f"{PATH}/review/{service}/{stamp}", "reviewed")


def _deeds(form: dict[str, str]) -> Deeds:
    """Return what a form asks for; a field that it lacks is left as it is."""
    state = State(STATES[form["state"]]) if form.get("state") else None
    labels = None if "labels" not in form else tuple(one for each in form["labels"].split(",") if (one := each.strip()))
    return Deeds(state, form.get("note", ""), labels, form.get("assignee"))


def _wrong(site: Site, form: dict[str, str]) -> str:
    """Return what is wrong with a form, empty if nothing is."""
    if form.get("state", "open") not in ("", "open", "read", "aside"):
        return "A change is open, read or set aside."
    if not re.fullmatch(r"\d{0,15}", form.get("seen", "")):
        return "The form is not one of this page."
    if len(form.get("note", "")) > LONGEST_NOTE:
        return f"A note has at most {LONGEST_NOTE:,} characters."
    if form.get("assignee") and form["assignee"] not in _people(site):
        return f"Nobody is called {form['assignee']!r} in the settings."
    labels = form.get("labels", "").split(",")
    if len(labels) > MOST_LABELS or any(len(one.strip()) > LONGEST_LABEL for one in labels):
        return f"A change has at most {MOST_LABELS} labels of {LONGEST_LABEL} characters each."
    return ""


def _one(
    request: Request,
    site: Site,
    service: str,
    digits: str,
    person: SignedIn,
    wanted: AlarmFilter,
    form: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    place_again(site.database, site.clock())
    with site.database.reading() as session:
        found = redline(session, site.settings, service, moment_of(digits))
        diff = diff_of(session, found.change)
        alarm = reviews.alarm_of(session, found.change)
        [one] = alarms.scored(session, site.settings, [alarm])
        earlier, later = _beside(alarms.listed(session, site.settings, wanted), found.change.id)
        events = reviews.events(session, alarm.review.id) if alarm.review is not None else []
    return desk_page(
        request,
        person,
        "alarm.html",
        status=status,
        service=service,
        found=found,
        change=found.change,
        one=one,
        alarm=alarm,
        events=events,
        seen=alarm.review.latest if alarm.review is not None else 0,
        form=form or {},
        problem=problem,
        people=sorted({*_people(site), alarm.assignee} - {""}),
        statements=statements(diff),
        explanation=explanation(found.change),
        redline=rendering.redline(diff, side_by_side=False, only_changes=True),
        public=change_path(service, found.change.before),
        action=_address(one, wanted),
        earlier=_address(earlier, wanted) if earlier else None,
        later=_address(later, wanted) if later else None,
        **_links(wanted),
    )


def _beside(found: list[alarms.Scored], change_id: int) -> tuple[alarms.Scored | None, alarms.Scored | None]:
    """Return what stands before and behind a change in a list; the first of the list behind one that is not in it."""
    place = next((number for number, one in enumerate(found) if one.alarm.change.id == change_id), None)
    if place is None:
        return None, found[0] if found else None
    return found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None


def _people(site: Site) -> list[str]:
    return sorted(site.settings.web.people)


def _query(wanted: AlarmFilter) -> dict[str, str]:
    """Return the parameters of an address that asks for these alarms."""
    state = next(name for name, value in STATES.items() if value == wanted.state)
    chosen = {"of": wanted.service, "tag": wanted.tag, "assignee": wanted.assignee, "label": wanted.label}
    cursor = cursors.dump(*wanted.older_than) if wanted.older_than else ""
    return chosen | {"state": "" if state == "open" else state, "cursor": cursor}


def _address(one: alarms.Scored, wanted: AlarmFilter) -> str:
    path = f"{PATH}/review/{one.alarm.change.service}/{stamp(one.alarm.change.before)}"
    return with_query(path, **_query(wanted))


def _links(wanted: AlarmFilter) -> dict[str, Any]:
    """Return what templates need to link lists and alarms."""
    return {
        "wanted": wanted,
        "query": _query(wanted),
        "states": STATES,
        "alarm_path": lambda one: _address(one, wanted),
        "list_path": with_query(f"{PATH}/review", **_query(wanted)),
    }
