"""Two texts in, one change out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from harvester.collector import collector_paused
from harvester.diffing.change import Diff, Kind, Measures, Operation, OperationKind, passages, tokens_of
from harvester.diffing.classify import measure, say_the_same
from harvester.diffing.links import link_changes
from harvester.diffing.match.across import rejoin
from harvester.diffing.match.matching import Match, match_blocks, regroup_blocks
from harvester.diffing.match.second_look import parted
from harvester.diffing.text.blocks import Block, read_blocks
from harvester.diffing.text.tokens import count_words, telling
from harvester.diffing.words import Hunk, equal_runs, word_hunks

_WORDS_KEPT = 0.05
"""Share of the words of both sides of an edit: what keeps less of them reads as a salad of two texts."""
_MOST_KEPT = 3 * _WORDS_KEPT  # of all tokens, marks too
_TELLING = 3  # words kept that tell what an edit is about: with more of them it is one
NOTHING_DIFFERS = "nothing differs"


def compare(old: str, new: str) -> Diff:
    """Return the change from `old` to `new`, two comparable texts (Markdown).

    Symmetric: the other way round adds what this one removes. Time is near linear in the length of the texts, and
    memory is bounded; passages too long and too unlike to be compared word by word are shown as replaced whole.
    """
    with collector_paused():
        return _compared(old, new)


def _compared(old: str, new: str) -> Diff:
    old_blocks = read_blocks(old)
    if old == new:
        whole = (0, len(old_blocks))
        kept = (Operation(OperationKind.EQUAL, whole, whole),) if old_blocks else ()
        return Diff(old, new, kept, Measures(), Kind.COSMETIC, (NOTHING_DIFFERS,))
    new_blocks = read_blocks(new)
    cosmetic = say_the_same(old_blocks, new_blocks)
    if cosmetic:
        matches = regroup_blocks(old_blocks, new_blocks)
    else:
        matches = rejoin(old_blocks, new_blocks, match_blocks(old_blocks, new_blocks))
    operations = parted(old_blocks, new_blocks, tuple(_operations(old_blocks, new_blocks, matches)))
    # What only reads changes needs none of the patterns of kinds, which take a twentieth of a second to be made.
    from harvester.diffing.kinds.verdict import verdict

    kind, reasons = verdict(old_blocks, new_blocks, operations)
    return Diff(old, new, operations, measure(old_blocks, new_blocks, operations), kind, reasons)


def _operations(old: Sequence[Block], new: Sequence[Block], matches: Sequence[Match]) -> Iterator[Operation]:
    """Return operations in reading order: before each matched pair in place, first the removed, then the added
    blocks.
    """
    left = {i: m for m in matches if m.moved for i in range(m.old_start, m.old_end)}
    came = {j: m for m in matches if m.moved for j in range(m.new_start, m.new_end)}
    i = j = 0
    run: tuple[int, int] | None = None  # where the equal pairs before i and j begin
    for match in [*(m for m in matches if not m.moved), Match(len(old), len(old), len(new), len(new))]:
        if match == (i, i + 1, j, j + 1, False) and _are_equal(old[i], new[j]):
            run = run or (i, j)
            i, j = i + 1, j + 1
            continue  # as most
        between = list(_between(old, new, (i, match.old_start), (j, match.new_start), left, came))
        step = _edited(old, new, match) if match.old_start < len(old) else None
        if step is not None and step.hunks and _keeps_nothing(old, new, step):
            between += _between(old, new, step.old, step.new, left, came)
            step = None
        if run is not None and (between or step is None or not step.is_untouched):
            yield Operation(OperationKind.EQUAL, (run[0], i), (run[1], j))
            run = None
        yield from between
        if step is not None and step.is_untouched:
            run = run or (step.old[0], step.new[0])
        elif step is not None:
            yield step
        i, j = match.old_end, match.new_end


def _keeps_nothing(old: Sequence[Block], new: Sequence[Block], step: Operation) -> bool:
    """Return whether an edit keeps so few words, and so few telling ones, that it reads better as two texts: one
    removed, one added.
    """
    if len(step.hunks) < 2:
        return False
    before, after = passages(old[slice(*step.old)], new[slice(*step.new)])
    lengths = sum([len(block.tokens) for block in before]), sum([len(block.tokens) for block in after])
    runs = list(equal_runs(step.hunks, lengths))
    if 2 * sum([end - start for start, end, _ in runs]) > _MOST_KEPT * sum(lengths):
        return False  # as most
    tokens = tokens_of(before)
    kept = list(chain.from_iterable([tokens[start:end] for start, end, _ in runs]))
    words = sum([block.words for block in (*before, *after)])
    return 2 * count_words(kept) < _WORDS_KEPT * words and sum(map(bool, telling(kept))) <= _TELLING


def _between(
    old: Sequence[Block],
    new: Sequence[Block],
    olds: tuple[int, int],
    news: tuple[int, int],
    left: dict[int, Match],
    came: dict[int, Match],
) -> Iterator[Operation]:
    """Return what is between two pairs in place: removed old blocks, then new ones."""
    for i in range(*olds):
        if i in left:
            yield Operation(OperationKind.AWAY, (i, i + 1), (left[i].new_start, left[i].new_end))
        else:
            yield Operation(OperationKind.DELETE, (i, i + 1), (news[0], news[0]))
    for j in range(*news):
        if j in came:
            yield _edited(old, new, came[j])
        else:
            yield Operation(OperationKind.INSERT, (olds[1], olds[1]), (j, j + 1))


def _edited(old: Sequence[Block], new: Sequence[Block], match: Match) -> Operation:
    olds, news = (match.old_start, match.old_end), (match.new_start, match.new_end)
    before, after = old[slice(*olds)], new[slice(*news)]
    if not match.moved and len(before) == len(after) == 1 and _are_equal(before[0], after[0]):
        return Operation(OperationKind.EQUAL, olds, news)  # as most
    labels = (before[0].label, after[0].label)
    before, after = passages(before, after)
    hunks: tuple[Hunk, ...] = ()
    if [block.key for block in before] != [block.key for block in after]:
        hunks = word_hunks(tokens_of(before), tokens_of(after))
    links = link_changes(before, after, hunks)
    renumbered = (before[0].label, after[0].label) != ("", "") and labels[0] != labels[1]
    return Operation(_kind(match, bool(hunks)), olds, news, hunks, links, labels if renumbered else None)


def _are_equal(old: Block, new: Block) -> bool:
    return old.key == new.key and old.label == new.label and old.inline.links == new.inline.links


def _kind(match: Match, edited: bool) -> OperationKind:
    if match.moved:
        return OperationKind.MOVE
    if match.new_end - match.new_start > 1:
        return OperationKind.SPLIT
    if match.old_end - match.old_start > 1:
        return OperationKind.MERGE
    return OperationKind.REPLACE if edited else OperationKind.EQUAL
