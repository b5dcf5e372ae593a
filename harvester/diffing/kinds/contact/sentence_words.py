"""Words of sentences, which no address holds: most changes are seen to be no contact detail by one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from harvester.diffing.kinds.contact.marks import SIGNS
from harvester.diffing.kinds.contact.postal import STREETS
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.kinds.vocabulary import DENIES
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import Remembered, is_word

__ROLE_WORDS = (
    "data protection privacy officer dpo office team department dept legal customer care support service"
    " services unit attn attention address e-mail email mail by post tel telephone phone fax contact a the"
    " of for at our us in dr mr mrs ms prof herr frau m mme monsieur madame"
)
ROLE = frozenset(__ROLE_WORDS.split())
_JOINTS_WORDS = (
    "of the de la du des der und and et y e del della dei di da do dos le les l d bis ter n no ul str"
    " г город ул улица д дом стр корп оф кв пр пер обл вул буд проспект просп переулок наб набережная бульвар"
    " шоссе площадь офис пом м місто den am zum zur lok al os pl nr km nave planta piso izq dcha dto andar"
    " đường phố gate utca út sugárút körút tér"
)
_JOINTS = frozenset(_JOINTS_WORDS.split())
BETWEEN_MAILS = frozenset({"or", "and", "oder", "und", "ou", "et", "o", "y", "e", "of", "en", "или", "и"})
MOST_PROSE = 2
"""Words of a sentence that a block which is an address may hold."""
LONGEST = 60
"""Tokens of such a block."""
_ABBREVIATION = 4  # letters before a full stop that ends no sentence
_NEAR = 40  # tokens from any part of an address in a sentence to the number in it
_BESIDE = 20  # tokens from a block to an address beside it
_IN_MARKS_WORDS = (
    "rue avenue av boulevard bd place quai chemin impasse cours route square via viale corso piazza calle avenida paseo"
    " rua ulica al aleja ronda carrer et suite floor level unit room flat box cesta ulice ulici trg put utca gatve iela"
)
_OF_AN_ADDRESS = ROLE | _JOINTS | BETWEEN_MAILS | frozenset(_IN_MARKS_WORDS.split())
_BRACKETS = frozenset("[](){}")
# Of text in ASCII; spelled out one by one, so that each is looked for by its first character.
_ANY_SIGN = re.compile("|".join(re.escape(part) for sign in SIGNS for part in sign.parts))
_BEFORE_STREETS = frozenset({"at", "address", "office", "is", "located", "box", ",", ":", "(", "|", "·", "-", "–"})
_DENIES = DENIES | frozenset({"always", "mit", "avec", "con", "siempre", "com", "sempre", "met", "altijd"})
_CYRILLIC = re.compile("[а-яё]")


def is_prose(token: str) -> bool:
    """Return whether a token is a word of a sentence: in lower case, and of no role or name."""
    lowered = token.lower()
    if not token[0].isalpha() or lowered in ROLE or lowered in _JOINTS or "@" in token:
        return False
    return token[0].islower()


def may_deny(tokens: Sequence[str], place: int) -> bool:
    """Return whether a token denies or restricts something, so that it is no part of an address: not in ``No. 5``."""
    word = tokens[place].lower()
    return word in _DENIES and not (word == "no" and hold_digit(tokens[place + 1 : place + 3]))


def is_of_a_new_sentence(tokens: Sequence[str], place: int, first: int) -> bool:
    """Return whether a number stands behind the first word of a sentence, in its first clause: ``London. Age limit:
    16``. A full stop behind a few letters ends none.
    """
    said = 0
    for before in range(place - 1, first, -1):
        if tokens[before] == ",":
            return False
        if tokens[before] == "." and said:
            return len(tokens[before - 1].replace(".", "")) > _ABBREVIATION or hold_digit(tokens[before - 1 : before])
        said += is_word(tokens[before])
    return False


def is_counted(tokens: Sequence[str], start: int, end: int, block: tuple[int, int]) -> bool:
    """Return whether what reads as a street is a number before names in the middle of a sentence of a block: ``Since
    2019 Acme Drive holds``.
    """
    return (
        tokens[end - 1] in STREETS
        and end < block[1]
        and tokens[end][0].islower()
        and start > block[0]
        and tokens[start - 1].lower() not in _BEFORE_STREETS
    )


def _is_of_sentences(token: str) -> bool:
    """Return whether a token is a word of ASCII in lower case that no address holds."""
    return token.isalpha() and token.islower() and token.isascii() and len(token) > 1 and token not in _OF_AN_ADDRESS


_of_sentences = Remembered(_is_of_sentences)
is_of_sentences = _of_sentences.__getitem__
"""Whether a token is a word of ASCII in lower case that no address holds."""


def is_of_no_address(side: Side, start: int, end: int) -> bool:
    """Return whether these tokens can be of no address: one of them is a word of prose, by its form and its block, or
    no sign of an address stands near them.
    """
    tokens = side.tokens
    for place in range(start, end):
        # Within brackets it may be of a written-out e-mail address.
        if _of_sentences[tokens[place]] and _BRACKETS.isdisjoint(tokens[max(place - 1, 0) : place + 2]):
            number = side.number_of(place)
            known = side.texts.get(number)
            if known is None:
                known = side.texts[number] = _is_text(side.blocks[number])
            if known:
                return True
            break
    if start == end or not any(map(is_word, tokens[start:end])):
        return False
    (first, after), (before, last) = side.block_at(start), side.block_at(end - 1)
    first = first if after - first <= LONGEST else max(start - _NEAR, 0)
    last = last if last - before <= LONGEST else end + _NEAR
    near = " ".join(tokens[max(first - _BESIDE, 0) : last + _BESIDE])
    return near.isascii() and _ANY_SIGN.search(near) is None


def _is_text(block: Block) -> bool:
    """Return whether a block can be no address by its length or its words."""
    tokens = block.tokens
    if len(tokens) <= LONGEST and len(list(islice(filter(is_prose, tokens), MOST_PROSE + 1))) <= MOST_PROSE:
        return False
    # Of a street in Cyrillic any word can be a part.
    return block.key.isascii() or not _CYRILLIC.search(block.key)
