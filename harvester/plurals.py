"""Numbers with their nouns: ``1 file``, ``2 files``."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, of which `many` is the plural where it does not end in ``s``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
