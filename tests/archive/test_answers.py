"""The answers of tests/data: what `test_recorded` tests on recordings, in small and in every clone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harvester.archive.client import ArchiveClient
from harvester.errors import SiteExcluded, Unplayable
from tests.support.times import at

Answers = Callable[[str], ArchiveClient]
LAMP = "lamp.example/privacy"


def test_a_search_goes_through_its_pages_and_gives_a_repeated_row_once(answers: Answers) -> None:
    pages = list(answers("search").search(LAMP))
    rows = [row for page in pages for row in page.rows]
    assert [row.timestamp for row in rows] == [at(f"{year}0304050607") for year in (2011, 2012, 2015, 2016)]
    assert [row.status for row in rows] == [200, None, 301, 404]


def test_a_row_that_cannot_be_read_is_kept_beside_the_others(answers: Answers) -> None:
    malformed = [one for page in answers("search").search(LAMP) for one in page.malformed]
    assert [one.line for one in malformed] == ["example,lamp)/privacy a row that was cut"]


def test_an_excluded_site_is_an_outcome_of_its_own(answers: Answers) -> None:
    with pytest.raises(SiteExcluded):
        list(answers("excluded").search("hidden.example/privacy"))


def test_a_redirect_leads_to_the_capture_of_its_target(answers: Answers) -> None:
    playback = answers("playback").fetch("https://lamp.example/privacy", at("20150304050607"))
    assert (playback.url, playback.timestamp) == ("https://lamp.example/legal/privacy", at("20150304050611"))
    assert b"We keep the lamp on." in playback.body
    assert len(playback.chain) == 1


def test_an_archived_429_is_history_and_pauses_nothing(answers: Answers) -> None:
    client = answers("playback")
    assert client.fetch("https://lamp.example/busy", at("20160304050607")).status == 429
    assert client.limiter.state().paused_until == 0


def test_a_404_without_memento_is_no_capture(answers: Answers) -> None:
    with pytest.raises(Unplayable):
        answers("playback").fetch("https://lamp.example/gone", at("20170304050607"))
