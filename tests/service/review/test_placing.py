"""Reviews find their change again after a re-cleaning or a late capture, and say so when they cannot."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from harvester.clock import utc_now
from harvester.harvest.reclean.reclean import reclean
from harvester.insight.redline import diff_of
from harvester.service.review.marked import marked_of
from harvester.service.review.placing import place_again
from harvester.settings import INTERNET_ARCHIVE
from harvester.store.database import Database
from harvester.store.desk import places, reviews
from harvester.store.desk.reviews import Deeds, State
from harvester.store.history.history import refresh
from harvester.store.read import versions
from harvester.store.schema import Capture, Change, Review, Service, Source
from tests.support.harvest.harvests import sample_services, settings
from tests.support.store.aged import age
from tests.support.store.rows import NOW, a_capture, a_service, a_source

NAME = "example.com"
BASE = "# Privacy\n\nWe keep what you tell us, and we do not pass it on to anybody else at all.\n\n"
SALE = "We may now sell your name and your address to our advertising partners in other countries.\n\n"
AGE = "You must be thirteen years old to use the service.\n\n"


def day(number: int) -> datetime:
    return NOW - timedelta(days=1000 - number)


@pytest.fixture
def source(database: Database) -> Source:
    with database.writing() as session:
        return a_source(session, a_service(session, NAME))


def says(database: Database, source: Source, **texts: str) -> None:
    """Captures on days (``d100="..."``), and the history that they make."""
    with database.writing() as session:
        for name, text in texts.items():
            a_capture(session, source, day(int(name[1:])), text)
        refresh(session, source.service_id, now=NOW)


def reviewed(database: Database, before: datetime, name: str = NAME) -> int:
    with database.reading() as session:
        change = versions.change(session, name, before)
        marked = marked_of(diff_of(session, change))
    with database.writing() as session:
        deeds = Deeds(State.READ, "seen", ("sale",), "Anna")
        return reviews.act(session, change, marked, "Anna", NOW, deeds, None).id


def review(session: Session, number: int) -> Review:
    return session.get_one(Review, number)


def test_a_late_capture_leaves_the_review_with_the_change_that_marks_its_words(
    database: Database, source: Source
) -> None:
    says(database, source, d100=BASE, d300=BASE + SALE + AGE)
    number = reviewed(database, day(300))
    says(database, source, d200=BASE + SALE)
    assert place_again(database, NOW) == 1
    with database.reading() as session:
        found = review(session, number)
        assert (found.before, found.state, found.assignee, found.lost_at) == (day(200), "read", "Anna", None)
        assert reviews.events(session, number)[-1].what == "placed"
        others = session.scalars(select(Change).where(Change.id != found.change_id)).all()
        assert [one.before for one in others] == [day(300)]
        open_ones = reviews.alarms(session, reviews.AlarmFilter(), limit=10)
        assert [one.change.before for one in open_ones] == [day(300)], "what it does not mark is open"
    assert place_again(database, NOW) == 0


def test_a_late_capture_that_shows_it_earlier_takes_the_review_along(database: Database, source: Source) -> None:
    says(database, source, d100=BASE, d300=BASE + SALE)
    number = reviewed(database, day(300))
    says(database, source, d250=BASE + SALE)
    place_again(database, NOW)
    with database.reading() as session:
        found = review(session, number)
        assert found.change_id is not None
        assert session.get_one(Change, found.change_id).before == day(250)


def test_a_review_whose_change_is_gone_says_so_and_is_placed_when_it_comes_back(
    database: Database, source: Source
) -> None:
    says(database, source, d100=BASE, d300=BASE + SALE, d400=BASE + SALE + AGE)
    number = reviewed(database, day(300))
    with database.writing() as session:
        session.execute(update(Capture).where(Capture.timestamp == day(300)).values(outcome="parked", text_id=None))
        session.execute(update(Capture).where(Capture.timestamp == day(400)).values(outcome="parked", text_id=None))
        refresh(session, source.service_id, now=NOW)
    assert place_again(database, NOW) == 1
    assert place_again(database, NOW) == 0, "it is not looked for again before there are new changes"
    with database.reading() as session:
        assert [(one.id, name) for one, name in places.unplaced(session)] == [(number, NAME)]
        assert [one.what for one in reviews.events(session, number)][-1] == "lost"
        assert review(session, number).marked == ["+" + SALE.strip()]
    with database.writing() as session:
        a_capture(session, session.get_one(Source, source.id), day(350), BASE + SALE)
        refresh(session, source.service_id, now=NOW + timedelta(hours=1))
    place_again(database, NOW + timedelta(hours=2))
    with database.reading() as session:
        assert places.unplaced(session) == []
        assert review(session, number).before == day(350)
        assert review(session, number).state == "read"


@pytest.mark.parametrize(("kept", "is_placed"), [(8, True), (7, False)])
def test_a_review_goes_to_a_change_that_marks_at_least_half_of_its_words(
    database: Database, source: Source, kept: int, is_placed: bool
) -> None:
    assert len(SALE.split()) == 16
    says(database, source, d100=BASE, d300=BASE + SALE)
    number = reviewed(database, day(300))
    with database.writing() as session:
        session.execute(update(Capture).where(Capture.timestamp == day(300)).values(outcome="parked", text_id=None))
        said = " ".join(SALE.split()[:kept])
        a_capture(session, session.get_one(Source, source.id), day(350), f"{BASE}{said} telephone numbers.\n\n")
        refresh(session, source.service_id, now=NOW)
    place_again(database, NOW)
    with database.reading() as session:
        assert (places.unplaced(session) == []) is is_placed
        assert (review(session, number).before == day(350)) is is_placed


def test_a_list_read_piece_by_piece_has_each_alarm_once(database: Database, source: Source) -> None:
    """Reviewed or not, in every state; a label that holds signs of SQL and JSON is found as it is."""
    texts = {f"d{place}00": BASE + SALE * place for place in range(1, 7)}
    says(database, source, **texts)
    for place, state, labels in ((3, State.READ, ("a",)), (5, State.SET_ASIDE, ('%"é',)), (6, State.OPEN, ("a", "b"))):
        with database.writing() as session:
            change = versions.change(session, NAME, day(100 * place))
            reviews.act(session, change, ["+x"], "Anna", NOW, Deeds(state, "", labels, "Anna"), None)
    with database.reading() as session:
        for wanted, places in (
            (reviews.AlarmFilter(""), [6, 5, 4, 3, 2]),
            (reviews.AlarmFilter(), [6, 4, 2]),
            (reviews.AlarmFilter("read"), [3]),
            (reviews.AlarmFilter("", label="a"), [6, 3]),
            (reviews.AlarmFilter("", label='%"é'), [5]),
            (reviews.AlarmFilter("", label="%"), []),
            (reviews.AlarmFilter("", assignee="Anna", service=NAME), [6, 5, 3]),
            (reviews.AlarmFilter("", service="other.example"), []),
        ):
            found: list[datetime] = []
            while one := reviews.alarms(session, wanted, limit=1):
                found.append(one[0].change.before)
                wanted = replace(wanted, older_than=one[0].place)
            assert found == [day(100 * place) for place in places], wanted


def test_two_reviews_do_not_share_a_change(database: Database, source: Source) -> None:
    """The version between two changes turns out to be none: one review stays, the other cannot be placed."""
    says(database, source, d100=BASE, d200=BASE + SALE, d300=BASE + SALE + AGE)
    both = [reviewed(database, day(200)), reviewed(database, day(300))]
    with database.writing() as session:
        session.execute(update(Capture).where(Capture.timestamp == day(200)).values(outcome="parked", text_id=None))
        refresh(session, source.service_id, now=NOW)
    place_again(database, NOW)
    with database.reading() as session:
        placed = [review(session, one).change_id for one in both]
        assert sum(one is None for one in placed) == 1
        assert len(places.unplaced(session)) == 1


def test_reviews_survive_recleaning(stored: Database) -> None:
    database = stored  # a copy of the sample
    age(database)
    with database.writing() as session:
        session.execute(update(Capture).values(archive=INTERNET_ARCHIVE.name))
        wanted = select(Change.before).join(Service, Service.id == Change.service_id)
        moments = session.scalars(wanted.where(Service.name == "kettle.example", Change.kind == "substantive")).all()
        texts = {one.before: one.new_text_id for one in session.scalars(select(Change))}
    numbers = [reviewed(database, before, "kettle.example") for before in moments]
    assert len(numbers) > 3
    reclean(database, settings(), sample_services(), force=False, processes=1, clock=utc_now, stop=threading.Event())
    place_again(database, utc_now())
    with database.reading() as session:
        assert places.unplaced(session) == []
        for number, before in zip(numbers, moments, strict=True):
            found = review(session, number)
            assert (found.before, found.state) == (before, "read")
            assert found.new_text_id != texts[before], "the texts are others"
            assert found.change_id is not None
            assert session.get_one(Change, found.change_id).new_text_id == found.new_text_id
            assert [one.what for one in reviews.events(session, number)][-1] == "note", "nothing moved in time"
