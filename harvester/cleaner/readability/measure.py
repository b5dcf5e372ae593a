"""Measure the text of an element without joining strings: each measure is folded from its children's.

A measure is ``(length, letters, words, starts, ends, commas, linked)``:
length of ``textContent`` in UTF-16 units; non-white characters; maximal runs of them; whether the first and the last
character are non-white; commas; and the summed inner length of all ``a`` elements below.
Readability's "inner text" is trimmed with white runs made one character, so its length is letters + words - 1.

Measures are cached on the nodes. The rule that keeps them true: where an element has none, no ancestor has one;
`forget` clears upwards and may therefore stop at the first that has none.
"""

from __future__ import annotations

import re

from harvester.cleaner.html.dom import Census, Element, Measure, Text
from harvester.cleaner.readability.ecma import WHITE_RUN, length, trim

_EMPTY: Measure = (0, 0, 0, False, False, 0, 0)
# Where Python's idea of white space or of length differs from ECMAScript's, beyond ASCII.
_ODD = re.compile("[\x85\ufeff\U00010000-\U0010ffff]")


def measure_text(text: Text) -> Measure:
    """Return the measure of one text node."""
    measure = text.measure
    if measure is None:
        data = text.data
        if not data.isascii() and _ODD.search(data):
            measure = measure_carefully(data)
        elif not data or data.isspace():
            measure = (len(data), 0, 0, False, False, 0, 0)
        else:
            words = data.split()
            starts, ends = not data[0].isspace(), not data[-1].isspace()
            measure = (len(data), len("".join(words)), len(words), starts, ends, data.count(","), 0)
        text.measure = measure
    return measure


def measure_carefully(data: str) -> Measure:
    """Return the measure of `data` by ECMAScript's white space, whatever characters it holds."""
    trimmed = trim(data)
    if not trimmed:
        return (length(data), 0, 0, False, False, 0, 0)
    words = WHITE_RUN.split(trimmed)
    starts, ends = data.startswith(words[0]), data.endswith(words[-1])
    return (length(data), sum(map(length, words)), len(words), starts, ends, data.count(","), 0)


def measure(root: Element) -> Measure:
    """Return the measure of all text below `root`. A child that was taken out (its parent is another) does not
    count.
    """
    if root.measure is not None:
        return root.measure
    pending = [root]
    for element in pending:  # grows while it runs: parents come before what they hold
        for child in element.children:
            if type(child) is Element and child.measure is None and child.parent is element:
                pending.append(child)
    found = _EMPTY
    for element in reversed(pending):
        found = element.measure = _fold(element)
    return found


def _fold(element: Element) -> Measure:
    children = element.children
    if not children:
        return _EMPTY
    if len(children) == 1 and type(children[0]) is Text:
        return children[0].measure or measure_text(children[0])
    size = letters = words = commas = linked = 0
    starts = ends = False
    for child in children:
        if type(child) is Text:
            part = child.measure or measure_text(child)
        elif type(child) is Element and child.parent is element and child.measure is not None:
            part = child.measure
        else:
            continue
        if not part[2]:  # white space, as most texts between blocks are
            if part[0]:
                size += part[0]
                ends = False
            continue
        part_size, part_letters, part_words, part_starts, part_ends, part_commas, part_linked = part
        if ends and part_starts:
            words -= 1
        letters += part_letters
        words += part_words
        commas += part_commas
        linked += part_linked
        if type(child) is Element and child.tag == "a":
            linked += part_letters + part_words - 1
        if not size:
            starts = part_starts
        size += part_size
        ends = part_ends
    return (size, letters, words, starts, ends, commas, linked) if size else _EMPTY


def forget(element: Element | None) -> None:
    """Call after changing what `element` holds: its measure and its ancestors' are no longer true."""
    while element is not None and element.measure is not None:
        element.measure = None
        element.census = None
        element = element.parent


def inner_length(element: Element) -> int:
    """Return the length of Readability's inner text: trimmed, white runs as one character."""
    found = element.measure or measure(element)
    return found[1] + found[2] - 1 if found[2] else 0


def link_density(element: Element) -> float:
    """Return the inner length of the links below, summed, over the inner length of all text; 0 without text."""
    found = element.measure or measure(element)
    return found[6] / (found[1] + found[2] - 1) if found[2] else 0.0


def census(root: Element) -> Census:
    """Count the elements named p, img, li, input, and (object, embed or iframe) below `root`; cached likewise."""
    measure(root)  # so that the rule of `forget` holds
    if root.census is not None:
        return root.census
    pending = [root]
    for element in pending:
        for child in element.children:
            if type(child) is Element and child.census is None and child.parent is element:
                pending.append(child)
    found: Census = (0, 0, 0, 0, 0)
    for element in reversed(pending):
        found = element.census = _count(element)
    return found


def _count(element: Element) -> Census:
    p = img = li = entry = embed = 0
    for child in element.children:
        if type(child) is Element and child.parent is element:
            tag, below = child.tag, child.census
            assert below is not None
            p += below[0] + (tag == "p")
            img += below[1] + (tag == "img")
            li += below[2] + (tag == "li")
            entry += below[3] + (tag == "input")
            embed += below[4] + (tag in ("object", "embed", "iframe"))
    return (p, img, li, entry, embed)
