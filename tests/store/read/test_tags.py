"""The services of a tag are those that have it in their list, whatever was written and in whatever way."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from harvester.store.admin.copy import copy_to
from harvester.store.database import Database
from harvester.store.read import services
from harvester.store.schema import Service
from tests.support.store.rows import a_service


def assert_kept(database: Database) -> None:
    with database.reading() as session:
        lists = {row.id: row.tags for row in session.execute(select(Service.id, Service.tags))}
        every = sorted({tag for tags in lists.values() for tag in tags})
        assert services.tags(session) == every
        for tag in (*every, "of nobody"):
            own = {number for number, tags in lists.items() if tag in tags}
            assert set(session.scalars(services.tagged(tag))) == own
            assert services.number(session, tag) == len(own)
            assert {one.id for one in services.named(session, tag)} == own


def test_they_are_those_of_the_lists_after_every_kind_of_write(database: Database) -> None:
    with database.writing() as session:
        for name, tags in (("a", ["shop", "é \"'", "shop"]), ("b", []), ("c", ["shop", "news"]), ("d", ["x%"])):
            a_service(session, name).tags = list(tags)
    assert_kept(database)
    with database.writing() as session:
        session.execute(update(Service).where(Service.name == "a").values(tags=["news"]))
        session.execute(update(Service).where(Service.name == "b").values(tags=["shop", "old"]))
        session.execute(update(Service).where(Service.name == "c").values(domain="elsewhere.example"))
    assert_kept(database)
    with database.writing() as session:
        session.execute(delete(Service).where(Service.name == "c"))
        session.execute(update(Service).where(Service.name == "b").values(tags=[]))
    assert_kept(database)
    with database.reading() as session:
        assert services.tags(session) == ["news", "x%"]


def test_a_copy_of_a_store_has_them(sqlite: Database, database: Database) -> None:
    with sqlite.writing() as session:
        a_service(session, "a").tags = ["shop"]
    copy_to(sqlite, database)
    assert_kept(database)
