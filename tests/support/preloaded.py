"""What the fork server of `tests.support.forked` imports before it forks: harvester's commands with all they call."""

from __future__ import annotations

import functools
import importlib
import pkgutil

import typer.main
from sqlalchemy.orm import configure_mappers

import harvester
import tests.support.forked  # noqa: F401

for _module in pkgutil.walk_packages(harvester.__path__, "harvester."):
    if not _module.name.startswith("harvester.store.migrations") and not _module.name.endswith("__main__"):
        importlib.import_module(_module.name)
configure_mappers()
_made_once = functools.cache(typer.main.get_command)
_made_once(harvester.cli.app.app)
vars(typer.main)["get_command"] = _made_once
