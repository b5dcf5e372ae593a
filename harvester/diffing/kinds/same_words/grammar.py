"""Slips of English grammar: a verb in the number of another subject than its own, which stays as it was."""

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
    " refer require retain strive take"
)
_VERBS = frozenset(_WORDS.split())
"""Verbs of policies that are no nouns, whose plural would be written alike."""


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
