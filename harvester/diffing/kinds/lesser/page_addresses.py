"""Addresses of pages that are spelled out: they say where more is to be read."""

from __future__ import annotations

from harvester.diffing.change import Kind
from harvester.diffing.kinds.headings import states_something
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.links import (
    are_addresses_of_pages,
    are_of_one_site,
    is_address_in_brackets,
    is_of_a_path,
    is_one_address_of_a_page,
)
from harvester.diffing.kinds.reasons import Finding, arrow
from harvester.diffing.text.tokens import tokenise, words_of

_HERE = frozenset({"here", "click here", "this page", "this link", "hier", "ici", "aquí", "qui", "aqui"})
_BEFORE_ADDRESSES = frozenset({"at", "on", "to"})


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
    if old and new and _becomes_a_link(place) and not place.is_behind_recipients():
        return Finding(Kind.MINOR, f"a link in place of an address of a page: {arrow(old, new)}")
    return None


def path(place: Place) -> Finding | None:
    """Judge the path of an address that is spelled out without a scheme: its host stands before it."""
    return Finding(Kind.MINOR, f"address of a page: {arrow(place.old, place.new)}") if is_path(place) else None


def is_path(place: Place) -> bool:
    """Return whether what went and what came is of such a path."""
    return is_of_a_path(*place.went) and is_of_a_path(*place.came)


def _becomes_a_link(place: Place) -> bool:
    """Return whether one side is an address of a page, spelled out, and the other a link to it in a few words, or
    "here".
    """
    for (side, start, end), (other, first, last) in (place.parts, place.parts[::-1]):
        said = [token for token in side.tokens[start:end] if token.lower() not in _BEFORE_ADDRESSES]
        words = other.tokens[first:last]
        if are_addresses_of_pages(said) and not states_something(words):
            inline = other.block_of(first).inline
            return any(
                set(tokenise(label)).issuperset(words_of(words))
                and (label.strip().lower() in _HERE or is_one_address_of_a_page(said, [link.value]))
                for link in inline.links
                for label in [inline.visible[link.start : link.end]]
            )
    return False
