"""Third parties that a text names: capitalised names beside words that say somebody else is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CUE = re.compile(
    r"(?i)\b(?:third[- ]part\w+|partners?|providers?|processors?|sub-?processors?|advertisers?|ad networks?|vendors?"
    r"|networks?|media|platforms?|plugins?|affiliates?|recipients?|contractors?|suppliers?"
    r"|log(?:ging)? ?in|sign(?:ing)? ?in|services? of)\b"
)
_LEAD = re.compile(
    r"(?:\b(?:such as|including|like|by|with|from|via|through|using|use|uses|services of|namely)"
    r"|e\.g\.,?|i\.e\.,?|for example,?)"
    r"\s*[\"'(:]*\s*(?:the\s+|our\s+|,\s*)?(?=[A-Z])"
)
_NAME_WORD = r"[A-Z][A-Za-z0-9]*(?:[&.'-][A-Za-z0-9]+)*"
_NAME = re.compile(rf"{_NAME_WORD}(?:[ ]{_NAME_WORD}){{0,3}}")
_NEXT = re.compile(r"\s*(?:,\s*(?:and/or|and|or)?|/|and/or|and|or|&)\s*(?:the\s+|our\s+)?(?=[A-Z])")
_NEAR = 90  # characters between the word that says that somebody else is meant and the names
_LISTED = (
    "i we you our your the this these that it he she they a an in on at by of to from with and or if when where"
    " how what who why any all each no not as for is are was be may can will must please also such other more"
    " about january february march april june july august september october november december monday tuesday"
    " wednesday thursday friday saturday sunday privacy policy policies notice statement terms service services"
    " conditions use user users site sites website websites app apps application applications platform product"
    " products account member members customer customers company companies group party parties third data personal"
    " information cookie cookies article section chapter annex regulation directive act law code protection"
    " general gdpr ccpa cpra coppa hipaa lgpd pipeda dpa eea eu uk us usa u.s e.u european union united states"
    " kingdom america canada australia germany france spain italy ireland switzerland brazil japan china india"
    " mexico netherlands california virginia colorado connecticut utah nevada texas oregon montana delaware iowa"
    " tennessee indiana new york london paris berlin dublin san francisco hamburg europe economic area commission"
    " federal commissioner authority office officer ip id ids url http https www html ios pdf faq gps sms mms tv"
    " pc internet web wi-fi wifi bluetooth standard contractual clauses shield framework safe harbor do track sell"
    " signal english french german spanish italian portuguese dutch street avenue road suite floor box city attn"
    " email e-mail contact help center settings legal support team department right rights request requests"
    " choices commercial inferences network networking partner partners vendor vendors provider providers court justice"
    " facility agreement attorney state"
    " district county inc llc ltd limited gmbh corp corporation one two three"
)
_COMMON = frozenset(_LISTED.split())

RULES = "\n".join((_CUE.pattern, _LEAD.pattern, _NAME.pattern, _NEXT.pattern, str(_NEAR), _LISTED))
"""All that decides which names are found: another text means other names."""


def names(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the names of third parties in a text, with their character positions.

    Names are alone or in a list after a word such as `including` or `by`, with a word such as `partners` or
    `providers` not far before it. None of their words may be a common one, nor may a name be an abbreviation.
    """
    for line in re.finditer(r"[^\n]+", text):
        for lead in _LEAD.finditer(line[0]):
            before = line[0][max(lead.start() - _NEAR, 0) : lead.end()]
            cue = re.split(r"[.!?;]\s", before)[-1]
            if _CUE.search(cue):
                for name, start in _listed(line[0], lead.end()):
                    yield name, line.start() + start, line.start() + start + len(name)


def _listed(line: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield the names of a list that begins at a character of a line, with their positions."""
    while found := _NAME.match(line, at):
        words = found[0].split(" ")
        while words and _is_common(words[-1]):
            words.pop()
        name = " ".join(words).rstrip(".'-")
        if words and not any(_is_common(word) for word in words) and _is_name(name):
            yield name, found.start()
        following = _NEXT.match(line, found.end())
        if following is None:
            return
        at = following.end()


def _is_name(name: str) -> bool:
    """Return whether it can be a name: not an abbreviation such as IMEI or SDKs."""
    return len(name) > 2 and not name.removesuffix("s").replace(" ", "").isupper()


def _is_common(word: str) -> bool:
    bare = word.lower().rstrip(".,'")
    return bare in _COMMON or bare.removesuffix("'s") in _COMMON
