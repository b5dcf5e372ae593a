"""Series over time, each point with the number of services behind it: who says what, how long, how hard to read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy.orm import Session

from harvester.errors import ConfigurationError
from harvester.insight.periods import EVERYONE, By, Cohort, Series, policies
from harvester.insight.statements.watched import watch_for
from harvester.insight.topics.assign import topics as all_topics
from harvester.store.ledger import watches
from harvester.store.read import series
from harvester.store.read.series import ChangeMonths
from harvester.store.schema import Change
from harvester.store.search.query import parse

CHANGED_WORDS = ("substantive", "minor")
"""The kinds of changes that are counted: those in which a reader sees other words, made by the policy's owner."""


class Measure(StrEnum):
    """The measures of a series without a term."""

    WORDS = "words"
    GRADE = "grade"
    CHANGES = "changes"


def terms(
    session: Session,
    queries: Sequence[str],
    cohort: Cohort = EVERYONE,
    by: By = By.HALF_YEAR,
) -> list[Series]:
    """Return, for each query (`store.search_query`), the share of services whose policy of the period matches it.

    Raises `ConfigurationError` when a query cannot be read, and `UnknownName` when no service has the cohort's tag.
    """
    parsed = [parse(query) for query in queries]
    found = policies(session, cohort, by)
    asked = zip(queries, parsed, strict=True)
    return [found.share(query, series.texts_that_say(session, one)) for query, one in asked]


def topic_shares(
    session: Session,
    topics: Sequence[str],
    cohort: Cohort = EVERYONE,
    by: By = By.HALF_YEAR,
) -> list[Series]:
    """Return, for each topic, the share of services whose policy of the period has it, as far as topics are kept.

    Raises `ConfigurationError` for a topic that there is not, and `UnknownName` when no service has the tag.
    """
    known = {topic.key for topic in all_topics()}
    if unknown := [topic for topic in topics if topic not in known]:
        raise ConfigurationError(f"there is no topic {unknown[0]!r}; choose one of {', '.join(sorted(known))}")
    found = policies(session, cohort, by)
    return [found.share(topic, series.texts_about(session, topic)) for topic in topics]


def party_shares(
    session: Session,
    parties: Sequence[str],
    cohort: Cohort = EVERYONE,
    by: By = By.HALF_YEAR,
) -> list[Series]:
    """Return, for each third party, the share of services whose policy of the period names it, as far as names are
    kept.

    Raises `UnknownName` when no service has the tag.
    """
    found = policies(session, cohort, by)
    return [found.share(party, series.texts_that_name(session, party)) for party in parties]


def statement_shares(
    session: Session,
    kinds: Sequence[str],
    cohort: Cohort = EVERYONE,
    by: By = By.HALF_YEAR,
) -> list[Series]:
    """Return, for each kind of statement, the share of services of which a change of the period does such a thing.

    Only changes count that were looked through (`insight.statements.watched`). Raises as `topic_shares` does.
    """
    found = policies(session, cohort, by)
    changes = changed_words(session)
    return [found.share_with_changes(one, changes_that_do(session, one, changes)) for one in kinds]


def changed_words(session: Session) -> ChangeMonths:
    """Return the service and the month of every change that is counted."""
    return ChangeMonths(session, CHANGED_WORDS)


def changes_that_do(session: Session, kind: str, among: ChangeMonths) -> list[tuple[int, int]]:
    """Return (service, month) of the changes looked through that do what statements of a kind say."""
    return among.of(watches.fitting(session, watch_for(kind).rule))


def measure(
    session: Session,
    what: Measure,
    cohort: Cohort = EVERYONE,
    by: By = By.HALF_YEAR,
) -> Series:
    """Return length in words, Flesch-Kincaid grade, or number of changes of the policies of each period."""
    found = policies(session, cohort, by)
    if what is Measure.CHANGES:
        return found.changes(what.value, series.change_months(session, Change.kind.in_(CHANGED_WORDS)))
    of_text = series.lengths(session) if what is Measure.WORDS else series.reading_grades(session)
    return found.middle(what.value, of_text)
