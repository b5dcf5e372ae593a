"""Declarations of Open Terms Archive as documents of a catalogue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.catalogue.selection import Range, Selection
from harvester.catalogue.services_file import add_missing
from harvester.dates import parse_day
from harvester.importing.declarations import declared
from harvester.importing.published import Skipped

NOW = {"fetch": "https://acme.example/terms", "select": ".main", "executeClientScripts": True}
OLD = {"fetch": "https://acme.example/old", "select": "body", "validUntil": "2018-03-04T05:06:07Z"}
FIRST = OLD | {"fetch": "https://acme.example/first", "validUntil": "2015-01-01T00:00:00Z"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "declarations"
    made.mkdir()
    return made


def declare(folder: Path, service: str, terms: dict[str, Any], history: dict[str, Any] | None = None) -> None:
    (folder / f"{service}.json").write_text(json.dumps({"name": service, "terms": terms}))
    if history is not None:
        (folder / f"{service}.history.json").write_text(json.dumps(history))


def test_documents_enter_the_catalogue_with_the_days_of_each_address(folder: Path, tmp_path: Path) -> None:
    declare(
        folder,
        "Acme Shop",
        {"Terms of Service": NOW, "Privacy Policy": {"fetch": "https://acme.example/privacy"}},
        {
            "Terms of Service": [
                OLD | {"fetch": "https://acme.example/first", "validUntil": "2015-01-01T00:00:00Z"},
                OLD,
            ]
        },
    )
    entries = [one for one in declared(folder) if isinstance(one, ServiceEntry)]
    file = tmp_path / "services.toml"
    add_missing(file, entries)
    terms, policy = sorted(load_catalogue(file), key=lambda one: -len(one.sources))
    assert (terms.name, policy.name) == ("acme-shop/terms-of-service", "acme-shop")
    spans = [(one.url[-5:], str(one.since)[:10], str(one.until)[:10]) for one in terms.sources]
    assert spans == [
        ("first", "None", "2015-01-01"),
        ("e/old", "2015-01-02", "2018-03-04"),
        ("terms", "2018-03-05", "None"),
    ]
    assert [(one.url, one.since, one.until) for one in policy.sources] == [("https://acme.example/privacy", None, None)]


def test_selectors_and_pages_are_those_of_their_days(folder: Path, tmp_path: Path) -> None:
    """One page by other selectors, then two pages, then these the other way round and a third."""
    a, b, c = ({"fetch": f"https://acme.example/{page}"} for page in "abc")
    range_ = {"startAfter": "#a", "endBefore": ".b"}
    declare(
        folder,
        "acme",
        {"Terms of Service": {"combine": [b, c, a], "select": "main", "remove": range_}, "Imprint": NOW},
        {
            "Terms of Service": [
                {**a, "select": ["p", range_], "validUntil": "2014-03-04T05:06:07Z"},
                {**a, "select": "body", "validUntil": "2015-03-04T05:06:07Z"},
                {"combine": [a, b], "select": "body", "validUntil": "2016-03-04T05:06:07Z"},
            ],
            "Imprint": [OLD | {"fetch": NOW["fetch"], "select": NOW["select"]}],
        },
    )
    file = tmp_path / "services.toml"
    add_missing(file, [one for one in declared(folder) if isinstance(one, ServiceEntry)])
    imprint, terms = sorted(load_catalogue(file), key=lambda one: one.name)
    [only] = imprint.sources
    assert (only.since, only.until, [one.select for one in only.extract]) == (None, None, [(".main",)])
    shown = [(one.url[-1], str(one.since)[:10], str(one.until)[:10]) for one in terms.combine]
    assert shown == [
        ("a", "None", "2016-03-04"),
        ("b", "2015-03-05", "None"),
        ("c", "2016-03-05", "None"),
        ("a", "2016-03-05", "None"),
    ]
    ours = Range(start_after="#a", end_before=".b")
    selected = [
        terms.selections.at(f"https://acme.example/{page}", parse_day(day))
        for page, day in (("a", "2013"), ("a", "2015"), ("b", "2016"), ("b", "2017"), ("a", "2017"))
    ]
    now = Selection(("main",), (ours,))
    assert selected == [Selection(("p", ours)), None, None, now, now]


def test_what_cannot_be_taken_is_left_out_with_its_reason(folder: Path) -> None:
    combined = {"combine": [{"fetch": "https://acme.example/1"}, {"select": "p"}]}
    declare(
        folder,
        "acme",
        {"Imprint": combined, "Poem": NOW, "Terms of Service": NOW, "Live Policy": {"fetch": "ftp://x"}},
        {"Terms of Service": [{"fetch": "https://acme.example/t", "validUntil": "soon"}]},
    )
    declare(folder, "Acme", {"Terms of Service": NOW})
    (folder / "broken.json").write_text("{")
    left_out = {one.path: one.reason for one in declared(folder) if isinstance(one, Skipped)}
    # Upper case comes first, and has the name.
    assert left_out.pop("acme.json").startswith("its name is not a valid service name, or is taken")
    assert left_out == {"broken.json": "not a declaration in JSON"}
    (folder / "Acme.json").unlink()
    left_out = {one.path: one.reason for one in declared(folder) if isinstance(one, Skipped)}
    assert left_out.pop("acme.json: Live Policy").startswith("it cannot be used: ")
    assert left_out == {
        "acme.json: Imprint": "it names no address",
        "acme.json: Poem": "its type of terms is not known",
        "acme.json: Terms of Service": "a validUntil of its history is not a time",
        "broken.json": "not a declaration in JSON",
    }


def test_types_and_services_are_chosen(folder: Path) -> None:
    for service in ("acme", "other"):
        declare(folder, service, {"Terms of Service": NOW, "Imprint": NOW})
    chosen = declared(folder, ["imprint"], {"other": "zenith"}, only_named=True)
    assert [one.name for one in chosen if isinstance(one, ServiceEntry)] == ["zenith/imprint"]
