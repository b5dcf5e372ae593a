"""Which documents have a version in which half-year: every half-year is counted once, where it lacks one."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from harvester.insight.absences.coverage import Coverage, Covered, Lack, lack_in
from harvester.insight.periods import By, periods

FIVE = tuple(periods(By.HALF_YEAR, datetime(2014, 1, 1, tzinfo=UTC), datetime(2016, 2, 1, tzinfo=UTC)))


def covered(*bits: int) -> Coverage:
    return Coverage(FIVE, tuple(Covered(number, f"{number}.example", one) for number, one in enumerate(bits)))


@given(st.lists(st.integers(0, 2 ** len(FIVE) - 1), max_size=20))
def test_the_totals_count_each_document_once_in_each_half_year(bits: list[int]) -> None:
    coverage = covered(*bits)
    for place, total in enumerate(coverage.totals):
        lacks = [lack_in(one, place) for one in bits]
        assert total.there == lacks.count(None)
        assert total.lacking == {lack: lacks.count(lack) for lack in Lack}
    spans = [list(coverage.spans(one)) for one in bits]
    assert coverage.documents_by_lack() == {
        lack: sum(lack in {span.lack for span in of} for of in spans) for lack in Lack
    }
    assert [sum(span.half_years for span in of) for of in spans] == [len(FIVE) - one.bit_count() for one in bits]


def test_a_history_with_holes_in_words() -> None:
    coverage = covered(0b01010, 0, 0b11111)
    assert [(one.lack, one.first.label, one.last.label) for one in coverage.spans(0b01010)] == [
        (Lack.BEFORE, "2014-H1", "2014-H1"),
        (Lack.BETWEEN, "2015-H1", "2015-H1"),
        (Lack.AFTER, "2016-H1", "2016-H1"),
    ]
    assert [one.lack for one in coverage.spans(0)] == [Lack.NEVER]
    assert [one.id for one in coverage.lacking()] == [0, 1]
    assert [one.id for one in coverage.lacking(coverage.place_of("2014-H2"))] == [1]
    assert coverage.ends(0b01010) == ("2014-H2", "2015-H2")
