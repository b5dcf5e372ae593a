"""Where a link leads, and addresses of pages that are spelled out: another address of the same page, another site, or
another way of exercising a right.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote, urlsplit

from harvester.diffing.change import LinkChange
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.vocabulary import RECEIVERS, RIGHTS
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import is_word

_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"[.!?。！？]\s+|\n")
_BEFORE_A_LINK = 60  # characters
_SAME = 5  # first letters that make two words of addresses one
_OF_PATHS_WORDS = "www com org net http https html htm php aspx pages page articles article help hc answer and the for"
_OF_PATHS = frozenset(_OF_PATHS_WORDS.split())
PAGES = ("http://", "https://", "www.")
"""How an address of a page begins."""
_LONGEST_ADDRESS = 500  # tokens of a page's address
_OF_NO_SITE = frozenset({"com", "co", "org", "net", "gov", "ac"})  # before the country in a host's name
_OF_EACH_SITE = frozenset(
    {"privacy", "legal", "policy", "policies", "terms", "help", "support", "about", "info", "docs"}
)
"""What sites call the part of themselves that has such pages: of two sites it makes no one."""
_SHORT = 3  # letters of a name that is found in many a word
_ADDRESS_IN_BRACKETS = re.compile(r"\((?:https?://|www\.)[^\s()@]+\)")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_LANGUAGE_IN_PATH = re.compile(r"(?<![/:])/[a-z]{2}(?:[-_][a-z]{2,4})?(?=/|$)")
"""A language, or a country with or without it: sites name them so (``/en/``, ``/pt-br/``)."""
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")


def is_of_a_right(change: LinkChange, sentences: Sentences) -> bool:
    """Return whether the link is where a reader is shown how to exercise a right or to reach the company."""
    targets = (change.old or "", change.new or "")
    if _page(targets[0]) == _page(targets[1]):
        return False  # the same page in another language or at another place, the same address with another subject
    if any(target.startswith(("mailto:", "tel:")) for target in targets):
        return True
    return sentences.of_a_right(change.text)


def _page(target: str) -> str:
    """Return the address of a page without what names its language, its place or its subject."""
    address = re.split(r"[?#]", target, maxsplit=1)[0].casefold().replace("//www.", "//", 1)
    return address if target.startswith(("mailto:", "tel:")) else _LANGUAGE_IN_PATH.sub("", address)


class Sentences:
    """The text of some blocks, cut into sentences once, of which each is searched once: they may have many links."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._text = "\n".join(" ".join(block.inline.visible.split()) for block in blocks)
        cuts = [match.span() for match in _SENTENCE.finditer(self._text)]
        self._starts, self._ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(self._text)]
        self._of_a_right: dict[tuple[int, int], bool] = {}
        self._answers: dict[str, bool] = {}
        self._of_recipients: dict[str, list[str]] = {}

    def of_recipients(self, words: str) -> list[str]:
        """Return, in lower case, each sentence in which a word for those that are given data stands before these, or is
        one of them.
        """
        if words not in self._of_recipients:
            self._of_recipients[words] = [
                self._text[first:last].lower()
                for at, first, last in self._with(words)
                if RECEIVERS.search(self._text[max(first, at - _BEFORE_A_LINK) : at + len(words)].lower())
            ]
        return self._of_recipients[words]

    def of_a_right(self, words: str) -> bool:
        """Return whether a sentence that contains these words is of a right."""
        if words not in self._answers:
            self._answers[words] = any(self._is_of_a_right(first, last) for _, first, last in self._with(words))
        return self._answers[words]

    def _is_of_a_right(self, first: int, last: int) -> bool:
        if (first, last) not in self._of_a_right:
            self._of_a_right[first, last] = RIGHTS.search(self._text[first:last].lower()) is not None
        return self._of_a_right[first, last]

    def _with(self, words: str) -> Iterator[tuple[int, int, int]]:
        """Yield, for each sentence that contains these words, their place, and where it begins and ends."""
        at = self._text.find(words)
        while at >= 0:
            first = self._starts[bisect_right(self._starts, at) - 1]
            last = self._ends[bisect_left(self._ends, at + len(words))]
            yield at, first, last
            at = self._text.find(words, max(last, at + 1))


def leads_to_another_recipient(change: LinkChange, sentences: Sentences) -> bool:
    """Return whether a link behind a word for those that are given data leads to another site, and says nobody's name:
    where it leads says who that is.
    """
    old, new = change.old or "", change.new or ""
    if not (old.startswith(PAGES) and new.startswith(PAGES)):
        return False
    names, others = names_of_host(old), names_of_host(new)
    if not names.isdisjoint(others) or _names_somebody(change.text):
        return False
    return any(
        not any(_names(sentence, name) for name in (*names, *others))
        for sentence in sentences.of_recipients(change.text)
    )


def _names(sentence: str, name: str) -> bool:
    """Return whether a sentence says the name of a host: a short one as a word, others may be within one."""
    if len(name) > _SHORT:
        return name in sentence
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence) is not None


def _names_somebody(words: str) -> bool:
    """Return whether there is a capital among the words of a link, but for words for those that are given data."""
    return any(word[0].isupper() and not RECEIVERS.fullmatch(word.lower()) for word in _WORD.findall(words))


def names_another_subject(change: LinkChange) -> bool:
    """Return whether both addresses are written in words, and have none in common."""
    old, new = (_words(target) for target in (change.old, change.new))
    return len(old) >= 2 and len(new) >= 2 and not any(a[:_SAME] == b[:_SAME] for a in old for b in new)


def _words(target: str | None) -> set[str]:
    parts = urlsplit(unquote(target or ""))
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"{parts.path} {parts.query}")
    return {word.lower() for word in _WORD.findall(split)} - _OF_PATHS


def is_one_address_of_a_page(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether both sides are one address of a page, with its scheme or a last slash or without."""
    if not (old and new) or max(len(old), len(new)) > _LONGEST_ADDRESS:
        return False
    if not any(token.startswith(PAGES) for token in (*old, *new)):
        return False  # as most
    return address_of_page("".join(old)) == address_of_page("".join(new))


def address_of_page(target: str) -> str:
    """Return the address of a page without its scheme and a last slash."""
    return _SCHEME.sub("", target).rstrip("/")


def is_address_in_brackets(tokens: Sequence[str]) -> bool:
    """Return whether these tokens are an address of a page in round brackets."""
    return list(tokens[:1]) == ["("] and _ADDRESS_IN_BRACKETS.fullmatch("".join(tokens)) is not None


def are_addresses_of_pages(tokens: Iterable[str]) -> bool:
    """Return whether the words are addresses of pages, and there is one."""
    words = filter(is_word, tokens)
    first = next(words, "")
    return first.startswith(PAGES) and all(word.startswith(PAGES) for word in words)


def are_of_one_site(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether each address of a page has a name of its host in common with one of the other side."""
    olds, news = ([names_of_host(word) for word in side if word.startswith(PAGES)] for side in (old, new))
    return all(
        not all(map(names.isdisjoint, others)) for side, others in ((olds, news), (news, olds)) for names in side
    )


def names_of_host(address: str) -> frozenset[str]:
    """Return the names in the host of a page's address, without its domain and what each site may have."""
    host = re.split("[/?#:]", _SCHEME.sub("", address.lower()), maxsplit=1)[0]
    names = frozenset(host.split(".")[:-1]) - _OF_NO_SITE
    return names - _OF_EACH_SITE or names


def is_behind_a_host(side: Side, start: int) -> bool:
    """Return whether the token before a place of a block is a host's name."""
    return start > side.block_at(max(start - 1, 0))[0] and _HOST.fullmatch(side.tokens[start - 1]) is not None


def is_before_a_path(part: tuple[Side, int, int]) -> bool:
    """Return whether these tokens are a host's name with a path behind it."""
    side, start, end = part
    return _HOST.fullmatch(side.tokens[start]) is not None and is_of_a_path(
        side, start, min(end + 2, side.block_at(start)[1])
    )


def is_of_a_path(side: Side, start: int, end: int) -> bool:
    """Return whether these tokens are names and slashes in turn behind the host of a page's address; none is so too if
    they could stand there.
    """
    tokens = side.tokens
    if "/" not in tokens[max(start - 1, 0) : start + 2]:
        return False  # as most
    first = max(side.block_at(max(start - 1, 0))[0], start - _LONGEST_ADDRESS)
    while start > first and "/" in tokens[start - 1 : start + 1]:
        start -= 1
    run = tokens[start:end]
    return (
        len(run) > 1
        and _HOST.fullmatch(run[0]) is not None
        and all((token == "/") == (place % 2 == 1) for place, token in enumerate(run))
    )
