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
from harvester.diffing import compare
from harvester.harvest.steps.capture_page import CapturePage
from harvester.harvest.steps.clean_page import Acceptance, clean_page
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
# What the first page and the first difference would load, in some hundred forks.
_page = b"<p>We share what we know of you, caf\xe9s included, with third parties and use cookies.</p>"
clean_page(CapturePage(_page, "http://a.example/", "20200101000000", "a.example", None, "", 200), Acceptance())
compare("# Policy\n\nWe share no data.\n", "# Policy\n\nWe share some data.\n")
statements.compiled_once()
new_files.migrated()
vars(harvester.store.database)["upgrade"] = new_files.upgrade
# What is imported stays: no fork need look through it, and so copy it.
gc.freeze()
gc.enable()
