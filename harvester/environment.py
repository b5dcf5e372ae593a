"""What is set, before it is checked: a settings file, and the variables ``HARVESTER_*`` in the form of one."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from harvester.errors import NOT_UTF8, ConfigurationError

PREFIX = "HARVESTER_"
_NEVER_EMPTY = ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "WEB__TOKEN")
"""An empty variable is how an orchestrator leaves one out, and no address or secret is empty."""
_NOT_SETTINGS = ("HARVESTER_TEST_", "HARVESTER_READABILITY_JS", "HARVESTER_WITHOUT_SHARED")
"""Variables of the tests."""


def variable_of(*place: object) -> str:
    """Return the variable of a key: ``HARVESTER_WEB__PORT``."""
    return PREFIX + "__".join(map(str, place)).upper()


def written_in(environment: Mapping[str, str], known: Iterable[str]) -> dict[str, Any]:
    """Return what variables set: ``__`` stands between a section and its key, lists and tables are JSON.

    ``NAME_FILE`` names a file with the value of ``NAME``, such as a secret that an orchestrator mounts. A variable of
    no `known` setting raises `ConfigurationError`: a name typed wrong would be taken for set.
    """
    known = set(known)
    texts: dict[str, str] = {}
    for variable, text in sorted(environment.items()):
        if not variable.startswith(PREFIX) or variable.startswith(_NOT_SETTINGS):
            continue
        name = variable.removeprefix(PREFIX)
        if not {name.partition("__")[0].lower(), name.partition("__")[0].removesuffix("_FILE").lower()} & known:
            known_ones = ", ".join(map(variable_of, sorted(known)))
            raise ConfigurationError(
                f"the environment variable {variable} sets nothing; known: {known_ones}, with __ before a section's key"
            )
        if name.endswith("_FILE"):
            texts.setdefault(name.removesuffix("_FILE"), _content(variable, Path(text)))
        else:
            texts[name] = text
    found: dict[str, Any] = {}
    for name, text in sorted(texts.items()):  # a section before its keys
        if text or name not in _NEVER_EMPTY:
            *sections, key = name.lower().split("__")
            table = found
            for section in sections:
                table = table.setdefault(section, {})
                if not isinstance(table, dict):
                    raise ConfigurationError(f"{PREFIX}{name} is a key of {section!r}, which another variable sets")
            table[key] = _value(text)
    return found


def read_toml(file: Path) -> dict[str, Any]:
    """Return the content of a TOML file; raises `ConfigurationError` when it cannot be read."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: not TOML: {error}; correct it") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file} {NOT_UTF8}") from error
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error}") from error
    except RecursionError:
        raise ConfigurationError(f"{file}: brackets are nested too deep; correct it") from None


def sets_nothing(environment: Mapping[str, str], file: Path) -> bool:
    """Return whether neither variables nor a file set anything; which folders are used is no matter of these."""
    variables = {one for one in environment if one.startswith(PREFIX) and not one.startswith(_NOT_SETTINGS)}
    return variables <= {"HARVESTER_CONFIG", "HARVESTER_DATA"} and not (file.exists() and read_toml(file))


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return tables in which the keys of the second come before those of the first."""
    both = dict(below)
    for key, value in above.items():
        under = both.get(key)
        both[key] = merged(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return both


def _content(variable: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{variable}: {path} cannot be read: {error}") from error


def _value(text: str) -> Any:
    if text.startswith(("[", "{")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass  # then what is wrong with it is said by the setting
    return text
