"""What each place of an altered passage is evidence of: every form of a change that is less than substantive, in the
order in which they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, groupby, islice

from harvester.diffing.change import Kind
from harvester.diffing.kinds import wording
from harvester.diffing.kinds.contact.addresses import Addresses
from harvester.diffing.kinds.contact.contacts import (
    has_title,
    hides_mail,
    is_beside_office,
    is_of_a_person,
    is_of_hours,
    is_officer,
    is_same_mail,
    is_time,
    is_title,
    names_a_party,
    names_office,
)
from harvester.diffing.kinds.dates import (
    copyright_years,
    is_copyright,
    is_of_no_date,
    may_be_of_a_date,
    own_dates,
    says_only_whose_it_is,
)
from harvester.diffing.kinds.headings import (
    grades_otherwise,
    is_date_line,
    is_kind_of_document,
    is_notice_of_dates,
    is_notice_of_update,
    is_notice_of_versions,
    is_of_a_list,
    is_renamed_document,
    is_said_of_the_document,
    looks_like_heading,
    names_the_document,
    stands_as_heading,
    states_something,
)
from harvester.diffing.kinds.links import (
    PAGES,
    are_addresses_of_pages,
    are_of_one_site,
    is_address_in_brackets,
    is_of_a_path,
    is_one_address_of_a_page,
)
from harvester.diffing.kinds.passages import Passage, Side
from harvester.diffing.kinds.reasons import Finding, arrow, quote, spelled
from harvester.diffing.kinds.same_words import slips, typography
from harvester.diffing.kinds.same_words.enumerations import orders_otherwise
from harvester.diffing.kinds.sentence_words import is_of_no_address
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.kinds.vocabulary import OF_NOTICES, RECIPIENTS
from harvester.diffing.kinds.whole_texts import WholeTexts
from harvester.diffing.text import other_forms
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import is_word, tokenise, words_of
from harvester.diffing.words import Hunk

_NAME_WORDS = 4  # of a person
_LONGEST_LINE = 14  # tokens of an address
_BEFORE_MAILS = frozenset({"at", "via", "unter", "à"})
_ENDS = frozenset(".,;)")
_HERE = frozenset({"here", "click here", "this page", "this link", "hier", "ici", "aquí", "qui", "aqui"})
_BEFORE_ADDRESSES = frozenset({"at", "on", "to"})
_PROSE_TOKENS = 40  # longer than any date with what stands beside it
_OF_DATES = ((own_dates, "date of the document"), (copyright_years, "year of the copyright"))


class Altered:
    """The evidence of the hunks of one passage."""

    def __init__(self, passage: Passage, texts: WholeTexts) -> None:
        self.passage, self.texts = passage, texts
        self.old, self.new = passage.old, passage.new

    def findings(self) -> Iterator[Finding]:
        """Yield the finding of each hunk; if it covers several blocks, of each block that came or went whole."""
        if len(self.old.blocks) != len(self.new.blocks) and self.old.reads_as(self.new):
            yield Finding(Kind.COSMETIC, "the same letters and marks: lines end elsewhere")
            return
        for hunk, is_of_a_row in self._hunks():
            old, new = self._tokens(hunk)
            if is_of_a_row or self._is_of_reordered_items(hunk):
                yield _reordered(old, new)
                continue
            whole = self._finding(hunk, old, new)
            if whole is not None:
                yield whole
            elif self._is_within_blocks(hunk):
                yield _words(old, new)
            else:
                for part in self._parts(hunk):
                    old, new = self._tokens(part)
                    yield self._finding(part, old, new) or self._item(part, old, new) or _words(old, new)

    def _hunks(self) -> Iterator[tuple[Hunk, bool]]:
        """Yield the hunks, and whether all of their block alter nothing but the order of words or names in a row."""

        def blocks_of(hunk: Hunk) -> tuple[int, int]:
            return self.old.number_of(hunk.old_start), self.new.number_of(hunk.new_start)

        hunks = typography.joined_at_dots(self.passage.hunks, self.old.tokens, self.new.tokens)
        for _, of_blocks in groupby(hunks, blocks_of):
            run = list(of_blocks)
            is_of_a_row = orders_otherwise(self.old, self.new, run)
            yield from ((hunk, is_of_a_row) for hunk in run)

    def _item(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        return _reordered(old, new) if self._is_of_reordered_items(hunk) else None

    def _is_of_reordered_items(self, hunk: Hunk) -> bool:
        """Return whether all items that a hunk touches stand as often in the list of the other text."""
        sides = ((self.old, *hunk[:2], 0), (self.new, *hunk[2:], 1))
        touched: list[tuple[Block, int]] = []
        for side, start, end, number in sides:
            if start < end:
                first, last = side.number_of(start), side.number_of(end - 1)
                if side.blocks[first].kind is not BlockKind.ITEM:
                    return False  # as most
                touched += [(block, number) for block in side.blocks[first : last + 1]]
            elif side.blocks and not self._is_of_whole_blocks(hunk):
                touched += [(side.block_of(start), number), (side.block_of(max(start - 1, 0)), number)]
        return bool(touched) and all(block.start in self.texts.items_in_both[number] for block, number in touched)

    def _is_of_whole_blocks(self, hunk: Hunk) -> bool:
        """Return whether all that came or went is whole blocks."""
        side, start, end = (self.old, *hunk[:2]) if hunk.old_start < hunk.old_end else (self.new, *hunk[2:])
        return start == side.block_at(start)[0] and end == side.block_at(end - 1)[1]

    def _is_within_blocks(self, hunk: Hunk) -> bool:
        """Return whether what went is of one block, and what came too; of the title both or neither."""
        if hunk.old_start < hunk.old_end and hunk.new_start < hunk.new_end:
            sides = (self.old.block_of(hunk.old_start), self.new.block_of(hunk.new_start))
            if len({not block.start and block.kind is BlockKind.HEADING for block in sides}) > 1:
                return False
        return (hunk.old_start == hunk.old_end or hunk.old_end <= self.old.block_at(hunk.old_start)[1]) and (
            hunk.new_start == hunk.new_end or hunk.new_end <= self.new.block_at(hunk.new_start)[1]
        )

    def _parts(self, hunk: Hunk) -> Iterator[Hunk]:
        for start, end in _by_block(self.old, hunk.old_start, hunk.old_end):
            yield Hunk(start, end, hunk.new_start, hunk.new_start)
        for start, end in _by_block(self.new, hunk.new_start, hunk.new_end):
            yield Hunk(hunk.old_start, hunk.old_start, start, end)

    def _tokens(self, hunk: Hunk) -> tuple[list[str], list[str]]:
        return self.old.tokens[hunk.old_start : hunk.old_end], self.new.tokens[hunk.new_start : hunk.new_end]

    def _finding(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        side, start, end = (self.old, *hunk[:2]) if old else (self.new, *hunk[2:])
        number = side.number_of(start)
        around = self.texts.old_around if old else self.texts.new_around
        if side.blocks[number].start in around and self._is_around(hunk):
            return Finding(Kind.COSMETIC, f"what stands around the policy: {arrow(old, new)}")
        if not (old and new):
            if typography.is_left_open(old or new):
                return Finding(Kind.MINOR, f"a placeholder {'removed' if old else 'added'}: {quote(old or new)}")
            if (
                _are_prose(old or new)
                and not side.blocks[number].label
                and _is_ordinary(side, number)
                and not slips.is_doubled(side.tokens, start, end)
                and not slips.is_one_too_many(side.tokens, start, end)
                and not is_notice_of_update(old or new)
                and not is_notice_of_versions(old or new)
                and not other_forms.is_said_beside(side.tokens, start, end)
                and not is_date_line(side.blocks[number].tokens)
                and not self._is_of_a_path(hunk)
                and self._is_of_no_address(hunk)
            ):
                return None  # as most
        elif wording.begin_apart(old[0], new[0]):
            if other_forms.mean_the_same(old, new):
                return Finding(Kind.MINOR, f"the same in another form: {arrow(old, new)}")
            name_a_page = any(token.startswith(PAGES) for token in (*old[:2], *new[:2]))
            if _are_others(old) and not name_a_page and _is_ordinary(side, number) and self._is_of_no_address(hunk):
                return self._path(hunk, old, new)
            return self._said_otherwise(hunk, old, new)
        if wording.is_only_case(old, new):
            if wording.names_a_country(old, new) and _is_ordinary(side, number) and not self._is_in_capitals(hunk):
                return None
            return Finding(Kind.COSMETIC, f"capital letters: {arrow(old, new)}")
        if old and new and typography.divide_otherwise(self.old, self.new, hunk):
            return Finding(Kind.COSMETIC, f"a mark between names in another form: {arrow(old, new)}")
        if typography.show_marks(self.old, self.new, hunk):
            return Finding(Kind.COSMETIC, f"marks of Markdown that a page shows: {arrow(old, new)}")
        if wording.is_only_punctuation(old) and wording.is_only_punctuation(new):
            if typography.quotes_what_was_code(self.old, self.new, hunk):
                return Finding(Kind.COSMETIC, "quotation marks in place of emphasis")
            if wording.ticks_otherwise(old, new):
                return Finding(Kind.SUBSTANTIVE, f"a mark altered: {arrow(old, new)}")
            if self._parts_a_sentence(hunk):
                return Finding(Kind.SUBSTANTIVE, "a comma that parts a sentence came or went")
            return Finding(Kind.MINOR, "punctuation")
        if old and new and (rest := _but_for_case(hunk, old, new)) != hunk:
            return self._finding(rest, *self._tokens(rest))
        if wording.differs_by_emphasis(old, new):
            return Finding(Kind.COSMETIC, f"a mark of emphasis: {arrow(old, new)}")
        if wording.is_garbled(old, new):
            return Finding(Kind.COSMETIC, f"the same text in another encoding: {arrow(old, new)}")
        if typography.is_spaced_abbreviation(old, new):
            return Finding(Kind.COSMETIC, f"a space within an abbreviation: {arrow(old, new)}")
        if wording.is_only_space(old, new):
            blocks = self.old.block_of(hunk.old_start), self.new.block_of(hunk.new_start)
            if typography.loses_space_at_a_link(blocks, (old, new)):
                return Finding(Kind.COSMETIC, f"a space at a link: {arrow(old, new)}")
            return Finding(Kind.MINOR, f"a space between words: {arrow(old, new)}")
        if old and new and other_forms.mean_the_same(old, new):
            return Finding(Kind.MINOR, f"the same in another form: {arrow(old, new)}")
        if wording.is_only_spelling(old, new):
            return Finding(Kind.MINOR, f"the same words in another spelling: {arrow(old, new)}")
        if not (any(map(is_word, old)) or any(map(is_word, new))):
            return None  # a sign of an amount
        return self._said_otherwise(hunk, old, new)

    def _said_otherwise(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        """Judge words that are not the same words in another form."""
        return (
            self._title(hunk, old, new)
            or self._date(hunk, old, new)
            or self._copyright(hunk, old, new)
            or self._menu(hunk, old, new)
            or self._heading(hunk, old, new)
            or self._reworded_heading(hunk)
            or self._reference(hunk, old, new)
            or self._number(hunk, old, new)
            or self._renamed(hunk, old, new)
            or self._contact(hunk, old, new)
            or self._slip(hunk, old, new)
            or self._address(hunk, old, new)
            or self._path(hunk, old, new)
        )

    def _is_around(self, hunk: Hunk) -> bool:
        """Return whether what came and went is all of blocks that stand around the policy."""
        sides = ((self.old, self.texts.old_around, *hunk[:2]), (self.new, self.texts.new_around, *hunk[2:]))
        return all(
            block.start in around
            for side, around, start, end in sides
            if start < end
            for block in side.blocks[side.number_of(start) : side.number_of(end - 1) + 1]
        )

    def _is_of_no_address(self, hunk: Hunk) -> bool:
        """Return whether what came or went is no part of an address; to find the addresses takes far longer."""
        return (
            is_of_no_address(self.old, *hunk[:2])
            or is_of_no_address(self.new, *hunk[2:])
            or all(
                start == end or addresses.are_none_near(start, end)
                for addresses, start, end in zip(self._addresses, hunk[::2], hunk[1::2], strict=True)
            )
        )

    def _is_in_capitals(self, hunk: Hunk) -> bool:
        """Return whether a word beside what was altered is in capitals, which then tell nothing."""
        sides = ((self.old, hunk.old_start, hunk.old_end), (self.new, hunk.new_start, hunk.new_end))
        return any(
            token.isupper() and len(token) > 1
            for side, start, end in sides
            for token in (*side.tokens[max(start - 1, 0) : start], *side.tokens[end : end + 1])
        )

    def _title(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        """Return the page's title, with which a comparable text begins: it names the page, and is no part of the
        policy.
        """
        for side, start, end in (
            (self.old, hunk.old_start, hunk.old_end),
            (self.new, hunk.new_start, hunk.new_end),
        ):
            if start < end:
                first = side.block_of(start)
                if first.start or first.kind is not BlockKind.HEADING or first.level != 1 or end > side.block_at(0)[1]:
                    return None
        return Finding(Kind.COSMETIC, f"the title of the page: {arrow(old, new)}")

    def _parts_a_sentence(self, hunk: Hunk) -> bool:
        """Return whether a comma within a sentence came or went; in an address or a date it separates nothing."""
        for number, (side, start, end) in enumerate(((self.old, *hunk[:2]), (self.new, *hunk[2:]))):
            first, last = side.block_at(start)
            for place in range(start, min(end, last)):
                if not wording.parts_a_sentence(side.tokens, place, (first, last)):
                    continue
                beside = self._addresses[number]
                if beside.head_of(place) is not None or beside.is_within(place):
                    continue
                if not any(a <= place < b for a, b in own_dates(side, place, place + 1)):
                    return True
        return False

    def _date(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        for find, what in _OF_DATES if may_be_of_a_date(old) and may_be_of_a_date(new) else ():
            before, after = find(self.old, *hunk[:2]), find(self.new, *hunk[2:])
            if _covers(before, self.old, hunk.old_start, hunk.old_end) and _covers(
                after, self.new, hunk.new_start, hunk.new_end
            ):
                was = _text_of(before, self.old, hunk.old_start, hunk.old_end) or " ".join(old)
                is_ = _text_of(after, self.new, hunk.new_start, hunk.new_end) or " ".join(new)
                return Finding(Kind.MINOR, f"only the {what}: {was or 'none'} -> {is_ or 'none'}")
        if _say_only_a_date(old) and _say_only_a_date(new):
            return Finding(Kind.MINOR, f"only the date of the document: {arrow(old, new)}")
        if (
            OF_NOTICES.issuperset(token.lower() for token in chain(old, new) if is_of_no_date(token))
            and self._is_in_lines_of_dates(hunk)
            and self._are_notices_or_dates(hunk)
        ):
            return Finding(Kind.MINOR, f"what stands beside the date of the document: {arrow(old, new)}")
        if all(is_notice_of_update(side) for side in (old, new) if side):
            return Finding(Kind.MINOR, f"a notice that the document was updated: {arrow(old, new)}")
        if all(is_notice_of_versions(side) for side in (old, new) if side):
            return Finding(Kind.MINOR, f"where earlier versions are: {arrow(old, new)}")
        return None

    def _is_in_lines_of_dates(self, hunk: Hunk) -> bool:
        """Return whether what came and went is in a line that says nothing but a date of the document, as it was."""
        sides = ((self.old, *hunk[:2]), (self.new, *hunk[2:]))
        return all(
            side.blocks
            and end <= side.block_at(start)[1]
            # Where nothing came at the end of a line, the next one begins.
            and any(is_date_line(side.block_of(place).tokens) for place in {start, max(start - (start == end), 0)})
            for side, start, end in sides
        )

    def _are_notices_or_dates(self, hunk: Hunk) -> bool:
        """Return whether all words that came and went are of notices, or of a date of the document."""
        return all(
            token.lower() in OF_NOTICES or any(first <= place < last for first, last in own_dates(side, start, end))
            for side, start, end in ((self.old, *hunk[:2]), (self.new, *hunk[2:]))
            for place, token in enumerate(side.tokens[start:end], start)
            if is_word(token)
        )

    def _copyright(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        """Return a line of the copyright that came or went whole: who the parties are is said in the policy."""
        side, start = (self.old, hunk.old_start) if old else (self.new, hunk.new_start)
        if (old and new) or not (self._is_whole_block(hunk) and says_only_whose_it_is(side.block_of(start))):
            return None
        return Finding(Kind.MINOR, f"a line of the copyright {'removed' if old else 'added'}: {quote(old or new)}")

    def _menu(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        """Return the links beside the sign of the copyright: they are the menu below a page."""
        for side, start, tokens in ((self.old, hunk.old_start, old), (self.new, hunk.new_start, new)):
            if not any(map(is_word, tokens)):
                continue
            block = side.block_of(start)
            if not is_copyright(block):
                return None
            linked = " ".join(block.inline.visible[link.start : link.end] for link in block.inline.links)
            if not set(tokenise(linked)).issuperset(words_of(tokens)):
                return None
        return Finding(Kind.COSMETIC, f"links beside the copyright: {arrow(old, new)}")

    def _reworded_heading(self, hunk: Hunk) -> Finding | None:
        """Judge a heading with other words over the same text: it names what the text says."""
        if not (self.old.blocks and self.new.blocks):
            return None
        sides = [self.old.block_of(hunk.old_start), self.new.block_of(hunk.new_start)]
        if not all(map(looks_like_heading, sides)):
            return None
        if any(map(is_of_a_list, (self.texts.old, self.texts.new), (block.start for block in sides))):
            return None
        inside = (
            hunk.old_end <= self.old.block_at(hunk.old_start)[1]
            and hunk.new_end <= self.new.block_at(hunk.new_start)[1]
        )
        if (
            not inside
            or any(states_something(block.tokens) for block in sides)
            or grades_otherwise(*self._tokens(hunk))
        ):
            return None
        return Finding(Kind.MINOR, f"a heading in other words: {arrow(sides[0].tokens, sides[1].tokens)}")

    def _heading(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        """Judge a heading that came or went whole; the text under it is judged by itself."""
        if bool(old) == bool(new):
            return None
        side, start, end = (self.old, hunk.old_start, hunk.old_end) if old else (self.new, hunk.new_start, hunk.new_end)
        tokens = old or new
        blocks = side.blocks_within(start, end)
        if len(blocks) != 1 or not stands_as_heading(blocks[0]):
            return None
        if is_of_a_list(self.texts.old if old else self.texts.new, blocks[0].start):
            return None
        if not states_something(tokens):
            return Finding(Kind.MINOR, f"a heading {'removed' if old else 'added'}: {quote(tokens)}")
        return None

    def _reference(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        if (
            old
            and new
            and wording.is_reference(self.old.tokens, hunk.old_start, hunk.old_end)
            and wording.is_reference(self.new.tokens, hunk.new_start, hunk.new_end)
        ):
            return Finding(Kind.MINOR, f"a reference to another section: {arrow(old, new)}")
        return None

    def _number(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        """Return the number of a part or an item, written in another way or, at the beginning of a block, or none."""
        if not all(wording.is_number_of_an_item(side) for side in (old, new) if side):
            return None
        if not (old and new):
            side, start, end = (self.old, *hunk[:2]) if old else (self.new, *hunk[2:])
            first, last = side.block_at(start)
            if start != first or end >= last or not (side.tokens[end][0].isupper() and is_of_no_date(side.tokens[end])):
                return None
        return Finding(Kind.MINOR, "numbering of sections")

    def _renamed(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        """Return the document's own kind under another name: it grants the same as a policy or a statement."""
        if is_renamed_document(old, new) and all(
            is_said_of_the_document(side.tokens, place)
            for side, start, end in ((self.old, *hunk[:2]), (self.new, *hunk[2:]))
            for place in range(start, end)
            if is_kind_of_document(side.tokens[place])
        ):
            return Finding(Kind.MINOR, f"the document under another name: {arrow(old, new)}")
        return None

    def _contact(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        if hides_mail(old, new):
            return Finding(Kind.COSMETIC, f"an e-mail address that robots were not shown: {arrow(old, new)}")
        if is_same_mail(old, new):
            return Finding(Kind.MINOR, f"an e-mail address written in another way: {arrow(old, new)}")
        if old and new and is_of_hours(self.old, *hunk[:2]) and is_of_hours(self.new, *hunk[2:]):
            return Finding(Kind.MINOR, f"hours at which the company is reached: {arrow(old, new)}")
        if not (old and new) and self._says_where_to_write(hunk):
            return Finding(Kind.MINOR, f"contact details {'removed' if old else 'added'}: {quote(old or new)}")
        if self._is_of_no_address(hunk):
            return self._officer(hunk, old, new)
        before, after = self._addresses
        if old and new:
            if not (hold_digit(old) or hold_digit(new)) and _of_an_officer(old) != _of_an_officer(new):
                return None  # nobody is entrusted with data protection now, or was before
            if _succeed(before.is_detail(*hunk[:2]), old, after.is_detail(*hunk[2:]), new):
                return Finding(Kind.MINOR, f"contact details: {arrow(old, new)}")
            return self._officer(hunk, old, new)
        addresses, start, end = (before, *hunk[:2]) if old else (after, *hunk[2:])
        if addresses.is_inside(start, end):
            return Finding(Kind.MINOR, f"contact details: {arrow(old, new)}")
        party = addresses.party(start)
        stays = party in (self.texts.new_parties if old else self.texts.old_parties) if party else False
        # A line that came or went: of a party that stays, or of an address that continues beside it.
        if (stays or not party) and addresses.head_of(start) is not None and addresses.is_detail(start, end):
            return Finding(Kind.MINOR, f"contact details {'removed' if old else 'added'}: {quote(old or new)}")
        if stays and self._is_whole_block(hunk):
            return Finding(Kind.MINOR, f"an address of {party} {'removed' if old else 'added'}")
        # A part of an address in a sentence, which has another part beside it on the other side too.
        others, place = (after, hunk.new_start) if old else (before, hunk.old_start)
        is_within = all(map(addresses.is_within, range(start, end)))
        if (is_within and others.is_within(place - 1) and others.is_within(place)) or addresses.is_telephone(
            start, end
        ):
            return Finding(Kind.MINOR, f"contact details {'removed' if old else 'added'}: {quote(old or new)}")
        return None  # no officer: whose name came or went alone is somebody else

    def _says_where_to_write(self, hunk: Hunk) -> bool:
        """Return whether an e-mail address came or went with at most a word before it that says where (``at``): of whom
        it is, the sentence says. Not among those that are given data, but where without it one breaks off (``at .``).
        """
        side, start, end = (self.old, *hunk[:2]) if hunk.old_start < hunk.old_end else (self.new, *hunk[2:])
        words = [token for token in side.tokens[start:end] if is_word(token)]
        if (
            not words
            or "@" not in words[-1]
            or len(words) > 2
            or not _BEFORE_MAILS.issuperset(map(str.lower, words[:-1]))
        ):
            return False
        first, last = side.block_at(start)
        is_gap = first < start and side.tokens[start - 1].lower() in _BEFORE_MAILS
        return (is_gap and end < last and side.tokens[end] in _ENDS) or not self._is_behind_recipients(hunk)

    def _is_whole_block(self, hunk: Hunk) -> bool:
        if hunk.old_end > hunk.old_start:
            return self.old.block_at(hunk.old_start) == (hunk.old_start, hunk.old_end)
        return self.new.block_at(hunk.new_start) == (hunk.new_start, hunk.new_end)

    def _officer(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        olds, news = ([*islice(filter(is_word, side), _NAME_WORDS + 1)] for side in (old, new))
        if not (0 < len(olds) <= _NAME_WORDS and 0 < len(news) <= _NAME_WORDS):
            return None
        if not (is_officer(self.old, hunk.old_start) and is_officer(self.new, hunk.new_start)):
            return None  # as most
        if is_title(self.old, *hunk[:2]) and is_title(self.new, *hunk[2:]):
            return Finding(Kind.MINOR, f"title of the data protection officer: {arrow(old, new)}")
        inflected = len(olds) == len(news) == 1 and olds[0][:5] == news[0][:5]
        # In a script without capitals a name is what stands alone beside the office.
        names = not olds[0][0].islower() and all(
            not word[0].islower() and word.replace("-", "").isalpha() for word in (*olds, *news)
        )
        if not (inflected or names):
            return None
        if not (is_beside_office(self.old, *hunk[:2]) and is_beside_office(self.new, *hunk[2:])):
            return None
        names = names and is_of_a_person(self.old, *hunk[:2]) and is_of_a_person(self.new, *hunk[2:])
        title = " ".join((*olds[:1], *self.old.tokens[hunk.old_end : hunk.old_end + 4])).lower()
        if inflected and names_office(title):
            return Finding(Kind.MINOR, f"title of the data protection officer: {arrow(old, new)}")
        around = [
            self.old.tokens[slice(*self.old.block_at(hunk.old_start))],
            self.new.tokens[slice(*self.new.block_at(hunk.new_start))],
        ]
        if names and len(olds) > 1 < len(news) and has_title(self.old, *hunk[:2]) and has_title(self.new, *hunk[2:]):
            around = [old, new]
        if names and not any(map(names_a_party, around)) and all(len(block) <= 30 for block in around):
            return Finding(Kind.MINOR, f"name of the data protection officer: {arrow(old, new)}")
        return None

    def _address(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        """Judge a page's address, spelled out: where it leads is decided by a link's target. Another site among those
        that receive data is another recipient.
        """
        if is_one_address_of_a_page(old, new):
            return Finding(Kind.COSMETIC, f"address of a page: {arrow(old, new)}")
        are_pages = are_addresses_of_pages(old) and are_addresses_of_pages(new)
        is_in_brackets = not (old and new) and is_address_in_brackets(old or new)
        if (is_in_brackets or are_pages) and (are_of_one_site(old, new) or not self._is_behind_recipients(hunk)):
            return Finding(Kind.MINOR, f"address of a page: {arrow(old, new)}")
        if old and new and self._becomes_a_link(hunk) and not self._is_behind_recipients(hunk):
            return Finding(Kind.MINOR, f"a link in place of an address of a page: {arrow(old, new)}")
        return None

    def _becomes_a_link(self, hunk: Hunk) -> bool:
        """Return whether one side is an address of a page, spelled out, and the other a link to it in a few words, or
        "here".
        """
        sides = ((self.old, *hunk[:2]), (self.new, *hunk[2:]))
        for (side, start, end), (other, first, last) in (sides, sides[::-1]):
            said = [token for token in side.tokens[start:end] if token.lower() not in _BEFORE_ADDRESSES]
            words = other.tokens[first:last]
            if are_addresses_of_pages(said) and not states_something(words):
                inline = other.block_of(first).inline
                return any(
                    set(tokenise(label)).issuperset(words_of(words))
                    and (label.strip().lower() in _HERE or is_one_address_of_a_page(said, [link.value]))
                    for link in inline.links
                    for label in [inline.visible[link.start : link.end]]
                )
        return False

    def _is_behind_recipients(self, hunk: Hunk) -> bool:
        """Return whether a word of who is given data stands in the block before what was altered."""
        side, start = (self.old, hunk.old_start) if hunk.old_start < hunk.old_end else (self.new, hunk.new_start)
        return RECIPIENTS.search(side.part(side.block_at(start)[0], start).lower()) is not None

    def _path(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        """Judge the path of an address that is spelled out without a scheme: its host stands before it."""
        return Finding(Kind.MINOR, f"address of a page: {arrow(old, new)}") if self._is_of_a_path(hunk) else None

    def _is_of_a_path(self, hunk: Hunk) -> bool:
        return is_of_a_path(self.old, *hunk[:2]) and is_of_a_path(self.new, *hunk[2:])

    def _slip(self, hunk: Hunk, old: list[str], new: list[str]) -> Finding | None:
        if slips.is_slip(old, new, self.texts.knows):
            return Finding(Kind.MINOR, f"a typing error: {arrow(old, new)}")
        side, start, end = (
            (self.old.tokens, hunk.old_start, hunk.old_end) if old else (self.new.tokens, hunk.new_start, hunk.new_end)
        )
        if old and new:
            return None
        if slips.is_doubled(side, start, end):
            return Finding(Kind.MINOR, f"a word that stood twice: {quote(old or new)}")
        if other_forms.is_said_beside(side, start, end):
            return Finding(Kind.MINOR, f"the same stands beside it: {quote(old or new)}")
        if slips.is_one_too_many(side, start, end):
            return Finding(Kind.MINOR, f"a typing error: {quote(old or new)}")
        return None

    @cached_property
    def _addresses(self) -> tuple[Addresses, Addresses]:
        return Addresses(self.old), Addresses(self.new)


def _but_for_case(hunk: Hunk, old: Sequence[str], new: Sequence[str]) -> Hunk:
    """Return what is left of a hunk without the words at its ends that differ by their capitals alone."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n].lower() != new[n].lower()), most)
    left = range(1, most - start + 1)
    end = next((n - 1 for n in left if old[-n].lower() != new[-n].lower()), most - start)
    return Hunk(hunk.old_start + start, hunk.old_end - end, hunk.new_start + start, hunk.new_end - end)


def _reordered(old: Sequence[str], new: Sequence[str]) -> Finding:
    return Finding(Kind.MINOR, f"the same things in another order: {quote(old or new)}")


def _words(old: Sequence[str], new: Sequence[str]) -> Finding:
    if not old:
        reason = f"added: {quote(new)}"
    elif not new:
        reason = f"removed: {quote(old)}"
    else:
        reason = f"words altered: {arrow(old, new)}"
    return Finding(Kind.SUBSTANTIVE, reason)


def _say_only_a_date(tokens: list[str]) -> bool:
    return not tokens or is_date_line(tokens) or is_notice_of_dates(tokens)


def _is_ordinary(side: Side, number: int) -> bool:
    """Return whether a block is neither a heading, nor the document's name, nor a line of the copyright."""
    known = side.ordinary.get(number)
    if known is None:
        block = side.blocks[number]
        known = side.ordinary[number] = not (
            block.kind is BlockKind.HEADING or names_the_document(block) or is_copyright(block)
        )
    return known


def _are_prose(tokens: Sequence[str]) -> bool:
    """Return whether words that came or went are no date: none of the forms that follow can be all of them, if they
    stand in an ordinary block beside no address.
    """
    return is_word(tokens[0]) and (
        len(tokens) > _PROSE_TOKENS or not (may_be_of_a_date(tokens) or hold_digit(tokens) or _hold_mail(tokens))
    )


def _hold_mail(tokens: Sequence[str]) -> bool:
    return any("@" in token for token in tokens)


def _are_others(old: Sequence[str]) -> bool:
    """Return whether words that others took the place of, which begin with another letter, are no date, time, name,
    number of a part or an item, kind of document or address of a page.
    """
    one = old[0]
    return not (
        one[0].isupper()
        or not is_of_no_date(one)
        or is_time(one)
        or (len(old) == 1 and wording.may_number(one))
        or is_kind_of_document(one)
        or wording.is_number_of_an_item(old)
        or hold_digit(old)
    )


def _by_block(side: Side, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = min(side.block_at(start)[1], end)
        yield start, stop
        start = stop


def _covers(ranges: Iterable[tuple[int, int]], side: Side, start: int, end: int) -> bool:
    """Return whether all words of these tokens are in the ranges."""
    inside = {place for span in ranges for place in range(*span)}
    return all(place in inside or not is_word(side.tokens[place]) for place in range(start, end))


def _text_of(ranges: Iterable[tuple[int, int]], side: Side, start: int, end: int) -> str:
    """Return the text of the whole range that these tokens are in."""
    found = [span for span in ranges if span[0] < end and span[1] > start]
    return spelled(side.tokens[found[0][0] : found[-1][1]]) if found else ""


def _of_an_officer(tokens: Sequence[str]) -> bool:
    """Return whether the name of the office of data protection is among these tokens."""
    return names_office(" ".join(token for token in tokens if "@" not in token).lower())


def _succeed(is_detail: bool, old: Sequence[str], becomes_detail: bool, new: Sequence[str]) -> bool:
    """Return whether a part of an address took the place of another; of one of them its form may be unknown: then it is
    names and a number, and no company.
    """
    if is_detail and becomes_detail:
        return True
    if not (is_detail or becomes_detail):
        return False
    tokens = new if is_detail else old
    return (
        len(tokens) <= _LONGEST_LINE
        and hold_digit(tokens)
        and all(not is_word(token) or token[0].isupper() or token[0].isdigit() for token in tokens)
        and not names_a_party(tokens)
    )
