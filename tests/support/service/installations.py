"""One installation for a test: its folders, its database, and the processes of the command that work on it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from harvester.settings import Settings, load_settings
from harvester.store.database import Database
from tests.support.archive_server.captures import MemoryArchive
from tests.support.forked import Command, ran

SENTENCE = "We keep your name, your address and what you tell us for as long as the law asks us to keep it. "


def policy(years: int) -> bytes:
    """A page with a policy that names a number of years."""
    kept = "".join(f"<p>{SENTENCE} Paragraph {place} of this policy.</p>" for place in range(8))
    last = f"<p>{SENTENCE} After {years} years we delete everything that we know of you, your friends and cat.</p>"
    return f"<html><head><title>Privacy Policy</title></head><body><div>{kept}{last}</div></body></html>".encode()


def stamp(ago: timedelta = timedelta()) -> str:
    """The 14 digits of an instant so long ago."""
    return f"{datetime.now(UTC) - ago:%Y%m%d%H%M%S}"


def url_of(service: str) -> str:
    """The address of a service's policy."""
    return f"http://{service}/privacy"


def history_of(archive: MemoryArchive, service: str, captures: int = 3) -> None:
    """A few captures of the last years, each with a text of its own."""
    for place in range(captures):
        archive.add(url_of(service), stamp(timedelta(days=365 * (captures - place))), policy(place + 2))


class Place:
    """The folders and the database of an installation, and every process that was started on it."""

    def __init__(self, config: Path, data: Path, database_url: str) -> None:
        self.config, self.data, self.database_url = config, data, database_url
        self.processes: list[Command] = []
        self.databases: list[Database] = []
        config.mkdir(parents=True)
        data.mkdir(parents=True)

    def watches(self, *services: str, every: str = "1h") -> None:
        """Writes the catalogue."""
        entries = [
            f'[[service]]\nname = "{name}"\nevery = "{every}"\nsources = [{{ url = "{url_of(name)}" }}]'
            for name in services
        ]
        (self.config / "services.toml").write_text("\n\n".join(entries) + "\n")

    def has_settings(self, archive: str, more: str = "", top: str = "") -> None:
        """Writes the settings: an archive, little jitter, and what the test adds."""
        fetch = '[fetch]\ntimeout = 5\nmax_seconds = 10\nretry_after = "1s"\n'
        text = f'archive = "{archive}"\n{top}\n{fetch}\n[poll]\njitter = "1s"\n{more}\n'
        (self.config / "harvester.toml").write_text(text)

    def settings(self) -> Settings:
        """The settings as the command reads them."""
        settings = load_settings(self.config, self.data)
        return Settings(**{**settings.model_dump(), "database_url": self.database_url})

    def open(self) -> Database:
        """The database of the installation, for looking at it; closed with the installation."""
        self.databases.append(Database(self.database_url))
        return self.databases[-1]

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of the installation's processes."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HARVESTER_")}
        return {
            **kept,
            "HARVESTER_CONFIG": str(self.config),
            "HARVESTER_DATA": str(self.data),
            "HARVESTER_DATABASE_URL": self.database_url,
            "PYTHONUNBUFFERED": "1",
            **more,
        }

    def start(self, *arguments: str, **environment: str) -> Command:
        """A process of the command; what it writes is in ``data/N.log``."""
        log = self.data / f"{len(self.processes)}.log"
        process = Command(arguments, environment=self.environment(**environment), log=log, session=True)
        self.processes.append(process)
        return process

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """The command, run to its end."""
        return ran(Command(arguments, environment=self.environment(**environment)), timeout=120)

    def log(self, process: Command) -> str:
        """What a process has written so far."""
        return (self.data / f"{self.processes.index(process)}.log").read_text()

    def end(self) -> None:
        """Ends every process that the test left, and every connection."""
        for process in self.processes:
            if process.poll() is None:
                kill(process)
        for database in self.databases:
            database.close()


def kill(process: Command) -> None:
    """As ``kill -9`` on the process and its children."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(60)


def until(what: Callable[[], bool], seconds: float = 60, why: Callable[[], str] = str, every: float = 0.1) -> None:
    """Look `every` so many seconds until something is so; the test fails after `seconds`, ample when all is slow."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"not so after {seconds} s\n{why()}"
        time.sleep(every)
