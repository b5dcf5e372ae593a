"""A page of two documents: what each is, is declared, and a changed declaration is applied without a request."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from harvester.catalogue.entries import ServiceEntry
from harvester.clock import utc_now
from harvester.errors import ConfigurationError
from harvester.exporting.corpus import export_corpus
from harvester.exporting.git import export_git
from harvester.harvest.reclean.pieces import made_by_another_cleaner
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.reclean.reclean import reclean
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.insight.reading import shown
from harvester.store.admin.verify import verify
from harvester.store.content import documents
from harvester.store.database import Database
from harvester.store.schema import Capture, Version
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, settings

URL = "http://acme.example/legal"


def page(terms: str, policy: str, kind: str = "id") -> bytes:
    """A page with the terms in one tab and the policy in another."""
    tabs = "".join(
        f"<div {kind}={name}><h2>{name}</h2><p>{said * 12}</p></div>"
        for name, said in (("terms", terms), ("policy", policy))
    )
    return f"<!DOCTYPE html><title>Legal</title><body><nav>menu</nav>{tabs}</body>".encode()


FIRST = page("You agree to the rules. ", "We collect personal information. ")


@dataclass
class Legal:
    """An archive with one page of two documents, and a store."""

    base: str
    database: Database

    def entry(self, extract: Any) -> ServiceEntry:
        """The service's terms, declared so."""
        return entry("acme/terms-of-service", URL, extract=extract)

    def harvest(self, extract: Any) -> dict[str, int]:
        """Harvests the terms; gives the requests made."""
        return dict(harvest(self.database, self.base, [self.entry(extract)], name="internet-archive").requests)

    def reclean(self, extract: Any) -> Recleaned:
        """Cleans the terms again."""
        entries = [self.entry(extract)]
        return reclean(
            self.database, settings(), entries, force=False, processes=1, clock=utc_now, stop=threading.Event()
        )

    def captures(self) -> list[tuple[str, str | None, str | None, str]]:
        """Outcome, recipe, reason and the first words of the text of each capture."""
        with self.database.reading() as session:
            return [
                (
                    one.outcome,
                    one.recipe,
                    one.reason and one.reason.partition(":")[0],
                    documents.text(session, one.text_id).split("\n")[4][:9] if one.text_id else "",
                )
                for one in session.scalars(select(Capture).order_by(Capture.timestamp))
            ]

    def versions(self) -> list[int]:
        """The captures of each version."""
        with self.database.reading() as session:
            return [one.captures for one in session.scalars(select(Version).order_by(Version.first_seen))]


@pytest.fixture
def legal(database: Database, harsh_archive: StartArchive) -> Legal:
    archive = MemoryArchive()
    archive.add(URL, "20160601000000", FIRST)
    archive.add(URL, "20170601000000", FIRST)
    archive.add(URL, "20180601000000", page("You agree to the rules. ", "We collect your location too. "))
    archive.add(URL, "20190601000000", page("You agree to more rules. ", "We sell it. ", kind="class"))
    return Legal(harsh_archive(archive).base_url, database)


def test_the_text_is_what_is_selected_and_a_change_of_the_declaration_needs_no_request(
    legal: Legal, tmp_path: Any
) -> None:
    legal.harvest({"select": "#terms"})
    stored, again = ("stored", "selected", None, "You agree"), ("unchanged", "selected", None, "You agree")
    nothing = ("no-text", None, "nothing-selected", "")
    assert legal.captures() == [stored, again, stored, nothing]
    assert legal.versions() == [3], "the other document's change is none of this one"
    assert list(verify(legal.database, rebuilding(settings()))) == []
    with legal.database.reading() as session:
        latest = shown(session, settings(), "acme/terms-of-service", "latest")
        assert latest.provenance["selection"] == {"select": ["#terms"]}
        names = ["acme/terms-of-service"]
        done = export_corpus(session, settings(), tmp_path / "corpus", services=names)
        assert (done.documents, done.left_out) == (0, 1), "it is no text of the corpus"
        with pytest.raises(ConfigurationError, match="documents that no corpus has"):
            export_git(session, settings(), tmp_path / "git", services=names)

    # Of the two captures of one body, each is read as it is declared for its day.
    dated = [{"select": "#policy", "to": "2016"}, {"select": ["#terms", ".terms"], "from": "2017"}]
    assert made_by_another_cleaner(legal.database, legal.entry(dated))
    assert legal.reclean(dated).documents == 2
    assert [one[3] for one in legal.captures()] == ["We collec", "You agree", "You agree", "You agree"]
    assert [one[0] for one in legal.captures()] == ["stored", "unchanged", "stored", "stored"]
    assert legal.versions() == [1, 2, 1]
    assert not made_by_another_cleaner(legal.database, legal.entry(dated))
    assert legal.reclean(dated).captures == 0, "nothing is left to do"
    assert list(verify(legal.database, rebuilding(settings()))) == []
    # And so a new store reads them.
    before = legal.captures()
    assert legal.harvest(dated).get("playback", 0) == 0
    assert legal.captures() == before

    assert legal.reclean(()).captures == 4
    assert {one[1] for one in legal.captures()} == {None}
