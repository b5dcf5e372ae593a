"""The store of the sample, the site over it, and a real browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi import FastAPI

from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
from tests.support.paths import SAMPLE
from tests.support.times import sample_clock
from tests.support.web.browser import started
from tests.support.web.client import Client
from tests.support.web.site import TOKEN
from tests.support.web.templates import keep_compiled

if TYPE_CHECKING:
    from playwright.sync_api import Browser

keep_compiled()


@pytest.fixture(scope="session")
def settings(sample_of_2020: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the sample's site, with a token and with room for many searches."""
    config = tmp_path_factory.mktemp("config")
    shutil.copyfile(SAMPLE / "services.toml", config / "services.toml")
    web = {"token": TOKEN, "searches_per_minute": 6_000}
    return Settings.model_validate({"web": web, "data": sample_of_2020, "config": config})


@pytest.fixture(scope="session")
def database(settings: Settings) -> Iterator[Database]:
    """The store of the sample."""
    database = Database.open(settings.database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def app(settings: Settings, database: Database) -> FastAPI:
    """The application over the sample."""
    return create_app(settings, database, sample_clock)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Client:
    """Asks the application over the sample."""
    return Client(app)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[FastAPI], str]]:
    """Serves an application on a free port of this machine until the tests end; gives its address."""
    running: list[tuple[uvicorn.Server, threading.Thread, socket.socket]] = []

    def start(app: FastAPI) -> str:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        running.append((server, thread, listening))
        deadline = time.monotonic() + timedelta(seconds=60).total_seconds()
        while not server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.01)
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    for server, thread, listening in running:
        server.should_exit = True
        thread.join(10)
        listening.close()


@pytest.fixture(scope="session")
def site(settings: Settings, database: Database, serve: Callable[[FastAPI], str]) -> str:
    """The address of the sample's site, served to real browsers."""
    return serve(create_app(settings, database, sample_clock))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser for the tests of a module."""
    with started() as browser:
        yield browser


@pytest.fixture
def empty_client(tmp_path: Path) -> Iterator[Client]:
    """Asks an application over a store without a row."""
    settings = Settings.model_validate({"data": tmp_path})
    database = Database.open(settings.database)
    yield Client(create_app(settings, database, sample_clock))
    database.close()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A catalogue that a test may edit."""
    folder = tmp_path / "config"
    folder.mkdir()
    shutil.copyfile(SAMPLE / "services.toml", folder / "services.toml")
    return folder


@pytest.fixture
def store(sample_of_2020: Path, tmp_path: Path) -> Iterator[Database]:
    """A store of the sample that a test may write."""
    shutil.copyfile(sample_of_2020 / "harvester.db", tmp_path / "harvester.db")
    database = Database.open(f"sqlite:///{tmp_path / 'harvester.db'}")
    yield database
    database.close()
