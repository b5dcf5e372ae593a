"""Series over time: the policy of a period is the last version that stood in it; nothing is filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlalchemy import select, text

from harvester.errors import ConfigurationError
from harvester.insight.periods import By, Cohort, Point, periods, policies
from harvester.insight.statements.watched import bring_up_to_date, watch_for
from harvester.insight.trends import Measure, measure, statement_shares, terms
from harvester.store.content import documents
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.read import recent, versions
from harvester.store.schema import Service
from harvester.store.search import fulltext
from tests.support.store.rows import NOW, a_capture, a_service, a_source

WITH = "# P\n\nWe use cookies to remember you and what you like."
WITHOUT = "# P\n\nWe use nothing that remembers you or what you like."


def on(date: str) -> datetime:
    return datetime.fromisoformat(date).replace(tzinfo=UTC)


def keep(database: Database, **histories: list[tuple[str, str]]) -> None:
    """Services, each with captures (date, text)."""
    with database.writing() as session:
        for name, captures in histories.items():
            service = a_service(session, name)
            source = a_source(session, service, f"http://{name}/")
            for date, content in captures:
                a_capture(session, source, on(date), content)
            refresh(session, service.id, now=NOW)
        fulltext.index_missing(session)


def shares(points: tuple[Point, ...]) -> list[tuple[str, int | None, int]]:
    return [(point.period.label, point.count, point.n) for point in points]


def test_the_last_version_that_stood_in_a_half_year_counts(database: Database) -> None:
    keep(
        database,
        one=[("2014-01-05", WITHOUT), ("2014-06-20", WITH), ("2015-01-01", WITH)],
        two=[("2014-02-01", WITH), ("2014-06-29", WITHOUT), ("2014-06-30", WITHOUT)],
    )
    with database.reading() as session:
        (series,) = terms(session, ["cookies"])
    assert shares(series.points) == [("2014-H1", 1, 2), ("2014-H2", 1, 1), ("2015-H1", 1, 1)]
    assert [point.value for point in series.points] == [0.5, 1.0, 1.0]


def test_a_period_without_a_version_standing_has_no_value(database: Database) -> None:
    keep(database, one=[("2012-03-01", WITHOUT), ("2014-03-01", WITH)])
    with database.reading() as session:
        (series,) = terms(session, ["cookies"], by=By.YEAR)
    assert shares(series.points) == [("2012", 0, 1), ("2013", 0, 0), ("2014", 1, 1)]
    assert series.points[1].value is None


def test_one_text_seen_before_and_after_stood_all_the_while(database: Database) -> None:
    keep(database, one=[("2012-03-01", WITH), ("2014-03-01", WITH)])
    with database.reading() as session:
        (series,) = terms(session, ["cookies"], by=By.YEAR)
    assert shares(series.points) == [("2012", 1, 1), ("2013", 1, 1), ("2014", 1, 1)]


def test_several_terms_have_one_time_line_and_a_tag_chooses_services(database: Database) -> None:
    keep(database, one=[("2014-01-05", WITH)], two=[("2015-01-05", WITHOUT)])
    with database.writing() as session:
        session.scalars(select(Service).where(Service.name == "two")).one().tags = ["shop"]
    with database.reading() as session:
        both = terms(session, ["cookies", "NOT cookies"], by=By.YEAR)
        assert [shares(one.points) for one in both] == [
            [("2014", 1, 1), ("2015", 0, 1)],
            [("2014", 0, 1), ("2015", 1, 1)],
        ]
        (shop,) = terms(session, ["cookies"], Cohort(tag="shop"), By.YEAR)
        assert shares(shop.points) == [("2015", 0, 1)]
        (late,) = terms(session, ["cookies"], Cohort(start=on("2015-01-01")), By.YEAR)
        assert shares(late.points) == [("2015", 0, 1)]


def test_the_policies_of_some_services_are_those_counted_for_them_alone(database: Database) -> None:
    keep(database, one=[("2012-01-05", WITH)], two=[("2013-01-05", WITHOUT), ("2015-01-05", WITH)])
    with database.writing() as session:
        service = session.scalars(select(Service).where(Service.name == "two")).one()
        service.tags = ["shop"]
    with database.reading() as session:
        number = service.id
        of_two, tagged = policies(session).of({number}), policies(session, Cohort(tag="shop"))
        assert of_two == tagged
        assert of_two.periods[0].label == "2013-H1"
        assert policies(session).of(set()).periods == ()


def test_a_capture_belongs_to_the_half_year_in_utc_whatever_the_time_zone_of_a_connection(database: Database) -> None:
    keep(database, one=[("2014-06-30T23:30", WITH)], two=[("2014-07-01T00:30", WITH)])
    with database.reading() as session:
        if not database.is_sqlite:
            session.execute(text("SET LOCAL TIME ZONE 'Pacific/Auckland'"))
        (series,) = terms(session, ["cookies"])
    assert shares(series.points) == [("2014-H1", 1, 1), ("2014-H2", 1, 1)]


def test_a_change_counts_once_for_its_service_in_its_half_year(database: Database) -> None:
    older, newer, other = (f"# P\n\nYou must be {age} years old to use it." for age in (13, 16, 18))
    keep(
        database,
        one=[("2014-01-05", older), ("2014-02-05", newer), ("2014-03-05", other)],
        two=[("2014-01-05", older), ("2014-08-05", newer)],
        three=[("2014-01-05", WITH), ("2014-08-05", WITHOUT)],
    )
    bring_up_to_date(database, watch_for("age"))
    with database.reading() as session:
        (series,) = statement_shares(session, ["age"])
        with pytest.raises(ConfigurationError, match="third-party"):
            statement_shares(session, ["weather"])
    assert shares(series.points) == [("2014-H1", 1, 3), ("2014-H2", 1, 2)]


def test_a_term_that_cannot_be_read_is_refused_and_an_empty_store_has_no_points(database: Database) -> None:
    with database.reading() as session:
        with pytest.raises(ConfigurationError, match="cannot be read"):
            terms(session, ["(cookies"])
        assert [one.points for one in terms(session, ["cookies"])] == [()]


def test_measures_equal_those_computed_version_by_version(either_sample: Database) -> None:
    """An oracle that looks at each service and each half-year by itself."""
    with either_sample.reading() as session:
        logs = {row.name: versions.log(session, row.name) for row in versions.services(session)}
        changes = recent.changes(session, recent.ChangesWanted(kinds=recent.EVERY), limit=1_000)
        words, grade = measure(session, Measure.WORDS), measure(session, Measure.GRADE)
        counted = measure(session, Measure.CHANGES)
        (gdpr,) = terms(session, ["legitimate interest*"])
        texts = {row.text_id: documents.text(session, row.text_id) for log in logs.values() for row in log}
    assert [point.period for point in words.points] == [point.period for point in gdpr.points]
    for place, point in enumerate(words.points):
        standing = []
        for log in logs.values():
            stood = [v for v in log if v.first_seen < point.period.end and v.last_seen >= point.period.start]
            standing += stood[-1:]
        assert point.n == counted.points[place].n == gdpr.points[place].n == len(standing)
        if standing:
            lengths = sorted(version.words for version in standing)
            middle = len(lengths) // 2
            assert point.value == (lengths[middle] if len(lengths) % 2 else sum(lengths[middle - 1 : middle + 1]) / 2)
            assert point.low is not None
            assert point.high is not None
            assert lengths[0] <= point.low <= point.value <= point.high <= lengths[-1]
            assert grade.points[place].value is not None
        found = [v for v in standing if "legitimate interest" in " ".join(texts[v.text_id].lower().split())]
        assert gdpr.points[place].count == len(found)
        within = [c for c in changes if point.period.start <= c.before < point.period.end]
        assert counted.points[place].count == sum(c.kind in ("substantive", "minor") for c in within)
    assert sum(point.count or 0 for point in counted.points) > 0
    assert max(point.count or 0 for point in gdpr.points) > 0


def test_periods_meet_and_hold_their_ends() -> None:
    for by, count in ((By.HALF_YEAR, 5), (By.YEAR, 3), (By.MONTH, 25)):
        found = list(periods(by, on("2013-12-31"), on("2015-12-31")))
        assert all(one.end == other.start for one, other in pairwise(found))
        assert found[0].start <= on("2013-12-31") < found[0].end
        assert found[-1].start <= on("2015-12-31") < found[-1].end
        assert len(found) == count
