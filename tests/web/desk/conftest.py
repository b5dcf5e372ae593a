"""An installation with two people, each test its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
from tests.support.paths import SAMPLE
from tests.support.web.desk import Hands, Visitor
from tests.support.web.site import ANNA, BERT, TOKEN


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def desk_settings(config: Path) -> Settings:
    web = {"token": TOKEN, "accounts": {"Anna": ANNA, "Bert": BERT}}
    return Settings.model_validate({"web": web, "config": config})


@pytest.fixture
def desk_app(desk_settings: Settings, store: Database, hands: Hands) -> FastAPI:
    return create_app(desk_settings, store, hands)


@pytest.fixture
def visitor(desk_app: FastAPI) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(desk_app)


@pytest.fixture
def anna(desk_app: FastAPI) -> Visitor:
    """Anna, signed in."""
    visitor = Visitor(desk_app)
    assert visitor.sign_in(ANNA).status_code == 303
    return visitor


@pytest.fixture(scope="session")
def writer(sample_of_2020: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Somebody who types things that are not saved."""
    folder = tmp_path_factory.mktemp("writer")
    shutil.copyfile(SAMPLE / "services.toml", folder / "services.toml")
    shutil.copyfile(sample_of_2020 / "harvester.db", folder / "harvester.db")
    database = Database.open(f"sqlite:///{folder / 'harvester.db'}")
    visitor = Visitor(create_app(Settings.model_validate({"web": {"token": TOKEN}, "config": folder}), database))
    visitor.sign_in(TOKEN)
    yield visitor
    database.close()
    assert not (folder / "harvester.toml").exists()
