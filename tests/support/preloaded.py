"""What the fork server of `tests.support.forked` imports before it forks: harvester's commands with all they call."""

from __future__ import annotations

import functools
import gc
import importlib
import pkgutil
from typing import Any

import typer.main
from sqlalchemy.orm import configure_mappers

import harvester
import harvester.store.database
import tests.support.forked  # noqa: F401
from tests.support.store import new_files, statements

CALLED_BY_TESTS = (
    "tests.importing.test_killed_imports",
    "tests.exporting.test_killed_exports",
    "tests.harvest.killed.test_killed",
)

gc.disable()
for _module in pkgutil.walk_packages(harvester.__path__, "harvester."):
    if not _module.name.startswith("harvester.store.migrations") and not _module.name.endswith("__main__"):
        importlib.import_module(_module.name)
for _name in CALLED_BY_TESTS:
    importlib.import_module(_name)
configure_mappers()
_made_once = functools.cache(typer.main.get_command)
_app: Any = _made_once(harvester.cli.app.app)
dict(_app.commands)
vars(typer.main)["get_command"] = _made_once
statements.compiled_once()
new_files.migrated()
vars(harvester.store.database)["upgrade"] = new_files.upgrade
# What is imported stays: no fork need look through it, and so copy it.
gc.freeze()
gc.enable()
