"""A text cut at its blank lines, to read each part once for all texts that have it. Pure."""

from __future__ import annotations

_FENCES = ("```", "~~~")


def parts(text: str) -> list[str]:
    """Return parts of a text whose blocks, one after the other, are the blocks of the text, but for their places and
    for links around several of them (`links_around`).

    A blank line ends a block and a table (`blocks`), and no block but code continues after it: a text with code is one
    part. What stands in a block may differ from that of the text in the line ends and rules that follow it.
    """
    return [text] if has_code(text) else text.split("\n\n")


def has_code(text: str) -> bool:
    """Return whether a text may hold a block of code, in which a line has another meaning than alone."""
    return any(fence[0] in text and fence in text for fence in _FENCES)  # one character is found much faster than three
