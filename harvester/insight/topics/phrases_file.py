"""The form of the phrase files: topics, and under each its phrases with weights that a person set.

A file is plain text, read line by line; ``#`` begins a comment::

    @third = third party | third parties | advertisers     # a name for several phrases
    [sharing >= 4 to 9] Third Party Sharing/Collection      # a topic: its key, what its phrases must reach, its title
    3  we may? share/disclose ... with @third               # a phrase and its weight
    -2 we do not sell                                       # a phrase that speaks against the topic

In a phrase ``a/b`` is one word or the other, ``a?`` may be absent, ``dis*`` is any word that begins so, ``@name`` any
phrase of that name, ``...`` is up to `GAP` other words of the same sentence, ``^`` the beginning of the text, ``$`` its
end. Case does not matter. ``>= 4 to 9`` asks 4 of a passage of a few words and 9 of one of `MANY_WORDS` or more, since
hints add up in a long passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from harvester.errors import ConfigurationError

GAP = 8
"""The maximum number of words that ``...`` matches."""

MOST_FORMS = 5_000
"""The maximum number of word sequences of one part of a phrase: a guard against mistakes."""

MANY_WORDS = 100
"""From this many words on a passage needs the greater of a topic's two sums."""

_TOPIC = re.compile(r"\[([a-z0-9-]+)(?: >= (-?\d+)(?: to (-?\d+))?)?\]\s*(.*)")
_NAME = re.compile(r"@([\w-]+)\s*=\s*(.+)")
_PHRASE = re.compile(r"(-?\d+)\s+(\S.*)")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as written in its file, and the parts between its gaps: each the word sequences that it matches."""

    source: str
    weight: int
    parts: tuple[tuple[Words, ...], ...]


@dataclass(slots=True)
class TopicPhrases:
    """A topic of a file with its phrases; title and sums are empty and 0 where another file gives them."""

    key: str
    title: str
    needed: tuple[int, int]
    phrases: list[Phrase] = field(default_factory=list)


def read_phrases(text: str, source: str) -> list[TopicPhrases]:
    """Return the topics of a phrase file in its order.

    `source` names the file in a `ConfigurationError`, which says what is wrong in which line.
    """
    names: dict[str, tuple[Words, ...]] = {}
    topics: list[TopicPhrases] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        try:
            if found := _NAME.fullmatch(line):
                names[found[1]] = tuple(
                    dict.fromkeys(form for one in found[2].split("|") for form in _forms(one.split(), names))
                )
            elif found := _TOPIC.fullmatch(line):
                topics.append(TopicPhrases(found[1], found[4], _sums(found[2], found[3])))
            elif found := _PHRASE.fullmatch(line):
                topics[-1].phrases.append(_phrase(found[2], int(found[1]), names))
            else:
                raise ValueError("a line is @name = ..., [topic] Title, or a weight and a phrase")
        except IndexError:
            raise ConfigurationError(f"{source}, line {number}: a phrase needs a [topic] above it") from None
        except ValueError as error:
            raise ConfigurationError(f"{source}, line {number}: {error}") from None
    return topics


def _sums(short: str | None, long: str | None) -> tuple[int, int]:
    return int(short or 0), int(long or short or 0)


def _phrase(source: str, weight: int, names: dict[str, tuple[Words, ...]]) -> Phrase:
    if not weight:
        raise ValueError("a weight of 0 says nothing")
    parts = tuple(tuple(dict.fromkeys(_forms(part.split(), names))) for part in source.split("..."))
    if any(not form for part in parts for form in part):
        raise ValueError("each part of a phrase needs a word that is always there")
    return Phrase(source, weight, parts)


def _forms(slots: list[str], names: dict[str, tuple[Words, ...]]) -> Iterator[Words]:
    """Yield the word sequences that the slots of one part match."""
    choices: list[list[Words]] = []
    size = 1
    for slot in slots:
        optional = slot.endswith("?")
        forms: list[Words] = [()] if optional else []
        for one in slot.removesuffix("?").split("/"):
            if one.startswith("@"):
                if one[1:] not in names:
                    raise ValueError(f"{one} is not defined above this line")
                forms += names[one[1:]]
            else:
                forms.append((one.lower(),))
        choices.append(forms)
        size *= len(forms)
        if size > MOST_FORMS:
            raise ValueError(f"more than {MOST_FORMS} word sequences in one part; split the phrase")
    for choice in product(*choices):
        yield tuple(word for form in choice for word in form)
