"""Marks that say the same in another form, and marks and placeholders of templates that a page shows as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.same_words.wording import is_only_space
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.inline import Inline
from harvester.diffing.text.tokens import is_word, normalise, tokenise
from harvester.diffing.words import Hunk

_ARROWS = frozenset("→›>▸►➔➜⇒")
_GUILLEMET = '"'  # one to the right reads as a quotation mark
_DIVIDERS = frozenset("–·|")
_QUOTES = frozenset("\"'")
# Each part is taken whole: in how many ways a rule of fifty signs falls into parts, nobody lives to count.
_SHOWN = re.compile(r"(?:\*{2,}+|(?:~~)++|#{2,}+)++|_++")
"""Emphasis and headings of Markdown; one star or one ``#`` may mean a note or a number."""
_ATTRIBUTES = re.compile(r"\{:?(?:[#.][\w:-]++|[\w-]++=\"[^\"{}]*+\"|:?(?:no_)?toc)++\}")
"""What Markdown sets behind a heading or a paragraph for its place and its look: ``{: #cookies .wide }``."""
_SHORTCODES = re.compile(r"(?:\[(?:/[a-z][\w-]*+|[a-z][\w-]*+(?:=\"[^\"\[\]]*+\"[\w-]*+)*+/?)\])++")
"""What an editor of pages sets around and between its parts: ``[row css=".wide"][column]``, ``[/column][/row]``."""
_BUTTONS = re.compile(
    r"(?:\[(?:show|hide|expand|collapse|edit|anzeigen|verbergen|ausklappen|einklappen|bearbeiten|afficher|masquer|modifier"
    r"|mostrar|ocultar|esconder|editar|expandir|contraer|mostra|nascondi|modifica|tonen|verbergen|bewerken|uitklappen"
    r"|inklappen|pokaż|ukryj|edytuj|rozwiń|zwiń|visa|dölj|redigera|показать|скрыть|править|развернуть|свернуть"
    r"|表示|非表示|編集|显示|隐藏|编辑|展开|收起)\])+",
    re.IGNORECASE,
)
"""What software of a wiki writes beside a part of the page, for readers to open, close or edit it."""
_SAID_IN_A_VALUE = 3  # words in a row; the name of a shortcode and that of its first value are two
_BEGIN = frozenset("*~#{_[")
LINK_SCHEMES = frozenset({"mailto", "tel"})
_OPENS = frozenset("[{$<")
_LONGEST_TEMPLATE = 16  # tokens
_TEMPLATE = re.compile(r"\{ \{ [^{}]+ \} \}|\{ % [^{}]+ % \}|\$ \{ [^{}]+ \}|< % [^<>]+ % >")
_NAMES_IN_TEMPLATES = 2
_LEFT_OPEN_WORDS = (
    "insert enter your the company business name names address date email e-mail website url phone number here todo tbd"
    " legal entity firmenname firma unternehmen adresse anschrift datum einfügen eintragen hier ihre ihr nom entreprise"
    " société insérer votre vos nombre empresa dirección fecha insertar su nome azienda società indirizzo inserire"
    " morada endereço inserir naam bedrijf bedrijfsnaam adres invullen uw nazwa firmy wstaw adres название компании"
    " вставьте адрес"
)
_LEFT_OPEN = frozenset(_LEFT_OPEN_WORDS.split())
_LOST = frozenset({"\ufffd", *map(chr, range(0x80, 0xA0))})
_LOST_AS_QUESTION = frozenset({"–", '"'})
_OF_AN_ABBREVIATION = 3  # letters between two of its dots
_ABBREVIATION = 24  # tokens


def divide_otherwise(old: Side, new: Side, hunk: Hunk) -> bool:
    """Return whether an arrow between two names became another, or what divides the names of a line did."""
    one, other = old.tokens[hunk.old_start : hunk.old_end], new.tokens[hunk.new_start : hunk.new_end]
    if len(one) != 1 or len(other) != 1:
        return False
    pair = {one[0], other[0]}
    if pair & _ARROWS:
        return pair <= _ARROWS | {_GUILLEMET} and _is_between(old, hunk.old_start) and _is_between(new, hunk.new_start)
    if not pair <= _DIVIDERS:
        return False
    # One dash may stand for "to" (``Mon – Fri``); several that all became the same mark part the names of a line.
    olds, news = _dividers(old.block_of(hunk.old_start).inline), _dividers(new.block_of(hunk.new_start).inline)
    return olds[one[0]] == news[other[0]] >= 2 and not news[one[0]] and not olds[other[0]]


@lru_cache(maxsize=64)
def _dividers(inline: Inline) -> Counter[str]:
    """Return how often a block has each mark that may divide names."""
    return Counter(token for token in inline.tokens if token in _DIVIDERS)


def _is_between(side: Side, place: int) -> bool:
    """Return whether a mark stands between two words of one block, neither of them a number."""
    first, last = side.block_at(place)
    beside = [side.tokens[place - 1 : place], side.tokens[place + 1 : place + 2]]
    return first < place < last - 1 and all(is_word(one[0]) and not hold_digit(one) for one in beside)


def show_scheme(side: Side, start: int, end: int) -> bool:
    """Return whether tokens are how the target of a link to an address of mail, or a number, begins (``mailto:``), with
    the address that stands beside them or without.
    """
    at = start + (side.tokens[start] == "(")
    if side.tokens[at].lower() not in LINK_SCHEMES or side.tokens[at + 1 : at + 2] != [":"]:
        return False
    address = [token for token in side.tokens[at + 2 : end] if token != ")"]
    if address:
        return side.tokens[max(start - len(address), 0) : start] == address
    return "@" in "".join(side.tokens[end : end + 1]) or hold_digit(side.tokens[end : end + 2])


def bounds_cells(side: Side, start: int, end: int) -> bool:
    """Return whether tokens are bars at an end of a block: the borders of cells that hold paragraphs."""
    if not {"|"}.issuperset(side.tokens[start:end]):
        return False
    first, last = side.block_at(start)
    return start == first or end == last


def show_marks(old: Side, new: Side, hunk: Hunk) -> bool:
    """Return whether all that came or went are marks or attributes of Markdown, or shortcodes of an editor, that a page
    shows as text: marks of emphasis stand in pairs, those of a note alone.
    """
    return all(
        side.tokens[start][0] in _BEGIN and _shows_marks(side.tokens[start:end], side.block_of(start))
        for side, start, end in ((old, *hunk[:2]), (new, *hunk[2:]))
        if start < end
    )


def show_buttons(sides: Iterable[tuple[Side, int, int]]) -> bool:
    """Return whether all that came or went are buttons of a wiki at an end of their blocks."""
    return all(start == end or _is_button(side, start, end) for side, start, end in sides)


def _is_button(side: Side, start: int, end: int) -> bool:
    tokens = side.tokens
    if tokens[start] != "[" or tokens[end - 1] != "]" or _BUTTONS.fullmatch("".join(tokens[start:end])) is None:
        return False
    first, last = side.block_at(start)
    return (start == first) != (end == last)


def _shows_marks(tokens: Sequence[str], block: Block) -> bool:
    text = "".join(tokens)
    if _SHOWN.fullmatch(text):
        return text[0] in "#_" or _stands_twice(block.key, text[:2])
    return _are_shortcodes(tokens, text) if text[0] == "[" else _ATTRIBUTES.fullmatch(text) is not None


def _are_shortcodes(tokens: Sequence[str], text: str) -> bool:
    """Return whether tokens are nothing but shortcodes: a name in brackets alone may be a note or stand for a word, and
    a value may say something.
    """
    if not (('="' in text or "[/" in text) and _SHORTCODES.fullmatch(text)):
        return False
    in_a_row = 0
    for token in tokens:
        in_a_row = in_a_row + 1 if is_word(token) else 0
        if in_a_row == _SAID_IN_A_VALUE:
            return False
    return True


def _stands_twice(text: str, mark: str) -> bool:
    return (first := text.find(mark)) >= 0 and text.find(mark, first + len(mark)) >= 0


def is_left_open(tokens: Sequence[str]) -> bool:
    """Return whether tokens are a template's name of what shall stand there, or words for it in square brackets."""
    if tokens[0] not in _OPENS or len(tokens) > _LONGEST_TEMPLATE:
        return False  # as most
    words = [token.lower() for token in tokens if is_word(token)]
    if tokens[0] == "[" and tokens[-1] == "]":
        return bool(words) and _LEFT_OPEN.issuperset(words) and len(words) + 2 == len(tokens)
    return len(words) <= _NAMES_IN_TEMPLATES and _TEMPLATE.fullmatch(" ".join(tokens).lower()) is not None


def is_lost_mark(tokens: Sequence[str], start: int, end: int, marks: Sequence[str]) -> bool:
    """Return whether these tokens are what an encoding leaves of some marks: signs that no text has, or a question mark
    inside a sentence in place of a dash or a quotation mark.
    """
    lost = tokens[start:end]
    if not (lost and marks):
        return False
    if _LOST.issuperset(lost):
        return True
    following = tokens[end] if end < len(tokens) else ""
    return lost == ["?"] and _LOST_AS_QUESTION.issuperset(marks) and start > 0 and following[:1].islower()


def quotes_what_was_code(old: Side, new: Side, hunk: Hunk) -> bool:
    """Return whether quotation marks came or went at words that are set as code or emphasised on the other side."""
    sides = ((old, *hunk[:2], new, hunk.new_start), (new, *hunk[2:], old, hunk.old_start))
    for quoted, start, end, other, place in sides:
        marks = quoted.tokens[start:end]
        if not marks or not _QUOTES.issuperset(marks) or not other.blocks:
            continue
        beside = {*quoted.tokens[max(start - 1, 0) : start], *quoted.tokens[end : end + 1]}
        within = quoted.block_of(start).inline
        for block in {other.number_of(place), other.number_of(max(place - 1, 0))}:
            styled = other.blocks[block].inline
            if any(not beside.isdisjoint(_ends_of_quoted(within, styled, mark)) for mark in {*marks}):
                return True
    return False


@lru_cache(maxsize=64)
def _ends_of_quoted(inline: Inline, styled: Inline, mark: str) -> frozenset[str]:
    """Return the first and the last words of all that one block has between two of a mark, and another one set as code
    or emphasised.
    """
    between = set(_glued(inline.visible).split(mark)[1:-1])
    said = [styled.visible[style.start : style.end] for style in styled.styles]
    words = [tokenise(one) for one in said if _glued(one) in between]
    return frozenset(end for one in words if one for end in (one[0], one[-1]))


def _glued(text: str) -> str:
    return "".join(normalise(text).split())


def is_spaced_abbreviation(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether both sides are one abbreviation with spaces behind its dots or without: ``z.B.``, ``z. B.``."""
    tokens = (*old, *new)
    return (
        all(len(part) <= _OF_AN_ABBREVIATION for token in tokens for part in token.split("."))
        and any("." in token[1:] for token in tokens)
        and not hold_digit(tokens)
        and is_only_space(old, new)
    )


def joined_at_dots(hunks: Iterable[Hunk], old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """Return hunks, those of one abbreviation joined: its dots stand on both sides."""
    joined: list[Hunk] = []
    end = -1  # of the last one
    for hunk in hunks:
        start, end, before = hunk.old_start, hunk.old_end, end
        if start - before == 1 and joined and old[before] == new[joined[-1].new_end] == ".":
            whole = Hunk(joined[-1].old_start, end, joined[-1].new_start, hunk.new_end)
            sides = old[whole.old_start : end], new[whole.new_start : whole.new_end]
            if len(sides[0]) <= _ABBREVIATION and is_spaced_abbreviation(*sides):
                joined[-1] = whole
                continue
        joined.append(hunk)
    return joined


def loses_space_at_a_link(blocks: Sequence[Block], sides: Sequence[Sequence[str]]) -> bool:
    """Return whether words are glued where a link begins or ends in one block, and parted in the other."""
    if not any(block.inline.links for block in blocks):
        return False
    parted = f" {' '.join(sides[len(sides[1]) > len(sides[0])])} "
    return all(parted in _parted(block.inline) for block in blocks)


@lru_cache(maxsize=64)
def _parted(inline: Inline) -> str:
    """Return the tokens of a block with spaces around them, and with one at both ends of each link."""
    text, pieces, at = inline.visible, list[str](), 0
    for edge in sorted({edge for link in inline.links for edge in (link.start, link.end)}):
        pieces.append(text[at:edge])
        at = edge
    return f" {' '.join(tokenise(' '.join((*pieces, text[at:]))))} "
