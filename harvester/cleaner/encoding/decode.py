"""Bytes of a page -> text, as a browser decodes them (WHATWG: HTML, encoding sniffing; Encoding standard).

Order: byte order mark, the charset of the HTTP header, the ``<meta>`` prescan of the first 1024 bytes, a guess.
Chromium also takes a ``<meta>`` after 1024 bytes while only elements of the head have come
(html_meta_charset_parser.cc), and so do we.
"""

from __future__ import annotations

import re
from functools import lru_cache

import webencodings

from harvester.cleaner.encoding.guess import guess
from harvester.cleaner.encoding.legacy import decode_legacy
from harvester.cleaner.html.text_viewer import shown_as_text

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_PRESCAN = 1024  # bytes, HTML standard
_LATEST = 65536  # bytes in which a later declaration is looked for; bounds the work on a hostile head
_SPACE = b"\t\n\f\r "
_CHARSET_IN_HEADER = re.compile(r""";[\t\n\r ]*charset=(?:"((?:[^"\\]|\\.)*)"?|([^;]*))""", re.IGNORECASE)
_CHARSET_IN_CONTENT = re.compile(
    rb"""charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r ;"'][^\t\n\f\r ;]*))""", re.IGNORECASE
)
_XML_TYPES = frozenset({"application/xhtml+xml", "application/xml", "text/xml"})
_XML_DECLARATION = re.compile(rb"""<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
# What may come before a late declaration: text, comments, and the elements of a head, some with their text. What is not
# closed hides all that follows: it ends the search, or reading thousands of such beginnings would take seconds.
_HEAD_PART = re.compile(
    rb"""<meta(?=[\t\n\f\r /])(?P<meta>)
    |[^<]+|<!---?>|<!--.*?--!?>|<(?!!--)[!?][^>]*>|<(?![a-z/!?])
    |<(?P<raw>script|style|title|noscript)(?:[\t\n\f\r /][^>]*)?>.*?</(?P=raw)[\t\n\f\r ]*>
    |<(?:html|head)(?:[\t\n\f\r /][^>]*)?>
    |</?(?:link|base|object|meta)(?:[\t\n\f\r /][^>]*)?>
    |</(?:script|style|title|noscript)(?:[\t\n\f\r /][^>]*)?>""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


@lru_cache(maxsize=1)  # what is done for a page begins with its text, again and again
def decode(body: bytes, content_type: str | None = None) -> str:
    """Decode `body`. Bytes that are invalid in its encoding become U+FFFD; nothing raises.

    `content_type`: the HTTP header as it came, or None.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _decode_as(body[len(mark) :], name)
    return _decode_as(body, encoding_of(body, content_type))


def is_xml(content_type: str | None) -> bool:
    """Return whether Chromium gives a body of this ``Content-Type`` to its XML parser."""
    return (content_type or "").partition(";")[0].strip().lower() in _XML_TYPES


def decode_xml(body: bytes, content_type: str | None) -> str:
    """Decode a page that is read as XML: a byte that is no UTF-8 ends it, as an error (U+0000, which XML forbids)."""
    text = decode(body, content_type)
    is_utf8 = not body.startswith((b"\xfe\xff", b"\xff\xfe")) and encoding_of(body, content_type) == "utf-8"
    if is_utf8 and "\ufffd" in text:
        try:
            body.decode("utf-8")
        except UnicodeDecodeError as error:
            return body[: error.start].decode("utf-8-sig") + "\x00"
    return text


def encoding_of(body: bytes, content_type: str | None) -> str:
    """Return the encoding's name by the Encoding standard, lower case, for a body without a byte order mark."""
    if content_type:
        match = _CHARSET_IN_HEADER.search(content_type)
        if match:
            name = _known(re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2])
            if name:
                return name
    if is_xml(content_type):
        declared = _XML_DECLARATION.match(body)
        return (_known(declared[1].decode("latin-1")) if declared else None) or "utf-8"
    if shown_as_text(content_type):
        return guess(body)  # a <meta> in it is text like the rest
    return prescan(body[:_PRESCAN]) or late_declaration(body) or guess(body)


def _known(label: str) -> str | None:
    encoding = webencodings.lookup(label)
    return None if encoding is None else str(encoding.name)


def _decode_as(body: bytes, name: str) -> str:
    if name == "utf-8":
        return body.decode("utf-8", "replace")
    return decode_legacy(body, name)


def prescan(head: bytes) -> str | None:
    """Return the encoding that a ``<meta>`` in `head` declares (HTML standard, prescan a byte stream)."""
    at = 0
    while True:
        at = head.find(b"<", at)
        if at < 0:
            return None
        if head.startswith(b"<!--", at):
            # "-->" may share its dashes with "<!--".
            end = head.find(b"-->", at + 2)
            if end < 0:
                return None
            at = end + 3
        elif head[at : at + 5].lower() == b"<meta" and head[at + 5 : at + 6] in {b"%c" % c for c in _SPACE + b"/"}:
            at, name = _meta(head, at + 5)
            if name is not None:
                return name
        elif re.match(rb"</?[A-Za-z]", head[at : at + 3]):
            while at < len(head) and head[at] not in b"\t\n\f\r >":
                at += 1
            while True:
                at, attribute = _attribute(head, at)
                if attribute is None:
                    break
            at += 1
        elif head[at + 1 : at + 2] in (b"!", b"/", b"?"):
            end = head.find(b">", at)
            if end < 0:
                return None
            at = end + 1
        else:
            at += 1


def late_declaration(body: bytes) -> str | None:
    """Return the encoding that a ``<meta>`` declares with nothing but the head's elements before it."""
    at = 0
    while match := _HEAD_PART.match(body, at, _LATEST):
        at = match.end()
        if match["meta"] is not None:
            at, name = _meta(body, at)
            if name is not None:
                return name
    return None


def _meta(head: bytes, at: int) -> tuple[int, str | None]:
    seen: set[bytes] = set()
    got_pragma = False
    need_pragma: bool | None = None
    charset: str | None = None
    while True:
        at, attribute = _attribute(head, at)
        if attribute is None:
            break
        name, value = attribute
        if name in seen:
            continue
        seen.add(name)
        if name == b"http-equiv":
            got_pragma = got_pragma or value == b"content-type"
        elif name == b"content" and charset is None:
            match = _CHARSET_IN_CONTENT.search(value)
            if match:
                charset = _known((match[1] or match[2] or match[3] or b"").decode("latin-1"))
                if charset is not None:
                    need_pragma = True
        elif name == b"charset":
            charset = _known(value.decode("latin-1"))
            need_pragma = False
    if at >= len(head):
        return at, None
    at += 1
    if need_pragma is None or (need_pragma and not got_pragma) or charset is None:
        return at, None
    if charset in ("utf-16be", "utf-16le"):
        return at, "utf-8"
    return at, "windows-1252" if charset == "x-user-defined" else charset


def _attribute(head: bytes, at: int) -> tuple[int, tuple[bytes, bytes] | None]:
    """Return one attribute, name and value in lower case, and where it ends; None at the end of the tag."""
    size = len(head)
    while at < size and head[at] in b"\t\n\f\r /":
        at += 1
    if at >= size or head[at] == 0x3E:
        return at, None
    start = at
    while at < size and not (head[at] == 0x3D and at > start) and head[at] not in b"\t\n\f\r />":
        at += 1
    name = head[start:at].lower()
    while at < size and head[at] in _SPACE:
        at += 1
    if at >= size or head[at] != 0x3D:
        return at, (name, b"")
    at += 1
    while at < size and head[at] in _SPACE:
        at += 1
    if at >= size:
        return at, None
    if head[at] in b"\"'":
        end = head.find(head[at : at + 1], at + 1)
        if end < 0:
            return size, None
        return end + 1, (name, head[at + 1 : end].lower())
    start = at
    while at < size and head[at] not in b"\t\n\f\r >":
        at += 1
    return at, (name, head[start:at].lower())
