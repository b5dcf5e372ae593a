"""Two texts that write the same, with line ends at other places: a redesign glued what was parted, or parts it."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.diffing.kinds.passages import read_alike, without_lone_stars
from harvester.diffing.text.blocks import Block, BlockKind


def end_elsewhere(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Return whether two texts, but for their titles, have the same letters and marks in another number of blocks, and
    a space more or less only where a line may have ended.
    """
    olds, news = _but_for_title(old), _but_for_title(new)
    if len(olds) == len(news) or not read_alike(olds, news):
        return False
    return _letters(_shown(olds)) == _letters(_shown(news)) and are_parted_at_ends(olds, news)


def are_parted_at_ends(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Return whether each space that only one of two passages with the same letters has stands beside a mark, or before
    a capital or a figure: no line ends within a word or a number.
    """
    olds, news = _shown(old), _shown(new)
    letters, others = "".join(olds), "".join(news)
    if len(letters) != len(others):
        return True  # a small letter is longer than its capital
    return all(
        _may_end(letters[place - 1], letters[place]) or _may_end(others[place - 1], others[place])
        for place in _ends(olds) ^ _ends(news)
    )


def _but_for_title(blocks: Sequence[Block]) -> Sequence[Block]:
    return blocks[1:] if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1 else blocks


def _shown(blocks: Sequence[Block]) -> list[str]:
    """Return the words of blocks, as they are parted; the title is none."""
    texts = [block for block in blocks if block.start or block.kind is not BlockKind.HEADING]
    return " ".join(f"{block.label} {without_lone_stars(block.key)}" for block in texts).split()


def _letters(words: Sequence[str]) -> str:
    return "".join(words).replace("–", "-")


def _may_end(before: str, behind: str) -> bool:
    if not before.isalnum() or not behind.isalnum():
        return True
    return behind.isupper() or (behind.isdigit() and not before.isdigit())


def _ends(words: Sequence[str]) -> set[int]:
    """Return after how many letters each word but the last ends."""
    ends, length = set[int](), 0
    for word in words:
        ends.add(length)
        length += len(word)
    return ends - {0}
