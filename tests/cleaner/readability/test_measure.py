"""What is folded from measures is what ECMAScript would find in the joined text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from harvester.cleaner.html.dom import Comment, Element, Text, descendants, text_content
from harvester.cleaner.readability.ecma import WHITE, is_blank, length, normalize, trim
from harvester.cleaner.readability.measure import (
    census,
    forget,
    inner_length,
    link_density,
    measure,
    measure_carefully,
)

TEXTS = st.text(alphabet=st.sampled_from("ab, \n\xa0\u2003\ufeff\x85\x1c\U0001f600"), max_size=6)
TREES = st.recursive(
    TEXTS | st.none(),
    lambda below: st.tuples(st.sampled_from(["a", "p", "b", "img"]), st.lists(below, max_size=4)),
    max_leaves=25,
)


def build(shape: object) -> Element | Text | Comment:
    if shape is None:
        return Comment("x, y")
    if isinstance(shape, str):
        text = Text(shape)
        if "\x1c" in shape:  # the parser marks these
            text.measure = measure_carefully(shape)
        return text
    assert isinstance(shape, tuple)
    element = Element(shape[0])
    for below in shape[1]:
        element.append(build(below))
    return element


def inner_text(element: Element) -> str:
    return normalize(trim(text_content(element)))


def agree(root: Element) -> None:
    for element in [root, *descendants(root)]:
        text = text_content(element)
        found = measure(element)
        assert found[0] == length(text)
        assert inner_length(element) == length(inner_text(element))
        assert found[5] == text.count(",")
        assert (found[2] == 0) == is_blank(text)
        assert found[4] == (re.search(rf"[^{WHITE}]\Z", text) is not None)
        linked = sum(length(inner_text(below)) for below in descendants(element) if below.tag == "a")
        assert link_density(element) == (linked / inner_length(element) if inner_length(element) else 0)
        below = [one.tag for one in descendants(element)]
        assert census(element)[:2] == (below.count("p"), below.count("img"))


@given(st.lists(TREES, max_size=5))
def test_measures_are_those_of_the_joined_text_also_after_removals(shapes: list[object]) -> None:
    root = Element("div")
    for shape in shapes:
        root.append(build(shape))
    agree(root)
    elements = list(descendants(root))
    for element in elements[::3]:
        parent = element.parent
        assert parent is not None
        forget(parent)
        element.parent = None
        parent.children.remove(element)
        agree(root)


def test_white_space_is_ecmascripts() -> None:
    assert trim("\ufeff\u2003x\x85\xa0") == "x\x85"
    assert is_blank("\ufeff \u3000")
    assert not is_blank("\x1c")
    assert normalize("a \n b\xa0c") == "a b\xa0c"
    assert length("\U0001f600e\u0301") == 4
