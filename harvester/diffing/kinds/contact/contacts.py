"""Contact details of the same party: e-mail addresses in words, hours at which it is reached, the officer's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.diffing.kinds.contact.marks import AT_WORDS, DOT_WORDS, WRITTEN_OUT, is_telephone, marks_of
from harvester.diffing.kinds.dates.calendar_names import WEEKDAY
from harvester.diffing.kinds.dates.own_dates import OF_A_RULE, SPEAKERS
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import Spelled
from harvester.diffing.kinds.vocabulary import DAYS, DENIES, OFFICER, PARTY, TIME
from harvester.diffing.text.tokens import is_word, words_of

_LONGEST = 60  # tokens of a block that says when somebody is reached
_OF_DAY = frozenset({"am", "pm", "a.m", "p.m", "AM", "PM", "h", "Uhr", "uhr"})
_HOURS = re.compile(
    rf"\b(?:open(?:ing)? hours|office hours|business hours|hotline|öffnungszeiten|sprechzeiten|geschäftszeiten|horaires"
    r"|horario|orari[oa]?|horário|openingstijden|часы работы"
    rf"|(?:{DAYS})\s?(?:-|–|to|bis|through|au|a)\s?(?:{DAYS}))\b"
    r"|営業時間|受付時間|工作时间|운영시간"
)
_HOUR = r"(?:(?:[01]?\d|2[0-4])(?:\s?[:.h]\s?\d{2})?\s?(?:[ap]\s?\.?\s?m\b(?:\s?\.)?|h\b|uhr|uur)?|noon)"
_TO = r"\s?(?:[-–~]|to|till?|bis|à|a|alle|às|as|tot|do|до)\s?"
_FROM_TO = re.compile(rf"(?<![\w.,:/-]){_HOUR}{_TO}{_HOUR}(?![\w/-])")
_OF_A_CLOCK = re.compile(r"\d\s?(?::\d{2}|h\d{2}|h\b.*\dh\b|[ap]\s?\.?\s?m\b|uhr|uur)")
"""What shows hours to be of a clock: ``9 to 17 h`` may be how long something takes."""
_BESIDE_HOURS = re.compile(
    rf"{DAYS}|(?:{WEEKDAY.pattern})s?|to|from|between|and|daily|weekdays|von|bis|und|täglich|werktags|du|au|de|des|et|a|y"
    r"|al?|dal|dalle|e|das|van|tot|en|od|do|i|с|до|и|uhr|uur|h|cet|cest|gmt|utc|est|pst"
)
_RECORDS = re.compile(
    r"\b(?:record|monitor|listen|aufgezeichnet|aufzeichn|enregistr|grab|registr|opgenomen|nagryw|запис)"
)
_BESIDE_SIGNS = r"[\s\[\](){}<>_–-]*"
_WRITTEN_OUT_TOKENS = 24  # of an e-mail address in words, the longest
_BESIDE_OFFICE = 10  # tokens between the office and its holder's name
_MESSENGERS = frozenset("skype icq msn aim yim yahoo jabber xmpp qq wechat viber telegram whatsapp twitter".split())  # noqa: SIM905
_HANDLE = 2  # tokens: of the name of a service and its mark, and of a name there
_ATTENTION = frozenset({"attention", "attn", "att"})
_BEHIND_ATTENTION = 3  # tokens
_CLAUSE = frozenset(";!?")
_PERSONS_TITLES = "dr prof mr mrs ms miss mx herr herrn frau m mme monsieur madame sr sra señor señora dott pan pani"
_TITLES = frozenset(_PERSONS_TITLES.split())
"""Words before the name of a person."""
_WHOSE = frozenset("of for at in der des von bei für im de du chez di del della da do van bij dla w".split())  # noqa: SIM905
"""Words before whose officer, or where."""
_OFFICES = (
    *(f"protection {who}" for who in ("officer", "lead", "manager", "contact", "coordinator")),
    *(f"privacy {who}" for who in ("officer", "lead", "manager", "contact", "coordinator")),
    "dpo", "datenschutzbeauftragte", "protection des données", "la prote", "de prote", "da prote", "della protezione",
    "gegevensbescherming", "ochrony danych", "dataskydds", "personuppgiftsombud", "databeskyttelses", "personvernombud",
    "tietosuojavastaav",
    "veri koruma", "veri sorumlusu", "ответственн", "pro ochranu", "cu protecția", "adatvédelmi", "υπεύθυν", "مسؤول",
    "ממונה", "अधिकारी", "คุ้มครองข้อมูล", "個人情報保護管理者", "データ", "개인정보", "数据保护", "giftsombud",
)  # fmt: skip
"""What a text holds one of that names the office: to look for these takes a seventh of what its pattern takes."""
_NAMES_OF_COMPANIES = (
    "group services consulting consult consultants partners data holding holdings legal solutions associates"
    " technologies technology systems security privacy international europe global trust law kanzlei rechtsanwälte"
    " beratung foundation university bank institute department association agency authority conseil avocats abogados"
    " studio associados asociados associés kancelaria gruppe groupe grupo gruppo"
)
_OF_COMPANIES = frozenset(_NAMES_OF_COMPANIES.split())
"""Words of the names of companies and offices, and of no person."""


def is_same_mail(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether both sides are one e-mail address, one of them with words for its signs: ``a [at] b [dot] c``."""
    if not (old and new) or max(len(old), len(new)) > _WRITTEN_OUT_TOKENS:
        return False
    if _spells(new, old) if "@" in "".join(old) else _spells(old, new):
        return True
    if not any("@" in token or token in "([{" or token.lower() == "at" for token in old):
        return False
    sides = [" ".join(tokens).lower().replace(" at ", "@").replace(" dot ", ".") for tokens in (old, new)]
    for place, side in enumerate(sides):
        for pattern, sign in WRITTEN_OUT:
            side = pattern.sub(sign, side)
        sides[place] = side
    return "@" in sides[0] and sides[0] == sides[1] and list(old) != list(new)


def _spells(words: Sequence[str], address: Sequence[str]) -> bool:
    """Return whether words spell an e-mail address, with any marks around those for its signs: ``a at b dot c``."""
    if len(address) != 1 or not 0 < address[0].find("@") < address[0].rfind("."):
        return False
    local, _, host = address[0].partition("@")
    names = rf"{_BESIDE_SIGNS}(?:{DOT_WORDS}|\.){_BESIDE_SIGNS}".join(map(re.escape, host.split(".")))
    spelled = re.compile(rf"{re.escape(local)}{_BESIDE_SIGNS}(?:{AT_WORDS}){_BESIDE_SIGNS}{names}", re.IGNORECASE)
    return spelled.fullmatch(" ".join(words)) is not None


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
    if last - first > _LONGEST:
        return False
    return _HOURS.search(side.part(first, last)) is not None or (
        are_hours(side.tokens[first:last], whole=False) and _is_line_of_telephone(side, start)
    )


def are_hours_of_telephone(side: Side, start: int, end: int) -> bool:
    """Return whether these tokens are hours from and to and nothing but the days beside them, in a line that says no
    more than how somebody is reached.
    """
    if len(side.block_of(start).tokens) > _LONGEST:
        return False
    return are_hours(side.tokens[start:end], whole=True) and _is_line_of_telephone(side, start)


def are_hours(tokens: Sequence[str], *, whole: bool) -> bool:
    """Return whether these tokens hold hours from and to, with a sign of the clock; if `whole`, and days at most."""
    text = " ".join(tokens).lower()
    found = [span[0] for span in _FROM_TO.finditer(text) if _OF_A_CLOCK.search(span[0])]
    rest = re.findall(r"\w+", _FROM_TO.sub(" ", text)) if found and whole else []
    return bool(found) and all(map(_BESIDE_HOURS.fullmatch, rest))


def _is_line_of_telephone(side: Side, start: int) -> bool:
    """Return whether a block is short, has a telephone number, and no word of a rule."""
    block = side.block_of(start)
    return (
        len(block.tokens) <= _LONGEST
        and (SPEAKERS | DENIES).isdisjoint(map(str.lower, block.tokens))
        and not OF_A_RULE.search(block.key.lower())
        and not _RECORDS.search(block.key.lower())
        and any(is_telephone(block.tokens, *span) for span in marks_of(block.key).phones)
    )


def names_office(text: str) -> bool:
    """Return whether a text in lower case names the office of data protection."""
    return any(map(text.__contains__, _OFFICES)) and OFFICER.search(text) is not None


def name_an_officer(tokens: Sequence[str]) -> bool:
    """Return whether the name of the office of data protection is among these tokens."""
    return names_office(" ".join(token for token in tokens if "@" not in token).lower())


def is_officer(side: Side, token: int) -> bool:
    """Return whether the block of a token, or the one before it, is of the person entrusted with data protection."""
    first, last = side.block_at(token)
    if first not in side.officers:
        before = side.block_at(first - 1)[0] if first else 0
        side.officers[first] = names_office(side.part(before, last))
    return side.officers[first]


def _titles(side: Side, start: int, end: int) -> list[tuple[int, int]]:
    """Return the tokens that name the office, around these tokens in their block."""
    first, last = side.block_at(start)
    first, last = max(first, start - _BESIDE_OFFICE), min(last, end + _BESIDE_OFFICE)
    return [(begin + first, stop + first) for begin, stop in Spelled(side.tokens[first:last]).find(OFFICER)]


def is_title(side: Side, start: int, end: int) -> bool:
    """Return whether these tokens are of the name of the office, such as the last of ``data protection officer``."""
    return any(begin <= start and end <= stop for begin, stop in _titles(side, start, end))


def has_title(side: Side, start: int, end: int) -> bool:
    """Return whether a block begins with these tokens and names the office right behind them, with a mark between at
    most: they are all of a person's name (``Eva Muster, Privacy Officer, Acme Ltd``).
    """
    return start == side.block_at(start)[0] and any(begin - end in (0, 1) for begin, _ in _titles(side, start, end))


def names_a_party(tokens: Sequence[str]) -> bool:
    """Return whether these tokens hold the legal form of a company."""
    return PARTY.search(" ".join(tokens).lower()) is not None


def is_of_a_person(side: Side, start: int, end: int) -> bool:
    """Return whether these tokens are of a person's name by their form: two capitalised words or more, or one behind a
    title, none of them a company's, and not behind a word such as ``of``. A script without capitals shows nothing.
    """
    tokens = side.tokens
    if not tokens[start][0].isupper():
        return True
    first, last = side.block_at(start)
    while start > first and tokens[start - 1][0].isupper() and not is_title(side, start - 1, start):
        start -= 1
    while end < last and tokens[end][0].isupper() and not is_title(side, end, end + 1):
        end += 1
    words = [word.lower() for word in tokens[start:end]]
    before = [word.lower() for word in tokens[max(start - 2, first) : start] if is_word(word)][-1:]
    is_titled = not _TITLES.isdisjoint((*words, *before))
    behind = tokens[start - 1].lower() if start > first else ""
    return (len(words) > 1 or is_titled) and behind not in _WHOSE and _OF_COMPANIES.isdisjoint(words)


def is_beside_office(side: Side, start: int, end: int) -> bool:
    """Return whether the office of data protection is named a few words beside these tokens, in one clause."""
    first, last = side.block_at(start)
    if start - first > _BESIDE_OFFICE:
        behind = [at for at in range(start - _BESIDE_OFFICE, start) if side.tokens[at] in _CLAUSE]
        before = side.before(behind[-1] + 1 if behind else start - _BESIDE_OFFICE, start)
        after = side.after(end, min(last, end + _BESIDE_OFFICE))
        return names_office(f"{before} {after}")
    return True


def is_handle(side: Side, start: int, end: int) -> bool:
    """Return whether a token is the name under which a service of messages reaches somebody: ``ICQ: 123456789``."""
    if not 0 < end - start <= _HANDLE:
        return False  # as most
    first = side.block_at(start)[0]
    label = [token.lower() for token in side.tokens[max(first, start - _HANDLE) : start]]
    return len(label) == _HANDLE and label[1] == ":" and label[0] in _MESSENGERS


def is_for_the_attention_of(side: Side, start: int, end: int) -> bool:
    """Return whether all words of these tokens are capitalised names right behind "attention", and of no company."""
    first = side.block_at(start)[0]
    before = [token.lower() for token in side.tokens[max(first, start - _BEHIND_ATTENTION) : start] if is_word(token)]
    if _ATTENTION.isdisjoint(before):
        return False  # as most
    words = words_of(side.tokens[start:end])
    return (
        bool(words)
        and all(word[0].isupper() for word in words)
        and all(token not in ".;" for token in side.tokens[start:end])
        and not names_a_party(side.tokens[start:end])
    )
