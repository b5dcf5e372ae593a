"""What commands print, as somebody reads it aloud: what was tried, on what, and what to do."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from harvester.cli import main
from tests.support.harvest.commands import configuration

Said = Callable[..., tuple[int, str]]


@pytest.fixture
def said(sample_copy: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Said:
    """Runs a command on a copy of the sample's store, since trends keep what they looked through, and gives its exit
    code and all that it printed.
    """
    config = configuration(tmp_path / "config", "http://127.0.0.1:9")

    def run(*arguments: str) -> tuple[int, str]:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["--config", str(config), "--data", str(sample_copy), *arguments])
        printed = capfd.readouterr()
        return int(ended.value.code or 0), printed.out + printed.err

    return run


@pytest.mark.parametrize(
    ("command", "code", "sentence"),
    [
        ("trends --statement poem", 2, "harvester: --statement poem: must be one of period, age,"),
        ("trends --topic poem", 2, "harvester: there is no topic 'poem'; choose one of access, age,"),
        (
            "trends --party Nobody",
            0,
            "harvester: no policy names Nobody; `harvester trends --parties` lists who is named",
        ),
        ("changes --added zzzz", 0, "harvester: no change matches\n"),
        ("watch list", 0, "harvester: no watches yet; `harvester watch add` adds one\n"),
        ("watch hits none", 2, "there is no watch 'none' in harvester.toml, which has none; see docs/watches.md\n"),
        ("notify test none", 2, "there is no target 'none' in harvester.toml, which has none; see docs/notices.md\n"),
        ("log kettle.example/imprint", 2, "the store has no imprint of kettle.example; it has kettle.example\n"),
        ("search 'twelve months' --service kettle.example", 0, "kettle.example: 2019-12-31, in 1 of 9 versions\n"),
        ("status", 0, "scheduler: not running\n"),
        ("status", 0, "archives asked by default: "),
        ("review show kettle.example/20180526000305", 0, "\n    24: 231 words touched\n"),
        ("add bad..domain", 2, "'bad..domain' is not the domain of a site; name a domain such as example.com"),
    ],
)
def test_a_sentence_is_read_once(said: Said, command: str, code: int, sentence: str) -> None:
    found, printed = said(*shlex.split(command))
    assert found == code, printed
    assert sentence in printed


def test_what_was_written_is_said_with_its_nouns(said: Said, tmp_path: Path) -> None:
    _, printed = said("export", "csv", str(tmp_path / "tables"))
    assert "tables: 30 rows of versions, 25 rows of changes, " in printed
    _, printed = said("evidence", "kettle.example", "9", str(tmp_path / "proof"))
    assert (
        f"{tmp_path / 'proof'}: evidence of the change of kettle.example first seen on 2019-12-31T23:58:47Z\n"
        in printed
    )


def test_gaps_say_why_a_capture_was_left_out(said: Said) -> None:
    _, printed = said("gaps", "lanternpost.example")
    rows = [line for line in printed.splitlines() if " left-out " in line]
    assert rows
    assert all(len(line.split(" left-out ")[1].split()) > 3 for line in rows)


def test_a_path_that_holds_nothing_to_import_makes_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = configuration(tmp_path / "config", "http://127.0.0.1:9")
    for kind in ("corpus", "ota", "warc", "pages"):
        with pytest.raises(SystemExit) as ended:
            main(["--config", str(config), "--data", str(tmp_path / "data"), "import", kind, str(tmp_path / "none")])
        assert ended.value.code == 2
        assert str(tmp_path / "none") in capsys.readouterr().err
        assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", [("remove", "a.example"), ("rename", "a.example", "b.example")])
def test_a_catalogue_that_is_not_there_is_said_to_be_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--config", str(tmp_path / "config"), "--data", str(tmp_path / "data"), *command])
    assert ended.value.code == 2
    assert f"there is no catalogue {tmp_path / 'config' / 'services.toml'}" in capsys.readouterr().err
