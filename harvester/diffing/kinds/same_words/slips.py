"""Slips of the pen: words that are doubled or one too many, and a word of which the right form is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.same_words.letter_forms import is_only_case
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.kinds.vocabulary import DENIES
from harvester.diffing.text.blocks import BlockKind
from harvester.diffing.text.tokens import count_words, is_word, words_of

_COURTEOUS = frozenset({"please", "kindly"})
_HAVE = frozenset({"have", "with", "has"})
_QUESTIONS = frozenset("question questions comment comments concern concerns query queries suggestions".split())  # noqa: SIM905
_LAWS = frozenset({"act", "acts", "directive", "regulation", "regulations", "law", "code"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTERS = 7  # fewer are too near to another word
_MISSING = 8
_BEFORE = 2  # letters before one that was lost or added in a word of another language, and behind it
_BEHIND = 4
_STUTTER = 3
_COMPOUND = 9
_OF_A_SENTENCE = 5  # tokens; fewer may be the name of something
_OF_AN_ITEM = 12  # likewise, of a list
_MISSPELLINGS = (
    "adress/address adresses/addresses accross/across acess/access becuase/because beleive/believe colect/collect"
    " privcy/privacy recomend/recommend reccomend/recommend teh/the thier/their untill/until usefull/useful wich/which"
    " ammend/amend ammended/amended ammendment/amendment ammendments/amendments seucre/secure useing/using"
    " acount/account acounts/accounts buisness/business comming/coming writting/writing writen/written"
    " sevice/service sevices/services"
    " polcy/policy privay/privacy emial/email befor/before mesage/message mesages/messages posible/possible"
    " realy/really truely/truly wether/whether yuor/your yuo/you hte/the taht/that adn/and diffrent/different"
    " folowing/following"
    " follwing/following infomation/information webiste/website vistor/visitor vistors/visitors usally/usually"
    " occured/occurred refered/referred prefered/preferred transfered/transferred comunicate/communicate"
    " garantee/guarantee goverment/government immediatly/immediately lisence/license existance/existence"
)
_MISSPELT = frozenset(frozenset(pair.split("/")) for pair in _MISSPELLINGS.split())
"""Words that are spelled so by mistake alone, too short or too far from the right one to be known by their form."""
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûãõåæø")
_DETERMINERS = tuple(
    frozenset(words.split()) for words in ("the a an this these those your our their its my", "de het dit deze uw onze")
)
"""Articles, possessives and demonstratives of languages."""
_ARTICLES = frozenset({"a", "an", "the"})
_WITHOUT_ARTICLE = frozenset({"another", "any", "each", "every"})
"""Determiners that say more than an article, before which none stands."""
_FOR_A_NOUN = frozenset("this these those dit deze".split())  # noqa: SIM905
"""Those that also stand for a noun, right before an article too ("we give this our attention")."""
_BEHIND_A_PREPOSITION = frozenset({"het"})
"""Likewise, but not behind a preposition: of the pronoun Dutch makes one word with it (``ervan``)."""
_PREPOSITIONS = frozenset("van op in voor aan bij met door over uit naar tot onder tegen tussen via".split())  # noqa: SIM905
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
    " license/licensee addresses/addressees completing/competing confirmation/conformation confirmed/conformed"
    " confirming/conforming ensuring/ensuing withdraw/withdrew override/overrode therein/thereon leaders/loaders"
    " install/instill installed/instilled breaches/beaches settings/sittings signing/singing dealing/dialing"
    " labeled/libeled binding/bending binding/bonding decades/decodes hosting/hoisting whether/whither threats/throats"
    " scoring/scouring"
    " bestätigen/betätigen bestätigung/betätigung bestätigt/betätigt"
    " contatto/contratto contatti/contratti contattare/contrattare contattarci/contrattarci contattuale/contrattuale"
    " crashes/crushes testing/tasting tracked/tricked tracking/tracing tracking/tricking tracking/trucking"
)
_REAL = frozenset(frozenset(pair.split("/")) for pair in _PAIRS.split())


@cache
def common_words() -> frozenset[str]:
    """Return English words of seven letters or more that stand in at least four of some 160 policies."""
    return frozenset(files("harvester.diffing.text").joinpath("common_words.txt").read_text(encoding="ascii").split())


@cache
def common_words_of_languages() -> frozenset[str]:
    """Return German, French, Spanish, Portuguese, Italian and Dutch words of eight letters or more, of policies and
    terms of at least two companies.
    """
    listed = files("harvester.diffing.text").joinpath("common_words_of_languages.txt")
    return frozenset(listed.read_text(encoding="utf-8").split())


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


def lost_its_first_letter(parts: Sequence[tuple[Side, int, int]], knows: Callable[[str], bool]) -> bool:
    """Return whether the first word of a paragraph is the same without its capital (``es données``, ``Les données``),
    and what is left is no word that `knows` knows.
    """
    if any(end - start != 1 or start != side.block_at(start)[0] for side, start, end in parts):
        return False  # as most
    lengths = [side.block_at(start)[1] - start for side, start, _ in parts]
    is_item = any(side.block_of(start).kind is not BlockKind.PARAGRAPH for side, start, _ in parts)
    if min(lengths) <= (_OF_AN_ITEM if is_item else _OF_A_SENTENCE):
        return False
    left, whole = sorted((side.tokens[start] for side, start, _ in parts), key=len)
    return (
        whole[0].isupper()
        and whole[1:] == left
        and left.islower()
        and DENIES.isdisjoint((whole.lower(), left))
        and not knows(left)
    )


def _are_one_genitive(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether one word is in the genitive on both sides: ``Acme's``, ``Acme'``, ``user's``, ``users'``."""
    if not (old and new) or {old[-1][-1], new[-1][-1]}.isdisjoint("'"):
        return False  # as most
    shorter, longer = sorted(("".join(side).lower() for side in (old, new)), key=len)
    if len(shorter) == len(longer):
        return shorter.replace("'", "") == longer.replace("'", "") and shorter.replace("'", "").isalpha()
    return shorter.endswith("'") and longer == f"{shorter}s" and shorter[:-1].isalpha()


def _stutters(one: str, other: str) -> bool:
    """Return whether one word is the other with its first letters twice, then with a capital: no word is so."""
    twice = len(one) - len(other)
    return (
        0 < twice <= _STUTTER
        and one[:twice].lower() == one[twice : 2 * twice].lower()
        and one[twice : twice + 1].isupper()
        and one[twice + 1 : twice + 2].islower()
        and one[twice:].lower() == other.lower()
    )


def _slipped(one: str, other: str, knows: Callable[[str], bool]) -> bool:
    if one[0] != other[0]:
        return False  # as most
    if frozenset((one, other)) in _MISSPELT or _slipped_at_the_end(one, other, knows):
        return True
    if abs(len(one) - len(other)) > 1 or one[-1] != other[-1]:
        return False
    if frozenset((one, other)) in _REAL:
        return False
    if one[-2:] != other[-2:]:  # the ending of another form, but where only one of them is a word of English policies
        is_vowel = one[:-2] == other[:-2] and {one[-2:-1], other[-2:-1]} <= _VOWELS and len(one) >= _LETTERS
        return is_vowel and not common_words().isdisjoint((one, other)) and knows(one) != knows(other)
    if "-" in one:
        return _slipped_in_a_compound(one, other) and knows(one) != knows(other)
    shorter, longer = sorted((one, other), key=len)
    if not (shorter.isalpha() and longer.isalpha()) or len(shorter) < _LETTERS:
        return False
    start = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    tails = zip(reversed(shorter), reversed(longer), strict=False)
    end = next((n for n, (a, b) in enumerate(tails) if a != b), len(shorter))
    end = min(end, len(shorter) - start)
    if start < 1 or end < 1:  # another beginning, or another form of the word
        return False
    here, there = shorter[start : len(shorter) - end], longer[start : len(longer) - end]
    # Another vowel, or a letter less, makes another tense, or denies, in many languages: only English words are listed.
    is_english = not common_words().isdisjoint((one, other))
    if len(here) == len(there):
        slipped = here == there[::-1] if len(here) == 2 else is_english and {here, there} <= _VOWELS
    elif here or len(there) != 1:
        slipped = False
    else:
        doubled = longer[start - 1] == there or longer[start + 1 : start + 2] == there
        # In these languages tenses differ behind the stem, and what denies stands before it.
        is_inside = start >= _BEFORE and end >= _BEHIND and len(shorter) >= _MISSING
        is_listed = is_inside and not common_words_of_languages().isdisjoint((one, other))
        slipped = doubled or is_listed or (is_english and len(longer) >= _MISSING)
    # Two words, or two that nobody knows: they may differ in meaning.
    return slipped and knows(one) != knows(other)


def _slipped_at_the_end(one: str, other: str, knows: Callable[[str], bool]) -> bool:
    """Return whether the last letter of a word is there twice, or the two before it changed places."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _LETTERS or frozenset((one, other)) in _REAL:
        return False
    if len(longer) == len(shorter):
        swapped = f"{longer[:-3]}{longer[-2]}{longer[-3]}{longer[-1]}"
        return longer != shorter == swapped and knows(one) != knows(other)
    # A plural is no slip of the pen ("princes", "princess").
    is_doubled = longer == f"{shorter}{shorter[-1]}" and (shorter[-1] != "s" or shorter.endswith("ss"))
    return is_doubled and knows(shorter) and not knows(longer)


def _slipped_in_a_compound(one: str, other: str) -> bool:
    """Return whether one letter inside a long compound is another: of two such words hardly ever both are one."""
    if len(one) != len(other) or len(one) < _COMPOUND or not (one + other).replace("-", "").isalpha():
        return False
    return sum(letter != there for letter, there in zip(one, other, strict=True)) == 1


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


def is_polite(token: str) -> bool:
    """Return whether a word is only polite."""
    return token.lower() in _COURTEOUS


def is_one_too_many(tokens: Sequence[str], start: int, end: int) -> bool:
    """Return whether one word was taken for another that was left beside it: of two articles or possessives in a row,
    of which the first stands for no noun, English and Dutch have none. An English article before an abbreviation in
    capitals says nothing, nor one before "another" and the like, nor "of" between an act and its year, nor a word that
    is only polite.
    """
    if end - start != 1:
        return False
    before, one, two, three = (
        tokens[place].lower() if 0 <= place < len(tokens) else "" for place in range(start - 2, start + 2)
    )
    if is_polite(two) or (two == "any" and one in _HAVE and three in _QUESTIONS):
        return True
    if two == "of" and one in _LAWS and _YEAR.fullmatch(three):
        return True
    if two in _ARTICLES and three in _WITHOUT_ARTICLE:
        return True
    is_before_a_name = two == "the" and start + 1 < len(tokens) and _is_abbreviated(tokens[start + 1])
    return is_before_a_name or _are_two_for_one(before, one, two) or _are_two_for_one(one, two, three)


def _is_abbreviated(token: str) -> bool:
    """Return whether a token is an abbreviation in capitals, in the genitive or not."""
    name = token.removesuffix("'s")
    return len(name) > 1 and name.isalpha() and name.isupper()


def _are_two_for_one(before: str, first: str, second: str) -> bool:
    if first in _FOR_A_NOUN or (first in _BEHIND_A_PREPOSITION and before not in _PREPOSITIONS):
        return False
    return any(first in words and second in words for words in _DETERMINERS)
