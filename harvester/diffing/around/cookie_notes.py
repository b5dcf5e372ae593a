"""Notes that a site uses cookies: dialogs that were not hidden, with the buttons that dismiss them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.diffing.around.labels import BUTTONS, NAMES_OF_DOCUMENTS, TITLES_OF_DIALOGS
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.lru import remember_short

NOTE = 60
"""The most tokens of a note."""
_TOP = 4  # blocks under the title among which it can stand
_SENTENCE = 12  # tokens

_SAYS_SO = re.compile(
    r"(?:website|site|page|we|partners|webseite|seite) uses? cookies"
    r"|(?:site|nous) (?:web )?(?:utilise|utilisons) des cookies"
    r"|(?:verwendet|verwenden|nutzen) cookies|(?:sitio|web) (?:utiliza|usa) cookies|(?:utilizamos|usamos) cookies"
    r"|sito (?:utilizza|usa) (?:i )?cookie|site (?:utiliza|usa) cookies"
    r"|(?:website|site) (?:maakt gebruik van|gebruikt) cookies|använder cookies|używa(?:my)? (?:plików )?cookies?"
    r"|использ\w+ (?:файлы )?cookie|cookie(?:を|の)(?:使用|利用)|使用 ?cookie"
)
_PURPOSE = re.compile(
    r"experience|continu|best |better|improve|happy with|agree|accept|erfahrung|erlebnis|optimal|bestmöglich|zustimm"
    r"|expérience|meilleur|accept|poursuiv|experiencia|mejor|acept|continú|esperienza|miglior|accett|experiência|melhor"
    r"|aceit|ervaring|beste|verbeter|upplevelse|förbättra|forbedre|popraw|komfort|улучш|соглаш|同意|利便|体験|改善|体验"
    r"|upplevelse|akcept|удобств|partners use"
)
_GOES_ON = re.compile(
    r"\b(?:by (?:continuing|browsing|using)|if you continue|en (?:poursuivant|continuant)|wenn sie (?:weiter|auf)"
    r"|durch (?:die|ihre) (?:weitere )?nutzung|(?:si|al) continúa?r? (?:navegando|la navegación)"
    r"|(?:continuando|proseguendo)|se (?:continuar|continuares)|ao continuar|door (?:verder|gebruik)"
    r"|genom att (?:fortsätta|använda)|ved at (?:fortsætte|bruge)|(?:kontynuując|pozostając|korzystając)|продолжая)"
    r"|続け|継続|继续|繼續"
)
"""Who reads on is said to agree: so a banner ends, not a policy's sentence on cookies."""
_SPEAKER = re.compile(
    r"(?:this (?:web)?site|we|our (?:web)?site|nous|(?:notre|ce) site(?: web)?|wir|diese (?:web)?seite|utilizamos"
    r"|usamos|(?:este|nuestro) sitio(?: web)?|questo sito(?: web)?|utilizziamo|este site|wij|deze (?:web)?site|vi"
    r"|używamy|(?:ta|nasza) strona|мы|(?:этот|наш) сайт)\b|当(?:社|サイト)|(?:我们|本(?:网站|站))"
)
_PARTS_WORDS = (
    "cookie name duration description type provider domain purpose dauer beschreibung typ anbieter zweck durée"
    " fournisseur finalité duración descripción tipo proveedor finalidad durata descrizione fornitore duração descrição"
    " fornecedor duur beschrijving aanbieder doel varaktighet beskrivning leverantör varighed varighet opis"
)
PARTS_OF_ENTRIES = frozenset(
    {*_PARTS_WORDS.split(), "czas trwania", "срок", "описание", "期間", "説明", "期限", "描述"}
)
"""What a consent dialog says of each cookie, in a line of its own above what it is."""
_ENTRIES = 3
"""The fewest cookies of a list that tell it."""
_CATEGORIES = 4
"""The most blocks in a row on kinds of cookies of which a dialog shows none."""
_GIVES = re.compile(
    r"\b(?:shar|s[eo]l[dl]|disclos|advertis|partner|transfer|third|we (?:also )?(?:collect|process|keep)|not\b"
    r"|(?<=\w )no\b|never"
    r"|nicht|kein|dritte|teilen|weitergeb|werb|ne\b|pas\b|tiers|partag|publicit|vend|nunca|terceros|compart|non\b|terzi"
    r"|condivi|não|niet|geen|derden|delen|advert|inte\b|ingen|tredje|annons|nie\b|osob|udostępn|reklam|не\b|третьи|реклам"
    r"|第三|広告|ません|广告|不)"
)
"""Who says what is done with cookies, to whom they are given or what not, may be the policy."""
_SPELLED_BUTTONS = "|".join(re.escape(one) for one in sorted(BUTTONS, key=len, reverse=True) if len(one) > 1)
_INLINE_BUTTONS = re.compile(rf"[.!?] (?:(?:{_SPELLED_BUTTONS})[ .!|]*)+$")


def may_be_note(block: Block) -> bool:
    """Return whether a block says that the site uses cookies, and what for, as a note on them does."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or len(block.tokens) > NOTE:
        return False
    return "cookie" in (key := block.inline.folded) and _says_what_for(key)


@remember_short  # asked of the same block in each comparison of its text
def _says_what_for(key: str) -> bool:
    return _SAYS_SO.search(key) is not None and _PURPOSE.search(key) is not None


def cookie_notes(blocks: Sequence[Block], said: Sequence[str]) -> set[int]:
    """Return the places of the notes that the site uses cookies, with the buttons that dismiss them.

    `said`: what each block says, in lower case. A note without a button is one at the top, or below all sentences, if
    it says that who reads on agrees, or stands under the title of such a dialog and leads to the policy.
    """
    notes: set[int] = set()
    for place in range(1, len(blocks)):
        note = blocks[place]
        if "cookie" not in note.inline.folded or not may_be_note(note):
            continue  # as most
        key = note.inline.folded
        button = place + 1
        while button < len(blocks) and said[button] in BUTTONS:
            button += 1
        is_banner = _SPEAKER.match(key) and _GOES_ON.search(key) and (place <= _TOP or _ends(blocks, place))
        if button > place + 1 or is_banner or _INLINE_BUTTONS.search(key):
            notes.update(range(place, button))
        elif place > 1 and said[place - 1] in TITLES_OF_DIALOGS and _leads_to_the_policy(note) and _ends(blocks, place):
            notes.update((place - 1, place))
    return notes


def is_part_of_entry(block: Block) -> bool:
    """Return whether a block names, alone in its line, what a consent dialog says of each cookie."""
    return block.kind is BlockKind.ITEM and block.inline.folded.strip(" :") in PARTS_OF_ENTRIES


def may_be_listed(blocks: Sequence[Block], place: int) -> bool:
    """Return whether the block at a place of a text may be of such a list: most may not."""
    block = blocks[place]
    if is_part_of_entry(block) or (place and is_part_of_entry(blocks[place - 1])):
        return True
    if "cookie" not in block.inline.folded or not _is_of_dialog(block):
        return False  # as most
    return place <= _TOP or any(map(is_part_of_entry, blocks[max(0, place - _CATEGORIES - 1) : place]))


def listed_above(blocks: Sequence[Block]) -> set[int]:
    """Return the places of a consent dialog's cookies above all else, with what it says of cookies over them: a cookie,
    its lifetime and the like have a line each, with the name of the part in one above it.
    """
    top = range(1, min(_TOP + 1, len(blocks)))
    first = next((place for place in top if is_part_of_entry(blocks[place])), None)
    if first is None or not all(map(_is_of_dialog, blocks[1:first])):
        return set()  # as most
    name = blocks[first].key
    if first == 1 and "cookie" not in blocks[first].inline.folded:
        return set()  # what is listed may be anything
    place, end, entries = first, first, 0
    while place + 1 < len(blocks):
        if is_part_of_entry(blocks[place]) and blocks[place + 1].kind is BlockKind.PARAGRAPH:
            entries += blocks[place].key == name
            place = end = place + 2
        elif place < end + _CATEGORIES and _is_of_dialog(blocks[place]):
            place += 1  # its next category, if cookies follow
        else:
            break
    return set(range(1, end)) if entries >= _ENTRIES and end < len(blocks) else set()


def _is_of_dialog(block: Block) -> bool:
    """Return whether a block is a sentence or two on cookies that give nothing to anybody and deny nothing."""
    key = block.inline.folded
    return (
        block.kind is BlockKind.PARAGRAPH
        and "cookie" in key
        and len(block.tokens) <= NOTE
        and _GIVES.search(key) is None
    )


def _leads_to_the_policy(block: Block) -> bool:
    """Return whether a block has a link to the site's policy: the policy itself has none."""
    inline = block.inline
    return any(inline.folded[link.start : link.end].strip() in NAMES_OF_DOCUMENTS for link in inline.links)


def _ends(blocks: Sequence[Block], place: int) -> bool:
    """Return whether no sentence stands below a block."""
    return all(block.kind is BlockKind.HEADING or len(block.tokens) <= _SENTENCE for block in blocks[place + 1 :])
