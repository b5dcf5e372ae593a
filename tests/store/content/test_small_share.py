"""A document that holds a small share of its page's words is flagged."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from harvester.store.read.versions import VersionRow

NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("words", "of_page", "share"), [(49, 100, 49), (50, 100, None), (10, None, None), (1, 3, 33)])
def test_under_half_of_the_words_of_its_page_is_a_small_share(
    words: int, of_page: int | None, share: int | None
) -> None:
    row = VersionRow(
        1, 1, NOON, NOON, 1, "http://a.example/", "", words, None, None, None, None, 1, 0, 1, 1, None, [], of_page
    )
    assert row.small_share == share
