"""Edits are joined over small words, unless the redline then marks more than a word diff of the lines."""

from __future__ import annotations

from harvester.diffing import Diff, OperationKind, compare
from harvester.diffing.change import passages, tokens_of

HEAD, TAIL = "We say here what we keep.\n\n", "\n\nWrite to us at any time.\n"
OLD = "We keep the first long phrase of quite different matter for ever"
NEW = "We keep every word that was said of things nobody has yet heard for ever"


def struck(diff: Diff) -> list[str]:
    """What each hunk strikes."""
    pieces = []
    for step in diff.operations:
        if step.hunks:
            olds, _ = passages(diff.old_blocks[slice(*step.old)], diff.new_blocks[slice(*step.new)])
            pieces += [" ".join(tokens_of(olds)[hunk.old_start : hunk.old_end]) for hunk in step.hunks]
    return pieces


def test_a_small_word_is_kept_where_a_plain_word_diff_would_mark_less() -> None:
    old, new = OLD.replace("phrase of", "phrase now of") + ".", NEW.replace("said of", "said here of") + "."
    diff = compare(HEAD + old + TAIL, HEAD + new + TAIL)
    assert struck(diff) == ["the first long phrase now", "quite different matter"]


def test_a_small_word_is_marked_where_the_rest_marks_less_than_a_plain_word_diff() -> None:
    paid, pays = "We sell nothing.", "We sell nothing to anybody."  # a plain word diff marks "nothing" too, twice
    old, new = OLD.replace("phrase of", "phrase now of") + ".", NEW.replace("said of", "said here of") + "."
    diff = compare(HEAD + paid + TAIL + "\n" + old + TAIL, HEAD + pays + TAIL + "\n" + new + TAIL)
    assert "the first long phrase now of quite different matter" in struck(diff)


def test_removed_added_and_moved_blocks_count_on_both_sides() -> None:
    extra = "This paragraph of nine words came or went."
    old, new = OLD.replace("phrase of", "phrase now of") + ".", NEW.replace("said of", "said here of") + "."
    for one, other in ((extra, ""), ("", extra)):
        diff = compare(f"{HEAD}{old}{TAIL}\n{one}", f"{HEAD}{new}{TAIL}\n{other}")
        assert struck(diff) == ["the first long phrase now", "quite different matter"]
        assert {step.kind for step in diff.operations} & {OperationKind.INSERT, OperationKind.DELETE}


def test_links_of_parted_edits_are_those_of_the_words_kept() -> None:
    old = OLD.replace("phrase of", "phrase now [of](https://a.example/)") + "."
    new = NEW.replace("said of", "said here [of](https://b.example/)") + "."
    (step,) = [step for step in compare(HEAD + old + TAIL, HEAD + new + TAIL).operations if step.hunks]
    assert [(link.text, link.old, link.new) for link in step.links] == [
        ("of", "https://a.example/", "https://b.example/")
    ]
