"""Contact details of a party that stays: how it is reached, not who it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from harvester.diffing.change import Kind
from harvester.diffing.kinds.contact.addresses import Addresses
from harvester.diffing.kinds.contact.contacts import (
    are_hours_of_telephone,
    is_for_the_attention_of,
    is_handle,
    is_of_hours,
    is_same_mail,
    name_an_officer,
    names_a_party,
)
from harvester.diffing.kinds.contact.hidden_mail import hides_mail, is_of_hidden_mail
from harvester.diffing.kinds.contact.other_ways import (
    JOINING,
    invites_to_write,
    is_another_way,
    leads_to_mail,
    say_otherwise,
)
from harvester.diffing.kinds.lesser.link_labels import folded_labels, link_labels
from harvester.diffing.kinds.lesser.officer import officer
from harvester.diffing.kinds.lesser.place import Part, Place
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.kinds.spans import Spelled, hold_digit
from harvester.diffing.kinds.vocabulary import RECEIVERS, WE_SHARE_WITH
from harvester.diffing.text.blocks import BlockKind
from harvester.diffing.text.inline import Inline
from harvester.diffing.text.tokens import is_word, words_of

_LONGEST_LINE = 14  # tokens of an address
_BEFORE_MAILS = frozenset({"at", "via", "unter", "à", "a"})
_HOW_WORDS = (
    "directly by per direkt mit directement par directamente por direttamente tramite diretamente rechtstreeks"
    " bezpośrednio przez pod"
)
_ENDS = frozenset(".,;)")
_FOR_MAILS_WORDS = (
    "e-mail email mail courriel mél correo electrónico eletrônico eletrónico posta elettronica certificata pec poczta"
    " e-mailadres e-postadress e-post epost e-posta sähköposti почта пошта електронна электронная имейл адрес адреса"
    " address adresse indirizzo dirección endereço adres adresa cím e-mailcím ηλεκτρονική διεύθυνση"
    " 邮箱 郵箱 邮件 メール メールアドレス 이메일 البريد الإلكتروني بريد إلكتروني דוא ל דואר אלקטרוני אימייל"
)
_FOR_MAILS = frozenset(_FOR_MAILS_WORDS.split())
"""Words for an e-mail address, and for the certified one that Italian law asks companies for."""
_LEAD_TO_MAILS = _BEFORE_MAILS | _FOR_MAILS | frozenset(_HOW_WORDS.split())
"""Words that say where, or by what means."""
_WORDS_TO_WRITE = (
    "email|e-mail|mail|by email|by e-mail|via email|via e-mail|email address|e-mail address|email us|e-mail us|here"
    "|click here|hier|per e-mail|per mail|ici|par e-mail|courriel|par courriel|aquí|correo|correo electrónico|qui|aqui"
    "|e-posta|e-post|почта|メール|邮箱|이메일"
)
_KEPT_OR_DECIDED_AT = re.compile(
    r"\b(?:stored|kept|held|hosted|(?:is|are|be|data|information) housed"
    r"|processed|servers?|data ?cent(?:er|re)s?|gespeichert|gehostet|verarbeitet"
    r"|server[ns]?|rechenzentr\w+|aufbewahrt|liegen"
    r"|stockée?s|conserv(?:ée?s|ons)|hébergée?s|traitée?s|stockons|hébergeons|traitons|serveurs?|guardad[oa]s|conservad[oa]s"
    r"|almacen\w+|tratad[oa]s|alojad\w+|servidor(?:es)?"
    r"|conservat[ie]|archiviat[ie]|ospitat[ie]|trattat[ie]|conserviamo|guardad\w+|mantid\w+|bewaard|lagras|sparas"
    r"|saklan\w+|barındırıl\w+|хранятся|обрабатываются"
    r"|armazenad\w+|hospedad\w+|opgeslagen|gehost|verwerkt|przechowywane|przetwarzane"
    r"|arbitrat\w+|mediation|tribunals?|courts?|venue|gericht\w*|schiedsgericht\w*|arbitrage|tribunaux|juzgados"
    r"|tribunales|arbitraje|foro|fór\w+|arbitrato|tribunal[ei]|rechtbank|arbitragem|sąd\w*|суд\w*)"
    r"(?: (?!by\b|von\b|par\b|por\b|da\b|door\b|przez\b)\w+){0,4}"
    r" (?:(?:at|in|unter|bei|à|en|au|aux|presso|em|op|w)(?: :)?|:)(?: (?!by\b)[^ .;:!?]+)*$"
)
"""Words by which data are at a place, or disputes are decided there, before its address; not those of the company that
keeps them there.
"""
_LABEL_OF_ADDRESS = re.compile(
    r"(?:(?:(?:our|the|postal|mailing|visitors?|visiting|office|business|street|correspondence|delivery|physical) )*"
    r"address(?:es)?"
    r"|(?:post|besucher|büro|haus|liefer)?(?:anschrift|adresse)"
    r"|adresse (?:postale|de visite|du siège|de correspondance)"
    r"|direcci[óo]n postal|indirizzo postale|endereço postal|(?:post|bezoek|besöks|besøgs|besøks)-?adre(?:s|ss|sse)"
    r"|adres (?:pocztowy|do korespondencji)|postiosoite|käyntiosoite"
    r") ?[:：]?"
)
_ENDS_WITH_RECEIVERS = re.compile(rf"(?:{RECEIVERS.pattern}|{WE_SHARE_WITH}) ?[:：–-]? ?$")
_BEHIND_RECIPIENT = 6  # tokens
_CLAUSE = 20  # tokens before a part of an address
_TO_WRITE = frozenset(_WORDS_TO_WRITE.split("|"))
"""What a link by which to write says that says nothing else."""


def contact(place: Place) -> Finding | None:
    """Judge e-mail addresses, hours, postal addresses and telephones, and who is the officer."""
    old, new = place.old, place.new
    if hides_mail(*place.parts) or (not place.is_replaced and is_of_hidden_mail(*place.only)):
        return Finding(Kind.COSMETIC, f"an e-mail address that robots were not shown: {arrow(old, new)}")
    if is_same_mail(old, new):
        return Finding(Kind.MINOR, f"an e-mail address written in another way: {arrow(old, new)}")
    if old and new and is_of_hours(*place.went) and is_of_hours(*place.came):
        return Finding(Kind.MINOR, f"hours at which the company is reached: {arrow(old, new)}")
    if not (old and new) and are_hours_of_telephone(*place.only):
        return Finding(Kind.MINOR, f"hours at which the company is reached {place.came_or_went}: {quote(old or new)}")
    if not (old and new) and is_label_of_address(place):
        return _came_or_went(place)
    if not (old and new) and (_says_where_to_write(place) or is_way_to_reach(place)):
        return _came_or_went(place)
    if _names_mail(old) and _names_mail(new) and not place.is_behind_recipients():
        return Finding(Kind.MINOR, f"contact details: {arrow(old, new)}")
    if old and new and say_otherwise(*place.parts):
        return Finding(Kind.MINOR, f"how to write to the company: {arrow(old, new)}")
    if old and new and any(all(form(*part) for part in place.parts) for form in (is_for_the_attention_of, is_handle)):
        return Finding(Kind.MINOR, f"contact details: {arrow(old, new)}")
    if place.is_of_no_address():
        return officer(place)
    if _is_where_data_are_or_disputes_go(place) or _is_of_another_recipient(place):
        return None
    return _replaced(place) if old and new else _alone(place)


def _is_where_data_are_or_disputes_go(place: Place) -> bool:
    """Return whether an address in a sentence is that at which data are kept, or disputes decided: another place is
    another law.
    """
    side, start, _ = place.only  # the same words stand before both
    first = max(side.block_at(start)[0], start - _CLAUSE)
    return start > first and _KEPT_OR_DECIDED_AT.search(Spelled(side.tokens[first:start]).text) is not None


def _is_of_another_recipient(place: Place) -> bool:
    """Return whether an e-mail address is at another host than the one it took the place of, right behind a word for
    whoever is given data, where no company is named: it says who that is.
    """
    old, new = place.old, place.new
    if not (_names_mail(old) and _names_mail(new)):
        return False  # as most
    side, start, _ = place.went
    first = side.block_at(start)[0]
    if _ENDS_WITH_RECEIVERS.search(side.before(max(first, start - _BEHIND_RECIPIENT), start)) is None:
        return False
    hosts = [next(token for token in tokens if "@" in token).rpartition("@")[2].lower() for tokens in (old, new)]
    return hosts[0] != hosts[1] and not names_a_party(side.tokens[max(first, start - _CLAUSE) : start])


def is_mail_behind_a_word_for_one(part: Part) -> bool:
    """Return whether a part is nothing but an e-mail address right behind a word for one, which is not said to be that
    of somebody who is given data: ``reach the controller by e-mail: a@a.example``.
    """
    side, start, end = part
    if end - start != 1 or "@" not in side.tokens[start]:
        return False  # as most
    first = side.block_at(start)[0]
    before = side.before(max(first, start - _BEHIND_RECIPIENT), start)
    return before.rstrip(" :：").split(" ")[-1] in _FOR_MAILS and RECEIVERS.search(before) is None


def is_mail_link(part: Part) -> bool:
    """Return whether all words of a part, which has some, are of one link by which to write an e-mail."""
    side, start, end = part
    return link_labels(side.block_of(start).inline).with_words(words_of(side.tokens[start:end])).write


def mail_link(place: Place) -> Finding | None:
    """Judge a link by which to write that says no more than that, in the place of an e-mail address."""
    sides = ((place.old, place.new, place.came), (place.new, place.old, place.went))
    for mail, words, part in sides:
        is_mail = "@" in mail[-1] and _BEFORE_MAILS.issuperset(map(str.lower, mail[:-1]))
        if is_mail and " ".join(words).lower() in _TO_WRITE and is_mail_link(part):
            return Finding(Kind.MINOR, f"a link in place of an e-mail address: {arrow(place.old, place.new)}")
    return None


def _replaced(place: Place) -> Finding | None:
    """Judge what took the place of a part of an address."""
    old, new = place.old, place.new
    before, after = place.addresses
    if not (hold_digit(old) or hold_digit(new)) and name_an_officer(old) != name_an_officer(new):
        return None  # nobody is entrusted with data protection now, or was before
    if _succeed(before.is_detail(*place.went[1:]), old, after.is_detail(*place.came[1:]), new):
        return Finding(Kind.MINOR, f"contact details: {arrow(old, new)}")
    return officer(place)


def _alone(place: Place) -> Finding | None:
    """Judge a part of an address, or all of it, that came or went; a name alone is somebody else, and no officer."""
    old = place.old
    _, start, end = place.only
    addresses = place.addresses[0 if old else 1]
    if addresses.is_inside(start, end):
        return Finding(Kind.MINOR, f"contact details: {arrow(old, place.new)}")
    party = addresses.party(start)
    stays = party in (place.texts.new_parties if old else place.texts.old_parties) if party else False
    # A line that came or went: of a party that stays, or of an address that continues beside it.
    if (stays or not party) and addresses.head_of(start) is not None and addresses.is_detail(start, end):
        return _came_or_went(place)
    if party and place.is_whole_block() and (stays or place.texts.names(party, 1 if old else 0)):
        return Finding(Kind.MINOR, f"an address of {party} {place.came_or_went}")
    if _continues(place, addresses, start, end) or addresses.is_telephone(start, end):
        return _came_or_went(place)
    return None


def _continues(place: Place, addresses: Addresses, start: int, end: int) -> bool:
    """Return whether this is a part of an address in a sentence, which has another part beside it on the other side
    too.
    """
    others, beside = (place.addresses[1], place.came[1]) if place.old else (place.addresses[0], place.went[1])
    is_within = all(map(addresses.is_within, range(start, end)))
    return is_within and others.is_within(beside - 1) and others.is_within(beside)


def _came_or_went(place: Place) -> Finding:
    return Finding(Kind.MINOR, f"contact details {place.came_or_went}: {quote(place.old or place.new)}")


def _says_where_to_write(place: Place) -> bool:
    """Return whether an e-mail address came or went with nothing but words before it that say where (``at``) and how
    (``directly``, ``by e-mail``): of whom it is, the sentence says. Not among those that are given data, but where
    without it one breaks off (``at .``).
    """
    side, start, end = place.only
    last_word = next((at for at in range(end - 1, start - 1, -1) if is_word(side.tokens[at])), None)
    if last_word is None or "@" not in side.tokens[last_word]:
        return False  # as most
    if not _are_all(side.tokens[start:last_word], _LEAD_TO_MAILS):
        return False
    first, last = side.block_at(start)
    is_gap = first < start and side.tokens[start - 1].lower() in _BEFORE_MAILS
    return (is_gap and end < last and side.tokens[end] in _ENDS) or not place.is_behind_recipients()


def is_label_of_address(place: Place) -> bool:
    """Return whether a line that says of what kind the address below it is came or went: ``Visitor address:``."""
    side, start, end = place.only
    if end - start > _LONGEST_LINE or not place.is_whole_block() or end >= len(side.tokens):
        return False  # as most
    if side.block_of(start).kind is not BlockKind.PARAGRAPH:
        return False
    if _LABEL_OF_ADDRESS.fullmatch(Spelled(side.tokens[start:end]).text) is None:
        return False
    addresses = place.addresses[0 if place.old else 1]
    return any(map(addresses.is_within, range(*side.block_at(end))))


def is_way_to_reach(place: Place) -> bool:
    """Return whether a way to reach the company came or went, or the word that leads to an e-mail address."""
    part, addresses = place.only, place.addresses[0 if place.old else 1]
    says_where = leads_to_mail(*part) or invites_to_write(*part) or is_link_to_reach(place)
    return says_where or is_another_way(*part, addresses, place.texts.knows)


def is_link_to_reach(place: Place) -> bool:
    """Return whether one of the ways by which a company is reached came or went in a sentence that keeps another: a
    link to call or to write, with "or" beside it.
    """
    side, start, end = place.only
    inline = side.block_of(start).inline
    if not inline.links:
        return False  # as most
    words = {token.lower() for token in side.tokens[start:end] if is_word(token)}
    return (
        not JOINING.isdisjoint(words)
        and folded_labels(inline).with_words(words - JOINING - _LEAD_TO_MAILS).reach
        and not _of_mails(inline) <= words
        and not place.is_behind_recipients()
    )


@lru_cache(maxsize=64)
def _of_mails(inline: Inline) -> frozenset[str]:
    """Return the e-mail addresses of a block, and the words for one, in lower case."""
    lowered = map(str.lower, inline.tokens)
    return frozenset(token for token in lowered if "@" in token or token in _FOR_MAILS)


def _names_mail(tokens: Sequence[str]) -> bool:
    """Return whether tokens are an e-mail address and nothing but words for one."""
    return _are_all((token for token in tokens if "@" not in token), _FOR_MAILS) and sum("@" in t for t in tokens) == 1


def _are_all(tokens: Iterable[str], words: frozenset[str]) -> bool:
    """Return whether all words of these tokens are of those given; most are seen not to be by their first."""
    return all(token.lower() in words for token in tokens if is_word(token))


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
