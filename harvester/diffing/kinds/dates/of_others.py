"""Dates and versions beside the words of a notice that are not the document's: of standards, of programs, of what
somebody did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.diffing.kinds.vocabulary import DOCUMENT

OF_STANDARDS = re.compile(
    r"\b(?:clauses?|frameworks?|protocols?|shield|tcf|cláusulas?|clausole|klauseln?|norme?n?|certifi\w+|zertifi\w+"
    r"|apps?|software|browsers?|android|ios|windows|macos|linux|firmware|sdk|plug-?ins?|logiciels?|navigateurs?"
    r"|navegador\w*|программ\w+|приложени\w+)\b|アプリ|应用|앱"
)
"""Words of what has versions of its own, which a policy refers to."""
IS_OF_OTHERS = re.compile(
    r"\b(?:who (?:have |had )?(?:registered|joined|signed|opened|created|bought|consented|agreed)"
    r"|(?:accounts?|data|information|consents?|orders?|purchases?|contracts?)"
    r" (?:\w+ )?(?:collected|given|created|opened|made|placed|submitted|received|signed)"
    r"|qui se sont inscrits|que se registraron|che si sono registrati)\b(?: \S+){0,6} ?$"
)
"""What somebody did, or was done with somebody's data, right before its date."""
_OR_LATER = re.compile(
    r"(?:and|or) (?:later|newer|above|higher|earlier|older|below)|(?:und|oder) (?:höher|neuer|älter|später)"
    r"|(?:et|ou) (?:ultérieure|supérieure|plus récente)s?|(?:y|o) (?:posteriores|superior(?:es)?)"
    r"|(?:e|o) (?:successiv[ei]|superior[ei])|(?:e|ou) (?:posteriores|superior(?:es)?)"
    r"|(?:en|of) (?:hoger|nieuwer|later)"
)
"""What stands behind a version from which on, or up to which, something is so."""
_OF = frozenset("of der des du de del della dos das do da van".split())  # noqa: SIM905


def is_of_a_standard(before: Sequence[str], version: str) -> bool:
    """Return whether what stands before a version is the name of a standard or a program, or ``since``: ``TLS version
    1.3``, ``ISO 27001, version 2022``, ``our app version 2``.

    It has an abbreviation in capitals or a word such as "clauses", and names no document.
    """
    if before[-1].lower() == "since":
        return True
    spelled = " ".join(before).lower()
    if OF_STANDARDS.search(spelled):
        return DOCUMENT.search(spelled) is None
    near = list(map(_is_short_abbreviation, before))
    return any(near) and not version.isupper() and (near[-1] or DOCUMENT.search(spelled) is None)


def is_behind_a_version(behind: Sequence[str]) -> bool:
    """Return whether what stands behind a version names a standard, or says that it is so from there on: ``2.0 of the
    Standard Contractual Clauses``, ``8 or later``.
    """
    spelled = " ".join(behind).lower()
    if _OR_LATER.match(spelled):
        return True
    if not behind or behind[0].lower() not in _OF:
        return False  # as most
    return OF_STANDARDS.search(spelled) is not None and DOCUMENT.search(spelled) is None


def _is_short_abbreviation(token: str) -> bool:
    return token.isupper() and len(token) in range(2, 5)
