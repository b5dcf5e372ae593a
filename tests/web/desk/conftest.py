"""An installation with two people, each test its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
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
