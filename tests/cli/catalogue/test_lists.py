"""Lists of services: lines, CSV, OPML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.cli.catalogue.lists import addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.example\n\n# no\nb.example", [(1, "a.example"), (4, "b.example")]),
        ("name,domain\nA,a.example\nB,b.example\n", [(2, "a.example"), (3, "b.example")]),
        ("Company;URL\r\nA;https://a.example/p\r\n", [(2, "https://a.example/p")]),
        ("https://a.example/p,chat\n", [(1, "https://a.example/p")]),
        ("domain\ta\na.example\tb\n", [(2, "a.example")]),
        ("x,domain\nshort\n", [(2, "")]),
        ("", []),
        ("a.example  # ours\nhttps://a.example/#privacy\n", [(1, "a.example"), (2, "https://a.example/#privacy")]),
        ('"a.example\nb.example\n"c"d\n', [(1, '"a.example'), (2, "b.example"), (3, '"c"d')]),
        ('name,site\n"A\nLtd","a.example"\nB,b.example', [(2, "a.example"), (4, "b.example")]),
        (f"{'x' * 200_000}\nb.example", [(1, "x" * 200_000), (2, "b.example")]),
        (
            '<?xml version="1.0"?><opml><body><outline text="A"><outline xmlUrl="http://a.example/feed"\n'
            'htmlUrl="http://a.example/"/></outline>\n<outline url="b.example"/></body></opml>',
            [(1, "http://a.example/"), (3, "b.example")],
        ),
    ],
)
def test_a_list_names_what_its_lines_say(text: str, expected: list[tuple[int, str]]) -> None:
    assert addresses(text) == expected


@pytest.mark.parametrize("text", ["<opml><outline>", '<!DOCTYPE a [<!ENTITY b "c">]><opml/>', "<opml>\x00</opml>"])
def test_an_opml_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="OPML"):
        addresses(text)


@given(st.text(max_size=200))
def test_any_text_is_a_list_or_refused(text: str) -> None:
    try:
        found = addresses(text)
    except ValueError:
        return
    assert [number for number, _ in found] == sorted(number for number, _ in found)
