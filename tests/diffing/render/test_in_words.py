"""A change in words: one line for each passage that differs."""

from __future__ import annotations

from harvester.diffing import compare
from harvester.diffing.render.in_words import PASSAGE, passages

OLD = """# Policy

We keep your address for 30 days after you close your account with us.

We never sell what we know about you to anybody at all, whoever it is.

Write to us at any time."""


def test_edited_new_and_removed_passages_are_told_apart_by_their_sign() -> None:
    new = OLD.replace("30", "90").replace(
        "Write to us at any time.", "Children under thirteen may not use this site, and we delete what they send."
    )
    new = new.replace("We never sell what we know about you to anybody at all, whoever it is.\n\n", "")
    lines = passages(compare(OLD, new))
    assert "~ We keep your address for [-30-] {+90+} days after you close your account with us." in lines
    assert "- We never sell what we know about you to anybody at all, whoever it is." in lines
    assert "+ Children under thirteen may not use this site, and we delete what they send." in lines


def test_equal_texts_and_moved_passages_have_no_line() -> None:
    assert passages(compare(OLD, OLD)) == []
    first, *others = OLD.split("\n\n")
    assert passages(compare(OLD, "\n\n".join([first, *others[1:], others[0]]))) == []


def test_borders_of_paragraphs_have_no_line_and_no_mark() -> None:
    split = OLD.replace("with us.", "with us. You may ask us for a copy of it at any time that you like.")
    parts = split.replace("with us. You", "with us.\n\nYou")
    assert compare(split, parts).operations
    assert passages(compare(split, parts)) == []
    (line,) = passages(compare(split, parts.replace("a copy", "two copies")))
    assert line == "~ You may ask us for [-a copy-] {+two copies+} of it at any time that you like."
    merged = passages(compare(parts, split.replace("with us. You", "with us for good. You")))
    assert merged == ["~ … your account with us {+for good+}. You may ask us for a …"]


def test_a_long_passage_is_cut_at_a_word() -> None:
    new = f"{OLD}\n\n{'We collect many things. ' * 40}"
    (line,) = passages(compare(OLD, new))
    assert line.startswith("+ We collect many things.")
    assert line.endswith(" …")
    assert len(line) <= PASSAGE + 4
