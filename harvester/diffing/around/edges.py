"""What stands above all sentences of a policy or below them all: counts, greetings, promotions.

There a page has what its site is about that day. A line counts by its form: a few words, no sentence, no word of a
policy; what counts, greets or offers is known by one word, in whatever order the others stand. What somebody says of
the company, in quotation marks with a name under it, is none of the policy anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.diffing.around import widgets
from harvester.diffing.around.labels import LANGUAGES
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.inline import Inline

LONGEST = 14
"""Words of a block that is a label or a counter."""
SHORT = 160
"""Characters of a block that can stand around a policy."""
_COUNT = 8  # words of a line that counts something
_NAME_OF_WHO = 7  # words of a name with a place, under praise

_PARTS = re.compile(r"\s*[|·•]\s*|\s[–-]\s")
_NUMBER = re.compile(r"\d")
_QUOTED = re.compile(r'".{20,}"')
_WORD = re.compile(r"[^\W\d_]+")
_COUNTED = re.compile(
    r"view(?:s|ed)?|visits?|visitors?|visited|hits|read|seen|likes?|shares?|tweets?|comments?|replies|rat(?:ed|ings?)"
    r"|reviews?|votes?|followers|downloads?|basket|cart|bag|messages?|notifications?|online|trusted"
    r"|aufrufe|angesehen|gelesen|besuche?|besucher|zugriffe|kommentare?|bewertung(?:en)?|bewertet|stimmen|warenkorb"
    r"|vues?|vu|lue?s?|fois|visites?|commentaires?|réponses|avis|note|panier|consultée?|partages?"
    r"|vist[oa]s?|veces|leíd[oa]s?|lecturas|visitas|comentarios?|valoraci\w+|votos?|opiniones|carrito"
    r"|volte|lett[oaie]|visite|visualizzazioni|commenti|voti|recensioni|carrello"
    r"|vezes|lid[oa]s?|visualizações|comentários?|avaliaç\w+|carrinho"
    r"|keer|bekeken|gelezen|weergaven|reacties?|stemmen|beoordeling(?:en)?|winkelwagen"
    r"|odsłon\w*|wyświetle\w*|razy|odwiedz\w*|komentarz\w*|głos(?:y|ów)?|ocen[ay]?|koszyk"
    r"|visningar|gånger|läst|kommentarer|betyg|görüntülenme|kez|okunma|yorum"
    r"|просмотр\w*|прочита\w+|посещени\w*|комментари\w*|отзыв\w*|корзина"
    r"|閲覧数?|アクセス数?|コメント数?|阅读量?|浏览量?|访问量?|评论|조회수?|댓글"
)
"""What readers do and leave, and what a shop counts for them."""
_BESIDE_COUNTS_WORDS = (
    "this page article post was has been is it times time by out of from the a an total more than over and so far"
    " today average stars star customers customer users readers people items item my your gbp eur usd zł kr pln chf"
    " diese dieser dieses seite beitrag artikel wurde mal von und sterne kunden insgesamt"
    " cette page a été cet article sur par moyenne étoiles clients et de la"
    " esta página este artículo ha sido por estrellas clientes y media questa pagina articolo è stata da stelle"
    " clienti e foi esta artigo estrelas média deze pagina dit artikel werd door sterren klanten gemiddeld"
    " ta strona ten artykuł przez gwiazdek эта страница статья раз из"
)
_BESIDE_COUNTS = frozenset(_BESIDE_COUNTS_WORDS.split())
"""Words that may stand in such a line; any other may make it a rule of the policy."""
_SALE = re.compile(
    r"\b(?:sales?|off|discounts?|rabatte?|sparen|aktion|angebot|soldes|promo\w*|remise|réduction|rebajas|descuentos?|ofertas?"
    r"|menos|saldi|sconti?|sconto|offert[ae]|descontos?|promoç\w+|korting|uitverkoop|aanbieding|wyprzedaż|rabat[yów]*"
    r"|promocj\w*|скидк\w*|распродаж\w*|indirim\w*|rea)\b|割引|セール|折扣|할인"
)
OF_THE_POLICY = re.compile(
    r"\bopt(?:ing|s|ed)?[ -]?(?:out|in)\b|\b(?:delet|eras|profil|perfil|profiel|профил|track|scan|fingerprint"
    r"|biometr|биометр|face|facial|gesicht|visage|rostro|facci|accept|akzept|acept|accett|aceit|einwillig|zustimm|toestem|zgod|соглас|onay"
    r"|minor|child|kinder|enfant|niñ|minori|crianç"
    r"|dziec|complain|beschwer|réclam|reclam|klacht|skarg|gdpr|dsgvo|rgpd|ccpa|rodo|lgpd|transfer|übermittl|recipient"
    r"|empfänger|destinat|ontvanger|odbiorc|annex|schedule|appendix|anlage|anhang|anexo|allegat|bijlage|załącznik|приложени|ребён"
    r"|получател|удал|лиц)"
)
"""What else a list of links of the policy is about: rights, children, recipients, annexes."""
MEANS_A_TERM = re.compile(
    r"\b(?:second|minute|hour|day|week|month|year|tag|stunde|woche|monat|jahr|jour|heure|semaine|mois|ans?\b|année|día|hora"
    r"|semana|mes(?:es)?\b|año|giorn|or[ae]\b|settiman|mes[ei]\b|ann[io]\b|dia|mês|ano|dag|uur|we(?:ek|ken)|maand|jaar"
    r"|dni\b|dzień|godzin|tydzień|tygodni|miesi|lat\b|rok|дн|день|час|недел|месяц|лет\b|год|age[ds]?\b|alter|âge|edad|età|idade"
    r"|leeftijd|wiek|возраст|version|no\.|nr\b|number|nummer|numéro|número|numero|register|registr|article|artikel|section"
    r"|tel|phone|fax|mail|fee|interest|tax|vat|we\b|you|our\b|wir\b|sie\b|ihr|nous|vous|votre|usted|may\b|will\b|can\b"
    r"|be\b)"
    r"|年|月|日|歳|週|時間|[@§]|//"
)
"""Words by which a line with a number says something of the policy: terms, ages, registers, sentences."""
_PARTY_WORDS = (
    "we us our you your inc llc ltd limited corp company gmbh ag sa sas sarl srl spa bv ab oy as lawyers counsel law"
    " legal ministry authority office department the der die das le la el il"
)
_PARTY = frozenset(_PARTY_WORDS.split())
"""Words in the name of who is more than the author of a page."""
_ACCOUNTS = frozenset({"admin", "administrator", "moderator", "root", "webmaster"})
_GREETING = re.compile(
    r"(?:hello|hi|hey|welcome back|good (?:morning|evening)|hallo|guten tag|willkommen zurück|bonjour|bonsoir|salut"
    r"|hola|buenos días|ciao|buongiorno|olá|bom dia|hoi|dag|goedendag|welkom terug|witaj|cześć|dzień dobry|hej|merhaba"
    r"|привет|здравствуйте|добрый день)[,!:]? [^\W\d_]{2,20}\b(?:[!.,:;|].{0,60})?"
)
_OFFER = re.compile(r"-?\b\d{1,2}(?:[.,]\d)? ?%|\b\d+ ?% ?\w+")


def is_short(block: Block) -> bool:
    """Return whether a block is so short that it can stand around a policy, with its blanks too."""
    return len(block.key) <= SHORT and len(block.inline.visible) <= 2 * SHORT


def linked(inline: Inline) -> int:
    """Count the characters of a block that are in links."""
    return sum([link.end - link.start for link in inline.links])


def is_bold(block: Block) -> bool:
    """Return whether a block is in bold as a whole, as a heading may be."""
    styles = block.inline.styles
    return bool(styles) and any(style.value == "strong" and style.end - style.start >= block.size for style in styles)


def is_link(block: Block) -> bool:
    """Return whether a block begins with a link that is most of it."""
    links = block.inline.links
    return bool(links) and links[0].start <= 2 and 2 * linked(block.inline) > block.size


def has_link(block: Block) -> bool:
    """Return whether a block is short and half of it or more is a link."""
    return bool(block.inline.links) and 2 * linked(block.inline) >= block.size > 0 and len(block.key) <= SHORT


def is_of_an_edge(block: Block, said: str) -> bool:
    """Return whether a block above or below all sentences is the site's: `said` are its words in lower case."""
    if block.kind is not BlockKind.PARAGRAPH and not is_link(block):
        return False
    if len(said) > 2 and said in LANGUAGES:
        return True
    words = len(said.split())
    if words > LONGEST or widgets.OF_A_POLICY.search(said) or OF_THE_POLICY.search(said):
        return False
    if widgets.PROMOTIONS.fullmatch(said) or _GREETING.fullmatch(said) or _is_byline(block, said):
        return True
    if any(widgets.is_counter(part.strip()) for part in _PARTS.split(said)):
        return True  # a line of who wrote the page, or when, with the minutes to read it
    return block.key[-1] not in ".。;:" and (counts(said) or _offers(said))


def _is_byline(block: Block, said: str) -> bool:
    """Return whether a line says who of the site wrote the page, and when: a name of a few words with a capital, or an
    account of the software, and none of a company.
    """
    byline = widgets.BYLINES.fullmatch(said)
    if byline is None:
        return False
    name = _WORD.findall(byline["name"])
    if not 0 < len(name) <= widgets.BYLINE_NAME or not _PARTY.isdisjoint(name):
        return False
    capitalised = (word for word in _WORD.findall(block.inline.visible) if word[0].isupper())
    return name[0] in _ACCOUNTS or name[0] in map(str.casefold, capitalised)


def is_outage(block: Block, said: str) -> bool:
    """Return whether a line says that the site is being looked after, as one above all sentences may."""
    return (
        block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE)
        and len(said.split()) <= LONGEST
        and widgets.OUTAGES.fullmatch(said) is not None
        and not widgets.OF_A_POLICY.search(said)
        and not OF_THE_POLICY.search(said.replace("scheduled", "planned"))  # which is no schedule of the policy
    )


def offers_anywhere(inline: Inline, said: str) -> bool:
    """Return whether a block is a link to what a shop offers: a policy has no such line of its own."""
    return (
        linked(inline) >= inline.size
        and widgets.PROMOTIONS.fullmatch(said) is not None
        and not widgets.OF_A_POLICY.search(said)
        and not OF_THE_POLICY.search(said)
    )


def counts(said: str) -> bool:
    """Return whether a line counts what readers do or leave, or what lies in their basket."""
    if not _is_figure(said):
        return False  # as most
    words = _WORD.findall(said)
    counted = [_COUNTED.fullmatch(word) is not None for word in words]
    return any(counted) and all(one or word in _BESIDE_COUNTS for one, word in zip(counted, words, strict=True))


def _offers(said: str) -> bool:
    return _is_figure(said) and _OFFER.search(said) is not None and _SALE.search(said) is not None


def _is_figure(said: str) -> bool:
    """Return whether a line is a few words with a number that is no term, age or number of a register."""
    return _NUMBER.search(said) is not None and len(said.split()) <= _COUNT and not MEANS_A_TERM.search(said)


def praise(blocks: Sequence[Block], said: Sequence[str]) -> set[int]:
    """Return what is in quotation marks with a name under it: somebody praises the company."""
    found = set()
    for place in range(1, len(blocks) - 1):
        if not said[place].startswith('"'):
            continue  # as most
        name = blocks[place + 1].key
        named = name.startswith(("–", "-")) and len(name.split()) <= _NAME_OF_WHO
        if named and _QUOTED.fullmatch(said[place]) and not widgets.OF_A_POLICY.search(said[place]):
            found |= {place, place + 1}
    return found


def may_praise(blocks: Sequence[Block], place: int) -> bool:
    """Return whether a block begins with a quotation mark, or as the name under what does."""
    begins = blocks[place].key[0]
    return begins == '"' or (begins in "-–" and blocks[place - 1].key.startswith('"'))
