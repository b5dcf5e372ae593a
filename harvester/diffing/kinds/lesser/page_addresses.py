"""Addresses of pages that are spelled out: they say where more is to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harvester.diffing.change import Kind
from harvester.diffing.kinds.headings import says_more_than_a_name
from harvester.diffing.kinds.lesser.link_labels import folded_labels, link_labels
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.links import (
    PAGES,
    address_of_page,
    are_addresses_of_pages,
    are_of_one_site,
    is_address_in_brackets,
    is_before_a_path,
    is_behind_a_host,
    is_of_a_path,
    is_one_address_of_a_page,
    names_of_host,
)
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.reasons import Finding, arrow
from harvester.diffing.text.blocks import BlockKind
from harvester.diffing.text.tokens import is_word, words_of

_WAYS_WORDS = "at on to in go visit see click under unter auf bei sur à en su em no op på na pe la w v на у в"
_WAYS = frozenset(_WAYS_WORDS.split())
"""Words that lead to an address, or to "here": they say nothing but where to go."""
_GOES = frozenset({"go", "going", "back", "head", "navigate", "refer", "return", "turn"})
"""Whoever does anything else to an address may give it something."""
_BEFORE_A_TARGET = frozenset(":–-,()<>")
"""What parts words and the address that they lead to."""
_OUR_SITE = re.compile(
    r"\b(?:our|unsere[rmns]?|notre|nuestr[ao]|nostr[ao]|nosso|onze|vår)"
    r" (?:web ?sites?|webseite|sites?|sitio|sito|webbplats)(?: web)?(?: at)?\W*$"
)
_ENDS = frozenset(".:!?。：")
_NAME = 4  # letters of a host's name; fewer are in many words


def page_address(place: Place) -> Finding | None:
    """Judge a page's address, spelled out: where it leads is decided by a link's target. Another site among those that
    receive data is another recipient.
    """
    old, new = place.old, place.new
    if is_one_address_of_a_page(old, new):
        return Finding(Kind.COSMETIC, f"address of a page: {arrow(old, new)}")
    are_pages = are_addresses_of_pages(old) and are_addresses_of_pages(new)
    is_in_brackets = not (old and new) and is_address_in_brackets(old or new)
    if (is_in_brackets or are_pages) and (are_of_one_site(old, new) or not place.is_behind_recipients()):
        return Finding(Kind.MINOR, f"address of a page: {arrow(old, new)}")
    if not (old and new) and _is_target_of_words_before(place):
        return Finding(Kind.MINOR, f"an address and a link to it: {arrow(old, new)}")
    if not (old and new) and leads_to_what_was_said(place):
        return Finding(Kind.MINOR, f"a link that repeats the words before it: {arrow(old, new)}")
    if old and new and _becomes_a_link(place):
        return Finding(Kind.MINOR, f"a link in place of an address of a page: {arrow(old, new)}")
    if old and new and _says_here_or_what_is_there(place):
        return Finding(Kind.MINOR, f"a link in other words: {arrow(old, new)}")
    return None


def path(place: Place) -> Finding | None:
    """Judge the path of an address that is spelled out without a scheme: its host stands before it, or is the same name
    in another domain; the site's own may stand alone.
    """
    if is_path(place) or is_address_of_a_host(place):
        return Finding(Kind.MINOR, f"address of a page: {arrow(place.old, place.new)}")
    return None


def is_path(place: Place) -> bool:
    """Return whether what went and what came is of such a path."""
    return is_of_a_path(*place.went) and is_of_a_path(*place.came)


def is_address_of_a_host(place: Place) -> bool:
    """Return whether a path came or went behind a host that stays, or the host of a path is the same name in another
    domain.
    """
    if place.is_replaced:
        return (
            len(place.old) == len(place.new) == 1
            and _before_domain(place.old[0]) == _before_domain(place.new[0])
            and (all(map(is_before_a_path, place.parts)) or _is_own_host(place))
            and (not place.is_behind_recipients() or (_is_own_host(place) and _is_of_our_site(place)))
        )
    side, start, end = place.only
    is_path_alone = is_of_a_path(side, start, end) and is_behind_a_host(side, start)
    return is_path_alone and (
        not place.is_behind_recipients() or not any("." in token for token in (place.old or place.new))
    )


def _before_domain(host: str) -> str:
    return host.lower().removeprefix("www.").rpartition(".")[0]


def _is_own_host(place: Place) -> bool:
    """Return whether a host has the name that the titles of both pages have: it is the site's own."""
    name = place.old[0].lower().rpartition(".")[0].rpartition(".")[2]
    if len(name) < _NAME or not name.isalnum() or not place.new[0].rpartition(".")[2].isalpha():
        return False
    titles = (blocks[0].inline.folded for blocks in (place.texts.old, place.texts.new) if blocks)
    return all(name in "".join(filter(str.isalnum, title)) for title in titles)


def _is_of_our_site(place: Place) -> bool:
    """Return whether a host stands right behind words for the company's own site: it is given no data there."""
    side, start, _ = place.only
    return _OUR_SITE.search(side.part(max(side.block_at(start)[0], start - 6), start).lower()) is not None


def _said(tokens: Sequence[str]) -> Iterator[str]:
    """Yield tokens but for words that say where."""
    return (token for token in tokens if token.lower() not in _WAYS)


def _becomes_a_link(place: Place) -> bool:
    """Return whether one side is an address of a page, spelled out, and the other a link to it in a few words, or
    "here".
    """
    sides = ((place.old, place.new, place.parts), (place.new, place.old, place.parts[::-1]))
    for address, words, ((side, start, end), (other, first, _)) in sides:
        if not are_addresses_of_pages(_said(address)):
            continue  # as most
        page = address_of_page("".join(_said(address)))
        labels = link_labels(other.block_of(first).inline)
        if not any(map(is_word, words)):  # a mark, such as the name of a site's first page
            return page in labels.named("".join(words)).pages
        if not says_more_than_a_name(words) and not _gives_to(side, start, end):
            links = labels.with_words(word for word in words_of(words) if word.lower() not in _WAYS)
            return page in links.pages or (links.say_here and not place.is_behind_recipients())
    return False


def _is_target_of_words_before(place: Place) -> bool:
    """Return whether an address that came or went behind words is where these lead on the other side: ``Acme:
    https://acme.example``, ``[Acme](https://acme.example)``.
    """
    other, at, _ = place.other
    if not (at and other.block_of(at - 1).inline.links):
        return False  # as most
    side, start, end = place.only
    address = [*filter(is_word, side.tokens[start:end])]
    if (
        len(address) != 1
        or not are_addresses_of_pages(address)
        or not _BEFORE_A_TARGET.issuperset(token for token in side.tokens[start:end] if token not in address)
    ):
        return False
    return link_labels(other.block_of(at - 1).inline).lead_to(address_of_page(address[0]), other.tokens, at)


def _says_here_or_what_is_there(place: Place) -> bool:
    """Return whether a link says "here" on one side and, in a few words, what is there on the other."""
    if not all(side.block_of(start).inline.links for side, start, _ in place.parts):
        return False  # as most
    olds, news = (
        link_labels(side.block_of(start).inline).with_words(words_of(side.tokens[start:end]))
        for side, start, end in place.parts
    )
    if not (olds.say_here or news.say_here) or olds.targets.isdisjoint(news.targets):
        return False
    return (
        not says_more_than_a_name(place.old)
        and not says_more_than_a_name(place.new)
        and not place.is_behind_recipients()
    )


def leads_to_what_was_said(place: Place) -> bool:
    """Return whether a link came or went behind a sentence, at the end of its block, that says nothing else than the
    sentence: words of it, or the address of a site with one of its words for a name.
    """
    side, start, end = place.only
    first, last = side.block_at(start)
    inline = side.block_of(start).inline
    if not inline.links or any(is_word(side.tokens[at]) for at in range(end, last)):
        return False  # as most
    if start > first and side.tokens[start - 1] not in _ENDS:
        return False
    words = {word.lower() for word in words_of(side.tokens[start:end])}
    if not words or not folded_labels(inline).with_words(words).targets:
        return False
    begin = first
    if start == first:
        begin = side.block_at(max(first - 1, 0))[0]
        is_below = {side.block_of(start).kind, side.block_of(begin).kind} == {BlockKind.PARAGRAPH}
        if begin == first or not is_below or side.tokens[start - 1] not in _ENDS:
            return False
    before = {word.lower() for word in words_of(side.tokens[begin:start])}
    hosts = [names_of_host(word) for word in words if word.startswith(PAGES)]
    return words <= before or (len(hosts) == len(words) and all(map(before.intersection, hosts)))


def _gives_to(side: Side, start: int, end: int) -> bool:
    """Return whether an address stands behind "to", but not behind "go to"."""
    for place in range(max(start - 1, 0), end):
        if side.tokens[place].lower() == "to":
            return not place or side.tokens[place - 1].lower() not in _GOES
    return False
