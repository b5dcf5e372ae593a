"""The legal form of a company behind its name: the same party is named in full or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.same_words.wording import is_legal_form
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import is_word

_PUBLIC = "publ"
"""Behind the form of a Swedish company whose shares the public may buy: its law asks for it."""
_BESIDE = frozenset(",.()")
_LONGEST = 8  # tokens

Forms = Mapping[str, frozenset[str]]
"""The legal forms that a text has behind each name: by the name's last word, and by its last two, in lower case."""


class HasForms(Protocol):
    """Both texts as a whole."""

    @property
    def forms(self) -> tuple[Forms, Forms]: ...


def adds_a_form(side: Side, start: int, end: int, texts: HasForms) -> bool:
    """Return whether tokens of a side are nothing but the legal form of the company right before them, which both texts
    call so elsewhere, and nowhere by another form; or the mark of a public one behind its form.
    """
    tokens = side.tokens[start:end]
    if len(tokens) > _LONGEST or start == side.block_at(start)[0]:
        return False
    words = [token for token in tokens if token not in _BESIDE]
    forms = [word for word in words if is_legal_form(word)]
    if not words or any(word != _PUBLIC and word not in forms for word in words):
        return False
    before = side.tokens[start - 1]
    if not forms:
        return is_legal_form(before)
    name = _name_before(side, start)
    return (
        bool(name)
        and len(forms) == 1
        and all(known.get(name.lower()) == frozenset({_plain(forms[0])}) for known in texts.forms)
    )


def _plain(form: str) -> str:
    return form.replace(".", "").lower()


def _name_before(side: Side, start: int) -> str:
    """Return the last words of the name before a token, of which one has a capital."""
    first = side.block_at(start - 1)[0]
    last = side.tokens[start - 1]
    if not is_word(last):
        return ""
    if last[0].isupper():
        return last
    before = side.tokens[start - 2] if start - 2 >= first else ""
    return f"{before} {last}" if before[:1].isupper() else ""


def forms_by_name(blocks: Sequence[Block]) -> Forms:
    """Return the legal forms behind the names of companies in a text."""
    found: dict[str, set[str]] = {}
    for block in blocks:
        tokens = block.tokens
        for place, token in enumerate(tokens):
            if not is_legal_form(token):
                continue
            last = place - 2 if tokens[place - 1 : place] == [","] else place - 1
            if last >= 0:
                for first in (last, max(last - 1, 0)):
                    name = " ".join(tokens[first : last + 1]).lower()
                    found.setdefault(name, set()).add(_plain(token))
    return {name: frozenset(forms) for name, forms in found.items()}
