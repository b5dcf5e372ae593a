"""Find the browser of this machine. None is ever downloaded."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from harvester.errors import ConfigurationError

# The shell is Chromium without windows, which the corpus's browser was too: the same text for a third of the processor.
_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
_FOLDERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def installed() -> bool:
    """Return whether the extra ``browser`` is installed. Imports nothing."""
    return importlib.util.find_spec("playwright") is not None


def browser_program(named: str = "") -> Path:
    """Return the program to start: the one `named` in the settings, or else a Chromium or Chrome of this machine.

    Raises `ConfigurationError` where the extra is not installed or there is no such program.
    """
    if not installed():
        raise ConfigurationError(
            "rendering pages: the extra `browser` is not installed; pip install 'harvester[browser]'"
        )
    if named:
        found = shutil.which(named)
        if found is None:
            raise ConfigurationError(f"browser: {named} is no program; name the path of Chromium or Chrome")
        return Path(found)
    for one in (*_NAMES, *_FOLDERS):
        if found := shutil.which(one):
            return Path(found)
    raise ConfigurationError(
        f"rendering pages: there is no browser ({', '.join(_NAMES)}); install Chromium, or set `browser` to its path"
    )
