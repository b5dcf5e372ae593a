"""Requests and seconds of ``harvester add --from`` for a list of domains, over a stand-in archive on this machine.

    python bench/adding.py [DOMAINS]

Each domain has four home pages over ten years that link to its policy, the last two to another address; every
thirtieth line of the list is wrong. The stand-in answers at once and its limits are off, so the figures are the
command's own: at the Internet Archive's limits a domain takes as long as its requests, which are printed as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the archive in memory is that of the tests

from harvester.replay.server import ReplayServer  # noqa: E402
from tests.support.archive_server.captures import MemoryArchive  # noqa: E402
from tests.support.harvest.commands import configuration  # noqa: E402

WRONG_EACH = 30


def archive_of(domains: list[str]) -> MemoryArchive:
    """Return an archive with the home pages of these domains."""
    archive = MemoryArchive()
    for domain in domains:
        for year, path in ((2008, "privacy.html"), (2011, "privacy.html"), (2014, "legal/privacy"), (2017, "legal")):
            home = f'<html><body><h1>{domain}</h1><a href="/{path}">Privacy policy</a></body></html>'
            archive.add(f"http://{domain}/", f"{year}0301000000", home.encode())
    return archive


def main() -> None:
    """Print what one run took."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    domains = [f"shop{one}.example" for one in range(number)]
    lines = [f"nobody{n}.example" if n % WRONG_EACH == 0 else domain for n, domain in enumerate(domains)]
    server = ReplayServer(archive_of(domains))
    server.start()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        config = configuration(home / "config", server.base_url, services="")
        listed = home / "list.txt"
        listed.write_text("\n".join(lines))
        harvester = Path(sys.executable).parent / "harvester"
        command: list[str | Path] = [harvester, "--config", config, "--data", home / "data", "add", "--from", listed]
        began, before = time.monotonic(), os.times()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        took, after = time.monotonic() - began, os.times()
        processor = after.children_user + after.children_system - before.children_user - before.children_system
        print(next(line for line in done.stdout.splitlines() if "; catalogue: " in line).split(";")[0])
        requests = Counter(one.endpoint for one in server.log)
        print(f"{number} lines: {took:.1f} s ({processor:.1f} s of processor), {dict(requests)} requests")
    server.stop()


if __name__ == "__main__":
    main()
