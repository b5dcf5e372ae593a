"""The tree to Markdown: what a reader of the result sees. Equality with html2text is in test_markdown_oracle.py."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from harvester.cleaner.html.dom import Element, Text
from harvester.cleaner.html.parse import parse
from harvester.cleaner.markdown import _walk, to_markdown
from harvester.cleaner.markdown.page import Page

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.html"))


def nested(tag: str, depth: int) -> Element:
    root = innermost = Element("div")
    for _ in range(depth):
        child = Element(tag)
        innermost.append(child)
        innermost = child
    innermost.append(Text("x"))
    return root


@pytest.mark.parametrize("page", FIXTURES, ids=lambda path: path.stem)
def test_a_page_gives_its_written_down_markdown(page: Path) -> None:
    expected = page.with_suffix(".md").read_text(encoding="utf-8")
    assert to_markdown(parse(page.read_text(encoding="utf-8"))) == expected


@pytest.mark.parametrize("page", FIXTURES, ids=lambda path: path.stem)
def test_an_ordinary_page_does_not_depend_on_what_this_python_reads_html_as(page: Path) -> None:
    root = parse(page.read_text(encoding="utf-8"))
    assert _walk(root, Page(), strict=True) == to_markdown(root)


def test_an_empty_page_is_one_line_feed() -> None:
    assert to_markdown(Element("div")) == "\n"


def test_no_break_spaces_stay_and_other_white_space_collapses() -> None:
    assert to_markdown(parse("<p>a\xa0 \n\t b\u2003c</p>")).strip("\n") == "a\xa0 b c"


def test_a_link_whose_text_is_its_address_is_written_short() -> None:
    assert to_markdown(parse("<a href='http://a.b'>http://a.b</a>")) == "<http://a.b>\n"
    assert to_markdown(parse("<a href='www.a.b'>www.a.b</a>")) == "[www.a.b](www.a.b)\n"


def test_markup_in_raw_text_on_which_html_parser_gives_up_is_kept_as_text() -> None:
    assert to_markdown(parse("<p>a</p><iframe><![x</iframe><p>b</p>")) == "a\n\n<![x\n\nb\n"


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    assert to_markdown(parse("<iframe>&#xD800;&#1114112;x</iframe>")) == "\ufffdx\n"


def test_a_list_that_starts_at_a_number_with_thousands_of_digits_is_numbered_from_one() -> None:
    assert to_markdown(parse(f"<ol start={'9' * 4300}><li>x</ol>")).strip() == "1. x"


@pytest.mark.parametrize("tag", ["div", "b", "ul", "a"])
def test_a_tree_ten_thousand_deep_takes_no_recursion(tag: str) -> None:
    assert "x" in to_markdown(nested(tag, 10_000))


@pytest.mark.costs
@pytest.mark.parametrize(
    "page",
    [
        "<p>" + "\n" * 400_000 + "1. x",
        "<p>" + " 1" * 200_000,
        "<p>" + "1" * 400_000,
        "<p>" + "\\" * 400_000,
        "<p>" + "&nbsp;" * 60_000,
        "<p>" + "x<!-- -->" * 40_000,
        "<pre>" + "&lt;\n" * 60_000,
        "<iframe>" + "<!--x>" * 60_000 + "</iframe>",
        "<abbr title=x>" + "<b>y</b>" * 30_000,
    ],
    ids=["blank lines", "numbers", "digits", "backslashes", "no-break", "comments", "pre", "open comments", "abbr"],
)
def test_a_hostile_page_takes_seconds_at_most(page: str) -> None:
    root = parse(page)
    started = time.process_time()
    to_markdown(root)
    assert time.process_time() - started < 10


@pytest.mark.costs
def test_many_neighbouring_texts_are_joined_in_linear_time() -> None:
    root = Element("div")
    for _ in range(300_000):
        root.append(Text("word "))
    started = time.process_time()
    assert to_markdown(root).count("word") == 300_000
    assert time.process_time() - started < 10
