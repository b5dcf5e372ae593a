"""The command line: each command parses, opens what it needs, calls one function and prints what that gave.

A command's module is imported when it is called, and imports what it calls inside its function, so that what reads
answers at once (importing everything takes a second; measured with ``python -X importtime``).
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from collections.abc import Sequence

from harvester.cli.output import guard_terminals, open_streams
from harvester.cli.signals import STOPPED, ended_by_signals, interrupted_by_signals
from harvester.errors import ConfigurationError, HarvesterError, StoreError

GLOBAL_OPTIONS = ("--config", "--data")
SERVERS = ("serve", "web", "up", "worker", "replay")
"""The commands that run until they are stopped: to be stopped is no failure of theirs, however early it comes."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the ``harvester`` command. An error that harvester raises is one line on stderr and its exit code."""
    open_streams()
    guard_terminals()
    # Nothing that is imported is garbage: to look for some among it takes a tenth of the time of a short command, and a
    # fifth when Python ends.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)
    words = globals_first(sys.argv[1:] if arguments is None else arguments)
    try:
        with ended_by_signals() if command_of(words) in SERVERS else interrupted_by_signals() as interrupted:
            try:
                from harvester.cli.app import app

                app(args=words, prog_name="harvester")
            finally:
                sys.stdout.flush()
                if interrupted is not None and interrupted.is_set():
                    print("harvester: stopped; run the same command again", file=sys.stderr, flush=True)
                    # Everything is closed. A library's thread may still wait for work, and Python for that thread.
                    os._exit(STOPPED)
    except HarvesterError as error:
        print(f"harvester: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has closed it (`harvester log x | head`): no error. What is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if error.filename is not None:
            where = os.fsdecode(error.filename) if isinstance(error.filename, bytes) else error.filename
            print(f"harvester: {where}: {error.strerror}; name another file or folder", file=sys.stderr)
            sys.exit(StoreError.exit_code if error.errno in _NO_ROOM else ConfigurationError.exit_code)
        if error.errno not in _NO_ROOM:
            raise
        # `harvester search x > /full/disk/file`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(
            f"harvester: standard output cannot be written: {error.strerror}; write elsewhere",
            file=sys.stderr,
        )
        sys.exit(StoreError.exit_code)


def globals_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with ``--config DIR`` and ``--data DIR`` first, so that they may stand anywhere."""
    moved: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for one in left:
        if one == "--":
            rest += [one, *left]
        elif one in GLOBAL_OPTIONS:
            moved += [one, *([value] if (value := next(left, None)) is not None else [])]
        elif one.startswith(tuple(f"{name}=" for name in GLOBAL_OPTIONS)):
            moved.append(one)
        else:
            rest.append(one)
    return moved + rest


def command_of(arguments: Sequence[str]) -> str:
    """Return the command of arguments that begin with the global options; nothing where there is none."""
    left = iter(arguments)
    for one in left:
        if one in GLOBAL_OPTIONS:
            next(left, None)
        elif not one.startswith("-"):
            return one
    return ""
