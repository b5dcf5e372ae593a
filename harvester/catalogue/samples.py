"""The ways to choose captures that a catalogue or a person may name; `archive.sampling` chooses by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from harvester.dates import duration_text
from harvester.errors import ConfigurationError

DAY = timedelta(days=1)


@dataclass(frozen=True)
class All:
    """Every capture."""

    def __str__(self) -> str:
        return "all"


@dataclass(frozen=True)
class Seasons:
    """The rule of the Princeton-Leuven corpus: one capture per half-year."""

    def __str__(self) -> str:
        return "seasons"


@dataclass(frozen=True)
class Every:
    """The first capture, then the first that is at least `step` later, and so on."""

    step: timedelta

    def __str__(self) -> str:
        return f"every:{duration_text(self.step)}"


@dataclass(frozen=True)
class Changes:
    """Every change for the fewest downloads: see `archive.sampling.changes`."""

    max_gap: timedelta = 60 * DAY
    resolution: timedelta = DAY

    def __str__(self) -> str:
        return f"changes:max_gap={duration_text(self.max_gap)},resolution={duration_text(self.resolution)}"


Sample = All | Seasons | Every | Changes

ALLOWED = "all, seasons, every:30d, changes, changes:max_gap=60d,resolution=1d (durations in w, d, h, m or s)"


def parse_sample(text: str) -> Sample:
    """Parse the strategy that a user names, e.g. ``every:30d``; `str` of the result parses to the same strategy.

    Raises ConfigurationError naming what is allowed.
    """
    name, _, arguments = text.strip().partition(":")
    if name == "all" and not arguments:
        return All()
    if name == "seasons" and not arguments:
        return Seasons()
    if name == "every" and arguments:
        step = _parse_span(arguments, text)
        if step <= timedelta(0):
            raise ConfigurationError(f"sample {text!r}: the step must be positive; allowed: {ALLOWED}")
        return Every(step)
    if name == "changes":
        given = _parse_arguments(arguments, text)
        sample = Changes(given.get("max_gap", Changes.max_gap), given.get("resolution", Changes.resolution))
        if sample.max_gap <= timedelta(0):
            raise ConfigurationError(f"sample {text!r}: max_gap must be positive; allowed: {ALLOWED}")
        return sample
    raise ConfigurationError(f"sample {text!r} is unknown; allowed: {ALLOWED}")


def _parse_arguments(arguments: str, text: str) -> dict[str, timedelta]:
    given: dict[str, timedelta] = {}
    for argument in filter(None, arguments.split(",")):
        key, _, value = (part.strip() for part in argument.partition("="))
        if key not in ("max_gap", "resolution") or key in given:
            raise ConfigurationError(f"sample {text!r}: cannot use {argument!r}; allowed: {ALLOWED}")
        given[key] = _parse_span(value, text)
    return given


_UNITS = {"w": 7 * DAY, "d": DAY, "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}


def _parse_span(value: str, text: str) -> timedelta:
    match = re.fullmatch(r"([0-9]{1,6})([wdhms])", value.strip())
    if not match:
        raise ConfigurationError(f"sample {text!r}: {value!r} is not a duration such as 30d; allowed: {ALLOWED}")
    return int(match[1]) * _UNITS[match[2]]
