"""`harvester replay` as a user runs it: a process, its one line, its end."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.support.archive_server.fixtures import FAULTS
from tests.support.paths import SAMPLE

KETTLE = "http://www.kettle.example/privacy.html"


def replay(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "import sys; from harvester.cli import main; sys.exit(main())", "replay"]
    return subprocess.Popen(
        [*command, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_serves_what_and_ends_cleanly(number: signal.Signals) -> None:
    with replay(SAMPLE, "--port", "0", "--late", "--faults", FAULTS / "quirks.toml") as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            base, _, rest = process.stdout.readline().partition(" ")
            assert rest.startswith("serves 72 captures of 10 URLs from ")
            answer = requests.get(f"{base}/cdx/search/cdx?url={KETTLE}&to=2010", timeout=60)
            assert "20100217194010" in answer.text
            process.send_signal(number)
            assert process.wait(timeout=60) == 0
            assert (process.stdout.read(), process.stderr.read()) == ("", "")
        finally:
            process.kill()


def test_a_folder_without_captures_is_one_line_and_exit_2(tmp_path: Path) -> None:
    with replay(tmp_path) as process:
        assert process.wait(timeout=60) == 2
        assert process.stderr is not None
        (line,) = process.stderr.read().splitlines()
        assert "nothing to replay" in line
