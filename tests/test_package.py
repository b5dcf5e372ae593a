"""What `pip install` brings: the sdist has all that the wheel is made from, the wheel all that the commands need."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from harvester._version import __version__
from tests.support.paths import ROOT

BUILD = "import sys; from setuptools import build_meta; getattr(build_meta, 'build_' + sys.argv[1])(sys.argv[2])"
NAME = f"harvester-{__version__}"


def _built(kind: str, tree: Path, into: Path) -> None:
    """Build as `python -m build` does, with the setuptools of this environment."""
    subprocess.run([sys.executable, "-c", BUILD, kind, into], cwd=tree, check=True, capture_output=True)


@pytest.fixture(scope="module")
def listed() -> list[str]:
    """The files of the repository."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a checkout of git")
    return [name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def built(listed: list[str], tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """The names in the sdist of this checkout, and in the wheel that is built from that sdist alone."""
    folder = tmp_path_factory.mktemp("package")
    for name in listed:
        if name.startswith(("harvester/", "docs/harvester.1")) or "/" not in name:
            (folder / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / "tree" / name)
    _built("sdist", folder / "tree", folder)
    with tarfile.open(folder / f"{NAME}.tar.gz") as sdist:
        inside = {one.name for one in sdist.getmembers() if one.isfile()}
        sdist.extractall(folder, filter="data")
    _built("wheel", folder / NAME, folder)
    with zipfile.ZipFile(folder / f"{NAME}-py3-none-any.whl") as wheel:
        return inside, set(wheel.namelist())


def test_the_wheel_has_every_file_of_the_program_and_no_other(
    listed: list[str], built: tuple[set[str], set[str]]
) -> None:
    program = {name for name in listed if name.startswith("harvester/")}
    _, wheel = built
    assert {name for name in wheel if name.startswith("harvester/")} == program
    rest = {name for name in wheel if not name.startswith(("harvester/", f"{NAME}.dist-info/"))}
    assert rest == {f"{NAME}.data/data/share/man/man1/harvester.1"}
    for name in ("entry_points.txt", "licenses/LICENSE", "licenses/NOTICE"):
        assert f"{NAME}.dist-info/{name}" in wheel


def test_the_sdist_has_the_program_its_licence_and_its_page(
    listed: list[str], built: tuple[set[str], set[str]]
) -> None:
    sdist, _ = built
    program = {name for name in listed if name.startswith("harvester/")}
    needed = program | {"LICENSE", "NOTICE", "README.md", "pyproject.toml", "docs/harvester.1"}
    assert {f"{NAME}/{name}" for name in needed} <= sdist
