"""A version as a reader sees it, and the two that are compared when none or one is named."""

from __future__ import annotations

import pytest

from harvester.insight.reading import pair, shown
from harvester.settings import Settings
from harvester.store.database import Database

NAME = "kettle.example"


@pytest.mark.parametrize(
    ("named", "numbers"), [((), (8, 9)), (("3",), (3, 9)), (("3", "5"), (3, 5)), ((None, "5"), (8, 5))]
)
def test_without_a_name_the_last_two_versions_are_compared(
    sample_store: Database, named: tuple[str | None, ...], numbers: tuple[int, int]
) -> None:
    with sample_store.reading() as session:
        found = pair(session, NAME, *named)
    assert (found.old.number, found.new.number) == numbers


def test_a_title_is_shown_without_its_mark(sample_store: Database) -> None:
    with sample_store.reading() as session:
        version = shown(session, Settings(), NAME, "latest")
    assert not version.title.startswith("#")
    assert f"\n# {version.title}\n" in version.text
