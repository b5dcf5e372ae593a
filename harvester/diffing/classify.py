"""How large a change is, and how much it matters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harvester.diffing.change import Kind, Measures, Operation, OperationKind, passages, tokens_of
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import count_words, is_word, tokenise

_DATES = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday st nd rd th am pm gmt utc"
)
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million"
)
_BESIDE = (
    "last updated update modified revised revision amended effective date dated as of on version posted since the at"
    " e-mail email mail tel telephone phone fax address p.o box suite floor"
)
_DATE_WORDS, _NUMBER_WORDS, _BESIDE_FIGURES = (frozenset(words.split()) for words in (_DATES, _NUMBERS, _BESIDE))
_POSTAL = re.compile(
    r"""\b(?:
        \d+[A-Za-z]?,?\s+(?:[A-Z][\w.']*\s+){0,4}(?:st|street|ave|avenue|rd|road|blvd|boulevard|ln|lane|dr|drive|way
            |court|ct|place|pl|square|sq|terrace|parkway|pkwy|highway|hwy|floor|suite)\b
      | p\s?\.?\s?o\s?\.?\s+box\s+\d+
      | [A-Z]{2}\s*,?\s+\d{5}(?:-\d{4})?
      | [A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}
      | (?:rue|avenue|boulevard|stra(?:ss|ß)e|via|calle)\s+[A-Z]
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_AROUND = 15  # tokens on each side of a change in which an address is looked for


def visible_words(blocks: Sequence[Block]) -> list[str]:
    """What a reader sees: numbering, words and punctuation, in order; no bullets, emphasis, targets or white space."""
    words: list[str] = []
    for block in blocks:
        if block.label:
            words += tokenise(block.label)
        words += block.tokens
    return words


def say_the_same(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Whether the visible words are equal, which makes a change cosmetic."""
    if _length(old) != _length(new):
        return False
    return _visible_characters(old) == _visible_characters(new) and visible_words(old) == visible_words(new)


def kind_of(old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]) -> Kind:
    """The kind of a change in the visible words: minor if only dates, numbers and addresses differ."""
    if all(_is_minor(old, new, operation) for operation in operations):
        return Kind.MINOR
    return Kind.SUBSTANTIVE


def _length(blocks: Sequence[Block]) -> int:
    """How many visible characters there are, white space not counted."""
    labels = "".join([block.label for block in blocks])
    return sum([block.size for block in blocks]) + len("".join(labels.split()))


def _visible_characters(blocks: Sequence[Block]) -> str:
    """Equal wherever the visible words are, and much faster to make."""
    return "".join("".join(f"{block.label} {block.key}".split()) for block in blocks)


def _is_minor(old: Sequence[Block], new: Sequence[Block], operation: Operation) -> bool:
    if operation.kind in (OperationKind.MOVE, OperationKind.AWAY):
        return False
    if operation.is_untouched:
        return True
    before, after = _sides(old, new, operation)
    if operation.kind in (OperationKind.INSERT, OperationKind.DELETE):
        return _only_figures(before + after, before + after)
    return all(
        _only_figures(
            before[h.old_start : h.old_end] + after[h.new_start : h.new_end],
            before[max(h.old_start - _AROUND, 0) : h.old_end + _AROUND],
            after[max(h.new_start - _AROUND, 0) : h.new_end + _AROUND],
        )
        for h in operation.hunks
    )


def _only_figures(changed: Sequence[str], *around: Sequence[str]) -> bool:
    """Whether the changed tokens are a date, a number or an address, with no more than what goes with one."""
    figures = names = 0
    for token in changed:
        if not is_word(token) or token.lower() in _BESIDE_FIGURES:
            continue
        if _is_figure(token):
            figures += 1
        elif token[0].isupper():
            names += 1
        else:
            return False
    if names:
        return all(_POSTAL.search(" ".join(text)) for text in around)
    return figures > 0


def _is_figure(token: str) -> bool:
    lowered = token.lower()
    return (
        lowered in _DATE_WORDS
        or lowered in _NUMBER_WORDS
        or "@" in token[1:]
        or token.startswith(("http://", "https://", "www."))
        or any(character.isdigit() for character in token)
    )


def measure(old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]) -> Measures:
    """The measures of a change with these operations."""
    added = removed = moved = touched = 0
    for operation in operations:
        if operation.is_untouched or operation.kind is OperationKind.AWAY:
            continue
        if operation.kind is OperationKind.INSERT:
            for block in new[slice(*operation.new)]:
                added += count_words(block.tokens)
                touched += block.size
        elif operation.kind is OperationKind.DELETE:
            for block in old[slice(*operation.old)]:
                removed += count_words(block.tokens)
                touched += block.size
        else:
            before, after = _sides(old, new, operation)
            new_in_hunks = [token for h in operation.hunks for token in after[h.new_start : h.new_end]]
            old_in_hunks = [token for h in operation.hunks for token in before[h.old_start : h.old_end]]
            added += count_words(new_in_hunks)
            removed += count_words(old_in_hunks)
            if operation.kind is OperationKind.MOVE:
                moved += count_words(after) - count_words(new_in_hunks)
                touched += _size(before) + _size(after)
            else:
                touched += _size(new_in_hunks) + _size(old_in_hunks)
    total = sum([block.size for block in (*old, *new)])
    headings = tuple(dict.fromkeys(_headings(old, new, operations)))
    return Measures(added, removed, moved, round(touched / total, 6) if total else 0.0, headings)


def _sides(old: Sequence[Block], new: Sequence[Block], operation: Operation) -> tuple[list[str], list[str]]:
    """The tokens of an operation, as its hunks number them."""
    before, after = old[slice(*operation.old)], new[slice(*operation.new)]
    if before and after:
        before, after = passages(before, after)
    return tokens_of(before), tokens_of(after)


def _size(tokens: Sequence[str]) -> int:
    return sum(map(len, tokens))


def _headings(old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]) -> Iterator[str]:
    """The heading over each touched block, in reading order."""
    old_sections, new_sections = _sections(old), _sections(new)
    for operation in operations:
        if operation.kind is OperationKind.EQUAL and not operation.links:
            continue
        gone = operation.kind in (OperationKind.DELETE, OperationKind.AWAY)
        sections, (start, end) = (old_sections, operation.old) if gone else (new_sections, operation.new)
        yield from (sections[n] for n in range(start, end) if sections[n])


def _sections(blocks: Sequence[Block]) -> list[str]:
    """For each block the text of the heading that it is or stands under; empty before the first one."""
    sections = []
    heading = ""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            heading = " ".join(block.inline.visible.split())
        sections.append(heading)
    return sections
