"""How tests start Debian's Chromium: no sandbox (tests run as root), and nothing asked of its maker's hosts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def started() -> Iterator[Browser]:
    """A browser: Chromium without its windows, which shows the same for less, else Chromium; skips without either."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        assert not os.environ.get("CI"), "CI must have chromium-headless-shell"
        pytest.skip("no chromium on this machine: apt-get install chromium-headless-shell")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # ms, as long as every other step may take: CI's machines are busy
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()
