"""The language of a text, offline, short texts included.

Long texts: resiliparse's n-gram profiles (101 languages). On policies of a few lines they are often wrong, so for the
languages of most policies the share of their commonest function words speaks first: a few words of real prose hold
some, and names, link labels and code hold none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from resiliparse.parse.lang import detect_fast

from harvester.cleaner.quality.prose import unmarked

SAMPLE = 1_500
"""Characters of each of the three pieces (beginning, middle, end) that the profiles judge in a long text."""
_WORDS_SAMPLED = 1_500
_LEAST_HITS = 3
"""Function words below which they say nothing."""
_LEAST_SHARE = 0.12
"""Share of function words that running prose passes: policies of the nine languages measure 0.2 to 0.5."""
_LEAD = 1.3
"""The factor by which the first language must lead the second; related languages share many of these words."""
_LONG = 150
"""Words from which the profiles are right where they name a language whose function words are not listed."""
_SURE_RANK = 330
"""The rank up to which they are: long texts of thirty such languages measure 200 to 310."""
_MISTAKEN = frozenset({"und", "la", "gl"})
"""What the profiles name where they do not know, or take names for, or Spanish."""
_FIRST_KANA, _LAST_KANA, _LAST_IDEOGRAPH = "\u3040", "\u30ff", "\ufaff"
_LEAST_KANA = 0.1
"""Share of kana that Japanese prose passes (it has about half) and Chinese, with a foreign name, does not."""
_CONFIDENCE_OF_SIGNS = 0.9
_WORST_RANK = 1_200
"""resiliparse's rank (0 is best) above which a result is usually false, by its documentation."""

_FUNCTION_WORDS: dict[str, str] = {
    "en": "the of and to in or we you your our that is are for with this by not any from may be as on will it have "
    "if us other such which when do can about how use at an has all these who what",
    "fr": "le la les des de du et à en un une nous vous votre vos nos notre que qui dans pour par sur est sont au aux "
    "ou ne pas avec ces cette ce son sa ses leur être peut il elle",
    "de": "der die das und in zu den von wir sie ihre ihrer ihren ist sind für mit auf werden wird nicht dem des eine "
    "einer ein oder bei als auch uns unsere unserer durch dass nach zur zum im an",
    "es": "el la los las de del y en que un una para por con se su sus es son no al o nuestro nuestra nuestros usted "
    "como más puede este esta lo le si cuando",
    "it": "il la le gli di del della dei delle e in che un una per con si è sono non al alla o nostro nostra lei suo "
    "sua suoi come può questo questa da dal nel nella i l",
    "pt": "o a os as de do da dos das e em que um uma para por com se seu sua seus é são não ao à ou nosso nossa "
    "você como pode este esta no na nos nas pelo pela",
    "nl": "de het een en van in op te dat die wij we u uw onze ons is zijn voor met niet door aan bij als ook of "
    "worden kan deze dit naar om over je",
    "sv": "och att det som en ett i på är av för med den till vi du dina vår våra om inte kan eller från vid har när "
    "ni din denna",
    "da": "og at det som en et i på er af for med den til vi du dine vores om ikke kan eller fra ved har når din denne",
    "pl": "i w na z do się nie że jest oraz lub przez dla od o po to jak są w nas nasze naszej państwa może ich za",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _listed in _FUNCTION_WORDS.items():
    for _word in dict.fromkeys(_listed.split()):
        _LANGUAGES_OF.setdefault(_word, []).append(_language)


def detect(text: str, words: Sequence[str]) -> tuple[str, float]:
    """Return the ISO 639-1 code of a plain text's language, or ``und``, and a confidence from 0 to 1.

    `words` are the words of `text` in lower case. The confidence is an order, not a probability.
    """
    sample = words if len(words) <= _WORDS_SAMPLED else [*words[:500], *words[len(words) // 2 :][:500], *words[-500:]]
    if not any(word.isalpha() for word in sample):
        return "und", 0.0
    if not text.isascii() and (signs := _by_signs(sample)):
        return signs, _CONFIDENCE_OF_SIGNS
    by_words, share = _by_function_words(sample)
    profile, rank = _by_profile(text)
    if by_words and _is_another(profile, rank, len(words)):
        by_words = ""  # Hungarian has the "a" and the "e" of Portuguese
    if by_words and by_words == profile:
        return by_words, round(min(1.0, 0.7 + share), 3)
    if by_words:
        return by_words, round(min(0.85, 0.4 + share), 3)
    if profile == "und":
        return "und", 0.0
    return profile, round(max(0.0, 1 - rank / _WORST_RANK), 3)


def _is_another(profile: str, rank: int, words: int) -> bool:
    """Return whether a text is in the language of its profile, although function words of another one are in it."""
    return words >= _LONG and rank <= _SURE_RANK and profile not in _FUNCTION_WORDS and profile not in _MISTAKEN


def sampled(text: str) -> str:
    """Return the beginning, the middle and the end of a long text, `SAMPLE` characters each; a short one whole."""
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))


def _by_signs(words: Sequence[str]) -> str:
    """Recognise Chinese or Japanese by their characters, which `prose.words` gives one by one; the profiles need whole
    pages.
    """
    signs = [word for word in words if len(word) == 1 and word >= _FIRST_KANA and word <= _LAST_IDEOGRAPH]
    if 2 * len(signs) < len(words):
        return ""
    kana = sum(sign <= _LAST_KANA for sign in signs)
    return "ja" if kana > _LEAST_KANA * len(signs) else "zh"


def _by_function_words(words: Sequence[str]) -> tuple[str, float]:
    counts = Counter(words)
    hits: Counter[str] = Counter()
    for word in counts.keys() & _LANGUAGES_OF.keys():
        for language in _LANGUAGES_OF[word]:
            hits[language] += counts[word]
    (first, most), (_, second) = [*hits.most_common(2), ("", 0), ("", 0)][:2]
    if most < _LEAST_HITS or most < _LEAST_SHARE * len(words) or most < _LEAD * second:
        return "", 0.0
    return first, most / len(words)


def _by_profile(text: str) -> tuple[str, int]:
    language, rank = detect_fast(unmarked(sampled(text)), cutoff=_WORST_RANK)
    return (str(language), int(rank)) if len(language) == 2 else ("und", _WORST_RANK)
