"""Who gets notices: the targets with what waits, a test, and what a notice looks like."""

from __future__ import annotations

import json
import re
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from harvester.errors import HarvesterError
from harvester.service.notify.outbox import example, outbox, send_test
from harvester.settings import TargetSettings
from harvester.web.desk.log import done
from harvester.web.desk.pages import desk_page, then
from harvester.web.desk.sessions import PATH, Form, Person, SignedIn
from harvester.web.site import Site, TheSite

router = APIRouter(prefix=f"{PATH}/notices", include_in_schema=False)

Target = Annotated[str, Path(max_length=200)]


@router.get("")
def targets(request: Request, site: TheSite, person: Person) -> Response:
    """Show the targets of notices. Their addresses hold passwords and are not shown."""
    return _targets(request, site, person)


@router.get("/{target}")
def one_notice(request: Request, site: TheSite, person: Person, target: Target) -> Response:
    """Show the notice that a target would get of the latest change that it wants."""
    found = example(site.database, site.settings, target)
    file = site.settings.config / "harvester.toml"
    written = _as_toml(target, site.settings.notify[target])
    return desk_page(request, person, "notice.html", target=target, found=found, file=file, written=written)


@router.post("/{target}/test")
def test(request: Request, site: TheSite, person: Person, target: Target, form: Form) -> Response:
    """Send a test to a target."""
    try:
        send_test(site.settings, target, site.clock())
    except HarvesterError as error:
        return _targets(request, site, person, str(error), 502)
    done(person, "tested the target", target)
    return then(f"{PATH}/notices", "tested")


def _targets(request: Request, site: Site, person: SignedIn, problem: str = "", status: int = 200) -> Response:
    return desk_page(
        request,
        person,
        "notices.html",
        status=status,
        targets=sorted(site.settings.notify.items()),
        counts=outbox(site.database),
        problem=problem,
    )


def _as_toml(name: str, target: TargetSettings) -> str:
    """Return the section of a target as the settings have it, without what is secret; JSON's lists are TOML's too."""
    wanted = target.model_dump(mode="json", exclude={"url", "secret"})
    named = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)
    return "\n".join([f"[notify.{named}]", *(f"{key} = {json.dumps(value)}" for key, value in wanted.items())])
