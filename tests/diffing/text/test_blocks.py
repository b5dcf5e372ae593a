"""How a Markdown text falls into blocks, and what a reader sees of each."""

from __future__ import annotations

import pytest

from harvester.cleaner.comparable import comparable_text
from harvester.diffing import Kind, compare
from harvester.diffing.text.blocks import Block, BlockKind, read_blocks
from harvester.diffing.text.inline import read_inline
from harvester.diffing.text.tokens import tokenise


def only_block(text: str) -> Block:
    (block,) = read_blocks(text)
    return block


@pytest.mark.parametrize(
    ("text", "kind", "level", "label", "visible"),
    [
        ("## 3\\. Your rights", BlockKind.HEADING, 2, "3.", "Your rights"),
        ("## 3.2 Your rights", BlockKind.HEADING, 2, "3.2", "Your rights"),
        ("# Section 4: Cookies", BlockKind.HEADING, 1, "Section 4:", "Cookies"),
        ("(a) to perform a contract", BlockKind.PARAGRAPH, 0, "(a)", "to perform a contract"),
        ("  * an item", BlockKind.ITEM, 1, "", "an item"),
        ("  * #### **6\\. Your rights**", BlockKind.ITEM, 1, "6.", "Your rights"),
        ("  * #1 in trust", BlockKind.ITEM, 1, "", "#1 in trust"),
        ("    * an inner item", BlockKind.ITEM, 2, "", "an inner item"),
        ("  12. a numbered item", BlockKind.ITEM, 1, "12.", "a numbered item"),
        ("> quoted", BlockKind.QUOTE, 0, "", "quoted"),
        ("30 days after that", BlockKind.PARAGRAPH, 0, "", "30 days after that"),
        ("2018 was a year", BlockKind.PARAGRAPH, 0, "", "2018 was a year"),
        ("one  \ntwo\nthree", BlockKind.PARAGRAPH, 0, "", "one\ntwo three"),
    ],
)
def test_a_block_is_read_with_its_kind_level_and_number(
    text: str, kind: BlockKind, level: int, label: str, visible: str
) -> None:
    block = only_block(text)
    assert (block.kind, block.level, block.label, block.inline.visible) == (kind, level, label, visible)


def test_a_table_gives_a_row_a_block_and_a_tab_between_cells() -> None:
    blocks = read_blocks("Purpose | Basis  \n---|---  \nBilling | Contract  \n\nAfter it.")
    assert [(block.kind, block.inline.visible) for block in blocks] == [
        (BlockKind.ROW, "Purpose\tBasis"),
        (BlockKind.ROW, "Billing\tContract"),
        (BlockKind.PARAGRAPH, "After it."),
    ]


def test_what_follows_a_heading_at_once_is_a_block_of_its_own() -> None:
    assert [(block.kind, block.inline.visible) for block in read_blocks("# Cookies\nWe set them.")] == [
        (BlockKind.HEADING, "Cookies"),
        (BlockKind.PARAGRAPH, "We set them."),
    ]


def test_rules_and_empty_cells_are_no_blocks() -> None:
    assert [block.inline.visible for block in read_blocks("one\n\n* * *\n\n|\n\n  \n\ntwo\n")] == ["one", "two"]


def test_a_fence_holds_its_blank_lines() -> None:
    assert only_block("```\na\n\nb\n```\n").inline.visible == "a\n\nb"


@pytest.mark.parametrize(
    ("markdown", "visible"),
    [
        ("see [our **policy**](http://x.org/a_\\(b\\)) now", "see our policy now"),
        ("<https://x.org/y> or <a@b.org>", "https://x.org/y or a@b.org"),
        ("1\\. not \\*this\\*", "1. not *this*"),
        ("snake_case_name and 2*3*4", "snake_case_name and 234"),
        ("**Your Location **When", "Your Location When"),
        ("a lone * star and [bracket", "a lone * star and [bracket"),
        ("infor\u00admation\u200b here", "information here"),
        ("run `code here` now", "run code here now"),
        ("__Note__ this", "Note this"),
        ("_ a _b_ c", "_ a b c"),
        ("name: _ and _this", "name: _ and _this"),
        ("fill in _ and _ too", "fill in _ and _ too"),
        ("![seal](/seal.png) text", "seal text"),
        ("end of a link](http://x.org) of several blocks", "end of a link of several blocks"),
    ],
)
def test_markup_is_taken_off_and_lone_marks_stay(markdown: str, visible: str) -> None:
    assert read_inline(markdown).visible == visible


@pytest.mark.parametrize(
    "markdown",
    [
        "We keep _what you tell us_ here",
        "We keep _ what you tell us_ here",  # html2text's of <em> what you tell us</em>
        "We keep _ what you_ _tell us_ here",
        "We keep _ **what you tell us**_ here",
        "We keep _ [what you tell us](/all)_ here",
        "_ We keep what you tell us_ here",
        "We keep what you tell _ us here_",
    ],
)
def test_emphasis_may_begin_with_a_space(markdown: str) -> None:
    inline = read_inline(markdown)
    assert inline.key == read_inline("We keep what you tell us here").key
    assert "em" in {style.value for style in inline.styles}


def test_links_and_styles_carry_over_to_the_visible_text() -> None:
    inline = read_inline("see **our [cookie \\*policy](http://x.org/a)** now")
    assert [inline.visible[s.start : s.end] for s in inline.links] == ["cookie *policy"]
    assert [inline.visible[s.start : s.end] for s in inline.styles] == ["our cookie *policy"]
    assert inline.links[0].value == "http://x.org/a"


INSIDE = ("Prev", "### Your rights", "Learn about **cookies**.", "  * an item", "한국어")


@pytest.mark.parametrize("inside", [INSIDE[:1], INSIDE[:2], INSIDE[1:4], INSIDE])
@pytest.mark.parametrize("begin", ["[", "[ ", "[\n\n"])
@pytest.mark.parametrize("end", ["", "\n\n"])
def test_a_link_around_several_blocks_is_the_link_of_each(inside: tuple[str, ...], begin: str, end: str) -> None:
    if begin.strip("\n") == begin and inside[0].startswith("#"):
        return  # a heading begins its line
    wrapped = "\n\n".join(("Before.", begin + "\n\n".join(inside) + end + '](https://a.example/p "Title")', "After."))
    blocks, plain = read_blocks(wrapped), read_blocks("\n\n".join(("Before.", *inside, "After.")))
    assert [(one.kind, one.key) for one in blocks] == [(one.kind, one.key) for one in plain]
    for block in blocks[1:-1]:
        assert [(*link,) for link in block.inline.links] == [(0, len(block.inline.visible), "https://a.example/p")]
    assert not blocks[0].inline.links
    assert not blocks[-1].inline.links


@pytest.mark.parametrize(
    "text",
    [
        "[ One\n\nTwo",  # no end
        "One\n\nTwo\n\n](https://a.example)",  # no beginning
        "[ One\n\nTwo](https://a.example) still speaks",
        "[" + "\n\n".join(map(str, range(100, 120))) + "\n\n](https://a.example)",  # more than a card
        "[1] One\n\nTwo\n\n](https://a.example)",
    ],
)
def test_what_may_be_no_link_around_blocks_is_none(text: str) -> None:
    assert not any(block.inline.links for block in read_blocks(text))


def test_a_link_inside_another_one_stays() -> None:
    one, other = read_blocks("[ One [two](https://b.example)\n\nThree\n\n](https://a.example)")
    assert [link.value for link in one.inline.links] == ["https://b.example"]
    assert [link.value for link in other.inline.links] == ["https://a.example"]


def test_compounds_figures_and_addresses_are_one_token_each() -> None:
    text = "Opt-out the user’s data: 1,000.50 on 25/05/2018, a.b@c-d.org, https://x.org/y?z=1. (日本)"
    assert tokenise(text) == [
        *("Opt-out", "the", "user's", "data", ":", "1,000.50", "on", "25/05/2018", ",", "a.b@c-d.org", ","),
        *("https://x.org/y?z=1", ".", "(", "日", "本", ")"),
    ]


def test_a_list_within_an_item_that_says_nothing_itself_is_no_new_word() -> None:
    old, new = "Kept:\n\n  * names\n\n  * dates", "Kept:\n\n  *     * names\n\n    * dates"
    assert [(block.level, block.key) for block in read_blocks(new)][1] == (2, "names")
    assert compare(old, new).kind is Kind.COSMETIC
    assert [block.key for block in read_blocks("* - * \n\n* - x")] == ["x"]


def test_a_paragraph_that_is_little_more_than_its_label_is_a_block() -> None:
    (block,) = read_blocks("(a) |\n")
    assert (block.label, block.inline.visible) == ("(a)", "|")
    assert read_blocks("1. |\n") == ()


def test_underlined_headings_and_line_breaks_of_other_markdown_are_read_as_what_they_are() -> None:
    plain = "# Legal notice\n\nWe answer.\n\n## Who we are\n\nAcme  \n5 High Street\n"
    other = "Legal notice\n============\n\nWe answer.\n\nWho we are\n----------\n\nAcme<br>5 High Street\n"
    assert [(b.kind, b.level, b.key) for b in read_blocks(other)] == [
        (b.kind, b.level, b.key) for b in read_blocks(plain)
    ]
    assert compare(plain, other).kind is Kind.COSMETIC
    assert [b.kind for b in read_blocks("We answer.\n\n---\n\nWe ask,\n---\n")] == [BlockKind.PARAGRAPH] * 2
    assert read_blocks("One column\n---\nWhat is in it\n")[0].kind is BlockKind.PARAGRAPH
    assert "".join(other[b.start : b.end] for b in read_blocks(other)) == other


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We keep it.\n\n12.", [(BlockKind.PARAGRAPH, "", "We keep it."), (BlockKind.PARAGRAPH, "", "12.")]),
        ("12.\nWe keep it.", [(BlockKind.ITEM, "12.", "We keep it.")]),
        ("* a\n\n  1.\n\n* b", [(BlockKind.ITEM, "", "a"), (BlockKind.ITEM, "", "b")]),
        ("1.\n2.\n\nWe keep it.", [(BlockKind.PARAGRAPH, "", "We keep it.")]),
    ],
)
def test_a_number_alone_is_a_paragraph_and_an_indented_one_or_one_of_several_an_empty_item(
    text: str, found: list[tuple[BlockKind, str, str]]
) -> None:
    assert [(block.kind, block.label, block.key) for block in read_blocks(text)] == found


@pytest.mark.parametrize(("old", "new"), [("=====", "========"), ("===", ""), ("", "= = = =")])
def test_a_line_of_equals_signs_is_a_rule_or_stands_under_a_heading_of_several_lines(old: str, new: str) -> None:
    above, below = "We keep your name, your address\nand your orders.", "You may write to us."
    one, other = (f"# T\n\n{above}\n{line}\n{below}" for line in (old, new))
    assert compare(one, other).kind is Kind.COSMETIC if old and new else Kind.MINOR
    assert compare(one, other).measures.words_added == compare(one, other).measures.words_removed == 0
    heading = read_blocks("# T\n\nTerms of service  \nof 1 July 2021\n=======\n\nText")[1]
    assert (heading.kind, heading.level, heading.key) == (BlockKind.HEADING, 1, "Terms of service of 1 July 2021")
    assert compare("# T\n\nA == B", "# T\n\nA = B").kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("rule", ["| --- | --- |", "|---|---|", "---|---", "| :--- | ---: |", "|:-:|:-:|", "| - | - |"])
def test_a_table_is_one_however_the_rule_under_its_head_is_written(rule: str) -> None:
    text = comparable_text("T", f"| Data | Shared with |\n{rule}\n| Names | Acme |\n| Orders | – |")
    assert [(block.kind, block.key) for block in read_blocks(text)[1:]] == [
        (BlockKind.ROW, "Data Shared with"),
        (BlockKind.ROW, "Names Acme"),
        (BlockKind.ROW, "Orders –"),
    ]
