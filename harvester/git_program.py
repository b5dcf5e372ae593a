"""The program git as exports write with it and imports read with it: its environment, its complaints, its end."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from typing import IO

NOT_INSTALLED = "the program git is not installed; install it and try again"


def git_environment() -> dict[str, str]:
    """Return the environment without variables that would point git to another repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"LC_ALL": "C"}


def complaint(stderr: bytes) -> str:
    """Return git's first complaint; empty when it ended without one."""
    said = stderr.decode("utf-8", "replace").strip().splitlines()
    return said[0] if said else ""


def end(git: subprocess.Popen[bytes]) -> None:
    """End a git process, at work or not, and close the pipes to it."""
    if git.poll() is None:
        git.kill()
        git.wait()
    streams: tuple[IO[bytes] | None, ...] = (git.stdin, git.stdout, git.stderr)
    for stream in streams:
        if stream is not None:
            # What was still to be sent to a git that is gone is lost anyway.
            with suppress(BrokenPipeError):
                stream.close()
