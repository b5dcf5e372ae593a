"""The house keeps its own rules (docs/architecture.md): floors, no circles, writes in the store, folder sizes."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "harvester"

_CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
FLOORS = [{room.strip().removeprefix("harvester.") for room in floor.split("|")} for floor in _CONTRACTS[0]["layers"]]
"""The rooms, highest first. A room imports from lower floors only, and none of its own."""

MOST_ENTRIES = 14
LARGE_FOLDERS = {
    "harvester": "the floors themselves and the few modules that every floor uses",
    "tests": "the folders of harvester/ again, and the tests of its root",
}


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "migrations" not in parts:
            yield ".".join(parts).removesuffix(".__init__"), path


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph("harvester", exclude_type_checking_imports=False)


def _circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """The sets of modules that import each other, directly or by way of others (Tarjan's components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    circles: list[list[str]] = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        stack.append(module)
        for other in imports.get(module, ()):
            if other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            circle = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(circle) > 1:
                circles.append(sorted(circle))

    for module in sorted(imports):
        if module not in index:
            visit(module)
    return circles


def test_the_search_for_circles_finds_one() -> None:
    assert _circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


def test_no_files_import_each_other_in_a_circle() -> None:
    graph = _graph()
    imports = {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}
    # `from harvester import Store` is lazy: the package's own file imports upward, at the user's call.
    imports["harvester"] = set()
    assert _circles(imports) == []


def test_every_import_leads_to_a_lower_floor() -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    graph = _graph()
    upward = []
    for module in graph.modules:
        room = module.split(".")[1] if "." in module else ""
        for other in graph.find_modules_directly_imported_by(module):
            target = other.split(".")[1] if "." in other else ""
            if room and target and room != target and floor[target] <= floor[room]:
                upward.append(f"{module} imports {other}")
    assert upward == []


def test_every_room_has_a_floor() -> None:
    rooms = {path.stem for path in HOUSE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__"} == set().union(*FLOORS)


_WRITES = {"insert", "update", "delete", "insert_ignoring"}
_STATEMENT = re.compile(r"\s*(INSERT INTO|UPDATE \w+ SET|DELETE FROM|(CREATE|ALTER|DROP) TABLE)\b")
_SESSION_WRITES = {"add", "add_all", "delete", "merge", "flush", "bulk_save_objects", "bulk_insert_mappings"}


def _writes_of_sql(tree: ast.Module) -> Iterator[str]:
    """What writes SQL in a module: SQLAlchemy's writing constructs, a session's writes, raw statements."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in ("sqlalchemy", "harvester"):
            for name in node.names:
                if name.name in _WRITES:
                    yield f"line {node.lineno}: imports {name.name}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "session" and node.func.attr in _SESSION_WRITES:
                yield f"line {node.lineno}: session.{node.func.attr}"
        elif isinstance(node, ast.Constant) and _STATEMENT.match(str(node.value)):
            yield f"line {node.lineno}: {str(node.value).strip()[:40]}"


def test_the_search_for_writes_finds_them() -> None:
    written = "from sqlalchemy import update\nsession.add(row)\nsession.execute(text('DELETE FROM notices'))\n"
    assert len(list(_writes_of_sql(ast.parse(written)))) == 3


def test_only_the_store_writes_sql() -> None:
    found = {
        module: writes
        for module, path in _modules()
        if not module.startswith("harvester.store") and (writes := list(_writes_of_sql(_parsed(path))))
    }
    assert found == {}


READERS_OF_SQL = ("harvest", "insight", "exporting", "service")
"""The rooms above the store that ask it in SQL themselves, for questions of their own; all others call `store.read`."""


def test_only_some_rooms_read_by_sql_of_their_own() -> None:
    readers = {
        module.split(".")[1]
        for module, path in _modules()
        if not module.startswith("harvester.store")
        and any(
            isinstance(node, ast.ImportFrom)
            and (node.module or "") == "sqlalchemy"
            and {"select", "text"} & {name.name for name in node.names}
            for node in ast.walk(_parsed(path))
        )
    }
    assert readers <= set(READERS_OF_SQL)


def test_no_folder_holds_more_than_a_dozen_entries_or_so() -> None:
    large = {}
    tests = ROOT / "tests"
    for folder in [
        top for room in (HOUSE, tests) for top in (room, *(path for path in room.rglob("*") if path.is_dir()))
    ]:
        name = str(folder.relative_to(ROOT))
        data = any(part in ("static", "templates", "data", "fixtures", "pages", "examples") for part in folder.parts)
        if (
            "__pycache__" in name
            or name.endswith("migrations/versions")
            or (data and not any(folder.glob("test_*.py")))
        ):
            continue
        entries = [one for one in folder.iterdir() if one.name not in ("__pycache__", "__init__.py", "py.typed")]
        if len(entries) > MOST_ENTRIES and name not in LARGE_FOLDERS:
            large[name] = len(entries)
    assert large == {}


MOST_LINES = 300
LARGE_MODULES = {
    "api/__init__": "`Store`, with what each method takes and gives",
    "archive/discovery": "the links of home pages and how they are weighed, one rule after the other",
    "catalogue/entries": "the forms of the catalogue, each with its checks",
    "cleaner/markdown/tags": "what each element becomes",
    "cleaner/readability/candidates": "one algorithm, in the order of Readability.js, to be read beside it",
    "exporting/git": "fast-import: its stream, its checkpoints and its resumption",
    "replay/server": "every address of the archives that it stands for",
    "service/schedule/scheduler": "the leader's life, from its start to its end",
    "settings": "every setting with its default",
    "store/history/history": "the writes of a history: prepared, compared with the rows, made",
    "store/read/versions": "what readers are told of versions and of their changes",
    "store/schema": "every table",
    "web/api/models": "every answer of the API",
}
"""Modules of more than 300 lines, and the one idea that is that long."""


def test_a_module_that_is_long_says_why() -> None:
    long = set()
    for path in HOUSE.rglob("*.py"):
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES:
            long.add(path.relative_to(HOUSE).with_suffix("").as_posix())
    assert long - set(LARGE_MODULES) == set(), "split it, or say which one idea is that long"
    assert set(LARGE_MODULES) - long == set(), "it is short now: take its reason out"


NAMES_SHARED = {
    "budget": "of a run's requests; of the work that a page may cost",
    "likeness": "of passages in a diff; of versions",
    "folding": "diffing folds unchanged passages, history folds alternations: both words of their subjects",
    "runs": "diffing's runs of words, the ledger's runs of commands",
    "html": "the HTML that is read, the HTML that is written",
    "store": "the store, and an archive replayed from it",
    "addresses": "of links in comparable texts; e-mail addresses in statements",
    "dates": "of the command line and JSON; of a policy in a change's kind",
    "links": "that changed in a diff; as a kind of change",
    "statements": "the package, and its module that makes them",
}
"""Modules of one name for two things, and why. Of one subject at two layers (`tables`, `warc`) the name is the same."""

ONE_SUBJECT = {
    "history", "index", "ledger", "limiter", "playback", "reclean", "search", "snapshots", "status", "tables",
    "topics", "versions", "warc", "faults",
}  # fmt: skip

CLASSES_SHARED = {
    "Budget": "of a run's requests; of the work that a page may cost",
    "Measures": "of a change; of how alike two versions are",
    "Change": "the row; and what `harvester.Store` gives to programs",
    "Service": "the row; and what `harvester.Store` gives to programs",
    "Version": "the row; and what `harvester.Store` gives to programs",
    "Notice": "a phrase by which an error page is known; a row of the outbox",
    "Finding": "of `verify`; of a change's kind",
    "Outcome": "of a document compared with the reference; of a capture in the ledger",
    "Passage": "of a blamed version; of a change whose kind is judged",
    "Phrase": "of a topic; of a search query",
    "Point": "of a chart of trends; of a chart of a service",
    "Run": "of words in a diff; of a command",
    "Span": "of visible words in a line; of captures with one text",
    "Stretch": "of captures in a history; of a passage in its lineage; of a gap",
}


def _names(kind: str) -> dict[str, set[str]]:
    """Each name of a module or a class, and where it is. The command line and the web are named after their subject."""
    places: dict[str, set[str]] = {}
    for module, path in _modules():
        if module.split(".")[1:2] in (["cli"], ["web"]):
            continue
        found = [module.rpartition(".")[2]]
        if kind == "class":
            body = _parsed(path).body
            found = [node.name for node in body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
        for name in found:
            places.setdefault(name, set()).add(module)
    return places


def test_no_two_modules_have_one_name_for_two_things() -> None:
    shared = {name: found for name, found in _names("module").items() if len(found) > 1}
    assert shared.keys() - ONE_SUBJECT - NAMES_SHARED.keys() == set(), shared


def test_no_two_classes_have_one_name_for_two_things() -> None:
    shared = {name: found for name, found in _names("class").items() if len(found) > 1}
    assert shared.keys() - CLASSES_SHARED.keys() == set(), shared
