"""XHTML served as XML -> tree, as Chromium's XML parser builds it, and as Readability and html2text meet that tree.

Which types are XML is in Chromium's media type registry. A page that is not well-formed ends at the first error: the
text since the last tag before it is lost, and the error's own message stands outside the body (xml_errors.cc).

In such a document ``tagName`` is ``p``, not ``P``. Readability compares with names in capitals, and so scores nothing:
all of the body becomes the article. Hence XHTML elements are ``foreign`` here (`dom`) until that is done.
"""

from __future__ import annotations

import re
from html.entities import name2codepoint
from xml.parsers import expat

from harvester.cleaner.html.dom import XHTML, Comment, Element, Node, Text, descendants

_FOREIGN = {
    "http://www.w3.org/1999/xhtml": XHTML,
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
}
_ANYTHING = "math"  # an element of no known vocabulary has no style either
_ROOT = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<([^\s/>]+)([^>]*)", re.DOTALL)
_XHTML_NAMESPACE = re.compile(r"""\sxmlns(?::\w+)?\s*=\s*["']http://www\.w3\.org/1999/xhtml["']""")
# The public identifiers with which Chromium knows the entities of XHTML (xml_document_parser.cc).
_WITH_ENTITIES = frozenset(
    {
        "-//W3C//DTD XHTML 1.0 Transitional//EN",
        "-//W3C//DTD XHTML 1.1//EN",
        "-//W3C//DTD XHTML 1.0 Strict//EN",
        "-//W3C//DTD XHTML 1.0 Frameset//EN",
        "-//W3C//DTD XHTML Basic 1.0//EN",
        "-//W3C//DTD XHTML 1.1 plus MathML 2.0//EN",
        "-//W3C//DTD XHTML 1.1 plus MathML 2.0 plus SVG 1.1//EN",
        "-//W3C//DTD MathML 2.0//EN",
        "-//WAPFORUM//DTD XHTML Mobile 1.0//EN",
        "-//WAPFORUM//DTD XHTML Mobile 1.1//EN",
        "-//WAPFORUM//DTD XHTML Mobile 1.2//EN",
    }
)
_CUT_OFF = expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]  # between two tags, or in a text
_ENTITIES = "".join(
    f'<!ENTITY {name} "&#{code};">'
    for name, code in name2codepoint.items()
    if name not in ("lt", "gt", "amp", "quot", "apos")
)


class XmlPage:
    """The text of a page that is read as XML (`encoding.decode.decode_xml`)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sections: list[Text] = []

    @classmethod
    def of(cls, text: str) -> XmlPage | None:
        """Return a page if it is one of XHTML; of other XML Chromium shows the source."""
        root = _ROOT.match(text)
        return cls(text) if root and _XHTML_NAMESPACE.search(root[2]) else None

    def parse(self, drop: frozenset[str] = frozenset()) -> Element:
        """Parse the page, up to the first error; see `html.parse.parse`."""
        building = _Tree(drop)
        building.read(self._text)
        self._sections += building.sections
        return building.document

    def as_html(self, content: Element) -> None:
        """Make of an article what html2text reads in its serialised form: HTML, without CDATA sections.

        A no-break space is written as it is, so that html2text takes it for white space outside ``pre``.
        """
        for element in [content, *descendants(content)]:
            if element.foreign == XHTML:
                element.tag, element.foreign = element.tag.lower(), ""
        sections = set(map(id, self._sections))
        pending: list[tuple[Element, bool]] = [(content, False)]
        while pending:
            element, kept = pending.pop()
            for place, child in enumerate(element.children):
                if type(child) is Element:
                    pending.append((child, kept or child.tag == "pre"))
                elif id(child) in sections:
                    element.children[place] = Comment("", element)
                elif type(child) is Text and not kept:
                    child.data = child.data.replace("\xa0", " ")


class _Tree:
    """The tree as expat reports it."""

    def __init__(self, drop: frozenset[str]) -> None:
        self.document = Element("#document")
        self.sections: list[Text] = []
        self._drop = drop
        self._dropped = 0  # elements open inside one that is left out, with that one
        self._open: list[tuple[Element, dict[str, str]]] = [(self.document, {"": "", "xml": ""})]
        self._pieces: list[str] = []
        self._in_section = False
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.ExternalEntityRefHandler = self._external
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._pieces.append
        parser.CommentHandler = lambda data: self._add(Comment(data))
        parser.ProcessingInstructionHandler = lambda target, data: self._add(Comment(f"?{target} {data}"))
        parser.StartCdataSectionHandler = lambda: self._section(begins=True)
        parser.EndCdataSectionHandler = lambda: self._section(begins=False)
        self.parser = parser

    def read(self, text: str) -> None:
        """Read a page, up to the first error."""
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError as error:
            if error.code == _CUT_OFF:
                self._end_text()

    def _external(self, context: str, base: str | None, system: str | None, public: str | None) -> int:
        """Read the entities of XHTML where the page names one of its document types, and nothing else."""
        inside = self.parser.ExternalEntityParserCreate(context)
        inside.Parse(_ENTITIES if public in _WITH_ENTITIES else "", True)
        return 1

    def _start(self, name: str, given: list[str]) -> None:
        self._end_text()
        if self._dropped or (name in self._drop):
            self._dropped += 1
            return
        attributes = dict(zip(given[::2], given[1::2], strict=True))
        parent, names = self._open[-1]
        own = {key.partition(":")[2]: value for key, value in attributes.items() if key.partition(":")[0] == "xmlns"}
        if own:
            names = {**names, **own}
        prefix, _, local = name.rpartition(":")
        foreign = _FOREIGN.get(names.get(prefix, ""), _ANYTHING)
        element = Element(local if foreign == XHTML else name, attributes, parent)
        element.foreign = foreign
        parent.children.append(element)
        self._open.append((element, names))

    def _end(self, name: str) -> None:
        self._end_text()
        if self._dropped:
            self._dropped -= 1
        else:
            self._open.pop()

    def _section(self, *, begins: bool) -> None:
        self._end_text()
        self._in_section = begins

    def _end_text(self) -> None:
        if self._pieces:
            text = Text("".join(self._pieces))
            self._pieces.clear()
            if self._in_section:
                self.sections.append(text)
            self._add(text)

    def _add(self, node: Node) -> None:
        self._end_text()
        if not self._dropped and (parent := self._open[-1][0]) is not self.document:
            parent.append(node)
