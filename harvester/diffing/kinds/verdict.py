"""The kind of a change, and its reasons: the gravest of what each altered passage, link and number is evidence for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from harvester.diffing.change import Kind, LinkChange, Operation, OperationKind
from harvester.diffing.kinds import largest_first
from harvester.diffing.kinds.contact.addresses import Addresses
from harvester.diffing.kinds.dates.notices_of_updates import is_date_line
from harvester.diffing.kinds.largest_first import Where
from harvester.diffing.kinds.links import (
    Sentences,
    is_of_a_right,
    leads_to_another_recipient,
    names_another_subject,
)
from harvester.diffing.kinds.passages import whole_side
from harvester.diffing.kinds.reasons import LINES_END_ELSEWHERE, Finding, arrow, quote
from harvester.diffing.kinds.same_words.line_ends import end_elsewhere
from harvester.diffing.kinds.same_words.part_numbers import is_abbreviated
from harvester.diffing.kinds.vocabulary import LAW
from harvester.diffing.kinds.whole_texts import WholeTexts
from harvester.diffing.links import spells_out
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.cells import columns, heads, said_in_cells

MOST_REASONS = 6
_OF_A_LAW = ("of ", "des ", "der ", "du ", "de la ", "del ", "della ", "da ", "do ", "van ")
_NAMES_A_PART = re.compile(r"(?:[^\W\d_]{3,}\W*[\divx]+|§\s*\d+)$", re.IGNORECASE)
"""A label that calls the part something, and does not end with a colon as that of a heading does."""
_NAMES_A_LAW = re.compile(r"\w{3,}(?:gesetz(?:buch)?(?:e?s)?|verordnung)\b")
_LAW_WITHIN = 60  # characters behind the number
_NAMED_WITHIN = 8  # tokens behind it
_GRAVITY = (Kind.SUBSTANTIVE, Kind.MINOR, Kind.COSMETIC)


def verdict(
    old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]
) -> tuple[Kind, tuple[str, ...]]:
    """Return the kind of a change with these operations, and the reasons of that kind, each once: of a substantive
    change those of the most words first, of others in reading order.
    """
    reasons_of: dict[Kind, dict[str, Where]] = {kind: {} for kind in _GRAVITY}
    for where, finding in _findings(WholeTexts(old, new), operations, reasons_of[Kind.SUBSTANTIVE]):
        places = reasons_of[finding.kind]
        places[finding.reason] = min(where, places.get(finding.reason, where))
        if len(reasons_of[Kind.SUBSTANTIVE]) > MOST_REASONS:
            break  # nothing is graver, and no further one is said: of a rewritten text there are hundreds
    kind = next((kind for kind in _GRAVITY if reasons_of[kind]), Kind.COSMETIC)
    reasons = list(reasons_of[kind])
    if kind is not Kind.SUBSTANTIVE:
        reasons.sort(key=reasons_of[kind].__getitem__)
    if not reasons:
        reasons = ["the words are the same: only markup differs"]
    if len(reasons) > MOST_REASONS:
        reasons[MOST_REASONS - 1 :] = ["and more"]
    return kind, tuple(reasons)


def _findings(
    texts: WholeTexts, operations: Sequence[Operation], said: Collection[str]
) -> Iterator[tuple[Where, Finding]]:
    behind = (len(operations), 0)
    only_lines = end_elsewhere(texts.old, texts.new)
    if only_lines:
        yield (0, 0), Finding(Kind.COSMETIC, LINES_END_ELSEWHERE)
    else:
        yield from largest_first.findings(texts, operations, said)
    for block in _rows_in_other_columns(texts, operations):
        yield behind, Finding(Kind.SUBSTANTIVE, f"a cell stands in another column: {quote(block.tokens)}")
    for operation in operations:
        if operation.kind is OperationKind.MOVE and not only_lines:
            yield behind, _moved(texts, operation)
        if operation.labels and not only_lines:
            yield behind, _numbered(texts, operation, operation.labels)
        for finding in _links(texts, operation):
            yield behind, finding


def _rows_in_other_columns(texts: WholeTexts, operations: Sequence[Operation]) -> Iterator[Block]:
    """Yield the rows with the same words in other columns, under the same heads of a table.

    A dash in an empty cell is no word: with it such a row is an edited one.
    """
    places = [
        (i, j)
        for operation in operations
        if operation.kind is OperationKind.EQUAL or _is_of_one_row(texts, operation)
        for i, j in zip(range(*operation.old), range(*operation.new), strict=True)
        if texts.new[j].kind is BlockKind.ROW and columns(texts.old[i]) != columns(texts.new[j])
    ]
    if not places:
        return  # as most
    olds, news = heads(texts.old), heads(texts.new)
    for i, j in places:
        head, other = texts.old[olds[i]], texts.new[news[j]]
        if olds[i] != i and news[j] != j and head.key == other.key and columns(head) == columns(other):
            yield texts.new[j]


def _is_of_one_row(texts: WholeTexts, operation: Operation) -> bool:
    """Return whether a row is edited in nothing but the dashes of its empty cells."""
    (i, end), (j, last) = operation.old, operation.new
    if operation.kind is not OperationKind.REPLACE or end - i != 1 or last - j != 1:
        return False
    old, new = texts.old[i], texts.new[j]
    return old.kind is new.kind is BlockKind.ROW and said_in_cells(old) == said_in_cells(new)


def _links(texts: WholeTexts, operation: Operation) -> Iterator[Finding]:
    if not operation.links:
        return
    old, new = texts.old[slice(*operation.old)], texts.new[slice(*operation.new)]
    if all(block.start in texts.new_around for block in new):
        for link in operation.links:
            yield Finding(Kind.COSMETIC, f"what stands around the policy: {quote(link.text.split())}")
        return
    sentences = Sentences((*old, *new))
    yield from (_link(link, sentences) for link in operation.links)


def _link(link: LinkChange, sentences: Sentences) -> Finding:
    text = quote(link.text.split())
    if None in (link.old, link.new) and spells_out(link.text, link.old or link.new or ""):
        return Finding(Kind.COSMETIC, f"a link at the address that it leads to: {text}")
    if is_of_a_right(link, sentences):
        return Finding(Kind.MINOR, f"a link to contact the company or exercise a right: {text}")
    if leads_to_another_recipient(link, sentences):
        return Finding(Kind.SUBSTANTIVE, f"a link to a recipient of data leads to another site: {text}")
    if names_another_subject(link):
        return Finding(Kind.MINOR, f"a link leads to another page: {text}")
    return Finding(Kind.COSMETIC, f"address of a link: {text}")


def _numbered(texts: WholeTexts, operation: Operation, labels: tuple[str, str]) -> Finding:
    block = texts.new[operation.new[0]]
    if block.start in texts.new_around:
        return Finding(Kind.COSMETIC, f"what stands around the policy: {arrow(labels[0].split(), labels[1].split())}")
    key = block.key.lower()
    if _NAMES_A_PART.search("".join(labels)) and (is_abbreviated(block.tokens[:1]) or _NAMES_A_LAW.match(key)):
        return Finding(Kind.SUBSTANTIVE, f"part of a law: {arrow(labels[0].split(), labels[1].split())}")
    if key.startswith(_OF_A_LAW) and (LAW.search(key[:_LAW_WITHIN]) or is_abbreviated(block.tokens[:_NAMED_WITHIN])):
        return Finding(Kind.SUBSTANTIVE, f"part of a law: {arrow(labels[0].split(), labels[1].split())}")
    if texts.old[operation.old[0]].kind is block.kind is BlockKind.ITEM and "" in labels:
        return Finding(Kind.COSMETIC, "the items of a list are numbered or not")
    return Finding(Kind.MINOR, "numbering of sections")


def _moved(texts: WholeTexts, operation: Operation) -> Finding:
    block = texts.new[operation.new[0]]
    text = quote(block.tokens)
    # What was of the policy where it stood, or is now, has moved in it or out of it.
    if texts.old[operation.old[0]].start in texts.old_around and block.start in texts.new_around:
        return Finding(Kind.COSMETIC, f"what stands around the policy: {text}")
    if block.kind is BlockKind.HEADING:
        return Finding(Kind.MINOR, f"a heading stands elsewhere: {text}")
    if is_date_line(block.tokens):
        return Finding(Kind.MINOR, f"the date of the document stands elsewhere: {text}")
    addresses = Addresses(whole_side([block]))
    if addresses.head_of(0) is not None:
        return Finding(Kind.MINOR, f"an address stands elsewhere: {text}")
    if texts.old_governing[operation.old[0]] == texts.new_governing[operation.new[0]]:
        return Finding(Kind.MINOR, f"a passage stands elsewhere under the same heading: {text}")
    return Finding(Kind.SUBSTANTIVE, f"a passage moved to another section: {text}")
