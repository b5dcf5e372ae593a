"""A setting that would do nothing, or not what it says, is refused with what to write, or applied."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import ValidationError

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.cli import main
from harvester.errors import ConfigurationError
from harvester.settings import AcceptSettings, Settings, Strict, load_settings

SERVICES = '[[service]]\nname = "a.example"\ntags = ["shops"]\nsources = ["http://a.example/privacy"]\n'
ARCHIVE = 'cdx = "http://x.example/c"\nplayback = "http://x.example/w'


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
        ("[fetch]\npage_rows = 1_000_000_000", "fetch.page_rows: must be less than or equal to 100000"),
        ("[fetch]\nmax_body_bytes = 1_000_000_000_000", "fetch.max_body_bytes: must be"),
        ('data = "/srv/data"', "data: this folder is named by --data or HARVESTER_DATA only"),
        ('config = "conf"', "config: this folder is named by --config or HARVESTER_CONFIG only"),
        ('database_url = "sqlite://"', "memory is no store"),
        ('database_url = "sqlite:///:memory:"', "memory is no store"),
        (f'[archives.x]\n{ARCHIVE}"\nname = "y"', "archives.x.name: its name is that of the section"),
        ('[web]\ntoken = "x"', "token: it needs 16 characters"),
        (f'[web]\ntoken = "{" " * 20}"', "token: it needs 16 characters"),
        ('[web]\nhost = "http://127.0.0.1"', "without http:// and without a port"),
        ('[web]\nhost = "127.0.0.1:8000"', "without http:// and without a port"),
        ('[poll]\nevery = "1h"\njitter = "2d"', "poll: jitter: is longer than `every`"),
        ('broker_url = "http://x"', "broker_url: must be an address such as redis://"),
        ('broker_url = "amqp//x"', "broker_url: must be an address such as redis://"),
        ('redis_url = "localhost:6379"', "redis_url: must be an address such as redis://"),
        (f'[archives.all]\n{ARCHIVE}"', "'all' cannot be named with --archive"),
        (f'[archives."a,b"]\n{ARCHIVE}"', "'a,b' cannot be named with --archive"),
        (f'[archives."http://x.example"]\n{ARCHIVE}"', "'http://x.example' cannot be named with --archive"),
        (f'[archives.x]\n{ARCHIVE}?a=b"', "playback: must have no ? and no #"),
        (f'[archives.x]\n{ARCHIVE}"\ncdx_per_minute = inf', "archives.x.cdx_per_minute: must be"),
        (f'[archives.x]\n{ARCHIVE}"\ncdx_per_minute = 1e-300', "archives.x.cdx_per_minute: must be"),
        ("[watch.x]", "[watch.x] has no rule"),
        ('[watch.x]\nwords = ["/(/"]', "[watch.x] words: /(/ cannot be read"),
        ('[watch.x]\nwords = [" "]', "[watch.x] words"),
        ('[watch.x]\ntopic = "nope"', "[watch.x] topic: there is no topic 'nope'"),
        ('[watch.x]\nwords = ["a"]\nkinds = []', "watch.x.kinds: must not be empty"),
        ('[watch.x]\nwords = ["a"]\ntypes = ["nope"]', "[watch.x] types"),
        ('[notify.x]\nurl = "json://x"\nkinds = []', "notify.x.kinds: must not be empty"),
        ('[notify.x]\nurl = "json://x"\nsecret = ""', "notify.x.secret: must not be empty"),
        ('[notify.x]\nurl = "https://"', "notify.x.url: is not an address"),
        ('[notify.x]\nurl = "me@a.example"', "notify.x.url: is not an address"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], toml: str, said: str
) -> None:
    (folder / "harvester.toml").write_text(toml)
    assert said in refused(folder, capsys)


@pytest.mark.parametrize("command", ["backfill --plan", "reclean", "serve", "up"])
def test_whatever_sends_notices_or_harvests_refuses_receivers_that_would_never_match(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (folder / "harvester.toml").write_text('[notify.x]\nurl = "json://x"\ntags = ["shop"]')
    assert "[notify.x] tags: 'shop'" in refused(folder, capsys, *command.split())


@pytest.mark.parametrize("command", ["rename a.example b.example", "reclean"])
def test_points_for_a_tag_that_no_service_has_are_warned_of(
    folder: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, command: str
) -> None:
    (folder / "harvester.toml").write_text("[review]\ntags = { shops = 5, shop = 30 }")
    refused(folder, capsys, *command.split())  # there is no store yet
    assert [one.getMessage() for one in caplog.records if one.levelname == "WARNING"] == [
        "[review] tags: no entry of services.toml has the tag 'shop', so it counts for none"
    ]


def models() -> list[type[Strict]]:
    """Every section of the settings and of the catalogue."""
    found, waiting = [], [Strict]
    while waiting:
        here = waiting.pop().__subclasses__()
        found += here
        waiting += here
    return sorted(found, key=lambda one: one.__name__)


def kinds_of(annotation: Any) -> set[type]:
    """The kinds of numbers, and whether truths, are in what a key takes."""
    if annotation in (int, float, bool):
        return {annotation}
    return set().union(*map(kinds_of, get_args(annotation)))


TAKEN: dict[type, tuple[Any, ...]] = {int: (3, "3"), float: (3, 3.5, "3.5"), bool: (True, False, "true")}
REFUSED: dict[type, dict[Any, str]] = {
    int: {True: "must be a whole number", 3.0: "must be a whole number", 3.5: "must be a whole number"},
    float: {True: "must be a number", False: "must be a number"},
    bool: {1: "must be true or false", 0: "must be true or false", 0.5: "must be true or false"},
}


@pytest.mark.parametrize("model", models())
def test_no_key_takes_a_truth_for_a_number_or_a_number_for_a_truth(model: type[Strict]) -> None:
    """``tries = true`` was taken for 1."""
    for name, field in model.model_fields.items():
        of_a_key = (lambda value: {"key": value}) if get_origin(field.annotation) is dict else (lambda value: value)
        for kind in kinds_of(field.annotation):
            for value in TAKEN[kind]:
                assert said_of(model, name, of_a_key(value)) is None, (name, value)
            for value, message in REFUSED[kind].items():
                said = said_of(model, name, of_a_key(value)) or ""
                assert message in said, (name, value)
                assert name in said


def said_of(model: type[Strict], name: str, value: Any) -> str | None:
    """Why a key of a section is refused, if it is."""
    try:
        model.model_validate({name: value})
    except ValidationError as error:
        own = [one for one in error.errors() if one["loc"][:1] == (name,)]
        return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in own) or None
    return None


@pytest.mark.parametrize(
    ("file", "toml", "said"),
    [
        ("harvester.toml", "[fetch]\ntries = true", "fetch.tries: must be a whole number"),
        ("harvester.toml", "[web]\naccess_log = 1", "web.access_log: must be true or false"),
        ("harvester.toml", "[review.tags]\nshops = true", "review.tags.shops: must be a whole number"),
        ("services.toml", f"{SERVICES}require_policy = 1", "require_policy: must be true or false"),
        ("services.toml", f"{SERVICES}every = true", "every: True is not a duration"),
        ("services.toml", f"{SERVICES}every = 7", "every: 7 is not a duration"),
        ("services.toml", f"{SERVICES}languages = [1]", "languages.0: must be a text, in quotes"),
        ("services.toml", f"{SERVICES}languages = true", "languages: must be a list, in [ ]"),
    ],
)
def test_another_form_than_a_key_has_is_refused_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str], file: str, toml: str, said: str
) -> None:
    (folder / file).write_text(toml)
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
        ("https://web.archive.org/web/http://a.example/p", "http://a.example/p"),
        ("https://web.archive.org/web/20150509080314id_/http%3A//a.example/p%3Fa%3Db", "http://a.example/p?a=b"),
        ("https://web.archive.org/web/20150509080314id_/https%3A%2F%2Fa.example%2Fp", "https://a.example/p"),
        ("https://web.archive.org/web/20150101000000*/a.example/p", "http://a.example/p"),
        ("http://web.archive.org/web/20150101000000id_/a.example/p?q=1", "http://a.example/p?q=1"),
        ("https://web.archive.org/web/2015/https:/a.example/p", "https://a.example/p"),
        ("https://web.archive.org/save/https://a.example/p", "https://a.example/p"),
        ("https://arquivo.example/wayback/20150101000000/a.example/p", "http://a.example/p"),
        ("http://a.example/web/2015/privacy.html", "http://a.example/web/2015/privacy.html"),
        ("http://a.example/web/20150101000000/privacy.html", "http://a.example/web/20150101000000/privacy.html"),
        ("https://web.archive.org.au/privacy", "https://web.archive.org.au/privacy"),
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


@pytest.mark.parametrize("path", ["", "/", "/web/", "/web/2015/", "/web/*/privacy", "/cdx/search/cdx?url=a.example"])
def test_an_address_of_the_archive_that_names_no_page_is_refused(tmp_path: Path, path: str) -> None:
    file = tmp_path / "services.toml"
    file.write_text(f'[[service]]\nname = "a.example"\nsources = ["https://web.archive.org{path}"]\n')
    with pytest.raises(ConfigurationError, match="is an address of the archive and names no page"):
        load_catalogue(file)


def test_a_short_interval_alone_needs_no_shorter_jitter() -> None:
    assert Settings.model_validate({"poll": {"every": "30m"}}).poll.jitter == timedelta(hours=1)


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
