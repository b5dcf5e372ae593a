"""Numbers of the parts of a document to which its sentences refer, and of the parts of laws and other documents."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.vocabulary import LAW, PART
from harvester.diffing.text.blocks import Block

_NUMBERS_BEFORE = re.compile(
    r"(?: (?:(?:[a-z]\.)?\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,5})"
    r"(?: (?:,|and|or|&|und|oder|et|ou|y|o|e|en|og|och|i|и|to|-|–))+)+ ?$"
)
_ARTICLE = re.compile(r"\b(?:l')?(?:art(?:icles?|ikel|igos?|[íi]culos?|icol[oi]|ykuł\w*)?)\b")
"""What a law is divided into, if a point or paragraph is named with it."""
_IS_ARTICLE = re.compile(rf"{_ARTICLE.pattern}\W*(\d+)")
_BASIS = re.compile(
    r"\b(?:legal bas[ie]s|lawful|consent|legitimate|rechtsgrundlage|einwilligung"
    r"|base (?:juridique|légale|legal|jurídica|giuridica)|grondslag|podstaw\w*)\b"
)
"""Words of what a law allows."""
_REFERENCE = re.compile(r"(?:[a-z]\.)?\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,5}|[a-z]")
_LAW_BEFORE = re.compile(r"(?:法|法律|条例|條例|規則|规则|法施行令|시행령|법) ?[》」』】)\"]? ?[第제] ?$")
"""A law before its number, as Chinese, Japanese and Korean write it."""
_SMALLER_PARTS = re.compile(
    r"paragraph(?:e|s|en)?|para|par|parágrafo|párrafo|paragrafo|points?|punkt\w*|puntos?|punt[oi]|lit|letter|lett|lettera"
    r"|letra|littera|buchstabe|alinéas?|alínea|abs|absatz|satz|s|nr|no|n|ust|pkt|lid|sub|onder|al|inciso|subsections?"
    r"|sentences?|phrase|ч|п|пп|ст"
)
"""What the parts of an article are called, of lower-case words."""
_HERE = re.compile(
    r"\b(?:below|above|hereof|here|of this|(?:of|in) (?:our|the) (?:policy|notice|terms|document)|unten|oben|dieser"
    r"|ci-(?:dessous|dessus|après|avant)|de la présente|siguiente|anterior|de esta|sotto|sopra|della presente|abaixo"
    r"|acima|desta|hieronder|hierboven|van dit|van deze|poniżej|powyżej|niniejsz\w+|ниже|выше|настоящ\w+)\b"
)
"""What says of a part that it is one of this document."""
_JOINING = frozenset("of the to des der du de la del della dell' da do van een of in à zu zur zum".split())  # noqa: SIM905
_ENDS = frozenset(".;")
_NAMED = 20  # characters of a block in which it says which article it is
_WITHIN = 8  # tokens beside a number, and beside the smaller parts behind it
_MOST_PARTS = 24  # tokens of these


def may_number(token: str) -> bool:
    """Return whether a token may be the number of a part."""
    return _REFERENCE.fullmatch(token.lower()) is not None


def articles(blocks: Iterable[Block]) -> frozenset[str]:
    """Return the numbers of the articles that a text is divided into: blocks begin with them."""
    found = (_IS_ARTICLE.match(f"{block.label} {block.key[:_NAMED]}".lower().strip()) for block in blocks)
    return frozenset(article[1] for article in found if article)


def is_reference(side: Side, start: int, end: int) -> bool:
    """Return whether these tokens are the number of a part of the document, such as the 5 of ``Section 5``, and neither
    of a law nor of what has an abbreviation for its name.
    """
    if end - start != 1 or not may_number(side.tokens[start]):
        return False
    first, last = side.block_at(start)
    before = side.before(max(start - _WITHIN, first), start)
    if _LAW_BEFORE.search(before):
        return False
    before = _NUMBERS_BEFORE.sub("", before)
    part = PART.search(before)
    if part is None:
        return False
    beyond = _beyond_smaller_parts(side, end, last)
    behind = side.after(end, min(beyond + _WITHIN, last))
    if LAW.search(behind) is not None or is_abbreviated(side.tokens[beyond : min(beyond + _WITHIN, last)]):
        return False
    if _ARTICLE.match(part[0]):
        return _BASIS.search(before) is None
    return _ARTICLE.search(before) is None and _ARTICLE.search(behind) is None


def is_of_an_article(side: Side, start: int, end: int) -> bool:
    """Return whether a number is an article's of which the sentence does not say that it is one of this document."""
    first, last = side.block_at(start)
    part = PART.search(_NUMBERS_BEFORE.sub("", side.before(max(start - _WITHIN, first), start)))
    is_article = part is not None and _ARTICLE.match(part[0]) is not None
    return is_article and _HERE.search(side.after(end, min(end + _WITHIN, last))) is None


def is_abbreviated(tokens: list[str]) -> bool:
    """Return whether the first of these tokens that joins nothing is an abbreviation in capitals: the name of a law, or
    of another document (``§ 7 UWG``, ``clause 4 of the DPA``).
    """
    name = next((token for token in tokens if token.lower() not in _JOINING), "")
    others = [token for token in tokens if token != name and token.isalpha()]
    in_capitals = bool(others) and all(map(str.isupper, others))
    return len(name) > 1 and name.isalpha() and name.isupper() and not in_capitals


def _beyond_smaller_parts(side: Side, end: int, last: int) -> int:
    """Return where the names and numbers of smaller parts end that stand behind a number."""
    place = end
    while place < min(last, end + _MOST_PARTS):
        token = side.tokens[place].lower()
        is_mark = not token.isalnum() and (
            token not in _ENDS or _SMALLER_PARTS.fullmatch(side.tokens[place - 1].lower())
        )
        if not (is_mark or may_number(token) or _SMALLER_PARTS.fullmatch(token)):
            break
        place += 1
    return place
