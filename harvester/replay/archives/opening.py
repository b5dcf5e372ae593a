"""Open what a user names as an archive to replay: a folder, WARC files, or a store."""

from __future__ import annotations

from pathlib import Path

from harvester.errors import ConfigurationError
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.archives.replayable import Replayable
from harvester.replay.archives.store import StoreArchive
from harvester.replay.archives.warc import WarcArchive


def open_replayable(path: Path) -> Replayable:
    """Open the archive at a path: a plain folder, a data folder (with ``harvester.db``), a folder of WARC files, or one
    file.
    """
    if path.is_file():
        return WarcArchive([path])
    if (path / "captures.jsonl").is_file():
        return FolderArchive(path)
    if (path / "harvester.db").is_file():
        return StoreArchive.open(path)
    if path.is_dir() and (files := sorted([*path.rglob("*.warc.gz"), *path.rglob("*.warc")])):
        return WarcArchive(files)
    raise ConfigurationError(
        f"{path}: nothing to replay; name a folder with captures.jsonl or harvester.db, or WARC files"
    )
