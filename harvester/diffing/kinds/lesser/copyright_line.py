"""Lines of the copyright: whose the page is, and since when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.diffing.kinds.dates.own_dates import (
    COPYRIGHT,
    OF_A_RULE,
    RIGHTS_RESERVED,
    SIGN_OF_COPYRIGHT,
    SPEAKERS,
    names_a_copyright,
)
from harvester.diffing.kinds.dates.written_dates import YEAR
from harvester.diffing.kinds.spans import DIGITS, spelled_out
from harvester.diffing.text.blocks import Block

_COPYRIGHT_LINE = 200  # characters
_COPYRIGHT_TOKENS = 20  # of a line that says nothing but whose the page is, and since when
_RESERVED = re.compile(RIGHTS_RESERVED)
_SIGN = re.compile(SIGN_OF_COPYRIGHT)
_SIGNS = re.compile(rf"(?:(?:{SIGN_OF_COPYRIGHT}) ?)+")
_WORD = re.compile(r"[\w']+")
_YEARS = re.compile(rf"(?<!\d){YEAR}(?: ?[-–] ?(?:{YEAR}|\d\d))?(?!\d)")
_MARKS = " .,;:|·–-"


def is_copyright(block: Block) -> bool:
    """Return whether a block is a line of the copyright."""
    if len(block.key) > 2 * _COPYRIGHT_LINE:
        return False  # as most: a space is beside another character
    return block.size <= _COPYRIGHT_LINE and names_a_copyright(f"{block.label} {block.key}".lower())


def says_only_whose_it_is(block: Block) -> bool:
    """Return whether a block is a line such as ``© 2020 Kettle Ltd. All rights reserved.``"""
    if len(block.tokens) > _COPYRIGHT_TOKENS:
        return False  # as most
    said = f"{block.label} {block.key}".strip().lower()
    return COPYRIGHT.match(said) is not None and DIGITS.may_be_in(said) and _is_of_no_rule(said)


def without_years(line: str) -> str:
    """Return a line of the copyright without its years."""
    return _YEARS.sub("", line)


def mark_the_copyright(tokens: Sequence[str], block: Block) -> bool:
    """Return whether these tokens are the sign of the copyright, or say that all rights are reserved, and nothing else,
    in a line of the copyright.
    """
    if len(tokens) > _COPYRIGHT_TOKENS or (len(block.tokens) > _COPYRIGHT_TOKENS and not is_copyright(block)):
        return False  # as most
    words = spelled_out(tokens).lower().strip(_MARKS)
    if _SIGNS.fullmatch(words):
        return says_only_whose_it_is(block)
    if not _RESERVED.fullmatch(words):
        return False
    said = f"{block.label} {block.key}".lower()
    return is_copyright(block) and _SIGN.search(said) is not None and _is_of_no_rule(said)


def _is_of_no_rule(said: str) -> bool:
    return not OF_A_RULE.search(said) and SPEAKERS.isdisjoint(_WORD.findall(_RESERVED.sub(" ", said)))
