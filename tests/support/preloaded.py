"""What the fork server of `tests.support.forked` imports before it forks: harvester's commands with all they call.

What these would spend again on each start is done here once.
"""

from __future__ import annotations

import functools
import gc
import importlib
import os
import pkgutil
from multiprocessing.connection import Connection
from typing import Any

import typer.main
from sqlalchemy.orm import configure_mappers

import harvester
import harvester.store.database
import harvester.worker
from tests.support.forked import Forked
from tests.support.store import new_files

CALLED_BY_TESTS = (
    "tests.importing.test_killed_imports",
    "tests.exporting.test_killed_exports",
    "tests.harvest.killed.test_killed",
)


def _worker_of_a_page(connection: Connection[bytes, bytes]) -> None:
    os.setsid()
    harvester.worker.main(os.dup(connection.fileno()))


def _started(connection: Connection[bytes, bytes]) -> Forked:
    """Start a worker of `harvester.processes`; tests.harvest.killed.test_processes has them started as users have."""
    return Forked(_worker_of_a_page, connection, ends_with_us=True)


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
new_files.migrated()
vars(harvester.store.database)["upgrade"] = new_files.upgrade
vars(harvester.processes)["_started"] = _started
# What is imported stays: no fork need look through it, and so copy it.
gc.freeze()
gc.enable()
