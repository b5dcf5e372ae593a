"""A page that its server streams in parts has the document of the same page served whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.cleaner import clean
from harvester.cleaner.html import streamed as moved
from harvester.cleaner.html.scripts import with_written
from tests.support.web.browser import started

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = "We keep what you tell us for as long as the law allows us to, and not a day longer. " * 6
# What the scripts call, at its simplest: to take away the note up to its end, and to move the part before that end.
MOVERS = """<script>$RS=function(part,place){part=document.getElementById(part);place=document.getElementById(place);
part.remove();while(part.firstChild)place.before(part.firstChild);place.remove()};
$RC=function(place,part){part=document.getElementById(part);part.remove();place=document.getElementById(place);
if(!place)return;var deep=0,next=place.nextSibling;for(place.previousSibling.data="$";next;){
var after=next.nextSibling,sign=next.nodeType===8?next.data:"";
if(sign==="/$"&&!deep--)break;if(/^[$][?!]?$/.test(sign))deep++;next.remove();next=after}
while(part.firstChild)next.before(part.firstChild);place.remove()};$RR=$RC</script>"""
NOTES = ("Loading...", "<div><p>One moment, please.</p></div>", "<p>Soon:</p><!--$--><p>a note in it</p><!--/$-->")


def page_of(body: str, title: str = "T") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


def document_of(page: str, *, scripts_ran: bool = False) -> str:
    return clean(
        page.encode(),
        url="http://e.org/privacy",
        timestamp="20240101000000",
        domain="e.org",
        content_type="text/html; charset=utf-8",
        scripts_ran=scripts_ran,
    ).text


def streamed(before: str, part: str, after: str, note: str = NOTES[0], call: str = "$RC") -> str:
    """A page with `part` behind it and a note in its place."""
    kept = f'<main>{before}<!--$?--><template id="B:0"></template>{note}<!--/$-->{after}</main>'
    return page_of(
        f'{MOVERS}{kept}<footer>Imprint</footer><div hidden id="S:0">{part}</div><script>{call}("B:0","S:0")</script>'
    )


def whole(before: str, part: str, after: str) -> str:
    return page_of(f"<main>{before}{part}{after}</main><footer>Imprint</footer>")


def paragraph(word: str) -> str:
    return f"<div><p>{word.capitalize()}: {WORDS}</p><ul><li>{word}</li></ul></div>"


PARTS = st.lists(st.sampled_from("abcdefgh").map(lambda letter: paragraph(letter * 3)), min_size=1, max_size=3).map(
    "".join
)


@given(PARTS, PARTS, PARTS, st.sampled_from(NOTES), st.sampled_from(["$RC", "$RR"]))
def test_a_part_behind_the_page_is_read_in_its_place(before: str, part: str, after: str, note: str, call: str) -> None:
    shown = document_of(streamed(before, part, after, note, call))
    assert shown == document_of(whole(before, part, after))
    assert "Loading" not in shown


@given(st.lists(PARTS, min_size=2, max_size=4))
def test_each_of_several_parts_is_read_in_its_place(parts: list[str]) -> None:
    kept = "".join(f'<!--$?--><template id="B:{one}"></template>Wait<!--/$-->' for one in range(len(parts)))
    behind = "".join(
        f'<div hidden="" id="S:{one}">{part}</div><script>$RC("B:{one}","S:{one}")</script>'
        for one, part in reversed(list(enumerate(parts)))
    )
    page = page_of(f"{MOVERS}<main>{kept}</main><footer>Imprint</footer>{behind}")
    assert document_of(page) == document_of(whole("", "".join(parts), ""))


@given(PARTS, PARTS, PARTS)
def test_a_part_of_a_part_is_read_in_its_place(before: str, part: str, after: str) -> None:
    inner = f'<div hidden id="S:1">{part}</div><script>$RS("S:1","P:1")</script>'
    page = streamed("", f'{before}<template id="P:1"></template>{after}', "")
    behind = page.index("<script>$RC")
    assert document_of(page[:behind] + inner + page[behind:]) == document_of(whole("", before + part + after, ""))


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    """A tab of Debian's Chromium, with scripts on."""
    pytest.importorskip("playwright")
    with started() as browser:
        yield browser.new_page()


@pytest.mark.parametrize("note", NOTES)
def test_a_browser_reads_the_same(note: str, tab: Page) -> None:
    page = streamed(paragraph("before"), paragraph("part"), paragraph("after"), note)
    tab.route("**/*", lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8"))
    tab.goto("http://e.org/privacy")
    shown = tab.content()
    tab.unroute("**/*")
    assert document_of(page) == document_of(shown, scripts_ran=True)
    # A page that was stored after its scripts has nothing left to move.
    assert document_of(shown) == document_of(shown, scripts_ran=True)


PAGE = streamed(paragraph("before"), paragraph("part"), paragraph("after"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<script>$RC", "<script src=x.js>$RC"),  # another script
        ('<template id="B:0">', '<template id="B:1">'),  # no such place
        ('id="S:0"', 'id="S:1"'),  # no such part
        ("<div hidden id", "<div id"),  # a part that is shown
        ("<!--/$-->", ""),  # a note without an end
        ("<div hidden id", "<!-- <div hidden id"),  # all of it in a comment
        ("<ul>", "<script>"),  # a script without an end in the part
        ("</ul></div>", "</ul>"),  # a part without an end
        ('"B:0","S:0"', '"B:0",a'),
        ('"B:0","S:0"', '"B:0"'),
    ],
)
def test_what_a_script_cannot_move_stays(old: str, new: str) -> None:
    page = PAGE.replace(old, new)
    assert with_written(page) == page


@given(st.text('<!--/$?>divscrpt"BS:0 ', max_size=200), st.integers(0, len(PAGE)))
def test_any_page_is_read_to_its_end(text: str, at: int) -> None:
    assert with_written(PAGE[:at] + text + PAGE[at:])


MANY = moved._MOST_INSIDE // 2


@pytest.mark.parametrize(
    ("what", "stays"), [("<div></div>" * (MANY - 1), False), ("<div></div>" * MANY, True), ("<!---->" * 2 * MANY, True)]
)
def test_a_part_of_more_elements_than_a_page_has_stays(what: str, stays: bool) -> None:
    """Each of many moves would read it again."""
    page = streamed("", what, "")
    assert (with_written(page) == page) is stays


def test_a_note_of_more_comments_than_a_page_has_stays() -> None:
    page = streamed("", "<p>a</p>", "", "<!--$--><!--/$-->" * MANY)
    assert with_written(page) == page


def test_an_id_that_stands_everywhere_is_looked_at_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    class Tag:
        def match(self, page: str, at: int) -> re.Match[str] | None:
            looked.append(at)
            return None

    monkeypatch.setattr(moved, "_PART", Tag())
    page = page_of('<p id="S:0">a' * 5_000 + '<script>$RC("B:0","S:0")</script>')
    assert with_written(page) == page
    assert len(looked) <= 16
