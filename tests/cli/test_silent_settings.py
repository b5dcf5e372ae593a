"""A setting that would do nothing, or not what it says, is refused with what to write, or applied."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.cli import main
from harvester.settings import AcceptSettings, Settings, load_settings

SERVICES = '[[service]]\nname = "a.example"\ntags = ["shops"]\nsources = ["http://a.example/privacy"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("HARVESTER_DATABASE_URL", raising=False)
    (tmp_path / "services.toml").write_text(SERVICES)
    return tmp_path


def refused(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    data = (folder if folder.is_dir() else folder.parent) / "data"
    with pytest.raises(SystemExit) as ended:
        main(["--config", str(folder), "--data", str(data), *(arguments or ("backfill", "--plan"))])
    code: Any = ended.value.code
    assert code == 2
    assert not data.exists()
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[notify.x]\nurl = "json://x"\nservices = ["b.example"]', "[notify.x] services: 'b.example'"),
        ('[notify.x]\nurl = "json://x"\ntags = ["shop"]', "[notify.x] tags: 'shop'"),
        ('[accept]\nlanguages = ["EN"]', "write 'en'"),
        ('[accept]\nlanguages = ["english"]', "'english' is not a language code"),
        ('[accept]\nlanguages = ["xx"]', "'xx' is not a language code"),
        ('sample = "weekly"', "sample 'weekly'"),
        ("[web]\nport = 99999", "web.port: must be less than or equal to 65535"),
        ("archives = 5", "archives: must be a table, in { } or below a [heading]"),
        ('[web]\nbase_url = "policies.example.org"', "write https://host"),
        ('[web]\nbase_url = "https://a.example/?lang=en"', "write https://host"),
        ('[web]\nbase_url = "https://a.example/#top"', "write https://host"),
        ('[web]\nbase_url = "https://anna:secret@a.example"', "would be stored and shown"),
        ('[web]\nhost = ""', "web.host"),
        ('[web]\nhost = "not a host"', "web.host"),
        ('[fetch]\ncontact = ""', "fetch.contact: write an address"),
        ('[fetch]\ncontact = "me@a.example\\r\\nX: y"', "fetch.contact: write an address"),
        ('[fetch]\ncontact = "почта@a.example"', "fetch.contact: write an address"),
        ("[fetch]\ntimeout = inf", "fetch.timeout: must be less than or equal to 86400"),
        ("[fetch]\nmax_seconds = 1e300", "fetch.max_seconds: must be less than or equal to 86400"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], toml: str, said: str
) -> None:
    (folder / "harvester.toml").write_text(toml)
    assert said in refused(folder, capsys)


@pytest.mark.parametrize(
    ("line", "said"), [('languages = ["English"]', "'English' is not"), ('sample = "weekly"', "sample 'weekly'")]
)
def test_an_entry_that_means_nothing_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    (folder / "services.toml").write_text(f"{SERVICES}{line}\n")
    assert said in refused(folder, capsys)


def test_a_span_that_ends_before_it_begins_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = refused(folder, capsys, "backfill", "--from", "2015", "--to", "2014")
    assert "2015-01-01" in error
    assert "2014-12-31" in error


@pytest.mark.parametrize("name", ["HARVESTER_DATABSE_URL", "HARVESTER_PORT", "HARVESTER_FETSH__TRIES"])
def test_a_variable_that_sets_nothing_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "1")
    assert f"the environment variable {name} sets nothing" in refused(folder, capsys)


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "BROKER_URL", "WEB__TOKEN"])
def test_an_empty_address_or_secret_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"HARVESTER_{name}", "")
    settings = load_settings(folder)
    assert (settings.database_url, settings.redis_url, settings.broker_url, settings.web.token) == (None,) * 4


def test_a_worker_without_a_broker_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_BROKER_URL", "")
    assert "broker_url" in refused(folder, capsys, "worker")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://web.archive.org/web/20150102030405/http://a.example/privacy", "http://a.example/privacy"),
        ("https://web.archive.org/web/2015id_/https://a.example/p?q=1", "https://a.example/p?q=1"),
        ("https://web.archive.org/web/*/http://a.example/", "http://a.example/"),
        ("https://web.archive.org/web/2015*/http://a.example/", "http://a.example/"),
        ("https://archive.example/coll/20150102mp_/http://a.example/p", "http://a.example/p"),
        ("http://a.example/r/http://b.example/p", "http://a.example/r/http://b.example/p"),
        ("http://a.example/2015/privacy", "http://a.example/2015/privacy"),
        ("http://a.example/p?u=/2015/http://b.example/", "http://a.example/p?u=/2015/http://b.example/"),
    ],
)
def test_the_address_of_a_capture_means_the_page_in_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, written: str, meant: str
) -> None:
    file = tmp_path / "services.toml"
    file.write_text(f'[[service]]\nname = "a.example"\nsources = ["{written}"]\n')
    with caplog.at_level(logging.WARNING):
        (entry,) = load_catalogue(file)
    assert entry.sources[0].url == meant
    assert (f"{meant} in it is taken" in caplog.text) is (written != meant)


def test_languages_that_are_ones_are_taken() -> None:
    assert AcceptSettings(languages=("en", "de")).languages == ("en", "de")
    assert ServiceEntry(name="a.example", languages=("pt",)).languages == ("pt",)
    assert Settings().accept.languages == ()


@pytest.mark.parametrize("option", ["--archive", "--sample"])
def test_an_option_without_a_value_is_refused(folder: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    """A script whose variable is not set: `harvester backfill --archive "$ARCHIVE"`."""
    assert "''" in refused(folder, capsys, "backfill", "--plan", option, "")


def test_a_file_in_place_of_the_folder_of_the_configuration_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = refused(folder / "services.toml", capsys)
    assert "services.toml is not a folder; name the one that harvester.toml and services.toml are in" in error


@pytest.mark.parametrize("file", ["services.toml", "harvester.toml"])
def test_brackets_without_end_are_refused(folder: Path, capsys: pytest.CaptureFixture[str], file: str) -> None:
    (folder / file).write_text("x = " + "[" * 100_000)
    assert f"{file}: brackets are nested too deep" in refused(folder, capsys)


def test_brackets_without_end_in_a_variable_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_ACCEPT__LANGUAGES", "[" * 100_000)
    assert "HARVESTER_ACCEPT__LANGUAGES" in refused(folder, capsys)
