"""Watches in harvester.toml: edited by programs without losing a comment or somebody's edit, and read again at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.catalogue.toml_edits import EditedByAnother
from harvester.catalogue.watch_file import PresentWatches, append_watch, remove_watch, replace_watch
from harvester.errors import ConfigurationError
from harvester.settings import WatchSettings, load_settings

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
    append_watch(file, "new", watch)
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
    present = PresentWatches(load_settings(file.parent, file.parent))
    assert present.now().web.port == 8001
    append_watch(file, "new", WatchSettings(topic="sale"))
    assert set(present.now().watch) == {"sale", "new"}
    file.write_text("[watch.sale\n")
    assert set(present.now().watch) == {"sale", "new"}, "the last good ones"
    assert "not TOML" in present.problem
    file.unlink()
    assert (present.now().watch, present.problem) == ({}, "")
