"""What the parser is spared, and that ordinary pages are left as they are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from harvester.cleaner.html.corrections import with_one_head
from harvester.cleaner.html.dom import Element
from harvester.cleaner.html.guard import tame
from harvester.cleaner.html.parse import parse


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<head></head><head lang='>'><title>a", "<head></head><title>a"),
        ("</HEAD><Head><title>a", "</HEAD><title>a"),
        ("<head><head>a", "<head><head>a"),
        ("<!--</head>--><head>a", "<!--</head>--><head>a"),
        ("<head><title></head><head></title>a", "<head><title></head><head></title>a"),
        ("<head></head><header>a", "<head></head><header>a"),
        ("</head><html lang=en><title>a", "</head><title>a"),
        ('</head><html lang="en""><title>a', "</head><title>a"),
        ("</head><html a= '>' b='x>y'><p title=\"c\">", '</head><p title="c">'),
        ("</head><body><html lang=en><p>a", "</head><body><html lang=en><p>a"),
    ],
)
def test_a_head_that_begins_again_is_left_out(page: str, kept: str) -> None:
    assert with_one_head(page) == kept


def test_a_title_in_a_second_head_is_the_pages_title() -> None:
    (html,) = (one for one in parse("<html></head><head><title>a</title></head><p>b").children)
    assert isinstance(html, Element)
    assert [one.tag for one in html.children if isinstance(one, Element)] == ["head", "body"]


def test_formatting_left_open_a_thousand_times_is_opened_again_a_hundred_times_only() -> None:
    page = "".join(f"<p><font color={number}>" for number in range(3_000))
    assert tame(page).count("<font") == 100
    assert tame(page).count("<p>") == 3_000


def test_real_pages_are_left_as_they_are(shared: Path) -> None:
    with gzip.open(shared / "cleaner" / "reference-pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line)["html"] for line in lines]
    assert [page for page in pages if tame(with_one_head(page)) != page] == []
