"""Numbers with their nouns."""

from __future__ import annotations

import pytest

from harvester.plurals import counted


@pytest.mark.parametrize(
    ("number", "nouns", "said"),
    [(1, ("file",), "1 file"), (0, ("file",), "0 files"), (2, ("word was", "words were"), "2 words were")],
)
def test_one_is_no_plural(number: int, nouns: tuple[str, ...], said: str) -> None:
    assert counted(number, *nouns) == said
