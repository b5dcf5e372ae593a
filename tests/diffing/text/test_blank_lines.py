"""The parts of a text have its blocks."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from harvester.diffing.text.blank_lines import has_code, parts
from harvester.diffing.text.blocks import Block, read_blocks

LINES = [
    *[
        "",
        "",
        " ",
        "# Title",
        "## Part",
        "Title\n===",
        "Part\n---",
        "text",
        "more text  ",
        "(a) text",
        "* item",
        "    * within",
    ],
    *[
        "1. item",
        "> said",
        "> ",
        "said",
        "---",
        "* * *",
        "---|---",
        "a | b",
        "| c |",
        "|",
        "```",
        "~~~",
        "[a",
        "b](https://c.example/)",
    ],
]


def _by_itself(block: Block) -> tuple[object, ...]:
    """What a block is without its place, and without the link around it and its neighbours."""
    return block.kind, block.level, block.label, block.inline.visible, block.inline.styles


@example("[a\n\nb](https://c.example/)")
@example("a | b\n---|---\n\nc | d")
@example("---|---\n\ntext")
@example("\n\n\n# Title\n \ntext\n---")
@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
def test_the_blocks_of_a_text_are_those_of_its_parts(text: str) -> None:
    found = [_by_itself(block) for part in parts(text) for block in read_blocks(part)]
    assert found == [_by_itself(block) for block in read_blocks(text)]


def test_code_goes_on_over_blank_lines() -> None:
    text = "```\n# no title\n\n* no item\n```"
    assert has_code(text)
    assert parts(text) == [text]
