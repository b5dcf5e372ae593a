"""Watches: what fits, what does not, and that each change is looked through once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from harvester.catalogue.settings_file import WATCHES, append_section
from harvester.cli import main
from harvester.diffing import compare
from harvester.errors import ConfigurationError
from harvester.insight.statements import watch as watch_module
from harvester.insight.statements.seen import SeenChange
from harvester.insight.statements.watch import watch_of
from harvester.insight.statements.watched import TOO_SLOW, Hit, bring_up_to_date, hits_now
from harvester.settings import Settings, WatchSettings, load_settings
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.ledger import watches
from harvester.store.read.versions import service_id
from harvester.store.schema import Change, WatchCheck
from tests.support.paths import SAMPLE
from tests.support.store.filled import fill
from tests.support.store.rows import NOW

OLD = "# P\n\nWe keep your data for 30 days.\n\nYou must be at least 16 years old.\n\nWe share it with partners."
NEW = "# P\n\nWe keep your data for 120 days.\n\nYou must be at least 13 years old.\n\nWe do not sell your data."


def found(old: str, new: str, **rule: object) -> tuple[str, ...]:
    return watch_of("w", WatchSettings.model_validate(rule)).passages(SeenChange(compare(old, new)))


@pytest.mark.parametrize(
    ("rule", "there"),
    [
        ({"words": ["do not sell"]}, True),
        ({"words": ["DO NOT\n sell"]}, True),
        ({"words": ["do not sell"], "side": "added"}, True),
        ({"words": ["do not sell"], "side": "removed"}, False),
        ({"words": ["not sel"]}, False),
        ({"words": ["keep your"]}, False),
        ({"words": ["partners"], "side": "removed"}, True),
        ({"words": ["nothing", "partners"]}, True),
        ({"words": [r"/sell (your|any) data/"]}, True),
        ({"words": [r"/sell all/"]}, False),
        ({"topic": "sale"}, True),
        ({"topic": "sale", "side": "removed"}, False),
        ({"topic": "arbitration"}, False),
        ({"statement": "period"}, True),
        ({"statement": "third-party"}, False),
        ({"crosses": "period > 90 days"}, True),
        ({"crosses": "period > 3 months"}, True),
        ({"crosses": "period > 120 days"}, False),
        ({"crosses": "period > 10 days"}, False),  # it was beyond that before
        ({"crosses": "period < 90 days"}, False),
        ({"crosses": "age < 16"}, True),
        ({"crosses": "age >= 16"}, False),
        ({"words": ["do not sell"], "crosses": "age < 16"}, True),
        ({"words": ["do not sell"], "crosses": "age > 16"}, False),
    ],
)
def test_a_change_fits_when_all_that_the_rule_gives_does(rule: dict[str, object], there: bool) -> None:
    assert bool(found(OLD, NEW, **rule)) is there


def test_the_passages_show_the_hit() -> None:
    assert found(OLD, NEW, words=["do not sell"]) == ("We do not sell your data.",)
    assert "30 days → 120 days" in found(OLD, NEW, crosses="period > 90 days")[0]


def test_a_phrase_is_found_whatever_parts_its_words_within_a_sentence() -> None:
    new = "# P\n\nWe do not “sell” or **share** your data. To opt-out, write."
    assert found("# P\n\nWe keep it.", new, words=["do not sell or share your"])
    assert found("# P\n\nWe keep it.", new, words=["opt out"])
    assert not found("# P\n\nWe keep it.", new, words=["data to opt"])


def test_what_only_moved_does_not_fit() -> None:
    parts = ["# P", *(f"Paragraph {number} says one thing of its own." for number in range(6)), "We do not sell."]
    moved = [parts[0], parts[-1], *parts[1:-1]]
    assert found("\n\n".join(parts), "\n\n".join(moved), words=["do not sell"]) == ()


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({}, "has no rule"),
        ({"words": ["/(/"]}, "cannot be read"),
        ({"words": ["  "]}, "a phrase of one word or more"),
        ({"topic": "weather"}, "there is no topic 'weather'"),
        ({"statement": "weather"}, "must be one of period, "),
        ({"crosses": "age around 16"}, "write age < 16"),
        ({"crosses": "right > 16"}, "write age < 16"),
        ({"words": ["x"], "types": ["term of service"]}, "did you mean terms of service"),
        ({"words": ["x"], "types": ["terms of use"], "services": ["acme"]}, "write acme/terms-of-service among"),
    ],
)
def test_a_rule_that_cannot_be_understood_is_refused_with_the_watch(rule: dict[str, object], says: str) -> None:
    with pytest.raises(ConfigurationError, match=r"\[watch.w\]") as error:
        found(OLD, NEW, **rule)
    assert says in str(error.value)


def test_a_regular_expression_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "SECONDS", 0.02)
    with pytest.raises(TimeoutError):
        found(OLD, f"# P\n\n{'a' * 3_000}!", words=[r"/(a+)+(b|c)\1/"])


def test_each_change_is_tried_once_for_each_rule_and_again_when_compared_again(stored: Database) -> None:
    one = watch_of("w", WatchSettings(words=("/data|information|cookies/",)))
    assert bring_up_to_date(stored, one) == 0
    with stored.reading() as session:
        kept = [Hit(*row) for row in watches.hits(session, one.rule, one.scope, limit=1_000)]
        assert kept == list(hits_now(session, one))
        assert kept
        assert watches.unchecked(session, one.rule, one.scope, limit=1) == []
        assert watches.count(session, one.rule, one.scope) == (len(kept), kept[0].change.before)
    with stored.writing() as writing:
        writing.execute(update(Change).where(Change.id == kept[0].change.id).values(diffing=0))
        refresh(writing, service_id(writing, kept[0].change.service), now=NOW)
    with stored.reading() as session:
        assert watches.left(session, one.rule, one.scope) == 1
    assert bring_up_to_date(stored, one) == 0
    with stored.reading() as session:
        assert watches.left(session, one.rule, one.scope) == 0
        rows = session.scalar(select(func.count()).select_from(WatchCheck)) or 0
        assert rows == len(set(session.scalars(select(WatchCheck.change_id))))


def test_a_time_limit_leaves_the_rest_for_later_and_nothing_is_lost(stored: Database) -> None:
    one = watch_of("w", WatchSettings(words=("data",)))
    before = None
    while left := bring_up_to_date(stored, one, seconds=0):
        assert before is None or left < before
        before = left
    with stored.reading() as session:
        kept = [Hit(*row) for row in watches.hits(session, one.rule, one.scope, limit=1_000)]
        assert kept == list(hits_now(session, one))


def test_a_watch_looks_only_at_its_services_tags_and_kinds(stored: Database) -> None:
    def services(**rule: object) -> set[str]:
        one = watch_of("w", WatchSettings.model_validate({"words": ["/./"], **rule}))
        with stored.reading() as session:
            return {hit.change.service for hit in hits_now(session, one)}

    assert services(services=["kettle.example"]) == {"kettle.example"}
    assert services(tags=["no-such-tag"]) == set()
    scope = watch_of("w", WatchSettings(words=("x",), services=("a",), tags=("t",))).scope
    assert scope.covers("a", [], "privacy policy", "minor")
    assert scope.covers("b", ["t"], "privacy policy", "minor")
    assert not scope.covers("b", [], "privacy policy", "minor")
    assert not scope.covers("a", [], "privacy policy", "technical")


def test_a_watch_on_types_looks_only_at_documents_of_these(database: Database) -> None:
    terms = "acme/terms-of-service"
    fill(database, captures=3, names=("acme", terms))
    both = watch_of("w", WatchSettings(statement="period", types=("terms of service", "privacy policy")))
    one = watch_of("w", WatchSettings(statement="period", types=("Terms of Use",)))
    assert bring_up_to_date(database, one) == 0
    with database.reading() as session:
        kept = [Hit(*row) for row in watches.hits(session, one.rule, one.scope, limit=9)]
        assert kept == list(hits_now(session, one))
        assert {hit.change.service for hit in kept} == {terms}
        assert watches.count(session, one.rule, one.scope)[0] == len(kept)
        assert {hit.change.service for hit in hits_now(session, both)} == {"acme", terms}
    assert not one.scope.covers("acme", [], "privacy policy", "minor")
    assert one.scope.covers(terms, [], "terms of service", "minor")


def test_changes_on_which_the_rule_took_too_long_are_counted(stored: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    one = watch_of("w", WatchSettings(words=("data",)))

    def late(*_: object) -> tuple[str, ...]:
        raise TimeoutError

    monkeypatch.setattr(watch_module.Watch, "passages", late)
    bring_up_to_date(stored, one)
    with stored.reading() as session:
        assert watches.problems(session, one.rule) > 0
        assert set(session.scalars(select(WatchCheck.problem))) == {TOO_SLOW}


@pytest.fixture
def home(sample_copy: Path, tmp_path: Path) -> list[str]:
    config = tmp_path / "config"
    config.mkdir()
    shutil.copy(SAMPLE / "services.toml", config)
    (config / "harvester.toml").write_text("# mine\nlog_level = 'info'\n", encoding="utf-8")
    return ["--config", str(config), "--data", str(sample_copy)]


def ran(home: list[str], *arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main([*home, "watch", *arguments])
    return int(end.value.code or 0)


def test_a_watch_on_do_not_sell_is_tested_added_listed_and_hits(
    home: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    rule = ("--words", "sell", "--words", "do not sell", "--side", "added", "--type", "Privacy Policy")
    assert ran(home, "test", *rule, "--json") == 0
    tested = json.loads(capfd.readouterr().out)
    assert tested, "the sample has a policy that begins to speak of selling"
    assert all("sell" in " ".join(hit["passages"]).lower() for hit in tested)
    assert ran(home, "add", "do-not-sell", *rule) == 0
    assert "added to" in capfd.readouterr().out
    assert ran(home, "hits", "do-not-sell", "--json") == 0
    assert json.loads(capfd.readouterr().out) == tested
    assert ran(home, "test", "do-not-sell", "--json") == 0
    assert json.loads(capfd.readouterr().out) == tested
    assert ran(home, "list", "--json") == 0
    [listed] = json.loads(capfd.readouterr().out)
    assert (listed["watch"], listed["hits"]) == ("do-not-sell", len(tested))
    text = (Path(home[1]) / "harvester.toml").read_text("utf-8")
    assert text.startswith("# mine\nlog_level = 'info'\n\n[watch.do-not-sell]\n")
    assert 'types = ["privacy policy"]' in text
    assert ran(home, "hits", "do-not-sell") == 0
    assert tested[0]["service"] in capfd.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("hits", "no-such"), "there is no watch 'no-such'"),
        (("test",), "name a watch, or give a rule"),
        (("add", "No Name", "--words", "x"), "cannot name a watch"),
        (("add", "w", "--words", "x", "--side", "left"), "the rule cannot be read: side"),
        (("add", "w"), "has no rule"),
        (("add", "w", "--words", "x", "--service", "ketle.example"), "services of the watch: no service named"),
        (("add", "w", "--words", "x", "--tag", "tee"), "tags of the watch: no service has the tag 'tee'; known: "),
        (("add", "w", "--words", "x", "--type", "sonnets"), "--type: 'sonnets' is not a type of document"),
    ],
)
def test_what_cannot_be_done_with_watches_is_said(
    home: list[str], capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    before = (Path(home[1]) / "harvester.toml").read_bytes()
    assert ran(home, *arguments) == 2
    assert says in capfd.readouterr().err
    assert (Path(home[1]) / "harvester.toml").read_bytes() == before


def test_a_watch_that_waits_for_a_service_that_there_is_not_says_so(
    home: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    file = Path(home[1]) / "harvester.toml"
    file.write_text('[watch.w]\nwords = ["nonsense"]\nservices = ["ketle.example"]\n', encoding="utf-8")
    assert ran(home, "hits", "w") == ran(home, "test", "w") == 2
    assert capfd.readouterr().err.count("services of the watch: no service named 'ketle.example'") == 2
    file.write_text('[watch.w]\nwords = ["nonsense"]\nservices = ["new.example"]\ntags = ["new"]\n', encoding="utf-8")
    catalogue = Path(home[1]) / "services.toml"
    catalogue.write_text(
        f'{catalogue.read_text("utf-8")}\n[[service]]\nname = "new.example"\ntags = ["new"]\n', "utf-8"
    )
    assert ran(home, "hits", "w") == 0
    assert "no change matches" in capfd.readouterr().err


def test_a_watch_is_appended_so_that_it_is_read_back_and_only_once(tmp_path: Path) -> None:
    file = tmp_path / "harvester.toml"
    watch = WatchSettings(words=('say "so"', "/é\\b/"), tags=("shop",))
    append_section(file, WATCHES, "w", watch)
    assert load_settings(tmp_path, tmp_path).watch == {"w": watch}
    with pytest.raises(ConfigurationError, match="already has the watch w"):
        append_section(file, WATCHES, "w", watch)


def test_a_target_that_names_an_unknown_watch_is_refused() -> None:
    with pytest.raises(ValueError, match=r"there is no \[watch.w\]"):
        Settings.model_validate({"notify": {"team": {"url": "https://x.example", "watches": ["w"]}}})
