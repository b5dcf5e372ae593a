"""Folders as a test compares them."""

from __future__ import annotations

from pathlib import Path


def tree(folder: Path, *leaving_out: str) -> dict[str, bytes]:
    """Every file below a folder with its content; names that begin with one of `leaving_out` are left out."""
    files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {name: content for name, content in sorted(files.items()) if not name.startswith(leaving_out)}
