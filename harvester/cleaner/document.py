"""The corpus document: header, title and Markdown of one capture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.catalogue.selection import Selection
from harvester.cleaner.comparable import comparable_text, mail
from harvester.collector import collector_paused
from harvester.errors import CleaningError

# Goes up whenever any page could come out differently; stored with every document.
CLEANER_VERSION = "4"

NOTHING_SELECTED = "nothing-selected"
"""The reason of a page in which no selector finds anything."""

_MOST_TAGS = 250_000  # twice what 5 MB of ordinary pages hold; cleaning as many takes some seconds and 400 MB
# First bytes of what servers send as a page and is none: JPEG, PNG, GIF, WebP/AVI, ZIP, gzip, TIFF, ICO, Ogg, MP3, ELF,
# fonts, Flash, Office, RTF, PostScript.
_BINARY = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8[79]a|RIFF....(?:WEBP|AVI |WAVE)|PK\x03\x04|\x1f\x8b|II\*\x00|MM\x00\*|\x00\x00\x01\x00"
    rb"|OggS|ID3|\x7fELF|wOF[F2]|OTTO|[CF]WS[\x01-\x30]|\xd0\xcf\x11\xe0|\{\\rtf|%!PS",
    re.DOTALL,
)
_PDF_JUNK = 1024  # bytes that may come before %PDF (PDF reference 1.7, appendix H.3)


@dataclass(frozen=True, slots=True)
class Document:
    """One capture as the corpus writes it."""

    header: str
    title: str
    markdown: str
    domain: str
    snapshot_url: str
    protected: tuple[str, ...] = ()
    """The e-mail addresses that the page hides from robots, in reading order, where the text has places for them:
    `comparable` shows them.
    """

    @property
    def text(self) -> str:
        """The whole document."""
        return f"{self.header}\n\n# {self.title}\n\n{self.markdown}"

    @property
    def comparable(self) -> str:
        """The text by which captures are compared: see `comparable_text`."""
        return comparable_text(self.title, self.markdown, self.snapshot_url, self.protected)


def clean(
    body: bytes,
    *,
    url: str,
    timestamp: str,
    domain: str,
    content_type: str | None = None,
    snapshot_url: str | None = None,
    scripts_ran: bool = False,
    selection: Selection | None = None,
) -> Document:
    """Make the corpus document of one capture.

    `url`: the original address; `timestamp`: the capture's, 14 digits; `domain`: whose policy it is, for the header;
    `content_type`: the archived HTTP header; `snapshot_url`: where the page was loaded from, if not the archive's
    ``id_`` address of url and timestamp; `scripts_ran`: `body` is a browser's page after its scripts, as the corpus
    stores them, so that nothing is left for them to write; `selection`: the parts of the page that are its text, in
    place of its article (a PDF is taken whole). Raises CleaningError when the page holds no text.
    """
    address = snapshot_url or snapshot_address(url, timestamp)
    if not body.strip():
        raise CleaningError("empty", f"cleaning {address}: the page is empty")
    protected: tuple[str, ...] = ()
    if is_pdf(body, content_type):
        from harvester.cleaner import pdf

        title, markdown = pdf.extract(body)
    else:
        title, markdown, protected = _page(body, address, content_type, scripts_ran, selection)
    return Document(header_of(domain, timestamp, address), title, markdown, domain, address, protected)


def snapshot_address(url: str, timestamp: str) -> str:
    """Return the address from which the corpus loaded a capture: the archive's unmodified bytes, the URL quoted as by
    urllib.
    """
    return f"https://web.archive.org/web/{timestamp}id_/{quote(url)}"


def header_of(domain: str, timestamp: str, snapshot_url: str, type_: str = PRIVACY_POLICY) -> str:
    """Return the sentence that begins a corpus document; `type_` names what it is a document of."""
    date = f"{timestamp[:4]}-{timestamp[4:6]}-{timestamp[6:8]}"
    return (
        f"> *The following text is extracted and transformed from the {domain} {type_} that was archived on"
        f" {date}. Please check the [original snapshot on the Wayback Machine]({snapshot_url}) for the most accurate"
        " reproduction.*"
    )


def is_pdf(body: bytes, content_type: str | None) -> bool:
    """Recognise a PDF by its first bytes, or else by the server's content type."""
    if b"%PDF" in body[: _PDF_JUNK + 4]:
        return not body[:_PDF_JUNK].lstrip().startswith(b"<")
    return content_type is not None and content_type.partition(";")[0].strip().lower() == "application/pdf"


def _page(
    body: bytes, address: str, content_type: str | None, scripts_ran: bool, selection: Selection | None
) -> tuple[str, str, tuple[str, ...]]:
    # Imported here: who reads a stored document needs none of it, and it takes a tenth of a second.
    from harvester.cleaner.encoding.decode import decode, decode_xml, is_xml
    from harvester.cleaner.html.dom import descendants, discard
    from harvester.cleaner.html.scripts import with_written
    from harvester.cleaner.html.selected import extract_selected
    from harvester.cleaner.html.text_viewer import shown_as_text, viewer_page
    from harvester.cleaner.html.xml import XmlPage
    from harvester.cleaner.markdown import to_markdown
    from harvester.cleaner.readability import extract

    if _BINARY.match(body):
        raise CleaningError("not-text", f"cleaning {address}: a picture, an archive or a program, not a page")
    html = decode(body, content_type)
    xml = XmlPage.of(decode_xml(body, content_type)) if selection is None and is_xml(content_type) else None
    if shown_as_text(content_type):
        html = viewer_page(html)
    elif xml is None and not scripts_ran:  # no script can write into a page that is read as XML
        html = with_written(html)
    if len(html) > _MOST_TAGS and html.count("<") > _MOST_TAGS:
        raise CleaningError("too-complex", f"cleaning {address}: more than {_MOST_TAGS:,} tags")
    with collector_paused():
        if selection is None:
            article = extract(xml or html, address)
        else:
            article = extract_selected(html, address, selection)
        if article.content is None:
            raise _nothing(address, selection)
        if xml is not None:
            xml.as_html(article.content)
        markdown = to_markdown(article.content)
        hidden = descendants(article.content) if mail.may_hide_some(markdown) else ()
        keys = [one.attrs["data-cfemail"] for one in hidden if "data-cfemail" in one.attrs]
        protected = tuple(address for address in map(mail.decoded, keys) if address)
        discard(article.content)
    if selection is not None and not markdown.strip():
        raise _nothing(address, selection)
    return article.title, markdown, protected


def _nothing(address: str, selection: Selection | None) -> CleaningError:
    if selection is None:
        return CleaningError("no-article", f"cleaning {address}: the page has no text that could be its article")
    wanted = ", ".join(map(str, selection.select))
    return CleaningError(NOTHING_SELECTED, f"cleaning {address}: no text is at {wanted}; has the page another layout?")
