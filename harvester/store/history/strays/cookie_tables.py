"""Lists of cookies that a consent dialog keeps below a page: extracted of a page that says little else. Pure."""

from __future__ import annotations

import re
from itertools import compress

from harvester.diffing.text.blocks import Block, BlockKind, read_blocks

_SHARE = 0.75
"""Share of the characters below the title that are in a list of cookies, or of one."""
_LEAST = 3
"""Cookies of a list."""
_ABOVE = 2  # blocks of a cookie above its lifetime: its name, and its purpose
_LINE = 100  # characters of a line with a lifetime, where a cookie is no row

_UNIT = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?|sekunden?|minuten?|stunden?|tage?n?|wochen?"
    r"|monate?n?|jahre?n?|secondes?|heures?|jours?|semaines?|mois|ans?|années?|segundos?|minutos?|horas?|días?|semanas?"
    r"|mes(?:es)?|años?|secondi|minut[io]|or[ae]|giorn[io]|settiman[ae]|mes[ei]|ann[io]|dias?|mês|anos?|uur|uren"
    r"|dag(?:en)?|we[ek]+en|maand(?:en)?|ja(?:ar|ren)|timmar|dagar|veckor|månad(?:er)?|år|dni|dzień|miesi\w+|lata?|rok"
    r"|дн\w+|день|месяц\w*|год\w*|лет|日|天|か月|个月|個月|年|時間|小时)"
)
_LIFETIME = re.compile(
    rf"(?<![\w.,-])(?:\d+ ?{_UNIT}|an? (?:day|week|month|year)|session|sitzung|sesión|sessione|sessão|sessie"
    r"|persistent|сеанс|会话|セッション)(?!\w)"
)
# Those that say whose they are: no word of a policy is spelled so, also where it is a table of terms of storage.
_NAME = re.compile(r"(?<!\w)(?:__?[a-z]\w*|[a-z]{1,12}_\w+|\w{3,12}sess?(?:ion)?id|cookieconsent)(?!\w)", re.IGNORECASE)


def is_of_cookies(comparable: str) -> bool:
    """Return whether a text lists cookies with their lifetimes, and says almost nothing else."""
    blocks = [block for block in read_blocks(comparable)[1:] if block.kind is not BlockKind.HEADING]
    listed = [_is_listed(block) for block in blocks]
    if sum(listed) < _LEAST or len(set(_NAME.findall(comparable))) < _LEAST:
        return False
    of_cookies = [_of_their_kinds(block) for block in blocks]
    for place in compress(range(len(blocks)), listed):
        # A row has its name and purpose in it, and may be below the heads of the columns.
        above = 1 if blocks[place].kind is BlockKind.ROW else _ABOVE
        for each in range(max(0, place - above), place + 1):
            of_cookies[each] = len(blocks[each].inline.visible)
    return sum(of_cookies) >= _SHARE * sum(len(block.inline.visible) for block in blocks)


def _of_their_kinds(block: Block) -> int:
    """Return how many characters of a block are in sentences that speak of cookies."""
    return sum(len(sentence) for sentence in block.inline.folded.split(". ") if "cookie" in sentence)


def _is_listed(block: Block) -> bool:
    """Return whether a block ends the entry of a cookie: a row, or a line, with its lifetime."""
    said = block.inline.folded
    return (block.kind is BlockKind.ROW or len(said) <= _LINE) and _LIFETIME.search(said) is not None
