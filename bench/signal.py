"""How well histories report the true changes of policies: precision, recall, noise and kinds, on a judged archive.

    python bench/signal.py                     import ../shared/archive and print the figures beside those of the start
    python bench/signal.py --keep DIR          keep the logs (DIR/logs) and the store (DIR/data) for a closer look
    python bench/signal.py --truth JUDGED.json --captures CAPTURES.warc.gz --judge JUDGE.py
                                               the same for another judged archive

All captures are imported with the harvester's own command, which makes the history that harvesting their replay makes
(`tests/harvest/imports/test_import_warc.py`) in a third of the time; the measure is the `log --json` of each service,
judged by the judge that comes with the truth. Exit 1 when a figure is worse than the worse of start and asked.
"""

import os
import sys

# Run as a script, this file's folder comes first in the search path, where its name hides the standard module
# `signal`, from this script and from the others of this folder: whoever looks for that module is given it.
if sys.path and os.path.abspath(sys.path[0]) == os.path.dirname(os.path.abspath(__file__)):  # noqa: PTH100, PTH120
    sys.path.pop(0)
    if __name__ == "signal":
        del sys.modules["signal"]
        import signal  # noqa: F401

import argparse
import importlib.util
import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ARCHIVE = ROOT.parent / "shared" / "archive"
Command = Callable[..., str]
FIGURES = ("precision", "recall", "noise", "kinds")
AT_THE_START = (0.702, 1.000, 0.211, 0.750)
ASKED = (0.97, 0.98, 0.03, 0.93)


def histories(truth: dict[str, Any], captures: Path, folder: Path, command: Command) -> Path:
    """Import all captures of the judged services into `folder`; the folder with the log of each as JSON."""
    config, data, logs = (folder / name for name in ("config", "data", "logs"))
    for one in (config, data, logs):
        one.mkdir(parents=True, exist_ok=True)
    services = [f'[[service]]\nname = "{name}"\nsources = ["{entry["url"]}"]\n' for name, entry in truth.items()]
    (config / "services.toml").write_text("\n".join(services), encoding="utf-8")
    command(config, data, "import", "warc", str(captures))
    for name in truth:
        (logs / f"{name}.json").write_text(command(config, data, "log", name, "--json"), encoding="utf-8")
    return logs


def harvester(config: Path, data: Path, *arguments: str) -> str:
    """The output of one command of this checkout's harvester."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HARVESTER_")}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "harvester", "--config", str(config), "--data", str(data), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def judge(path: Path) -> Any:
    """The judge, which is a script beside the truth."""
    spec = importlib.util.spec_from_file_location("judge", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(
    truth_file: Path, captures: Path, judge_file: Path, folder: Path, command: Command = harvester
) -> tuple[tuple[float, ...], str]:
    """The four figures, and the judge's report; `command` runs one of the harvester's."""
    truth = json.loads(truth_file.read_text("utf-8"))
    logs = histories(truth, captures, folder, command)
    judging = judge(judge_file)
    found = judging.measure(truth, {name: json.loads((logs / f"{name}.json").read_text("utf-8")) for name in truth})
    figures = (found["precision"], found["recall"], found["noise_share"], found["kinds"])
    return figures, judging.report(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truth", type=Path, default=ARCHIVE / "judged.json")
    parser.add_argument("--captures", type=Path, default=ARCHIVE / "captures.warc.gz")
    parser.add_argument("--judge", type=Path, default=ARCHIVE / "judge.py")
    parser.add_argument("--keep", type=Path, help="folder for the logs and the store")
    given = parser.parse_args()
    for path in (given.truth, given.captures, given.judge):
        if not path.is_file():
            parser.error(f"{path}: no such file; name the judged archive with --truth, --captures and --judge")
    with tempfile.TemporaryDirectory() as folder:
        keep = (given.keep or Path(folder)).absolute()
        figures, report = measure(given.truth, given.captures, given.judge, keep)
    print(report)
    print(f"\n{'':12}{'now':>8}{'start':>8}{'asked':>8}")
    for name, now, start, asked in zip(FIGURES, figures, AT_THE_START, ASKED, strict=True):
        print(f"{name:12}{now:8.3f}{start:8.3f}{asked:8.2f}")
    floors = zip(figures, AT_THE_START, ASKED, strict=True)
    precision, recall, noise, kinds = ((now, min(start, asked), max(start, asked)) for now, start, asked in floors)
    worse = any(now + 5e-4 < lowest for now, lowest, _ in (precision, recall, kinds)) or noise[0] - 5e-4 > noise[2]
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
