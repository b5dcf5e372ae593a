"""``import corpus`` of a plain folder parts of which cannot be read: they are listed, the rest is imported."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harvester.errors import ConfigurationError
from harvester.importing.importer import corpus_files, ota_files
from harvester.importing.published import Skipped
from harvester.store.content.publication import Published

NOBODY = 65_534


@pytest.fixture
def published(shared: Path) -> Iterator[Path]:
    """A folder with one document, which another user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="harvester-test-"))
    folder.chmod(0o755)
    shutil.copyfile(min((shared / "documents").glob("*.md")), folder / "good.md")
    yield folder
    for parent, _, _ in os.walk(folder):
        Path(parent).chmod(0o700)
    shutil.rmtree(folder)


@contextmanager
def not_as_root() -> Iterator[None]:
    """For root no folder is closed."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def left_out(folder: Path, *services: str) -> list[tuple[str, str]]:
    with not_as_root():
        found = list(corpus_files(folder, services=services))
    assert sum(isinstance(one, Published) for one in found) == (not services)
    return [(one.path, one.reason) for one in found if isinstance(one, Skipped)]


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_a_subfolder_that_cannot_be_read_is_listed(published: Path, mode: int) -> None:
    closed = published / "k" / "closed"
    closed.mkdir(parents=True)
    shutil.copyfile(published / "good.md", closed / "lost.md")
    closed.chmod(mode)
    # Where a folder may be listed, but nothing in it opened, its files are what cannot be read.
    name = "k/closed/lost.md" if mode == 0o444 else "k/closed"
    assert left_out(published) == [(name, "it cannot be read (Permission denied)")]
    # Nobody knows whether the service asked for is in there.
    assert left_out(published, "nosuch.example") == [(name, "it cannot be read (Permission denied)")]


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_a_folder_that_cannot_be_read_itself_is_refused(published: Path, mode: int) -> None:
    published.chmod(mode)
    for find in (corpus_files, ota_files):
        with not_as_root(), pytest.raises(ConfigurationError, match=f"{published} "):
            list(find(published))


def test_a_folder_deeper_than_the_system_names_is_listed(published: Path) -> None:
    at = os.open(published, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=at)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)
    ((name, reason),) = left_out(published)
    assert name.startswith("d" * 200)
    assert reason == "it cannot be read (File name too long)"
    shutil.rmtree(published / ("d" * 200))
