"""`harvester --help` answers at once: commands import what they call only when they are called."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SLOW = ("pydantic", "sqlalchemy", "requests", "fastapi", "bs4", "warcio", "rich.progress", "turbohtml", "celery")
FOR_DEVELOPERS = ("pytest", "hypothesis", "html2text", "playwright", "schemathesis", "trafilatura", "lxml")


NOT_TO_READ = (
    "alembic", "apprise", "apscheduler", "bs4", "celery", "fastapi", "harvester.cleaner.quality.error_phrases",
    "jinja2", "kombu", "nh3", "prometheus_client",
    "psycopg", "pyarrow", "pypdfium2", "requests", "rich", "sqlalchemy.dialects.postgresql", "structlog", "turbohtml",
    "uvicorn", "warcio",
)  # fmt: skip
"""What no command needs that reads a store in SQLite."""
READING = (
    "archive status", "blame kettle.example", "changes kettle.example", "diff kettle.example", "gaps kettle.example",
    "log kettle.example", "notify status", "search tea", "services", "show kettle.example", "similar kettle.example",
    "status", "trends tea",
)  # fmt: skip


def python(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_help_imports_nothing_that_is_slow_to_import() -> None:
    assert python(f"import harvester.cli.app, sys; print([name for name in {SLOW} if name in sys.modules])") == "[]"


def test_a_command_imports_itself_and_no_other() -> None:
    program = "from harvester.cli.app import app; from typer.main import get_command; get_command(app).commands['log']"
    asked = "import sys; print(sorted(one for one in sys.modules if one.startswith('harvester.cli.read.')))"
    assert python(f"{program}; {asked}") == "['harvester.cli.read.log', 'harvester.cli.read.version']"


NOT_TO_LIST = (
    "harvester.cleaner", "harvester.diffing", "harvester.store.content.stored_form", "harvester.store.history.history",
    "harvester.store.search", "rapidfuzz", "resiliparse", "zstandard",
)  # fmt: skip
"""What lists of versions and of captures need none of: half a second of processor time, once."""
NO_SETTINGS = ("harvester.settings", "harvester.catalogue.entries", "pydantic")
"""What nothing needs that reads no settings: a fifth of a short command. Typer, too, would import Pydantic."""
NO_COMPARISON = ("harvester.diffing.kinds.verdict", "harvester.insight.topics.names")
"""What nothing needs that shows texts, or changes that are stored."""


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        ("log kettle.example", NOT_TO_LIST + NO_SETTINGS),
        ("gaps kettle.example", NOT_TO_LIST + NO_SETTINGS),
        ("services", NOT_TO_LIST),
        ("status", NOT_TO_LIST[:-1]),
        ("notify status", NOT_TO_LIST),
        ("show kettle.example", NO_COMPARISON),
        ("diff kettle.example", NO_SETTINGS),
        ("changes kettle.example", NO_SETTINGS + NO_COMPARISON[:1]),
        ("search tea", NO_SETTINGS + NO_COMPARISON),
        ("trends tea", NO_SETTINGS + NO_COMPARISON[:1]),
        ("blame kettle.example", NO_SETTINGS + NO_COMPARISON),
        ("similar kettle.example", NO_SETTINGS + NO_COMPARISON[:1]),
    ],
    ids=lambda value: value.partition(" ")[0] if isinstance(value, str) else "",
)
def test_a_command_imports_no_room_that_it_does_not_need(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch, command: str, unneeded: tuple[str, ...]
) -> None:
    for name in [one for one in os.environ if one.startswith("HARVESTER_")]:
        monkeypatch.delenv(name)
    program = f"""
import contextlib, io, sys
from harvester.cli import main
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
    main(["--config", "data/sample", "--data", {str(sample_data)!r}, *{command!r}.split()])
assert "harvester.store.schema" in sys.modules
print([name for name in {unneeded} if name in sys.modules])
"""
    assert python(program) == "[]"


def test_what_is_imported_is_not_searched_for_garbage_when_a_command_ends() -> None:
    program = """
import atexit, contextlib, gc
atexit.register(lambda: print(gc.get_freeze_count() > 10_000))  # runs last, being the first
from harvester.cli import main
with contextlib.suppress(SystemExit):
    main(["--version"])
"""
    assert python(program).splitlines()[-1] == "True"


def test_every_module_imports_without_development_dependencies() -> None:
    program = f"""
import importlib, pkgutil, sys
sys.modules.update(dict.fromkeys({FOR_DEVELOPERS}))
import harvester
for module in pkgutil.walk_packages(harvester.__path__, "harvester."):
    if ".migrations." not in module.name:
        importlib.import_module(module.name)
print("all of them")
"""
    assert python(program) == "all of them"


def test_a_command_that_reads_imports_only_what_reading_needs(sample_data: Path) -> None:
    """All in one process: what is there after one of them, that one has imported."""
    program = f"""
import contextlib, io, sys
from harvester.cli import main
for command in {READING}:
    code = None
    try:
        with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
            main(["--config", "data/sample", "--data", {str(sample_data)!r}, *command.split()])
    except SystemExit as end:
        code = end.code
    slow = [name for name in {NOT_TO_READ} if name in sys.modules]
    if slow or code or "harvester.store.database" not in sys.modules:
        print(command, slow, code)
"""
    assert python(program) == ""


@pytest.mark.parametrize(
    "module",
    ["harvester.importing.published", "harvester.store.history.differences", "harvester.harvest.steps.clean_page"],
)
def test_a_worker_that_reads_and_compares_needs_no_database(module: str) -> None:
    assert python(f"import {module}, sys; print('sqlalchemy' in sys.modules)") == "False"
