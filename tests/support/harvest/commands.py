"""The commands as processes of their own, over a configuration that a test writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from harvester.settings import INTERNET_ARCHIVE
from tests.support.forked import Command, ran
from tests.support.paths import SAMPLE

HARVESTER = Path(sys.executable).parent / "harvester"
ARCHIVE = "stand-in"


def configuration(
    folder: Path,
    base: str,
    *,
    cdx_per_minute: float = 600_000,
    captures_per_second: float = 10_000,
    services: str | None = None,
    more: str = "",
) -> Path:
    """A folder with ``harvester.toml``, whose only archive is the one at `base`, and ``services.toml``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "harvester.toml").write_text(
        f'archive = "{ARCHIVE}"\n'
        f"{more}\n"
        "[fetch]\n"
        "timeout = 5\n"
        'retry_after = "0.1s"\n'
        "[poll]\n"
        'jitter = "1s"\n'
        f"[archives.{ARCHIVE}]\n"
        f'cdx = "{base}/cdx/search/cdx"\n'
        f'playback = "{base}/web"\n'
        f'snapshots = "{INTERNET_ARCHIVE.snapshots}"\n'
        f"cdx_per_minute = {cdx_per_minute}\n"
        f"captures_per_second = {captures_per_second}\n"
    )
    written = services if services is not None else (SAMPLE / "services.toml").read_text()
    (folder / "services.toml").write_text(written)
    return folder


def start(config: Path, data: Path, *arguments: str, database_url: str | None = None) -> Command:
    """Starts ``harvester`` with these arguments; its output is read with `communicate`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HARVESTER_")}
    if database_url is not None:
        environment["HARVESTER_DATABASE_URL"] = database_url
    return Command(["--config", config, "--data", data, *arguments], environment=environment)


def run(
    config: Path, data: Path, *arguments: str, database_url: str | None = None, timeout: float = 100
) -> subprocess.CompletedProcess[str]:
    """Runs ``harvester`` to its end."""
    return ran(start(config, data, *arguments, database_url=database_url), timeout)
