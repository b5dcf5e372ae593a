"""The document's own date, and the years of its copyright."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from harvester.diffing.kinds.dates.calendar_names import WEEKDAY
from harvester.diffing.kinds.dates.of_others import IS_OF_OTHERS, OF_STANDARDS, is_behind_a_version, is_of_a_standard
from harvester.diffing.kinds.dates.written_dates import ERA, YEAR, ZONES, Ranges, dates_in
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import DIGITS, REACH, Spelled, Stretches
from harvester.diffing.kinds.vocabulary import (
    BESIDE_A_DATE,
    DOCUMENT,
    ENDS_A_TERM,
    OF_NOTICES,
    SETS_A_TERM,
    announces_a_term,
    holds_a_term,
)
from harvester.diffing.text.blocks import BlockKind
from harvester.diffing.text.tokens import is_word

SIGN_OF_COPYRIGHT = r"(?<!ã)(?<!ã )©|\(\s?c\s?\)|copyright"
"""Not what is left of an "é" that was read in a wrong encoding: "Ã©". Of lower-case text."""
RIGHTS_RESERVED = (
    r"all rights? (?:are )?reserved|alle rechte (?:sind )?vorbehalten|tous (?:les )?droits (?:sont )?réservés"
    r"|todos los derechos (?:están )?reservados|derechos reservados|quedan reservados todos los derechos"
    r"|reservados todos los derechos|tutti i diritti (?:sono )?riservati|todos os direitos (?:são )?reservados"
    r"|alle rechten voorbehouden|alla rättigheter (?:är )?förbehållna|med ensamrätt"
    r"|alle rettigh?eder forbehold(?:es|t)|alle rettigheter (?:er )?(?:forbeholdt|reservert)"
    r"|kaikki oikeudet pidätetään|wsz(?:elkie|ystkie) prawa zastrzeżone|všechna práva vyhrazena|všetky práva vyhradené"
    r"|minden jog fenntartva|toate drepturile (?:sunt )?rezervate|t[üu]m haklar[ıi] sakl[ıi]d[ıi]r"
    r"|her hakk[ıi] sakl[ıi]d[ıi]r|все права (?:защищены|сохранены)|усі права (?:захищен[іо]|застережен[іо])"
    r"|всі права (?:захищен[іо]|застережен[іо])|всички права (?:са )?запазени|με επιφύλαξη παντός δικαιώματος"
    r"|sva prava (?:su )?(?:pridržana|zadržana)|vse pravice (?:so )?pridržane|tots els drets reservats"
    r"|جميع الحقوق محفوظة|كل الحقوق محفوظة|كافة الحقوق محفوظة|تمام(?:ی)? حقوق محفوظ است|کلیه حقوق محفوظ است"
    r"|כל הזכויות שמורות|सर्वाधिकार सुरक्षित|สงวนลิขสิทธิ์|สงวนสิทธิ์ทุกประการ|版[权權]所有|保留(?:所有|一切)[权權]利"
    r"|無断(?:複写[・·])?転載を禁じます|全著作権所有|모든 권리 보유|mọi quyền được bảo lưu|bảo lưu mọi quyền"
    r"|semua hak cipta dilindungi|hak cipta dilindungi(?: undang-undang)?|kõik õigused (?:on )?kaitstud"
    r"|visas tiesības (?:aizsargātas|paturētas)|visos teisės saugomos"
)
"""That all rights to a work are reserved, as it stands beside a copyright; of lower-case text."""
COPYRIGHT = re.compile(f"{SIGN_OF_COPYRIGHT}|{RIGHTS_RESERVED}")
_IN_COPYRIGHT = ("(", "copyright", "reserv", "beh", "rezerv", "riserv", "fenntart", "sakl", "dilindungi")
"""What ASCII text holds one of in which `COPYRIGHT` matches: looked for in a tenth of the time."""
OF_A_RULE = re.compile(
    r"\b(?:data|information|personal\w*|shar(?:e[sd]?|ing)|s[eo]ll?(?:s|d|ing)|collect\w*|process\w*|consent\w*"
    r"|users?|never|must|third part\w+|partners?|advertis\w+|daten\w*|verkauf\w*|données|vend(?!redi)\w+|datos|dati"
    r"|dados|gegevens|dane|danych)\b"
)
"""Words of what is granted or done with data, which no line of the copyright holds."""
_YEARS = re.compile(rf"(?<!\d){YEAR}(?:\s?-\s?{YEAR})?(?!\d)")
_OF_A_TIME = re.compile(
    rf"[,|–-]|at|um|à|a\ las|klo|kl|в|\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}})?|{'|'.join(map(re.escape, sorted(ZONES)))}"
)
_INSTANT = re.compile(r"t\d{2} : \d{2}(?:[:.-]\d{1,6})*(?: ?z| [+–-] \d{2}:?\d{2})?(?!\S)")
"""The time of an instant as computers write it, behind its date; of lower-case tokens joined by spaces."""
_YEAR_BEHIND_A_LABEL = re.compile(
    rf"(?P<label>.{{2,60}}?)\s?(?P<colon>[:：]?)\s?(?P<year>(?:{ERA})?\s?{YEAR}\s?(?:年|년|г|года?|р|року)?)[\s.]*"
)
_LABEL_TOKENS = 24  # of a line that is a label and a year
_DATE_NOT_DATA = re.compile(r"^data (?!as\b|from\b|since\b|collected\b|shared\b|sold\b|kept\b)")
"""The word for "date" in Italian, Polish, Portuguese and Romanian, at the beginning of a line."""
_DAY_BEHIND = re.compile(
    r"\((?:[月火水木金土日](?:曜日?)?|[월화수목금토일](?:요일)?)\)|[月火水木金土日]曜日?|[월화수목금토일]요일"
    r"|(?:星期|周|週)[一二三四五六日天]"
)
_LABEL = re.compile(
    r"(?:the )?(?:date|datum|fecha|dato|data|дата|tarih|التاريخ|תאריך|วันที่|दिनांक|日付|日期|날짜"
    r"|(?:first )?(?:adopted|approved|created)(?: on)?|current as of|as of)(?: the)? ?[:：]? ?"
)
"""All that stands before a date in a line of nothing else, where the words alone would not say whose it is."""
_AT_A_PLACE = re.compile(r"[^.!?;:\d]{2,60} , (?:den|le|dňa|dne|dnia) ?")
"""What stands before the date of a signature, from the beginning of its line: ``Berlin, den``."""
_BEFORE, _AFTER = 12, 8  # tokens around a date in which a word says whose date it is
_RIGHT_BEFORE = 3  # of them, in which one such as "until" stands
_OF_A_YEAR = frozenset("г года р року r roku .".split())  # noqa: SIM905
"""What stands behind a year in Slavic languages."""
_STOPS = frozenset(".!?。！？।")
_OTHER_WORDS = 3  # of a line that holds nothing but a date
SPEAKERS = frozenset("we you i wir sie nous vous je nosotros usted nós você noi wij u vi мы вы".split())  # noqa: SIM905
_NAME = 6  # tokens of what a version is of, before or behind it
_LINE = 8  # other words of a line; in a longer block the sentence of the date must name the document
_SENTENCE = 20  # tokens before and behind a date in which its sentence is looked for
_AT_THE_TOP = 40  # words of a block that may say what date the one below it holds

_OF_A_DAY = "0123456789일日"  # of a token that ends a date in Korean or Japanese, and may go on
_SYLLABLES_OF_A_WORD = 3
_SYLLABLES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def names_a_copyright(text: str) -> bool:
    """Return whether a text in lower case holds the sign of a copyright, or says that all rights are reserved."""
    may = not text.isascii() or any(map(text.__contains__, _IN_COPYRIGHT))
    return may and COPYRIGHT.search(text) is not None


def own_dates(side: Side, start: int, end: int) -> Ranges:
    """Return the ranges of tokens that are a date or a number of the document itself, not one in its sentences.

    Of the blocks that these tokens are in.
    """
    return _found(_own_dates, side, start, end)


def copyright_years(side: Side, start: int, end: int) -> Ranges:
    """Return the ranges of tokens that are years of a copyright, of the blocks that these tokens are in."""
    return _found(_copyright_years, side, start, end)


def _found(find: Callable[[Side, int], Ranges], side: Side, start: int, end: int) -> Ranges:
    """Return what of these tokens is in ranges that are looked for in each block that holds a figure, once for all its
    hunks: a block may have thousands of both.
    """
    found: Ranges = []
    for number in range(side.number_of(start), side.number_of(end - 1) + 1) if start < end else ():
        known = side.dates.get((find.__name__, number))
        if known is None:
            has_digits = DIGITS.may_be_in(side.blocks[number].key)
            known = side.dates[find.__name__, number] = Stretches(find(side, number) if has_digits else ())
        found += known.touching(start, end)
    return found


def _own_dates(side: Side, number: int) -> Ranges:
    first, last = side.block_at(side.starts[number])
    dates, versions = dates_in(side.blocks[number].key)
    words = list(accumulate(map(_weight, side.tokens[first:last]), initial=0)) if dates else []
    found = []
    for start, end in ((start + first, end + first) for start, end in dates):
        reach = _tokens_of(_BEFORE, side.tokens, start)
        near = f"{side.before(max(first, start - reach), start)} {side.after(end, min(last, end + _AFTER))}"
        if is_of_a_term(side.tokens, (start, end), (first, last)):
            continue
        if IS_OF_OTHERS.search(side.before(max(first, start - _BEFORE), start)):
            continue
        ends_line = end >= last - 1 or _OF_A_YEAR.issuperset(side.tokens[end:last])
        others = words[start - first] + words[last - first] - words[end - first]
        if others == 0 and number and announces_a_term(side.part(side.starts[number - 1], first).strip()):
            continue
        line = side.part(first, last).lower() if others <= _LINE else ""
        if holds_a_term(line) or (
            OF_A_RULE.search(_DATE_NOT_DATA.sub("", line)) and not _names_the_document(side, start, end)
        ):
            continue
        if (
            BESIDE_A_DATE.search(near)
            and ((others <= _LINE and not _speaks(side.tokens[first:last])) or _names_the_document(side, start, end))
        ) or (
            others == 0
            or (ends_line and _LABEL.fullmatch(side.part(first, start).lower()))
            or (others <= _OTHER_WORDS and (_is_announced(side, first) or _is_signed(side, first, start)))
            or (others <= _LINE and ends_line and _AT_A_PLACE.fullmatch(side.part(first, start)))
            or (others <= _LINE and ends_line and _ends_a_heading(side, number, first, start))
        ):
            found.append(_with_day_and_time(side.tokens, start, end, (first, last)))
    if not dates:
        found += ((start + first, end + first) for start, end in year_behind_a_label(side.blocks[number].tokens))
    for start, end in ((start + first, end + first) for start, end in versions):
        if start > first and is_of_a_standard(side.tokens[max(first, start - _NAME) : start], side.tokens[start]):
            continue
        if is_behind_a_version(side.tokens[end : min(last, end + _NAME)]):
            continue
        if last - first - (end - start) <= _LINE or _names_the_document(side, start, end):
            found.append((start, end))
    return found


def year_behind_a_label(tokens: Sequence[str]) -> Ranges:
    """Return the range of the year in a line of nothing else but a label: ``Last updated: 2024``.

    The label ends with a colon and has no abbreviation, or is of words of notices alone: laws are of a year and take
    effect too.
    """
    if len(tokens) > _LABEL_TOKENS or 0 < sum(map(_is_abbreviation, tokens)) < sum(map(str.isalpha, tokens)):
        return []
    spelled = Spelled(tokens)
    match = _YEAR_BEHIND_A_LABEL.fullmatch(spelled.text)
    if match is None:
        return []
    label = match["label"]
    if not (match["colon"] or OF_NOTICES.issuperset(label.split())) or not BESIDE_A_DATE.search(label):
        return []
    if SETS_A_TERM.search(label) or holds_a_term(label) or OF_STANDARDS.search(label):
        return []
    if OF_A_RULE.search(_DATE_NOT_DATA.sub("", label)):
        return []
    return [spelled.tokens(*match.span("year"))]


def _is_abbreviation(token: str) -> bool:
    return token.isupper() and token.isalpha() and len(token) > 1


def is_of_a_term(tokens: Sequence[str], date: tuple[int, int], block: tuple[int, int]) -> bool:
    """Return whether a date of a block is one until which, or from which on, something is so: by a word such as "until"
    right before it, or behind it in languages that say so there.
    """
    (start, end), (first, last) = date, block
    before = Spelled(tokens[max(first, start - _tokens_of(_RIGHT_BEFORE, tokens, start)) : start]).text[-REACH:]
    if SETS_A_TERM.search(before.rstrip(" :")):
        return True
    behind = Spelled(tokens[end : min(last, end + _AFTER)]).text[:REACH]
    return any(map(ENDS_A_TERM.match, (tokens[end - 1].lstrip(_OF_A_DAY), behind)))


def _tokens_of(words: int, tokens: Sequence[str], end: int) -> int:
    """Return how many tokens so many words before a place are: of some scripts each is a syllable."""
    return words * (_SYLLABLES_OF_A_WORD if _SYLLABLES.match(tokens[end - 1]) else 1)


def _speaks(tokens: Sequence[str]) -> bool:
    """Return whether somebody speaks in a line; a small "i" is a word for "in" or "and" in many languages."""
    return not SPEAKERS.isdisjoint(token.lower() for token in tokens if token != "i")


def _weight(token: str) -> float:
    """Return for how many words a token counts: of a script whose words are read by syllables, for a third of one."""
    return (1 / _SYLLABLES_OF_A_WORD if _SYLLABLES.match(token) else 1.0) if is_word(token) else 0.0


def _ends_a_heading(side: Side, number: int, first: int, start: int) -> bool:
    """Return whether a date stands behind the name of the document, in a heading or a line that stands as one:
    ``Privacy policy (May 2024)``.
    """
    is_heading = side.blocks[number].kind is BlockKind.HEADING or side.tokens[start - 1 : start] == ["("]
    return is_heading and DOCUMENT.search(side.part(first, start).lower()) is not None


def _names_the_document(side: Side, start: int, end: int) -> bool:
    """Return whether the sentence of a date is of the document: rights, laws and contracts take effect too."""
    first, last = side.block_at(start)
    tokens = side.tokens
    first, last = max(first, start - _SENTENCE), min(last, end + _SENTENCE)
    begin = next((at + 1 for at in range(start - 1, first - 1, -1) if tokens[at] in _STOPS), first)
    stop = next((at for at in range(end, last) if tokens[at] in _STOPS), last)
    return DOCUMENT.search(f"{side.before(begin, start)} {side.after(end, stop)}") is not None


def _with_day_and_time(tokens: Sequence[str], start: int, end: int, block: tuple[int, int]) -> tuple[int, int]:
    """Return the range of a date with the day of the week before it and the time of day behind it."""
    before = tokens[max(block[0], start - 2) : start]
    if before and before[-1] in (",", "."):
        start -= (len(before) == 2 and WEEKDAY.fullmatch(before[0].lower()) is not None) * 2
    elif before and WEEKDAY.fullmatch(before[-1].lower()):
        start -= 1
    behind = (n for n in range(1, 6) if _DAY_BEHIND.fullmatch("".join(tokens[end : end + n])))
    is_day = end < block[1] and WEEKDAY.fullmatch(tokens[end].lower()) is not None
    end += next(behind, int(is_day))
    if instant := _INSTANT.match(" ".join(tokens[end : min(block[1], end + 7)]).lower()):
        return start, end + instant[0].count(" ") + 1
    at = end
    while at < min(block[1], end + 6) and _OF_A_TIME.fullmatch(tokens[at].lower()):
        at += 1
        if any(character.isdigit() for character in tokens[at - 1]):
            end = at
    while end < at and tokens[end].lower() in ZONES:
        end += 1
    return start, end


def _is_signed(side: Side, first: int, start: int) -> bool:
    """Return whether a block is the end of a letter: ``Berlin, 3 May 2020``."""
    place = side.tokens[first:start]
    return len(place) > 1 and place[-1] == "," and all(word[0].isupper() for word in place[:-1])


def _is_announced(side: Side, first: int) -> bool:
    """Return whether this block is the title of the page, or the block above is it, names the document in a heading or
    announces a date.
    """
    number = side.number_of(first)
    if side.blocks[number].start == 0:
        return True
    if number == 0:
        return False  # what stands above is not altered, nor beside what is
    above, said = side.blocks[number - 1], side.part(side.starts[number - 1], first)
    return above.size <= _AT_THE_TOP and (
        above.start == 0
        or BESIDE_A_DATE.search(said) is not None
        or (above.kind is BlockKind.HEADING and DOCUMENT.search(said) is not None)
    )


def _copyright_years(side: Side, number: int) -> Ranges:
    first, last = side.block_at(side.starts[number])
    block = side.blocks[number]
    found = []
    for year, stop in dict.fromkeys(Spelled(block.tokens).find(_YEARS, DIGITS)):
        # A block that begins with (c) is read as numbered by it.
        sign = f"{block.label} " if year <= 6 else ""
        at = first + year
        before, behind = side.before(max(first, at - 6), at), side.after(at, min(last, first + stop + 8))
        if names_a_copyright(f"{sign.lower()}{before} {behind}"):
            found.append((at, first + stop))
    return found
