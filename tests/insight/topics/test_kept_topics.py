"""Topics are kept per text, and found again when the rules are others."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.errors import Stopped
from harvester.insight.periods import By
from harvester.insight.topics import kept
from harvester.insight.topics.assign import rules_version
from harvester.insight.trends import party_shares, topic_shares
from harvester.store.content import topics
from harvester.store.content.topics import OfText
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.read.series import most_named
from harvester.store.schema import TextRow, TextTopic
from tests.support.store.rows import NOW, a_capture, a_service, a_source, a_text

NAMES = "We share data with partners such as Adco and Bilbo Metrics."
SELLS = "# P\n\n## Your data\n\nWe do not sell your data.\n\nNor do we sell it to brokers of data.\n"


def test_blocks_and_their_words_are_counted_for_each_topic_without_headings() -> None:
    counts = kept.counted("# Sale of data\n\nWe do not sell your personal data.\n\nThe sky is blue.\n")
    assert counts.topics["sale"][0] >= 1
    assert kept.counted("# Sale of data\n").topics == {}


def test_a_party_counts_once_for_each_block_that_names_it_however_it_is_written() -> None:
    text = f"# P\n\n## Partners\n\n{NAMES}\n\nWe use ad networks such as Adco; our partners, including ADco, help.\n"
    assert kept.counted(text).parties == {"Adco": 2, "Bilbo Metrics": 1}


def of(session: Session, text: int) -> dict[str, tuple[int, int]]:
    rows = select(TextTopic.topic, TextTopic.blocks, TextTopic.words).where(TextTopic.text_id == text)
    return {topic: (blocks, words) for topic, blocks, words in session.execute(rows)}


def test_topics_are_kept_once_and_found_again_by_other_rules(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        one, two = a_text(session, SELLS), a_text(session, "# Q\n\nNothing at all.")
    assert kept.bring_up_to_date(database) == 2
    assert kept.bring_up_to_date(database) == 0
    with database.reading() as session:
        assert of(session, one) == kept.counted(SELLS).topics
        assert topics.of(session, [one, two]) == {one: sorted(of(session, one)), two: []}
        assert "sale" in of(session, one)
    monkeypatch.setattr(kept, "rules_version", lambda: "newer")
    monkeypatch.setattr(kept, "counted", lambda _: OfText({"sale": (7, 70)}))
    assert kept.bring_up_to_date(database) == 2
    with database.reading() as session:
        assert of(session, one) == of(session, two) == {"sale": (7, 70)}
        assert set(session.scalars(select(TextRow.topic_rules))) == {"newer"}


def test_a_stopped_rebuild_keeps_what_it_did_and_is_resumed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "AT_ONCE", 1)
    with database.writing() as session:
        for number in range(3):
            a_text(session, f"# {number}")
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        kept.bring_up_to_date(database, stop=stop)
    with database.reading() as session:
        assert topics.count_due(session, rules_version()) == 2
    assert kept.bring_up_to_date(database) == 2


def test_the_share_of_policies_with_a_topic_over_time(database: Database) -> None:
    with database.writing() as session:
        service = a_service(session, "one.example")
        source = a_source(session, service, "http://one.example/")
        a_capture(session, source, NOW.replace(year=2014, month=1), "# P\n\nNothing at all.")
        a_capture(session, source, NOW.replace(year=2015, month=1), SELLS)
        refresh(session, service.id, now=NOW)
    kept.bring_up_to_date(database)
    with database.reading() as session:
        [series] = topic_shares(session, ["sale"], by=By.YEAR)
    assert [(one.period.label, one.count, one.n) for one in series.points] == [("2014", 0, 1), ("2015", 1, 1)]


def test_the_share_of_policies_that_name_a_party_and_those_named_most_now(database: Database) -> None:
    with database.writing() as session:
        for name, later in (("one", NAMES), ("two", NAMES.replace("Adco", "ADco")), ("three", NAMES.lower())):
            service = a_service(session, f"{name}.example")
            source = a_source(session, service, f"http://{name}.example/")
            a_capture(session, source, NOW.replace(year=2014, month=1), "# P\n\nOur vendors, including Oldco, help.")
            a_capture(session, source, NOW.replace(year=2015, month=1), f"# P\n\n{later}")
            refresh(session, service.id, now=NOW)
    kept.bring_up_to_date(database)
    with database.reading() as session:
        found = party_shares(session, ["adCo", "Bilbo  metrics", "Oldco", "Metrics"], by=By.YEAR)
        assert [[point.count for point in one.points] for one in found] == [[0, 2], [0, 2], [3, 0], [0, 0]]
        assert {point.n for one in found for point in one.points} == {3}
        assert most_named(session, "privacy policy", limit=1) == [("ADco", 2, 3)]
        assert most_named(session, "privacy policy", limit=9)[1:] == [("Bilbo Metrics", 2, 3)]
        assert most_named(session, "terms of service", limit=9) == []
