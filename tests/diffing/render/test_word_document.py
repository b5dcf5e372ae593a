"""A change as a Word document: accepting all gives the new text, rejecting all the old one, whatever the texts."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harvester.diffing import Block, compare
from harvester.diffing.render import word_document
from harvester.diffing.render.block_html import escaped
from harvester.diffing.text.inline import Inline
from tests.support.diffing.texts import TEXTS, pairs

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WHITE = {f"{W}tab": "\t", f"{W}br": "\n"}
MOMENT = datetime(2018, 5, 26, 0, 3, 5, tzinfo=UTC)
NAMES = {
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    *(f"word/{part}.xml" for part in ("document", "header", "numbering", "settings", "styles")),
}


def written(old: str, new: str, title: str = "a", service: str = "b") -> dict[str, ElementTree.Element]:
    """The parts of the document, each of them read as XML."""
    content = word_document(compare(old, new), title=title, about=[title], service=service, moment=MOMENT)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist()}


def decided(document: ElementTree.Element, drop: str) -> list[str]:
    """The paragraphs as Word leaves them when all changes of one side are dropped; an end that goes joins two."""
    texts = [""]
    for paragraph in document.iter(f"{W}p"):
        for child in paragraph:
            if child.tag not in (drop, f"{W}pPr"):
                texts[-1] += "".join(
                    WHITE.get(part.tag, part.text or "") for run in child.iter(f"{W}r") for part in run
                )
        if paragraph.find(f"{W}pPr/{W}rPr/{drop}") is None:
            texts.append("")
    return [_key(text) for text in texts if text]


def visible(blocks: Sequence[Block]) -> list[str]:
    return [_key(html.unescape(escaped(block.with_label_inside().inline.visible))) for block in blocks]


def _key(text: str) -> str:
    """What is written, with a space for each character that cannot be: one that parts two words may be white space."""
    return Inline(text.replace("\ufffd", " ")).key


@settings(max_examples=20, deadline=None)
@given(st.one_of(pairs(), st.tuples(TEXTS, TEXTS), st.tuples(st.text(), st.text())))
@example(("One two. Three four.", "One two.\n\nThree four."))
@example(("a\n\nb c", "a b\n\nc"))
@example(("1. a b", "2. a b\n\n3. c"))
@example(("0\x1f0", "0"))
@example(("a|b\n-|-\nc|d e", "a|b\n-|-\nc|e"))
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old_one(pair: tuple[str, str]) -> None:
    parts = written(*pair)
    assert set(parts) == NAMES
    diff = compare(*pair)
    assert decided(parts["word/document.xml"], f"{W}del") == visible(diff.new_blocks)
    assert decided(parts["word/document.xml"], f"{W}ins") == visible(diff.old_blocks)


def test_each_tracked_change_has_a_number_of_its_own_an_author_and_a_time() -> None:
    old, new = "One.\n\nWe keep your data for two years.", "We keep your data for three years.\n\nFive."
    document = written(old, new, service="x <&>")["word/document.xml"]
    changes = [one for tag in ("ins", "del") for one in document.iter(f"{W}{tag}")]
    assert len({one.get(f"{W}id") for one in changes}) == len(changes) == 6
    assert {one.get(f"{W}author") for one in changes} == {"x <&> (website)"}
    assert {one.get(f"{W}date") for one in changes} == {"2018-05-26T00:03:05Z"}
    assert all(run.find(f"{W}t") is None for one in document.iter(f"{W}del") for run in one)


def test_what_the_text_holds_is_text_in_every_part() -> None:
    hostile = "]]> <w:p/> &amp; \x00\x1b\ufffe\ud800 \" '"
    parts = written(hostile, f"{hostile} new", title=hostile, service=hostile)
    shown = "]]> <w:p/> &amp; \ufffd\ufffd\ufffd\ufffd \" '"
    assert "".join(parts["word/header.xml"].itertext()) == shown * 2
    assert shown in "".join(parts["docProps/core.xml"].itertext())
    assert "\ufffd\ufffd\ufffd\ufffd" in "".join(parts["word/document.xml"].itertext())


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("### A", "Heading3"),
        ("  * A", "ListBullet"),
        ("  1. A", "ListParagraph"),
        ("> A", "Quote"),
        ("```\nA\n```", "PlainText"),
        ("A|B\n-|-", "TableRow"),
    ],
)
def test_each_kind_of_block_has_a_style_that_the_document_defines(text: str, style: str) -> None:
    parts = written(text, text)
    found = parts["word/document.xml"].find(f".//{W}pStyle")
    assert found is not None
    assert found.get(f"{W}val") == style
    assert style in {one.get(f"{W}styleId") for one in parts["word/styles.xml"].iter(f"{W}style")}


@pytest.mark.parametrize(("text", "expected"), [("1. مرحبا world", True), ("hello שלום", False)])
def test_the_first_letter_gives_the_direction(text: str, expected: bool) -> None:
    assert (written(text, text)["word/document.xml"].find(f".//{W}bidi") is not None) == expected


def test_the_same_change_gives_the_same_bytes() -> None:
    first, second = (
        word_document(compare("One.", "Two."), title="a", about=(), service="b", moment=MOMENT) for _ in range(2)
    )
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
