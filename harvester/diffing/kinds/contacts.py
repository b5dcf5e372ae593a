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
from harvester.diffing.kinds.postal import ANCHOR_SIGN, BESIDE, REGISTERED, STREET
from harvester.diffing.kinds.spans import DIGITS, Sign, Spelled, within
from harvester.diffing.kinds.vocabulary import DAYS, OFFICER, TIME
from harvester.diffing.text.tokens import is_word

_PARTY = re.compile(
    r"\b(?:inc|llc|llp|ltd|limited|plc|corp|corporation|company|gmbh|mbh|ag|kg|se|ug|e\s?\.\s?v|s\s?\.?\s?a\s?\.?\s?(?:s|r\s?\.?\s?l)?|sas|sarl|srl|spa"
    r"|b\s?\.?\s?v|n\s?\.?\s?v|ab|as|a/s|aps|oy|oyj|gk|k\s?\.?\s?k|kft|zrt|sp\s?\.?\s?z\s?o\s?\.?\s?o|pty|pvt|s\s?\.?\s?l\s?\.?\s?(?:u)?|lda|ltda|s\s?\.?\s?r\s?\.?\s?o|d\s?\.?\s?o\s?\.?\s?o"
    r"|a\s?\.?\s?ş|şti|sdn|bhd|tbk|oü|uab|sia|ооо|ao|ао|зао|пао|тов)\b\s?\.?|株式会社|合同会社|有限公司|주식회사|\(\s?주\s?\)|בע\"מ",
)
_FORM = re.compile(
    r"\b(?:Inc|LLC|LLP|Ltd|Limited|PLC|plc|Corp|Corporation|Company|GmbH|mbH|AG|KG|SE|UG|SAS|SARL|S\.?r\.?l|SpA|S\.?p\.?A"
    r"|S\.?A\.?S?|S\.?L\.?U?|B\.?V|N\.?V(?! \d)|AB|A/S|ApS|Oyj?|Kft|Pty|Lda|Ltda|A\.?Ş|s\.r\.o|d\.o\.o)\b|ООО|АО"
    r"|株式会社|有限公司|주식회사"
)
"""The legal form of a company, with its capitals: in lower case some are words."""
_CARE_OF = re.compile(r"\bc ?/ ?o\b")
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
_EMAIL_SIGN = Sign(re.compile(rf"@|\[ ?email|{_AT}"), tuple("@([{"))
_PHONE = re.compile(r"(?<![\w/.-])\+?\s?\(?\s?\+?\d[\d\s()./–-]{5,}\d(?![\w/-])")
_PHONE_WORDS = re.compile(
    r"\b(?:tel|telephone|telefon\w*|téléphone|teléfono|telefono|phone|call|fax|mobile|hotline|numéro|тел\w*)\b|电话|電話|客服|热线|熱線|お問い合わせ|コールセンター|전화|고객센터|문의|هاتف|טלפון|โทร"
)
_BETWEEN_MAILS = frozenset({"or", "and", "oder", "und", "ou", "et", "o", "y", "e", "of", "en", "или", "и"})
_OF_DAY = frozenset({"am", "pm", "a.m", "p.m", "AM", "PM", "h", "Uhr", "uhr"})
_HOURS = re.compile(
    rf"\b(?:open(?:ing)? hours|office hours|business hours|hotline|öffnungszeiten|sprechzeiten|geschäftszeiten|horaires"
    r"|horario|orari[oa]?|horário|openingstijden|часы работы"
    rf"|(?:{DAYS})\s?(?:-|–|to|bis|through|au|a)\s?(?:{DAYS}))\b"
    r"|営業時間|受付時間|工作时间|운영시간"
)
_WRITTEN_OUT_TOKENS = 24  # of an e-mail address in words, the longest
_BESIDE_OFFICE = 10  # tokens between the office and its holder's name
_CLAUSE = frozenset(";!?")
_NAME = 4  # tokens of a company's name beside its legal form
_PARTNERS = 16  # tokens of the names of partners in a firm
_NEAR = 10  # tokens between two marks of one address
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
        self.emails: set[int] = set()
        self.phones: set[int] = set()
        if side.may_hold(_EMAIL_SIGN):
            self.emails.update(place for span in side.spelled.find(_EMAIL, _EMAIL_SIGN) for place in range(*span))
        if side.may_hold(DIGITS):
            for start, end in side.spelled.find(_PHONE, DIGITS):
                if side.tokens[start].startswith("+") or _PHONE_WORDS.search(side.spelled.part(start - 6, start)):
                    self.phones.update(range(start, end))
        self.anchors = self._marks()
        self._blocks: dict[int, tuple[int, int] | None] = {}

    def _marks(self) -> list[tuple[int, int]]:
        """Return the marks of addresses; of those that may be something else only what stands beside another."""
        signs = DIGITS, ANCHOR_SIGN
        if not self.side.may_hold(*signs):
            return []
        sure, unsure = (self._within(pattern) for pattern in (STREET, BESIDE))
        places = sorted({*(start for start, _ in (*sure, *unsure)), *self.emails, *self.phones})
        kept = [
            (start, end)
            for start, end in unsure
            if any(
                not start <= place < end
                for place in places[bisect_left(places, start - _NEAR) : bisect_left(places, start + _NEAR + 1)]
            )
            or self._ends_with_a_party(start)
        ]
        return sorted(sure + kept)

    def _within(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        found = self.side.cased.find(pattern, DIGITS, ANCHOR_SIGN)
        return [(start, end) for start, end in found if self.side.block_at(start)[1] >= end]

    def _ends_with_a_party(self, place: int) -> bool:
        """Return whether the name of a company stands a few words before a place."""
        return _FORM.search(" ".join(self.side.tokens[max(place - _NEAR, 0) : place])) is not None

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

    def is_inside(self, start: int, end: int) -> bool:
        """Return whether these tokens stand within a telephone number, with more of it before and behind them."""
        return all(place in self.phones for place in range(start - 1, end + 1))

    def _is_detail(self, place: int) -> bool:
        token = self.side.tokens[place]
        near = max(self.side.block_at(place)[0], place - _NEAR)
        if any(map(str.isdigit, token)) and REGISTERED.search(self.side.spelled.before(near, place)):
            return False
        if not is_word(token) or place in self.emails or place in self.phones:
            return True
        if token.lower() in _BETWEEN_MAILS and {place - 1, place + 1} <= self.emails:
            return True
        head = self.head_of(place)
        if head is not None:
            return (place >= head[1] and place not in self._named) or token.lower() in _ROLE
        return within(self.zones, place)

    @cached_property
    def _named(self) -> set[int]:
        """The tokens of companies' names: the words before a legal form, or behind one of East Asia.

        Not of one whose address is used (``c/o``): it is nobody new.
        """
        tokens, named = self.side.tokens, set[int]()
        for start, end in self.side.cased.find(_FORM):
            first = start
            while first and start - first < _NAME and tokens[first - 1][0].isupper():
                first -= 1
            if _CARE_OF.search(self.side.spelled.before(max(self.side.block_at(start)[0], first - _PARTNERS), first)):
                continue
            behind = end + (_NAME if ord(tokens[start][0]) > 0x3000 else 0)
            named.update(range(first, behind))
        return named

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
        following = [start for start, _ in merged[1:]] + [len(self.side.tokens)]
        return [
            (start, min(self._through_the_town(end), behind))
            for (start, end), behind in zip(merged, following, strict=False)
        ]

    def _through_the_town(self, end: int) -> int:
        """Return where an address in a sentence ends: names and post codes between commas go on with it."""
        last = min(self.side.block_at(max(end - 1, 0))[1], end + _NEAR)
        tokens, place = self.side.tokens, end
        while place < last and (tokens[place] == "," or tokens[place][0].isupper() or tokens[place][0].isdigit()):
            place += 1
            if tokens[place - 1] != "," and (place == last or tokens[place] in ",.;)"):
                end = place
        return end


def _name(tokens: Sequence[str]) -> str:
    return " ".join(token.lower() for token in tokens if is_word(token) and token.lower() not in _ROLE)


def is_same_mail(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether both sides are one e-mail address, one of them with words for its signs: ``a [at] b [dot] c``."""
    if not (old and new) or max(len(old), len(new)) > _WRITTEN_OUT_TOKENS:
        return False
    if not any("@" in token or token in "([{" or token.lower() == "at" for token in old):
        return False
    sides = [" ".join(tokens).lower().replace(" at ", "@").replace(" dot ", ".") for tokens in (old, new)]
    for place, side in enumerate(sides):
        for pattern, sign in _WRITTEN_OUT:
            side = pattern.sub(sign, side)
        sides[place] = side
    return "@" in sides[0] and sides[0] == sides[1] and list(old) != list(new)


def is_time(token: str) -> bool:
    """Return whether a token is a time of day or a day of the week, or may stand between two."""
    return TIME.fullmatch(token.lower()) is not None


def is_of_hours(side: Side, start: int, end: int) -> bool:
    """Return whether these tokens are times or days of the week, in a block that says when somebody can be reached."""
    for place in range(start, end):
        token = side.tokens[place]
        if is_word(token) and not is_time(token):
            return False
        if token.isdigit() and not _OF_DAY.intersection(side.tokens[place + 1 : place + 2]):
            return False  # a number alone counts something
    first, last = side.block_at(start)
    return last - first <= _LONGEST and _HOURS.search(side.spelled.part(first, last)) is not None


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
        side.officers[first] = OFFICER.search(side.spelled.part(before, last)) is not None
    return side.officers[first]


def is_beside_office(side: Side, start: int, end: int) -> bool:
    """Return whether the office of data protection is named a few words beside these tokens, in one clause."""
    first, last = side.block_at(start)
    if start - first > _BESIDE_OFFICE:
        behind = [at for at in range(start - _BESIDE_OFFICE, start) if side.tokens[at] in _CLAUSE]
        before = side.spelled.before(behind[-1] + 1 if behind else start - _BESIDE_OFFICE, start)
        after = side.spelled.after(end, min(last, end + _BESIDE_OFFICE))
        return OFFICER.search(f"{before} {after}") is not None
    return True
