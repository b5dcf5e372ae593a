"""The folder that an export fills."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.errors import ConfigurationError
from harvester.export.destination import MARKER, Destination
from harvester.export.snapshots import corpus_path
from tests.export.trees import tree


def test_a_folder_that_is_not_ours_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    before = tree(tmp_path)
    with pytest.raises(ConfigurationError, match="not empty and holds no export"):
        Destination.claim(tmp_path, "corpus", {})
    assert tree(tmp_path) == before


def test_a_file_is_no_destination(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("")
    with pytest.raises(ConfigurationError, match="is a file"):
        Destination.claim(tmp_path / "here", "corpus", {})


def test_an_export_of_another_kind_or_with_other_options_is_refused(tmp_path: Path) -> None:
    Destination.claim(tmp_path / "out", "corpus", {"at": None})
    Destination.claim(tmp_path / "out", "corpus", {"at": None})
    for kind, at in (("corpus", "2015"), ("warc", None)):
        with pytest.raises(ConfigurationError, match="made otherwise"):
            Destination.claim(tmp_path / "out", kind, {"at": at})


def test_a_damaged_marker_is_named(tmp_path: Path) -> None:
    Destination.claim(tmp_path, "corpus", {})
    (tmp_path / MARKER).write_text("{")
    with pytest.raises(ConfigurationError, match=MARKER):
        Destination.claim(tmp_path, "corpus", {})


@pytest.mark.parametrize("name", ["../out", "a/../../out", "/etc/passwd", "a//b", "", "a\\b", "a\x00b", "."])
def test_no_file_leaves_its_folder(tmp_path: Path, name: str) -> None:
    destination = Destination.claim(tmp_path / "in", "corpus", {})
    with pytest.raises(ConfigurationError, match="no name of a file"):
        destination.write(name, b"")
    assert set(tree(tmp_path)) == {f"in/{MARKER}"}


@pytest.mark.parametrize("service", ["", "../../x", "a/b", ".git", "a\\b", "a\nb"])
def test_a_service_whose_name_is_no_file_name_is_refused(service: str) -> None:
    with pytest.raises(ConfigurationError):
        corpus_path(service)


def test_an_interrupted_write_leaves_no_file_of_that_name(tmp_path: Path) -> None:
    destination = Destination.claim(tmp_path, "corpus", {})

    def write_half() -> None:
        with destination.writing("a/b.md") as file:
            file.write(b"half of ")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert not (tmp_path / "a" / "b.md").exists()
    destination.write("a/b.md", b"whole")
    assert set(tree(tmp_path)) == {MARKER, "a/b.md"}
