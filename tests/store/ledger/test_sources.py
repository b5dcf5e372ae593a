"""Which row of the store an address of the catalogue or of a home page means, however it is spelled."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from harvester.catalogue.entries import ServiceEntry
from harvester.store.database import Database
from harvester.store.ledger.sources import CATALOGUE, DISCOVERED, HOME, IMPORTED, FoundSource, enter, enter_discovered
from harvester.store.schema import Source
from tests.support.store.rows import NOW, a_service

PAGE, OTHER = "http://shop.example/privacy", "https://www.shop.example/privacy/"
MIDDLE, LATER = datetime(2012, 1, 1, tzinfo=NOW.tzinfo), datetime(2013, 1, 1, tzinfo=NOW.tzinfo)
ENTRY = ServiceEntry.model_validate({"name": "shop.example", "sources": [OTHER]})


@pytest.mark.parametrize(
    ("known", "origin", "until", "one"),
    [
        (PAGE, CATALOGUE, None, True),
        (PAGE, DISCOVERED, None, True),
        (PAGE, IMPORTED, LATER, True),
        (PAGE, CATALOGUE, MIDDLE, False),
        (PAGE, HOME, None, False),
        ("http://shop.example/legal", CATALOGUE, None, False),
    ],
)
@pytest.mark.parametrize("discovered", [True, False])
def test_a_page_is_one_source_however_it_is_spelled(
    sqlite: Database, known: str, origin: str, until: datetime | None, one: bool, discovered: bool
) -> None:
    with sqlite.writing() as session:
        service = a_service(session, "shop.example")
        session.add(Source(service_id=service.id, url=known, origin=origin, until=until))
        session.flush()
        if discovered:
            (made,) = enter_discovered(session, service.id, [FoundSource(OTHER, LATER, None, None)])
            assert made.origin == DISCOVERED
        else:
            bounded = ENTRY.sources[0].model_copy(update={"since": LATER})
            (made,) = enter(session, ENTRY.model_copy(update={"sources": (bounded,)}), NOW).sources
        assert (made.url, made.since, made.until) == (PAGE if one else OTHER, LATER, None)
        assert len(session.scalars(select(Source)).all()) == 2 - one


def test_an_address_that_is_named_as_it_is_known_goes_before_another_spelling(sqlite: Database) -> None:
    with sqlite.writing() as session:
        service = a_service(session, "shop.example")
        session.add_all([Source(service_id=service.id, url=url) for url in (PAGE, OTHER)])
        session.flush()
        assert [one.url for one in enter(session, ENTRY, NOW).sources] == [OTHER]
