"""A redline as a file that stands alone."""

from __future__ import annotations

import re

from harvester.diffing import compare
from harvester.diffing.render import html_inline, html_page, html_side_by_side, markdown, terminal

OLD = "1. Who we are\n\n2. What we keep\n\n3. Your rights"
NEW = "1. Who we are\n\n2. Your rights\n\n3. How to complain"


def test_a_page_needs_no_other_file_and_says_what_is_compared() -> None:
    page = html_page(html_inline(compare("<b>one</b>", "two")), title="a <& b", old="then", new="<script>now")
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">')
    assert "<title>a &lt;&amp; b</title>" in page
    assert "From then to &lt;script&gt;now." in page
    assert not re.search(r"src=|href=\"(?!#)", page)
    assert "<script" not in page


def test_a_page_leads_to_its_first_changed_passage_and_from_each_to_the_next() -> None:
    old, new = (
        f"Kept.\n\n{one} a\n\nKept too.\n\n{one} b\n\nAnd this." for one in ("This is old text", "New words stand here")
    )
    for show, wide in ((html_inline, False), (html_side_by_side, True)):
        page = html_page(show(compare(old, new)), title="a", old="then", new="now", wide=wide)
        assert '<a href="#hunk-1">First of 2 changed passages</a>' in page
        assert '<a href="#hunk-2" aria-label="Next changed passage">' in page
        assert 'id="hunk-2"' in page
    assert "#hunk" not in html_page(html_inline(compare("one", "one")), title="a", old="then", new="now")


def test_a_page_leads_to_both_snapshots_on_paper_too() -> None:
    old, new = "https://archive.example/web/1id_/http%3A//a/?b&c", "https://archive.example/web/2id_/http%3A//a/"
    page = html_page(
        html_inline(compare("one", "two")), title="a", old="then", new="now", snapshots=(old, new), about=("minor <&",)
    )
    assert '<p dir="auto">minor &lt;&amp;</p>' in page
    shown = old.replace("&", "&amp;")
    assert f'<a href="{shown}">{shown}</a> (old) and <a href="{new}">{new}</a> (new).' in page


def test_the_number_of_an_item_that_went_or_came_is_marked_with_it() -> None:
    diff = compare(OLD, NEW)
    for shown in (html_inline(diff), html_side_by_side(diff)):
        assert '<span class="label"><del>2.</del></span> <del>What we keep</del>' in shown
        assert '<span class="label"><ins>3.</ins></span> <ins>How to complain</ins>' in shown
        assert '<span class="label">1.</span> Who we are' in shown
    assert "~~2.~~ ~~What we keep~~" in markdown(diff)
    assert "**3.** **How to complain**" in markdown(diff)
    assert "\x1b[9;31m2.\x1b[0m \x1b[9;31mWhat we keep\x1b[0m" in terminal(diff)


def test_no_long_address_and_no_table_makes_a_page_wider_than_its_screen() -> None:
    page = html_page(html_inline(compare("one", "two")), title="a", old="then", new="now")
    assert "body { overflow-wrap: anywhere; }" in page


def test_bullets_and_columns_stand_where_their_text_is_read_from() -> None:
    rows = "א | ב\n---|---\nג | ד\n"
    fragment = html_inline(compare(f"* אחת\n* שתים\n\n{rows}", f"* אחת\n* שלוש\n\n{rows}"))
    assert '<ul dir="rtl">' in fragment
    assert '<table dir="rtl">' in fragment
    assert "<ul>\n<li" in html_inline(compare("* one\n* two\n", "* one\n* three\n"))
