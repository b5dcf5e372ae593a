"""Questions over all services count documents of one type."""

from __future__ import annotations

import pytest

from harvester.api import Store
from harvester.errors import ConfigurationError
from harvester.store.database import Database
from tests.support.store.filled import fill


@pytest.fixture
def store(sqlite: Database) -> Store:
    """A store of two policies and one document of terms; all say the same words."""
    fill(sqlite, captures=3, names=("acme", "acme/terms-of-service", "other.example"))
    return Store(sqlite.engine.url.render_as_string())


def test_trends_count_privacy_policies_unless_another_type_is_named(store: Store) -> None:
    assert {one.n for one in store.trend("years") if one.n} == {2}
    assert {one.n for one in store.trend("years", type="terms of service") if one.n} == {1}
    assert {one.n for one in store.measure("words", type="Terms of Use") if one.n} == {1}
    with pytest.raises(ConfigurationError, match="no type of document"):
        store.trend("years", type="sonnets")


def test_a_search_and_a_list_of_changes_take_all_types_or_one(store: Store) -> None:
    assert {one.service for one in store.search("years")} == {"acme", "acme/terms-of-service", "other.example"}
    assert {one.service for one in store.search("years", type="terms of service")} == {"acme/terms-of-service"}
    assert {one.service for one in store.changes(type="terms of service")} == {"acme/terms-of-service"}


def test_how_much_a_text_reads_like_a_policy_is_said_of_policies_only(store: Store) -> None:
    terms = store.service("acme/terms-of-service")
    assert (terms.service, terms.type) == ("acme", "terms of service")
    assert {one.policy_likelihood for one in terms.versions} == {None}
    assert None not in {one.policy_likelihood for one in store.service("acme").versions}
    panel = store.panel(["acme/terms-of-service"])
    assert {one.policy_likelihood for one in panel} == {None}
