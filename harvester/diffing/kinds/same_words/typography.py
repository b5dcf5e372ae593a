"""Marks that say the same in another form, and marks and placeholders of templates that a page shows as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.kinds.wording import is_only_space
from harvester.diffing.text.blocks import Block
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
_BEGIN = frozenset("*~#{_")
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
    lines = [old.block_of(hunk.old_start).tokens, new.block_of(hunk.new_start).tokens]
    counts = [tokens.count(mark) for tokens, mark in zip(lines, (one[0], other[0]), strict=True)]
    return counts[0] == counts[1] >= 2 and one[0] not in lines[1] and other[0] not in lines[0]


def _is_between(side: Side, place: int) -> bool:
    """Return whether a mark stands between two words of one block, neither of them a number."""
    first, last = side.block_at(place)
    beside = [side.tokens[place - 1 : place], side.tokens[place + 1 : place + 2]]
    return first < place < last - 1 and all(is_word(one[0]) and not hold_digit(one) for one in beside)


def show_marks(old: Side, new: Side, hunk: Hunk) -> bool:
    """Return whether all that came or went are marks or attributes of Markdown that a page shows as text: marks of
    emphasis stand in pairs, those of a note alone.
    """
    return all(
        side.tokens[start][0] in _BEGIN and _shows_marks("".join(side.tokens[start:end]), side.block_of(start))
        for side, start, end in ((old, *hunk[:2]), (new, *hunk[2:]))
        if start < end
    )


def _shows_marks(text: str, block: Block) -> bool:
    if _SHOWN.fullmatch(text):
        return text[0] in "#_" or block.key.count(text[:2]) > 1
    return _ATTRIBUTES.fullmatch(text) is not None


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
        text = _glued(quoted.block_of(start).inline.visible)
        for block in (other.block_of(place), other.block_of(max(place - 1, 0))):
            for style in block.inline.styles:
                said = block.inline.visible[style.start : style.end]
                words = tokenise(said)
                is_quoted = any(f"{mark}{_glued(said)}{mark}" in text for mark in marks)
                if words and is_quoted and not beside.isdisjoint((words[0], words[-1])):
                    return True
    return False


def _glued(text: str) -> str:
    return "".join(normalise(text).split())


def is_spaced_abbreviation(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether both sides are one abbreviation with spaces behind its dots or without: ``z.B.``, ``z. B.``."""
    tokens = (*old, *new)
    return (
        any("." in token[1:] for token in tokens)
        and not hold_digit(tokens)
        and all(len(part) <= _OF_AN_ABBREVIATION for token in tokens for part in token.split("."))
        and is_only_space(old, new)
    )


def joined_at_dots(hunks: Iterable[Hunk], old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """Yield hunks, those of one abbreviation joined: its dots stand on both sides."""
    last: Hunk | None = None
    for hunk in hunks:
        if last is not None:
            if hunk.old_start - last.old_end == 1 and old[last.old_end] == new[last.new_end] == ".":
                whole = Hunk(last.old_start, hunk.old_end, last.new_start, hunk.new_end)
                if is_spaced_abbreviation(old[whole.old_start : whole.old_end], new[whole.new_start : whole.new_end]):
                    last = whole
                    continue
            yield last
        last = hunk
    if last is not None:
        yield last


def loses_space_at_a_link(blocks: Sequence[Block], sides: Sequence[Sequence[str]]) -> bool:
    """Return whether words are glued where a link begins or ends in one block, and parted in the other."""
    if not any(block.inline.links for block in blocks):
        return False
    parted = f" {' '.join(sides[len(sides[1]) > len(sides[0])])} "
    return all(parted in f" {' '.join(_parted(block))} " for block in blocks)


def _parted(block: Block) -> list[str]:
    """Return the tokens of a block with a space at both ends of each link."""
    text, pieces, at = block.inline.visible, list[str](), 0
    for edge in sorted({edge for link in block.inline.links for edge in (link.start, link.end)}):
        pieces.append(text[at:edge])
        at = edge
    return tokenise(" ".join((*pieces, text[at:])))
