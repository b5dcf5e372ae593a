"""Which tests run a line, by a run of the tests under coverage, and how long each takes."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from coverage import CoverageData

from tests.mutants.generated import ROOMS
from tests.mutants.mutant import Mutant
from tests.support.paths import ROOT

SECONDS = 15.0
"""What the tests of one alteration may take together, as they took under coverage."""
MOST = 40
TOO_SLOW = 10.0
_CONFIGURATION = "[run]\nsource = harvester\nparallel = true\ndata_file = {folder}/{room}.coverage\n"


def make_map(folder: Path, rooms: Sequence[str] = ROOMS) -> None:
    """Run the tests of the rooms once, and keep in a folder which lines each ran and its seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    for room in rooms:
        configuration = folder / f"{room}.ini"
        configuration.write_text(_CONFIGURATION.format(folder=folder.resolve(), room=room))
        command = [sys.executable, "-m", "pytest", f"tests/{room}", "-q", "-n", "2", "--dist", "loadfile"]
        command += ["--cov", f"--cov-config={configuration}", "--cov-context=test", "--cov-report="]
        subprocess.run([*command, f"--junitxml={folder}/{room}.xml"], cwd=ROOT, check=False)


class Nearest:
    """The map that `make_map` left in a folder."""

    def __init__(self, folder: Path) -> None:
        self._data = [CoverageData(str(file)) for file in sorted(folder.glob("*.coverage*"))]
        for data in self._data:
            data.read()
        self._seconds: dict[str, float] = {}
        for report in sorted(folder.glob("*.xml")):
            for case in ET.parse(report).iter("testcase"):
                if not any(case.find(bad) is not None for bad in ("failure", "error", "skipped")):
                    name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
                    self._seconds[name] = float(case.get("time", 0))

    def tests(self, mutant: Mutant) -> Sequence[str]:
        """Return the tests for an alteration, the room's own first, then the quick ones."""
        if mutant.tests:
            return mutant.tests
        first, last = mutant.lines()
        ran: set[str] = set()
        for data in self._data:
            by_line = data.contexts_by_lineno(str(ROOT / mutant.path))
            contexts = (context for line in range(first, last + 1) for context in by_line.get(line, ()))
            ran |= {context.rpartition("|")[0] for context in contexts}
        room = f"tests/{mutant.path.split('/')[1]}/"
        quick = [one for one in ran if self._seconds.get(one, TOO_SLOW + 1) <= TOO_SLOW]
        chosen: list[str] = []
        total = 0.0
        for one in sorted(quick, key=lambda test: (not test.startswith(room), self._seconds[test], test)):
            total += self._seconds[one]
            if len(chosen) >= MOST or (chosen and total > SECONDS):
                break
            chosen.append(one)
        return chosen
