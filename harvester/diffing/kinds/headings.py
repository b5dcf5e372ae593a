"""Headings, the document's name, and notices of dates and updates: they name or announce what the text says, unless
they state something themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from operator import attrgetter

from harvester.diffing.kinds.vocabulary import DENIES, PART
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import is_word, words_of

_HEADING_WORDS = 8  # a longer heading is a statement
_QUESTION_WORDS = 12  # of a heading that asks how, what or why
_ANNOUNCES = 3  # words
_OF_A_PART = 12  # tokens of a part's name and number
_LINE = 400  # characters
_NAME_WORDS = 5  # of a document with its company
_GRADES = re.compile(
    r"optional\w*|required|mandatory|voluntary|prohibited|permitted|allowed|s[eo]l[ld]|outside|within|minors?|adults?"
    r"|freiwillig\w*|verpflichtend\w*|verboten\w*|erlaubt\w*|außerhalb|innerhalb|facultati\w+|obligatoire\w*|interdit\w*"
    r"|autorisé\w*|opcional\w*|obligatori\w*|prohibid\w+|permitid\w+"
    r"|facoltativ\w+|obbligatori\w+|vietat\w+|permess\w+"
    r"|obrigatóri\w+|proibid\w+|verplicht\w*|vrijwillig\w*|verboden|toegestaan|dobrowoln\w+|obowiązkow\w+"
)
"""Words that say what is under a heading to be the opposite."""
_NUMBERS = re.compile(r"[^\W_]+")
_NUMBER_OF_A_PART = re.compile(r"\d+(?:[.-]\d+)*[a-z]?|[ivxlc]+|[a-z]", re.IGNORECASE)
_COUNTED_PART = re.compile(r"第[\d一二三四五六七八九十]+[条條章節节款項项編编部]|제\d+[조장절항편부]")
_LIST = 3  # headings
_START = attrgetter("start")
_FEW = 2  # words that took the place of others
_STATES = DENIES | {"do", "does", "may", "will", "can"}
_ASKS = frozenset({"how", "what", "when", "where", "why", "who", "which"})
_SPEAKERS = frozenset({"we", "you", "i", "they"})

_KINDS_OF_DOCUMENTS = {
    "policy": 1,
    "statement": 1,
    "notice": 1,
    "policies": 2,
    "statements": 2,
    "notices": 2,
    "polices": 2,
}
_OF_DOCUMENTS = frozenset("this our these privacy cookie cookies protection".split())  # noqa: SIM905
"""Words before the name of a document about privacy."""


def is_kind_of_document(token: str) -> bool:
    """Return whether a token is a name of a kind of document: ``policy``, ``statement`` or ``notice``."""
    return token.lower() in _KINDS_OF_DOCUMENTS


def is_renamed_document(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether each word that differs is a name of a kind of document, and another of the same number."""
    if len(old) != len(new):
        return False
    pairs = [(one.lower(), other.lower()) for one, other in zip(old, new, strict=True) if one.lower() != other.lower()]
    kinds = [(_KINDS_OF_DOCUMENTS.get(one), _KINDS_OF_DOCUMENTS.get(other)) for one, other in pairs]
    return bool(kinds) and all(one is not None and one == other for one, other in kinds)


def is_said_of_the_document(tokens: Sequence[str], place: int) -> bool:
    """Return whether a name of a kind of document is said to be of this one or another about privacy by the word before
    it: neither a bank's statement nor a notice of thirty days.
    """
    before = tokens[place - 1].lower() if place else ""
    return (
        before in _OF_DOCUMENTS
        or (before in ("the", "a", "an") and tokens[place][0].isupper())
        or (before.endswith(("'", "'s")) and tokens[place][-1] == "s")
        or (before == "'" and tokens[place][-1] == "s")
    )


def states_something(tokens: Sequence[str]) -> bool:
    """Return whether a heading is a statement, which may say what the text under it does not."""
    if _only_counts(tokens):
        return False
    words = [word.lower() for word in islice(filter(is_word, tokens), _QUESTION_WORDS + 1)]
    most = _QUESTION_WORDS if tokens[-1] == "?" and words and words[0] in _ASKS else _HEADING_WORDS
    if not words or len(words) > most or words[0] in _SPEAKERS or any(map(_has_digit, words)):
        return True
    states = DENIES if words[0] in _ASKS else _STATES
    return not states.isdisjoint(words)


def _only_counts(tokens: Sequence[str]) -> bool:
    """Return whether a heading is nothing but the number of its part: ``Section 1``, ``Artikel 4``, ``第3条``."""
    if len(tokens) > _OF_A_PART:
        return False
    *named, number = tokens if is_word(tokens[-1]) else tokens[:-1] or tokens
    if _NUMBER_OF_A_PART.fullmatch(number):
        return PART.fullmatch(" ".join(named).lower()) is not None
    return _COUNTED_PART.fullmatch("".join(tokens)) is not None


def grades_otherwise(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether a word or two of a heading went for others, one of which says what is under it to be the opposite:
    ``optional``, ``required``.
    """
    olds, news = ([token.lower() for token in side if is_word(token)] for side in (old, new))
    return max(len(olds), len(news)) <= _FEW and any(_GRADES.fullmatch(word) for word in (*olds, *news))


def says_more_than_a_name(tokens: Sequence[str]) -> bool:
    """Return whether a few words say more than the name of a page: they deny, are said by somebody or count."""
    words = [word.lower() for word in islice(filter(is_word, tokens), _HEADING_WORDS + 1)]
    if not words or len(words) > _HEADING_WORDS or words[0] in _SPEAKERS or any(word[0].isdigit() for word in words):
        return True
    return not _STATES.isdisjoint(words)


def _has_digit(word: str) -> bool:
    return not word.isalpha() and any(character.isdigit() for character in word)


def stands_as_heading(block: Block) -> bool:
    """Return whether a block is a heading, or stands as one: numbered, with capitals, no sentence; or the name of the
    document, emphasised.
    """
    if block.kind is BlockKind.HEADING or names_the_document(block):
        return True
    if not block.label:
        return False
    words = words_of(block.tokens)
    capitals = sum(not word[0].islower() for word in words)
    return len(words) >= 2 and 2 * capitals > len(words) and is_word(block.tokens[-1])


def is_of_a_list(blocks: Sequence[Block], start: int) -> bool:
    """Return whether the heading, or what stands as one, that starts at a character of a text is of a list: nothing is
    under it that says what it names.

    A line that is no heading by its markup has another one of its form right before or behind it. Headings are three
    of one level in a row, without anything under this one.
    """
    place = bisect_left(blocks, start, key=_START)
    block = blocks[place]
    if block.kind is not BlockKind.HEADING:
        beside = (blocks[near] for near in (place - 1, place + 1) if 0 <= near < len(blocks))
        return any(_is_alike(block, one) for one in beside)
    first = last = place
    # A row of thousands is not gone through from each of them.
    while first > max(0, place - _LIST) and _is_heading(blocks[first - 1], block.level):
        first -= 1
    while last + 1 < min(len(blocks), place + _LIST) and _is_heading(blocks[last + 1], block.level):
        last += 1
    behind = blocks[last + 1] if last + 1 < len(blocks) else block
    has_text = place == last and (behind.kind is not BlockKind.HEADING or behind.level > block.level)
    return last - first + 1 >= _LIST and not has_text


def _is_heading(block: Block, level: int) -> bool:
    return block.kind is BlockKind.HEADING and block.level == level


def _is_alike(block: Block, beside: Block) -> bool:
    """Return whether a block stands as a heading as another one does, numbered as deep or not at all."""
    if block.label:
        return stands_as_heading(beside) and _depth(beside) == _depth(block)
    return beside.kind is block.kind and not beside.label and (looks_like_heading(beside) or is_in_capitals(beside))


def _depth(block: Block) -> int:
    return len(_NUMBERS.findall(block.label))


def looks_like_heading(block: Block) -> bool:
    """Return whether a block is a heading, or a line in capitals that is emphasised or numbered."""
    if block.kind is BlockKind.HEADING:
        return True
    return is_in_capitals(block) and (_is_emphasised(block) or bool(block.label))


def is_in_capitals(block: Block) -> bool:
    """Return whether a paragraph is a line in capitals, of two words or more, and no sentence."""
    if block.kind is not BlockKind.PARAGRAPH or len(block.key) > _LINE or not block.key.isupper():
        return False  # as most
    return is_word(block.tokens[-1]) and block.words >= 2


def is_over_prose(blocks: Sequence[Block], start: int) -> bool:
    """Return whether a long block stands under the one that starts at a character of a text."""
    below = bisect_left(blocks, start, key=_START) + 1
    return below < len(blocks) and blocks[below].words > _HEADING_WORDS and not blocks[below].key.isupper()


def is_over_an_announcement(blocks: Sequence[Block], start: int) -> bool:
    """Return whether a sentence that announces a list stands under the block that starts at a character of a text."""
    below = bisect_left(blocks, start, key=_START) + 1
    return below < len(blocks) and blocks[below].words > _ANNOUNCES and blocks[below].key.endswith((":", "："))


def _is_emphasised(block: Block) -> bool:
    return sum(style.end - style.start for style in block.inline.styles) >= len(block.inline.visible.strip())


def names_the_document(block: Block) -> bool:
    """Return whether a line is nothing but a privacy document's name, emphasised: ``Acme Privacy Policy``."""
    tokens = block.tokens
    return (
        block.kind is BlockKind.PARAGRAPH
        and 2 <= len(tokens) <= _NAME_WORDS
        and is_kind_of_document(tokens[-1])
        and tokens[-2].lower() in _OF_DOCUMENTS
        and all(token[0].isupper() for token in tokens)
        and not block.inline.links
        and _is_emphasised(block)
    )
