"""Settings and the catalogue."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from harvester.archive.limiter.rules import Limits
from harvester.catalogue.entries import WatchedCatalogue, catalogue_problem, load_catalogue
from harvester.cli import installation
from harvester.cli.installation import present_database
from harvester.dates import duration_text, parse_day, parse_duration
from harvester.errors import ConfigurationError, UnknownName
from harvester.known_archives import KNOWN_ARCHIVES, known_archive
from harvester.settings import SAVE_KEYS, Settings, load_settings
from tests.support.paths import ROOT


def catalogue(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "services.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_catalogue_of_the_repository_names_the_five_services() -> None:
    services = load_catalogue(ROOT / "config" / "services.toml")
    assert [(service.name, service.sources[0].url) for service in services] == [
        ("imlive.com", "http://imlive.com/Privacy.asp"),
        ("live2support.com", "http://live2support.com/privacyls.php"),
        ("jivochat.com", "https://www.jivochat.com/privacy"),
        ("groups.im", "http://groups.im/s/privacy.do"),
        ("vzochat.com", "http://vzochat.com/en/PrivacyStatement.aspx"),
    ]


def test_an_entry_may_say_everything_about_a_service(tmp_path: Path) -> None:
    file = catalogue(
        tmp_path,
        """
        [[service]]
        name = "a.example"
        sources = [{ url = "http://a.example/p", from = 2009, to = "2012-06" }, { url = "https://a.example/q" }]
        sample = "seasons"
        every = "2d"
        tags = ["x", "y"]
        """,
    )
    (service,) = load_catalogue(file)
    assert service.sources[0].since == datetime(2009, 1, 1, tzinfo=UTC)
    assert service.sources[0].until == datetime(2012, 6, 30, 23, 59, 59, tzinfo=UTC)
    assert (service.sample, service.every, service.tags) == ("seasons", timedelta(days=2), ("x", "y"))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (
            '[[service]]\nname = "A B"',
            2,
            "name: 'A B' cannot be a name: write lower-case letters, digits, dots, hyphens and underscores",
        ),
        ('[[service]]\nname = "."', 2, "name: '.' cannot be a name"),
        ('[[service]]\nname = ".."', 2, "name: '..' cannot be a name"),
        ('[[service]]\nname = "a.b"\nurls = []', 1, "unknown key 'urls'"),
        ('\n\n[[service]]\nname = "a.b"\nsources = [{ url = "http://a.b", form = 2009 }]', 3, "unknown key"),
        ('[[service]]\nname = "a.b"\n[[service]]\nname = "a.b"', 3, "'a.b' is listed twice"),
        ('[[service]]\nname = "a.b"\nsources = [{ url = "ftp://a.b/p" }]', 1, "not an http:// or https:// URL"),
        ('[[service]]\nname = "a.b"\nsources = [{ url = "http:///p" }]', 1, "not an http:// or https:// URL"),
        ('[[service]]\nname = "a.b"\nsources = [{ url = "http://a.b/p", from = "soon" }]', 1, "is not a date"),
        ('[[service]]\nname = "a.b"\nsources = [{ url = "http://a.b/p", from = 2010, to = 2009 }]', 1, "ends before"),
        ('[[service]]\nname = "A b"', 2, "name"),
        ('[[service]]\nname = "../../etc"', 2, "name"),
        ('[[service]]\nname = "a.b"\nevery = "often"', 3, "not a duration"),
        ('[[service]]\nname = "a.b"\narchives = []', 1, "name at least one, or leave it out"),
        ('[[service]]\nname = "a.b"\nevery = "99999999999w"', 3, "at most a hundred years"),
        (
            '[[service]]\nname = "a.b"\nsources = [{ url = "http://a.b/p", from = "2020-02-30" }]',
            1,
            "'2020-02-30' is in no",
        ),
        ('[[service]]\nname = "a.b"\nsources = [{ url = "http://a.b:99999/p" }]', 1, "is not a URL: Port out of range"),
        (
            '[[service]]\nname = "a.b"\nsources = [{ url = "http://joe:secret@a.b/p" }]',
            1,
            "has a user name or a password in it",
        ),
        ('[[service]]\nname = "a.b"\nsources = [{ url = "https://joe@a.b/p" }]', 1, "archives file the page without"),
        ('[[service]]\nname = "a.b"\nsources = [{ url = "http://a.b/\\u0000" }]', 1, "a control character in it"),
        ('[[service]]\nname = "a.b"\nsources = "x"', 3, "sources: must be a list, in [ ]"),
        ("[[service]]\nname = 5", 1, "name: must be a text, in quotes"),
        ('[[service]]\nname = "a.b"\ntags = [""]', 1, "'' is not a tag: write 1 to 100 characters in one line"),
        ('[[service]]\nname = "a.b"\ntags = ["a\\u001b[31m"]', 3, "is not a tag"),
    ],
)
def test_a_catalogue_is_refused_with_file_line_and_reason(tmp_path: Path, text: str, line: int, reason: str) -> None:
    file = catalogue(tmp_path, text)
    with pytest.raises(ConfigurationError, match=re.escape(f"{file}:{line}: ")) as caught:
        load_catalogue(file)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://joe:secret@a.b/p", "https://web.archive.org/web/2015/http://joe:secret@a.b/p", "http://:secret@a.b"]
)
def test_a_password_in_a_source_is_neither_shown_nor_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    file = catalogue(tmp_path, f'[[service]]\nname = "a.b"\nsources = [{{ url = "{url}" }}]')
    with pytest.raises(ConfigurationError, match="leave them out") as caught:
        load_catalogue(file)
    assert "secret" not in str(caught.value) + caplog.text


@pytest.mark.parametrize("text", ["[[service]\n", "service = 3", "[service]\nname = 'a'", "other = 1", "\xff"])
def test_what_is_no_catalogue_is_refused_with_its_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "services.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigurationError, match=re.escape(str(file))):
        load_catalogue(file)


@given(st.timedeltas(timedelta(microseconds=1), timedelta(days=36_525)))
def test_a_duration_that_is_shown_is_read_as_itself(duration: timedelta) -> None:
    assert parse_duration(duration_text(duration)) == duration


@pytest.mark.parametrize("text", ["7d", "12h", "90m", "45s", "0.5s"])
def test_a_duration_is_shown_as_people_write_it(text: str) -> None:
    assert duration_text(parse_duration(text)) == text


def test_a_missing_catalogue_is_an_error_that_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(str(tmp_path / "services.toml"))):
        load_catalogue(tmp_path / "services.toml")


def test_harvester_toml_shows_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(__import__("os").environ):
        if name.startswith("HARVESTER_"):
            monkeypatch.delenv(name)
    text = (ROOT / "config" / "harvester.toml").read_text(encoding="utf-8")
    assert load_settings(ROOT / "config").model_dump(exclude={"config"}) == Settings().model_dump(exclude={"config"})
    shown = tomllib.loads(text)
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            for key in field.annotation.model_fields:
                if key in SAVE_KEYS:
                    continue  # refused in a file
                assert key in shown.get(name, {}) or f"# {key} =" in text, f"[{name}] {key}"
        elif name not in ("config", "data"):
            assert name in shown or f"# {name} =" in text or f"# [{name}." in text, name


def test_the_environment_goes_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "harvester.toml").write_text('sample = "seasons"\n[web]\nport = 1\nhost = "::1"\n')
    monkeypatch.setenv("HARVESTER_WEB__PORT", "2")
    settings = load_settings(tmp_path)
    assert (settings.web.port, settings.web.host, settings.sample) == (2, "::1", "seasons")


def test_the_environment_may_give_one_key_of_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "harvester.toml").write_text(
        '[archives.mine]\ncdx = "http://a.example/c"\nplayback = "http://a.example"'
    )
    monkeypatch.setenv("HARVESTER_ARCHIVES__MINE__CAPTURES_PER_SECOND", "3")
    mine = load_settings(tmp_path).archive_named("mine")
    assert (mine.captures_per_second, mine.cdx) == (3, "http://a.example/c")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[watch."A B"]\nwords = ["x"]', "watch.A B: 'A B' is not a name in lower-case letters, digits and hyphens"),
        ('[notify."."]\nurl = "http://a.example/"', "notify..: '.' cannot be a name: the target's page"),
        ('[notify.".."]\nurl = "http://a.example/"', "'..' cannot be a name: the target's page"),
    ],
)
def test_a_name_whose_page_could_not_be_opened_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "harvester.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=re.escape(reason)):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    "text", ["sampel = 'all'", "[web]\nprot = 1", "[fetch]\ntries = 0", "[archives.x]\ncdx = 'ftp://x'"]
)
def test_settings_not_understood_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "harvester.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=re.escape(f"{tmp_path / 'harvester.toml'}: ")):
        load_settings(tmp_path)


def test_a_setting_of_the_environment_is_refused_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "harvester.toml").write_text("[web]\nport = 8000")
    monkeypatch.setenv("HARVESTER_WEB__PORT", "99999")
    with pytest.raises(ConfigurationError, match=r"^HARVESTER_WEB__PORT: web\.port: "):
        load_settings(tmp_path)


def test_a_secret_is_not_shown_in_the_error_about_it(tmp_path: Path) -> None:
    (tmp_path / "harvester.toml").write_text('[notify.x]\nurl = "mailto://me:hunter2@x"\nkinds = ["hunter2"]')
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert "hunter2" not in str(caught.value)


def test_an_archive_is_a_name_or_a_base_url() -> None:
    settings = Settings()
    assert settings.archive_named().cdx == "https://web.archive.org/cdx/search/cdx"
    by_hand = settings.archive_named("http://127.0.0.1:8091/")
    assert (by_hand.cdx, by_hand.playback) == ("http://127.0.0.1:8091/cdx/search/cdx", "http://127.0.0.1:8091/web")
    pywb = settings.archive_named("pywb+http://127.0.0.1:8091/policies")
    assert (pywb.cdx, pywb.playback) == ("http://127.0.0.1:8091/policies/cdx", "http://127.0.0.1:8091/policies")
    assert pywb.dialect == "pywb"
    assert pywb.snapshots == pywb.playback


@pytest.mark.parametrize(
    "text",
    ['archive = "arquivo.pt, internet-archive"', 'archive = ["arquivo.pt", "internet-archive"]',
     'archives = ["arquivo.pt", "internet-archive"]'],
)  # fmt: skip
def test_several_archives_are_asked_when_the_settings_name_them(tmp_path: Path, text: str) -> None:
    (tmp_path / "harvester.toml").write_text(text)
    first = load_settings(tmp_path).archive_named()
    assert [one.name for one in (first, *first.others)] == ["arquivo.pt", "internet-archive"]


def test_every_archive_known_by_name_can_be_asked_and_says_where_its_facts_are_from() -> None:
    settings = Settings()
    first = settings.archive_named("all")
    assert [first.name, *(one.name for one in first.others)] == [one.name for one in KNOWN_ARCHIVES]
    for one in (first, *first.others):
        assert Limits.of(one).interval("playback") >= 1 / 8
        assert known_archive(one.name).stated  # type: ignore[union-attr]
    assert settings.archive_named("archive-it:5551").cdx == "https://wayback.archive-it.org/5551/timemap/link/"
    assert Limits.of(settings.archive_named("arquivo.pt")).pause == 24 * 60 * 60


def test_a_section_of_the_settings_overrides_an_archive_known_by_name(tmp_path: Path) -> None:
    (tmp_path / "harvester.toml").write_text(
        '[archives."arquivo.pt"]\ncdx = "http://a.example/c"\nplayback = "http://a.example"'
    )
    assert load_settings(tmp_path).archive_named("arquivo.pt").cdx == "http://a.example/c"


def test_limits_of_a_base_url_are_the_defaults_unless_it_is_loopback() -> None:
    settings = Settings()
    assert settings.archive_named("https://archive.example.org").cdx_per_minute == 24
    assert settings.archive_named("https://archive.example.org").captures_per_second == 8
    assert settings.archive_named("http://localhost:1").captures_per_second > 1_000


def test_an_unknown_archive_says_what_there_is() -> None:
    with pytest.raises(UnknownName, match="internet-archive"):
        Settings().archive_named("internet-archiv")


@given(st.datetimes(datetime(1996, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_day_written_out_covers_that_day(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for form in ("%Y", "%Y-%m", "%Y-%m-%d", "%Y%m%d"):
        text = moment.strftime(form)
        assert parse_day(text) <= moment <= parse_day(text, end=True)
        assert parse_day(text, end=True) + timedelta(seconds=1) == parse_day(
            (parse_day(text, end=True) + timedelta(seconds=1)).strftime("%Y-%m-%d")
        )


@pytest.mark.parametrize("text", ["", "7", "7 days", "-1d", "1y", "d", "\u0663d", "1e3d", "infd"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["0d", "0.0000001s", "36526d", "99999999999w", "9" * 400 + "s"])
def test_no_duration_is_nothing_or_longer_than_there_are_dates(text: str) -> None:
    with pytest.raises(ValueError, match="must be longer than 0 and at most a hundred years"):
        parse_duration(text)
    assert datetime.now(UTC) + parse_duration("36525d") > datetime.now(UTC)


@pytest.mark.parametrize(
    "day",
    [
        "2020-02-30",
        "2019-02-29",
        "2020-13",
        "2020-00",
        "2020-01-00",
        "0000",
        datetime.fromisoformat("0001-01-01T00:00:00+14:00"),
    ],
)
def test_a_day_that_is_in_no_calendar_is_named(day: object) -> None:
    with pytest.raises(ValueError, match=f"{str(day)[:4]}.* is in no calendar: "):
        parse_day(day)


@pytest.mark.parametrize("text", ["\uff12\uff10\uff11\uff15", "\u0662\u0660\u0661\u0665", "2015-06-30x", "20156"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date such as"):
        parse_day(text)


def test_any_setting_is_read_from_a_file_that_a_variable_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "harvester.toml").write_text("[web]\nport = 81\n[notify.team]\nurl = 'https://a.example'\n")
    for name, value in (
        ("DATABASE_URL", "postgresql://a@b/c"),
        ("WEB__TOKEN", "hidden-from-others"),
        ("NOTIFY__TEAM__SECRET", "x"),
    ):
        (tmp_path / name).write_text(value + "\n")
        monkeypatch.setenv(f"HARVESTER_{name}_FILE", str(tmp_path / name))
    settings = load_settings(tmp_path)
    assert settings.database == "postgresql://a@b/c"
    assert settings.web.port == 81
    assert settings.web.token is not None
    assert settings.web.token.get_secret_value() == "hidden-from-others"
    assert settings.notify["team"].secret is not None
    monkeypatch.setenv("HARVESTER_DATABASE_URL", "sqlite:///d")
    assert load_settings(tmp_path).database == "sqlite:///d"
    monkeypatch.setenv("HARVESTER_WEB__TOKEN_FILE", str(tmp_path / "gone"))
    with pytest.raises(ConfigurationError, match=r"HARVESTER_WEB__TOKEN_FILE: .*gone cannot be read"):
        load_settings(tmp_path)


def test_lists_and_tables_of_the_environment_are_json_and_come_before_those_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "harvester.toml").write_text(
        '[accept]\nlanguages = ["de"]\nrequire_policy = true\n[notify.a]\nurl = "x://y"'
    )
    monkeypatch.setenv("HARVESTER_ACCEPT__LANGUAGES", '["en", "fr"]')
    monkeypatch.setenv("HARVESTER_NOTIFY", '{"a": {"min_words": 5}}')
    monkeypatch.setenv("HARVESTER_NOTIFY__A__MIN_WORDS", "7")
    settings = load_settings(tmp_path)
    assert (settings.accept.languages, settings.accept.require_policy) == (("en", "fr"), True)
    assert (settings.notify["a"].min_words, settings.notify["a"].url.get_secret_value()) == (7, "x://y")
    monkeypatch.setenv("HARVESTER_ACCEPT__LANGUAGES", '["en", "fr"')
    with pytest.raises(ConfigurationError, match=r"^HARVESTER_ACCEPT__LANGUAGES: accept\.languages: "):
        load_settings(tmp_path)
    monkeypatch.setenv("HARVESTER_ACCEPT", "en")
    with pytest.raises(ConfigurationError, match=r"ACCEPT__LANGUAGES is a key of 'accept'"):
        load_settings(tmp_path)


@pytest.mark.parametrize("where", ["file", "variable"])
def test_a_command_that_only_reads_obeys_what_is_set_and_refuses_what_is_not_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (tmp_path / "harvester.toml").write_text("# nothing is set\n")
    installation.use(tmp_path, tmp_path)
    with pytest.raises(ConfigurationError, match=f"no store at {tmp_path / 'harvester.db'}"), present_database():
        pass
    for value, told in (("sqlite:////none/elsewhere.db", "no store at /none/elsewhere.db"), ("mysql://x", "'mysql'")):
        if where == "file":
            (tmp_path / "harvester.toml").write_text(f'database_url = "{value}"\n')
        else:
            monkeypatch.setenv("HARVESTER_DATABASE_URL", value)
        with pytest.raises(ConfigurationError, match=told), present_database():
            pass
    (tmp_path / "harvester.toml").write_text("databse_url = 'sqlite:///x'\n")
    with pytest.raises(ConfigurationError, match="databse_url"), present_database():
        pass


def test_the_keys_of_an_account_are_read_from_the_environment_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "harvester.toml").write_text('[save]\naccess_key = "s3cret"\n')
    with pytest.raises(ConfigurationError, match="HARVESTER_SAVE__ACCESS_KEY only") as refused:
        load_settings(tmp_path)
    assert "s3cret" not in str(refused.value)
    (tmp_path / "harvester.toml").write_text("[save]\nper_day = 7\n")
    (tmp_path / "key").write_text("s3cret\n")
    monkeypatch.setenv("HARVESTER_SAVE__ACCESS_KEY", "first")
    monkeypatch.setenv("HARVESTER_SAVE__SECRET_KEY_FILE", str(tmp_path / "key"))
    found = load_settings(tmp_path).save
    assert found.has_keys
    assert found.secret_key is not None
    assert (found.secret_key.get_secret_value(), found.per_day) == ("s3cret", 7)
    assert "s3cret" not in repr(load_settings(tmp_path))


def test_archives_of_a_service_are_known_names_and_of_a_document_its_own(tmp_path: Path) -> None:
    (tmp_path / "harvester.toml").write_text(
        'archive = "iceland"\n[archives.mine]\ncdx = "http://a.example/c"\nplayback = "http://a.example/p"\n'
    )
    text = (
        '[[service]]\nname = "a"\ndomain = "a.example"\narchives = ["arquivo.pt", "mine"]\nsources = ["http://a.example/p"]\n'
        '[[service.document]]\ntype = "terms of service"\n'
        '[[service.document]]\ntype = "imprint"\narchives = ["archive-it:5551"]\n[[service]]\nname = "b.example"\n'
    )
    settings = load_settings(tmp_path)
    entries = load_catalogue(catalogue(tmp_path, text), settings)
    asked = {one.name: settings.archive_for(one.archives).names for one in entries}
    assert asked == {
        "a": ("arquivo.pt", "mine"),
        "a/terms-of-service": ("arquivo.pt", "mine"),
        "a/imprint": ("archive-it:5551",),
        "b.example": ("iceland",),
    }
    typed = settings.archive_named("new-zealand")
    assert {settings.archive_for(one.archives, typed).names for one in entries} == {("new-zealand",)}

    file = catalogue(tmp_path, text + 'archives = ["arquivo.pt", "arqivo"]\n')
    said = r"services\.toml:13: archives of b\.example: no archive named 'arqivo'; name one of archive-it, .*mine"
    with pytest.raises(ConfigurationError, match=said):
        load_catalogue(file, settings)
    assert re.search(said, catalogue_problem(file, settings) or "")
    watched = WatchedCatalogue(catalogue(tmp_path, text), settings)
    catalogue(tmp_path, text + 'archives = ["arqivo"]\n')
    assert not watched.reread(), "the last good one stays in use"


PASSWORD = "s3cretOfTheReader"


@pytest.mark.parametrize(
    "text",
    [
        f'[archives.mine]\ncdx = "https://me:{PASSWORD}@a.example/cdx"\nplayback = "https://a.example/p"',
        f'[archives.mine]\ncdx = "https://a.example/cdx"\nplayback = "https://me:{PASSWORD}@a.example/p"',
        f'[evidence]\ntimestamp_authority = "https://me:{PASSWORD}@tsa.example/"',
        f'[evidence]\ntimestamp_authority = "https://tsa.example/?key={PASSWORD}"',
        f'archive = "pywb+https://me:{PASSWORD}@a.example/coll"',
        f'archive = "me:{PASSWORD}@a.example/coll"',
    ],
)
def test_no_address_that_is_stored_and_shown_has_a_password_in_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "harvester.toml").write_text(text)
    with pytest.raises((ConfigurationError, UnknownName)) as refused:
        load_settings(tmp_path).archive_named()
    assert PASSWORD not in str(refused.value)


def test_keep_is_a_day_at_least(tmp_path: Path) -> None:
    file = catalogue(tmp_path, '[[service]]\nname = "a.example"\nkeep = "30d"\n')
    assert load_catalogue(file)[0].keep == timedelta(days=30)
    with pytest.raises(ConfigurationError, match="less than a day"):
        load_catalogue(catalogue(tmp_path, '[[service]]\nname = "a.example"\nkeep = "3h"\n'))
