"""Other documents than the privacy policy: added, harvested, read and exported by their names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harvester.catalogue.entries import load_catalogue
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.commands import configuration, run

RULES = "You must be of age to place an order, and we may close an account that is used against these rules. "
PROMISES = "We collect your name and address, and we share this personal information with no one. "


def page(title: str, sentence: str, number: int) -> bytes:
    paragraphs = "".join(f"<p>{sentence} Section {place} of {number}.</p>" for place in range(8))
    return f"<html><head><title>{title}</title></head><body><div>{paragraphs}</div></body></html>".encode()


@pytest.fixture
def config(tmp_path: Path, harsh_archive: StartArchive) -> Path:
    archive = MemoryArchive()
    links = b'<body><a href="/privacy">Privacy Policy</a> <a href="/rules">Terms of Use</a> <a href="/c">Contact</a>'
    for year in ("2014", "2016"):
        archive.add("http://acme.example/", f"{year}0401000000", links)
        archive.add("http://acme.example/privacy", f"{year}0401000000", page("Privacy", PROMISES, int(year)))
        archive.add("http://acme.example/rules", f"{year}0401000000", page("Terms of Use", RULES, int(year)))
    return configuration(tmp_path / "config", harsh_archive(archive).base_url, services="")


def test_the_terms_of_a_service_are_found_harvested_and_read_beside_its_policy(config: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for arguments in (("add", "acme.example"), ("add", "acme.example", "--type", "Terms of Service")):
        added = run(config, data, *arguments)
        assert added.returncode == 0, added.stderr
    assert "http://acme.example/rules" in added.stdout
    assert "next: harvester backfill acme.example/terms-of-service" in added.stdout
    names = [entry.name for entry in load_catalogue(config / "services.toml")]
    assert names == ["acme.example", "acme.example/terms-of-service"]

    done = run(config, data, "backfill", "--sample", "all")
    assert done.returncode == 0, done.stderr
    terms = run(config, data, "show", "acme.example/terms-of-service")
    assert "extracted and transformed from the acme.example terms of service that" in terms.stdout
    assert "place an order" in terms.stdout
    policy = run(config, data, "show", "acme.example/privacy-policy")
    assert "extracted and transformed from the acme.example privacy policy that" in policy.stdout
    changed = run(config, data, "changes", "acme.example/terms-of-use")
    assert "{+2016+}" in changed.stdout
    assert "personal information" not in changed.stdout

    exported = run(config, data, "export", "corpus", str(tmp_path / "corpus"))
    assert "1 document of 1 service" in exported.stdout, exported.stderr
    asked = run(config, data, "export", "corpus", str(tmp_path / "terms"), "--type", "terms of service")
    assert asked.returncode == 0, asked.stderr
    assert "place an order" in (tmp_path / "terms/a/ac/acm/acme.example/terms-of-service.md").read_text()

    listed = run(config, data, "services")
    assert [line.split()[0] for line in listed.stdout.splitlines()[-2:]] == names
    paused = run(config, data, "pause", "acme.example")
    assert paused.returncode == 0, paused.stderr
    assert "paused: acme.example, acme.example/terms-of-service" in run(config, data, "status").stdout

    assert run(config, data, "rename", "acme.example", "acme").returncode == 0
    assert "place an order" in run(config, data, "show", "acme/terms-of-service").stdout
    assert run(config, data, "remove", "acme/terms-of-service").returncode == 0
    assert [entry.name for entry in load_catalogue(config / "services.toml")] == ["acme"]


def test_another_document_is_looked_for_in_the_archives_of_its_service(config: Path, tmp_path: Path) -> None:
    settings, catalogue = config / "harvester.toml", config / "services.toml"
    mine = re.sub(r'(?m)^archive = ".*"$', 'archive = "http://127.0.0.1:9"', settings.read_text())
    base = re.search(r'(?m)^archive = "(.*)"$', settings.read_text())
    assert base is not None
    settings.write_text(mine)
    catalogue.write_text(f'[[service]]\nname = "acme.example"\narchives = ["{base[1]}"]\n')
    added = run(config, tmp_path / "data", "add", "acme.example", "--type", "Terms of Service")
    assert added.returncode == 0, added.stderr
    policy, terms = load_catalogue(catalogue)
    assert policy.archives == terms.archives == (base[1],)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "acme.example", "--type", "editorial policy"), "no home page is searched for an editorial policy"),
        (("add", "acme.example", "--type", "poem"), "'poem' is not a type of document"),
        (("add", "acme.example", "--type", "imprint"), "links to an imprint; name the address of its imprint"),
        (("backfill", "acme.example/terms-of-service"), "harvester add ADDRESS --type 'terms of service'"),
    ],
)
def test_what_cannot_be_found_says_what_to_do(
    config: Path, tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    refused = run(config, tmp_path / "data", *arguments)
    assert refused.returncode == 2, refused.stderr
    assert reason in refused.stderr
