"""Watches written into ``harvester.toml`` by programs: a section appended, and kept only if the whole file is valid."""

from __future__ import annotations

import json
from pathlib import Path

from harvester.errors import ConfigurationError
from harvester.files import replacing
from harvester.settings import WatchSettings, read_toml


def append_watch(file: Path, name: str, watch: WatchSettings) -> None:
    """Append ``[watch.NAME]`` to a file, which is made where there is none.

    Raises `ConfigurationError` when the file has such a watch or would not be understood with it.
    """
    written = read_toml(file) if file.exists() else {}
    if name in written.get("watch", {}):
        raise ConfigurationError(f"{file}: already has the watch {name}; choose another name")
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if text and not text.endswith("\n"):
        text += "\n"
    section = as_toml(name, watch)
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as draft:
        draft.write_text(f"{text}\n{section}" if text else section, encoding="utf-8")
        if read_toml(draft) != {**written, "watch": {**written.get("watch", {}), name: _given(watch)}}:
            raise ConfigurationError(f"{file}: [watch.{name}] cannot be appended; write it by hand:\n{section}")


def as_toml(name: str, watch: WatchSettings) -> str:
    """Return a watch as a section of ``harvester.toml``, without what has its default."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in _given(watch).items()]
    return "\n".join([f"[watch.{name}]", *lines, ""])


def _given(watch: WatchSettings) -> dict[str, object]:
    return watch.model_dump(mode="json", exclude_defaults=True)
