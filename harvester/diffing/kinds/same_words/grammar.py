"""Slips of English grammar: a word in the number or the form of another sentence than its own."""

from __future__ import annotations

from harvester.diffing.kinds.passages import Side

_FORMS = frozenset(map(frozenset, (("has", "have"), ("does", "do"), ("is", "are"), ("was", "were"))))
"""Both numbers of one verb at one time."""
_WHICH = frozenset({"that", "which", "who"})
"""Words behind which the number of a verb tells of what is spoken (``partners of Acme that have``)."""
_BEFORE_VERBS = frozenset("we they he she will may can must shall should would could might cannot".split())  # noqa: SIM905
"""Words right behind which no noun stands; so does "I", but a small "i" is "in" or "and" in other languages."""
_WORDS = (
    "agree allow apply become believe choose collect comply comprise consider decide describe determine disclose"
    " enable ensure exist explain give govern include inform maintain obtain occur operate protect provide receive"
    " refer require retain strive take make get keep ask know learn delete remove create contain serve belong"
    " identify expire appear relate remain understand"
)
_VERBS = frozenset(_WORDS.split())
"""Verbs of policies that are no nouns, whose plural would be written alike."""
_ALSO_NOUNS = frozenset("use need process share store transfer record request send ask host display track".split())  # noqa: SIM905
_BE = frozenset("is are was were be been being".split())  # noqa: SIM905
_BETWEEN = frozenset("not also only always never".split())  # noqa: SIM905
_POINTING = frozenset(map(frozenset, (("this", "these"), ("this", "those"))))
"""Words that point to one thing and to several; "that" may begin a clause."""
_ARTICLES = frozenset({"a", "an"})
_WHOSE = frozenset(map(frozenset, (("our", "ours"), ("your", "yours"), ("their", "theirs"), ("her", "hers"))))
_THERE = frozenset({"their", "there"})
_VERBS_ALONE = _BE | frozenset("may can will must shall should would could has have might".split())  # noqa: SIM905
_YOURS = frozenset({"you", "your"})
_BEFORE_YOURS = frozenset(
    "in on of with by through into at via within use keep store protect share delete collect process sell disclose"  # noqa: SIM905
    " update".split()
)
"""Prepositions, and verbs that give nobody anything."""
_UNCOUNTABLE = frozenset("information data software hardware feedback advice equipment traffic".split())  # noqa: SIM905
_DOCUMENTS = frozenset({"policy", "statement", "notice"})


def is_slip(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether one word stands in another form, of which the words beside it allow one."""
    if any(end - start != 1 for _, start, end in (went, came)):
        return False  # as most
    return (
        is_agreement(went, came)
        or _is_participle(went, came)
        or _is_one_thing(went, came)
        or _points_otherwise(went, came)
        or _is_whose_it_is(went, came)
        or _is_uncountable(went, came)
        or _is_there(went, came)
        or _names_whose_document_it_is(went, came)
    )


def _beside(part: tuple[Side, int, int], step: int) -> str:
    """Return the word before (-1) or behind (1) a token in its block, in lower case; nothing at its ends."""
    side, at, _ = part
    first, last = side.block_at(at)
    return side.tokens[at + step].lower() if first <= at + step < last else ""


def _is_participle(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether a verb behind a form of "be" lost its ending, or got it: ``is normally require``."""
    verb, participle = sorted((side.tokens[start].lower() for side, start, _ in (went, came)), key=len)
    if verb not in _VERBS | _ALSO_NOUNS or participle not in (f"{verb}d", f"{verb}ed", f"{verb[:-1]}ied"):
        return False
    side, at, _ = went
    before = _beside(went, -1)
    if before in _BETWEEN or before.endswith("ly"):
        before = _beside((side, at - 1, at), -1)
    return before in _BE


def _is_one_thing(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether a word right behind "a" has the ending of several things: ``a webinars``."""
    before = _beside(went, -1)
    if before not in _ARTICLES or before != _beside(came, -1):
        return False
    one, several = sorted((side.tokens[start].lower() for side, start, _ in (went, came)), key=len)
    return one.isalpha() and several in _third_persons(one)


def _is_whose_it_is(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether a possessive has another form before the same word, which allows one: ``ours site``. "You" for
    "your" may be whom something is given to, but behind words that take no such thing.
    """
    pair = frozenset(side.tokens[start].lower() for side, start, _ in (went, came))
    behind = _beside(went, 1)
    if not behind.isalpha() or behind != _beside(came, 1):
        return False
    return pair in _WHOSE or (pair == _YOURS and _beside(went, -1) in _BEFORE_YOURS)


def _is_uncountable(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether a word that English does not count has a plural or not: ``informations``."""
    one, other = sorted((side.tokens[start].lower() for side, start, _ in (went, came)), key=len)
    return one in _UNCOUNTABLE and other == f"{one}s"


def _is_there(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether "their" stands before a verb, where it can only be "there"."""
    pair = frozenset(side.tokens[start].lower() for side, start, _ in (went, came))
    return pair == _THERE and _beside(went, 1) == _beside(came, 1) and _beside(went, 1) in _VERBS_ALONE


def _names_whose_document_it_is(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether a name before that of a privacy document is in the genitive or not: ``Acme's Privacy Policy``."""
    one, other = sorted((side.tokens[start] for side, start, _ in (went, came)), key=len)
    return other == f"{one}'s" and _beside(went, 1) == "privacy" and _beside(went, 2) in _DOCUMENTS


def _points_otherwise(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether a word points to several things or to one, before the same word: ``those information``."""
    if frozenset(side.tokens[start].lower() for side, start, _ in (went, came)) not in _POINTING:
        return False
    behind = _beside(went, 1)
    return behind.isalpha() and behind == _beside(came, 1)


def is_agreement(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether one verb stands in the other number: its subject, which is as it was, says how many there are.

    Not behind ``that``, nor where the word may be a noun.
    """
    words = []
    for side, start, end in (went, came):
        if end - start != 1 or start == side.block_at(start)[0]:
            return False
        words.append(side.tokens[start].lower())
    beside = went[0].tokens[went[1] - 1]
    before = beside.lower()
    if before in _WHICH or before != came[0].tokens[came[1] - 1].lower():
        return False
    if frozenset(words) in _FORMS:
        return True
    one, other = sorted(words, key=len)
    return other in _third_persons(one) and (one in _VERBS or before in _BEFORE_VERBS or beside == "I")


def _third_persons(verb: str) -> tuple[str, ...]:
    """Return how the third person of a verb is or may be spelled."""
    return (f"{verb}s", f"{verb}es", f"{verb[:-1]}ies") if verb.endswith("y") else (f"{verb}s", f"{verb}es")
