"""Killed at any instant and begun again, an export leaves the files of one that was left in peace, each whole."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from harvester.exporting.destination import MARKER, UNFINISHED
from harvester.exporting.written import LIST, WRITING
from harvester.git_program import git_environment
from tests.support.exports.forms import FORMS, export_as
from tests.support.exports.killing import KILLS, killed_and_begun_again, undisturbed
from tests.support.exports.trees import tree

NOTES = (".harvester-tables.json", WRITING, f"{LIST}-sorting")


@pytest.mark.timeout(120 + 30 * KILLS)
@pytest.mark.parametrize("form", FORMS)
def test_killed_at_random_instants_an_export_has_no_half_file_and_ends_with_the_same_files(
    form: str, sample_copy: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{sample_copy / 'harvester.db'}"
    calm, folder = tmp_path / "calm", tmp_path / "killed"
    longest = undisturbed(export_as, url, form, calm)
    wanted = tree(calm, ".git/")
    assert len(wanted) > 3

    def after_kill() -> None:
        for name, content in tree(folder, ".git/").items():
            # What git checks out has its name from the beginning; notes grow with what is written.
            if not name.endswith(UNFINISHED) and name not in NOTES and form != "git":
                assert content == wanted[name], name

    def afresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)

    def when_done() -> None:
        assert tree(folder, ".git/") == wanted
        if form == "git":
            assert told(folder, "rev-parse", "main") == told(calm, "rev-parse", "main")
            assert told(folder, "status", "--porcelain") == ""
            told(folder, "fsck", "--strict")

    killed_and_begun_again(
        export_as, url, form, folder,
        longest=longest, afresh=afresh, after_kill=after_kill, when_done=when_done,
    )  # fmt: skip


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_tables_finished_by_an_export_that_was_killed_at_its_card_stay_known(
    form: str, sample_copy: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{sample_copy / 'harvester.db'}"
    export_as(url, form, tmp_path)
    wanted = tree(tmp_path, ".git/")
    (tmp_path / "README.md").unlink()
    export_as(url, form, tmp_path)
    assert tree(tmp_path, ".git/") == wanted


def told(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True, env=git_environment())
    return ran.stdout.decode()


LOCKS = ("index", "HEAD", "config", "refs/heads/main", "refs/harvester/building", "info/fast-import/harvester-marks")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_that_a_killed_git_left_does_not_stop_the_next_export(
    sample_copy: Path, tmp_path: Path, name: str
) -> None:
    url = f"sqlite:///{sample_copy / 'harvester.db'}"
    export_as(url, "git", tmp_path / "calm")
    export_as(url, "git", tmp_path / "killed")
    lock = tmp_path / "killed" / ".git" / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    export_as(url, "git", tmp_path / "killed")
    assert told(tmp_path / "killed", "rev-parse", "main") == told(tmp_path / "calm", "rev-parse", "main")
    assert not lock.exists()


@pytest.mark.parametrize("form", ["corpus", "git"])
def test_an_export_killed_while_it_claimed_its_folder_goes_on(sample_copy: Path, tmp_path: Path, form: str) -> None:
    url = f"sqlite:///{sample_copy / 'harvester.db'}"
    export_as(url, form, tmp_path / "calm")
    at = tmp_path / "killed" / (MARKER if form == "corpus" else ".git/harvester-export.json")
    at.parent.mkdir(parents=True)
    for left in (None, "", '{"at'):
        if left is not None:
            at.with_name(at.name + UNFINISHED).write_text(left)
        export_as(url, form, tmp_path / "killed")
        assert tree(tmp_path / "killed", ".git/") == tree(tmp_path / "calm", ".git/")
        shutil.rmtree(tmp_path / "killed")
        at.parent.mkdir(parents=True)
