"""How much two comparable texts have in common, passage by passage. Pure.

A passage is a sentence or a line in lower case, without marks and link targets. A policy is revised sentence by
sentence, so the texts of one document share most of their passages however many revisions lie between them; two
documents share next to none (docs/history.md has what was measured). Passages are weighed by their characters, which
needs no words and so treats all scripts alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from harvester.cleaner.page_text import words_in_row
from harvester.cleaner.quality import language_of, prose
from harvester.diffing.around.edges import linked
from harvester.diffing.text.blocks import read_blocks
from harvester.lru import remember_short
from harvester.store.history.strays.cookie_tables import is_of_cookies

Passages = frozenset[str]

UNLIKE = 0.05
"""Likeness up to which two texts show two documents; complete rewrites of real policies measure 0.00 to 0.2 too."""
MENU = 0.6
"""Share of a text in links from which it names pages rather than says something."""
REVISION = 0.8
"""Share of the words of the longer of two texts from which one is a revision of the other."""
LEAST_WORDS = 40
"""Words under which a text's language is not believed, nor that it is the policy between two."""

_NO_LANGUAGE = frozenset({"und", "la"})
"""Those that lists of names, and the filler that designers set, are taken for."""
_SHORTER = 0.3
"""Words under which, for each of the other text, neither is a translation of the other; those of policies in eleven
languages measure 0.4 to 1.
"""
_FACTS, _KEPT = 5, 0.25
"""Facts that both texts have for them to tell, and their share under which neither is a translation of the other."""
_STRETCH = 600
"""Characters of the stretches of a text of which each has a language."""
_SPOKEN = 0.25
"""Share of a text from which it is in a language too."""

# Line ends, and what ends a sentence in Latin, Greek, Arabic, Indic, Ethiopic, Burmese, Khmer and East Asian scripts.
# All begin with one set, to whose characters the regular expression engine can leap; blanks, of which there are far
# more, are not among them.
_END = re.compile(
    r"[\n\u3002\uff01\uff1f\uff1b\uff1a.!?;:\u061b\u061f\u06d4\u0964\u1362\u104b\u17d4]"
    r"(?:(?<=[\n\u3002\uff01\uff1f\uff1b\uff1a])|\s)"
)
# The title of a link below its address: all else that is no prose ends with its line.
_TITLE_BELOW = re.compile(r"\n\s*\"")
_FIGURE = re.compile(r"\d{2,12}")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]*\w")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Measures:
    """Measures of a text, depending on the text alone."""

    words: int
    language: str
    """ISO 639-1, or ``und``."""
    policy_likelihood: float
    read: Callable[[], Passages]
    """Reads the passages, which takes far longer than all else and is seldom needed."""
    read_text: Callable[[], str] = str
    """Reads the comparable text, for what few rules ask."""

    @cached_property
    def passages(self) -> Passages:
        """The passages of the text."""
        return self.read()

    @cached_property
    def text(self) -> str:
        """The comparable text."""
        return self.read_text()

    @cached_property
    def linked(self) -> float:
        """The share of its characters, from 0 to 1, that are in links, its title aside."""
        return share_of_links(self.text)

    @cached_property
    def is_of_cookies(self) -> bool:
        """Whether the text lists cookies with their lifetimes, and says almost nothing else."""
        return is_of_cookies(self.text)

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The languages in which the text says a fair part of what it says: several where translations stand on one
        page.
        """
        return languages(self.text)

    @cached_property
    def facts(self) -> frozenset[str]:
        """What a translation of the text keeps."""
        return facts(self.text)


def passages(comparable: str) -> Passages:
    """Return the passages of a comparable text; takes about 3 ms for a policy of 5,000 words, of which most are new."""
    if _TITLE_BELOW.search(comparable):
        comparable = prose.plain(comparable)
    return frozenset().union(*map(_of_line, comparable.split("\n")))


@remember_short
def _of_line(line: str) -> tuple[str, ...]:
    """Return the passages of a line; none goes beyond its end."""
    return tuple([said for piece in pieces(prose.plain(line)) if (said := words_in_row(piece).strip())])


def pieces(comparable: str) -> list[str]:
    """Return a comparable text cut after each sentence and line; joined, they are the text.

    A number or a mark alone ("5.") belongs to what follows it in its line.
    """
    found: list[str] = []
    start = seen = 0
    has_letter = False
    for match in _END.finditer(comparable):
        # Only what came since the last end: of numbers alone none may be a piece for long.
        has_letter = has_letter or _LETTER.search(comparable, seen, match.end()) is not None
        seen = match.end()
        if has_letter or "\n" in match[0]:
            found.append(comparable[start:seen])
            start, has_letter = seen, False
    found.append(comparable[start:])
    return found


def share_of_links(comparable: str) -> float:
    """Return the share of the characters of a comparable text, but for its title, that are in links."""
    blocks = read_blocks(comparable)[1:]
    return sum(linked(block.inline) for block in blocks) / max(1, sum(len(block.inline.visible) for block in blocks))


def languages(comparable: str) -> frozenset[str]:
    """Return the languages in which at least a quarter of a comparable text is, read stretch by stretch."""
    counts: Counter[str] = Counter()
    for stretch in _stretches(prose.plain(comparable).split("\n")):
        counts[language_of(stretch)] += len(stretch)
    return frozenset(one for one, size in counts.items() if size >= _SPOKEN * counts.total())


def _stretches(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines that follow one another, joined, of `_STRETCH` characters or more; the last may be shorter."""
    found: list[str] = []
    size = 0
    for line in lines:
        found.append(line)
        size += len(line) + 1
        if size >= _STRETCH:
            yield "\n".join(found)
            found, size = [], 0
    yield "\n".join(found)


def facts(comparable: str) -> frozenset[str]:
    """Return what a translation of a comparable text keeps: figures of two digits or more, and e-mail addresses."""
    text = "\n".join(block.inline.folded for block in read_blocks(comparable))
    figures = [str(int(figure)) for figure in _FIGURE.findall(text)]  # int reads the digits of any script
    return frozenset([*figures, *_MAIL.findall(text)])


def distance(a: Passages, b: Passages) -> int:
    """Return the characters of the passages that only one of two texts has."""
    return sum(map(len, a ^ b))


def likeness(a: Passages, b: Passages) -> float:
    """Return the share, from 0 to 1, of the characters of two texts that are in passages of both."""
    return sum(map(len, a & b)) / max(1, sum(map(len, a | b)))


def other_language(one: Measures | None, other: Measures | None) -> bool:
    """Return whether two texts are surely in two languages: neither is a page with both of them."""
    if one is None or other is None or not _NO_LANGUAGE.isdisjoint((one.language, other.language)):
        return False
    return (
        one.language != other.language
        and min(one.words, other.words) >= LEAST_WORDS
        and likeness(one.passages, other.passages) <= UNLIKE
        and one.language not in other.spoken
        and other.language not in one.spoken
    )


def is_revision(one: Measures, other: Measures) -> bool:
    """Return whether two texts have most words in common: a revision may alter one word in each sentence, so that no
    sentence is in both.
    """
    words, others = Counter(one.text.split()), Counter(other.text.split())
    return (words & others).total() >= REVISION * max(words.total(), others.total())


def may_translate(one: Measures, other: Measures) -> bool:
    """Return whether one of two texts in two languages may be a translation of the other: neither is far shorter, and
    they have facts in common, if both have some.
    """
    if min(one.words, other.words) < _SHORTER * max(one.words, other.words):
        return False
    fewest = min(len(one.facts), len(other.facts))
    return fewest < _FACTS or len(one.facts & other.facts) >= _KEPT * fewest
