"""`harvester --help` answers at once: commands import what they call only when they are called."""

from __future__ import annotations

import subprocess
import sys

SLOW = ("pydantic", "sqlalchemy", "requests", "fastapi", "bs4", "warcio", "rich.progress", "turbohtml", "celery")
FOR_DEVELOPERS = ("pytest", "hypothesis", "html2text", "playwright", "schemathesis", "trafilatura", "lxml")


def python(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_help_imports_nothing_that_is_slow_to_import() -> None:
    assert python(f"import harvester.cli.app, sys; print([name for name in {SLOW} if name in sys.modules])") == "[]"


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
