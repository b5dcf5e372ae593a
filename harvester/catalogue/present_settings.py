"""The settings of a running program, with what people and the desk have edited since it started."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from harvester.catalogue.settings_file import FILE, TARGETS, WATCHES, Sections, read_section
from harvester.environment import read_toml
from harvester.errors import ConfigurationError
from harvester.settings import Settings, Strict

log = logging.getLogger(__name__)

_Section = TypeVar("_Section", bound=Strict)
Keys = Mapping[str, Mapping[str, Any]]
"""Keys of sections, by the name of the section."""


class PresentSettings:
    """The settings, with the watches and targets of notices that their file has by now.

    The file is read again when it is another. What environment variables set stays. A file that cannot be used changes
    nothing, and `refused` says why. All else is read once, when the program starts.
    """

    def __init__(self, settings: Settings) -> None:
        self.file = settings.config / FILE
        self._stamp = self._look()
        self._now, self.refused = settings, ""
        try:
            written = read_toml(self.file) if self.file.exists() else {}
        except ConfigurationError:
            written = {}
        self._elsewhere = {
            WATCHES.table: _elsewhere(self.file, WATCHES, written, settings.watch),
            TARGETS.table: _elsewhere(self.file, TARGETS, written, settings.notify),
        }

    @property
    def problem(self) -> str:
        """Why the file is refused, as a sentence; empty when it is not."""
        return self.refused and f"The settings are refused, and the last good ones are in use: {self.refused}"

    def now(self) -> Settings:
        """Return the settings as they are now."""
        stamp = self._look()
        if stamp != self._stamp:
            try:
                self._now, self.refused = self._now.model_copy(update=self._edited()), ""
            except ConfigurationError as error:
                self.refused = str(error)
                log.error("the edited settings are invalid, the last good ones stay in use: %s", error)
            self._stamp = stamp
        return self._now

    def elsewhere(self, of: Sections[Any], name: str) -> Mapping[str, Any]:
        """Return the keys of a section that environment variables set, which come before those of the file."""
        return self._elsewhere[of.table].get(name, {})

    def _edited(self) -> dict[str, dict[str, Any]]:
        written = read_toml(self.file) if self.file.exists() else {}
        watches = _sections(self.file, WATCHES, written, self._elsewhere[WATCHES.table])
        targets = _sections(self.file, TARGETS, written, self._elsewhere[TARGETS.table])
        if missing := {one for target in targets.values() for one in target.watches} - watches.keys():
            raise ConfigurationError(f"{self.file}: targets of notices need [watch.{min(missing)}]; restore it")
        return {"watch": watches, "notify": targets}

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def _sections(file: Path, of: Sections[_Section], written: Mapping[str, Any], elsewhere: Keys) -> dict[str, _Section]:
    in_file = written.get(of.table, {})
    if not isinstance(in_file, dict):
        raise ConfigurationError(f"{file}: {of.table} must hold sections [{of.table}.NAME]; correct it by hand")
    return {
        name: read_section(file, of, name, in_file.get(name, {}), elsewhere.get(name, {}))
        for name in {**in_file, **elsewhere}
    }


def _elsewhere(file: Path, of: Sections[_Section], written: Mapping[str, Any], now: Mapping[str, _Section]) -> Keys:
    """Return the keys of sections that are not set in the file, but by environment variables."""
    found = {}
    for name, section in now.items():
        given = section.model_dump(exclude_defaults=True)
        values = {key: getattr(section, key) for key in of.model.model_fields}
        raw = written.get(of.table, {}).get(name, {})
        try:
            in_file = read_section(file, of, name, {**values, **raw}, {})
        except ConfigurationError:
            raw, in_file = {}, section
        other = {
            key: value
            for key, value in values.items()
            if (getattr(in_file, key) != value if key in raw else key in given)
        }
        if other:
            found[name] = other
    return found
