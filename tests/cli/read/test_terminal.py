"""No text that came from elsewhere commands the terminal or a spreadsheet, whatever command prints it."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import pty
import re
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import delete

from harvester.cli import main
from harvester.cli.output import print_csv
from harvester.store.database import Database
from harvester.store.schema import Endpoint
from tests.support.store.filled import fill
from tests.support.store.spoilt import spoil

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[8mhidden\x9b2J\r\x08\u202e"
OBEYED = re.compile(r"\x1b(?!\[[0-9;]+m)|\x1b\[8m|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e]|\r(?!\n)")
COMMANDS = [
    "log service0.example --all", "show service0.example", "diff service0.example", "blame service0.example",
    "search edition", "search --regex edition", "trends edition", "similar service0.example", "changes",
    "gaps", "services", "status", "topics", "archive status", "verify", "watch hits", "version service0.example",
    "log service0.example --format json", "gaps --format csv", "changes --format jsonl", "log none\x1b[2J.example",
    "archive check \x1b[2J", "backup nowhere/\x1b[2J/x", "no-such-command\x1b[2J", "export corpus /dev/null/\x1b[2J",
    "ask", "evidence service0.example",
]  # fmt: skip


def told(data: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What a terminal gets of a command that runs in this process."""
    ours, theirs = pty.openpty()
    seen: list[bytes] = []

    def read() -> None:
        try:
            while got := os.read(ours, 10_000):
                seen.append(got)
        except OSError:
            pass  # the other end is closed

    reader = threading.Thread(target=read)
    reader.start()
    try:
        with open(theirs, "w", encoding="utf-8", closefd=False) as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            monkeypatch.setattr(sys, "stderr", stream)
            with contextlib.suppress(SystemExit):
                main(["--data", str(data), *arguments])
            sys.stdout.flush()
            sys.stderr.flush()
    finally:
        os.close(theirs)
        reader.join()
        os.close(ours)
    return b"".join(seen).decode()


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for ``--data``, of which every text is a sequence of escapes."""
    data = tmp_path_factory.mktemp("spoilt")
    database = Database.open(f"sqlite:///{data / 'harvester.db'}")
    fill(database, services=2, captures=4)
    spoil(database, ESCAPES)
    with database.writing() as session:
        session.execute(delete(Endpoint))
    database.close()
    return data


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_a_command_prints_commands_the_terminal(
    spoilt: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["ask", "SELECT * FROM captures, versions"] if command == "ask" else command.split(" ")
    shown = told(spoilt, words, monkeypatch)
    assert shown
    assert OBEYED.findall(shown) == []


def test_a_terminal_gets_no_word_document(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = told(spoilt, ["diff", "service0.example", "--format", "docx"], monkeypatch)
    assert "a terminal cannot show a document: send it to a file, as with `> change.docx`" in " ".join(shown.split())
    assert "PK" not in shown


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
@pytest.mark.parametrize("command", ["diff service0.example", "search edition"])
def test_a_terminal_that_wants_no_colours_gets_none_and_still_sees_the_marks(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, command: str
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    words = command.replace("service0.example", "kettle.example").replace("edition", "cookie").split()
    assert "\x1b[" in told(sample_data, words, monkeypatch)
    monkeypatch.setenv(name, value)
    shown = told(sample_data, words, monkeypatch)
    assert "\x1b" not in shown
    assert re.search(r"\[-.+-\] \{\+.+\+\}" if words[0] == "diff" else r"\[cookies?\]", shown)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(1)"])
def test_no_cell_of_a_table_for_people_is_a_formula(capfdbinary: pytest.CaptureFixture[bytes], cell: str) -> None:
    print_csv(["text"], [[cell]])
    ((_,), (shown,)) = csv.reader(io.StringIO(capfdbinary.readouterr().out.decode(), newline=""))
    assert shown == f"'{cell}"


def test_numbers_of_a_table_stay_numbers(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    print_csv(["a", "b", "c"], [[-1, "-0.5", "+3"]])
    assert capfdbinary.readouterr().out == b"a,b,c\n-1,-0.5,+3\n"
