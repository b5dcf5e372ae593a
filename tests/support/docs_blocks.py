"""Runs the fenced blocks of a page of documentation as its reader would, one after the other, and holds it to them.

A ``sh`` block has one command a line: ``harvester …`` is run in this process, ``make …`` only tried (``make -n``),
since its work has been done: the store is there. ``python`` blocks share their names, as the cells of a notebook do. A
``text`` block after either is what it must have printed, and without one nothing is said about the output.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harvester.cli import main
from tests.support.paths import ROOT

_BLOCK = re.compile(r"^```(sh|python|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One block to be run, the line it begins at, and what it must print (None: anything)."""

    language: str
    code: str
    line: int
    printed: str | None


def blocks(page: str) -> list[Block]:
    """The blocks of a page that are to be run."""
    found = list(_BLOCK.finditer(page))
    kept = []
    for block, after in zip(found, [*found[1:], None], strict=True):
        if block[1] == "text":
            continue
        follows = after is not None and after[1] == "text" and not page[block.end() : after.start()].strip()
        printed = after[2] if follows and after is not None else None
        kept.append(Block(block[1], block[2], page.count("\n", 0, block.start()) + 1, printed))
    return kept


def run(page: Path) -> int:
    """Runs every block of a page in the working directory; gives how many there were. The first that fails raises."""
    names: dict[str, Any] = {"__name__": "__main__"}
    found = blocks(page.read_text(encoding="utf-8"))
    for block in found:
        with _where(f"{page.name}, line {block.line}"), _printed() as out:
            if block.language == "python":
                exec(compile(block.code, f"{page.name}:{block.line}", "exec"), names)
            else:
                for line in block.code.splitlines():
                    _command(line)
        if block.printed is not None:
            shown = out.getvalue().decode()
            assert shown == block.printed, f"{page.name}, line {block.line} printed:\n{shown}"
    return len(found)


def _command(line: str) -> None:
    program, *arguments = shlex.split(line, comments=True) or [""]
    if program == "make":
        subprocess.run(["make", "-n", *arguments], cwd=ROOT, check=True, capture_output=True)
    elif program == "harvester":
        try:
            main(arguments)
        except SystemExit as end:
            if end.code:
                raise AssertionError(f"{line} ended with {end.code}") from end
    else:
        assert not program, f"{line}: only harvester and make are run"


@contextlib.contextmanager
def _printed() -> Iterator[io.BytesIO]:
    before = sys.stdout
    out = io.BytesIO()
    sys.stdout = text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    try:
        yield out
    finally:
        sys.stdout = before
        text.detach()  # or it would close what it wrote into


@contextlib.contextmanager
def _where(place: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        error.add_note(f"in {place}")
        raise
