"""The documentation holds: every command, setting, error and outcome is in it, and README's session is what happens."""

from __future__ import annotations

import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from typer.main import get_command

from harvester import errors
from harvester.catalogue.entries import ServiceEntry
from harvester.cli.app import app
from harvester.settings import Settings
from harvester.store.ledger.ledger import Outcome
from tests.support.forked import Command, ran
from tests.support.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "docs").glob("*.md")}


def commands() -> Iterator[tuple[str, object]]:
    """Every command with its full name."""

    def below(command: object, name: str) -> Iterator[tuple[str, object]]:
        children = getattr(command, "commands", None)
        if children is None:
            yield name, command
        for child, inner in sorted((children or {}).items()):
            yield from below(inner, f"{name} {child}".strip())

    yield from below(get_command(app), "")


def test_every_command_and_option_is_in_the_reference() -> None:
    reference = DOCS["commands.md"]
    assert "backfill" in dict(commands())
    for name, command in commands():
        assert f"## harvester {name}\n" in reference, f"run: python docs/make_commands.py ({name})"
        shown = [one for one in command.params if not getattr(one, "hidden", False)]  # type: ignore[attr-defined]
        for parameter in shown:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    section = reference.split(f"## harvester {name}\n", 1)[1].split("\n## ", 1)[0]
                    assert option in section, f"harvester {name} {option}"


def test_the_pages_of_commands_are_what_their_generator_writes_and_man_reads_its_one() -> None:
    generator = ROOT / "docs" / "make_commands.py"
    made = subprocess.run([sys.executable, generator, "--print"], capture_output=True, text=True, check=True)
    page = ROOT / "docs" / "harvester.1"
    manual = page.read_text(encoding="utf-8")
    assert made.stdout == DOCS["commands.md"] + manual, "run: python docs/make_commands.py"
    assert all(f".SS harvester {name}\n".replace("-", "\\-") in manual for name, _ in commands())
    if (groff := shutil.which("groff")) is not None:
        read = subprocess.run([groff, "-man", "-ww", "-Tutf8", page], capture_output=True, text=True, check=True)
        assert read.stderr == ""
        assert "harvester backfill" in read.stdout


def test_every_setting_is_in_the_configuration_page() -> None:
    page = DOCS["configuration.md"]
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            assert f"### [{name}" in page
            missing = [key for key in kind.model_fields if f"`{key}`" not in page]
        else:
            missing = [] if f"`{name}`" in page or f"### [{name}" in page else [name]
        assert not missing, missing
    for key in ("name", "sources", "sample", "every", "keep", "tags", "languages", "require_policy"):
        assert key in ServiceEntry.model_fields
        assert f"`{key}`" in page


def test_every_error_is_drawn_in_the_tree_of_errors() -> None:
    drawn = inspect.getdoc(errors) or ""
    classes = [name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, Exception)]
    assert classes
    assert [name for name in classes if not re.search(rf"\b{name}\b", drawn)] == []
    assert all(inspect.getdoc(getattr(errors, name)) for name in classes)
    assert [name for name in classes if f"`{name}`" not in DOCS["errors.md"]] == []


def test_every_outcome_is_explained() -> None:
    assert [outcome for outcome in Outcome if f"`{outcome}`" not in DOCS["harvesting.md"]] == []


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    ]
    assert len(links) > len(pages)
    assert [
        f"{page.relative_to(ROOT)}: {target}" for page, target in links if not (page.parent / target).exists()
    ] == []


def test_the_make_targets_of_the_readme_exist() -> None:
    lines = re.findall(r"^make [^#\n]+", README, re.M)
    assert lines
    for line in lines:
        subprocess.run(["make", "-n", *line.split()[1:]], cwd=ROOT, check=True, capture_output=True)


def test_the_first_session_of_the_readme_is_what_happens(sample_data: Path) -> None:
    session = re.findall(r"```sh\n(harvester [^\n]+)\n```\n(?:\n```text\n(.*?)```)?", README, re.S)
    assert len(session) >= 4
    for command, output in session:
        if "--plan" in command:
            continue
        arguments = ["--config", "data/sample", "--data", sample_data, *shlex.split(command)[1:]]
        done = ran(Command(arguments, environment=dict(os.environ), folder=ROOT), 100)
        assert done.returncode == 0, (command, done.stderr)
        if output:
            assert done.stdout == output, command


def test_the_catalogue_of_the_readme_is_one(tmp_path: Path) -> None:
    from harvester.catalogue.entries import load_catalogue

    (block,) = re.findall(r"```toml\n(.*?)```", README, re.S)
    (tmp_path / "services.toml").write_text(block, encoding="utf-8")
    assert load_catalogue(tmp_path / "services.toml")[0].name == "jivochat.com"


def test_the_site_of_the_documentation_lists_pages_that_exist_and_every_tutorial() -> None:
    listed = re.findall(r"(\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in listed if not (ROOT / "docs" / name).is_file()] == []
    assert {f"tutorials/{file.name}" for file in (ROOT / "docs" / "tutorials").glob("*.md")} <= set(listed)
