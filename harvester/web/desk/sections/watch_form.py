"""A watch as a form has it, and what is wrong with it, field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from harvester.catalogue.entries import load_catalogue
from harvester.errors import ConfigurationError
from harvester.insight.statements.model import StatementKind
from harvester.insight.statements.watch import watch_of
from harvester.insight.statements.watched import unknown_names
from harvester.insight.topics.assign import topics
from harvester.settings import WATCH_NAME, WatchSettings
from harvester.store.search.query import Phrase, parse, phrases
from harvester.web.desk.sections.fields import MOST, Wrong, parts
from harvester.web.site import Site

SIDES = ("either", "added", "removed")
KINDS = ("substantive", "minor", "cosmetic", "technical", "language")


def choices() -> dict[str, Any]:
    """Return what the fields offer."""
    return {
        "sides": SIDES,
        "kinds": KINDS,
        "topics": sorted(one.key for one in topics()),
        "statements": [one.value for one in StatementKind],
    }


def form_of(settings: WatchSettings) -> dict[str, str]:
    """Return the fields that show a watch."""
    return {
        "words": "\n".join(settings.words),
        "side": settings.side,
        "topic": settings.topic or "",
        "statement": settings.statement or "",
        "crosses": settings.crosses or "",
        "services": "\n".join(settings.services),
        "tags": ", ".join(settings.tags),
        "types": ", ".join(settings.types),
    } | {f"kind-{kind}": "yes" for kind in settings.kinds}


def searched(query: str, service: str, type_: str) -> dict[str, str]:
    """Return the fields of a watch for what a search looks for: each of its phrases, but for those that it excludes."""
    try:
        lines = [_as_words(one) for one in phrases(parse(query))] if query.strip() else []
    except ConfigurationError:
        lines = [query.replace('"', "")]
    return {"words": "\n".join(dict.fromkeys(lines)), "services": service, "types": type_}


def _as_words(phrase: Phrase) -> str:
    if not phrase.prefix:
        return " ".join(phrase.words)
    beginning = r"\W+".join(map(re.escape, phrase.words))
    return rf"/\b{beginning}\w*/"


def named(form: Mapping[str, str]) -> str:
    """Return the name of a new watch; raise `Wrong`."""
    name = form.get("name", "").strip()
    if not re.fullmatch(WATCH_NAME, name):
        raise Wrong({"name": "Write small letters, digits and hyphens: do-not-sell."})
    return name


def rule_of(site: Site, form: Mapping[str, str]) -> WatchSettings:
    """Return the watch that a form describes; raise `Wrong`."""
    wrong: dict[str, str] = {}
    lists = {
        key: parts(form.get(key, ""), "[,\n]" if key != "words" else "\n")
        for key in ("words", "services", "tags", "types")
    }
    for key, values in lists.items():
        if len(values) > MOST:
            wrong[key] = f"At most {MOST}."
    kinds = [kind for kind in KINDS if form.get(f"kind-{kind}")]
    if not kinds:
        wrong["kinds"] = "Choose one kind at least."
    # While the catalogue cannot be read, any name may be in it.
    with suppress(ConfigurationError), site.database.reading() as session:
        catalogue = load_catalogue(site.settings.config / "services.toml")
        wrong = unknown_names(session, lists["services"][:MOST], lists["tags"][:MOST], catalogue) | wrong
    facts = {
        **lists,
        "side": form.get("side", "either"),
        "topic": form.get("topic") or None,
        "statement": form.get("statement") or None,
        "crosses": form.get("crosses", "").strip() or None,
        "kinds": kinds or ["minor"],
    }
    try:
        made = WatchSettings.model_validate(facts)
        watch_of("NAME", made)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_context=False, include_input=False):
            wrong.setdefault(str(one["loc"][0]), one["msg"])
    except ConfigurationError as error:
        said = str(error).removeprefix("[watch.NAME] ")
        field, colon, reason = said.partition(": ")
        known = bool(colon) and field in facts
        wrong.setdefault(field if known else "words", reason if known else f"It {said}.")
    if wrong:
        raise Wrong(wrong)
    return made
