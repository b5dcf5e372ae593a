"""Documents of a service: their types, their names, and what the catalogue says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harvester.catalogue import services_file
from harvester.catalogue.document_types import (
    TYPES,
    document_name,
    open_terms_name,
    slug,
    split_name,
    type_named,
    usual_name,
)
from harvester.catalogue.entries import ServiceEntry, SourceEntry, choose, load_catalogue
from harvester.errors import ConfigurationError, UnknownName

CATALOGUE = """\
[[service]]
name = "acme"
domain = "acme.example"   # its site
tags = ["shops"]
every = "2d"
sources = [{ url = "https://acme.example/privacy" }]

# Since 2015.
[[service.document]]
type = "terms of service"
sources = [{ url = "https://acme.example/terms", from = "2015" }]
sample = "all"

[[service.document]]
type = "Cookie Policy"

# The next one.
[[service]]
name = "plain.example"
# The end.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "services.toml"
    written.write_text(CATALOGUE)
    return written


def names(file: Path) -> list[str]:
    return [entry.name for entry in load_catalogue(file)]


@pytest.mark.parametrize("type_", TYPES.values())
def test_a_type_is_known_by_its_name_its_slug_and_open_terms_archives_name(type_: str) -> None:
    assert {type_named(type_), type_named(slug(type_)), type_named(open_terms_name(type_))} == {type_}
    assert split_name(document_name("acme", type_)) == ("acme", type_)
    assert usual_name(document_name("acme", type_)) == document_name("acme", type_)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("acme", "acme"),
        ("acme/privacy-policy", "acme"),
        ("acme/cookie-policy", "acme/trackers-policy"),
        ("acme/terms-of-use", "acme/terms-of-service"),
        ("acme/nothing", "acme/nothing"),
    ],
)
def test_a_document_is_kept_under_one_name(said: str, kept: str) -> None:
    assert usual_name(said) == kept


def test_a_service_has_an_entry_for_each_document_which_inherits_what_it_leaves_out(file: Path) -> None:
    acme, terms, cookies, plain = load_catalogue(file)
    assert [acme.name, terms.name, cookies.name, plain.name] == [
        "acme",
        "acme/terms-of-service",
        "acme/trackers-policy",
        "plain.example",
    ]
    assert {(one.service, one.site, one.tags, one.every) for one in (acme, terms, cookies)} == {
        ("acme", "acme.example", ("shops",), acme.every)
    }
    assert (acme.sample, terms.sample, terms.type, cookies.sources) == (None, "all", "terms of service", ())
    assert (plain.site, plain.type) == ("plain.example", "privacy policy")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[[service]]\nname = "a"\n[[service.document]]\ntype = "terms"', 4, "did you mean terms of use"),
        ('[[service]]\nname = "a"\n[[service.document]]\ntype = "imprint"\n[[service.document]]\ntype = "imprint"',
         1, "two documents of the type 'imprint'"),
        ('[[service]]\nname = "a"\nsources = ["http://a.example/p"]\n[[service.document]]\ntype = "privacy policy"',
         1, "two documents of the type 'privacy policy'"),
        ('[[service]]\nname = "a"\n[[service.document]]\ntype = "editorial policy"',
         1, "editorial-policy needs sources"),
        ('[[service]]\nname = "a"\n[[service.document]]\ntype = "imprint"\nrequire_policy = true',
         1, "is none; leave it"),
        ('[[service]]\nname = "a/imprint"', 2, "cannot be a name: write lower-case"),
        ('[[service]]\nname = "a"\n[[service.document]]\nsources = ["http://a.example/p"]', 1, "document.0.type"),
        ('[[service]]\nname = "a"\ndomain = "A/b"', 3, "cannot be a name: write lower-case"),
    ],
)  # fmt: skip
def test_a_catalogue_with_a_document_that_is_not_understood_is_refused(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    file = tmp_path / "services.toml"
    file.write_text(text)
    with pytest.raises(ConfigurationError, match=re.escape(f"{file}:{line}: ")) as caught:
        load_catalogue(file)
    assert reason in str(caught.value)


def test_a_service_that_lists_documents_follows_no_other(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    file.write_text('[[service]]\nname = "a.example"\n[[service.document]]\ntype = "terms of service"\n')
    assert names(file) == ["a.example/terms-of-service"]
    with pytest.raises(UnknownName, match=r"no privacy policy of a\.example; it has a\.example/terms-of-serv"):
        choose(load_catalogue(file), ["a.example"])


def test_documents_are_chosen_by_any_of_their_names(file: Path) -> None:
    chosen = choose(load_catalogue(file), ["acme/cookie-policy", "acme/privacy-policy"])
    assert [one.name for one in chosen] == ["acme/trackers-policy", "acme"]


def test_a_document_is_entered_into_the_table_of_its_service(file: Path) -> None:
    imprint = ServiceEntry(name="acme/imprint", sources=(SourceEntry(url="https://acme.example/imprint"),))
    services_file.add(file, imprint)
    assert [*names(file)] == ["acme", "acme/terms-of-service", "acme/trackers-policy", "acme/imprint", "plain.example"]
    comments = [line for line in file.read_text().splitlines() if "#" in line]
    assert comments == [line for line in CATALOGUE.splitlines() if "#" in line]
    with pytest.raises(services_file.AlreadyListed):
        services_file.add(file, imprint)


def test_a_document_beside_a_policy_that_is_searched_for_does_not_replace_it(file: Path) -> None:
    services_file.add_missing(file, [ServiceEntry(name="plain.example/imprint")])
    assert names(file)[-2:] == ["plain.example", "plain.example/imprint"]


def test_documents_of_a_new_service_are_entered_as_one_service(file: Path) -> None:
    policy = ServiceEntry(name="new.example")
    terms = ServiceEntry(name="new.example/terms-of-service", sources=(SourceEntry(url="https://new.example/t"),))
    services_file.add_missing(file, [policy, terms])
    assert load_catalogue(file)[-2:] == (policy, terms)


def test_a_document_is_removed_and_its_service_stays(file: Path) -> None:
    services_file.remove(file, "acme/terms-of-service")
    assert names(file) == ["acme", "acme/trackers-policy", "plain.example"]
    assert "# The next one." in file.read_text()
    services_file.remove(file, "acme/trackers-policy")
    assert names(file) == ["acme", "plain.example"]
    with pytest.raises(UnknownName, match="has no acme/imprint"):
        services_file.remove(file, "acme/imprint")


def test_the_last_document_of_a_service_takes_the_service_with_it(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    file.write_text('[[service]]\nname = "a.example"\n[[service.document]]\ntype = "imprint"\n')
    services_file.remove(file, "a.example/imprint")
    assert names(file) == []


def test_documents_written_as_an_inline_list_are_left_to_a_person(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    text = '[[service]]\nname = "a.example"\ndocument = [{ type = "imprint" }, { type = "terms of service" }]\n'
    file.write_text(text)
    with pytest.raises(ConfigurationError, match="hand"):
        services_file.remove(file, "a.example/imprint")
    with pytest.raises(ConfigurationError, match="hand"):
        services_file.add(file, ServiceEntry(name="a.example/trackers-policy"))
    assert file.read_text() == text


def test_a_renamed_service_takes_its_documents_with_it(file: Path) -> None:
    services_file.rename(file, "acme", "zenith")
    assert names(file)[:3] == ["zenith", "zenith/terms-of-service", "zenith/trackers-policy"]
