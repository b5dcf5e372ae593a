"""Say what a change did, in plain words, from the redline alone: each statement has the passages that prove it.

A statement is left out in doubt. What was added must not be anywhere in the old text, what
was removed nowhere in the new one; a value went from one to another only where one edit of a few words holds exactly
one of its kind on each side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from harvester.diffing.change import Diff, Kind
from harvester.diffing.text.blocks import Block
from harvester.insight.statements.addresses import emails, hides_emails, links_alike, site_of
from harvester.insight.statements.edits import Edit, Span, alike, sentence, sentences
from harvester.insight.statements.modals import modals
from harvester.insight.statements.model import Happened, Statement, StatementKind
from harvester.insight.statements.quantities import Quantity, has_number, quantities
from harvester.insight.statements.rights import rights
from harvester.insight.statements.seen import SeenChange, WholeText
from harvester.insight.topics.assign import LANGUAGES, topics_beyond_opp115
from harvester.insight.topics.names import names

_LETTERS = re.compile(r"[^\W\d_]+")
_BESIDE = 20  # characters around an edit that may contain the number whose unit it changed
_FEW = 12  # words on a side of an edit in which one value may have become another
_ALIKE = 0.6  # share of words that the sentences around a changed value have in common
_LABELS = {
    StatementKind.PERIOD: "period",
    StatementKind.AGE: "age",
    StatementKind.AMOUNT: "amount",
    StatementKind.PERCENTAGE: "percentage",
}


def statements(
    change: Diff | SeenChange, only: Collection[StatementKind] = tuple(StatementKind)
) -> tuple[Statement, ...]:
    """Return the statements about a change, of these kinds, in reading order, each once. Of a technical one there are
    none: the policy says what it said.
    """
    seen = SeenChange(change) if isinstance(change, Diff) else change
    if seen.diff.kind is Kind.TECHNICAL:
        return ()
    found: dict[tuple[object, ...], Statement] = {}
    for one in _Change(seen, only).statements():
        if one.kind not in only:
            continue
        found.setdefault((one.kind, one.happened, one.old, one.new), one)
    steps = [one for one in found.values() if one.happened is Happened.CHANGED]
    come, gone = {(one.kind, one.new) for one in steps}, {(one.kind, one.old) for one in steps}
    # What a step says already is not said again of another passage.
    return tuple(
        one
        for one in found.values()
        if one.happened is Happened.CHANGED or not ((one.kind, one.new) in come or (one.kind, one.old) in gone)
    )


def silence(kind: str | None, language: str | None) -> str | None:
    """Return why nothing is said of a substantive change to a text in another language than English; None: no reason
    to expect anything.
    """
    if kind != "substantive" or language in (None, "und", "en"):
        return None
    return "nothing for certain: rights and verbs such as “may” are read in English only; read the redline"


class _Change:
    """A change with what its two whole texts say, against which statements are checked."""

    def __init__(self, seen: SeenChange, only: Collection[StatementKind]) -> None:
        self.diff, self.edits = seen.diff, seen.edits
        self.old, self.new = seen.old, seen.new
        self.only = frozenset(only)
        self.values = self.only & _LABELS.keys()

    def statements(self) -> Iterator[Statement]:
        """Yield all statements, those about words only where both texts are in one language."""
        # To tell the language of two whole texts takes longer than most searches: only what is found asks for it.
        yield from self._in_one_language(self._of_words())
        if StatementKind.ADDRESS in self.only:
            yield from self._came_and_went(StatementKind.ADDRESS, emails, self._says_words)
        if StatementKind.LINK in self.only:
            yield from self._links()

    def _of_words(self) -> Iterator[Statement]:
        for edit in self.edits:
            if self.values:
                yield from self._quantities(edit)
            if StatementKind.MODAL in self.only:
                yield from modals(edit)
        if StatementKind.THIRD_PARTY in self.only:
            yield from self._came_and_went(StatementKind.THIRD_PARTY, names, self._says_name)
        if StatementKind.RIGHT in self.only:
            found = self._came_and_went(StatementKind.RIGHT, rights, self._says_right)
            yield from self._in_one_language(found, {"en"})
        if StatementKind.TOPIC in self.only:
            yield from self._in_one_language(self._topics(), LANGUAGES)

    def _in_one_language(self, found: Iterable[Statement], known: Collection[str] = ()) -> Iterator[Statement]:
        """Yield the statements if both texts are in one language, one of those known (none: in any)."""
        for one in found:
            spoken = {self.old.language, self.new.language} - {"und"}
            if len(spoken) > 1 or (known and not spoken <= set(known)):
                return
            yield one

    def _quantities(self, edit: Edit) -> Iterator[Statement]:
        if not any(
            has_number(text[max(start - _BESIDE, 0) : end + _BESIDE])
            for span in edit.spans
            for text, start, end in (
                (edit.old, span.old_start, span.old_end),
                (edit.new, span.new_start, span.new_end),
            )
        ):
            return
        old, new = list(quantities(edit.old, self.values)), list(quantities(edit.new, self.values))
        for span in edit.spans:
            before = [one for one in old if _touches(one, span.old_start, span.old_end)]
            after = [one for one in new if _touches(one, span.new_start, span.new_end)]
            for kind, label in _LABELS.items() if before or after else ():
                was, is_ = ([one for one in side if one.kind is kind] for side in (before, after))
                yield from self._step(edit, span, label, was, is_)

    def _step(
        self, edit: Edit, span: Span, label: str, before: list[Quantity], after: list[Quantity]
    ) -> Iterator[Statement]:
        """Yield what one span did to the quantities of one kind."""
        gone = [one for one in before if one.value not in {other.value for other in after}]
        come = [one for one in after if one.value not in {other.value for other in before}]
        if len(before) == len(after) == 1 and gone and come and _is_small(edit, span):
            [was], [is_] = before, after
            passages = sentence(edit.old, was.start, was.end), sentence(edit.new, is_.start, is_.end)
            if alike(*passages) < _ALIKE or was.value in {one.value for one in quantities(passages[1], self.values)}:
                return
            yield Statement(
                was.kind,
                Happened.CHANGED,
                f"{label}: {was.text} → {is_.text}",
                was.text,
                is_.text,
                *passages,
            )
            return
        for one in come:
            if one.value not in self.old.values(one.kind):
                passage = sentence(edit.new, one.start, one.end)
                yield Statement(
                    one.kind, Happened.ADDED, f"names a new {label}: {one.text}", None, one.text, "", passage
                )
        for one in gone:
            if one.value not in self.new.values(one.kind):
                text, passage = f"no longer names the {label} {one.text}", sentence(edit.old, one.start, one.end)
                yield Statement(one.kind, Happened.REMOVED, text, one.text, None, passage, "")

    def _came_and_went(
        self,
        kind: StatementKind,
        find: Callable[[str], Iterable[tuple[str, int, int]]],
        says: Callable[[WholeText, str], bool],
    ) -> Iterator[Statement]:
        """Yield what one side of the edits says and the whole other text does not."""
        for edit in self.edits:
            for value, start, end in find(edit.new):
                if any(span.new_start < end and start < span.new_end for span in edit.spans) and not says(
                    self.old, value
                ):
                    passage = sentence(edit.new, start, end)
                    yield Statement(kind, Happened.ADDED, _ADDED[kind].format(value), None, value, "", passage)
            for value, start, end in find(edit.old):
                if any(span.old_start < end and start < span.old_end for span in edit.spans) and not says(
                    self.new, value
                ):
                    passage = sentence(edit.old, start, end)
                    yield Statement(kind, Happened.REMOVED, _REMOVED[kind].format(value), value, None, passage, "")

    def _says_words(self, side: WholeText, words: str) -> bool:
        return words.lower() in side.lower or hides_emails(side.text)

    def _says_name(self, side: WholeText, name: str) -> bool:
        """Return whether a text has the name, or either text one of its words in small letters, so that it is not a
        name.
        """
        return name.lower() in side.lower or any(
            one.has_in_small_letters(word.lower()) for word in _LETTERS.findall(name) for one in (self.old, self.new)
        )

    def _says_right(self, side: WholeText, right: str) -> bool:
        return side.may_grant(right)

    def _topics(self) -> Iterator[Statement]:
        """Yield the topics that touched passages of one text have and no passage of the other one."""
        for happened, texts, others in (
            (Happened.ADDED, [edit.new for edit in self.edits], self.diff.old_blocks),
            (Happened.REMOVED, [edit.old for edit in self.edits], self.diff.new_blocks),
        ):
            passages: dict[str, tuple[str, str]] = {}
            for passage in (one for text in texts for line in text.splitlines() for one in sentences(line)):
                for topic in topics_beyond_opp115(passage):
                    passages.setdefault(topic.key, (topic.title, sentence(passage, 0, len(passage))))
            elsewhere = _topics_among(passages, others)
            for key, (title, passage) in passages.items():
                if key in elsewhere:
                    continue
                if happened is Happened.ADDED:
                    yield Statement(StatementKind.TOPIC, happened, f"new topic: {title}", None, title, "", passage)
                else:
                    text = f"no longer a topic: {title}"
                    yield Statement(StatementKind.TOPIC, happened, text, title, None, passage, "")

    def _links(self) -> Iterator[Statement]:
        """Yield links whose words stayed and whose target changed, and sites that are linked to for the first time."""
        moved = set()
        for operation in self.diff.operations:
            for link in operation.links:
                if not link.old or not link.new or links_alike(link.old, link.new):
                    continue
                moved |= {site_of(link.old), site_of(link.new)}
                old = _around_link(self.diff.old_blocks[slice(*operation.old)], link.old)
                new = _around_link(self.diff.new_blocks[slice(*operation.new)], link.new)
                if site_of(link.old) and site_of(link.new) and alike(old, new) >= _ALIKE:
                    words = link.text.strip(" _*.,")
                    text = f"the link “{words}” goes to {link.new}, no longer to {link.old}"
                    yield Statement(StatementKind.LINK, Happened.CHANGED, text, link.old, link.new, old, new)
        before, after = _sites(self.diff.old_blocks), _sites(self.diff.new_blocks)
        for site in [site for site in after if site not in before and site not in moved]:
            if site not in self.old.lower:
                yield Statement(StatementKind.LINK, Happened.ADDED, f"links to {site}", None, site, "", after[site])
        for site in [site for site in before if site not in after and site not in moved]:
            if site not in self.new.lower:
                text = f"no longer links to {site}"
                yield Statement(StatementKind.LINK, Happened.REMOVED, text, site, None, before[site], "")


_ADDED = {
    StatementKind.THIRD_PARTY: "names {}",
    StatementKind.RIGHT: "names a right or choice: {}",
    StatementKind.ADDRESS: "gives the address {}",
}
_REMOVED = {
    StatementKind.THIRD_PARTY: "no longer names {}",
    StatementKind.RIGHT: "no longer names a right or choice: {}",
    StatementKind.ADDRESS: "no longer gives the address {}",
}


def _touches(one: Quantity, start: int, end: int) -> bool:
    return one.start < end and start < one.end


def _is_small(edit: Edit, span: Span) -> bool:
    sides = (edit.old[span.old_start : span.old_end], edit.new[span.new_start : span.new_end])
    return all(len(side.split()) <= _FEW for side in sides)


def _topics_among(wanted: Collection[str], blocks: Iterable[Block]) -> set[str]:
    """Return which of some topics a block has; the rest of a text is not read once all are found."""
    found: set[str] = set()
    for block in blocks:
        if len(found) == len(wanted):
            break
        found.update(topic.key for topic in topics_beyond_opp115(block.inline.visible) if topic.key in wanted)
    return found


def _around_link(blocks: Iterable[Block], target: str) -> str:
    """Return the sentence around the first link of some blocks that leads to `target`."""
    for block in blocks:
        for link in block.inline.links:
            if link.value == target:
                return sentence(block.inline.visible, link.start, link.end)
    return ""


def _sites(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the sites that some blocks link to, each with the sentence of its first link."""
    sites: dict[str, str] = {}
    for block in blocks:
        for link in block.inline.links:
            site = site_of(link.value)
            if site and site not in sites:
                sites[site] = sentence(block.inline.visible, link.start, link.end)
    return sites
