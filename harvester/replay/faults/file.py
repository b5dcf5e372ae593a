"""The form of a faults file: which faults, how often, and which limits are enforced (docs/replay.md)."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from harvester.errors import ConfigurationError

Passing = Literal[
    "latency", "status", "reset", "truncate", "drip", "html", "repeat-key", "empty-page", "save-error", "save-busy"
]
Lasting = Literal[
    "malformed", "excluded", "unplayable", "nearest", "loop", "wrong-digest", "encoding", "cookie", "wide", "location"
]
ENCODINGS = ("double", "blank", "announced", "unannounced")
EXCLUSIONS = ("owner", "robots", "row")
BUSY = ("sessions", "daily", "system")
LOCATIONS = ("path", "scheme-less", "no-timestamp")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fault(_Strict):
    """One kind of fault, and which requests it meets."""

    kind: Passing | Lasting
    share: float = Field(default=1.0, gt=0, le=1)
    on: Literal["cdx", "playback", "save", "save-status", "any"] = "any"
    match: str = ""
    status: int = Field(default=503, ge=400, le=599)
    retry_after: int | None = None
    seconds: float = Field(default=0.5, ge=0)
    mode: str = ""
    days: int = Field(default=3660, gt=0)

    @model_validator(mode="after")
    def _check(self) -> Fault:
        try:
            re.compile(self.match)
        except re.error as error:
            raise ValueError(f"match {self.match!r} is not a regular expression: {error}") from error
        modes = {"encoding": ENCODINGS, "location": LOCATIONS, "excluded": EXCLUSIONS, "save-busy": BUSY}
        allowed = modes.get(self.kind, ())
        if self.mode and self.kind != "save-error" and self.mode not in allowed:
            raise ValueError(f"mode {self.mode!r} is not one of {', '.join(allowed) or 'none'}")
        return self

    @property
    def lasting(self) -> bool:
        """Whether a retry changes nothing."""
        return self.kind in get_args(Lasting)


class ReplayLimits(_Strict):
    """Enforced limits: requests in any window; what a 429 says; when ignoring it closes the door.

    `pause` seconds of 429s follow a breach. After `forgiven` more requests during a pause the server refuses
    connections for `refuse` seconds, twice as long each time.
    """

    cdx_per_minute: int | None = None
    captures_per_minute: int | None = None
    captures_per_second: int | None = None
    saves_per_minute: int | None = None
    pause: float = 60.0
    say_retry_after: bool = True
    forgiven: int = 10
    refuse: float = 3600.0


class FaultFile(_Strict):
    """A whole faults file."""

    seed: int = 1
    most: int = Field(default=2, ge=0)
    limits: ReplayLimits = ReplayLimits()
    fault: tuple[Fault, ...] = ()


def read_faults(file: Path) -> FaultFile:
    """Read the faults of a TOML (or ``.json``) file; `ConfigurationError` names what is not understood."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        content: dict[str, Any] = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
        return FaultFile.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ConfigurationError(f"{file}: {place}: {first['msg']}") from error
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}; name a faults file") from error
    except ValueError as error:
        raise ConfigurationError(f"{file}: cannot be read as a faults file: {error}") from error
