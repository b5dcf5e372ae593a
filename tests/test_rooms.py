"""What a test may import: `tests.support`, and the modules of its own folder that are no tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

TESTS = ROOT / "tests"


def imported(source: str) -> Iterator[tuple[str, str]]:
    """Yield (module, name) of each import from below `tests`; relative imports count as ``.``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if node.level or module.split(".")[0] == "tests":
                yield from ((module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.split(".")[0] == "tests")


def faults(file: Path, source: str) -> list[str]:
    """Return what a test module imports that it may not."""
    room = file.relative_to(TESTS).parts[0]
    found = []
    for module, name in imported(source):
        parts = [*module.split("."), name]
        if module.startswith("."):
            found.append(f"{module}: write it from tests.")
        elif name == "*":
            found.append(f"{module}: name what is imported")
        elif any(part.startswith("test_") or part == "conftest" for part in parts[1:]):
            found.append(f"{module}: move what is shared to tests/support")
        elif len(parts) > 1 and parts[1] not in ("support", room):
            found.append(f"{module}: of another folder")
    return found


def test_no_helper_is_imported_across_rooms() -> None:
    files = sorted(TESTS.rglob("*.py"))
    assert files
    found = {str(file.relative_to(ROOT)): faults(file, file.read_text(encoding="utf-8")) for file in files}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "line",
    [
        "from tests.web.client import Client",
        "from tests.cli.conftest import at",
        "from tests.cli.test_add import at",
        "from tests.support.times import *",
        "from .helpers import at",
        "import tests.web.client",
    ],
)
def test_each_kind_of_import_across_rooms_is_found(line: str) -> None:
    assert faults(TESTS / "cli" / "test_x.py", line)


@pytest.mark.parametrize(
    "line", ["from tests.support.times import at", "from tests.cli.pages import page", "import os"]
)
def test_what_is_shared_or_near_may_be_imported(line: str) -> None:
    assert faults(TESTS / "cli" / "test_x.py", line) == []
