"""The Python API: types of documents; and misused, one clear error that harvester raises on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from harvester import Store
from harvester.api import Service
from harvester.archive.playback.naming import OPEN_TERMS_ARCHIVE
from harvester.diffing import compare
from harvester.errors import ConfigurationError, HarvesterError, UnknownName
from harvester.insight.reading import pair, read_diff, shown, snapshot_of_listed
from harvester.settings import Settings
from harvester.store.database import Database
from tests.support.store.filled import fill


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


def test_a_version_is_named_by_the_instant_of_another_object(store: Store) -> None:
    kettle = store.service("kettle.example")
    for version in kettle.versions:
        assert kettle.version(version.first_seen) == version
        assert kettle.blame(version.first_seen).version.number == version.number
    assert kettle.version(date(2016, 12, 31)) == kettle.version("2016")


@pytest.mark.parametrize("ask", [Service.version, Service.blame, Service.similar])
def test_nothing_is_said_of_a_time_before_the_first_version(store: Store, ask: Callable[[Service, str], Any]) -> None:
    with pytest.raises(UnknownName, match=r"no known version at 1999: the first was seen on 2009-04-12"):
        ask(store.service("kettle.example"), "1999")


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
    ("None must be the name of a service, such as ", ConfigurationError, lambda store: store.service(None)),
    ("['kettle.example'] must be the name of ", ConfigurationError, lambda store: store.ledger(["kettle.example"])),
    ("5 must be the name of a service", ConfigurationError, lambda store: store.panel([5])),
    ("5 must be the name of a service", ConfigurationError, lambda store: store.search("tea", service=5)[0]),
    ("5 must be the name of a service", ConfigurationError, lambda store: list(store.changes(service=5))),
    (
        "start 2018-01-01 is later than end 2010-01-01; exchange them",
        ConfigurationError,
        lambda store: store.search("tea", start=datetime(2018, 1, 1, tzinfo=UTC), end=datetime(2010, 1, 1, tzinfo=UTC)),
    ),
    (
        "is later than end 2010-01-01; exchange them",
        ConfigurationError,
        lambda store: list(store.changes(start=datetime(2018, 1, 1, tzinfo=UTC), end=datetime(2010, 1, 1, tzinfo=UTC))),
    ),
    (
        "must be an aware datetime",
        ConfigurationError,
        lambda store: store.service("kettle.example").version(datetime(2015, 1, 1)),  # noqa: DTZ001
    ),
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


def test_a_store_says_which_it_is_in_a_notebook_or_a_log(sample_data: Path) -> None:
    with Store(sample_data) as store:
        assert repr(store) == f"Store('sqlite:///{sample_data}/harvester.db')"


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


@pytest.fixture
def of_two_types(sqlite: Database) -> Store:
    """A store of two policies and one document of terms; all say the same words."""
    fill(sqlite, captures=3, names=("acme", "acme/terms-of-service", "other.example"))
    return Store(sqlite.engine.url.render_as_string())


def test_trends_count_privacy_policies_unless_another_type_is_named(of_two_types: Store) -> None:
    assert {one.n for one in of_two_types.trend("years") if one.n} == {2}
    assert {one.n for one in of_two_types.trend("years", type="terms of service") if one.n} == {1}
    assert {one.n for one in of_two_types.measure("words", type="Terms of Use") if one.n} == {1}
    with pytest.raises(ConfigurationError, match="not a type of document"):
        of_two_types.trend("years", type="sonnets")


def test_a_search_and_a_list_of_changes_take_all_types_or_one(of_two_types: Store) -> None:
    assert {one.service for one in of_two_types.search("years")} == {"acme", "acme/terms-of-service", "other.example"}
    assert {one.service for one in of_two_types.search("years", type="terms of service")} == {"acme/terms-of-service"}
    assert {one.service for one in of_two_types.changes(type="terms of service")} == {"acme/terms-of-service"}


def test_how_much_a_text_reads_like_a_policy_is_said_of_policies_only(of_two_types: Store) -> None:
    terms = of_two_types.service("acme/terms-of-service")
    assert (terms.service, terms.type) == ("acme", "terms of service")
    assert {one.policy_likelihood for one in terms.versions} == {None}
    assert None not in {one.policy_likelihood for one in of_two_types.service("acme").versions}
    panel = of_two_types.panel(["acme/terms-of-service"])
    assert {one.policy_likelihood for one in panel} == {None}


@pytest.mark.parametrize(
    ("named", "numbers"), [((), (8, 9)), (("3",), (3, 9)), (("3", "5"), (3, 5)), ((None, "5"), (8, 5))]
)
def test_without_a_name_the_last_two_versions_are_compared(
    sample_store: Database, named: tuple[str | None, ...], numbers: tuple[int, int]
) -> None:
    with sample_store.reading() as session:
        found = pair(session, "kettle.example", *named)
    assert (found.old.number, found.new.number) == numbers


def test_a_title_is_shown_without_its_mark(sample_store: Database) -> None:
    with sample_store.reading() as session:
        version = shown(session, Settings(), "kettle.example", "latest")
    assert not version.title.startswith("#")
    assert f"\n# {version.title}\n" in version.text


def test_a_stored_diff_that_cannot_be_read_is_made_again() -> None:
    assert read_diff(b"none", "# P\n\nOne.", "# P\n\nTwo.") == compare("# P\n\nOne.", "# P\n\nTwo.")


def test_a_capture_of_a_repository_has_no_page_of_an_archive() -> None:
    archive = f"{OPEN_TERMS_ARCHIVE}:pga-versions"
    assert snapshot_of_listed(Settings(), archive, datetime(2020, 1, 1, tzinfo=UTC), "http://a.example/") == ""
