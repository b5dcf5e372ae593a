"""The sample's histories are those of tests/data."""

from __future__ import annotations

import pytest

from harvester.store.database import Database
from tests.support.data import DATA, history_of_sample
from tests.support.harvest.harvests import sample_services


@pytest.mark.parametrize("service", [entry.name for entry in sample_services()])
def test_a_service_of_the_sample_has_the_history_that_was_read(sample_store: Database, service: str) -> None:
    expected = (DATA / "histories" / f"{service}.txt").read_text(encoding="utf-8")
    assert expected
    assert history_of_sample(sample_store, service) == expected
