"""An export that is run again after the store changed: its folder is as a fresh export would be, and no stranger's
file in it is touched."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from harvester.clock import utc_now
from harvester.errors import ConfigurationError
from harvester.exporting.destination import Destination
from harvester.exporting.written import LIST, WRITING
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.schema import Capture, Service
from tests.support.exports.forms import FORMS, export_as
from tests.support.exports.trees import tree
from tests.support.store.removal import forget_text, remove_service

GONE = "kettle.example"
STRANGERS = {"notes.txt": b"years of work", "k/ke/my.md": b"mine", "services/mine/index.html": b"<p>mine"}
STRANGE_FOLDERS = {"k", "k/ke", "services", "services/mine"}


class Exported(NamedTuple):
    """What an export of a form made before its store changed and afterwards, and the address of the store."""

    form: str
    url: str
    earlier: Path
    fresh: Path


def change_the_store(url: str) -> None:
    """Takes a service out, and of another the newest captures."""
    database = Database(url)
    with database.writing() as session:
        remove_service(session, GONE)
        other = session.scalars(select(Service).order_by(Service.name)).first()
        assert other is not None
        captures = select(Capture).where(Capture.service_id == other.id, Capture.outcome == "stored")
        for one in session.scalars(captures.order_by(Capture.timestamp.desc()).limit(2)):
            forget_text(one)
        refresh(session, other.id, now=utc_now())
    database.close()


def files(folder: Path) -> dict[str, bytes]:
    """What a reader of an export finds, and the list of what was written."""
    return tree(folder, ".git/")


def folders(folder: Path) -> set[str]:
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_dir() and ".git" not in one.parts}


@pytest.fixture(scope="module", params=FORMS)
def exported(
    request: pytest.FixtureRequest, sample_data: Path, few_versions: Path, tmp_path_factory: pytest.TempPathFactory
) -> Exported:
    """A form, with exports of a store before and after it changed; a small one where a site is exported."""
    form, folder = str(request.param), tmp_path_factory.mktemp("exported")
    shutil.copy((few_versions if form == "site" else sample_data) / "harvester.db", folder)
    url = f"sqlite:///{folder / 'harvester.db'}"
    export_as(url, form, folder / "earlier")
    change_the_store(url)
    export_as(url, form, folder / "fresh")
    return Exported(form, url, folder / "earlier", folder / "fresh")


def test_after_the_store_changed_the_folder_is_as_a_fresh_export_would_be_and_no_file_of_others_is_touched(
    exported: Exported, tmp_path: Path
) -> None:
    again = shutil.copytree(exported.earlier, tmp_path / "again")
    for name, content in STRANGERS.items():
        (again / name).parent.mkdir(parents=True, exist_ok=True)
        (again / name).write_bytes(content)
    export_as(exported.url, exported.form, again)
    assert files(again) == files(exported.fresh) | STRANGERS
    assert folders(again) == folders(exported.fresh) | STRANGE_FOLDERS
    assert files(exported.fresh) != files(exported.earlier)
    if exported.form in ("corpus", "site"):
        written = {one: one.stat().st_mtime_ns for one in again.rglob("*.html")}
        assert len(written) > 5
        export_as(exported.url, exported.form, again)
        assert {one: one.stat().st_mtime_ns for one in again.rglob("*.html")} == written, "an equal file is left alone"


def test_what_a_killed_export_of_an_earlier_store_left_is_removed(exported: Exported, tmp_path: Path) -> None:
    half = shutil.copytree(exported.earlier, tmp_path / "half")
    notes = half / ".git" if exported.form == "git" else half
    # As it stands when the kill comes after the last file was written.
    (notes / LIST).rename(notes / WRITING)
    if exported.form == "git":
        (half / ".git" / "index").unlink()
    export_as(exported.url, exported.form, half)
    assert files(half) == files(exported.fresh)
    assert folders(half) == folders(exported.fresh)
    assert not (notes / WRITING).exists()


def write(folder: Path, **named: bytes) -> None:
    with Destination.claim(folder, "corpus", {}) as destination:
        for name, content in named.items():
            destination.write(name, content)


def test_a_stranger_s_file_of_a_name_that_the_export_needs_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path, a=b"1")
    (tmp_path / "b").write_bytes(b"mine")
    with pytest.raises(ConfigurationError, match=r"b was not written by an export"):
        write(tmp_path, a=b"1", b=b"2")
    assert (tmp_path / "b").read_bytes() == b"mine"
    (tmp_path / "b").write_bytes(b"2")
    write(tmp_path, a=b"1", b=b"2")
    write(tmp_path, a=b"1")
    assert set(tree(tmp_path, ".harvester")) == {"a"}


def test_an_export_that_fails_removes_nothing(tmp_path: Path) -> None:
    write(tmp_path, a=b"1", b=b"2")

    def half() -> None:
        with Destination.claim(tmp_path, "corpus", {}) as destination:
            destination.write("c", b"3")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert set(tree(tmp_path, ".harvester")) == {"a", "b", "c"}
    write(tmp_path, b=b"2")
    assert set(tree(tmp_path, ".harvester")) == {"b"}


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../outside"])
def test_a_list_that_names_what_is_outside_removes_nothing_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside").write_text("mine")
    write(tmp_path / "out", a=b"1")
    with (tmp_path / "out" / LIST).open("a") as written:
        written.write(f"{name}\n")
    with pytest.raises(ConfigurationError, match="not the name of a file"):
        write(tmp_path / "out", a=b"1")
    assert (tmp_path / "outside").read_text() == "mine"


def test_a_name_that_a_kill_cut_off_is_no_name(tmp_path: Path) -> None:
    write(tmp_path, a=b"1", ab=b"2")
    (tmp_path / "a.unfinished").write_bytes(b"ha")
    (tmp_path / WRITING).write_bytes(b"a\nsub/fi")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "fi").write_bytes(b"mine")
    write(tmp_path, b=b"3")
    assert tree(tmp_path, ".harvester") == {"b": b"3", "sub/fi": b"mine"}
    assert (tmp_path / LIST).read_text() == "b\n"


def test_a_folder_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "out", **{"sub/a": b"1", "b": b"2"})
    shutil.move(tmp_path / "out" / "sub", tmp_path / "elsewhere")
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    write(tmp_path / "out", b=b"2")
    assert (tmp_path / "elsewhere" / "a").read_bytes() == b"1"


def test_a_stranger_s_file_where_a_folder_of_ours_was_stays(tmp_path: Path) -> None:
    write(tmp_path, **{"sub/deep/a": b"1", "sub/b": b"1", "c": b"2"})
    shutil.rmtree(tmp_path / "sub")
    (tmp_path / "sub").write_bytes(b"mine")
    write(tmp_path, c=b"2")
    assert tree(tmp_path, ".harvester") == {"c": b"2", "sub": b"mine"}


def test_names_that_are_not_text_are_listed_too(tmp_path: Path) -> None:
    odd = os.fsdecode(b"caf\xe9")
    write(tmp_path, **{odd: b"1", "a": b"1"})
    write(tmp_path, a=b"1")
    assert set(tree(tmp_path, ".harvester")) == {"a"}
    assert json.loads((tmp_path / ".harvester-export.json").read_text())["export"] == "corpus"
