"""The way through the menus of a program to a setting: names divided by arrows, or by dashes in brackets or quotation
marks (``Settings > Account > Delete``). It says where a right is exercised, as a link does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from harvester.diffing.change import Kind
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.reasons import Finding, arrow
from harvester.diffing.text.tokens import is_word

_ARROWS = frozenset("→›>▸►➔➜⇒")
_SETTINGS = re.compile(
    r"setting|preference|einstellung|paramètre|réglage|préférence|ajustes|configura|preferencia|impostazion|preferenz"
    r"|definições|preferência|instelling|voorkeur|inställning|indstilling|innstilling|asetu|ustawieni|nastaven|beállítás"
    r"|setări|ayar|настройк|налаштуван|ρυθμίσεις|设置|設置|设定|設定|설정|الإعدادات|הגדרות|सेटिंग|การตั้งค่า|cài đặt"
    r"|pengaturan",
    re.IGNORECASE,
)
_MAY = re.compile(r"[→›>▸►➔➜⇒【「『]|[\"'\])] ?[-–] ?[\"'\[(]")
_CLASSES = (
    dict.fromkeys("【「『[({", "o")
    | dict.fromkeys("】」』])}", "c")
    | dict.fromkeys("\"'", "q")
    | dict.fromkeys("-–/", "s")
)
# The classes of tokens, a letter each: a for an arrow, s for a dash or slash, o, c and q for brackets and quotation
# marks, w for a word. What stands before the last name is the way.
_IN_ONE = re.compile(r"[oq](w{1,12}(?:[as]w{1,12})*[as])w{1,12}[cq]")
_EACH_IN_ONE = re.compile(r"((?:[oq]w{1,12}[cq][as])+)[oq]w{1,12}[cq]")
_BETWEEN_ARROWS = re.compile(r"(a(?:w{1,6}a)*)w")
_NAME_BEFORE = 4  # tokens of the name before the first arrow
_LONGEST = 4_000  # characters of a block with a way


def way(place: Place) -> Finding | None:
    """Judge a place within the way to a setting, of which the last name, the setting itself, stays."""
    if _is_of_a_way(*place.went) and _is_of_a_way(*place.came):
        return Finding(Kind.MINOR, f"the way to a setting: {arrow(place.old, place.new)}")
    return None


def _is_of_a_way(side: Side, start: int, end: int) -> bool:
    if not side.blocks:
        return False
    text = side.block_of(start).key
    if len(text) > _LONGEST or (text.isascii() and ">" not in text and "-" not in text):
        return False  # as most
    if not (_MAY.search(text) and _SETTINGS.search(text)):
        return False
    first, last = side.block_at(start)
    return any(first + begin <= start and end <= first + stop for begin, stop in _ways(tuple(side.tokens[first:last])))


@lru_cache(maxsize=64)
def _ways(tokens: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return the ranges of tokens that are ways to settings, without their last names."""
    classes = "".join(map(_class, tokens))
    found = [
        (match.start(1), match.end(1))
        for pattern in (_IN_ONE, _EACH_IN_ONE, _BETWEEN_ARROWS)
        for match in pattern.finditer(classes)
    ]
    return tuple(
        (start, end)
        for start, end in found
        if _SETTINGS.search("".join(tokens[max(start - _NAME_BEFORE, 0) : end + _NAME_BEFORE]))
    )


def _class(token: str) -> str:
    if is_word(token):
        return "w"
    return "a" if token in _ARROWS else _CLASSES.get(token, "x")
