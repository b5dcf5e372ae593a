"""The pages of tests/data give the documents that stand beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.data import DATA, document_of

PAGES = sorted((DATA / "documents").glob("*.html"))


def test_there_are_pages() -> None:
    assert len(PAGES) > 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_gives_the_document_that_was_read(page: Path) -> None:
    assert document_of(page).encode() == page.with_suffix(".md").read_bytes()
