"""What stands above all sentences of a policy or below them all: counts, greetings, promotions, links to other pages.

There a page has what its site is about that day. A line counts by its form: a few words, no sentence, no word of a
policy; what counts, greets or offers is known by one word, in whatever order the others stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from harvester.diffing.text import widgets
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.inline import Inline
from harvester.diffing.text.labels import LABELS, LANGUAGES, SITE_PAGES

LONGEST = 14
"""Words of a block that is a label or a counter."""
SHORT = 160
"""Characters of a block that can stand around a policy."""
_COUNT = 8  # words of a line that counts something
_MENU = 3  # links in a row, to pages of one site, that make a menu
_MENU_WORDS = 5  # of each
_SITE_MENU = 6  # links in a row that make one between sentences too, if some lead to pages that each site has
_OTHERS = 2  # links in a row, below all sentences, that lead to other pages
_TITLE_WORDS = 12  # of each
_ACCOUNT = 4  # letters in which the names of one company's accounts are alike

_PARTS = re.compile(r"\s*[|·•]\s*|\s[–-]\s")
_NUMBER = re.compile(r"\d")
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
    r"\bopt(?:ing|s|ed)?[ -]?(?:out|in)\b|\b(?:delet|eras|profil|track|minor|child|kinder|enfant|niñ|minori|crianç"
    r"|dziec|complain|beschwer|réclam|reclam|klacht|skarg|gdpr|dsgvo|rgpd|ccpa|rodo|lgpd|transfer|übermittl|recipient"
    r"|empfänger|destinat|ontvanger|odbiorc|annex|schedule|appendix|anlage|anhang|anexo|allegat|bijlage|załącznik|приложени|ребён"
    r"|получател|удал)"
)
"""What else a list of links of the policy is about: rights, children, recipients, annexes."""
_PARTIES = re.compile(
    r"\b(?:affiliat|subsidiar|group compan|our compan|controller|vendor|supplier|provider|konzern|tochter|dienstleister"
    r"|auftrags|verantwort|filial|fournisseur|prestataire|sous-trait|proveedor|encargad|fornitor|titolar|leverancier"
    r"|verwerker|dostawc|podmiot|spółk|поставщик|дочерн|обработ|tedarikçi|alıcı|droits?\b|derechos|diritti|direitos|rechten?"
    r"|prawa\b|прав|haklar"
    r"|cookie|recueill|collect|erheb|recog|raccol|собира|toplad|toplan|veriler|zbier|verzamel)"
    r"|収集|נאספ|نجمع|ข้อมูล|जानकारी"
    r"|提供先|委託先|权利|權利|提供者|接收方|수령|제공|권리|المستلم|حقوق|البيانات|נמענ|זכויות|ผู้รับ|สิทธิ|प्राप्तकर्ता|अधिकार|权|データ|接收"
)
"""What a heading over a list of the policy is about, beside what a block of it may be."""
_OF_A_COMPANY = re.compile(r"legal|terms|about|index|home|contact|company|imprint|impressum|datenschutz")
"""The last word of an address that many companies have a page at."""
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
_GREETING = re.compile(
    r"(?:hello|hi|hey|welcome back|good (?:morning|evening)|hallo|guten tag|willkommen zurück|bonjour|bonsoir|salut"
    r"|hola|buenos días|ciao|buongiorno|olá|bom dia|hoi|dag|goedendag|welkom terug|witaj|cześć|dzień dobry|hej|merhaba"
    r"|привет|здравствуйте|добрый день)[,!:]? [^\W\d_]{2,20}\b(?:[!.,:;|].{0,60})?"
)
_OFFER = re.compile(r"-?\b\d{1,2}(?:[.,]\d)? ?%|\b\d+ ?% ?\w+")


def linked(inline: Inline) -> int:
    """Count the characters of a block that are in links."""
    return sum([link.end - link.start for link in inline.links])


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
    if widgets.PROMOTIONS.fullmatch(said) or _GREETING.fullmatch(said):
        return True
    if any(widgets.is_counter(part.strip()) for part in _PARTS.split(said)):
        return True  # a line of who wrote the page, or when, with the minutes to read it
    return block.key[-1] not in ".。;:" and (counts(said) or _offers(said))


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
    words = _WORD.findall(said)
    counted = [_COUNTED.fullmatch(word) is not None for word in words]
    return (
        _is_figure(said)
        and any(counted)
        and all(one or word in _BESIDE_COUNTS for one, word in zip(counted, words, strict=True))
    )


def _offers(said: str) -> bool:
    return _is_figure(said) and _OFFER.search(said) is not None and _SALE.search(said) is not None


def _is_figure(said: str) -> bool:
    """Return whether a line is a few words with a number that is no term, age or number of a register."""
    return len(said.split()) <= _COUNT and _NUMBER.search(said) is not None and not MEANS_A_TERM.search(said)


def menus(blocks: Sequence[Block], said: Sequence[str], first: int, last: int) -> set[int]:
    """Return the menus of the site: links to pages of one host in a row, above all sentences or below them all."""
    found = _site_menus(blocks)
    for start, end in ((0, first), (last + 1, len(blocks))):
        run: list[int] = []
        hosts: list[str] = []
        announced = False
        for place in range(start, end + 1):
            block = blocks[place] if place < end else None
            if block is not None and is_menu(block):
                announced = announced or (not run and place > 0 and _announces(blocks, said, place - 1, last))
                run.append(place)
                hosts += [urlsplit(link.value).netloc.removeprefix("www.") for link in block.inline.links]
            else:
                if len(hosts) >= _MENU and len(set(hosts)) == 1 and not announced:
                    found.update(run)
                run, hosts, announced = [], [], False
    return found | _other_pages(blocks, said, last) | _own_accounts(blocks, said, last)


def _site_menus(blocks: Sequence[Block]) -> set[int]:
    """Return menus wherever they stand: links in a row to pages of one site, several of them such as each site has."""
    found: set[int] = set()
    run: list[int] = []
    hosts: set[str] = set()
    names: list[str] = []
    for place in range(len(blocks) + 1):
        block = blocks[place] if place < len(blocks) else None
        if block is not None and is_menu(block):
            run.append(place)
            for link in block.inline.links:
                hosts.add(urlsplit(link.value).netloc.removeprefix("www."))
                names.append(block.inline.visible[link.start : link.end].strip().casefold())
        elif run:
            if len(hosts) == 1 and len(names) >= _SITE_MENU and len(SITE_PAGES.intersection(names)) >= _MENU:
                found.update(run)
            run, hosts, names = [], set(), []
    return found


def _other_pages(blocks: Sequence[Block], said: Sequence[str], last: int) -> set[int]:
    """Return the links in a row to pages of one site that are no policy's, below all sentences, with their heading."""
    found: set[int] = set()
    run: list[int] = []
    hosts: list[str] = []
    for place in range(last + 1, len(blocks) + 1):
        block = blocks[place] if place < len(blocks) else None
        if block is not None and leads_to_others(block, said[place]):
            run.append(place)
            hosts += [urlsplit(link.value).netloc.removeprefix("www.") for link in block.inline.links]
            continue
        if len(hosts) >= _OTHERS and len(set(hosts)) == 1:
            above = blocks[run[0] - 1]
            head = {run[0] - 1} if run[0] - 1 > last and above.kind is BlockKind.HEADING else set()
            if not any(map(_heads_a_list, (said[place] for place in head))) and not above.key.endswith((":", "：")):
                found |= head.union(run)
        run, hosts = [], []
    return found


def _heads_a_list(said: str) -> bool:
    """Return whether a heading says that what is under it is of the policy: recipients, rights, data."""
    return any(pattern.search(said) for pattern in (widgets.OF_A_POLICY, OF_THE_POLICY, _PARTIES))


def _own_accounts(blocks: Sequence[Block], said: Sequence[str], last: int) -> set[int]:
    """Return the links to the site's own accounts elsewhere, below all sentences.

    Each has the name of the site that it leads to, and their addresses end alike: with the name of the account.
    """
    found: set[int] = set()
    run: list[int] = []
    accounts: list[str] = []
    for place in range(last + 1, len(blocks) + 1):
        named = _accounts(blocks[place]) if place < len(blocks) else []
        if named:
            run.append(place)
            accounts += named
            continue
        if len(accounts) > 1:
            above = blocks[run[0] - 1]
            is_label = above.kind is BlockKind.HEADING and said[run[0] - 1] in LABELS
            shortest = min(accounts, key=len)
            alike = all(account.startswith(shortest) for account in accounts)
            if alike and len(shortest) >= _ACCOUNT and (is_label or not _announces(blocks, said, run[0] - 1, last)):
                found.update(run)
        run, accounts = [], []
    return found


def _accounts(block: Block) -> list[str]:
    """Return the names of the accounts that a block of links leads to; nothing if one of them leads elsewhere."""
    if not is_menu(block):
        return []
    accounts = []
    for link in block.inline.links:
        address = urlsplit(link.value)
        name = "".join(_WORD.findall(block.inline.visible[link.start : link.end].casefold()))
        account = address.path.rstrip("/").rpartition("/")[2].lstrip("@").casefold()
        if name not in address.netloc.casefold().split(".") or not account:
            return []
        if widgets.OF_A_POLICY.search(account) or OF_THE_POLICY.search(account) or _OF_A_COMPANY.search(account):
            return []
        accounts.append(account)
    return accounts


def leads_to_others(block: Block, said: str) -> bool:
    """Return whether a block is a title of another page, or a few with the name of their row before them."""
    links, visible = block.inline.links, block.inline.visible
    if not links or block.kind not in (BlockKind.ITEM, BlockKind.PARAGRAPH) or not said:
        return False
    if widgets.OF_A_POLICY.search(said) or OF_THE_POLICY.search(said):
        return False
    if any(link.value.startswith(("mailto:", "tel:")) for link in links):
        return False
    if any(len(visible[link.start : link.end].split()) > _TITLE_WORDS for link in links):
        return False
    outside = _outside(visible, block)
    return not any(map(str.isalnum, outside)) or (
        len(links) > 1 and visible[: links[0].start].rstrip().endswith(":") and 2 * linked(block.inline) > block.size
    )


def is_menu(block: Block) -> bool:
    """Return whether a block holds nothing but links, each a few words."""
    links, visible = block.inline.links, block.inline.visible
    if links and any(map(str.isalnum, visible[: links[0].start])):
        return False  # as most
    return (
        bool(links)
        and block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH)
        and all(len(visible[link.start : link.end].split()) <= _MENU_WORDS for link in links)
        and not any(letter.isalnum() for letter in _outside(visible, block))
    )


def holds_only_links(block: Block) -> bool:
    """Return whether no letter or figure of a block is outside of its links."""
    return not any(map(str.isalnum, _outside(block.inline.visible, block)))


def _announces(blocks: Sequence[Block], said: Sequence[str], place: int, last: int) -> bool:
    """Return whether a block announces the list behind it: by a colon; a heading below the sentences too, and above
    them, but for the title, one that says what is listed.
    """
    block = blocks[place]
    if block.kind is not BlockKind.HEADING:
        return block.key.endswith((":", "："))
    return place > last or block.key.endswith((":", "：")) or (block.level > 1 and _heads_a_list(said[place]))


def _outside(visible: str, block: Block) -> str:
    """Return the characters of a block that are in no link."""
    inside = {place for link in block.inline.links for place in range(link.start, link.end)}
    return "".join(letter for place, letter in enumerate(visible) if place not in inside)
