"""`python -m tests.mutants`: see docs/mutants.md."""

from __future__ import annotations

import argparse
import gc
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tests.mutants.generated import ROOMS, sample
from tests.mutants.listed import EQUIVALENT, LISTED
from tests.mutants.mutant import Mutant
from tests.mutants.nearest import nearest
from tests.mutants.swap import swapped
from tests.support.paths import ROOT

_SILENT = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
ENOUGH = 6.0
"""Seconds of processor time after which no further test is tried on an alteration."""
TIME_LIMIT, PROCESSOR_LIMIT = 300.0, 40
"""Seconds for the tests of one alteration; who takes longer hangs, which is noticed too."""


def main() -> int:
    """Run alterations; exit 1 when one that is not known as equivalent survives."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--of-each-room", type=int, default=25, help="generated alterations (0: the listed ones only)")
    parser.add_argument("--only", default="", help="those whose path or text contains this")
    parser.add_argument("--rooms", nargs="*", choices=ROOMS, default=[], help="those only")
    arguments = parser.parse_args()
    mutants = [*LISTED, *sample(arguments.seed, arguments.of_each_room)]
    mutants = [one for one in mutants if not arguments.rooms or one.path.split("/")[1] in arguments.rooms]
    mutants = [one for one in mutants if arguments.only in str(one)]
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_of_the_tree(Path(folder))
        load_once(tree, arguments.rooms or ROOMS)
        for mutant in mutants:
            begun = time.monotonic()
            result = outcome(tree, mutant, nearest(mutant))
            if result.startswith("survived") and mutant.line() in EQUIVALENT:
                result = f"equivalent: {EQUIVALENT[mutant.line()]}"
            found[result.split(":")[0]] += 1
            print(f"{result}\t{time.monotonic() - begun:.0f} s\t{mutant}", flush=True)
    print(", ".join(f"{number} {name}" for name, number in sorted(found.items())))
    return 1 if found["survived"] else 0


def copy_of_the_tree(folder: Path) -> Path:
    """Copy what git knows into a folder, with what lies beside it."""
    tree = folder / "tree"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    for beside, there in ((ROOT.parent / "shared", folder / "shared"), (ROOT / ".venv", tree / ".venv")):
        if beside.exists():
            there.symlink_to(beside.resolve())
    return tree


def outcome(tree: Path, mutant: Mutant, tests: Sequence[str]) -> str:
    """Return whether the tests notice an alteration of the copy, and which one did."""
    file = tree / mutant.path
    whole = file.read_text()
    try:
        altered = mutant.applied(whole)
        _write(file, altered)
        return _run(tree, tests, lambda: swapped(str(file), whole, altered))
    finally:
        _write(file, whole)


def _write(file: Path, text: str) -> None:
    """Write a module with a time of its own, or Python takes what it compiled before."""
    newer = file.stat().st_mtime + 2
    file.write_text(text)
    os.utime(file, (newer, newer))


def load_once(tree: Path, rooms: Sequence[str]) -> None:
    """Load the copy of the program and its tests into this process, for the forks to have them."""
    os.chdir(tree)
    os.environ["PYTHONPATH"] = str(tree)
    _forget_the_program()
    sys.path[:] = [str(tree), *(one for one in sys.path if one not in ("", str(ROOT)))]
    with Path(os.devnull).open("w") as nothing, redirect_stdout(nothing):
        pytest.main(["--collect-only", "-q", "-n", "0", *_SILENT, *(f"tests/{room}" for room in rooms)])
    gc.collect()
    gc.freeze()


def _forget_the_program() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in ("harvester", "tests")]:
        del sys.modules[name]


def _run(tree: Path, tests: Sequence[str], swap: Callable[[], bool]) -> str:
    """Run tests in a fork of this process, with the altered functions in place, or all loaded again."""
    log = tree.parent / "said.txt"
    child = os.fork()
    if child == 0:
        try:
            os._exit(_as_pytest(tree, tests, log, swap))
        finally:  # whatever came of it, the folder is the parent's to remove
            traceback.print_exc()
            os._exit(int(pytest.ExitCode.INTERNAL_ERROR))
    deadline = time.monotonic() + TIME_LIMIT
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return "killed: it hangs"
        time.sleep(0.05)
    code, said = os.waitstatus_to_exitcode(ended[1]), log.read_text()
    lines = said.splitlines()
    failed = [line for line in lines if line.startswith(("FAILED tests", "ERROR tests"))]
    # What a failed test left open is an internal error of pytest's, at the end of the run.
    no_run = (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED)
    if not failed and code in no_run:
        raise SystemExit(f"the tests do not run: {said[-2000:]}")
    if code == pytest.ExitCode.OK or (code == pytest.ExitCode.INTERRUPTED and not failed):
        return f"survived: {lines[-1]}"
    return f"killed: {failed[0].split(' - ')[0].removeprefix('FAILED ') if failed else 'the run ended'}"


def _as_pytest(tree: Path, tests: Sequence[str], log: Path, swap: Callable[[], bool]) -> int:
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_LIMIT, PROCESSOR_LIMIT))
    out = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    gc.unfreeze()
    if not swap():
        _forget_the_program()
    # PostgreSQL's turn takes as long again, and notices little that SQLite's did not.
    chosen = [
        "-x",
        "-q",
        "-n",
        "0",
        "--timeout",
        "90",
        "-k",
        "not postgresql",
        *_SILENT,
        "--rootdir",
        str(tree),
        *tests,
    ]
    return int(pytest.main(chosen, plugins=[_Enough()]))


class _Enough:
    """Ends a run of tests when it has taken enough processor time."""

    def __init__(self) -> None:
        self._begun = time.process_time()

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        if time.process_time() - self._begun > ENOUGH:
            item.session.shouldstop = "enough"


if __name__ == "__main__":
    sys.exit(main())
