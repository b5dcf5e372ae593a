"""A watch: a rule over what a change added, removed or altered. All that is given must fit.

It says which passages show that it does. Phrases and regular expressions must come or go in an edit, and be in the
whole text more often, or less often, than before: what only moved does not fit.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from harvester.catalogue.document_types import a_type, document_name, split_name, type_named
from harvester.errors import ConfigurationError
from harvester.insight.statements.edits import sentence
from harvester.insight.statements.model import Happened, Statement, StatementKind
from harvester.insight.statements.quantities import KINDS, has_number, quantities
from harvester.insight.statements.rule import phrase_pattern
from harvester.insight.statements.seen import SeenChange
from harvester.insight.statements.statements import statements
from harvester.insight.topics.assign import (
    NAMED,
    OPP115,
    Found,
    Topic,
    rules_version,
    topics,
    topics_beyond_opp115,
    topics_of,
)
from harvester.insight.topics.names import names
from harvester.store.ledger.watches import Scope

if TYPE_CHECKING:
    from harvester.settings import WatchSettings

SECONDS = 0.2
"""Seconds that one regular expression may take for one of the two texts of a change."""
PASSAGES = 5
"""The passages of a hit that are kept."""
_LONGEST = 300
_BESIDE = 100  # characters around an edit that may hold the rest of a value, or tell that it is an age
_VERSION = "2"  # of the code here: another one means that changes are looked through again
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class _Match(Protocol):
    def start(self) -> int: ...

    def end(self) -> int: ...


Finder = Callable[[str], list[_Match]]


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that a value of some kind may cross: ``period > 90 days``."""

    kind: StatementKind
    holds: Callable[[float, float], bool]
    value: float
    unit: str

    def crossed(self, one: Statement) -> bool:
        """Return whether a statement says that a value is beyond the bound now and was not before."""
        if one.kind is not self.kind or one.happened is Happened.REMOVED:
            return False
        return self._beyond(one.new) and not self._beyond(one.old)

    def may_be_crossed(self, text: str) -> bool:
        """Return whether a text has a value beyond the bound: quick, and true wherever `crossed` may be."""
        return any(
            one.kind is self.kind and one.value[1] == self.unit and self.holds(one.value[0], self.value)
            for one in (quantities(text, (self.kind,)) if has_number(text) else ())
        )

    def _beyond(self, text: str | None) -> bool:
        found = _value(self.kind, text) if text else None
        return found is not None and found[1] == self.unit and self.holds(found[0], self.value)


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch of the settings, ready for use. `rule` is a digest that differs whenever another result may follow."""

    name: str
    rule: str
    scope: Scope
    words: tuple[Finder, ...]
    added: bool
    removed: bool
    topic: str | None
    statement: StatementKind | None
    bound: Bound | None

    def passages(self, seen: SeenChange) -> tuple[str, ...]:
        """Return the passages that show that a change fits, none if it does not.

        Raises TimeoutError when a regular expression takes too long.
        """
        found: list[str] = []
        for asked, find in (
            (bool(self.words), self._words),
            (self.topic is not None, self._topic),
            (self.statement is not None or self.bound is not None, self._statements),
        ):
            if asked:
                here = list(find(seen))
                if not here:
                    return ()
                found += here
        return tuple(one[:_LONGEST] for one in dict.fromkeys(found))[:PASSAGES]

    def _words(self, seen: SeenChange) -> Iterator[str]:
        for find in self.words:
            before, after = find(seen.old.text), find(seen.new.text)
            if self.added and len(after) > len(before):
                for edit in seen.edits:
                    for one in find(edit.new) if edit.new else ():
                        if any(span.new_start < one.end() and one.start() < span.new_end for span in edit.spans):
                            yield sentence(edit.new, one.start(), one.end())
            if self.removed and len(before) > len(after):
                for edit in seen.edits:
                    for one in find(edit.old) if edit.old else ():
                        if any(span.old_start < one.end() and one.start() < span.old_end for span in edit.spans):
                            yield sentence(edit.old, one.start(), one.end())

    def _topic(self, seen: SeenChange) -> Iterator[str]:
        for edit in seen.edits:
            for wanted, text, touched in (
                (self.added, edit.new, [(span.new_start, span.new_end) for span in edit.spans]),
                (self.removed, edit.old, [(span.old_start, span.old_end) for span in edit.spans]),
            ):
                if not wanted:
                    continue
                for line in re.finditer(r"[^\n]+", text):
                    if any(start < line.end() and line.start() < end for start, end in touched) and self._is_about(
                        seen, line[0]
                    ):
                        yield line[0]

    def _is_about(self, seen: SeenChange, line: str) -> bool:
        if self.topic == NAMED:
            return next(names(line), None) is not None
        find = topics_of if self.topic in OPP115 else topics_beyond_opp115
        return self.topic in seen.once((find, line), lambda: _keys(find(line)))

    def _statements(self, seen: SeenChange) -> Iterator[str]:
        wanted = {one for one in (self.statement, self.bound.kind if self.bound else None) if one is not None}
        if len(wanted) > 1:  # no statement is of two kinds
            return
        if self.bound is not None and not any(map(self.bound.may_be_crossed, _altered(seen))):
            return
        [kind] = wanted
        for one in seen.once(kind, lambda: statements(seen, wanted)):
            if (not self.added and one.happened is Happened.ADDED) or (
                not self.removed and one.happened is Happened.REMOVED
            ):
                continue
            if self.bound is None or self.bound.crossed(one):
                yield f"{one.text}: {one.new_passage or one.old_passage}"


def _altered(seen: SeenChange) -> Iterator[str]:
    """Yield what is new in a change, with the words beside it; what is beside one another together."""
    for edit in seen.edits:
        start = end = 0
        for span in edit.spans:
            if span.new_start - _BESIDE > end:
                yield edit.new[start:end]
                start = span.new_start - _BESIDE
            end = span.new_end + _BESIDE
        yield edit.new[start:end]


def _keys(found: Iterable[Topic | Found]) -> frozenset[str]:
    return frozenset(one.topic.key if isinstance(one, Found) else one.key for one in found)


def watch_of(name: str, settings: WatchSettings) -> Watch:
    """Return a watch ready for use; raise `ConfigurationError` when its rule cannot be understood."""
    where = f"[watch.{name}]"
    if not (settings.words or settings.topic or settings.statement or settings.crosses):
        raise ConfigurationError(f"{where} has no rule: give words, topic, statement or crosses")
    if settings.topic is not None and settings.topic not in (known := sorted(one.key for one in topics())):
        raise ConfigurationError(
            f"{where} topic: there is no topic {settings.topic!r}; choose one of {', '.join(known)}"
        )
    try:
        statement = StatementKind(settings.statement) if settings.statement else None
    except ValueError as error:
        raise ConfigurationError(
            f"{where} statement: {settings.statement!r} must be one of {', '.join(StatementKind)}"
        ) from error
    scope = _scope(where, settings)
    rule: dict[str, Any] = settings.model_dump(mode="json") | {"code": _VERSION, "rules": rules_version()}
    return Watch(
        name,
        sha256(json.dumps(rule, sort_keys=True).encode()).hexdigest()[:32],
        scope,
        tuple(_finder(where, one) for one in settings.words),
        settings.side != "removed",
        settings.side != "added",
        settings.topic,
        statement,
        _bound(where, settings.crosses) if settings.crosses else None,
    )


def _scope(where: str, settings: WatchSettings) -> Scope:
    try:
        types = tuple(map(type_named, settings.types))
    except ValueError as error:
        raise ConfigurationError(f"{where} types: {error}") from error
    for document in settings.services:
        service, type_ = split_name(document)
        if types and type_ not in types:
            raise ConfigurationError(
                f"{where} types: {document} is {a_type(type_)}, which they leave out; "
                f"write {document_name(service, types[0])} among the services, or leave out the types"
            )
    return Scope(settings.services, settings.tags, types, settings.kinds)


def _finder(where: str, words: str) -> Finder:
    """Return what finds a phrase (`phrase_pattern`), or a regular expression between slashes."""
    if len(words) > 2 and words.startswith("/") and words.endswith("/"):
        import regex

        try:
            compiled = regex.compile(words[1:-1], regex.IGNORECASE)
        except (regex.error, RecursionError) as error:
            raise ConfigurationError(f"{where} words: {words} cannot be read: {error}") from error

        def bounded(text: str) -> list[_Match]:
            return list(compiled.finditer(text, timeout=SECONDS))

        return bounded
    try:
        pattern = phrase_pattern(words)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where} words: {error}") from error
    return lambda text: list(pattern.finditer(text))


def _bound(where: str, text: str) -> Bound:
    found = re.fullmatch(r"\s*(\w+)\s*(<=|>=|<|>)\s*(\S.*?)\s*", text)
    kind = next((one for one in KINDS if found and one.value == found[1]), None)
    value = _value(kind, found[3]) if found and kind else None
    if found is None or kind is None or value is None:
        raise ConfigurationError(
            f"{where} crosses: {text!r} cannot be read; write age < 16, period > 90 days, percentage > 5 % "
            "or amount > $100"
        )
    return Bound(kind, _OPERATORS[found[2]], *value)


def _value(kind: StatementKind, text: str) -> tuple[float, str] | None:
    """Return the number and unit of a value as a statement has it; ages and percentages may be bare numbers."""
    if kind is StatementKind.AGE and (age := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:years?)?\s*", text)):
        return float(age[1]), "years"
    if kind is StatementKind.PERCENTAGE and re.fullmatch(r"\s*\d+(?:\.\d+)?\s*", text):
        text += "%"
    return next((one.value for one in quantities(text, (kind,))), None)
