"""The Python API misused: one clear error that harvester raises on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from harvester import Store
from harvester.errors import ConfigurationError, HarvesterError, UnknownName


@pytest.fixture
def store(sample_data: Path) -> Iterator[Store]:
    with Store(sample_data) as opened:
        yield opened


def test_a_version_is_named_by_its_number_too(store: Store) -> None:
    kettle = store.service("kettle.example")
    assert kettle.version(3) == kettle.version("3")
    assert kettle.blame(3) == kettle.blame("3")
    with pytest.raises(UnknownName, match=r"kettle\.example has no version '0'. There are versions 1 to 9"):
        kettle.version(0)


MISUSES: list[tuple[str, type[HarvesterError], Callable[[Any], object]]] = [
    ("no service named 'nobody'; known: ", UnknownName, lambda store: store.service("nobody")),
    ("no service named ", UnknownName, lambda store: store.service("a\udcff")),
    ("no service named ", UnknownName, lambda store: store.service("a\x00b")),
    ("only: 'newest' must be one of ", ConfigurationError, lambda store: list(store.search("tea", only="newest"))),
    ("'2010' must be an aware datetime", ConfigurationError, lambda store: list(store.search("tea", start="2010"))),
    ("must be an aware datetime", ConfigurationError, lambda store: list(store.changes(end=datetime(2010, 1, 1)))),  # noqa: DTZ001
    ("kinds: 'minor' must be a list of ", ConfigurationError, lambda store: list(store.changes(kinds="minor"))),
    ("kinds: ['big'] must be a list of ", ConfigurationError, lambda store: list(store.changes(kinds=["big"]))),
    (
        "by: 'week' must be one of half-year, year, month",
        ConfigurationError,
        lambda store: store.trend("tea", by="week"),
    ),
    ("measure: 'size' must be one of words, ", ConfigurationError, lambda store: store.measure("size")),
    ("no service has the tag 'x'; known: ", UnknownName, lambda store: store.trend("tea", tag="x")),
    ("cannot be read", ConfigurationError, lambda store: list(store.search('"'))),
]


@pytest.mark.parametrize(("said", "error", "misuse"), MISUSES, ids=range(len(MISUSES)))
def test_a_misuse_is_told_in_one_line(
    store: Store, said: str, error: type[HarvesterError], misuse: Callable[[Any], object]
) -> None:
    with pytest.raises(error) as found:
        misuse(store)
    assert said in str(found.value)
    assert "\n" not in str(found.value)


def test_a_place_without_a_store_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database, but long enough to be taken for one " * 40)
    for place in (tmp_path, tmp_path / "nowhere", tmp_path / "notes.txt", "postgresql://postgres@127.0.0.1:1/none"):
        with pytest.raises(HarvesterError) as found:
            Store(place)
        assert "\n" not in str(found.value)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["notes.txt"]


def test_a_closed_store_keeps_what_was_read_and_says_that_it_is_closed(sample_data: Path) -> None:
    store = Store(sample_data)
    kettle = store.service("kettle.example")
    version = kettle.version("first")
    read = version.text
    store.close()
    store.close()
    assert version.text == read
    for ask in (lambda: store.services, lambda: kettle.version(2).text, lambda: list(store.search("tea"))):
        with pytest.raises(ConfigurationError, match="is closed; open it again"):
            ask()
