"""Alterations made from the syntax: conditions, bounds, signs, results, and statements left out."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.mutant import Mutant
from tests.support.paths import ROOT

ROOMS = ("archive", "harvest", "store", "diffing", "service", "web")

_COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
Span = Callable[[ast.AST], tuple[int, int]]

_NOT_WORTH_IT = ("log", "logger", "warnings")
"""What is called on these only tells."""


def sample(seed: int, of_each_room: int) -> list[Mutant]:
    """Return so many alterations of each room, by lot.

    The lot of each is its own: more of them hold fewer, and a change of the program redraws only what it touches.
    """
    chosen: list[Mutant] = []
    for room in ROOMS if of_each_room else ():
        found = [one.mutant() for path in modules(room) for one in alterations(path)]
        chosen += sorted(found, key=lambda one: _lot(seed, one))[:of_each_room]
    return chosen


def _lot(seed: int, mutant: Mutant) -> bytes:
    return hashlib.sha256(f"{seed} {mutant.path} {mutant.nth} {mutant.old} {mutant.new}".encode()).digest()


@dataclass(frozen=True, slots=True)
class Alteration:
    """The bytes from `start` to `end` of a file, replaced by `new`."""

    path: Path
    start: int
    end: int
    new: str

    def mutant(self) -> Mutant:
        """Return it with the text that it replaces."""
        data = self.path.read_bytes()
        old, text = data[self.start : self.end].decode(), data.decode()
        before = len(data[: self.start].decode())
        nth = sum(text.startswith(old, at) for at in range(before))
        return Mutant(self.path.relative_to(ROOT).as_posix(), old, self.new, nth=nth)


def modules(room: str) -> list[Path]:
    """Return the files of a room, but for migrations: a store has been through them once."""
    return sorted(one for one in (ROOT / "harvester" / room).rglob("*.py") if "migrations" not in one.parts)


def alterations(path: Path) -> Iterator[Alteration]:
    """Yield every alteration of a file."""
    data = path.read_bytes()
    begins = [0]
    for line in data.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))

    def span(node: ast.AST) -> tuple[int, int]:
        return begins[node.lineno - 1] + node.col_offset, begins[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    for node in _code(ast.parse(data)):
        for (start, end), new in _of_node(node, span, data):
            yield Alteration(path, start, end, new)


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run: neither annotations, docstrings and assertions, nor what only tells."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.Assert | ast.Import | ast.ImportFrom):
                continue
            if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                continue
            if isinstance(child, ast.keyword) and child.arg == "strict":  # an assertion of `zip`
                continue
            if isinstance(child, ast.Expr) and (isinstance(child.value, ast.Constant) or _only_tells(child.value)):
                continue
            yield child
            yield from _code(child)


def _only_tells(node: ast.expr) -> bool:
    call = node.func if isinstance(node, ast.Call) else None
    return isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id in _NOT_WORTH_IT


def _of_node(node: ast.AST, span: Span, data: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    def source(start: int, end: int) -> str:
        return data[start:end].decode()

    def between(first: ast.AST, second: ast.AST, sign: str, other: str) -> str:
        """Return the text from one operand to the next, with another sign."""
        return re.sub(rf"(?<!\w){re.escape(sign)}(?!\w)", other, source(span(first)[1], span(second)[0]), count=1)

    start, end = span(node) if hasattr(node, "lineno") else (0, 0)
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARED:
            middle = between(left, right, *_COMPARED[type(op)])
            yield (start, end), source(start, span(left)[1]) + middle + source(span(right)[0], end)
            if isinstance(right, ast.Constant) and type(right.value) is int:
                yield span(right), str(right.value + 1)
        case ast.BoolOp(op=op, values=[first, second]):
            middle = between(first, second, *(("or", "and") if isinstance(op, ast.Or) else ("and", "or")))
            yield (start, end), f"({source(start, span(first)[1])}{middle}{source(span(second)[0], end)})"
        case ast.UnaryOp(op=ast.Not()):
            yield (start, end), source(start + len("not"), end).lstrip()
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            if not isinstance(test, ast.UnaryOp | ast.Compare | ast.Constant):
                yield span(test), f"not ({source(*span(test))})"
        case ast.Constant(value=bool(value)):
            yield span(node), str(not value)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            if not any(isinstance(one, ast.Constant | ast.JoinedStr) for one in (left, right)):
                middle = between(left, right, *("+-" if isinstance(op, ast.Add) else "-+"))
                yield (start, end), source(start, span(left)[1]) + middle + source(span(right)[0], end)
        case ast.Call(func=ast.Name(id="min" | "max" as name)):
            yield span(node.func), "max" if name == "min" else "min"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield span(value), "None"
        case ast.Expr(value=ast.Call() | ast.Await()) | ast.Raise() | ast.AugAssign():
            yield span(node), "pass"
