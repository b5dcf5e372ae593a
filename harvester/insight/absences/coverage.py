"""Which documents have a version in which half-year, and which have none: before, between and after their versions.

A version is there from the first to the last capture that shows it, as in `harvester.insight.periods`. Why a document
has none the ledger says (`harvester.insight.absences.gaps`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from sqlalchemy.orm import Session

from harvester.insight.periods import Cohort, Period, Policies, services_with
from harvester.store.read import series


class Lack(StrEnum):
    """Where in its history a document has no version in a half-year."""

    BETWEEN = "between versions"
    BEFORE = "before the first"
    AFTER = "after the last"
    NEVER = "no version at all"


class Covered(NamedTuple):
    """A document; bit n of `bits` says whether it has a version in the nth half-year."""

    id: int
    name: str
    bits: int


@dataclass(frozen=True, slots=True)
class HalfYearTotal:
    """A half-year: how many documents have a version in it, and how many lack one, and where."""

    period: Period
    there: int
    lacking: dict[Lack, int]


@dataclass(frozen=True, slots=True)
class LackingSpan:
    """Successive half-years in which a document has no version; both ends included."""

    lack: Lack
    first: Period
    last: Period
    half_years: int


@dataclass(frozen=True)
class Coverage:
    """The documents of a cohort in all half-years of their type, those with most half-years between versions first."""

    periods: tuple[Period, ...]
    documents: tuple[Covered, ...]

    @cached_property
    def totals(self) -> tuple[HalfYearTotal, ...]:
        """Each half-year with its counts, oldest first."""
        size, seen = len(self.periods), [one.bits for one in self.documents if one.bits]
        begun, ended = Counter(map(_lowest, seen)), Counter(map(int.bit_length, seen))
        there = [0] * size
        for bits, number in Counter(seen).items():
            for place in _places(bits):
                there[place] += number
        found = []
        before, after = len(seen), 0
        for place, period in enumerate(self.periods):
            before, after = before - begun[place], after + ended[place]
            between = len(seen) - there[place] - before - after
            lacking = dict(zip(Lack, (between, before, after, len(self.documents) - len(seen)), strict=True))
            found.append(HalfYearTotal(period, there[place], lacking))
        return tuple(found)

    def documents_by_lack(self) -> dict[Lack, int]:
        """Return how many documents have no version somewhere."""
        size, seen = len(self.periods), [one.bits for one in self.documents if one.bits]
        counts = (
            sum(_between(bits) > 0 for bits in seen),
            sum(not bits & 1 for bits in seen),
            sum(bits.bit_length() < size for bits in seen),
            len(self.documents) - len(seen),
        )
        return dict(zip(Lack, counts, strict=True))

    def lacking(self, place: int | None = None) -> list[Covered]:
        """Return the documents without a version in a half-year, by its place; in any half-year without one."""
        whole = (1 << len(self.periods)) - 1
        wanted = whole if place is None else 1 << place
        return [one for one in self.documents if wanted & ~one.bits]

    def spans(self, bits: int) -> Iterator[LackingSpan]:
        """Yield the half-years that a document lacks, neighbours merged, oldest first."""
        for lack, group in groupby(range(len(self.periods)), key=lambda place: lack_in(bits, place)):
            places = list(group)
            if lack is not None:
                yield LackingSpan(lack, self.periods[places[0]], self.periods[places[-1]], len(places))

    def ends(self, bits: int) -> tuple[str, str] | None:
        """Return the labels of the half-years of a document's first and last version; None if it has none."""
        return (self.periods[_lowest(bits)].label, self.periods[bits.bit_length() - 1].label) if bits else None

    def place_of(self, label: str) -> int | None:
        """Return the place of a half-year by its label; None if it is not among them."""
        return next((place for place, one in enumerate(self.periods) if one.label == label), None)


def lack_in(bits: int, place: int) -> Lack | None:
    """Return where in its history a document lacks a half-year; None if it has a version in it."""
    if not bits:
        return Lack.NEVER
    if bits >> place & 1:
        return None
    if not bits >> place:
        return Lack.AFTER
    return Lack.BETWEEN if bits & ((1 << place) - 1) else Lack.BEFORE


def coverage(session: Session, policies: Policies, cohort: Cohort) -> Coverage:
    """Return the coverage of a cohort, of which `policies` are the documents by half-year; raise `UnknownName` when no
    service has its tag.
    """
    names = series.names(session, cohort.type)
    if cohort.tag is not None:
        chosen = services_with(session, cohort.tag)
        names = {number: name for number, name in names.items() if number in chosen}
    bits = dict.fromkeys(names, 0)
    for service, first, last in zip(policies.services, policies.firsts, policies.lasts, strict=True):
        if service in bits:
            bits[service] |= (1 << last + 1) - (1 << first)
    documents = [Covered(number, names[number], one) for number, one in bits.items()]
    return Coverage(policies.periods, tuple(sorted(documents, key=lambda one: (-_between(one.bits), one.name))))


def _between(bits: int) -> int:
    """Return in how many half-years between its first and its last a document has no version."""
    return bits.bit_length() - _lowest(bits) - bits.bit_count() if bits else 0


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _places(bits: int) -> Iterator[int]:
    while bits:
        yield _lowest(bits)
        bits &= bits - 1
