"""Enumerations whose members are the same in another order: bullets of one list, or names in a row."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import COMMON_WORDS, is_word
from harvester.diffing.words import Hunk
from harvester.lru import remember_short

_ORDER = re.compile(
    r"\b(?:order|first|second|primar\w+|mainly|chiefly|especially|then|before|after|priorit\w+|respectively|rank\w*|steps?|above|below|previous|next|latter"
    r"|former|zuerst|zunächst|dann|danach|reihenfolge|vorrang\w*|jeweils|schritte?n?|oben|ordre|abord|ensuite|puis|priorité"
    r"|respectivement|étapes?|orden|primero|luego|después|respectivamente|pasos?|prioridad\w*|ordine|prima|poi"
    r"|rispettivamente|ordem|primeiro|depois|passos?|volgorde|eerst|daarna|respectievelijk|stappen|kolejn\w+|najpierw"
    r"|następnie|odpowiednio|ordning|först|sedan|sıra\w*|önce|сначала|затем|порядк\w+|соответственно|очерёдност\w+)\b"
    r"|順|次の手順|顺序|依次|순서"
)
"""Words by which the order of what is named has a meaning."""
_CONJUNCTIONS = frozenset("and or und oder et ou y o e en of og och eller i oraz lub ve veya и или &".split())  # noqa: SIM905
_COMMAS = frozenset(",;、，")
_ENDS = frozenset(".;:)!?。")
_LEADS_WORDS = (
    "with from to of for by via in on at as about including include includes like your our their his her its the"
    " collect share process store use mit von an für durch aus auf über bei wie einschließlich ihre ihren ihrer unsere"
    " unseren erheben verarbeiten avec de des du à aux par pour dans votre vos nos les comme con a para por su sus"
    " nuestros los las como incluidos per da di tra il suo vostri gli com seus suas nossos os met van aan voor door uw"
    " onze zoals z od do dla przez jak med till från för av vår våra ile с от для к в"
)
_LEADS = frozenset(_LEADS_WORDS.split())
"""Words that go with all that is named behind them, as no adjective need."""
MOST_OF_A_ROW = 60  # tokens; hunks are fewer, since some of them are between any two
_NOUN = 3  # words
_NO_NOUN = ("ing", "ed", "ly", "cept", "less")


def items_in_both(
    old: Sequence[Block], new: Sequence[Block], governing: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return where the items of both texts begin that stand as often in one list of each, if their order means nothing
    there: bullets of one level, under one heading and announcement.
    """
    lists = [_lists_of(blocks, over) for blocks, over in zip((old, new), governing, strict=True)]
    found: list[set[int]] = [set(), set()]
    for over in lists[0].keys() & lists[1].keys():
        counts = [Counter(map(said_by, side[over])) for side in lists]
        for starts, side in zip(found, lists, strict=True):
            starts.update(item.start for item in side[over] if counts[0][said_by(item)] == counts[1][said_by(item)])
    return frozenset(found[0]), frozenset(found[1])


def _lists_of(blocks: Sequence[Block], governing: Sequence[tuple[str, str]]) -> dict[tuple[str, ...], list[Block]]:
    """Return the items of bullet lists, by what governs each list: its heading, announcement, and the block over it."""
    found: defaultdict[tuple[str, ...], list[Block]] = defaultdict(list)
    for start, end in _runs(blocks):
        items = blocks[start:end]
        over = (*governing[start], blocks[start - 1].inline.folded if start else "")
        if (
            end - start > 1
            and not any(item.label or item.level != items[0].level for item in items)
            and not any(map(_names_an_order, (*over, *(item.inline.folded for item in items))))
        ):
            found[over] += items
    return found


@remember_short  # asked of the same items in each comparison of their text
def _names_an_order(folded: str) -> bool:
    return _ORDER.search(folded) is not None


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    start = 0
    for place in range(len(blocks) + 1):
        if place == len(blocks) or blocks[place].kind is not BlockKind.ITEM:
            if place > start:
                yield start, place
            start = place + 1


def said_by(item: Block) -> str:
    """Return what an item says, without the mark behind it, which tells its place in the list."""
    return item.inline.folded.rstrip(" ,;.、。")


def orders_otherwise(old: Side, new: Side, hunks: Sequence[Hunk]) -> bool:
    """Return whether all that was altered in one block is the order of words or names in a row.

    What goes with all of them stands before them, and nothing behind: of `names and addresses of children` the end may
    belong to the last only, of `encrypted names and addresses` the beginning to the first.
    """
    first, last = hunks[0], hunks[-1]
    if last.old_end - first.old_start not in range(1, MOST_OF_A_ROW + 1):
        return False
    if last.new_end - first.new_start > MOST_OF_A_ROW:
        return False
    olds, news = old.tokens[first.old_start : last.old_end], new.tokens[first.new_start : last.new_end]
    if len({*olds}) < 2 or not {*olds} ^ {*news} <= _COMMAS:
        return False  # as most
    sides = ((old, first.old_start, last.old_end), (new, first.new_start, last.new_end))
    members = [_members(side, start, end) for side, start, end in sides]
    return bool(members[0]) and members[0] == members[1]


def _members(side: Side, start: int, end: int) -> tuple[list[str], list[str]] | None:
    """Return the members of the row that is all of a range of tokens, sorted, and the words between them."""
    block = side.block_at(start)
    if end - start < 3 or end > block[1]:
        return None
    before, behind = side.tokens[start - 1 : start] if start > block[0] else [":"], side.tokens[end : end + 1]
    if end < block[1] and behind[0] not in _ENDS:
        return None
    if not (before[0] in _COMMAS or before[0] in ":(" or before[0].lower() in _LEADS | _CONJUNCTIONS):
        return None
    if _ORDER.search(side.part(*block).lower()):
        return None
    members: list[list[str]] = [[]]
    between: list[str] = []
    for token in side.tokens[start:end]:
        word = token.lower()
        if token in _COMMAS or word in _CONJUNCTIONS:
            between += [word] if word in _CONJUNCTIONS else []
            if members[-1]:
                members.append([])
        elif is_word(token) and not hold_digit([token]):
            members[-1].append(token)
        else:
            return None
    is_english = not {"and", "or"}.isdisjoint(between)
    for place, member in enumerate(members):
        is_inside = 0 < place < len(members) - 1
        if not (len(member) == 1 or all(map(_is_name, member)) or (is_english and is_inside and _is_noun(member))):
            return None
    if len(members) < 2:
        return None
    return sorted(" ".join(one).casefold() for one in members), between


def _is_name(token: str) -> bool:
    return token[0].isupper()


def _is_noun(words: Sequence[str]) -> bool:
    """Return whether a few English words are a thing (`phone number`), and nothing that is said of another."""
    return len(words) <= _NOUN and not any(
        word.lower() in COMMON_WORDS | _LEADS or word.lower().endswith(_NO_NOUN) for word in words
    )
