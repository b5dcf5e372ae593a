"""Killed at any instant and begun again, an export leaves the files of one that was left in peace, each whole."""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from harvester.exporting.destination import MARKER, UNFINISHED
from harvester.exporting.written import LIST, WRITING
from harvester.git_program import git_environment
from tests.support.exports.forms import FORMS, export_as
from tests.support.exports.killing import KILLS, killed_and_begun_again, undisturbed
from tests.support.exports.trees import tree

NOTES = (".harvester-tables.json", WRITING, f"{LIST}-sorting")


class Calm(NamedTuple):
    """What an export that was left in peace made of the store at `url`, and the seconds that it took."""

    url: str
    folder: Path
    seconds: float


@pytest.fixture(scope="module")
def calm(sample_data: Path, few_versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Calm]:
    """Exports of the sample by form; of few versions where a site is exported, which has pages for each."""

    @functools.cache
    def exported(form: str) -> Calm:
        folder = tmp_path_factory.mktemp(form)
        shutil.copy((few_versions if form == "site" else sample_data) / "harvester.db", folder)
        url = f"sqlite:///{folder / 'harvester.db'}"
        return Calm(url, folder / "calm", undisturbed(export_as, url, form, folder / "calm"))

    return exported


@pytest.mark.timeout(120 + 30 * KILLS)
@pytest.mark.parametrize("form", FORMS)
def test_killed_at_random_instants_an_export_has_no_half_file_and_ends_with_the_same_files(
    form: str, calm: Callable[[str], Calm], tmp_path: Path
) -> None:
    url, left_in_peace, longest = calm(form)
    folder = tmp_path / "killed"
    wanted = tree(left_in_peace, ".git/")
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
            assert told(folder, "rev-parse", "main") == told(left_in_peace, "rev-parse", "main")
            assert told(folder, "status", "--porcelain") == ""
            told(folder, "fsck", "--strict")

    killed_and_begun_again(
        export_as, url, form, folder,
        longest=longest, afresh=afresh, after_kill=after_kill, when_done=when_done,
    )  # fmt: skip


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_tables_finished_by_an_export_that_was_killed_at_its_card_stay_known(
    form: str, calm: Callable[[str], Calm], tmp_path: Path
) -> None:
    wanted = tree(calm(form).folder, ".git/")
    killed = shutil.copytree(calm(form).folder, tmp_path / "killed")
    (killed / "README.md").unlink()
    export_as(calm(form).url, form, killed)
    assert tree(killed, ".git/") == wanted


def told(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True, env=git_environment())
    return ran.stdout.decode()


LOCKS = ("index", "HEAD", "config", "refs/heads/main", "refs/harvester/building", "info/fast-import/harvester-marks")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_that_a_killed_git_left_does_not_stop_the_next_export(
    calm: Callable[[str], Calm], tmp_path: Path, name: str
) -> None:
    killed = shutil.copytree(calm("git").folder, tmp_path / "killed")
    lock = killed / ".git" / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    export_as(calm("git").url, "git", killed)
    assert told(killed, "rev-parse", "main") == told(calm("git").folder, "rev-parse", "main")
    assert not lock.exists()


@pytest.mark.parametrize("form", ["corpus", "git"])
def test_an_export_killed_while_it_claimed_its_folder_goes_on(
    calm: Callable[[str], Calm], tmp_path: Path, form: str
) -> None:
    at = tmp_path / (MARKER if form == "corpus" else ".git/harvester-export.json")
    at.parent.mkdir(parents=True, exist_ok=True)
    for left in (None, "", '{"at'):
        if left is not None:
            at.with_name(at.name + UNFINISHED).write_text(left)
        export_as(calm(form).url, form, tmp_path)
        assert tree(tmp_path, ".git/") == tree(calm(form).folder, ".git/")
        shutil.rmtree(tmp_path)
        at.parent.mkdir(parents=True)
