"""The kind of a change, and its reasons: the gravest of what each altered passage, link and number is evidence for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harvester.diffing.change import Kind, LinkChange, Operation, OperationKind
from harvester.diffing.kinds import altered
from harvester.diffing.kinds.contact.addresses import Addresses
from harvester.diffing.kinds.headings import is_date_line
from harvester.diffing.kinds.links import is_of_a_right, names_another_subject
from harvester.diffing.kinds.passages import altered_passages, whole_side
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.kinds.vocabulary import LAW
from harvester.diffing.kinds.whole_texts import WholeTexts
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.inline import spells_out

MOST_REASONS = 6
_OF_A_LAW = ("of ", "des ", "der ", "du ", "de la ", "del ", "della ", "da ", "do ", "van ")
_LAW_WITHIN = 60  # characters behind the number
_GRAVITY = (Kind.SUBSTANTIVE, Kind.MINOR, Kind.COSMETIC)


def verdict(
    old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]
) -> tuple[Kind, tuple[str, ...]]:
    """Return the kind of a change with these operations, and the first reasons of that kind, each once."""
    reasons_of: dict[Kind, dict[str, None]] = {kind: {} for kind in _GRAVITY}
    for finding in _findings(WholeTexts(old, new), operations):
        reasons_of[finding.kind][finding.reason] = None
        if len(reasons_of[Kind.SUBSTANTIVE]) > MOST_REASONS:
            break  # nothing is graver, and no further one is said: of a rewritten text there are hundreds
    kind = next((kind for kind in _GRAVITY if reasons_of[kind]), Kind.COSMETIC)
    reasons = list(reasons_of[kind])
    if not reasons:
        reasons = ["the words are the same: only markup differs"]
    if len(reasons) > MOST_REASONS:
        reasons[MOST_REASONS - 1 :] = ["and more"]
    return kind, tuple(reasons)


def _findings(texts: WholeTexts, operations: Sequence[Operation]) -> Iterator[Finding]:
    for passage in altered_passages(texts.old, texts.new, operations):
        yield from altered.findings(passage, texts)
    for operation in operations:
        if operation.kind is OperationKind.MOVE:
            yield _moved(texts, operation)
        if operation.labels:
            yield _numbered(texts, operation, operation.labels)
        for link in operation.links:
            yield _link(texts, operation, link)


def _link(texts: WholeTexts, operation: Operation, link: LinkChange) -> Finding:
    old, new = texts.old[slice(*operation.old)], texts.new[slice(*operation.new)]
    text = quote(link.text.split())
    if all(block.start in texts.new_around for block in new):
        return Finding(Kind.COSMETIC, f"what stands around the policy: {text}")
    if None in (link.old, link.new) and spells_out(link.text, link.old or link.new or ""):
        return Finding(Kind.COSMETIC, f"a link at the address that it leads to: {text}")
    if is_of_a_right(link, (*old, *new)):
        return Finding(Kind.MINOR, f"a link to contact the company or exercise a right: {text}")
    if names_another_subject(link):
        return Finding(Kind.MINOR, f"a link leads to another page: {text}")
    return Finding(Kind.COSMETIC, f"address of a link: {text}")


def _numbered(texts: WholeTexts, operation: Operation, labels: tuple[str, str]) -> Finding:
    block = texts.new[operation.new[0]]
    if block.start in texts.new_around:
        return Finding(Kind.COSMETIC, f"what stands around the policy: {arrow(labels[0].split(), labels[1].split())}")
    key = block.key.lower()
    if key.startswith(_OF_A_LAW) and LAW.search(key[:_LAW_WITHIN]):
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
