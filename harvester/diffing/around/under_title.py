"""What stands between the title of a page and its policy: the path to the page, the title again, an announcement.

An announcement is written in the site's own words, so that its place and its form have to give it away: it stands
right under the title, ends with a link that says what to do there, has links to pages of one site, and neither
somebody who acts ("we", "you") nor anything that a policy says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from harvester.diffing.around import widgets
from harvester.diffing.around.edges import LONGEST, MEANS_A_TERM, OF_THE_POLICY, linked
from harvester.diffing.around.labels import NAMES_OF_DOCUMENTS, phrases
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.inline import Inline

_SECTIONS = phrases(
    "legal|legals|legal terms|legal documents|legal info"
    "|legal information|legal center|legal centre|rechtliches|rechtliche informationen|recht"
    "|informations légales|juridique|información legal|informação legal|jurídico|informazioni legali|juridisch"
    "|juridische informatie|juridiskt|juridisk|juridisk information|lakiasiat|informacje prawne|právní informace"
    "|jogi információk|yasal|yasal bilgiler|hukuki|правовая информация|юридическая информация|правова інформація"
    "|νομικά|法律|法律信息|法律資訊|法的情報|법적 고지|معلومات قانونية|מידע משפטי"
)
"""The section of a site in which it files its policies, as a label above them says."""
NAMES_UNDER_TITLE = NAMES_OF_DOCUMENTS | _SECTIONS
"""Right under the title these are none of the policy's words."""
_NAMES_OF_OTHERS = phrases(
    "terms|terms of use|terms of service|terms and conditions|terms & conditions|cookies|cookie policy|cookies policy"
    "|cookie notice|nutzungsbedingungen|agb|cookie-richtlinie|cookie-erklärung|conditions d'utilisation"
    "|conditions générales d'utilisation|politique de cookies|términos y condiciones|condiciones de uso"
    "|política de cookies|termini e condizioni|condizioni d'uso|termos de uso|termos e condições|gebruiksvoorwaarden"
    "|algemene voorwaarden|cookiebeleid|regulamin|användarvillkor|условия использования|利用規約|服务条款|이용약관"
)
_LEADS_TO_DOCUMENTS = re.compile(
    r"(?:^|[/_.-])(?:privacy|privac\w+|datenschutz\w*|confidentialite|polic(?:y|ies)|polit(?:ica|ique)\w*|cookies?|terms|legal|data"
    r"|gdpr|dsgvo|rgpd|ccpa|consent|rights?|notice|opt|law)(?![a-z])"
)
_MARKS = frozenset("·•/–-")
"""What parts the names of a path in blocks of their own."""
_PATH = 1000  # characters of the path to a page
_NAME = 3  # words at the most of what a site's sign says
_STEP = 4  # words of a step of a path
_LONGEST_PATH = 5  # steps of a path that is a list
_BLOCKS = 3  # of a policy at the least
_LEAST = 4  # words: less is a name
_IN_A_SHOP = re.compile(
    r"\bcollect\b(?= from (?:your|our) (?:local )?(?:store|shop|pick-?up)| in[- ]?store)|\bclick (?:and|&) collect\b"
)
_TITLE_PARTS = re.compile(r"\S \|\s?\S|\S [–·] \S")  # what parts the name of the page and that of the site
_STEPS = re.compile(r"\s+[/›»>→|]\s+|\s*[›»→]\s*|\s*\"\s+")  # the comparable text has " for »
_HERE = re.compile(
    r"(?:you are here|sie sind hier|vous êtes ici|estás en|usted está aquí|ti trovi in|sei qui|você está (?:aqui|em)"
    r"|u bent hier|jesteś tutaj|вы здесь) ?: ?",
    re.IGNORECASE,
)
_ARROW = re.compile(r"[›»→>\"]")
_NAMED_PATH = re.compile(
    r"(?:home(?: ?page)?|start(?:seite)?|accueil|inicio|início|hjem|hem|strona główna|главная(?: страница)?|ana ?sayfa"
    r"|ホーム|トップ(?:ページ)?|首页|首頁|홈|الرئيسية|דף הבית|หน้าแรก|होम)(?:\s*[›»→>\"]\s*[^›»→>\".!?:,]{2,40}){1,5}",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"(?:(?:try|see|meet|discover|explore|watch|join|register|sign up|get|learn|find out|shop|start|book|check|apply)\b"
    r"|(?:jetzt|mehr|zum|zur|entdecken|anmelden)\b|(?:en savoir|découvr|essay|inscri|voir)|(?:descubr|prueb|saber|más)"
    r"|(?:scopri|prova|iscriviti)|(?:ontdek|meer|probeer|schrijf)|(?:saiba|descubra|experimente)).{0,60}"
)
"""What a link at the end of an announcement says."""
_OF_THE_DOCUMENT = re.compile(
    r"\b(?:(?:notice|statement|hinweis|aviso|informativ|regulamin|legal|term|controller|operat|responsib|responsab"
    r"|verantwort|titolar|administrator|appl(?:y|ies)|gilt|gelten|effective|translat|langua|english|resident|california"
    r"|europ|gdpr|user|customer|account|contact|support|help|report|breach|incident|security|comply|complian)\w*"
    r"|avis|eu|uk|eea|inc|ltd|llc|gmbh|b\.?v|i|us|my|their|who)\b"
)
"""What a block says that is of the document, its party or its readers."""


def _apart_at_links(inline: Inline) -> str:
    """Return the visible text with blanks around slashes right beside a link: a style sheet parts them."""
    beside = {link.end for link in inline.links} | {link.start - 1 for link in inline.links}
    return "".join(
        f" {mark} " if mark in "/|" and place in beside else mark for place, mark in enumerate(inline.visible)
    ).strip()


def is_announcement(block: Block, said: str) -> bool:
    """Return whether a short block under the title announces what is new on the site; `said`: it in lower case."""
    links, visible = block.inline.links, block.inline.visible
    if not links or block.kind is not BlockKind.PARAGRAPH or said.count(" ") < _LEAST:
        return False
    last = links[-1]
    if any(map(str.isalnum, visible[last.end :])) or not _CALL.match(visible[last.start : last.end].strip().casefold()):
        return False
    addresses = [urlsplit(link.value) for link in links]
    return (
        len({address.netloc.removeprefix("www.") for address in addresses}) == 1
        and all(address.scheme in ("http", "https") for address in addresses)
        and not any(
            pattern.search(text)
            for text in (said, *(address.path.casefold() for address in addresses))
            for pattern in (widgets.OF_A_POLICY, OF_THE_POLICY, _OF_THE_DOCUMENT)
        )
        and not MEANS_A_TERM.search(said)
    )


def is_announced(blocks: Sequence[Block], said: Sequence[str]) -> bool:
    """Return whether an announcement stands under the title, above a policy in a language whose words are known."""
    if len(blocks) <= _BLOCKS or not said[1] or not is_announcement(blocks[1], said[1]):
        return False
    return any(widgets.OF_A_POLICY.search(block.inline.folded) for block in blocks[2 : 2 + _BLOCKS])


def above_the_name(blocks: Sequence[Block], said: Sequence[str], most: int) -> range:
    """Return the places of what stands between the title of the page and the bare name of the document, if all of it
    is the site's: links alone to pages of one site, or the section of the site with names below marks of a path.
    """
    place = 1
    while place < min(most, len(blocks) - 1) and may_stand_above_the_name(blocks[place], said[place], said[1]):
        place += 1
    above = range(1, place)
    if not above or not _is_name_of_document(blocks[place], said[place]):
        return range(0)
    links = sum(bool(blocks[one].inline.links) for one in above)
    if links:
        return above if links == len(above) else range(0)
    marked = all((said[one] in _MARKS) is (one % 2 == 0) for one in above)
    return above if marked and len(above) > 2 else range(0)


def may_stand_above_the_name(block: Block, said: str, first: str) -> bool:
    """Return whether a block may be the site's above the name of the document: a link alone that says nothing of a
    policy, or a name or a mark of a path, if its first step, right under the title, is the site's section.
    """
    if block.kind is not BlockKind.PARAGRAPH or not said:
        return False
    links = block.inline.links
    if not links:
        return first in _SECTIONS and (said in _MARKS or said in _SECTIONS or (_is_name(said) and not _tells(said)))
    addresses = [urlsplit(link.value) for link in links]
    return (
        linked(block.inline) >= len(block.inline.visible.strip())
        and len({address.netloc for address in addresses}) == 1
        and all(address.scheme in ("http", "https") for address in addresses)
        and not any(_LEADS_TO_DOCUMENTS.search(address.path.casefold()) for address in addresses)
        and not _tells(said)
        and _OF_THE_DOCUMENT.search(said) is None
    )


def _tells(said: str) -> bool:
    """Return whether words are of a policy; what is bought is collected at a shop."""
    said = _IN_A_SHOP.sub("", said)
    return widgets.OF_A_POLICY.search(said) is not None or OF_THE_POLICY.search(said) is not None


def _is_name_of_document(block: Block, said: str) -> bool:
    """Return whether a line is the bare name of a document, or of a company's."""
    if block.inline.links or block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH):
        return False
    if said in NAMES_OF_DOCUMENTS or said in _NAMES_OF_OTHERS:
        return True
    words = said.split()
    behind = (" ".join(words[first:]) for first in range(1, min(len(words), _NAME + 1)))
    return any(name in NAMES_OF_DOCUMENTS or name in _NAMES_OF_OTHERS for name in behind)


def names_page(block: Block, said: str, title: str, above: Sequence[tuple[Block, str]]) -> bool:
    """Return whether a block says the name of the page again: under the title, below a path, or below such a block, as
    is the sign of the site. `above`: the blocks between the title and it, with what they say.
    """
    if not above:
        return _is_title_again(block, said, title)
    last, its_name = above[-1]
    if is_path(last) and (_is_title_again(block, said, title) or _says_last_step(last, block.inline.folded)):
        return True
    return bool(its_name) and _is_title_again(block, said, title) and names_page(last, its_name, title, above[:-1])


def _is_title_again(block: Block, said: str, title: str) -> bool:
    """Return whether a block is the bare name of a privacy document or of a section of the site, a heading with words
    of the title, the whole of it as a line, or a name of a few words in it or with one of its words, as the site's
    sign has.
    """
    if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and said in NAMES_UNDER_TITLE:
        return True
    if block.kind is BlockKind.HEADING:
        return said in title
    if not _may_be_title_again(block, said):
        return False
    return said == title or (_is_name(said) and (_holds(title, said) or _is_sign(block, title)))


def _holds(title: str, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", title) is not None


def _is_sign(block: Block, title: str) -> bool:
    """Return whether a name leads to the first page of a site that the title names with one of its words."""
    if len(block.inline.links) != 1:
        return False
    (link,) = block.inline.links
    leads_home = urlsplit(link.value).path in ("", "/") and not block.inline.visible[link.end :].strip()
    return leads_home and any(_holds(title, word) for word in block.inline.folded.split() if len(word) >= _LEAST)


def _is_name(said: str) -> bool:
    return said.count(" ") < _NAME


def _may_be_title_again(block: Block, said: str) -> bool:
    """Return whether a paragraph has the form of a page's title, a name of the page and one of the site, or of one."""
    return block.kind is BlockKind.PARAGRAPH and (_is_name(said) or _TITLE_PARTS.search(said) is not None)


def _says_last_step(path: Block, said: str) -> bool:
    """Return whether a short block below the path says the name of this page again, with a few words more at most."""
    last, words = _STEPS.split(_apart_at_links(path.inline))[-1].casefold().split(), said.split()
    more = len(words) - len(last)
    return bool(last) and 0 <= more <= _NAME and any(words[at : at + len(last)] == last for at in range(more + 1))


def listed_path(blocks: Sequence[Block], said: Sequence[str]) -> set[int]:
    """Return the places of a path to the page that is a list under the title: short links to pages of one site, and
    the name of this page, as the title or the heading below says it.
    """
    last = 1
    while last < len(blocks) and is_step(blocks[last]):
        last += 1
    steps = blocks[1:last]
    if not 0 < len(steps) <= _LONGEST_PATH or last >= len(blocks) or blocks[last].kind is not BlockKind.ITEM:
        return set()
    below = said[last + 1] if last + 1 < len(blocks) and blocks[last + 1].kind is BlockKind.HEADING else ""
    names_it = bool(said[last]) and not blocks[last].inline.links and said[last] in (said[0], below)
    hosts = {urlsplit(step.inline.links[0].value).netloc.removeprefix("www.") for step in steps}
    return set(range(1, last + 1)) if names_it and len(hosts) == 1 else set()


def is_step(block: Block) -> bool:
    """Return whether a block is an item of a few words that are all a link."""
    if block.kind is not BlockKind.ITEM or len(block.inline.links) != 1 or block.words > _STEP:
        return False
    link = block.inline.links[0]
    return link.end - link.start == len(block.inline.visible)


def is_path(block: Block) -> bool:
    """Return whether a block is the path of pages to this one: short names, the first a link, divided by arrows or
    slashes, or by arrows behind the name of the first page.
    """
    links = block.inline.links
    if not links and _ARROW.search(block.inline.visible) is None:
        return False  # as most
    visible = block.inline.visible.strip()
    if not links:
        return len(visible) <= _PATH and _NAMED_PATH.fullmatch(visible) is not None
    here = _HERE.match(visible)
    if len(block.tokens) > 2 * LONGEST or len(visible) > _PATH or block.key[-1:] in ".?!。":
        return False
    if links[0].start > (here.end() if here else 2):
        return False
    visible = _apart_at_links(block.inline)
    parts = [part for part in _STEPS.split(visible[here.end() if here else 0 :]) if part.strip()]
    return len(parts) >= 2 and all(len(part.split()) <= _STEP for part in parts)
