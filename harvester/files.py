"""Files replaced whole: a reader never sees half of one, and an error or a kill leaves the old one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(file: Path, draft: Path | None = None) -> Iterator[Path]:
    """Give an empty draft beside `file` that takes its place, with its permissions, when the ``with`` ends well.

    Only a writer who alone writes the file may name the `draft`, to find there what a kill left. Raises OSError when
    the folder cannot be written. The draft is removed in any case.
    """
    if draft is None:
        draft = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    else:
        draft.write_bytes(b"")
    try:
        yield draft
        if file.exists():
            draft.chmod(file.stat().st_mode & 0o777)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
