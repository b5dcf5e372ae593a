"""Series over time for readers: counted from the store once, then kept, so that a repeated question costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from time import monotonic

from sqlalchemy.orm import Session

from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.errors import ConfigurationError
from harvester.insight import periods as of_periods
from harvester.insight import trends
from harvester.insight.absences.coverage import Coverage, coverage
from harvester.insight.periods import EVERYONE, Cohort, Policies, Series
from harvester.insight.statements import watched
from harvester.insight.statements.model import StatementKind
from harvester.insight.topics import kept as kept_topics
from harvester.insight.topics.assign import topics
from harvester.lru import LruCache
from harvester.store.database import Database
from harvester.store.read import series
from harvester.store.read.series import ChangeMonths
from harvester.store.search.query import parse
from harvester.web.view.refreshed import Made, Refreshed

MOST = 6
"""Series of one question: a chart of more cannot be read."""
MOST_NAMED = 50
"""Third parties of the list of those named most."""
MINUTES = 10
"""Minutes after which the versions are counted again, beside the readers: at the latest after twice as many."""
_SECONDS = 0.5
"""How long an answer may look through texts or changes that were not looked through yet; a later one continues."""
_PAUSE = 10.0
"""Seconds in which the same is not looked through again, so that a question asked again is answered at once."""
_TEXTS = "texts"
_TYPES = 4
_TAGS = 8
_ANSWERS = 500
_SUBJECTS = 20


class Subject(StrEnum):
    """What a series counts: policies that say words, are about a topic or name a third party; or changes, by what they
    did.
    """

    TERM = "term"
    TOPIC = "topic"
    PARTY = "party"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Question:
    """One series: of words as `search` takes them, a topic's key, a third party's name, or a kind of statement."""

    subject: Subject
    value: str

    @property
    def title(self) -> str:
        """The name of the series in charts."""
        if self.subject is Subject.TOPIC:
            return f"about {next((one.title for one in topics() if one.key == self.value), self.value)}"
        if self.subject is Subject.PARTY:
            return f"names {self.value}"
        return f"changed: {self.value}" if self.subject is Subject.STATEMENT else self.value


@dataclass(frozen=True, slots=True)
class Answer:
    """The series of some questions; `left` texts and changes were not looked through yet."""

    series: tuple[Series, ...]
    left: int


def questions(
    words: str, about: Sequence[str] = (), statements: Sequence[str] = (), parties: str = ""
) -> list[Question]:
    """Return the questions of a form; a comma separates third parties, and outside of quotes words."""
    subjects = (
        (Subject.TERM, re.findall(r'(?:[^,"]|"[^"]*"?)+', words)),
        (Subject.PARTY, parties.split(",")),
        (Subject.TOPIC, about),
        (Subject.STATEMENT, statements),
    )
    asked = [Question(subject, " ".join(one.split())) for subject, values in subjects for one in values]
    return [one for one in dict.fromkeys(asked) if one.value]


class TrendKeeper:
    """Keeps the policies of all half-years, and what is made of them: series, and which half-years lack a version."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted = Refreshed[Cohort, Policies](_TYPES, 60 * MINUTES, _now)
        self._of_tag = LruCache[tuple[float, Cohort], Policies](_TAGS)
        self._changes = Refreshed[str, ChangeMonths](1, 60 * MINUTES, _now)
        self._covered = LruCache[tuple[float, Cohort], Coverage](_TAGS)
        self._named = Refreshed[str, tuple[tuple[str, int, int], ...]](_TYPES, 60 * MINUTES, _now)
        self._through = Refreshed[str, int](_SUBJECTS, 60 * MINUTES, _now)
        self._unfinished: dict[str, tuple[float, int]] = {}
        self._answers = LruCache[tuple[float, Cohort, Question, int], Series](_ANSWERS)

    def warm_up(self) -> None:
        """Count what the first question about privacy policies needs, so that its reader does not wait."""
        self._policies(EVERYONE)
        self._changed_words()
        self.most_named()

    def answer(self, asked: Sequence[Question], cohort: Cohort = EVERYONE) -> Answer:
        """Return the series of at most `MOST` questions over a cohort.

        Raises `ConfigurationError` when words cannot be read, there is no such topic or kind, or there are too many
        questions, and `UnknownName` when no service has the tag.
        """
        if len(asked) > MOST:
            raise ConfigurationError(f"{len(asked)} series are too many for a chart: ask for at most {MOST}")
        for one in asked:
            _check(one)
        left = self._left(asked)
        counted = self._policies(replace(cohort, tag=None))
        with self._database.reading() as session:
            policies = counted.value
            if cohort.tag is not None:
                chosen = of_periods.services_with(session, cohort.tag)
                policies = self._of_tag.get((counted.at, cohort), lambda: counted.value.of(chosen))
            found = [
                self._answers.get(
                    (counted.at, cohort, one, left[one]),
                    lambda: _series(session, policies, self._changed_words, one),  # noqa: B023
                )
                for one in asked
            ]
        return Answer(tuple(found), sum({_looked_for(one): left[one] for one in asked}.values()))

    def most_named(self, type_: str = PRIVACY_POLICY) -> tuple[tuple[str, int, int], ...]:
        """Return the third parties that most documents of a type name in their latest version, as far as names are
        kept: each with by how many, and of how many.
        """

        def count() -> tuple[tuple[str, int, int], ...]:
            with self._database.reading() as session:
                return tuple(series.most_named(session, type_, limit=MOST_NAMED))

        return self._named.get(type_, count).value

    def coverage(self, cohort: Cohort = EVERYONE) -> Coverage:
        """Return which documents of a cohort have a version in which half-year; raise `UnknownName` when no service
        has the tag.
        """
        # Of all half-years, whatever the tag: a tag is compared with the others.
        counted = self._policies(replace(cohort, tag=None))
        with self._database.reading() as session:
            return self._covered.get((counted.at, cohort), lambda: coverage(session, counted.value, cohort))

    def _policies(self, cohort: Cohort) -> Made[Policies]:
        def count() -> Policies:
            with self._database.reading() as session:
                policies = of_periods.policies(session, cohort)
            _made = policies.covered  # now, so that no reader waits for it
            return policies

        return self._counted.get(cohort, count)

    def _changed_words(self) -> ChangeMonths:
        def read() -> ChangeMonths:
            with self._database.reading() as session:
                return trends.changed_words(session)

        return self._changes.get("", read).value

    def _left(self, asked: Sequence[Question]) -> dict[Question, int]:
        """Look through what questions need and was not looked through yet; return how much is left for later."""
        now = monotonic()
        kept = {what: left for what, (until, left) in self._unfinished.items() if now < until}
        due = {_looked_for(one) for one in asked} - kept.keys() - {""}
        for what in sorted(due):
            kept[what] = left = self._through.get(what, lambda: self._look_through(what, _SECONDS / len(due))).value  # noqa: B023
            if left:
                self._through.drop(what)
                self._unfinished[what] = (monotonic() + _PAUSE, left)
        return {one: kept.get(_looked_for(one), 0) for one in asked}

    def _look_through(self, what: str, seconds: float) -> int:
        if what == _TEXTS:
            kept_topics.bring_up_to_date(self._database, seconds=seconds)
            with self._database.reading() as session:
                return kept_topics.left(session)
        return watched.bring_up_to_date(self._database, watched.watch_for(what), seconds=seconds)


def _now() -> float:
    return monotonic()


def _looked_for(one: Question) -> str:
    """Return what must be looked through for a question: texts, changes for a kind of statement, or nothing."""
    if one.subject is Subject.STATEMENT:
        return one.value
    return _TEXTS if one.subject in (Subject.TOPIC, Subject.PARTY) else ""


def _check(one: Question) -> None:
    if one.subject is Subject.TERM:
        parse(one.value)
    known = {Subject.TOPIC: [topic.key for topic in topics()], Subject.STATEMENT: [*StatementKind]}.get(one.subject)
    if known is not None and one.value not in known:
        raise ConfigurationError(f"there is no {one.subject} {one.value!r}; choose one of {', '.join(sorted(known))}")


def _series(session: Session, policies: Policies, changes: Callable[[], ChangeMonths], one: Question) -> Series:
    if one.subject is Subject.TERM:
        return policies.share(one.title, series.texts_that_say(session, parse(one.value)))
    if one.subject is Subject.TOPIC:
        return policies.share(one.title, series.texts_about(session, one.value))
    if one.subject is Subject.PARTY:
        return policies.share(one.title, series.texts_that_name(session, one.value))
    return policies.share_with_changes(one.title, trends.changes_that_do(session, one.value, changes()))
