"""What is published agrees: the version, the changelog, the citation, the Python versions and the pinned actions."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml

from harvester._version import __version__
from tests.support.paths import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")


def test_the_changelog_begins_with_the_version_of_the_code() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    newest = headings[0]
    assert re.fullmatch(rf"{re.escape(__version__)} \((unreleased|\d{{4}}-\d\d-\d\d)\)", newest), newest
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)", earlier) for earlier in headings[1:])


def test_the_citation_names_the_version_of_the_code() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
    assert citation["license"] == PROJECT["license"]


def test_ci_runs_every_python_that_the_classifiers_name() -> None:
    prefix = "Programming Language :: Python :: 3."
    named = [one.removeprefix(prefix) for one in PROJECT["classifiers"] if one.startswith(prefix)]
    matrix = yaml.safe_load(WORKFLOW)["jobs"]["pythons"]["strategy"]["matrix"]["python"]
    assert matrix == [f"3.{minor}" for minor in named]
    assert PROJECT["requires-python"] == f">={matrix[0]}"


def test_actions_and_images_of_ci_are_pinned_to_a_version() -> None:
    used = re.findall(r"(?:uses|image): *(\S+)", WORKFLOW)
    assert used
    assert [one for one in used if not re.search(r"[@:]v?\d+\.\d+(\.\d+)?$", one)] == []


def test_ci_runs_what_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for command in re.findall(r"- run: (.+)$", WORKFLOW, re.M):
        program, _, argument = command.partition(" ")
        assert (ROOT / program).exists() or (program == "make" and argument in targets), command


def test_hooks_before_a_commit_are_local() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert {one["repo"] for one in yaml.safe_load(text)["repos"]} == {"local"}
    assert "://" not in text


def test_each_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(file.name for file in folder.glob("0*.md"))
    assert re.findall(r"\]\((0\S+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")) == records
    assert [name[:4] for name in records] == [f"{number:04}" for number in range(1, len(records) + 1)]


def test_every_locked_package_of_the_core_is_in_the_larger_locks() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / name).read_text(encoding="utf-8"), re.M))

    core, service, dev = (pins(f"requirements{suffix}.lock") for suffix in ("", "-service", "-dev"))
    assert core
    assert core <= service <= dev
