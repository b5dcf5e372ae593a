"""Find a service's privacy policy: the link in its home pages, and how it moved over the years. Pure.

The rule is step 5 of the corpus' preparation: one home-page capture per half-year, its policy link by link text,
exact titles first. Fetching the pages is the caller's business.

Pages are read with BeautifulSoup on html5lib, the tree that a browser builds: home pages of 1999 are full of
unclosed tags, and html.parser would run one link's text into the next (18 ms a page, a few dozen pages a service).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import webencodings
from bs4 import BeautifulSoup, Tag

from harvester.catalogue.document_types import LINK_TITLES, PRIVACY_POLICY
from harvester.cleaner.page_text import words_shown
from harvester.cleaner.scripted.needs_a_browser import can_be_rendered, needs_a_browser
from harvester.cleaner.sends_on import sends_on
from harvester.dates import half_year
from harvester.memento import without_user

#: Link texts of a policy, the best first (step 5 of the corpus' preparation).
EXACT_TITLES = (
    "privacy policy",
    "privacy statement",
    "privacy",
    "privacy notice",
    "cookie policy",
    "your privacy",
    "your privacy rights",
)
#: Failing those: a text with "privacy" and one of these (same source).
COMPANIONS = ("policy", "policies", "cookie", "security", "statement", "terms", "notice")

#: A longer text is a paragraph in a link that was never closed, not a title.
LONGEST_TITLE = 200

#: Companies that fill parked domains; a link to their policy says nothing of the service.
PARKING_HOSTS = frozenset({
    "above.com", "afternic.com", "bodis.com", "cashparking.com", "dan.com", "domainmarket.com", "domainsponsor.com",
    "dynadot.com", "fabulous.com", "godaddy.com", "hugedomains.com", "namebright.com", "namedrive.com", "oversee.net",
    "parkingcrew.com", "parkingcrew.net", "parklogic.com", "rookmedia.net", "sedo.com", "sedoparking.com",
    "skenzo.com", "smartname.com", "trafficz.com", "uniregistry.com", "voodoo.com",
})  # fmt: skip


class HomePageRow(Protocol):
    """The values of an index row by which home pages are chosen."""

    @property
    def timestamp(self) -> datetime: ...
    @property
    def status(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class PolicyLink:
    """A link of a page that may lead to the policy.

    `rank` is 0 for the best title and grows; partial matches come after all exact ones. `offsite` tells that the
    host belongs to another domain than the page's, `parked` that it is a domain-parking company's.
    """

    url: str
    text: str
    rank: int
    offsite: bool
    parked: bool


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """A URL of the policy and the half-years, first to last, in which home pages led there.

    `start` is the first instant of its first half-year, `end` the first instant after its last one (exclusive), so
    that spans of a policy that moves meet; None as `end` means up to now.
    """

    url: str
    start: datetime
    end: datetime | None


def home_page_captures(captures: Sequence[HomePageRow]) -> list[int]:
    """Choose one capture per half-year: status 200 first, then the nearest to 1 April or 1 October; as indexes in order
    of time.

    Of two equally near ones the earlier is taken.
    """
    best: dict[datetime, int] = {}

    def badness(i: int) -> tuple[bool, float, datetime]:
        time = captures[i].timestamp
        start = half_year(time)
        aim = start.replace(month=start.month + 3)
        return captures[i].status != 200, abs((time - aim).total_seconds()), time

    for i, capture in enumerate(captures):
        start = half_year(capture.timestamp)
        if start not in best or badness(i) < badness(best[start]):
            best[start] = i
    return [best[start] for start in sorted(best)]


def find_policy_links(html: bytes | str, base_url: str, type_: str = PRIVACY_POLICY) -> list[PolicyLink]:
    """Return the links of a page that may lead to its privacy policy (or to another `type_` of document that can be
    found), the best first, each URL once.

    `base_url` is the page's own address (not the archive's). Bytes are decoded as their BOM or `<meta>` says, else
    as windows-1252. Links by `<a>` and `<area>`; the text of a link is its words and its images' alt texts, else its
    `aria-label` or title. Links that the archive has rewritten are undone; `javascript:` links that open a page count
    as links to it.
    """
    soup = _soup(html)
    base = _base(soup, base_url)
    home = _domain(_host(undo_rewriting(base_url)))
    best: dict[str, PolicyLink] = {}
    for element in soup.find_all(["a", "area"]):
        title = _title(element, type_)
        target = _target(element, base)
        if title is None or target is None:
            continue
        rank, text = title
        host = _host(target)
        offsite = _domain(host) != home
        if target not in best or rank < best[target].rank:
            best[target] = PolicyLink(target, text, rank, offsite, offsite and _is_parking(host))
    return sorted(best.values(), key=lambda link: link.rank)


def find_frames(html: bytes | str, base_url: str) -> list[str]:
    """Return the pages that a page shows in frames, in order: one page of a frameset has the policy link.

    A page that only sends on (by `meta refresh` or a script) shows the page that it sends on to.
    """
    soup = _soup(html)
    base = _base(soup, base_url)
    found = [_resolve(base, _attribute(frame, "src")) for frame in soup.find_all(["frame", "iframe"])]
    if target := sends_on(html, base):
        found.append(undo_rewriting(target))
    return list(dict.fromkeys(url for url in found if url is not None))


def is_parked(html: bytes | str, base_url: str, type_: str = PRIVACY_POLICY) -> bool:
    """Return whether a home page is a parked domain's: its policy links or its frames all lead to a parking company."""
    links = find_policy_links(html, base_url, type_)
    if links:
        return all(link.parked for link in links)
    frames = find_frames(html, base_url)
    return bool(frames) and all(_is_parking(_host(url)) for url in frames)


@dataclass(frozen=True, slots=True)
class HomePage:
    """What a home page says of the policy: its links to one, the best first, else its frames; if it is parked."""

    links: tuple[PolicyLink, ...]
    frames: tuple[str, ...]
    parked: bool


def read_home_page(body: bytes, url: str, type_: str = PRIVACY_POLICY) -> HomePage:
    """Return what discovery needs of a home page. Pure; a page of a stranger is read where it may fail."""
    links = find_policy_links(body, url, type_)
    if not links:
        return HomePage((), tuple(find_frames(body, url)), False)
    return HomePage(tuple(links), (), links[0].parked or is_parked(body, url, type_))


def lacks_links(body: bytes, url: str, content_type: str | None, *, everything: bool) -> bool:
    """Return whether a home page may link to a policy only after its scripts: by its signs, or `everything`. Pure."""
    if not can_be_rendered(body, content_type) or read_home_page(body, url).links:
        return False
    return everything or bool(needs_a_browser(body, content_type, words_shown(body, content_type)))


def spans(found: Iterable[tuple[datetime, str]]) -> list[SourceSpan]:
    """Return the sources of a service, from the links of its home pages: (time of the home page, URL of the policy).

    One observation counts per half-year, the last. A span reaches from the half-year in which its URL was first seen
    (for the first span: that half-year) up to the half-year in which another URL was; half-years without an
    observation go on with the URL before. http and https, ``www.``, a default port and a final slash are no move. A
    URL that comes back gets a second span.
    """
    seen: dict[datetime, tuple[datetime, str]] = {}
    for time, url in found:
        start = half_year(time)
        if start not in seen or time >= seen[start][0]:
            seen[start] = (time, url)
    moves: list[tuple[datetime, str]] = []
    for start in sorted(seen):
        url = seen[start][1]
        if not moves or _same_place(moves[-1][1]) != _same_place(url):
            moves.append((start, url))
    ends: list[datetime | None] = [start for start, _ in moves[1:]]
    return [SourceSpan(url, start, end) for (start, url), end in zip(moves, [*ends, None], strict=False)]


def undo_rewriting(url: str) -> str:
    """Return the original address behind one that the archive has rewritten: ``/web/2009…id_/http://…``; others
    unchanged.

    Understood with ``https://web.archive.org``, ``//web.archive.org`` or nothing before ``/web/``, with or without a
    timestamp and a modifier (``id_``, ``im_``), and with the double slash folded or percent-encoded.
    """
    while match := _REWRITTEN.fullmatch(url.strip()):
        scheme, rest = match[1].lower(), match[2]
        url = f"{scheme}://{rest}"
    return url


_REWRITTEN = re.compile(
    r"(?:(?:https?:)?//(?:www\.)?web(?:-beta)?\.archive\.org(?::\d+)?)?"
    r"/web/(?:\d{1,14}\*?(?:[a-z]{2}_)?/|\*/)?(https?)(?::|%3A)(?:/|%2F){1,2}([^/].*)",
    re.IGNORECASE | re.DOTALL,
)

#: ``window.open('/privacy.html', …)``, ``location.href='…'``, ``popup("privacy.asp")``: the first quoted argument
#: that looks like an address.
_QUOTED = re.compile(r"""(['"])\s*([^'"\s<>]+)\s*\1""")
_LOOKS_LIKE_ADDRESS = re.compile(
    r"https?://|/|[^:()]*\.(?:html?|[sp]html|php\d?|aspx?|jspx?|cfml?|cgi|do|pdf|txt)(?:[?#]|$)", re.I
)


#: Blink nests no deeper. html5lib's time grows with the square of the depth: 3000 open `<div>` take it seconds.
DEEPEST = 512

_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|nav|center|table|blockquote|ul|ol|dl|font|b|i|u|s|em|strong|small|big|form|svg|g)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)


def _soup(html: bytes | str) -> BeautifulSoup:
    if isinstance(html, bytes):
        html = _decode(html)
    html += "\n"  # keeps bs4 from taking a bare word for a file's name
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth = max(0, depth + (-1 if tag[1] else 1))
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        return BeautifulSoup(html.replace("<![", "&lt;!["), "html.parser")  # which refuses some marked sections
    return BeautifulSoup(html, "html5lib")


def _decode(body: bytes) -> str:
    """Decode a page: BOM, else a charset named in the first 1024 bytes, else windows-1252 (WHATWG's default)."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([-\w:.]+)", body[:1024], re.IGNORECASE)
    named = webencodings.lookup(declared[1].decode("ascii", "replace")) if declared else None
    label = named.name if named else "windows-1252"
    if label.startswith("utf-16"):
        label = "utf-8"  # a page whose <meta> could be read as ASCII is not UTF-16
    return str(webencodings.decode(body, label, errors="replace")[0])


def _base(soup: BeautifulSoup, page_url: str) -> str:
    page_url = undo_rewriting(page_url)
    element = soup.find("base", href=True)
    declared = _resolve(page_url, _attribute(element, "href")) if isinstance(element, Tag) else None
    return declared or page_url


def _attribute(element: Tag, name: str) -> str:
    value = element.get(name)
    return value if isinstance(value, str) else ""


def _title(element: Tag, type_: str) -> tuple[int, str] | None:
    """Return the link's best name for a policy, with its rank: its text, its images' alt texts, its label or title."""
    images = [_attribute(image, "alt") for image in element.find_all("img")]
    spoken = [element.get_text(" "), element.get_text(""), " ".join(images), _attribute(element, "alt")]
    said = [_attribute(element, "aria-label"), _attribute(element, "title")]
    names = [" ".join(name.split()) for name in [*spoken, *images, *said]]
    ranked = [(rank, name) for name in names if (rank := _rank(name, type_)) is not None]
    return min(ranked, key=lambda one: one[0], default=None)


def _rank(text: str, type_: str) -> int | None:
    """Return how good a link text is, 0 the best; None if it does not name a document of a type."""
    if len(text) > LONGEST_TITLE:
        return None
    plain = " ".join(re.sub(r"[^\w\s'-]", " ", text.replace("’", "'")).lower().split()).strip("-' ")
    titles = EXACT_TITLES if type_ == PRIVACY_POLICY else LINK_TITLES[type_]
    if plain in titles:
        return titles.index(plain)
    if type_ == PRIVACY_POLICY and "privacy" in plain and any(companion in plain for companion in COMPANIONS):
        return len(EXACT_TITLES)
    return None


def _target(element: Tag, base: str) -> str | None:
    """Return where a link leads: its href, or what its script opens."""
    href = _attribute(element, "href").strip()
    if href and not href.startswith("#") and not _is_script(href):
        return _resolve(base, href)
    for script in (href if _is_script(href) else "", _attribute(element, "onclick")):
        for _, candidate in _QUOTED.findall(script):
            if _LOOKS_LIKE_ADDRESS.match(candidate):
                return _resolve(base, candidate)
    return None


def _is_script(href: str) -> bool:
    return re.sub(r"[\s\x00-\x1f]", "", href).lower().startswith("javascript:")


def _resolve(base: str, href: str) -> str | None:
    """Return the absolute http(s) address of `href`, rewriting undone, without fragment; None if it has none."""
    href = re.sub(r"[\t\r\n]", "", href.strip())
    if not href or re.fullmatch(r"(?:https?:)?//+", href, re.IGNORECASE):
        return None
    try:
        url = undo_rewriting(urljoin(base, undo_rewriting(href)))
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return without_user(url.partition("#")[0]).replace(" ", "%20") if usable else None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _domain(host: str) -> str:
    """Return roughly the registrable part of a host: two labels, or three under ``co.uk`` and the like."""
    labels = host.removeprefix("www.").split(".")
    if labels[-1].isdigit():
        return host
    second_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in ("co", "com", "org", "net", "gov", "ac")
    return ".".join(labels[-3 if second_level else -2 :])


def _is_parking(host: str) -> bool:
    return any(host == parking or host.endswith("." + parking) for parking in PARKING_HOSTS)


def _same_place(url: str) -> str:
    """Return what two addresses of one place have in common."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"
