"""The API under schemathesis, in full: what its schema allows is answered, what it forbids is refused, and no 5xx.

HARVESTER_FUZZ_EXAMPLES says how many requests each operation gets; the default is for CI.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as given_settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
from tests.support.times import sample_clock
from tests.support.web.client import Client
from tests.support.web.site import TOKEN

EXAMPLES = int(os.environ.get("HARVESTER_FUZZ_EXAMPLES", "4"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    positive_data_acceptance,
    negative_data_rejection,
    allow_header_conformance,
    ignored_auth,
]
TOO_LARGE = (413, 414)
"""Refused before anything is read; schemathesis does not count them as refusals."""


def beyond_the_schema(case: Case[Any]) -> bool:
    """Whether a request may break a rule that JSON Schema cannot state: the language of searches, a source's days, the
    archives that an installation knows."""
    if case.path.endswith(("/search", "/trends")):
        return True
    body = case.body if isinstance(case.body, dict) else {}
    return any(body.get(key) for key in ("sources", "sample", "every", "tags", "archives"))


@pytest.fixture(scope="module")
def own_app(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The application over a copy of the sample: some of what the schema allows writes to it."""
    folder = tmp_path_factory.mktemp("fuzzed")
    shutil.copyfile(settings.data / "harvester.db", folder / "harvester.db")
    shutil.copytree(settings.config, folder / "config")
    own = settings.model_copy(update={"data": folder, "config": folder / "config"})
    database = Database.open(own.database)
    yield create_app(own, database, sample_clock)
    database.close()


@pytest.mark.timeout(3_600 if EXAMPLES > 4 else 240)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "forbidden"])
def test_the_api_keeps_to_its_own_schema(own_app: FastAPI, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", own_app)
    asked = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not (operation.path_parameters or operation.query or operation.body):
            continue

        @given_settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case[Any]) -> None:
            nonlocal asked
            asked += 1
            response = case.call(headers={"Authorization": f"Bearer {TOKEN}"})
            checks = list(CHECKS)
            # What is forbidden in a request to read reviews may be that it lacks the token, which is sent here.
            if response.status_code in TOO_LARGE or (case.method == "GET" and "/review" in case.path):
                checks.remove(negative_data_rejection)
            if response.status_code == 400 and beyond_the_schema(case):
                checks.remove(positive_data_acceptance)
            case.validate_response(response, checks=checks, headers={"Authorization": f"Bearer {TOKEN}"})

        ask()
    assert asked > 2 * len(list(schema.get_all_operations()))


def test_the_names_of_the_sample_are_fuzzed_with_odd_parameters(client: Client) -> None:
    """Fuzzers rarely hit on a service that is there: these requests do."""
    odd = (
        "",
        "0",
        "-1",
        "99999999999999999999",
        "\x00",
        "é",
        "a" * 300,
        "null",
        "[]",
        "{}",
        "%",
        "../",
        "'",
        '"',
        ";--",
    )
    for value in odd:
        for url, name in (
            ("/api/v1/services/kettle.example/versions", "cursor"),
            ("/api/v1/services/kettle.example/ledger", "cursor"),
            ("/api/v1/services/kettle.example/ledger", "limit"),
            ("/api/v1/services", "cursor"),
            ("/api/v1/changes", "service"),
            ("/api/v1/changes", "tag"),
            ("/api/v1/search", "q"),
            ("/api/v1/search?q=cookies", "cursor"),
            ("/api/v1/search?q=cookies", "service"),
            ("/search", "q"),
            ("/changes", "cursor"),
            ("/", "after"),
        ):
            with_query = f"{url}{'&' if '?' in url else '?'}"
            answer = client.get(with_query + urlencode({name: value}))
            assert answer.status_code < 500, (url, name, value)
