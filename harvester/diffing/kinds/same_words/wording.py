"""Wording that alters no meaning: capitals, punctuation, spelling, numbers of items, characters that were read in a
wrong encoding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from harvester.character_references import unescape
from harvester.diffing.kinds.same_words.letter_forms import are_same_letters
from harvester.diffing.text.other_forms import without_accents
from harvester.diffing.text.tokens import is_word, tokenise, words_of

_MEANS_AN_AMOUNT = frozenset("%‰$€£¥₹₽₩₪฿₺₫¢+<>=±°×÷≤≥~≈")
_MINUS = "-"  # alone it is written as a dash
_ENDS = frozenset(".!?")
_SPELLINGS = re.compile(
    r"(?<=[a-z]{2})is(?=(?:e[sd]?|ing|ations?|er)$)|(?<=[a-z]{3})our(?=$|s|ed|ing|it|able|al|hood)|(?:(?<=cen)|(?<=ea)|(?<=me)|(?<=li))tre(?=s?$)"
    r"|(?<=[a-z]{4})ll(?=(?:ed|ing|er|ers|ation)$)|(?<=[a-z]{2})yse(?=[sd]?$)|(?<=licen)[cs](?=e[sd]?$)|ogue(?=s?$)"
    r"|(?<=fulfi)ll(?=(?:s|ment)?$)|(?<=enro)ll(?=(?:s|ments?)?$)|(?<=insta)ll(?=ments?$)|(?<=(?:defen|offen))c(?=es?$)"
    r"|(?:(?<=\badvis)|(?<=\bconvert)|(?<=\bprotest)|(?<=\brequest))or(?=s?$)"
    r"|(?<=progra)mme(?=s?$)|(?<=(?:owled|..jud)g)e(?=ments?$)"
)
_AMERICAN = {
    "is": "iz",
    "our": "or",
    "or": "er",
    "tre": "ter",
    "ll": "l",
    "yse": "yze",
    "c": "s",
    "ogue": "og",
    "mme": "m",
    "e": "",
}
_BARE = "youre youve youll theyre theyve weve dont doesnt didnt isnt arent wasnt havent hasnt hadnt wouldnt couldnt"
_WITHOUT_APOSTROPHE = frozenset(_BARE.split())  # those that are no other word, as "were" is one
_CONTRACTIONS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'d": "would"}
_CONTRACTED = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not"}
_ANOTHER_WORD = re.compile(
    r"re-(?:sign|cover|form|creation|sent|treat|collect|count|lease|sort|present|serve|store)(?:e?d|s|ing)?",
    re.IGNORECASE,
)
"""With its hyphen to do so again, without it another word: ``re-sign``, ``resign``."""
_HYPHENS_AND_DOTS = re.compile(r"[-–.]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss"})
_ONE_WORD = {
    "whilst": "while",
    "amongst": "among",
    "learnt": "learned",
    "an": "a",
    "café": "cafe",
    "publically": "publicly",
}
_MAY_BE_ONE = re.compile(r"(?<=[^\W\d_]{3})\(s\)")  # a plural that may be one
_FORMS = {"ltd": "limited", "inc": "incorporated", "corp": "corporation", "co": "company"}
_FORMS |= {whole: whole for whole in _FORMS.values()}  # of a company, spelled out or not
_LEGAL = frozenset("inc llc llp lp ltd limited corp co plc pbc gmbh ag bv nv sa sas sarl srl spa ab pty pvt".split())  # noqa: SIM905
_OF_A_FORM = frozenset(",.")
_COMMUNITY = re.compile(r"lgbt?[qia2spk]*")  # its abbreviation has many forms
# What UTF-8 looks like where it is read as Windows-1252, and what stands where a character was lost.
_GARBLED = re.compile(
    "[\u00c2-\u00d6\u00d8-\u00df] ?[\u0080-\u00bf\u0152-\u0192\u02c6-\u2122'\" ]|\u00e2 ?\u20ac|[\u0080-\u009f\ufffd]"
    r"|[^\W\d_] \? [^\W\d_]"
)
_MARKS_GARBLED = re.compile(
    r"(?:\u00e2\u20ac[^\sa-z0-9]?|\u00c2[^\sa-z0-9]?)+"
)  # quotes, dashes, bullets, fixed blanks
_TAGS = re.compile(
    r"(?:< ?(?:/ ?)?(?:\d|(?:p|br|hr|b|i|u|em|strong|small|su[bp]|span|div|font|[uo]l|li|h[1-6]|img)"
    r"(?: (?:width|height|style|class|id|src|align|border|dir|lang|color|size|face) = \"[^<>\"]*\")*)"
    r" ?(?:/ ?)?>\s*\.?\s*)+"
)
"""Tags that a page shows, with what says how they look; those with a number are of software that translates pages."""
_NOT_ASCII = re.compile(r"[^a-z0-9]+")
_SKELETON = 3  # ASCII letters by which two sides are known to say the same
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_QUOTATION_MARKS = frozenset("\"'「」『』《》〈〉״׳")
_CHECKED, _CROSSED = frozenset("✓✔✅☑"), frozenset("✗✘❌✖✕❎☒☐")
_SPELLED = 24  # tokens; more that differ in their spelling alone are in several places
_ITEM_TOKENS = 9  # with marks of a heading that were not read as one
_OF_AN_ITEM = re.compile(r"#*\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)]", re.IGNORECASE)


def begin_apart(one: str, other: str) -> bool:
    """Return whether two tokens begin with other letters or figures of ASCII, which no spelling or slip alters."""
    first, second = one[0], other[0]
    return (
        first != second
        and first.isalnum()
        and second.isalnum()
        and first.isascii()
        and second.isascii()
        and first.lower() != second.lower()
    )


def differs_by_emphasis(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether the words differ by an underscore at their ends alone, which marked emphasis somewhere."""
    if not (old and new) or ("_" not in " ".join(old) and "_" not in " ".join(new)):
        return False  # as most
    # A dot is a word's before an underscore, and else a mark.
    return "".join([token.strip("_") for token in old]) == "".join([token.strip("_") for token in new])


def is_garbled(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether both sides are one text, one of them read in a wrong encoding or with its markup spelled out.

    Letters and digits of ASCII survive any encoding, so all of them must be the same.
    """
    if not (old and new):
        shown = " ".join(old or new) if (old or new)[0][0] in "&<" else " "
        return (shown[0] == "&" and not _plain(shown)) or (shown[0] == "<" and _TAGS.fullmatch(shown) is not None)
    before, after = " ".join(old), " ".join(new)
    both = before + after
    if "&" in both and _plain(before) == _plain(after):
        return True
    if both.isascii() and "?" not in both:
        return False  # as most: nothing was read wrongly
    if not both.isascii() and (_is_read_again(old, new) or _is_read_again(new, old)):
        return True
    if not both.isascii() and (_misread(before) == after or _misread(after) == before):
        return True
    if not both.isascii() and (_is_read_as_japanese(old, new) or _is_read_as_japanese(new, old)):
        return True
    skeletons = [_NOT_ASCII.sub("", side.lower()) for side in (before, after)]
    if skeletons[0] != skeletons[1]:
        return False
    if len(skeletons[0]) < _SKELETON:
        marks = [re.sub(r"[\sa-z0-9]+", "", side.lower()) for side in (before, after)]
        garbled = [_MARKS_GARBLED.fullmatch(one) is not None for one in marks]
        return sum(garbled) == 1 and is_only_punctuation(tokenise(marks[garbled.index(False)]))
    return sum(_GARBLED.search(side) is not None for side in (before, after)) == 1


def _is_read_again(garbled: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether the bytes of one side, read as UTF-8, are marks, as the other side is; letters are compared."""
    text = "".join(garbled)
    if text.isascii() or not is_only_punctuation(right):
        return False
    try:
        marks = text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return len(marks) < len(text) and tokenise(marks) == list(right)


def _is_read_as_japanese(garbled: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether one side is the other with Windows-1252 read as Shift JIS, which takes letters for a part of a
    character.
    """
    try:
        text = "".join(garbled).encode("cp932").decode("cp1252")
    except UnicodeError:
        return False
    return text.replace("\u2019", "'") == "".join(right)


def _misread(text: str) -> str:
    """Return what UTF-8 looks like where it is read as Windows-1252."""
    return " ".join(text.encode("utf-8", "ignore").decode("cp1252", "ignore").split())


def _plain(text: str) -> str:
    return "".join(unescape(unescape("".join(text.split()))).split())


def is_only_space(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether the characters are the same but for capitals, and only where words end differs."""
    if not (old and new) or old[0][0].lower() != new[0][0].lower():
        return False  # as most
    one, other = (_RANGE.sub("-", "".join(side).lower()) for side in (old, new))
    if one != other:
        return False
    # Of two numbers in a row a space makes others.
    return not any(one[-1].isdigit() and two[0].isdigit() for side in (old, new) for one, two in pairwise(side))


def is_only_spelling(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether the words are the same in another spelling: with a hyphen or without, British or American, with
    ``ё`` or ``е``.
    """
    if not (old and new) or max(len(old), len(new)) > _SPELLED:
        return False
    if are_same_letters(old, new):
        return True
    if old[0].lower() in _FORMS and new[0].lower() in _FORMS:
        forms = [[_FORMS.get(word.lower(), word) for word in side if word != "."] for side in (old, new)]
        return forms[0] == forms[1]
    if _differ_by_marks_of_a_form(old, new):
        return True
    if len(old) == len(new) == 1 and _lost_the_accent_of_its_capital(old[0], new[0]):
        return True
    first, second = (side[0][0].casefold().translate(_UMLAUTS) for side in (old, new))
    if first[0] != second[0] and first.isalnum() and second.isalnum():
        return False  # as most; no spelling alters a beginning
    if any(_ANOTHER_WORD.fullmatch(token) for token in (*old, *new)):
        return False
    one, other = (_HYPHENS_AND_DOTS.sub("", "".join(side).casefold()) for side in (old, new))
    if one[:1].translate(_UMLAUTS)[:1] != other[:1].translate(_UMLAUTS)[:1] or abs(len(one) - len(other)) > len(
        old
    ) + len(new):
        return False
    if one.isalpha() and one == other:
        return True
    if "'" in one + other and one.replace("'", "") == other.replace("'", "") in _WITHOUT_APOSTROPHE:
        return True
    if one.translate(_UMLAUTS) == other.translate(_UMLAUTS) and one.isalpha():
        return True
    if "(s)" in one + other:
        return _MAY_BE_ONE.sub("s", one) == _MAY_BE_ONE.sub("s", other)
    olds, news = ([word for token in side for word in _one_spelling(token.casefold())] for side in (old, new))
    return olds == news or [word.replace("'", "") for word in olds] == [word.replace("'", "") for word in news]


def _lost_the_accent_of_its_capital(one: str, other: str) -> bool:
    """Return whether two words differ by the accent of their first letter alone, a capital: many write none there."""
    bare = {unicodedata.normalize("NFD", word[0])[0] for word in (one, other)}
    return one[1:] == other[1:] and bare <= set("AEIOUC") and len(bare) == 1 and {one[0], other[0]}.isdisjoint("ÄÖÜ")


def is_legal_form(token: str) -> bool:
    """Return whether a token is the abbreviated legal form of a company, with or without its dots."""
    return token[0].isupper() and token.replace(".", "").lower() in _LEGAL


def _differ_by_marks_of_a_form(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether the words are the same but for dots in the legal form of a company and the comma before it."""
    if not (any(map(is_legal_form, old)) and any(map(is_legal_form, new))):
        return False  # as most
    olds, news = ([word.replace(".", "").lower() for word in words_of(side)] for side in (old, new))
    return olds == news and all(is_word(token) or token in _OF_A_FORM for token in (*old, *new))


def _one_spelling(word: str) -> list[str]:
    if word in _CONTRACTED:
        return _CONTRACTED[word].split()
    if word in _ONE_WORD:
        return [_ONE_WORD[word]]
    if _COMMUNITY.fullmatch(word):
        return ["lgbt"]
    for end, whole in _CONTRACTIONS.items():
        if word.endswith(end) and len(word) > len(end):
            return [word.removesuffix(end), whole]
    word = without_accents(word)
    return [_SPELLINGS.sub(lambda found: _AMERICAN.get(found[0], found[0]), word).replace("ё", "е")]


def is_only_punctuation(tokens: Sequence[str]) -> bool:
    """Return whether no token is a word, a number or a sign of an amount."""
    return not any(is_word(token) or token in _MEANS_AN_AMOUNT for token in tokens)


def quotes_otherwise(old: Sequence[str], new: Sequence[str], before: Sequence[str]) -> bool:
    """Return whether quotation marks became those of another kind; behind a number they are feet, or minutes."""
    is_behind_a_number = any(character.isdigit() for character in "".join(before))
    return bool(old and new) and _QUOTATION_MARKS.issuperset((*old, *new)) and not is_behind_a_number


def signs_a_number(tokens: Sequence[str], start: int, end: int, first: int) -> bool:
    """Return whether these tokens end with a minus right before a number inside the block that begins at `first`: a
    dash that stands between two spaces is none, nor is one that a line begins with.
    """
    return start < end < len(tokens) and tokens[end - 1] == _MINUS and end - 1 > first and tokens[end][0].isdigit()


def holds_tick(tokens: Sequence[str]) -> bool:
    """Return whether one of these tokens is a tick or a cross."""
    return not (_CHECKED | _CROSSED).isdisjoint(tokens)


def tick_alike(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether both are the same answer in another form."""
    return any(bool(old and new) and signs.issuperset((*old, *new)) for signs in (_CHECKED, _CROSSED))


def ticks_otherwise(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether what was ticked is crossed out, or the other way round."""
    return any(one & set(old) and other & set(new) for one, other in ((_CHECKED, _CROSSED), (_CROSSED, _CHECKED)))


def ends_a_sentence(tokens: Sequence[str], start: int, end: int, behind: str) -> bool:
    """Return whether these tokens end a sentence before a word with a capital, which has none in the other text:
    `behind` is its word there. A script without capitals shows only that words follow.
    """
    if end - start != 1 or tokens[start] not in _ENDS or not start < end < len(tokens) or not start:
        return False
    word, before = tokens[end], tokens[start - 1]
    if word.lower() != behind.lower() or not (word.isalpha() and is_word(before)):
        return False
    return word[0] != behind[0] or word.lower() == word.upper()


def is_number_of_an_item(tokens: Sequence[str]) -> bool:
    """Return whether tokens are the number of an item or a part, with its mark: ``3.`` or ``a)``."""
    return len(tokens) <= _ITEM_TOKENS and _OF_AN_ITEM.fullmatch("".join(tokens)) is not None
