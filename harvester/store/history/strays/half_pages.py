"""Half a page, kept when a download breaks off or a script stops before its end, and stale copies. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from harvester.cleaner.page_text import words_in_row
from harvester.cleaner.quality import prose
from harvester.store.history.likeness import Measures, Passages

FAR_SHORTER = 0.5
RESTORED = 0.6
"""Share of what half a page, or a stale copy, had lost that comes back with the next one."""
_HALF = 0.75
"""Words under which, for each of the shorter of its neighbours, a text that adds nothing is half a page."""

_MARKS = " \n*_`"
_WITHIN = frozenset("-–,(/&'")
"""Marks with which no policy ends."""
_LONG = 60  # characters of a line of sentences, above which the parts of the site end
_LINKS = frozenset("[]()<>")  # a link that is cut in two is closed
_TAIL = 30  # characters by which most texts show that they did not break off in another


def is_half(before: Measures | None, one: Measures | None, after: Measures | None) -> bool:
    """Return whether a text adds nothing to those before and after it, and is shorter than both by a quarter."""
    if before is None or one is None or after is None or one.words >= _HALF * min(before.words, after.words):
        return False
    # The last passage is mostly cut in two.
    return len(one.passages - before.passages - after.passages) <= 1


def is_restored(before: Measures | None, one: Measures | None, after: Measures | None) -> bool:
    """Return whether a text breaks off, or is half a page and far shorter or the beginning of the other, and the next
    one has most of what it had lost, beside what changed meanwhile.
    """
    if before is None or one is None or after is None or one.words >= min(before.words, after.words):
        return False
    is_far_shorter = one.words < FAR_SHORTER * min(before.words, after.words)
    if (is_far_shorter or before.text.startswith(one.text.rstrip())) and is_half(before, one, after):
        return _comes_back(before.passages, one.passages, after.passages)
    if after.text.startswith(one.text.rstrip()) and is_half(before, one, after):
        return _comes_back(after.passages, one.passages, before.passages)
    if _breaks_off(one.text, before.text):
        return _comes_back(before.passages, one.passages, after.passages)
    return _breaks_off(one.text, after.text) and _comes_back(after.passages, one.passages, before.passages)


def breaks_off_in_a_sentence(before: Measures | None, one: Measures | None, after: Measures | None) -> bool:
    """Return whether a text ends within a sentence of the one before or after it, and says no more: no policy does."""
    if before is None or one is None or after is None or one.words >= min(before.words, after.words):
        return False
    text = one.text.rstrip(_MARKS)
    return _ends_within(text) and any(_breaks_off(text, side.text) for side in (before, after))


def is_beginning(before: Measures | None, one: Measures | None, after: Measures | None) -> bool:
    """Return whether a text is the beginning of the one before or after it, up to the middle of a sentence, and shorter
    than it by a quarter: nobody publishes that, whatever the other one says.
    """
    if before is None or one is None or after is None or not _ends_within(text := one.text.rstrip(_MARKS)):
        return False
    return any(one.words < _HALF * side.words and _breaks_off(text, side.text) for side in (before, after))


def goes_on(before: Measures | None, one: Measures | None, after: Measures | None) -> bool:
    """Return whether the next text continues the one before, and not the copy between: what the former had added is
    there again, and what it had taken away is gone again. If it had only taken away, most of the rest is there.
    """
    if before is None or one is None or after is None:
        return False
    added, removed = before.passages - one.passages, one.passages - before.passages
    back, again = (added or before.passages) & after.passages, removed & after.passages
    return (
        sum(map(len, back)) >= RESTORED * sum(map(len, added or before.passages))
        and sum(map(len, again)) <= (1 - RESTORED) * sum(map(len, removed))
        and bool(added or removed)
    )


def _comes_back(whole: Passages, one: Passages, other: Passages) -> bool:
    lost = whole - one
    return sum(map(len, lost & other)) >= RESTORED * sum(map(len, lost))


def _ends_within(text: str) -> bool:
    return text[-1:].isalnum() or text[-1:] in _WITHIN


def _breaks_off(text: str, whole: str) -> bool:
    """Return whether a comparable text, but for its title and the site's parts above it, is the beginning of another,
    up to the middle of a paragraph.
    """
    tail = text.rstrip(_MARKS).rpartition("\n")[2][-_TAIL:] or "\n"
    if _LINKS.isdisjoint(tail) and all(rest[:1] in ("", "\n") for rest in whole.split(tail)[1:]):
        return False  # as most
    return any(_is_begun(*sides) for sides in zip(_lines(text), _lines(whole), strict=True))


def _is_begun(lines: Sequence[str], wholes: Sequence[str]) -> bool:
    if not lines or len(wholes) < len(lines) or lines[:-1] != wholes[: len(lines) - 1]:
        return False
    said, all_said = lines[-1], wholes[len(lines) - 1]
    return len(said) < len(all_said) and all_said.startswith(said)


@lru_cache(maxsize=8)  # a text is compared with those beside it
def _lines(text: str) -> tuple[list[str], list[str]]:
    """Return what the lines of a text say below its title, and what they say from the first sentence on."""
    lines = [
        said for line in _but_for_title(text.rstrip()).split("\n") if (said := words_in_row(prose.plain(line)).strip())
    ]
    first = next((place for place, said in enumerate(lines) if len(said) >= _LONG), len(lines))
    return lines, lines[first:]


def _but_for_title(text: str) -> str:
    return text.partition("\n")[2] if text.startswith("# ") else text
