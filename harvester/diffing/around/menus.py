"""Menus of a site: rows of links to its own pages, to its accounts elsewhere, or to other pages of the day.

They are known by where they lead and where they stand; a list of the policy is announced, and leads to others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from urllib.parse import urlsplit

from harvester.diffing.around import widgets
from harvester.diffing.around.edges import OF_THE_POLICY, SHORT, is_bold, linked
from harvester.diffing.around.labels import LABELS
from harvester.diffing.around.labels.pages_of_sites import SITE_PAGES
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.inline import Inline

_MENU = 3  # links in a row, to pages of one site, that make a menu
_LINES = 2  # of as many links, all to one site, that are a menu though one beside them leads elsewhere
_MENU_WORDS = 5  # of each
_SITE_MENU = 6  # links in a row that make one between sentences too, if some lead to pages that each site has
_OTHERS = 2  # links in a row, below all sentences, that lead to other pages
_TITLE_WORDS = 12  # of each
_LONG_TITLE = 16  # of each in a long row
_ACCOUNT = 4  # letters in which the names of one company's accounts are alike

_PARTIES = re.compile(
    r"\b(?:affiliat|subsidiar|group compan|our compan|controller|vendor|supplier|provider|konzern|tochter|dienstleister"
    r"|auftrags|verantwort|filial|fournisseur|prestataire|sous-trait|proveedor|encargad|fornitor|titolar|leverancier"
    r"|verwerker|dostawc|podmiot|spółk|поставщик|дочерн|обработ|tedarikçi|alıcı|droits?\b|derechos|diritti|direitos|rechten?"
    r"|prawa\b|прав|haklar|purpos|zweck|finalit|finalidad|doeleind|ändamål|formål|cele\b|цел[иь]|amaç|amacı"
    r"|countr|länder|pays|países|paesi|kraje|стран|ülke"
    r"|retention|retain|how long|how we\b|aufbewahr|speicherdauer|conserv|durée|plazo|bewaar|przechow|хранен|saklama"
    r"|cookie|recueill|collect|erheb|recog|raccol|собира|toplad|toplan|veriler|zbier|verzamel)"
    r"|保存期間|保管|収集|נאספ|نجمع|ข้อมูล|जानकारी"
    r"|目的|목적|أغراض|غراض|מטרות|วัตถุประสงค์|国家|国名|移転する国|국가|الدول|מדינות|ประเทศ"
    r"|提供先|委託先|权利|權利|提供者|接收方|수령|제공|권리|المستلم|حقوق|البيانات|נמענ|זכויות|ผู้รับ|สิทธิ|प्राप्तकर्ता|अधिकार|权|データ|接收"
)
"""What a heading over a list of the policy is about, beside what a block of it may be."""
_THE_FOLLOWING = re.compile(
    r"\b(?:follow(?:ing|s)\b|below|listed|folgende|nachstehend|suivant|ci-dessous|siguiente|seguent|seguinte|volgende"
    r"|onderstaand|följande|følgende|seuraav|następując|následující|nasledujúc|következő|următoare|следующ|наступн"
    r"|следните|ακόλουθ|aşağıda|sau đây|berikut|निम्न)|次の|以下|下記|下列|如下|다음|아래|التالي|הבא|להלן|ต่อไปนี้"
)
"""A sentence above a list that announces it, though it ends with a full stop."""
_OF_A_COMPANY = re.compile(r"legal|terms|about|index|home|contact|company|imprint|impressum|datenschutz")
"""The last word of an address that many companies have a page at."""
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"(?<![•·|/»>()\[\]\s–-])[\s-]*+[•·|/»>()\[\]–][•·|/»>()\[\]\s–-]*+")
"""What divides the links of a row; looked for where a run of signs begins."""


def menus(blocks: Sequence[Block], said: Sequence[str], first: int, last: int) -> set[int]:
    """Return the menus of the site: links to pages of one host in a row, above all sentences or below them all."""
    found = _site_menus(blocks)
    for start, end in ((0, first), (last + 1, len(blocks))):
        run: list[int] = []
        hosts: list[list[str]] = []  # of each block
        announced = False
        for place in range(start, end + 1):
            block = blocks[place] if place < end else None
            if block is not None and (
                is_menu(block) or _is_of_rows(blocks, place) or _names_a_page(block, said[place])
            ):
                announced = announced or (not run and place > 0 and _announces(blocks, said, place - 1, last))
                run.append(place)
                hosts.append([urlsplit(link.value).netloc.removeprefix("www.") for link in block.inline.links])
            else:
                if not announced:
                    found.update(_of_one_site(run, hosts))
                run, hosts, announced = [], [], False
    return found | _other_pages(blocks, said, last) | _own_accounts(blocks, said, last)


def _of_one_site(run: Sequence[int], hosts: Sequence[Sequence[str]]) -> list[int]:
    """Return the places of a row of links that are a menu: all, if they lead to one site; if one leads elsewhere, what
    leads to the site of two lines or more that each are a menu by itself, as where a way to a map is among its lines.
    """
    if len(set(chain(*hosts))) == 1:
        links = sum(map(len, hosts))
        return list(run) if links > 1 and links + hosts.count([]) >= _MENU else []
    lines = [set(one) for one in hosts if len(one) >= _MENU and len(set(one)) == 1]
    if len(lines) < _LINES or any(one != lines[0] for one in lines):
        return []
    return [place for place, one in zip(run, hosts, strict=True) if set(one) in (lines[0], set())]


def _names_a_page(block: Block, said: str) -> bool:
    """Return whether an item is the name of a page that each site has: a menu has no link to the one that is shown,
    or that a script shows.
    """
    return block.kind is BlockKind.ITEM and not block.inline.links and said in SITE_PAGES


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
            heads = [said[run[0] - 1]] if head or is_bold(above) else []
            if not any(map(_heads_a_list, heads)) and not announces_in_words(above):
                found |= head.union(run)
        run, hosts = [], []
    return found


def announces_in_words(block: Block) -> bool:
    """Return whether a block announces what is below it: by a colon, or by words such as "the following"."""
    return (
        block.key.endswith((":", "："))
        or _THE_FOLLOWING.search(block.inline.folded, max(len(block.key) - SHORT, 0)) is not None
    )


def _heads_a_list(said: str) -> bool:
    """Return whether a heading says that what is under it is of the policy: recipients, rights, data."""
    return widgets.OF_A_POLICY.search(said) is not None or heads_a_part(said)


def heads_a_part(said: str) -> bool:
    """Return whether a heading says more of the policy than its name: for how long, by whom, of what."""
    return OF_THE_POLICY.search(said) is not None or _PARTIES.search(said) is not None


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
    return holds_only_links(block) or (
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
        and holds_only_links(block)
    )


def is_row_of_pages(block: Block) -> bool:
    """Return whether a paragraph is a row of links to pages of one site, with nothing beside them but marks, the page
    that is shown, and names of parts of the row, of which none is of a policy.
    """
    links = block.inline.links
    if len(links) < _MENU or block.kind is not BlockKind.PARAGRAPH:
        return False  # as most
    visible = block.inline.visible
    beside = [said for part in _SIGNS.split(outside_links(block.inline).casefold()) if (said := part.strip())]
    named = [said for said in beside if said.endswith(":")]
    return (
        (len(links) >= _SITE_MENU or bool(named))
        and len({urlsplit(link.value).netloc.removeprefix("www.") for link in links}) == 1
        and all(len(visible[link.start : link.end].split()) <= _LONG_TITLE for link in links)
        and SITE_PAGES.union(named).issuperset(beside)
        and not any(map(_heads_a_list, named))
    )


def _is_of_rows(blocks: Sequence[Block], place: int) -> bool:
    """Return whether a block is a row of links to pages: a long one, or a short one right beside a long one."""
    return is_row_of_pages(blocks[place]) and any(
        0 <= beside < len(blocks) and len(blocks[beside].inline.links) >= _SITE_MENU and is_row_of_pages(blocks[beside])
        for beside in (place, place - 1, place + 1)
    )


def holds_only_links(block: Block) -> bool:
    """Return whether no letter or figure of a block is outside of its links."""
    return not any(map(str.isalnum, outside_links(block.inline)))


def _announces(blocks: Sequence[Block], said: Sequence[str], place: int, last: int) -> bool:
    """Return whether a block announces the list behind it: by a colon, or in bold by what is listed; a heading below
    the sentences too, and above them, but for the title, one that says what is listed.
    """
    block = blocks[place]
    if block.kind is not BlockKind.HEADING:
        return announces_in_words(block) or (is_bold(block) and _heads_a_list(said[place]))
    return place > last or block.key.endswith((":", "：")) or (block.level > 1 and _heads_a_list(said[place]))


def outside_links(inline: Inline) -> str:
    """Return the characters of a block that are in no link."""
    inside = {place for link in inline.links for place in range(link.start, link.end)}
    return "".join(letter for place, letter in enumerate(inline.visible) if place not in inside)
