"""A server that a supervisor stops before it serves ends as one that serves does: exit code 0, no line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

from harvester.cli import SERVERS
from tests.support.paths import SAMPLE
from tests.support.service.installations import Place


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", SERVERS)
def test_a_server_stopped_while_it_starts_has_done_its_work(
    small_place: Place, command: str, number: signal.Signals
) -> None:
    """Each is caught in the middle for certain: it reads a file that the test has not written yet."""
    small_place.watches("a.example")
    small_place.has_settings("http://127.0.0.1:9", top='broker_url = "redis://127.0.0.1:9/0"\n[web]\nport = 0')
    awaited = small_place.data / "awaited"
    os.mkfifo(awaited)
    if command == "replay":
        process = small_place.start("replay", str(SAMPLE), "--faults", str(awaited), "--port", "0")
    else:
        process = small_place.start(command, HARVESTER_DATABASE_URL_FILE=str(awaited))
    # It opens when the command does; a server that ends at once does not read to the end.
    with suppress(BrokenPipeError), awaited.open("w") as file:
        process.send_signal(number)
        file.write(small_place.database_url if command != "replay" else "")
    assert process.wait(60) == 0, small_place.log(process)
    assert "stopped" not in small_place.log(process)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("words", [*SERVERS, "--config elsewhere serve", "--data=elsewhere web --port 0"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_server_stopped_before_or_after_it_does_anything_has_done_its_work_too(
    words: str, number: signal.Signals, when: str
) -> None:
    """In the time in which the commands are imported, and in which a server that has stopped closes what is open."""
    assert ended(words, number, when) == (0, "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_any_other_command_stopped_before_it_does_anything_says_so(number: signal.Signals) -> None:
    for words in ("backfill", "--config serve backfill", "log web"):
        assert ended(words, number, "before") == (130, "harvester: stopped; run the same command again\n")


def ended(words: str, number: signal.Signals, when: str) -> tuple[int, str]:
    """The exit code and errors of a command that gets a signal where its own part would begin, or when it has ended."""
    signalled = f"os.kill(os.getpid(), {int(number)}); [None for _ in range(100_000)]"
    body = signalled if when == "before" else f"with on_signal(lambda: None): pass\n    {signalled}"
    program = f"""
import os, sys, types
from harvester.cli import main
from harvester.cli.signals import on_signal
def app(**_):
    {body}
stand_in = types.ModuleType("harvester.cli.app")
stand_in.app = app
sys.modules["harvester.cli.app"] = stand_in
main({words.split()!r})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stderr
