"""Documents of a service in the store: entered, paused, renamed and read by their names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from harvester.catalogue.entries import ServiceEntry
from harvester.errors import ConfigurationError, UnknownName
from harvester.store.database import Database
from harvester.store.history.history import set_aside
from harvester.store.ledger import sources
from harvester.store.read import services, versions
from harvester.store.schema import Service, TextRow
from tests.support.store.filled import fill
from tests.support.store.rows import NOW, a_capture, a_service, a_source

NAMES = ("acme", "acme/terms-of-service", "acme-shop", "acme.example")


def enter(database: Database, *names: str) -> None:
    with database.writing() as session:
        for name in names:
            sources.enter(session, ServiceEntry(name=name, tags=("x",)), NOW)


def paused(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(Service.name).where(Service.paused_at.is_not(None))))


def test_documents_are_listed_with_their_service_a_page_at_a_time(database: Database) -> None:
    enter(database, *NAMES)
    with database.reading() as session:
        listed = [one.name for one in services.named(session)]
        paged = [one.name for name in ("", *listed) for one in services.named(session, after=name, limit=1)]
        assert listed == paged == ["acme", "acme/terms-of-service", "acme-shop", "acme.example"]
        assert [(one.name, one.type) for one in services.documents(session, "acme")] == [
            ("acme", "privacy policy"),
            ("acme/terms-of-service", "terms of service"),
        ]


def test_a_service_is_paused_with_all_its_documents_and_new_ones_too(database: Database) -> None:
    enter(database, *NAMES)
    with database.writing() as session:
        assert sources.set_paused(session, ServiceEntry(name="acme"), NOW, paused=True)
    assert paused(database) == {"acme", "acme/terms-of-service"}
    enter(database, "acme/imprint", "other/imprint")
    assert paused(database) == {"acme", "acme/terms-of-service", "acme/imprint"}
    with database.writing() as session:
        assert sources.set_paused(session, ServiceEntry(name="acme/imprint"), NOW, paused=False)
        assert sources.set_paused_by_name(session, "nobody", NOW, paused=False) is None
    assert paused(database) == {"acme", "acme/terms-of-service"}


def test_a_service_is_renamed_with_all_its_documents(database: Database) -> None:
    enter(database, *NAMES)
    with database.writing() as session:
        assert sources.rename(session, "acme", "zenith")
    with database.reading() as session:
        found = services.documents(session, "zenith")
        assert [one.name for one in found] == ["zenith", "zenith/terms-of-service"]
        assert {session.get_one(Service, one.id).domain for one in found} == {"zenith"}
    with database.writing() as session, pytest.raises(ConfigurationError, match="cannot be joined"):
        sources.rename(session, "zenith", "acme-shop")


def test_a_document_is_found_by_any_of_its_names(database: Database) -> None:
    enter(database, "acme", "acme/trackers-policy", "other/imprint")
    with database.reading() as session:
        assert versions.service_id(session, "acme/privacy-policy") == versions.service_id(session, "acme")
        assert versions.services(session, ["acme/cookie-policy"])[0].name == "acme/trackers-policy"
        with pytest.raises(UnknownName, match=r"the store has no privacy policy of other; it has other/imprint"):
            versions.service_id(session, "other")


def test_the_domain_is_the_catalogues(database: Database) -> None:
    for domain, kept in ((None, "acme"), ("acme.example", "acme.example")):
        with database.writing() as session:
            sources.enter(session, ServiceEntry(name="acme", domain=domain), NOW)
            assert session.scalar(select(Service.domain)) == kept


@pytest.mark.parametrize(("name", "aside"), [("acme", 1), ("acme/terms-of-service", 0)])
def test_how_much_a_text_reads_like_a_policy_counts_for_privacy_policies_only(
    database: Database, name: str, aside: int
) -> None:
    policy = "\n\n".join(f"We collect your personal data, number {place}." for place in range(30))
    other = "\n\n".join(f"Shoes of the winter sale, in size {place}." for place in range(30))
    with database.writing() as session:
        service = a_service(session, name)
        source = a_source(session, service)
        for year, text in enumerate((policy, policy, other)):
            a_capture(session, source, datetime(2010 + year, 1, 1, tzinfo=UTC), text)
        for kept in session.scalars(select(TextRow)):
            kept.policy_likelihood = 0.0 if kept.words == len(other.split()) else 0.9
        session.flush()
        assert len(set_aside(session, service.id)) == aside


def test_a_store_without_documents_of_other_types_is_as_it_was(database: Database) -> None:
    fill(database, services=1)
    with database.reading() as session:
        [row] = versions.services(session)
        assert (row.name, row.service_name, row.type) == ("service0.example", "service0.example", "privacy policy")
        assert all(one.policy_likelihood is not None for one in versions.log(session, row.name))
