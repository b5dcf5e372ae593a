"""Sections of harvester.toml: edited by programs, which lose no comment and no edit, and read again at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.catalogue.present_settings import PresentSettings
from harvester.catalogue.settings_file import (
    TARGETS,
    WATCHES,
    append_section,
    remove_section,
    replace_section,
    unless_edited,
)
from harvester.catalogue.toml_edits import EditedByAnother
from harvester.errors import ConfigurationError
from harvester.settings import TargetSettings, WatchSettings, load_settings

TEXT = """\
# about everything
sample = "all"

[watch.sale]   # for legal
# why these words
words = [
    "do not sell",  # the phrase itself
    "[not a table]",
]
side = "added" # since May
kinds = ["substantive", "minor"]

# about the web
[web]
port = 8001
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "harvester.toml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def replace_watch(file: Path, name: str, watch: WatchSettings, was: WatchSettings) -> None:
    def altered(now: WatchSettings) -> WatchSettings:
        unless_edited(WATCHES, name, was)(now)
        return watch

    replace_section(file, WATCHES, name, altered)


def remove_watch(file: Path, name: str, was: WatchSettings) -> None:
    remove_section(file, WATCHES, name, unless_edited(WATCHES, name, was))


def sale(file: Path) -> WatchSettings:
    return load_settings(file.parent, file.parent).watch["sale"]


def test_an_edit_alters_the_keys_concerned_and_no_other_line(file: Path) -> None:
    was = sale(file)
    replace_watch(file, "sale", was.model_copy(update={"side": "removed", "topic": "sale"}), was)
    wanted = TEXT.replace('side = "added" # since May', 'side = "removed"  # since May')
    assert file.read_text() == wanted.replace('"minor"]\n', '"minor"]\ntopic = "sale"\n')


def test_comments_of_keys_that_go_stay(file: Path) -> None:
    was = sale(file)
    replace_watch(file, "sale", WatchSettings(topic="sale", kinds=("substantive",)), was)
    text = file.read_text()
    assert sale(file) == WatchSettings(topic="sale", kinds=("substantive",))
    comments = [line[line.index("#") :] for line in TEXT.splitlines() if "#" in line]
    assert [one for one in comments if one not in text] == []


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_is_added_and_removed_again_leaves_the_file_as_it_was(file: Path, ends: str) -> None:
    before = TEXT.replace("\n", ends).encode()
    file.write_bytes(before)
    watch = WatchSettings(words=('say "so"\x7f', "/é\\b/"), tags=("shop",))
    append_section(file, WATCHES, "new", watch)
    assert load_settings(file.parent, file.parent).watch["new"] == watch
    remove_watch(file, "new", watch)
    assert file.read_bytes() == before


def test_nobody_writes_over_what_another_did(file: Path) -> None:
    was = sale(file)
    mine, theirs = (was.model_copy(update={"side": side}) for side in ("removed", "either"))
    replace_watch(file, "sale", theirs, was)
    with pytest.raises(EditedByAnother, match="edited meanwhile"):
        replace_watch(file, "sale", mine, was)
    with pytest.raises(EditedByAnother, match="edited meanwhile"):
        remove_watch(file, "sale", was)
    remove_watch(file, "sale", theirs)
    with pytest.raises(EditedByAnother, match="removed meanwhile"):
        replace_watch(file, "sale", mine, theirs)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[watch]\nsale = { words = ["x"] }\n', "by hand"),
        ("[watch.sale]\nwords = ['x']\n[notify.team]\nurl = 'json://x'\nwatches = ['sale']\n", "notify.team"),
        ("[watch.sale\n", "not TOML"),
    ],
)
def test_what_a_program_cannot_edit_is_left_as_it_is(file: Path, text: str, says: str) -> None:
    file.write_text(text)
    with pytest.raises(ConfigurationError, match=says):
        remove_watch(file, "sale", WatchSettings(words=("x",)))
    assert file.read_text() == text


def test_the_watches_of_a_running_program_are_those_of_the_file(file: Path) -> None:
    present = PresentSettings(load_settings(file.parent, file.parent))
    assert present.now().web.port == 8001
    append_section(file, WATCHES, "new", WatchSettings(topic="sale"))
    assert set(present.now().watch) == {"sale", "new"}
    file.write_text("[watch.sale\n")
    assert set(present.now().watch) == {"sale", "new"}, "the last good ones"
    assert "not TOML" in present.problem
    file.unlink()
    assert (present.now().watch, present.problem) == ({}, "")


def test_a_target_keeps_its_comments_its_secrets_and_what_the_environment_sets(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = '\n[notify.team] # legal\n# ask Anna for the password\nmin_words = 5 # noise\ndigest = "none"\n'
    file.write_text(TEXT + section)
    monkeypatch.setenv("HARVESTER_NOTIFY__TEAM__URL", "json://user:pass@x.example")
    present = PresentSettings(load_settings(file.parent, file.parent))
    elsewhere = present.elsewhere(TARGETS, "team")
    assert set(elsewhere) == {"url"}

    def altered(now: TargetSettings) -> TargetSettings:
        assert now == present.now().notify["team"]
        return now.model_copy(update={"min_words": 9, "only_reviewed": True, "watches": ("sale",)})

    replace_section(file, TARGETS, "team", altered, elsewhere)
    wanted = section.replace("5 # noise", "9  # noise")
    assert file.read_text() == TEXT + wanted + 'watches = ["sale"]\nonly_reviewed = true\n'
    assert present.now().notify == load_settings(file.parent, file.parent).notify


def test_a_running_program_takes_on_targets_and_keeps_the_last_good_ones(file: Path) -> None:
    present = PresentSettings(load_settings(file.parent, file.parent))
    append_section(file, TARGETS, "team", TargetSettings.model_validate({"url": "json://x", "watches": ["sale"]}))
    assert present.now().notify["team"].url.get_secret_value() == "json://x"
    for broken, says in (("notify = 3\n", "must hold sections"), ("[notify.team]\n", "url"), ("[", "not TOML")):
        file.write_text(broken)
        assert set(present.now().notify) == {"team"}
        assert says in present.problem
    file.write_text(TEXT)
    assert (present.now().notify, present.problem) == ({}, "")
