"""Who gets notices: targets with what waits, added, changed, removed and tested; and what a notice looks like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from harvester.catalogue.settings_file import (
    TARGETS,
    SectionExists,
    append_section,
    as_toml,
    has_section,
    remove_section,
    replace_section,
)
from harvester.catalogue.toml_edits import EditedByAnother
from harvester.errors import ConfigurationError, HarvesterError
from harvester.service.notify.outbox import example
from harvester.service.notify.states import outbox
from harvester.service.notify.targets import send_test, target_named
from harvester.settings import TargetSettings
from harvester.web.desk.log import done
from harvester.web.desk.pages import desk_page, then
from harvester.web.desk.sections.fields import Wrong
from harvester.web.desk.sections.target_form import (
    DIGESTS,
    KINDS,
    form_of,
    named,
    refuse_edited,
    seen,
    target_of,
    variables,
    without_secrets,
)
from harvester.web.desk.sessions import PATH, Form, Person, SignedIn
from harvester.web.site import Site, TheSite

router = APIRouter(prefix=PATH, include_in_schema=False)

NOTICES = f"{PATH}/notices"
NEW = f"{PATH}/new-target"
Target = Annotated[str, Path(max_length=200)]


@router.get("/notices")
@router.get("/notices/")
def targets(request: Request, site: TheSite, person: Person) -> Response:
    """Show the targets of notices. Their addresses hold passwords and are not shown."""
    return _targets(request, site, person)


@router.get("/new-target")
def new_target(request: Request, site: TheSite, person: Person) -> Response:
    """Show an empty form."""
    return _form(request, site, person, "", {"kind-substantive": "yes", "min_words": "1"})


@router.post("/new-target")
def add(request: Request, site: TheSite, person: Person, form: Form) -> Response:
    """Add a target to the settings."""
    try:
        name = named(form)
        if name in site.settings.notify:
            raise Wrong({"name": f"There is a target {name} already; choose another name."})
        append_section(site.present.file, TARGETS, name, target_of(site, name, form, None, {}))
    except Wrong as error:
        return _form(request, site, person, "", form, error.fields, status=422)
    except SectionExists as error:
        return _form(request, site, person, "", form, {"name": str(error)}, status=409)
    except ConfigurationError as error:
        return _form(request, site, person, "", form, problem=_without_lines(error), status=409)
    done(person, "added the target", name)
    return _saved(request, site, person, name, form, "target-added")


@router.get("/remove-target/{target:path}")
def confirm_removal(request: Request, site: TheSite, person: Person, target: Target) -> Response:
    """Ask whether a target is to be removed."""
    return _removal(request, site, person, target)


@router.post("/remove-target/{target:path}")
def remove(request: Request, site: TheSite, person: Person, target: Target, form: Form) -> Response:
    """Take a target out of the settings, unless somebody changed it meanwhile."""
    try:
        remove_section(
            site.present.file,
            TARGETS,
            target,
            lambda now: refuse_edited(site, target, form, now),
            site.present.elsewhere(TARGETS, target),
        )
    except ConfigurationError as error:
        if target not in site.settings.notify:
            return then(NOTICES, "target-removed")
        return _removal(request, site, person, target, str(error), 409)
    done(person, "removed the target", target)
    return then(NOTICES, "target-removed")


@router.get("/example-notice/{target:path}")
def one_notice(request: Request, site: TheSite, person: Person, target: Target) -> Response:
    """Show the notice that a target would get of the latest change that it wants."""
    found = example(site.database, site.settings, target)
    return desk_page(request, person, "notice.html", target=target, found=found)


@router.post("/test-target/{target:path}")
def test(request: Request, site: TheSite, person: Person, target: Target, form: Form) -> Response:
    """Send a test to a target."""
    return _tested(request, site, person, target, "tested")


# A name may hold slashes, so what is done with a target stands before it: a target may be named "x/remove".
@router.get("/notices/{target:path}")
def one_target(request: Request, site: TheSite, person: Person, target: Target) -> Response:
    """Show a target in the form in which it is changed."""
    return _form(request, site, person, target, form_of(target_named(site.settings, target)))


@router.post("/notices/{target:path}")
def change(request: Request, site: TheSite, person: Person, target: Target, form: Form) -> Response:
    """Replace a target, unless somebody changed it meanwhile."""
    elsewhere = site.present.elsewhere(TARGETS, target)

    def altered(now: TargetSettings) -> TargetSettings:
        refuse_edited(site, target, form, now)
        return target_of(site, target, form, now, elsewhere)

    try:
        replace_section(site.present.file, TARGETS, target, altered, elsewhere)
    except Wrong as error:
        return _form(request, site, person, target, form, error.fields, status=422)
    except EditedByAnother as error:
        return _edited_by_another(request, site, person, target, form, error)
    except ConfigurationError as error:
        return _form(request, site, person, target, form, problem=str(error), status=409)
    done(person, "changed the target", target)
    return _saved(request, site, person, target, form, "target-changed")


def _saved(request: Request, site: Site, person: SignedIn, name: str, form: Mapping[str, str], said: str) -> Response:
    """Return the way on to the targets, after a test if the form asks for one."""
    if form.get("do") != "test":
        return then(NOTICES, said)
    return _tested(request, site, person, name, f"{said}-tested", "It is saved, and the test failed: ")


def _tested(request: Request, site: Site, person: SignedIn, name: str, said: str, failed: str = "") -> Response:
    try:
        send_test(site.settings, name, site.clock())
    except HarvesterError as error:
        return _targets(request, site, person, f"{failed}{error}", 502)
    done(person, "tested the target", name)
    return then(NOTICES, said)


def _targets(request: Request, site: Site, person: SignedIn, problem: str = "", status: int = 200) -> Response:
    return desk_page(
        request,
        person,
        "notices.html",
        status=status,
        targets=sorted(site.settings.notify.items()),
        counts=outbox(site.database),
        new=NEW,
        problem=problem or site.present.problem,
    )


def _removal(
    request: Request, site: Site, person: SignedIn, name: str, problem: str = "", status: int = 200
) -> Response:
    target = target_named(site.settings, name)
    return desk_page(
        request,
        person,
        "target_remove.html",
        status=status,
        name=name,
        was=seen(site, name, target),
        waiting=outbox(site.database).get(name, {}).get("owed", 0),
        problem=problem,
    )


def _edited_by_another(
    request: Request, site: Site, person: SignedIn, name: str, form: dict[str, str], error: EditedByAnother
) -> Response:
    """Show what a target is now beside what the person typed, who may save that after all."""
    if (present := site.settings.notify.get(name)) is None:
        return _form(request, site, person, "", form | {"name": name}, problem=str(error), status=409)
    form = form | {"was": seen(site, name, present)}
    return _form(request, site, person, name, form, problem=str(error), now=as_toml(TARGETS, name, present), status=409)


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
    status: int = 200,
) -> Response:
    target = target_named(site.settings, name) if name else None
    if target is not None and "was" not in form:
        form = form | {"was": seen(site, name, target)}
    elsewhere = site.present.elsewhere(TARGETS, name) if name else {}
    return desk_page(
        request,
        person,
        "target_form.html",
        status=status,
        name=name,
        form=without_secrets(form),
        has_secret=target is not None and target.secret is not None,
        elsewhere=elsewhere,
        variables=variables(site, name) if name else [],
        editable=not elsewhere or _in_file(site, name),
        errors=errors or {},
        problem=problem or ("Nothing was saved: see the fields that are marked." if errors else site.present.problem),
        now=now,
        action=f"{NOTICES}/{quote(name)}" if name else NEW,
        file=site.present.file,
        kinds=KINDS,
        digests=DIGESTS,
        watches=sorted(site.settings.watch),
    )


def _in_file(site: Site, name: str) -> bool:
    try:
        return has_section(site.present.file, TARGETS, name)
    except ConfigurationError:
        return True  # what is wrong with the file is said when it is saved


def _without_lines(error: ConfigurationError) -> str:
    """Return an error without the lines that are to be written by hand: they have no address."""
    return str(error).partition(":\n")[0]
