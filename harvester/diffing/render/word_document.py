"""A change as a Word document (WordprocessingML): what came and went are tracked changes, to be accepted or rejected.

Its body holds the texts and nothing else, so that it is the new text once all is accepted and the old one once all is
rejected; what is compared stands in the header of the first page. The same change gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count, groupby
from operator import attrgetter

from harvester.diffing.change import Diff
from harvester.diffing.render.block_html import escaped, is_right_to_left
from harvester.diffing.render.runs import Mark
from harvester.diffing.render.tracked import Paragraph, TrackedText, tracked
from harvester.diffing.text.blocks import Block, BlockKind

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = f"{_PACKAGE}/relationships/metadata/core-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "settings", "header")  # what the document refers to, by kind
_LEVELS = 9
_INDENT = 360  # twentieths of a point, for each level of a list
_STYLES = {BlockKind.QUOTE: "Quote", BlockKind.CODE: "PlainText", BlockKind.ROW: "TableRow"}
_BREAKS = re.compile(r"([\t\n])")
_BREAK_TAGS = {"\t": "<w:tab/>", "\n": "<w:br/>"}
_STYLE_TAGS = {"strong": "<w:b/>", "em": "<w:i/>"}  # in the order of the schema
_SIZES = (32, 28, 26, 24, 22, 22)  # of headings, in half points


def word_document(diff: Diff, *, title: str, about: Sequence[str], service: str, moment: datetime) -> bytes:
    """Return the change as a .docx file: tracked changes that the website of `service` made at `moment` (UTC).

    `about` are lines that say what is compared.
    """
    author = f"{service} (website)"
    when = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    overrides = {"document": "document.main", **{part: part for part in _PARTS}}
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in overrides.items()
    )
    links = "".join(
        f'<Relationship Id="{part}" Type="{_RELATIONSHIPS}/{part}" Target="{part}.xml"/>' for part in _PARTS
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="document" Type="{_RELATIONSHIPS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="core" Type="{_CORE}" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<c:coreProperties xmlns:c="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>{escaped(author)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created></c:coreProperties>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": _document(diff, f'w:author="{escaped(author)}" w:date="{when}"'),
        "word/header.xml": f"<w:hdr {_NAMESPACES}>{''.join(map(_head, (title, *about)))}</w:hdr>",
        "word/numbering.xml": _numbering(),
        "word/settings.xml": f'<w:settings {_NAMESPACES}><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/styles.xml": f"<w:styles {_NAMESPACES}>{''.join(_styles())}</w:styles>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), (_XML + content).encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _document(diff: Diff, who: str) -> str:
    numbers = count(1)
    paragraphs = list(tracked(diff))
    body = "".join(_paragraph(one, who, numbers) for one in paragraphs)
    if not paragraphs or paragraphs[-1].mark is not Mark.SAME:
        body += "<w:p/>"  # the end of the last paragraph cannot go, so it must not be one that changed
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header"/><w:titlePg/></w:sectPr>'
    return f"<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>"


def _paragraph(paragraph: Paragraph, who: str, numbers: Iterator[int]) -> str:
    text = "".join(piece.text for piece in paragraph.pieces)
    properties = _style(paragraph.block) + ("<w:bidi/>" if is_right_to_left(text) else "")
    end = _tracked("", paragraph.mark, who, numbers)
    properties += f"<w:rPr>{end}</w:rPr>" if end else ""
    runs = "".join(
        _tracked("".join(map(_run, pieces)), mark, who, numbers)
        for mark, pieces in groupby(paragraph.pieces, key=attrgetter("mark"))
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>\n"


def _tracked(content: str, mark: Mark, who: str, numbers: Iterator[int]) -> str:
    """Return runs in their tracked change; without a content, the mark itself."""
    if mark is Mark.SAME:
        return content
    tag = "w:ins" if mark is Mark.ADDED else "w:del"
    opening = f'<{tag} w:id="{next(numbers)}" {who}'
    return f"{opening}>{content}</{tag}>" if content else f"{opening}/>"


def _run(piece: TrackedText) -> str:
    properties = "".join(tag for style, tag in _STYLE_TAGS.items() if style in piece.styles)
    properties += "<w:rtl/>" if is_right_to_left(piece.text) else ""
    tag = "w:delText" if piece.mark is Mark.REMOVED else "w:t"
    parts = (
        _BREAK_TAGS[part] if part in _BREAK_TAGS else f'<{tag} xml:space="preserve">{escaped(part)}</{tag}>'
        for part in _BREAKS.split(piece.text.replace("\r", " "))
        if part
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(parts)}</w:r>"


def _style(block: Block) -> str:
    """Return the properties of a block's kind; an item with a number of its own has that as its text."""
    level = min(max(block.level, 1), _LEVELS)
    if block.kind is BlockKind.HEADING:
        return f'<w:pStyle w:val="Heading{min(level, len(_SIZES))}"/>'
    if block.kind is BlockKind.ITEM and block.label:
        return f'<w:pStyle w:val="ListParagraph"/><w:ind w:left="{_INDENT * level}"/>'
    if block.kind is BlockKind.ITEM:
        bullet = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
        return f'<w:pStyle w:val="ListBullet"/>{bullet}'
    return f'<w:pStyle w:val="{_STYLES[block.kind]}"/>' if block.kind in _STYLES else ""


def _head(line: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_run(TrackedText(Mark.SAME, line))}</w:p>'


def _numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_INDENT * (level + 1)}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
        for level in range(_LEVELS)
    )
    one = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:numbering {_NAMESPACES}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{one}</w:numbering>'


def _styles() -> Iterator[str]:
    yield (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    for level, size in enumerate(_SIZES):
        outline = f'<w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="{level}"/></w:pPr>'
        letters = f'<w:rPr><w:b/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        yield _paragraph_style(f"Heading{level + 1}", f"heading {level + 1}", outline + letters)
    yield _paragraph_style("ListBullet", "List Bullet", "")
    yield _paragraph_style("ListParagraph", "List Paragraph", "")
    yield _paragraph_style("Quote", "Quote", '<w:pPr><w:ind w:left="720" w:right="720"/></w:pPr>')
    code = '<w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/></w:rPr>'
    yield _paragraph_style("PlainText", "Plain Text", code)
    stops = "".join(f'<w:tab w:val="left" w:pos="{2250 * number}"/>' for number in (1, 2, 3))
    yield _paragraph_style("TableRow", "Table Row", f"<w:pPr><w:tabs>{stops}</w:tabs></w:pPr>")
    small = '<w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
    yield _paragraph_style("Header", "header", small)


def _paragraph_style(key: str, name: str, properties: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"{properties}</w:style>"
    )
