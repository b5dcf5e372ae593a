"""A target of notices as a form has it: its address and its secret go in and never come out."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from harvester.catalogue.entries import load_catalogue, refuse_unknown_receivers
from harvester.catalogue.settings_file import TARGETS, edited_meanwhile
from harvester.environment import variable_of
from harvester.errors import ConfigurationError
from harvester.service.notify.targets import refuse_unusable
from harvester.settings import TargetSettings
from harvester.web.desk.sections.fields import MOST, Wrong, parts
from harvester.web.site import Site

KINDS = ("substantive", "minor", "cosmetic")
DIGESTS = ("none", "daily", "weekly")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
_SECRETS = {"url", "secret"}
_LISTS = ("services", "tags", "types", "watches")


def form_of(target: TargetSettings) -> dict[str, str]:
    """Return the fields that show a target, without its address and its secret."""
    return {
        "services": "\n".join(target.services),
        "tags": ", ".join(target.tags),
        "types": ", ".join(target.types),
        "watches": ", ".join(target.watches),
        "min_words": str(target.min_words),
        "digest": target.digest,
        "only_reviewed": "yes" if target.only_reviewed else "",
    } | {f"kind-{kind}": "yes" for kind in target.kinds}


def without_secrets(form: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into a form, without what is never shown."""
    return {field: value for field, value in form.items() if field not in _SECRETS}


def named(form: Mapping[str, str]) -> str:
    """Return the name of a new target; raise `Wrong`."""
    name = form.get("name", "").strip()
    if not _NAME.fullmatch(name):
        raise Wrong({"name": "Write letters, digits, hyphens and underscores: legal-team."})
    return name


def target_of(
    site: Site, name: str, form: Mapping[str, str], now: TargetSettings | None, elsewhere: Mapping[str, Any]
) -> TargetSettings:
    """Return the target that a form describes; of one that there is, an address left empty stays. Raise `Wrong`.

    `elsewhere` are keys that environment variables set: fields that the form has not.
    """
    wrong: dict[str, str] = {}
    lists = {key: parts(form.get(key, ""), "[,\n]") for key in _LISTS}
    wrong |= {key: f"At most {MOST}." for key, values in lists.items() if len(values) > MOST}
    kinds = [kind for kind in KINDS if form.get(f"kind-{kind}")]
    facts: dict[str, Any] = {
        **lists,
        "url": form.get("url", "").strip() or (now.url if now else None),
        "secret": form.get("secret", "") or (now.secret if now and not form.get("forget") else None),
        "kinds": kinds,
        "min_words": form.get("min_words", "").strip() or 1,
        "digest": form.get("digest", "none"),
        "only_reviewed": bool(form.get("only_reviewed")),
        **elsewhere,
    }
    if not facts["kinds"]:
        wrong["kinds"] = "Choose one kind at least."
    if facts["url"] is None:
        wrong["url"] = "Type an address."
    elif isinstance(facts["url"], str):
        try:
            refuse_unusable(facts["url"])
        except ConfigurationError as error:
            wrong["url"] = f"{str(error).replace('this', 'This', 1)}. Type it again: it is not shown."
    for one in lists["watches"]:
        if one not in site.settings.watch:
            wrong["watches"] = f"There is no watch {one}."
    try:
        made = TargetSettings.model_validate(facts)
    except ValidationError as error:
        for refused in error.errors(include_url=False, include_context=False, include_input=False):
            wrong.setdefault(str(refused["loc"][0]), refused["msg"])
        raise Wrong(wrong) from None
    if said := _unknown(site, name, made):
        wrong.setdefault(*said)
    if wrong:
        raise Wrong(wrong)
    return made


def seen(site: Site, name: str, target: TargetSettings) -> str:
    """Return what a form keeps of the target that it shows, which tells afterwards whether somebody edited it.

    Of its address and its secret that is 24 bits of a MAC, whose key nobody has who knows their own token only: enough
    to notice an edit, too little to find out a password.
    """
    secrets = [one.get_secret_value() if one else "" for one in (target.url, target.secret)]
    tokens = sorted(token.get_secret_value() for token in site.settings.web.people.values())
    mac = hmac.new("\n".join(tokens).encode(), "\n".join([name, *secrets]).encode("utf-8", "replace"), hashlib.sha256)
    return f"{mac.hexdigest()[:6]} {target.model_dump_json(exclude=_SECRETS)}"


def refuse_edited(site: Site, name: str, form: Mapping[str, str], now: TargetSettings) -> None:
    """Raise `EditedByAnother` unless a target is as the form showed it."""
    if form.get("was") != seen(site, name, now):
        raise edited_meanwhile(TARGETS, name)


def variables(site: Site, name: str) -> list[str]:
    """Return the environment variables that set keys of a target."""
    return [variable_of(TARGETS.table, name, key) for key in site.present.elsewhere(TARGETS, name)]


def _unknown(site: Site, name: str, target: TargetSettings) -> tuple[str, str] | None:
    """Return the field that names what the catalogue does not have, with the reason."""
    try:
        entries = load_catalogue(site.settings.config / "services.toml")
    except ConfigurationError:
        return None  # said at the desk's first page; what it names cannot be told then
    try:
        refuse_unknown_receivers({name: target}, entries)
    except ConfigurationError as error:
        field, _, reason = str(error).removeprefix(f"[notify.{name}] ").partition(": ")
        return field, f"{reason}."
    return None
