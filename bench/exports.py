"""``export git`` of a large store, beside git copying the history that comes of it, in one run.

    python bench/exports.py [--captures N]

The store is that of `bench/scale.py`: services of 50 captures and 10 versions, 2,200 words a document, 21 kB a page.
Its services get names that begin as differently as domains do, since git writes the folder of a file again with each
commit. The peer is ``git fast-export | git fast-import`` of the repository that was made. Exit 1 when the export takes
more than 5 minutes by the wall.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import string
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update

from harvester.store.database import Database
from harvester.store.schema import Service

SCALE = Path(__file__).resolve().parent / "scale.py"
HARVESTER = Path(sys.executable).with_name("harvester")
MINUTES = 5


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the wall, of the processors (with what was started), and the most memory of one process, in MB."""

    wall: float
    busy: float
    memory: float


def filled(url: str, captures: int) -> None:
    """Makes the store."""
    options = ["--real", "2500", "--probes", "1", "--times", "2", "--captures", str(captures), "--database", url]
    subprocess.run([sys.executable, SCALE, *options], stdout=subprocess.DEVNULL, check=False)
    chance = random.Random(1)
    database = Database(url)
    with database.writing() as session:
        for number, name in session.execute(select(Service.id, Service.name)).all():
            letters = "".join(chance.choices(string.ascii_lowercase, k=3))
            session.execute(update(Service).where(Service.id == number).values(name=f"{letters}-{name}"))
    database.close()


def ran(command: list[str], **environment: str) -> Took:
    """Runs a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed")
    return Took(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main() -> int:
    """Measures and prints; the exit code says whether the promise holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--captures", type=int, default=100_000)
    captures = parser.parse_args().captures
    print(f"{platform.platform()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        filled(f"sqlite:///{at}/harvester.db", captures)
        export = ran([str(HARVESTER), "export", "git", str(at / "git")], HARVESTER_DATA=folder)
        subprocess.run(["git", "init", "-q", "--bare", at / "copy"], check=True)
        pipe = f"git -C {at}/git fast-export main | git -C {at}/copy fast-import --quiet"
        copy = ran(["sh", "-c", pipe])
        count = ["git", "-C", str(at / "git"), "rev-list", "--count", "main"]
        commits = int(subprocess.run(count, capture_output=True, check=True).stdout)
    kept = export.wall <= MINUTES * 60
    print(f"{commits:,} snapshots")
    for name, took in (("harvester export git", export), ("git fast-export | fast-import", copy)):
        print(f"{name:<30} {took.wall:6.0f} s by the wall {took.busy:6.0f} s of the processors {took.memory:5.0f} MB")
    print(f"{export.busy / copy.busy:.2f} of git's own processor time; ", end="")
    print(f"{'kept' if kept else 'BROKEN'}: {MINUTES} minutes by the wall")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
