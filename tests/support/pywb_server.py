"""A real pywb over the small real archive in ``../shared``: the other implementation of a web archive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.support.service.ports import free_port

# pywb asks for a redis client of 2017, so `make test` gives it an environment of its own inside ours.
TOOLS = Path(sys.prefix) / "pywb" / "bin"
STARTS_WITHIN = 60


@pytest.fixture(scope="session")
def pywb(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of pywb's collection with the captures of ``../shared/archive``."""
    with serving(shared / "archive" / "captures.warc.gz", tmp_path_factory.mktemp("pywb")) as base:
        yield base


@contextmanager
def serving(warc: Path, folder: Path) -> Iterator[str]:
    """pywb over one WARC or WACZ file, for the body of the ``with``; skips where pywb is not installed."""
    if not (TOOLS / "wayback").exists():
        assert not os.environ.get("CI"), "make test installs pywb into .venv/pywb"
        pytest.skip("pywb is not installed: make .venv/pywb/done")
    run = {"cwd": folder, "check": True, "capture_output": True}
    name = "captures.wacz" if warc.suffix == ".wacz" else "captures.warc.gz"
    adding = ["add", *(["--unpack-wacz"] if warc.suffix == ".wacz" else []), "policies", name]
    shutil.copy(warc, folder / name)
    # What `wb-manager init` and `wb-manager add` do, by one start of Python.
    manage = f"from pywb.manager.manager import main; main(['init', 'policies']); main({adding!r})"
    subprocess.run([TOOLS / "python", "-c", manage], **run)  # type: ignore[call-overload]
    port = free_port()
    command = [str(TOOLS / "wayback"), "-p", str(port), "-b", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}/policies"
    try:
        _wait_for(f"{base}/cdx?url=http://nothing.example/", server)
        yield base
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert server.poll() is None, "pywb ended instead of serving"
        try:
            requests.get(url, timeout=5).close()
        except (requests.ConnectionError, requests.Timeout):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"pywb does not answer at {url}")
