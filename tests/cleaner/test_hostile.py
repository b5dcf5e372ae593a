"""Hostile pages end in time and memory, with a document or a CleaningError.

Each is cleaned in a worker, which has 1 GB of address space and 10 s of processor time (`harvester.worker`).
"""

from __future__ import annotations

import sys

import pytest

from harvester.cleaner import clean
from harvester.errors import CleaningError
from harvester.processes import apart


def outcome(page: str) -> str:
    """How cleaning a page ends, which is made here of an expression of Python."""
    try:
        clean(eval(page), url="http://example.org/p", timestamp="20100101000000", domain="example.org")
    except CleaningError as error:
        return error.reason
    return "document"


WORDS = "b'We keep what you tell us, as the law asks, for a year. '"
PAGES = {
    "40,000 nested divs": f"b'<div>' * 40_000 + {WORDS}",
    "40,000 nested bold": f"b'<b>' * 40_000 + {WORDS}",
    "8,000 nested tables": f"b'<table><tr><td>' * 8_000 + {WORDS}",
    "15,000 nested lists": f"b'<ul><li>' * 15_000 + {WORDS}",
    "50,000 nested templates": f"b'<template>' * 50_000 + {WORDS}",
    "paragraphs that reopen fonts": f"b''.join(b'<p><font color=%d>' % n for n in range(10_000)) + {WORDS}",
    "1 MB of attributes": f"b'<p ' + b' '.join(b'a%d=%d' % (n, n) for n in range(80_000)) + b'>' + {WORDS} * 20",
    "1 MB of one attribute": f"b'<p style=\"' + b'display:none;([' * 70_000 + b'\">' + {WORDS} * 20",
    "5 MB of text": f"b'<p>' + {WORDS} * 95_000",
    "5 MB without a space": "b'<p>' + b'x' * 5_000_000",
    "200,000 breaks": "b'<br>' * 200_000",
    "100,000 comments": f"b'<!---->' * 100_000 + {WORDS} * 20",
    "unclosed paragraphs": "b'<p>a b, c' * 50_000",
    "unclosed comment starts": "b'<!--' * 300_000",
    "nothing but tag starts": "b'<' * 1_000_000",
    "NULs": f"b'\\0<p>\\0' * 5_000 + {WORDS} * 20",
    "lone surrogates": f"b'<p>' + b'&#xD800;\\xed\\xa0\\x80' * 50_000 + {WORDS} * 20",
    "a table of 10,000 rows": "b'<table>' + b'<tr><td>a, b</td><td>c d</td></tr>' * 10_000",
    "entities within entities": "b'<!DOCTYPE a [' + b''.join(b'<!ENTITY a%d \"&a%d;&a%d;\">' % (n, n - 1, n - 1)"
    " for n in range(30)) + b']><p>&a29;' + b'&amp;' * 100_000",
    "misnested formatting": "b'<b><p></b></p>' * 10_000",
    "heads that begin again and do not end": f"b'</head>' + b'<head a' * 100_000 + b'\"<p>' + {WORDS} * 20",
    "heads with values that do not end": f"b'</head>' + b'<head a=\"' * 100_001 + b'<p>' + {WORDS} * 20",
    "selects with formatting in them": f"b'<select><option><b>a</select><textarea>' * 40_000 + {WORDS} * 20",
    "selects and values that do not end": f"b'<select><b a=\"' * 100_001 + {WORDS} * 20",
    "preformatted text that does not begin": f"b'<pre ' * 300_000 + b'>\\n' + {WORDS} * 20",
    "300,000 attributes": f"b'<p ' + b' '.join(b'a%d=1' % n for n in range(300_000)) + b'>' + {WORDS} * 20",
    "1,000,000 lines in 500 quotations": f"b'<blockquote>' * 500 + b'<pre>' + b'x\\n' * 1_000_000 + {WORDS} * 20",
    "5,000 links to a base of 500,000 segments": "b'<base href=\"http://a.example/' + b's/' * 500_000 + b'\">'"
    f" + b''.join(b'<p><a href=x%d>a, b</a>' % n for n in range(5_000)) + {WORDS} * 20",
    "100 fonts that 100,000 paragraphs open again": f"b''.join(b'<font color=%d>' % n for n in range(100))"
    f" + b'<p>a, b' * 100_000 + {WORDS} * 20",
    "14,000 paragraphs that open 100 fonts again": f"b''.join(b'<font color=%d>' % n for n in range(100))"
    f" + b'<p>a, b' * 14_000 + {WORDS} * 20",
    "a title of two lines": f"'<title>a b - c\u2028{{}}</title>'.format('x' * 1_000_000).encode() + {WORDS} * 20",
    "a property of spaces": f"b'<meta content=a property=\"' + b' ' * 1_000_000 + b'\">' + {WORDS} * 20",
    "a run of 1,000,000 stars": f"b'<p>' + b'*' * 1_000_000 + {WORDS} * 20",
    "comments in raw text": f"b'<xmp><!-- </xmp>' * 100_000 + {WORDS} * 20",
    "20,000 links": f"b''.join(b'<a href=\"../x%d y?q\">a, b</a> ' % n for n in range(20_000)) + {WORDS}",
}


@pytest.mark.costs
@pytest.mark.skipif(sys.platform != "linux", reason="limits of address space and processor time are Linux's here")
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_hostile_page_ends_in_time_and_memory(page: str) -> None:
    assert apart(outcome, page) in ("document", "no-article", "too-complex", "too-costly")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("b''", "empty"),
        ("b' \\n\\t'", "empty"),
        ("bytes.fromhex('ffd8ffe000104a46494600010100') + bytes(range(256)) * 100", "not-text"),
        ("b'<br>' * 20", "no-article"),
        ("b'<frameset><frame src=a></frameset>'", "no-article"),
        ("b'<p>' * 700_000", "too-complex"),
        (f"b'<blockquote>' * 500 + b'<pre>' + b'x\\n' * 50_000 + {WORDS} * 20", "too-costly"),
        (f"b'<ul>' * 500 + b'<li>a' * 50_000 + {WORDS} * 20", "too-costly"),
        (
            "b'<base href=\"http://a.example/' + b's/' * 50_000 + b'\">'"
            f" + b''.join(b'<p><a href=x%d>a, b</a>' % n for n in range(500)) + {WORDS} * 20",
            "too-costly",
        ),
    ],
)
def test_a_page_without_text_is_refused_with_its_reason(body: str, reason: str) -> None:
    assert apart(outcome, body) == reason
