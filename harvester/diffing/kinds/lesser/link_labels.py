"""The words in which the links of a block say where they lead, looked through once for all its places: a block may have
thousands of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from harvester.diffing.kinds.links import address_of_page
from harvester.diffing.text.inline import Inline
from harvester.diffing.text.tokens import tokenise

_HERE_WORDS = (
    "here|click here|this page|this link|hier|hierher|ici|aquí|acá|qui|aqui|här|her|tutaj|tu|zde|здесь|тут|aici|tässä"
    "|täältä|itt|ide|burada|buradan|εδώ|此处|此處|这里|這裡|這裏|こちら|여기|هنا|כאן"
)
_HERE = frozenset(_HERE_WORDS.split("|"))
"""How a link says that what it leads to is what the sentence speaks of."""
_LONGEST_HERE = 3  # tokens
_BEHIND_A_LABEL = " .,;:。，"
_TO_REACH = ("mailto:", "tel:")


class Label(NamedTuple):
    """A link, with the words that it says."""

    target: str
    label: str
    words: frozenset[str]


class Labelled(NamedTuple):
    """The links that say some words."""

    targets: frozenset[str]
    pages: frozenset[str]
    """Where those lead that do not say "here", in one form (`address_of_page`)."""
    say_here: bool
    """Whether one of them says "here"."""
    write: bool
    """Whether by one of them an e-mail is written."""
    reach: bool
    """Whether by one of them somebody is called or written to."""


class LinkLabels:
    """The links of a block by their words."""

    def __init__(self, links: Iterable[Label]) -> None:
        self._links = list(links)
        self._with: defaultdict[str, list[Label]] = defaultdict(list)
        for link in self._links:
            for word in link.words:
                self._with[word].append(link)
        self._known: dict[frozenset[str], Labelled] = {}
        self._to: defaultdict[str, defaultdict[int, set[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(set))
        for link in self._links:
            if said := tuple(tokenise(link.label)):
                self._to[address_of_page(link.target)][len(said)].add(said)

    def lead_to(self, page: str, tokens: Sequence[str], end: int) -> bool:
        """Return whether all that a link to a page says, by its address, stands right before the token at `end`."""
        return page in self._to and any(
            tuple(tokens[max(end - length, 0) : end]) in said for length, said in self._to[page].items()
        )

    def with_words(self, words: Iterable[str]) -> Labelled:
        """Return the links that say all these words, maybe among others; all links if there are none."""
        asked = frozenset(words)
        if asked not in self._known:
            rarest = min((self._with.get(word, []) for word in asked), key=len, default=self._links)
            self._known[asked] = _labelled([link for link in rarest if asked <= link.words])
        return self._known[asked]

    def named(self, label: str) -> Labelled:
        """Return the links that say nothing else."""
        return _labelled([link for link in self._links if link.label.strip() == label])


def _labelled(links: Sequence[Label]) -> Labelled:
    here = [says_here(link.label) for link in links]
    return Labelled(
        frozenset(link.target for link in links),
        frozenset(address_of_page(link.target) for link, says_so in zip(links, here, strict=True) if not says_so),
        any(here),
        any(link.target.startswith("mailto:") for link in links),
        any(link.target.startswith(_TO_REACH) for link in links),
    )


@lru_cache(maxsize=64)
def link_labels(inline: Inline) -> LinkLabels:
    """Return the links of a block."""
    return LinkLabels(Label(target, label, frozenset(tokenise(label))) for target, label in _labels(inline))


@lru_cache(maxsize=64)
def folded_labels(inline: Inline) -> LinkLabels:
    """Return the links of a block, their words in lower case."""
    return LinkLabels(
        Label(target, label, frozenset(map(str.lower, tokenise(label)))) for target, label in _labels(inline)
    )


def _labels(inline: Inline) -> Iterable[tuple[str, str]]:
    return ((link.value, inline.visible[link.start : link.end]) for link in inline.links)


def say_here(tokens: Sequence[str]) -> bool:
    """Return whether tokens say "here", as a link does."""
    return len(tokens) <= _LONGEST_HERE and says_here(" ".join(tokens))


def says_here(label: str) -> bool:
    """Return whether a link says "here"."""
    return label.strip(_BEHIND_A_LABEL).lower() in _HERE
