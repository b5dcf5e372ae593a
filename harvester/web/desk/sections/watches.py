"""Watches at the desk: listed, tried on all history before they are saved, added, changed and removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import ValidationError

from harvester.catalogue.document_types import TYPES
from harvester.catalogue.settings_file import (
    WATCHES,
    SectionExists,
    append_section,
    as_toml,
    remove_section,
    replace_section,
    unless_edited,
)
from harvester.catalogue.toml_edits import EditedByAnother
from harvester.errors import ConfigurationError
from harvester.insight.statements.watched import Tried, tried, watch_named
from harvester.settings import WATCH_NAME, WatchSettings
from harvester.store.ledger import watches as found_by
from harvester.web.addresses import watch_path
from harvester.web.desk.log import done
from harvester.web.desk.pages import desk_page, then
from harvester.web.desk.sections.fields import Wrong
from harvester.web.desk.sections.watch_form import choices, form_of, named, rule_of, searched
from harvester.web.desk.sessions import PATH, Form, Person, SignedIn
from harvester.web.http import cursors
from harvester.web.pages.overview import TypeFilter
from harvester.web.site import Site, TheSite

router = APIRouter(prefix=PATH, include_in_schema=False)

NEW = f"{PATH}/new-watch"
SECONDS = 2.0
"""How long a request tries a rule on history; the next continues with what is older."""
_HITS = 30

Name = Annotated[str, Path(pattern=f"^{WATCH_NAME}$", max_length=100)]
Searched = Annotated[str, Query(max_length=300)]


@router.get("/watches")
def all_watches(request: Request, site: TheSite, person: Person) -> Response:
    """Show the watches with their rules and what is known of their hits."""
    rows = []
    for name, settings in sorted(site.settings.watch.items()):
        rule, number, newest = settings.in_words(), 0, None
        try:
            watch = watch_named(site.settings.watch, name)
        except ConfigurationError as error:
            rule = str(error)
        else:
            with site.database.reading() as session:
                number, newest = found_by.count(session, watch.rule, watch.scope)
        rows.append((name, rule, number, newest))
    return desk_page(
        request, person, "watches.html", rows=rows, new=NEW, watch_path=watch_path, problem=site.present.problem
    )


@router.get("/new-watch")
def new_watch(
    request: Request,
    site: TheSite,
    person: Person,
    words: Searched = "",
    service: Searched = "",
    type_: TypeFilter = "",
) -> Response:
    """Show a form that is empty, or has the phrases, the service and the type of a search."""
    kinds = {"kind-substantive": "yes", "kind-minor": "yes"}
    return _form(request, site, person, "", kinds | searched(words, service, TYPES.get(type_, "")))


@router.post("/new-watch")
def add(request: Request, site: TheSite, person: Person, form: Form) -> Response:
    """Try a new rule on all history, or save it."""
    try:
        made = rule_of(site, form)
        if form.get("do") == "try":
            return _tried(request, site, person, "", form, made)
        name = named(form)
        append_section(site.present.file, WATCHES, name, made)
    except Wrong as error:
        return _form(request, site, person, "", form, error.fields, status=422)
    except SectionExists as error:
        return _form(request, site, person, "", form, {"name": str(error)}, status=409)
    except ConfigurationError as error:
        return _form(request, site, person, "", form, problem=str(error), status=409)
    done(person, "added the watch", name)
    return then(f"{PATH}/watches", "watch-added")


@router.get("/watches/{name}")
def one_watch(request: Request, site: TheSite, person: Person, name: Name) -> Response:
    """Show a watch in the form in which it is changed."""
    watch_named(site.settings.watch, name)
    return _form(request, site, person, name, form_of(site.settings.watch[name]))


@router.post("/watches/{name}")
def change(request: Request, site: TheSite, person: Person, name: Name, form: Form) -> Response:
    """Try a changed rule on all history, or save it, unless somebody changed it meanwhile."""
    try:
        made = rule_of(site, form)
        if form.get("do") == "try":
            return _tried(request, site, person, name, form, made)
        check = unless_edited(WATCHES, name, _was(form))

        def altered(now: WatchSettings) -> WatchSettings:
            check(now)
            return made

        replace_section(site.present.file, WATCHES, name, altered, site.present.elsewhere(WATCHES, name))
    except Wrong as error:
        return _form(request, site, person, name, form, error.fields, status=422)
    except EditedByAnother as error:
        return _edited_by_another(request, site, person, name, form, error)
    except ConfigurationError as error:
        return _form(request, site, person, name, form, problem=str(error), status=409)
    done(person, "changed the watch", name)
    return then(f"{PATH}/watches", "watch-changed")


@router.get("/watches/{name}/remove")
def confirm_removal(request: Request, site: TheSite, person: Person, name: Name) -> Response:
    """Ask whether a watch is to be removed."""
    return _removal(request, site, person, name)


@router.post("/watches/{name}/remove")
def remove(request: Request, site: TheSite, person: Person, name: Name, form: Form) -> Response:
    """Take a watch out of the file, unless somebody changed it meanwhile."""
    try:
        check = unless_edited(WATCHES, name, _was(form))
        remove_section(site.present.file, WATCHES, name, check, site.present.elsewhere(WATCHES, name))
    except ConfigurationError as error:
        if name not in site.settings.watch:
            return then(f"{PATH}/watches", "watch-removed")
        return _removal(request, site, person, name, str(error), 409)
    done(person, "removed the watch", name)
    return then(f"{PATH}/watches", "watch-removed")


def _was(form: Mapping[str, str]) -> WatchSettings:
    """Return the rule that the person saw."""
    try:
        return WatchSettings.model_validate_json(form.get("was", ""))
    except ValidationError as error:
        raise ConfigurationError("the form is not one of this page; open the page and repeat") from error


def _removal(
    request: Request, site: Site, person: SignedIn, name: str, problem: str = "", status: int = 200
) -> Response:
    watch_named(site.settings.watch, name)
    settings = site.settings.watch[name]
    return desk_page(
        request,
        person,
        "watch_remove.html",
        status=status,
        name=name,
        rule=settings.in_words(),
        was=settings.model_dump_json(),
        problem=problem,
    )


def _edited_by_another(
    request: Request, site: Site, person: SignedIn, name: str, form: dict[str, str], error: EditedByAnother
) -> Response:
    """Show what a watch is now beside what the person typed, who may save that after all."""
    if (present := site.settings.watch.get(name)) is None:
        return _form(request, site, person, "", form | {"name": name}, problem=str(error), status=409)
    form = form | {"was": present.model_dump_json()}
    return _form(request, site, person, name, form, problem=str(error), now=as_toml(WATCHES, name, present), status=409)


def _tried(
    request: Request, site: Site, person: SignedIn, name: str, form: dict[str, str], made: WatchSettings
) -> Response:
    watch = watch_named({"tried": made}, "tried")
    behind = cursors.load(form["behind"]) if form.get("behind") else ()
    with site.database.reading() as session:
        found = tried(session, watch, behind, seconds=SECONDS, most=_HITS)
    return _form(request, site, person, name, form, found=found)


def _form(
    request: Request,
    site: Site,
    person: SignedIn,
    name: str,
    form: dict[str, str],
    errors: Mapping[str, str] | None = None,
    *,
    problem: str = "",
    now: str = "",
    found: Tried | None = None,
    status: int = 200,
) -> Response:
    if name and "was" not in form:
        form = form | {"was": site.settings.watch[name].model_dump_json()}
    return desk_page(
        request,
        person,
        "watch_form.html",
        status=status,
        name=name,
        form=form,
        errors=errors or {},
        problem=problem or ("Nothing was saved: see the fields that are marked." if errors else ""),
        now=now,
        found=found,
        behind=cursors.dump(*found.behind) if found and found.behind else "",
        action=f"{PATH}/watches/{name}" if name else NEW,
        **choices(),
    )
