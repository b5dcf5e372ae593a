"""Contact details of a party that stays: how it is reached, not who it is."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.diffing.change import Kind
from harvester.diffing.kinds.contact.addresses import Addresses
from harvester.diffing.kinds.contact.contacts import (
    are_hours_of_telephone,
    hides_mail,
    is_of_hours,
    is_same_mail,
    names_a_party,
    names_office,
)
from harvester.diffing.kinds.lesser.officer import officer
from harvester.diffing.kinds.lesser.place import Part, Place
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.text.tokens import is_word, tokenise, words_of

_LONGEST_LINE = 14  # tokens of an address
_BEFORE_MAILS = frozenset({"at", "via", "unter", "à", "a"})
_HOW_WORDS = (
    "directly by per direkt mit directement par directamente por direttamente tramite diretamente rechtstreeks"
    " bezpośrednio przez pod"
)
_ENDS = frozenset(".,;)")
_FOR_MAILS_WORDS = (
    "e-mail email mail courriel mél correo electrónico eletrônico eletrónico posta elettronica certificata pec poczta"
    " e-mailadres e-postadress e-post epost e-posta sähköposti почта адрес address adresse indirizzo dirección endereço"
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
_TO_WRITE = frozenset(_WORDS_TO_WRITE.split("|"))
"""What a link by which to write says that says nothing else."""


def contact(place: Place) -> Finding | None:
    """Judge e-mail addresses, hours, postal addresses and telephones, and who is the officer."""
    old, new = place.old, place.new
    if hides_mail(old, new):
        return Finding(Kind.COSMETIC, f"an e-mail address that robots were not shown: {arrow(old, new)}")
    if is_same_mail(old, new):
        return Finding(Kind.MINOR, f"an e-mail address written in another way: {arrow(old, new)}")
    if old and new and is_of_hours(*place.went) and is_of_hours(*place.came):
        return Finding(Kind.MINOR, f"hours at which the company is reached: {arrow(old, new)}")
    if not (old and new) and are_hours_of_telephone(*place.only):
        return Finding(Kind.MINOR, f"hours at which the company is reached {place.came_or_went}: {quote(old or new)}")
    if not (old and new) and _says_where_to_write(place):
        return _came_or_went(place)
    if _names_mail(old) and _names_mail(new) and not place.is_behind_recipients():
        return Finding(Kind.MINOR, f"contact details: {arrow(old, new)}")
    if place.is_of_no_address():
        return officer(place)
    return _replaced(place) if old and new else _alone(place)


def is_mail_link(part: Part) -> bool:
    """Return whether all words of a part, which has some, are of one link by which to write an e-mail."""
    side, start, end = part
    words = set(words_of(side.tokens[start:end]))
    inline = side.block_of(start).inline
    return any(
        link.value.startswith("mailto:") and words.issubset(tokenise(inline.visible[link.start : link.end]))
        for link in inline.links
    )


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
    if not (hold_digit(old) or hold_digit(new)) and _of_an_officer(old) != _of_an_officer(new):
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
    if stays and place.is_whole_block():
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
    words = [token for token in side.tokens[start:end] if is_word(token)]
    if not words or "@" not in words[-1] or not _LEAD_TO_MAILS.issuperset(map(str.lower, words[:-1])):
        return False
    first, last = side.block_at(start)
    is_gap = first < start and side.tokens[start - 1].lower() in _BEFORE_MAILS
    return (is_gap and end < last and side.tokens[end] in _ENDS) or not place.is_behind_recipients()


def _names_mail(tokens: Sequence[str]) -> bool:
    """Return whether tokens are an e-mail address and nothing but words for one."""
    words = [token.lower() for token in tokens if is_word(token) or "@" in token]
    return sum("@" in word for word in words) == 1 and all("@" in word or word in _FOR_MAILS for word in words)


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
