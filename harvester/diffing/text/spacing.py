"""Blanks of which nobody reads another word: beside Chinese and Japanese characters, and beside marks."""

from __future__ import annotations

import re

_SIGN = "[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
_MAY_HOLD = re.compile("[\u3000-\uffef]")
_SPACE_BESIDE = re.compile(rf"(?<={_SIGN}) +| +(?={_SIGN})")
# A point before a letter or a figure begins a name or a number (".net", ".5"), and ends no clause.
_AT_A_MARK = re.compile(r" +(?=\"|[,;:.!?)\]](?!\w))|(?<=[\"(\[]) +")


def closed_up(said: str) -> str:
    """Return a text without the spaces beside ideographs and kana, at quotation marks, within brackets and before what
    ends a clause: fonts, editors and marks of emphasis set them, or not, and nobody reads another word.
    """
    said = _AT_A_MARK.sub("", said)
    return _SPACE_BESIDE.sub("", said) if not said.isascii() and _MAY_HOLD.search(said) else said
