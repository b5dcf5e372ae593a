"""What holds of every change, whatever the texts."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from harvester.diffing import Kind, OperationKind, apply, compare, decode, encode
from harvester.diffing.change import passages, tokens_of
from harvester.diffing.classify import visible_words
from harvester.diffing.render import html_inline, html_side_by_side, markdown, terminal, to_json, unified
from harvester.diffing.render.runs import Mark, merged_lines
from harvester.diffing.text.blocks import read_blocks
from tests.support.diffing.texts import TEXTS, THOROUGH, pairs

ANY_PAIR = st.one_of(pairs(), st.tuples(TEXTS, TEXTS), st.tuples(st.text(), st.text()))
TAGS = "div p h1 h2 h3 h4 h5 h6 ul li table thead tbody tr th td blockquote pre a strong em code ins del span small br"
VOID = {"br"}


@THOROUGH
@given(TEXTS)
def test_the_raw_parts_of_the_blocks_are_the_text(text: str) -> None:
    blocks = read_blocks(text)
    assert not blocks or "".join(text[block.start : block.end] for block in blocks) == text
    assert all(block.tokens for block in blocks)


@THOROUGH
@given(st.one_of(TEXTS, st.text()))
def test_a_text_compared_with_itself_has_no_change(text: str) -> None:
    diff = compare(text, text)
    assert all(operation.is_untouched for operation in diff.operations)
    assert (diff.measures.words_added, diff.measures.words_removed, diff.measures.words_moved) == (0, 0, 0)
    assert diff.measures.share == 0
    assert diff.kind is Kind.COSMETIC
    assert unified(diff, "a", "b") == ""


@THOROUGH
@given(ANY_PAIR)
def test_operations_account_for_every_block_of_both_texts_once(pair: tuple[str, str]) -> None:
    diff = compare(*pair)
    gone = [n for op in diff.operations if op.kind is not OperationKind.MOVE for n in range(*op.old)]
    come = [n for op in diff.operations if op.kind is not OperationKind.AWAY for n in range(*op.new)]
    assert gone == list(range(len(diff.old_blocks)))
    assert come == list(range(len(diff.new_blocks)))


@THOROUGH
@given(ANY_PAIR)
def test_applying_the_hunks_of_an_edit_gives_its_new_words(pair: tuple[str, str]) -> None:
    diff = compare(*pair)
    for op in diff.operations:
        if op.old[0] == op.old[1] or op.new[0] == op.new[1] or op.kind is OperationKind.AWAY:
            continue
        olds, news = passages(diff.old_blocks[slice(*op.old)], diff.new_blocks[slice(*op.new)])
        before, after = tokens_of(olds), tokens_of(news)
        words: list[str] = []
        at = 0
        for hunk in op.hunks:
            words += before[at : hunk.old_start] + after[hunk.new_start : hunk.new_end]
            at = hunk.old_end
        assert words + before[at:] == after


@THOROUGH
@given(ANY_PAIR)
def test_the_redline_holds_every_word_of_both_texts(pair: tuple[str, str]) -> None:
    diff = compare(*pair)
    shown = Counter[str]()
    for op in diff.operations:
        if op.kind is not OperationKind.AWAY:
            for line in merged_lines(diff, op):
                shown.update(
                    "".join(run.text for run in line.runs if not run.is_break and run.mark is not Mark.REMOVED)
                )
    expected = Counter("".join(block.with_label_inside().inline.visible for block in diff.new_blocks))
    labels = Counter("".join(f"{block.label} " for block in diff.new_blocks))
    for character in [one for one in {*shown, *expected} if one.isspace()]:
        del shown[character], expected[character]
    assert not expected - shown - labels
    assert not shown - expected


@THOROUGH
@given(ANY_PAIR)
def test_a_payload_gives_the_change_and_the_new_text_again(pair: tuple[str, str]) -> None:
    old, new = pair
    diff = compare(old, new)
    payload = encode(diff)
    assert decode(payload, old, new) == diff
    assert apply(payload, old) == new


@THOROUGH
@given(ANY_PAIR)
@example(("we we we we collect\n\n## we we we we", "## we we we we\n\nwe we we we collect"))
def test_what_one_way_adds_the_other_way_removes(pair: tuple[str, str]) -> None:
    there, back = compare(*pair), compare(*pair[::-1])
    assert there.measures.words_added == back.measures.words_removed
    assert there.measures.words_removed == back.measures.words_added
    assert there.measures.words_moved == back.measures.words_moved
    assert there.measures.share == back.measures.share
    assert there.kind == back.kind
    assert 0 <= there.measures.share <= 1


SAY_NOTHING = (
    "what stands around the policy",
    "the items of a list are numbered or not",
    "marks of Markdown that a page shows",
    "a mark between names in another form",
    "quotation marks in place of emphasis",
    "another kind of quotation marks",
    "borders of the cells of a table",
    "a space at a link",
    "a space within an abbreviation",
    "the same text in another encoding",
)


@THOROUGH
@given(ANY_PAIR)
@example(("# we\n\nwe\n\nwe\n\nwe", "we\n\n# we\n\nwe\n\nwe\n\nwe"))
@example(("\x1b", "\x80"))
def test_a_change_of_the_policy_is_cosmetic_if_and_only_if_the_visible_words_are_equal(pair: tuple[str, str]) -> None:
    old, new = (f"# Title\n\n{text}" for text in pair)  # a page's title that came or went is cosmetic too
    diff = compare(old, new)
    same = visible_words(read_blocks(old)) == visible_words(read_blocks(new))
    # Words that differ are cosmetic only where they are none of the policy's: above its first heading, for one; marks
    # and numbers where they show how the page is set.
    around = any(reason.startswith(SAY_NOTHING) for reason in diff.reasons)
    assert (diff.kind is Kind.COSMETIC and not around) == same
    if same:
        assert diff.measures.words_added == diff.measures.words_removed == diff.measures.words_moved == 0


class Balance(HTMLParser):
    """Fails on a tag that is not closed in order, or that no renderer writes."""

    ALLOWED = frozenset(TAGS.split())

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.targets: list[str] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.ALLOWED
        assert {name for name, _ in attrs} <= {"class", "dir", "id", "href", "rel", "scope", "colspan"}
        values = dict(attrs)
        self.targets += [values["href"] or ""] if "href" in values else []
        self.anchors += [values["id"] or ""] if "id" in values else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


@THOROUGH
@given(ANY_PAIR, st.booleans())
@example(("", "0\t0"), False)
def test_html_is_balanced_escaped_and_links_only_to_the_web_to_mail_and_to_itself(
    pair: tuple[str, str], only_changes: bool
) -> None:
    diff = compare(*pair)
    for fragment in (
        html_inline(diff, only_changes=only_changes),
        html_side_by_side(diff, only_changes=only_changes),
    ):
        balance = Balance()
        balance.feed(fragment)
        balance.close()
        assert balance.open == []
        assert len(set(balance.anchors)) == len(balance.anchors)
        for target in balance.targets:
            assert target.startswith(("http://", "https://", "mailto:")) or target[1:] in balance.anchors


@THOROUGH
@given(ANY_PAIR)
def test_every_format_takes_every_change(pair: tuple[str, str]) -> None:
    diff = compare(*pair)
    assert isinstance(to_json(diff)["operations"], list)
    for text in (terminal(diff), markdown(diff), unified(diff, "a", "b")):
        assert isinstance(text, str)
