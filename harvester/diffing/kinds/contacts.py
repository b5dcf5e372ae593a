"""Contact details: postal addresses, telephone numbers, e-mail addresses, and the officer's name, of the same party.

A block that is nothing but an address names its party first; what comes after the name may change. In a sentence only
the address itself may: the words before it say who is there, which is no detail.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import DIGITS, Sign, Spelled, within
from harvester.diffing.kinds.vocabulary import OFFICER
from harvester.diffing.text.tokens import is_word

# A word that begins with a capital, or is of a script without them; where words are not spaced a line is no word.
_UP = r"[^\W\d_a-z][\w'.-]{0,60}"
_NAMES = rf"(?:{_UP}\s+)"
_NUMBER = r"\d+[A-Za-z]?(?:[/-]\d+[A-Za-z]?)?"
_STREETS = (
    "St Street STREET Ave Avenue AVENUE Rd Road ROAD Blvd Boulevard Ln Lane Dr Drive Way Court Ct Place Pl Square Sq"
    " Terrace TERRACE Parkway PARKWAY Pkwy Highway Hwy Quay Row Crescent Close Walk Gate Plaza Gardens Wharf Mews"
    " Circle Alley Broadway Expressway Turnpike"
)
_STREETS_FIRST = (
    "[Rr]ue RUE [Aa]venue [Bb]oulevard [Pp]lace [Qq]uai [Aa]llée [Cc]hemin [Ii]mpasse [Vv]ia [Vv]iale [Cc]orso"
    " [Pp]iazza [Cc]alle [Aa]venida [Pp]aseo [Rr]ua [Uu]l [Uu]lica [Aa]l [Aa]leja [Rr]onda [Cc]arrer"
)
_STREETS_AFTER_NUMBER = "rue avenue av boulevard bd place quai allée chemin impasse cours route square"
_STREETS_WITHIN = (
    "stra(?:ss|ß)e str platz allee gasse damm ufer ring weg straat laan gracht kade plein gatan vägen gade vej veien"
    " katu tie"
)
_REGISTER = r"(?:HR[AB]|K[Vv]K|CVR|SIREN|SIRET|NIF|CIF|VAT|UID|No|Nr|Number|Nummer|Registration|Reg|License|Licence)\b"
_BUILDINGS = "House Building Bldg Tower Towers Exchange Centre Center Plaza Park Court HOUSE BUILDING TOWER"


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_ANCHORS = re.compile(
    rf"""\b{_NUMBER}\s*,?\s+(?:{_NAMES}|of\s+|the\s+|\.\s+){{1,5}}?{_any(_STREETS)}\b
      | \b{_any(_STREETS_FIRST)}\s*\.?\s+(?:(?:de|du|des|la|le|del|della|dei|da|do|dos|l'|d')\s+)*
        (?:{_UP}\s+){{1,5}},?\s*(?:n\s*°?\s*)?{_NUMBER}\b
      | \b{_NUMBER}\s*,?\s+(?:bis\s+|ter\s+)?,?\s*{_any(_STREETS_AFTER_NUMBER)}\b\s*\.?
        (?:\s+(?:de|du|des|la|le|les|l'\w+|d'\w+|et))*(?:\s+{_UP}){{1,5}}
      | \b{_UP}{_any(_STREETS_WITHIN)}\s*\.?\s+{_NUMBER}\b
      | \b(?:{_UP}\s+){{1,3}}(?:Stra(?:ss|ß)e|Platz|Allee|Weg|Ring|Damm|Ufer)\s+{_NUMBER}\b
      | \b(?:ул|улица|пр|проспект|вул|бул)\s*\.?\s+[\w .-]{{2,40}}?,?\s*(?:д\s*\.?\s*)?\d+
      | \b[Pp]\s?\.?\s?[Oo]\s?\.?\s+[Bb][Oo][Xx]\s+\d+
      | \b(?:Postfach|Apartado|Casella\ Postale|Boîte\ Postale)\s+[\d ]+
      | \b(?:[Ss]uite|[Ff]loor|[Uu]nit|[Rr]oom|[Ff]lat|SUITE|UNIT|Ste)\s*\#?\s*\d[\w-]*
      | \b\d+(?:st|nd|rd|th)\s+[Ff]loor\b | \b\d+F\b
      | \b(?:{_UP}\s+){{1,2}}{_any(_BUILDINGS)}\b
      | \b[Cc]\s?/\s?[Oo]\b
      | (?:(?:^|(?<=,\ )){_NAMES}{{1,3}})?,?\s*\b[A-Z]{{2}}\s*,?\s+\d{{5}}(?:-\d{{4}})?\b
      | \b[A-Z]{{1,2}}\d[A-Za-z\d]?\s+\d[A-Z]{{2}}\b | \b[AC-FHKNPRTV-Y]\d[\dW]\s?[A-Z\d]{{4}}\b
      | \b\d{{6}}\s*,\s+(?:(?:г|город|м|місто)\s*\.?\s+)?{_UP}
      | (?<!HR[AB]\s)\b\d{{5}}\s+{_UP} | (?<!\w)(?!{_REGISTER}){_UP}\s*,?\s+\d{{5}}(?:-\d{{3,4}})?\b
      | \b\d{{4}}\s?[A-Z]{{2}}\b\s*,?\s+{_UP} | (?<=,\ )\d{{4}}\s+{_UP}
      | \b\d{{4}}-\d{{3}}\s+{_UP} | \b\d{{2}}-\d{{3}}\s+{_UP} | 〒?\s?\b\d{{3}}-\d{{4}}\b
      | \b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b | \b\d{{3}}\s\d{{2}}\s+{_UP}
    """,
    re.VERBOSE,
)
"""Marks that only an address has: a street with its number, a post code with its town, a floor, a post box, ``c/o``."""

_IN_ANCHORS = ("/", *_BUILDINGS.split())
_ANCHOR_SIGN = Sign(re.compile("|".join(_IN_ANCHORS)), _IN_ANCHORS)  # it, or a digit, is in each

_PARTY = re.compile(
    r"\b(?:inc|llc|llp|ltd|limited|plc|corp|corporation|company|gmbh|mbh|ag|kg|se|ug|e\s?\.\s?v|s\s?\.?\s?a\s?\.?\s?(?:s|r\s?\.?\s?l)?|sas|sarl|srl|spa"
    r"|b\s?\.?\s?v|n\s?\.?\s?v|ab|as|a/s|aps|oy|oyj|gk|k\s?\.?\s?k|kft|sp\s?\.?\s?z\s?o\s?\.?\s?o|pty|pvt|ооо|ao|зао)\b\s?\.?",
)
_ROLE_WORDS = (
    "data protection privacy officer dpo office team department dept legal customer care support service"
    " services unit attn attention address e-mail email mail by post tel telephone phone fax contact a the"
    " of for at our us in dr mr mrs ms prof herr frau m mme monsieur madame"
)
_ROLE = frozenset(_ROLE_WORDS.split())
_JOINTS_WORDS = (
    "of the de la du des der und and et y e del della dei di da do dos le les l d bis ter n no ul str"
    " г город ул улица д дом стр корп оф кв пр пер обл вул буд"
)
_JOINTS = frozenset(_JOINTS_WORDS.split())
_AT = r"(?:\[|\(|\{) ?(?:at|ät|@|arobase|arroba|chiocciola|собака) ?(?:\]|\)|\})"
_DOT = r"(?:\[|\(|\{) ?(?:dot|punkt|point|punto|ponto|точка|\.) ?(?:\]|\)|\})"
_WRITTEN_OUT = ((re.compile(rf" ?{_AT} ?"), "@"), (re.compile(rf" ?{_DOT} ?"), "."))
_EMAIL = re.compile(
    rf"(?<!\S)(?:[\w.+-]+ {_AT} [\w-]+(?:(?: {_DOT} |\.)\w+)+|[^\s@]+@[^\s@]+\.[^\s@]+|\[ email protected \])(?!\S)"
)
_EMAIL_SIGNS = (
    "@",
    *(
        f"{bracket}{space}{word}"
        for bracket in "([{"
        for space in ("", " ")
        for word in ("at", "arr", "aro", "chi", "email")
    ),
)
_EMAIL_SIGN = Sign(re.compile(rf"@|\[ ?email|{_AT}"), _EMAIL_SIGNS)
_PHONE = re.compile(r"(?<![\w/.-])\+?\s?\(?\s?\+?\d[\d\s().-]{5,}\d(?![\w/-])")
_PHONE_WORDS = re.compile(
    r"\b(?:tel|telephone|telefon\w*|téléphone|teléfono|telefono|phone|call|fax|mobile|hotline|numéro|тел\w*)\b|电话|電話|전화|هاتف|טלפון|โทร"
)
_WRITTEN_OUT_TOKENS = 24  # of an e-mail address in words, the longest
_PROSE = 2  # words of a sentence that a block which is an address may hold
_LONGEST = 60  # tokens of it


def _is_prose(token: str) -> bool:
    lowered = token.lower()
    if not token[0].isalpha() or lowered in _ROLE or lowered in _JOINTS or "@" in token:
        return False
    return token[0].islower()


class Addresses:
    """The addresses of one side of a passage."""

    def __init__(self, side: Side) -> None:
        self.side = side
        signs = DIGITS, _ANCHOR_SIGN
        found = side.cased.find(_ANCHORS, *signs) if side.holds(*signs) else []
        self.anchors = sorted([(start, end) for start, end in found if side.block_at(start)[1] >= end])
        emails = side.spelled.find(_EMAIL, _EMAIL_SIGN) if side.holds(_EMAIL_SIGN) else []
        self.emails = {place for span in emails for place in range(*span)}
        self.phones = {
            place
            for start, end in (side.spelled.find(_PHONE, DIGITS) if side.holds(DIGITS) else ())
            if side.tokens[start].startswith("+") or _PHONE_WORDS.search(side.spelled.part(start - 6, start))
            for place in range(start, end)
        }
        self._blocks: dict[int, tuple[int, int] | None] = {}

    @property
    def are_none(self) -> bool:
        """Return whether nothing on this side is of an address."""
        return not (self.anchors or self.emails or self.phones)

    def head_of(self, token: int) -> tuple[int, int] | None:
        """Return the place of the party's name in the block of a token, if the block is only an address."""
        if self.are_none:
            return None
        asked, last = self.side.block_at(token)
        first, unread = asked, []
        while first not in self._blocks:
            unread.append((first, last))
            if not self._may_continue(first):
                break
            first, last = self.side.block_at(first - 1)
        for block in reversed(unread):  # from above: a line may continue an address that continues another
            self._blocks[block[0]] = self._head(*block)
        return self._blocks[asked]

    def _head(self, first: int, last: int) -> tuple[int, int] | None:
        if last - first > _LONGEST:
            return None
        tokens = self.side.tokens[first:last]
        beginning, ending = (bisect_left(self.anchors, (place, 0)) for place in (first, last))
        marks = [start for start, end in self.anchors[beginning:ending] if end <= last]
        marks += [place for place in range(first, last) if place in self.emails or place in self.phones]
        if not marks or sum(map(_is_prose, tokens)) > _PROSE:
            return None
        if self._may_continue(first) and self._blocks[self.side.block_at(first - 1)[0]] is not None:
            return first, first
        end = min(marks)
        forms = [stop for _, stop in Spelled(self.side.tokens[first:end]).find(_PARTY) if stop > 1]
        return first, first + forms[-1] if forms else end

    def _may_continue(self, first: int) -> bool:
        """Return whether a comma leaves the line before this one open: this one continues it if that is an address."""
        return first > 0 and self.side.tokens[first - 1] == ","

    def party(self, token: int) -> str:
        """Return the name of the party whose address the block of a token is; empty if it names none."""
        head = self.head_of(token)
        return "" if head is None else _name(self.side.tokens[slice(*head)])

    def is_detail(self, start: int, end: int) -> bool:
        """Return whether these tokens are a part of an address, and not of the name of whose it is."""
        return all(self._is_detail(place) for place in range(start, end))

    def _is_detail(self, place: int) -> bool:
        token = self.side.tokens[place]
        if not is_word(token) or place in self.emails or place in self.phones:
            return True
        head = self.head_of(place)
        if head is not None:
            return place >= head[1] or token.lower() in _ROLE
        return within(self.zones, place)

    @cached_property
    def zones(self) -> list[tuple[int, int]]:
        """The addresses within sentences: from their first mark to their last, where only names lie between."""
        merged: list[list[int]] = []
        for start, end in self.anchors:
            between = self.side.tokens[merged[-1][1] : start] if merged else []
            if merged and len(between) <= 6 and not any(map(_is_prose, between)) and "." not in between:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        return [(start, end) for start, end in merged]


def _name(tokens: Sequence[str]) -> str:
    return " ".join(token.lower() for token in tokens if is_word(token) and token.lower() not in _ROLE)


def is_same_mail(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether both sides are one e-mail address, one of them with words for its signs: ``a [at] b [dot] c``."""
    if not (old and new) or max(len(old), len(new)) > _WRITTEN_OUT_TOKENS:
        return False
    sides = [" ".join(tokens).lower() for tokens in (old, new)]
    for place, side in enumerate(sides):
        for pattern, sign in _WRITTEN_OUT:
            side = pattern.sub(sign, side)
        sides[place] = side
    return "@" in sides[0] and sides[0] == sides[1] and list(old) != list(new)


def names_a_party(tokens: Sequence[str]) -> bool:
    """Return whether these tokens hold the legal form of a company."""
    return _PARTY.search(" ".join(tokens).lower()) is not None


def parties(blocks: Side) -> frozenset[str]:
    """Return the names of all parties that a text gives an address of in a block of its own."""
    addresses = Addresses(blocks)
    return frozenset(filter(None, (addresses.party(start) for start in blocks.starts)))


def is_officer(side: Side, token: int) -> bool:
    """Return whether the block of a token, or the one before it, is of the person entrusted with data protection."""
    first, last = side.block_at(token)
    if first not in side.officers:
        before = side.block_at(first - 1)[0] if first else 0
        side.officers[first] = OFFICER.search(" ".join(side.tokens[before:last]).lower()) is not None
    return side.officers[first]
