"""Markdown is byte for byte html2text's, on random trees and on real pages.

HARVESTER_MARKDOWN_EXAMPLES sets how many random trees and pages are tried (250 each by default), and
HARVESTER_ALL_PAGES=1 takes every real page, not only those under 80 kB.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from harvester.cleaner.html.dom import Element, Text, descendants, inner_html
from harvester.cleaner.html.parse import parse
from harvester.cleaner.markdown import to_markdown
from tests.cleaner.markdown.html2text_oracle import html2text_of
from tests.cleaner.markdown.markdown_trees import pages, trees

EXAMPLES = int(os.environ.get("HARVESTER_MARKDOWN_EXAMPLES", "250"))
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(trees())
def test_a_tree_gives_what_html2text_makes_of_its_html(root: Element) -> None:
    text, expected = to_markdown(root), html2text_of(inner_html(root))
    assert expected is None or text == expected


@many
@given(pages)
def test_a_page_however_broken_gives_what_html2text_makes_of_it(page: str) -> None:
    root = parse(page)
    text, expected = to_markdown(root), html2text_of(inner_html(root))
    assert expected is None or text == expected


def test_the_real_pages_give_what_html2text_makes_of_them(shared: Path) -> None:
    most = 10_000_000 if os.environ.get("HARVESTER_ALL_PAGES") else 80_000
    differing = []
    count = 0
    with gzip.open(shared / "cleaner" / "reference-pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            if len(page["html"]) > most:
                continue
            count += 1
            body = next(element for element in descendants(parse(page["html"])) if element.tag == "body")
            if to_markdown(body) != html2text_of(inner_html(body)):
                differing.append(page["id"])
    assert count >= 30
    assert differing == []


# What random examples found once, and cases that they seldom reach.
@pytest.mark.parametrize(
    "page",
    [
        "<iframe>http://a.b/?a&b-</iframe>x",
        "<iframe><script>x</iframe><p>y</p></script>z",
        "<noscript><a b=\"x>y</noscript><p title='\"'>z",
        "<abbr title=one>a</abbr> <abbr title=two>a</abbr><abbr title=three>&nbsp;</abbr>",
        "<a href='http://a.b'>http://a.b</a><a href='http://a.b'>http://a.b<b>x</b></a>",
        "<blockquote>a<pre>b\n\nc</pre><ul><li><pre>d\ne</pre></ul></blockquote>",
        "<b>x</b> <a href='http://a.b'><p>http://a.b</p></a>",
        "<h2><ul></ul></h2>x<ul><li>y</ul>",
        "<a href='http://a.b'><dt>http://a.b</dt></a>",
        "<abbr title=x><svg><style>a&amp;gt;</style></svg><b>a</b> <b>b</b></abbr>",
        "<iframe>&#x;<b>1</b>&#x;<b>2</b>&#x;<b>3</b></iframe>",
        "<pre>&#13;&#10;x</pre>",
        "<pre></pre>text<ul><li><pre></pre>x</ul>",
        "<table><tr><th>a<th>b<tr><td>c<td><table><tr><td>d</table></table>",
        "<ol start=99><li>a<ol><li>b</ol><li>c</ol><ul></ul><ul></ul>",
        "x<b>y</b>z<i>.</i>a <u> b </u>c<code>d</code>e",
    ],
)
def test_a_known_hard_page_gives_what_html2text_makes_of_it(page: str) -> None:
    root = parse(page)
    assert to_markdown(root) == html2text_of(inner_html(root))


def test_neighbouring_texts_are_one_run_as_they_are_in_html() -> None:
    root = Element("div")
    for data in ("1", ". ", "x"):
        root.append(Text(data))
    assert to_markdown(root) == html2text_of("1. x") == "1\\. x\n"


def test_a_foreign_tag_counts_whatever_its_case() -> None:
    root = Element("div")
    root.append(Element("B"))
    root.elements[0].foreign = "svg"
    assert to_markdown(root) == html2text_of("<B></B>") == "****\n"
