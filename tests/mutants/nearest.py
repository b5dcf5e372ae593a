"""Which tests are nearest to an alteration: those that use its module, name its function, or lie beside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests.mutants.mutant import Mutant
from tests.support.paths import ROOT

MOST = 16
"""Modules of tests for one alteration."""


def nearest(mutant: Mutant) -> Sequence[str]:
    """Return the tests for an alteration, the nearest first: those it names, else modules of tests.

    One that is called as the altered module or a folder around it counts most, then one that imports it, then one that
    has the name of the altered function or of its module and uses its room; of equal ones that of its own room comes
    first, and that in the folders which mirror the altered module's.
    """
    if mutant.tests:
        return mutant.tests
    module = mutant.path.removesuffix(".py").replace("/", ".")
    package, _, name = module.rpartition(".")
    used = re.compile(rf"(import|from) {re.escape(module)}\b|from {re.escape(package)} import .*\b{name}\b")
    named = re.compile(rf"\b({'|'.join(map(re.escape, {name, *_enclosing(mutant)}))})\b")
    _, room, *within = Path(mutant.path).parts[:-1]
    called = {f"test_{one}.py" for one in (name, *within)}
    mirrored = [f"tests/{'/'.join([room, *within[:depth]])}/" for depth in range(len(within) + 1)]
    found = []
    for path, text in _modules().items():
        beside = sum(map(path.startswith, mirrored))
        near = 8 * (path.startswith(f"tests/{room}/") and Path(path).name in called) + 4 * bool(used.search(text))
        if path.startswith(f"tests/{room}/") or f"harvester.{room}" in text:
            near += 2 * len(set(named.findall(text)))
        found.append((-near - beside, len(text), path))
    return [path for _, _, path in sorted(found)[:MOST]]


@cache
def _modules() -> dict[str, str]:
    return {file.relative_to(ROOT).as_posix(): file.read_text() for file in (ROOT / "tests").glob("*/**/test_*.py")}


def _enclosing(mutant: Mutant) -> list[str]:
    """Return the names of the functions and classes around an alteration that tests can know."""
    first, last = mutant.lines()
    return [
        one.name
        for one in ast.walk(ast.parse((ROOT / mutant.path).read_text()))
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and one.lineno <= first
        and last <= (one.end_lineno or 0)
        and not one.name.startswith("_")
    ]
