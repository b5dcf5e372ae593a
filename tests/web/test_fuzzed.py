"""The API under schemathesis: whatever is asked, no 5xx, and answers as described.

HARVESTER_FUZZ_EXAMPLES says how many requests each operation gets; the default is for CI.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.support.web.client import Client
from tests.support.web.site import TOKEN

EXAMPLES = int(os.environ.get("HARVESTER_FUZZ_EXAMPLES", "8"))
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


@pytest.mark.timeout(3_600 if EXAMPLES > 8 else 120)
def test_no_request_makes_the_api_fail(app: FastAPI) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    asked = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Case[Any]) -> None:
            nonlocal asked
            asked += 1
            response = case.call(headers={"Authorization": f"Bearer {TOKEN}"})
            case.validate_response(response, checks=CHECKS)

        ask()
    assert asked > 4 * len(list(schema.get_all_operations()))


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
