"""The page of trends, its files and its API: the shares that the command counts, kept between questions."""

from __future__ import annotations

import csv
import html
import io
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from harvester.insight import periods
from harvester.insight.periods import Cohort, Policies
from harvester.insight.trends import statement_shares, terms, topic_shares
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.read import series
from harvester.web.app import create_app
from harvester.web.view import trends as kept
from harvester.web.view.refreshed import THREAD
from harvester.web.view.trends import Question, Subject, TrendKeeper, questions
from tests.support.times import sample_clock
from tests.support.web.client import Client


@pytest.fixture(scope="module")
def own(sample_of_2020: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Client]]:
    """The sample's store, and what asks it as a site with room for many searches."""
    config = tmp_path_factory.mktemp("config")
    settings = Settings.model_validate(
        {"data": sample_of_2020, "config": config, "web": {"searches_per_minute": 6_000}}
    )
    database = Database.open(settings.database)
    yield database, Client(create_app(settings, database, sample_clock))
    database.close()


def test_the_words_of_a_form_are_parted_at_commas_outside_of_quotes() -> None:
    asked = questions(
        'sell,  "names, addresses" AND phone ,, sell, "open, end', ["sale"], ["age"], "Adco , , Bilbo  Metrics"
    )
    assert [(one.subject, one.value) for one in asked] == [
        (Subject.TERM, "sell"),
        (Subject.TERM, '"names, addresses" AND phone'),
        (Subject.TERM, '"open, end'),
        (Subject.PARTY, "Adco"),
        (Subject.PARTY, "Bilbo Metrics"),
        (Subject.TOPIC, "sale"),
        (Subject.STATEMENT, "age"),
    ]


def test_page_files_and_api_have_the_shares_that_the_command_counts(
    own: tuple[Database, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, client = own
    monkeypatch.setattr(kept, "_SECONDS", 60.0)
    query = f"q={quote('legitimate interest, NOT sell')}&topic=retention&statement=age&tag=fernwell"
    page = client.get(f"/trends?{query}").text
    api = client.get(
        "/api/v1/trends?term=legitimate+interest&term=NOT+sell&topic=retention&statement=age&tag=fernwell"
    ).json()
    of_tag = Cohort("fernwell")
    with database.reading() as session:
        counted = [
            *terms(session, ["legitimate interest", "NOT sell"], of_tag),
            *topic_shares(session, ["retention"], of_tag),
            *statement_shares(session, ["age"], of_tag),
        ]
    assert api["left"] == 0
    assert [one["name"] for one in api["items"]] == ["legitimate interest", "NOT sell", "retention", "age"]
    for one, here in zip(api["items"], counted, strict=True):
        told = [(point["period"], point["count"], point["services"]) for point in one["points"]]
        assert told == [(point.period.label, point.count, point.n) for point in here.points]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/trends.csv?{query}").text)))
    assert [(row["period"], int(row["count"])) for row in rows] == [
        (point.period.label, point.count) for one in counted for point in one.points
    ]
    assert html.unescape(page).count('<th scope="row">20') == len(counted[0].points) > 5
    drawn = ElementTree.fromstring(client.get(f"/trends.svg?{query}").content)
    assert len(drawn.findall(".//{http://www.w3.org/2000/svg}polyline")) >= 4
    assert "changed: age" in page


def test_a_download_is_a_file_with_a_name_and_no_formula(own: tuple[Database, Client]) -> None:
    answer = own[1].get(f"/trends.csv?q={quote('=1+1')}")
    assert answer.headers["content-disposition"] == 'attachment; filename="trends.csv"'
    assert answer.headers["content-type"].startswith("text/csv")
    assert "\r\n'=1+1," in answer.text


def test_a_question_asked_again_reads_no_version(own: tuple[Database, Client], monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = TrendKeeper(own[0])
    asked = questions("cookies, sell")
    now = time.monotonic()
    monkeypatch.setattr(kept, "monotonic", lambda: now)
    first = keeper.answer(asked)
    with monkeypatch.context() as only:
        only.setattr(series, "texts_that_say", None)
        only.setattr(periods, "policies", None)
        assert keeper.answer(asked) == first
    monkeypatch.setattr(periods, "policies", lambda *_, **__: Policies.of_none())
    monkeypatch.setattr(kept, "monotonic", lambda: now + 60 * kept.MINUTES + 1)
    assert keeper.answer(asked) == first, "its reader does not wait for new ones"
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()
    assert keeper.answer(asked).series[0].points == ()


def test_what_is_not_looked_through_yet_is_counted_and_the_next_question_continues(
    sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database.open(Settings.model_validate({"data": sample_copy}).database)
    monkeypatch.setattr(kept, "_SECONDS", 0.0)
    now = time.monotonic()
    monkeypatch.setattr(kept, "monotonic", lambda: now)
    keeper = TrendKeeper(database)
    texts, changes = Question(Subject.TOPIC, "retention"), Question(Subject.STATEMENT, "modal")
    left = []
    for _ in range(3):
        left.append(keeper.answer([texts, changes]).left)
        # Asked again at once, what is left waits, and texts are counted once for all that is asked of them.
        assert keeper.answer([texts, Question(Subject.PARTY, "Adco"), changes]).left == left[-1]
        now += kept._PAUSE
    assert left[0] > left[1] > left[2] > 0
    database.close()


@pytest.mark.parametrize(
    ("url", "status", "says"),
    [
        ("/trends?q=a,b,c,d,e,f,g", 400, "at most 6"),
        ("/trends?q=%28cookies", 400, "The search &#39;(cookies&#39; cannot be read"),
        ("/trends?topic=weather", 400, "There is no topic"),
        ("/trends?statement=weather", 400, "There is no statement"),
        ("/trends?q=cookies&tag=none", 404, "No service has the tag"),
        ("/services/none.example", 404, "No service named"),
        ("/api/v1/trends?topic=weather", 422, "topic"),
        ("/api/v1/trends?" + "term=a&" * 7, 422, "term"),
    ],
)
def test_what_cannot_be_asked_says_why(own: tuple[Database, Client], url: str, status: int, says: str) -> None:
    answer = own[1].get(url)
    assert answer.status_code == status
    assert says in answer.text


def test_an_empty_store_has_no_trend(empty_client: Client) -> None:
    assert "No version yet" in empty_client.get("/trends?q=cookies").text
    assert empty_client.get("/api/v1/trends?term=cookies").json()["items"][0]["points"] == []


def test_the_form_keeps_what_was_chosen(own: tuple[Database, Client]) -> None:
    text = own[1].get("/trends?q=cookies&topic=sale&topic=retention&statement=age").text
    assert "Policies about a topic (2 chosen)" in text
    assert re.findall(r'value="([a-z-]+)" checked', text) == ["retention", "sale", "age"]
    assert 'href="/trends.svg?q=cookies&amp;topic=sale&amp;topic=retention&amp;statement=age"' in text


def test_words_and_parties_given_several_times_are_all_asked(own: tuple[Database, Client]) -> None:
    text = own[1].get("/trends?q=cookies&q=sell,share&party=Google&party=Facebook").text
    assert 'name="q" value="cookies, sell,share"' in re.sub(r"\s+", " ", text)
    rows = csv.reader(io.StringIO(own[1].get("/trends.csv?q=cookies&q=sell&party=Google").text))
    assert {row[0] for row in rows} == {"series", "cookies", "sell", "names Google"}
