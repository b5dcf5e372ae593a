"""A table of what an extraction can lose or find though its page has it all along, and of changes beside that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import product

import pytest

from harvester.store.history.differences import Difference, SourcePage, difference

Section = tuple[str, ...]
"""A heading, then paragraphs and items of a list (`* ...`)."""
SECTIONS: tuple[Section, ...] = (
    ("Calls", "We keep recordings of your calls for ten years.", "Do we sell them? No."),
    ("What we hold", "We collect your name and your birthday.", "* Name", "* E-mail address", "* No"),
    ("Section 3", "Your photographs are given to the police. You may ask why.", "* Yes", "* Cookies"),
    ("Cookies", "A cookie stays on your telephone for a year.", "* Name", "* Phone", "Is it safe? Yes."),
    ("Your rights", "We answer each request within thirty days.", "* E-mail address", "* No"),
)
ELEMENTS: dict[str, Callable[[str], str]] = {
    "aside": lambda html: f"<aside>{html}</aside>",
    "footer": lambda html: f"<footer>{html}</footer>",
    "hidden": lambda html: f"<div hidden>{html}</div>",
    "tab": lambda html: f"<div class='tab' style='display:none'>{html}</div>",
    "answer": lambda html: f"<details><summary>More</summary>{html}</details>",
    "no script": lambda html: f"<noscript>{html}</noscript>",
    "template": lambda html: f"<template>{html}</template>",
    "data": lambda html: f'<script type="application/json">{json.dumps({"text": html})}</script>',
    "code": lambda html: f"<script>let t = {json.dumps(html)}</script>".replace("<p>", "\\u003cp\\u003e"),
}
PLACES = ("in its place", "first", "last")
LOST = ((0, 1), (1, 2), (1, 4), (2, 5), (4, 5))
"""From which section to which."""


def text_of(sections: Sequence[Section], date: str = "") -> str:
    lines = ["# Policy", *([date] if date else [])]
    for heading, *rest in sections:
        lines += [f"## {heading}", *rest]
    return "\n\n".join(lines) + "\n"


def html_of(sections: Sequence[Section]) -> str:
    return "".join(
        f"<h2>{heading}</h2>" + "".join(f"<li>{one[2:]}</li>" if one[0] == "*" else f"<p>{one}</p>" for one in rest)
        for heading, *rest in sections
    )


def page_of(sections: Sequence[Section], hidden: str = "", at: int = 0, place: str = "", more: str = "") -> SourcePage:
    """A page with a menu, and with something hidden before the section `at`, or before or behind all."""
    menu = "".join(f"<a>{heading}</a>" for heading, *_ in SECTIONS)
    before, behind = html_of(sections[:at]), html_of(sections[at:])
    body = {"first": hidden + before + behind, "last": before + behind + hidden}.get(place, before + hidden + behind)
    return SourcePage(f"<html><body><nav>{menu}</nav>{body}{more}</body></html>".encode(), None)


def both_ways(old: str, new: str, old_page: SourcePage, new_page: SourcePage) -> Iterator[Difference]:
    yield difference(old, new, (old_page, new_page))
    yield difference(new, old, (new_page, old_page))


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("element", ELEMENTS)
def test_sections_that_are_hidden_or_come_to_light_are_no_alarm(element: str, lost: tuple[int, int]) -> None:
    begin, end = lost
    kept = SECTIONS[:begin] + SECTIONS[end:]
    hidden = ELEMENTS[element](html_of(SECTIONS[begin:end]))
    for place in PLACES:
        pages = page_of(SECTIONS), page_of(kept, hidden, begin, place)
        for found in both_ways(text_of(SECTIONS), text_of(kept), *pages):
            assert (found.kind, len(found.reasons)) == ("technical", 1), (place, found.reasons)


@pytest.mark.parametrize("lost", LOST)
def test_sections_are_hidden_while_the_data_of_scripts_repeat_the_page(lost: tuple[int, int]) -> None:
    begin, end = lost
    kept = SECTIONS[:begin] + SECTIONS[end:]
    data = ELEMENTS["data"](html_of(SECTIONS))
    for place in PLACES:
        hidden = ELEMENTS["aside"](html_of(SECTIONS[begin:end]))
        pages = page_of(SECTIONS, more=data), page_of(kept, hidden, begin, place, data)
        for found in both_ways(text_of(SECTIONS), text_of(kept), *pages):
            assert found.kind == "technical", (place, found.reasons)


@pytest.mark.parametrize("element", ELEMENTS)
def test_only_the_date_is_left_of_a_change_that_hid_nearly_all(element: str) -> None:
    dates = "Updated: 1 May 2020", "Updated: 2 June 2021"
    hidden = ELEMENTS[element](html_of(SECTIONS[1:]))
    old, new = text_of(SECTIONS, dates[0]), text_of(SECTIONS[:1], dates[1])
    pages = page_of(SECTIONS, f"<p>{dates[0]}</p>"), page_of(SECTIONS[:1], f"<p>{dates[1]}</p>", more=hidden)
    for found in both_ways(old, new, *pages):
        assert found.kind == "minor", found.reasons


def altered(section: int, line: int, *lines: str) -> tuple[Section, ...]:
    """The sections with other lines in place of one."""
    one = SECTIONS[section]
    return (*SECTIONS[:section], (*one[:line], *lines, *one[line + 1 :]), *SECTIONS[section + 1 :])


CHANGES = {
    "answer": altered(0, 2, "Do we sell them? Yes."),
    "period": altered(0, 1, "We keep recordings of your calls for two years."),
    "sentence": altered(2, 1, "Your photographs are given to the police."),
    "item": altered(1, 3),
    "item that is in another list too": altered(4, 2),
    "word of a list": altered(1, 4, "* Yes"),
    "another item": altered(3, 2, "* E-mail address", "* Name"),
    "paragraph": altered(3, 1),
    "added": altered(4, 1, SECTIONS[4][1], "We also tell your employer."),
}
COPIES = {  # of the old and the new text, in the old page and in the new one
    "none": ("", ""),
    "an earlier version was added": ("", "old"),
    "an earlier version stays": ("old", "old"),
    "a coming version took effect": ("new", ""),
    "a coming version took effect, and the earlier stays": ("new", "old"),
    "the new text was there and stays": ("new", "new"),
    "the earlier version went": ("old", ""),
}


@pytest.mark.parametrize("hidden", [(0, 0), (0, 1), (2, 3), (4, 5)], ids=str)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_beside_what_is_hidden_and_other_versions_in_the_page_is_one(
    change: str, hidden: tuple[int, int]
) -> None:
    new = CHANGES[change]
    begin, end = hidden
    if SECTIONS[begin:end] != new[begin:end]:
        begin = end = 0  # what is altered is not hidden
    shown = new[:begin] + new[end:]
    versions = {"old": html_of(SECTIONS), "new": html_of(new), "": ""}
    moved = ELEMENTS["footer"](html_of(SECTIONS[begin:end]))
    for copies, element, above in product(COPIES, ("aside", "data"), (False, True)):
        others = [ELEMENTS[element](versions[one]) if one else "" for one in COPIES[copies]]
        pages = [
            page_of(sections, gone + other, place="first") if above else page_of(sections, gone, begin, more=other)
            for sections, other, gone in zip((SECTIONS, shown), others, ("", moved), strict=True)
        ]
        for found in both_ways(text_of(SECTIONS), text_of(shown), *pages):
            assert found.kind == "substantive", (copies, element, above, found.reasons)


CALLS = ("Calls", "We keep recordings of your calls for ten years.", "To answer what you ask us at any time.")
MAIL = ("Mail", "We read your letters and throw them away.", "To send you parcels from all our shops.")


def list_of(*items: tuple[str, str, str]) -> str:
    return "".join(f"<li><em>{name}</em>: {said}</li>" for name, said, _ in items)


def table_of(*rows: tuple[str, str, str]) -> str:
    return "".join(f"<tr><td>{purpose}</td><td>{name}</td></tr>" for name, _, purpose in rows)


def list_and_table(*, items: str, rows: str) -> SourcePage:
    return SourcePage(f"<html><body><ul>{items}</ul><table>{rows}</table></body></html>".encode(), None)


AS_LIST = "# Policy\n\n" + "".join(f"  * _{name}_ : {said}\n" for name, said, _ in (CALLS, MAIL))
AS_TABLE = "# Policy\n\n" + "\n\n".join(f"{purpose}\n\n|\n\n{name}" for name, _, purpose in (MAIL, CALLS))


def test_names_that_a_list_and_a_table_share_go_with_the_one_that_the_extraction_took() -> None:
    both = list_and_table(items=list_of(CALLS, MAIL), rows=table_of(MAIL, CALLS))
    for found in both_ways(AS_LIST, AS_TABLE, both, both):
        assert found.kind == "technical", found.reasons


@pytest.mark.parametrize("hidden", ["list", "table"])
def test_names_that_changed_places_in_what_is_hidden_are_a_change(hidden: str) -> None:
    (calls, kept, answering), (mail, read, sending) = CALLS, MAIL
    swapped = (mail, kept, answering), (calls, read, sending)
    both = list_and_table(items=list_of(CALLS, MAIL), rows=table_of(MAIL, CALLS))
    if hidden == "table":
        page = list_and_table(items=list_of(CALLS, MAIL), rows=table_of(*reversed(swapped)))
        changed = difference(AS_TABLE, AS_LIST, (both, page))
    else:
        page = list_and_table(items=list_of(*swapped), rows=table_of(MAIL, CALLS))
        changed = difference(AS_LIST, AS_TABLE, (both, page))
    assert changed.kind == "substantive"


def test_an_item_stands_beside_others_that_stand_between_what_stayed() -> None:
    first, last = CALLS[1], MAIL[1]
    items = ["Your name", "What we receive from other shops", "Your log"]
    listed = "".join(f"<li>{item}</li>" for item in items)
    keys = json.dumps({"What we receive from other shops": "What we receive from other shops"})
    old, new = (f"# Policy\n\n{first}\n\n{said}{last}\n" for said in ("\n\n".join([*items, ""]), ""))
    shown = SourcePage(f"<body><p>{first}</p>{listed}<p>{last}</p><script>{keys}</script></body>".encode(), None)
    hidden = SourcePage(f"<body><p>{first}</p><div hidden>{listed}</div><p>{last}</p></body>".encode(), None)
    assert difference(old, new, (shown, hidden)).kind == "technical"
