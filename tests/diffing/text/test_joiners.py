"""Joiners between letters carry meaning in Persian and Indic scripts: shown, and no difference by themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harvester.cleaner.comparable.characters import drop_invisible
from harvester.diffing import Diff, compare, render
from harvester.diffing.text.blocks import read_blocks
from harvester.web.view.downloads import plain_text

PERSIAN = "ما اطلاعات [شما را نمی\u200cفروشیم](https://a.example/) و **آن\u200cها** را تا 30 روز نگه می\u200cداریم."
HINDI = "हम 30 दिन तक क्\u200dषति की सूचना रख\u200cते हैं।"
SINHALA = "ශ්\u200dරී ලංකාවේ අපි දත්ත දින 30 තබා ගනිමු."
TEXTS = pytest.mark.parametrize("text", [PERSIAN, HINDI, SINHALA], ids=["Persian", "Hindi", "Sinhala"])


@TEXTS
def test_the_comparable_text_keeps_them(text: str) -> None:
    assert drop_invisible(text) == text
    assert drop_invisible(f"\u200c{text}\u200d a\u200cb ") == f"{text} ab "


@TEXTS
@pytest.mark.parametrize("form", [render.html_inline, render.html_side_by_side, render.word_diff, render.terminal])
def test_a_redline_shows_them(text: str, form: Callable[[Diff], str]) -> None:
    shown = form(compare(text, text.replace("30", "90")))
    sides = 2 if form is render.html_side_by_side else 1
    assert sum(map(shown.count, "\u200c\u200d")) == sides * sum(map(text.count, "\u200c\u200d"))


@TEXTS
def test_they_are_no_difference_by_themselves(text: str) -> None:
    without = text.replace("\u200c", "").replace("\u200d", "")
    for old, new in ((text, without), (without, text)):
        measures = compare(old, new).measures
        assert (measures.words_added, measures.words_removed) == (0, 0)


@TEXTS
def test_a_block_knows_where_they_stand(text: str) -> None:
    [block] = read_blocks(f"1. {text}")
    shown = block.with_label_inside().inline.shown()
    assert [shown.count(joiner) for joiner in "\u200c\u200d"] == [text.count(joiner) for joiner in "\u200c\u200d"]
    inline = block.inline
    for cut in range(len(inline.visible) + 1):
        assert inline.shown(0, cut) + inline.shown(cut) == inline.shown()
        assert inline.cut(cut).shown() == inline.shown(cut)
    assert sum(map(plain_text(text).count, "\u200c\u200d")) == sum(map(text.count, "\u200c\u200d"))


@TEXTS
def test_a_passage_is_found_as_it_is_shown(text: str) -> None:
    [block] = read_blocks(text)
    inline, words = block.inline, block.inline.shown().split()
    at = 0
    for word in words:
        place = inline.find(word, at)
        assert place is not None
        assert inline.shown(*place) == word
        at = place[1]
    assert inline.find("nowhere", 0) is None
