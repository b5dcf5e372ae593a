"""Docstrings are plain: CONTRIBUTING.md, "Style". `make lint` looks for banned phrases in all texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "harvester"

_VERBS = """
Accept Add Answer Append Apply Ask Assign Bring Build Call Cancel Check Choose Claim Clean Clear Close Compare Compute
Convert Copy Count Create Decode Decompress Deflate Delete Deliver Derive Describe Detect Divide Do Download Draw Drop
Emit End Ensure Enter Escape Explain Extract Fail Fetch Fill Find Fold Follow Forget Format Give Group Guess Handle
Harvest Have Hold Import Index Insert Join Judge Keep Leave Let Limit Link List Listen Load Locate Lock Log Look Make
Map Mark Match Measure Merge Migrate Move Name Normalize Note Offer Open Order Parse Pass Pause Plan Poll Prepare
Print Publish Put Quote Raise Re-clean Read Recognise Record Refuse Register Remove Rename Render Renew Replace Report
Reset Resolve Return Reuse Run Save Schedule Score Search Select Send Serve Set Settle Show Skip Sort Split Start Stop
Store Strip Summarize Switch Take Tell Time Try Turn Unescape Update Use Validate Verify Wait Work Wrap Write Yield
"""
VERBS = frozenset(_VERBS.split())
"""The first words of docstrings of functions, in the imperative. Add a verb when you need one."""

EXCEPTIONS = {
    "harvester.cli.app:harvester": "the first line of `harvester --help`, which is about the program",
}
"""Functions whose docstring does not begin with a verb, and why. Properties are values: theirs are noun phrases."""


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the qualified name and the docstring of each function that has one, but of no property."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            is_property = any("property" in ast.unparse(one) for one in node.decorator_list)
            docstring = ast.get_docstring(node)
            if docstring and not is_property and not isinstance(node, ast.ClassDef):
                yield prefix + node.name, docstring
            yield from _functions(node, f"{prefix}{node.name}.")


def _without_a_verb(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for name, docstring in _functions(tree):
        if docstring.split()[0].rstrip(",:;.") not in VERBS:
            yield name, docstring.partition("\n")[0]


def test_the_search_for_docstrings_without_a_verb_finds_them() -> None:
    source = '''
class Row:
    @property
    def size(self): "Its size in bytes."
    def close(self): "Closes the file."
def versions(): "The versions."
def read():
    """Return the rows."""
    def inner(): "Which rows."
'''
    assert [name for name, _ in _without_a_verb(ast.parse(source))] == ["Row.close", "versions", "read.inner"]


def test_docstrings_of_functions_begin_with_a_verb() -> None:
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for name, line in _without_a_verb(ast.parse(path.read_text(encoding="utf-8"))):
            if f"{module}:{name}" not in EXCEPTIONS:
                found[f"{module}:{name}"] = line
    assert found == {}
