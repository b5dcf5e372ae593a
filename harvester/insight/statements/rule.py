"""A rule over changes: words that came or went, and kinds of statement. A change fits when all that is given fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harvester.diffing.change import Diff
from harvester.diffing.text.tokens import normalise
from harvester.errors import ConfigurationError
from harvester.insight.statements.edits import edits, sentence, visible
from harvester.insight.statements.model import Statement, StatementKind
from harvester.insight.statements.statements import statements


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of a search for changes; None: anything.

    `added` and `removed` are phrases (`phrase_pattern`); they came or went where an edit touches them and
    the whole text says them more often, or less often, than before.
    """

    added: str | None = None
    removed: str | None = None
    statement: StatementKind | None = None


def fits(rule: Rule, diff: Diff, made: tuple[Statement, ...] | None = None) -> bool:
    """Return whether a change fits a rule; `made` are its statements, where they are known."""
    if rule.added is not None and not any(added(rule.added, diff)):
        return False
    if rule.removed is not None and not any(removed(rule.removed, diff)):
        return False
    if rule.statement is None:
        return True
    return any(one.kind is rule.statement for one in (statements(diff) if made is None else made))


def added(phrase: str, diff: Diff) -> Iterator[str]:
    """Yield the sentences of the new text in which a phrase came."""
    pattern = phrase_pattern(phrase)
    if len(pattern.findall(visible(diff.new_blocks))) <= len(pattern.findall(visible(diff.old_blocks))):
        return
    for edit in edits(diff):
        for found in pattern.finditer(edit.new):
            if any(span.new_start < found.end() and found.start() < span.new_end for span in edit.spans):
                yield sentence(edit.new, found.start(), found.end())


def removed(phrase: str, diff: Diff) -> Iterator[str]:
    """Yield the sentences of the old text from which a phrase went."""
    pattern = phrase_pattern(phrase)
    if len(pattern.findall(visible(diff.old_blocks))) <= len(pattern.findall(visible(diff.new_blocks))):
        return
    for edit in edits(diff):
        for found in pattern.finditer(edit.old):
            if any(span.old_start < found.end() and found.start() < span.old_end for span in edit.spans):
                yield sentence(edit.old, found.start(), found.end())


def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Return what finds a phrase, in any case and whatever parts its words within a sentence.

    Raises `ConfigurationError` for a phrase without a word.
    """
    words = [re.escape(word) for word in normalise(phrase).split()]
    if not words:
        raise ConfigurationError("give a phrase of one word or more")
    return re.compile("(?<!\\w)" + "[^\\w.!?]+".join(words) + "(?!\\w)", re.IGNORECASE)
