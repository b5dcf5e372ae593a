"""The likelihood that a text is a privacy policy, in some forty languages for which `policy.py` has no phrases.

The phrases are in ``policy_words.txt``: beginnings of words, since most of these languages inflect them, or pieces of a
text where no blanks part its words. How often a text says "we" and "you" tells little in languages that leave both out,
so the share of the text in its subjects' phrases speaks instead. docs/quality.md shows what it measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import exp

from harvester.cleaner.quality import prose

_NAMES = "privacy"
"""The subject whose phrases name a policy."""
_OFTEN = frozenset(
    {_NAMES, "data", "collection", "sharing", "third", "cookies", "logs", "consent", "law", "rights", "retention"}
)
"""The subjects of which a policy speaks again and again; pages of other kinds speak of the rest too."""
_OPENING = 40
"""Words at the beginning of a text that may contain a policy's own heading, if the page's title has none."""
_DAMPING = 300
"""Characters added to those of a text, so that a line does not consist of a lucky phrase."""
_MOST = 20.0
_WEIGHTS = (5.6, 0.49, 2.8)
_BIAS = -7.56
"""Set by hand between the weakest real policy and the strongest page of another kind."""
_ENOUGH_WORDS = 150
_FOREIGN = 0.6
"""Characters in 100 under which a text of so many words is in another language than was detected."""

_Phrases = dict[str, tuple[str, ...]]


def knows(language: str) -> bool:
    """Return whether there are phrases in a language, an ISO 639-1 code."""
    return language in _sections()


def languages() -> frozenset[str]:
    """Return the languages that have phrases."""
    return frozenset(_sections())


def likelihood(language: str, title_words: Sequence[str], words: Sequence[str]) -> tuple[float, bool]:
    """Return how like a privacy policy a text in a known language is, from 0 to 1, and whether it may be in that
    language: a long text that has next to none of the phrases is not. Words in lower case, as from `prose.words`.
    """
    phrases = _phrases(language)
    said = _row(words)
    characters = sum(map(len, words)) + _DAMPING
    found = {subject: _in_phrases(said, own) for subject, own in phrases.items()}
    subjects = sum(map(bool, found.values())) / len(phrases)
    often = min(_MOST, 100 * sum(found[subject] for subject in _OFTEN) / characters)
    name = 0.0
    if _in_phrases(_row(title_words), phrases[_NAMES]):
        name = 1.0
    elif _in_phrases(_row(words[:_OPENING]), phrases[_NAMES]):
        name = 0.5
    evidence = sum(weight * value for weight, value in zip(_WEIGHTS, (subjects, often, name), strict=True))
    is_spoken = len(words) < _ENOUGH_WORDS or 100 * sum(found.values()) >= _FOREIGN * characters
    return round(1 / (1 + exp(-(evidence + _BIAS))), 4), is_spoken


def _row(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _in_phrases(said: str, phrases: Sequence[str]) -> int:
    """Return how many characters of a row of words are in phrases."""
    return sum(said.count(phrase) * len(phrase.replace(" ", "")) for phrase in phrases)


@cache
def _phrases(language: str) -> _Phrases:
    """Return the phrases of each subject as they stand in a row of words."""
    found: dict[str, list[str]] = {}
    for lines in _sections()[language]:
        for subject, listed in lines:
            found.setdefault(subject, []).extend(map(_standing, listed.split("|")))
    return {subject: tuple(dict.fromkeys(phrases)) for subject, phrases in found.items()}


def _standing(phrase: str) -> str:
    """Return a phrase with the blanks that stand before it, where its script has capitals, and behind a whole word."""
    row = " ".join(prose.words(phrase))
    before = " " if row[0].lower() != row[0].upper() else ""
    return f"{before}{row}{' ' if phrase.endswith('.') else ''}"


@cache
def _sections() -> dict[str, list[list[tuple[str, str]]]]:
    """Return the lines of each language, subject and phrases, section by section."""
    sections: dict[str, list[list[tuple[str, str]]]] = {}
    text = (files("harvester.cleaner.quality") / "policy_words.txt").read_text(encoding="utf-8")
    for codes, lines in _read(text.splitlines()):
        for code in codes:
            sections.setdefault(code, []).append(lines)
    return sections


def _read(lines: Sequence[str]) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
    codes: list[str] = []
    found: list[tuple[str, str]] = []
    for line in [*lines, "[]"]:
        if line.startswith("["):
            if codes:
                yield codes, found
            codes, found = line.strip("[]").split(), []
        elif line and not line.startswith("#"):
            subject, _, phrases = line.partition(": ")
            found.append((subject, phrases))
