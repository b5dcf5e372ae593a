"""The folder that an export fills."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.errors import ConfigurationError, StoreError
from harvester.exporting import destination as destination_of
from harvester.exporting.destination import MARKER, UNFINISHED, Destination
from harvester.exporting.snapshots import corpus_path
from harvester.exporting.written import LIST, WRITING
from tests.support.exports.trees import tree


def claimed(folder: Path, kind: str = "corpus", **options: object) -> None:
    """Claims a folder and writes nothing into it."""
    with Destination.claim(folder, kind, options):
        pass


def test_a_folder_that_is_not_ours_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    before = tree(tmp_path)
    with pytest.raises(ConfigurationError, match="not empty and not an export"):
        claimed(tmp_path)
    assert tree(tmp_path) == before


def test_a_file_is_no_destination(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("")
    with pytest.raises(ConfigurationError, match="is a file"):
        claimed(tmp_path / "here")


def test_an_export_of_another_kind_or_with_other_options_is_refused(tmp_path: Path) -> None:
    claimed(tmp_path / "out", at=None)
    claimed(tmp_path / "out", at=None)
    for kind, at, differs in (("corpus", "2015", "at: none, now 2015"), ("warc", None, "export: corpus, now warc")):
        with pytest.raises(ConfigurationError, match=rf"exported with other options \({differs}\)"):
            claimed(tmp_path / "out", kind, at=at)


def test_a_damaged_marker_is_named(tmp_path: Path) -> None:
    claimed(tmp_path)
    for damaged in ("{", "1", "[1]"):
        (tmp_path / MARKER).write_text(damaged)
        with pytest.raises(ConfigurationError, match=MARKER):
            claimed(tmp_path)


@pytest.mark.parametrize("name", ["../out", "a/../../out", "/etc/passwd", "a//b", "", "a\\b", "a\x00b", "."])
def test_no_file_leaves_its_folder(tmp_path: Path, name: str) -> None:
    with (
        Destination.claim(tmp_path / "in", "corpus", {}) as destination,
        pytest.raises(ConfigurationError, match="not the name of a file"),
    ):
        destination.write(name, b"")
    assert set(tree(tmp_path)) == {f"in/{MARKER}", f"in/{LIST}"}


@pytest.mark.parametrize("service", ["", "../../x", "a/b", ".git", "a\\b", "a\nb"])
def test_a_service_whose_name_is_no_file_name_is_refused(service: str) -> None:
    with pytest.raises(ConfigurationError):
        corpus_path(service)


def test_an_interrupted_write_leaves_no_file_of_that_name(tmp_path: Path) -> None:
    def write_half() -> None:
        with destination.writing("a/b.md") as file:
            file.write(b"half of ")
            raise KeyboardInterrupt

    with Destination.claim(tmp_path, "corpus", {}) as destination:
        with pytest.raises(KeyboardInterrupt):
            write_half()
        assert set(tree(tmp_path)) == {MARKER, WRITING}
        destination.write("a/b.md", b"whole")
    assert set(tree(tmp_path)) == {MARKER, LIST, "a/b.md"}


def test_two_exports_do_not_fill_one_folder_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(destination_of, "PATIENCE_SECONDS", 0.1)
    with Destination.claim(tmp_path, "corpus", {}), pytest.raises(StoreError, match="another export is writing"):
        claimed(tmp_path)
    claimed(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_named_and_leaves_no_half_file(tmp_path: Path) -> None:
    def write(content: bytes) -> None:
        with Destination.claim(tmp_path, "corpus", {}) as destination:
            destination.write("a.md", content)

    write(b"earlier")
    (tmp_path / f"a.md{UNFINISHED}").symlink_to("/dev/full")
    with pytest.raises(StoreError, match=r"cannot be written \(No space left on device\)"):
        write(b"later")
    assert tree(tmp_path, ".harvester-") == {"a.md": b"earlier"}
    write(b"later")
    assert tree(tmp_path, ".harvester-") == {"a.md": b"later"}
