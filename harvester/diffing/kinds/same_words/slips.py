"""Slips of the pen: words that are doubled or one too many, and a word of which the right form is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.kinds.wording import is_only_case
from harvester.diffing.text.tokens import count_words, is_word, words_of

_LETTERS = 7  # fewer are too near to another word
_MISSING = 8
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûãõåæø")
_DETERMINERS = frozenset("the a an this these those your our their its my".split())  # noqa: SIM905
# Words of policies that one slip of the pen turns into each other: here it is no slip.
_PAIRS = (
    "contact/contract content/consent content/context content/contest context/contest protect/project casual/causal"
    " martial/marital deletion/depletion deletion/delation prescribe/proscribe adverse/averse personal/personnel"
    " disclose/disclosed interstate/intrastate transmission/transition direction/discretion relation/revelation"
    " collection/correction election/selection exception/reception complement/compliment principal/principle"
    " preserve/perverse conversation/conservation transaction/translation adapting/adopting adapted/adopted"
    " addition/addiction alteration/altercation alteration/alternation actions/auctions compiled/complied"
    " compiles/complies complete/compete completed/competed countries/counties contacting/contracting"
    " contactor/contractor decides/decodes decided/decoded deciding/decoding deleted/depleted deleting/depleting"
    " derived/deprived department/deportment existing/exiting expense/expanse experts/exports external/eternal"
    " finding/funding handling/handing imparted/imported indicated/indicted indicating/indicting inquires/inquiries"
    " landing/lending leading/loading listing/lasting message/massage messages/massages messaging/massaging"
    " misusing/missing national/notional portions/potions posting/pasting prescription/proscription promise/premise"
    " promises/premises relying/replying relying/relaying reminder/remainder reminders/remainders retained/retrained"
    " retains/retrains rewards/rewords routing/rooting selling/spelling sending/spending setting/settling"
    " setting/sitting started/startled starting/stating stopping/stepping storing/staring studies/studios"
    " testing/tasting tracked/tricked tracking/tracing tracking/tricking tracking/trucking"
)
_REAL = frozenset(frozenset(pair.split("/")) for pair in _PAIRS.split())


@cache
def common_words() -> frozenset[str]:
    """Return English words of seven letters or more that stand in at least four of some 160 policies."""
    return frozenset(files("harvester.diffing.text").joinpath("common_words.txt").read_text(encoding="ascii").split())


def is_slip(old: Sequence[str], new: Sequence[str], knows: Callable[[str], bool]) -> bool:
    """Return whether words of the same number differ by slips of the pen: of each pair, one is a word that `knows`
    knows, and one is not.
    """
    if len(old) == len(new) == 1 and (_stutters(old[0], new[0]) or _stutters(new[0], old[0])):
        return True
    if _are_one_genitive(old, new):
        return True
    first, other_first = (next(filter(is_word, side), "").casefold() for side in (old, new))
    if not (first and other_first) or not (first == other_first or _slipped(first, other_first, knows)):
        return False  # as most
    olds, news = words_of(old), words_of(new)
    if len(olds) != len(news):
        return False
    pairs = zip(map(str.casefold, olds), map(str.casefold, news), strict=True)
    return all(one == other or _slipped(one, other, knows) for one, other in pairs)


def _are_one_genitive(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether one word that ends in s is in the genitive on both sides: ``services's``, ``services'``."""
    shorter, longer = sorted(("".join(side).lower() for side in (old, new)), key=len)
    return shorter.endswith("s'") and longer == f"{shorter}s" and shorter[:-1].isalpha()


def _stutters(one: str, other: str) -> bool:
    """Return whether one word is the other with its first letter twice, then as a capital: no word is so."""
    return (
        one[:1].lower() == one[1:2].lower()
        and one[1:2].isupper()
        and one[2:3].islower()
        and one[1:].lower() == other.lower()
    )


def _slipped(one: str, other: str, knows: Callable[[str], bool]) -> bool:
    if abs(len(one) - len(other)) > 1 or one[0] != other[0] or one[-1] != other[-1]:
        return False
    if one[-2:] != other[-2:]:  # the ending of another form, but where only one of them is a word of English policies
        is_vowel = one[:-2] == other[:-2] and {one[-2:-1], other[-2:-1]} <= _VOWELS and len(one) >= _LETTERS
        return is_vowel and not common_words().isdisjoint((one, other)) and knows(one) != knows(other)
    shorter, longer = sorted((one, other), key=len)
    if not (shorter.isalpha() and longer.isalpha()) or len(shorter) < _LETTERS or frozenset((one, other)) in _REAL:
        return False
    start = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    tails = zip(reversed(shorter), reversed(longer), strict=False)
    end = next((n for n, (a, b) in enumerate(tails) if a != b), len(shorter))
    end = min(end, len(shorter) - start)
    if start < 1 or end < 1:  # another beginning, or another form of the word
        return False
    here, there = shorter[start : len(shorter) - end], longer[start : len(longer) - end]
    if len(here) == len(there):
        slipped = here == there[::-1] if len(here) == 2 else {here, there} <= _VOWELS
    elif here or len(there) != 1:
        slipped = False
    else:
        doubled = longer[start - 1] == there or longer[start + 1 : start + 2] == there
        slipped = doubled or len(longer) >= _MISSING
    # Two words, or two that nobody knows: they may differ in meaning.
    return slipped and knows(one) != knows(other)


def is_doubled(side: Side, start: int, end: int) -> bool:
    """Return whether words are there twice, once in the changed tokens ``start:end`` and once beside them: in the same
    block, or each as a block. An item of a list may be the last word of the one before ("Customer support", "Support"),
    and a figure is of one number (``10 000 000``).
    """
    tokens = side.tokens
    first, length = tokens[start].casefold(), end - start
    for beside in (start - length, end):
        if 0 <= beside < len(tokens) and tokens[beside].casefold() == first:  # as few are
            changed, kept = tokens[start:end], tokens[beside : beside + length]
            if is_only_case(changed, kept) and _are_alike(side, (start, end), (beside, beside + length)):
                return count_words(changed) == length and not hold_digit(changed)
    return False


def _are_alike(side: Side, changed: tuple[int, int], kept: tuple[int, int]) -> bool:
    """Return whether two ranges of tokens are of one block, or both are whole blocks."""
    block, other = side.block_at(changed[0]), side.block_at(kept[0])
    return block == other or (block == changed and other == kept)


def is_one_too_many(tokens: Sequence[str], start: int, end: int) -> bool:
    """Return whether one word was taken for another that was left beside it: of two articles or possessives in a row
    English has none.
    """
    beside = (tokens[start - 1 : start], tokens[end : end + 1])
    return (
        end - start == 1
        and tokens[start].lower() in _DETERMINERS
        and any(one and one[0].lower() in _DETERMINERS for one in beside)
    )
