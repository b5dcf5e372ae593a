"""What stands around a policy in its own text: menus, counters, buttons, lists of other pages.

An extraction cannot always leave them out. They are the site's, and change with it, not with the policy. Only what a
block says decides, and only short blocks of set phrases, languages or links count; docs/history.md says of each rule
why it is true of pages in general.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.diffing.text.blocks import Block, BlockKind, read_blocks

_LONGEST = 14  # words of a block that is a label or a counter
_TOP = 4  # blocks under the title among which the path to the page can stand
_SHORT = 160  # characters
_NOTE = 60  # tokens of a note that the site uses cookies
_CONTENTS = 3  # headings in a row that make a table of contents

# Whole labels; a block may hold several, divided by bars, dots or commas.
_LABELS = """
back to top|return to top|go to top|scroll to top|print|print this page|print page|printer friendly|print version
printer-friendly version|email this page|share this|share this page|share on facebook|share on twitter|tweet
share on linkedin|share on x|download pdf|download as pdf|skip to content|skip to main content|skip navigation|menu
main menu|search|close|open menu|close menu|log in|login|sign in|sign up|log out|logout|sign out|register|join
join now
my account|cart|basket|wishlist|got it|i agree|i accept|dismiss|cookie settings|learn more|read more|show more
show less
expand all|collapse all|home|previous|next|was this article helpful|was this page helpful|was this helpful
download on the app store|get it on google play|available on the app store|app store|google play
laden im app store|jetzt bei google play|télécharger dans l'app store|disponible sur google play
disponible en google play|consíguelo en el app store|scarica su app store|disponibile su google play
enter your email address|subscribe to our newsletter|sign up for our newsletter
did you find this helpful|follow us|follow us on|select language|choose your language|on this page|contents
table of contents|in this article|jump to
nach oben|zum seitenanfang|drucken|seite drucken|zum inhalt springen|menü|suche|suchen|schließen|anmelden|einloggen
registrieren|warenkorb|mehr erfahren|inhaltsverzeichnis|war dieser artikel hilfreich|startseite|herunterladen
haut de page|retour en haut|imprimer|partager|aller au contenu|rechercher|recherche|fermer|se connecter|connexion
s'inscrire|panier|en savoir plus|sommaire|table des matières|cet article vous a-t-il été utile|accueil|télécharger
volver arriba|imprimir|compartir|ir al contenido|saltar al contenido|menú|buscar|cerrar|iniciar sesión|registrarse
carrito|más información|índice|inicio|descargar|¿fue útil este artículo
torna su|torna all'inizio|stampa|condividi|vai al contenuto|cerca|chiudi|accedi|registrati|carrello|scopri di più
indice
voltar ao topo|voltar ao início|partilhar|compartilhar|pular para o conteúdo|ir para o conteúdo|fechar|cadastre-se
carrinho|saiba mais|sumário|início|este artigo foi útil
terug naar boven|naar boven|afdrukken|ga naar inhoud|zoeken|sluiten|inloggen|aanmelden|winkelwagen|meer informatie
inhoudsopgave|till toppen|skriv ut|sök|stäng|logga in|varukorg|läs mer
do góry|drukuj|udostępnij|szukaj|zamknij|zaloguj się|zarejestruj się|koszyk|dowiedz się więcej|spis treści
наверх|вверх|печать|поделиться|поиск|закрыть|войти|вход|регистрация|корзина|подробнее|содержание|оглавление
yukarı|başa dön|yazdır|paylaş|kapat|giriş yap|kayıt ol|içindekiler
ページトップへ|ページの先頭へ|トップへ戻る|印刷|シェア|検索|閉じる|ログイン|新規登録|目次|メニュー
返回顶部|回到顶部|返回頂部|打印|列印|分享|搜索|搜尋|关闭|關閉|登录|登錄|登入|注册|註冊|目录|目錄|菜单|选择语言
맨 위로|인쇄|공유|검색|닫기|로그인|회원가입|목차|메뉴
العودة إلى الأعلى|طباعة|بحث|إغلاق|تسجيل الدخول|القائمة|חזרה למעלה|הדפסה|חיפוש|סגור|התחברות|תפריט
กลับขึ้นด้านบน|พิมพ์|ค้นหา|ปิด|เข้าสู่ระบบ|สารบัญ|ऊपर जाएं|प्रिंट|खोजें
"""
_LANGUAGES = """
english|deutsch|français|español|italiano|português|português (brasil)|nederlands|svenska|dansk|norsk|norsk bokmål
suomi
polski|čeština|slovenčina|magyar|română|български|русский|українська|ελληνικά|türkçe|العربية|עברית|فارسی|हिन्दी|ไทย
tiếng việt|bahasa indonesia|bahasa melayu|日本語|中文|简体中文|繁體中文|中文 (简体)|中文 (繁體)|한국어|hrvatski|srpski
slovenščina|català|eesti|latviešu|lietuvių|filipino|english (us)|english (uk)|us english|en|de|fr|es|it|pt|nl|sv|pl|ru
ja|zh|ko|ar|tr|german|french|spanish|italian|portuguese|dutch|swedish|polish|russian|japanese|chinese|korean|arabic
"""
_OTHER_PAGES = """
related articles|related posts|related content|you may also like|you might also like|read next|recommended articles
recommended for you|recent posts|recent articles|recently viewed articles|latest news|latest posts|latest articles
popular articles|popular posts|more articles|most popular|most read|promoted articles|articles in this section
in the news
from the blog|ähnliche artikel|verwandte artikel|verwandte beiträge|weitere artikel|neueste beiträge|aktuelle beiträge
das könnte sie auch interessieren|articles associés|articles connexes|articles similaires|articles récents
à lire aussi
dernières actualités|artículos relacionados|entradas recientes|últimas noticias|también te puede interesar
articoli correlati|articoli recenti|potrebbe interessarti anche|ultime notizie|artigos relacionados|posts recentes
últimas notícias|gerelateerde artikelen|recente berichten|laatste nieuws|relaterade artiklar|senaste nytt
powiązane artykuły|ostatnie wpisy|похожие статьи|последние новости|ilgili makaleler|関連記事|最新ニュース
相关文章|最新文章
관련 글
"""


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(listed.strip().replace("\n", "|").split("|"))


LABELS = _phrases(_LABELS)
_BESIDE_LABELS = _phrases(
    "e-mail|email|mail|share|facebook|twitter|x|linkedin|instagram|youtube|pinterest|whatsapp|telegram|reddit|pdf"
    "|download|top|yes|no|ja|nein|oui|non|sí|si|account|products|about|about us|contact|contact us|blog|news|help"
    "|support|faq|shop"
)  # among labels only: alone they may be what is collected, or with whom it is shared
_NAMES = _phrases(_LANGUAGES)
_HEADINGS = _phrases(_OTHER_PAGES)
_PARTS = re.compile(r"\s*(?:[|›»>•·/]|\s[-–]\s|,\s|\t|\n)\s*")
_STEPS = re.compile(r"\s+[/›»>→|]\s+|\s*[›»→]\s*")
_NUMBER_BESIDE = re.compile(r"\s*\(?\d{1,6}\)?$|^\(?\d{1,6}\)?\s+")
_AGES = (
    r"(?:an?|one|two|three|\d+) (?:second|minute|hour|day|week|month|year)s? ago",
    r"vor (?:über )?(?:einem|einer|\d+) (?:tag|woche|monat|jahr|stunde|minute)\w*(?: aktualisiert)?",
    r"il y a (?:plus d['’] ?)?(?:un|une|\d+) (?:jour|semaine|mois|an|heure|minute)s?",
    r"hace (?:más de )?(?:un|una|\d+) (?:día|semana|mes|año|hora|minuto)\w*",
    r"(?:un|una|\d+) (?:giorn|settiman|mes|ann|or|minut)\w+ fa",
    r"há (?:mais de )?(?:um|uma|\d+) (?:dia|semana|mês|meses|ano|hora|minuto)\w*",
)
_UPDATED = (
    r"(?:(?:last )?(?:updated|modified|edited|posted|published) ?:? (?:about |over |almost |more than )?|aktualisiert "
    r"|mis à jour |actualizado |aggiornato |atualizado )?"
)
_FOUND = r"(?:people )?(?:found|fanden|ont trouvé|personas|personnes|pessoas|utenti|vonden|users|readers)\b.*"
_MINUTES = r"\d+ ?-?\s?(?:min|mins|minutes?|minuten|minutos|minuti|мин\w*)\.?"
_COUNTERS = re.compile(
    "|".join(
        (
            rf"{_UPDATED}(?:{'|'.join(_AGES)})",
            r"printed (?:from|on) .*",
            rf"\d[\d.,\s]* (?:out of|of|von|sur|de|di|van|av|z|из) \d[\d.,\s]* {_FOUND}",
            r"(?:this (?:page|article) (?:has been|was) )?(?:viewed|views|visits|hits|page views|seen)"
            r" ?:? \d[\d.,\s]*(?: times)?",
            r"\d[\d.,\s]* (?:views|visits|visitors|hits|comments|shares|likes|vues|aufrufe|visitas|visualizzazioni"
            r"|просмотр\w+)",
            rf"{_MINUTES} (?:read|reading(?: time)?|lesezeit|de lecture|de lectura|di lettura|de leitura|leestijd"
            r"|чтения)",
            r"(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd)"
            rf" ?:? (?:about |ca\.? )?{_MINUTES}",
            r"[\d,.]+ ?(?:分で読めます|次阅读|次閱讀)|阅读量 ?:? ?[\d,.]+",
        )
    )
)
_COOKIE_NOTE = re.compile(
    r"(?:website|site|page|we|webseite|seite) uses? cookies|(?:site|nous) (?:web )?(?:utilise|utilisons) des cookies"
    r"|verwendet cookies|(?:sitio|web) (?:utiliza|usa) cookies|sito (?:utilizza|usa) (?:i )?cookie"
    r"|site (?:utiliza|usa) cookies"
    r"|(?:website|site) (?:maakt gebruik van|gebruikt) cookies"
)
_BUTTONS = _phrases(
    "got it|accept|accept all|i agree|agree|i accept|ok|okay|dismiss|close|x|akzeptieren|einverstanden|accepter"
    "|j'accepte|aceptar|accetta|aceitar|accepteren|akkoord|acceptera|akceptuję|принять"
)


def surroundings(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places of the blocks that stand around the policy and are no part of it."""
    found: set[int] = set()
    said = [_said(block) if len(block.key) <= _SHORT else "" for block in blocks]
    of_others = False  # within a list of other pages
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            of_others = place > 0 and said[place] in _HEADINGS
            if of_others or (place > 0 and said[place] in LABELS):
                found.add(place)
        elif said[place] in _HEADINGS and not of_others:
            of_others = True
            found.add(place)
        elif said[place] and (
            (of_others and _is_link(block)) or _is_label(block, said[place]) or (place <= _TOP and _is_path(block))
        ):
            found.add(place)
        else:
            of_others = False
    return frozenset(found | _contents(blocks, said) | _cookie_notes(blocks, said))


def without_surroundings(text: str) -> str:
    """Return a comparable text without its title and without what stands around the policy."""
    blocks = read_blocks(text)
    around = surroundings(blocks)
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        around |= {0}
    kept = [text[block.start : block.end].strip() for place, block in enumerate(blocks) if place not in around]
    return "\n\n".join(kept)


def _said(block: Block) -> str:
    return block.key.casefold().strip(" .:!?…›»>↑^")


def _is_link(block: Block) -> bool:
    """Return whether a block begins with a link that is most of it."""
    links = block.inline.links
    return bool(links) and links[0].start <= 2 and 2 * sum(link.end - link.start for link in links) > block.size


def _is_label(block: Block, said: str) -> bool:
    if len(said.split()) > _LONGEST:
        return False
    if block.kind in (BlockKind.ITEM, BlockKind.ROW) and not _is_link(block):
        return False  # of what is collected, or with whom it is shared
    if said in LABELS or _COUNTERS.fullmatch(said):
        return True
    visible, links = block.inline.visible.casefold(), block.inline.links
    if len(links) > 1 and sum(link.end - link.start for link in links) >= len(visible) - len(links):
        visible = "|".join(visible[link.start : link.end] for link in links)  # side by side, with nothing between
    pieces = (_NUMBER_BESIDE.sub("", part) for part in _PARTS.split(visible))
    parts = [part for piece in pieces if (part := piece.strip(" .:!?"))]
    if not parts:
        return False
    if any(part in LABELS for part in parts) and all(part in LABELS or part in _BESIDE_LABELS for part in parts):
        return True
    return all(part in _NAMES for part in parts) and (len(parts) > 1 or block.kind is BlockKind.ITEM)


def _is_path(block: Block) -> bool:
    """Return whether a block is the path of pages to this one: short names, the first a link, divided by arrows or
    strokes.
    """
    links = block.inline.links
    if not links or links[0].start > 2 or len(block.tokens) > 2 * _LONGEST or block.key[-1:] in ".?!。":
        return False
    parts = [part for part in _STEPS.split(block.inline.visible.strip()) if part.strip()]
    return len(parts) >= 2 and all(len(part.split()) <= 4 for part in parts)


def _contents(blocks: Sequence[Block], said: Sequence[str]) -> set[int]:
    """Return the blocks of a table of contents: items in a row that each repeat a heading of the text."""
    headings = {words for block, words in zip(blocks, said, strict=True) if block.kind is BlockKind.HEADING}
    headings.discard("")
    contents: set[int] = set()
    run: list[int] = []
    for place in range(len(blocks) + 1):
        if place < len(blocks) and blocks[place].kind is not BlockKind.HEADING and said[place] in headings:
            run.append(place)
        else:
            if len(run) >= _CONTENTS:
                contents.update(run)
            run = []
    return contents


def _cookie_notes(blocks: Sequence[Block], said: Sequence[str]) -> set[int]:
    """Return the notes that the site uses cookies, with the button that dismisses them."""
    notes: set[int] = set()
    for button in range(1, len(blocks)):
        note = blocks[button - 1]
        if said[button] in _BUTTONS and len(note.tokens) <= _NOTE and _COOKIE_NOTE.search(note.key.casefold()):
            notes |= {button - 1, button}
    return notes
