"""The legacy encodings of the Encoding standard: Python's tables, mended, with the standard's handling of errors.

In a double-byte encoding a lead byte with a wrong trail is one U+FFFD, and a trail that is ASCII is read again.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cache

from harvester.cleaner.encoding.legacy_tables import BIG5, GB18030

# Encoding standard name -> Python codec, where Python's own name or table differs.
_CODECS = {
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "utf-16be": "utf_16_be",
    "utf-16le": "utf_16_le",
    "iso-2022-jp": "iso2022_jp",
}
# Single bytes that Python reads otherwise.
_MENDED = {"koi8-u": {0xAE: "\u045e", 0xBE: "\u040e"}, "windows-1255": {0xCA: "\u05ba"}}

_GB18030 = re.compile(rb"[\x81-\xfe][0-9](?:[\x81-\xfe](?:[0-9]|\Z)|\Z)|[\x81-\xfe][^0-9]|[\x80-\xff]", re.DOTALL)
_PAIRS = re.compile(rb"[\x81-\xfe][\x00-\xff]|[\x80-\xff]", re.DOTALL)
_SHIFT_JIS = re.compile(rb"[\x81-\x9f\xe0-\xfc][\x00-\xff]|[\x80-\xff]", re.DOTALL)
_EUC_JP = re.compile(rb"\x8f[\xa1-\xfe][\x00-\xff]?|[\x8e\x8f\xa1-\xfe][\x00-\xff]|[\x80-\xff]", re.DOTALL)


def decode_legacy(body: bytes, name: str) -> str:
    """Return `body` decoded by the encoding called `name`; invalid bytes become U+FFFD."""
    if name == "replacement":
        return "\ufffd" if body else ""
    if name == "x-user-defined":
        return "".join(chr(byte if byte < 0x80 else byte + 0xF700) for byte in body)
    if name in _DOUBLE:
        pattern, read = _DOUBLE[name]
        pieces: list[str] = []
        at = 0
        for match in pattern.finditer(body):
            pieces.append(body[at : match.start()].decode("ascii"))
            pieces.append(read(match[0]))
            at = match.end()
        pieces.append(body[at:].decode("ascii"))
        return "".join(pieces)
    codec = _CODECS.get(name, name)
    if name in ("utf-16be", "utf-16le", "iso-2022-jp"):
        return body.decode(codec, "replace")
    return codecs.charmap_decode(body, "replace", _table(name, codec))[0]


@cache
def _table(name: str, codec: str) -> str:
    characters = [bytes((byte,)).decode(codec, "replace") for byte in range(256)]
    if name.startswith("windows-"):
        # Unassigned bytes of the C1 range are the controls themselves.
        for byte in range(0x80, 0xA0):
            if characters[byte] == "\ufffd":
                characters[byte] = chr(byte)
    for byte, character in _MENDED.get(name, {}).items():
        characters[byte] = character
    return "".join(characters)


def _runs(text: str) -> dict[bytes, str]:
    """Return the pairs of one of `legacy_tables`' tables."""
    found = {}
    for run in text.split(" "):
        if not run:
            continue
        lead, trail = bytes.fromhex(run[:4])
        for character in run[4:]:
            found[bytes((lead, trail))] = character
            trail += 1
            if text is BIG5 and trail in (0x7F, 0xFF):
                lead, trail = (lead, 0xA1) if trail == 0x7F else (lead + 1, 0x40)
    return found


_GB18030_MENDED = _runs(GB18030)
_BIG5_MENDED = _runs(BIG5)


def _failed(token: bytes) -> str:
    """Return one U+FFFD, followed by the ASCII bytes at the end of the failed sequence."""
    return "\ufffd" + (chr(token[-1]) if len(token) > 1 and token[-1] < 0x80 else "")


def _strictly(token: bytes, codec: str) -> str:
    try:
        return token.decode(codec)
    except UnicodeDecodeError:
        return _failed(token)


@cache
def _gb18030(token: bytes) -> str:
    if token == b"\x80":
        return "\u20ac"
    if len(token) == 4:
        if token == b"\x81\x35\xf4\x37":
            return "\ue7c7"
        try:
            return token.decode("gb18030")
        except UnicodeDecodeError:
            return "\ufffd"
    if len(token) == 1 or token[1:2].isdigit():  # a lead alone, or the page ends within four bytes
        return "\ufffd"
    if token[1] in (0x7F, 0xFF) or token[1] < 0x40:
        return _failed(token)
    return _GB18030_MENDED.get(token) or _strictly(token, "gb18030")


@cache
def _big5(token: bytes) -> str:
    if len(token) == 1:
        return "\ufffd"
    if not (0x40 <= token[1] <= 0x7E or 0xA1 <= token[1] <= 0xFE):
        return _failed(token)
    return _BIG5_MENDED.get(token) or _strictly(token, "big5hkscs")


@cache
def _euc_kr(token: bytes) -> str:
    return "\ufffd" if len(token) == 1 else _strictly(token, "cp949")


@cache
def _shift_jis(token: bytes) -> str:
    if len(token) == 1:
        byte = token[0]
        if byte == 0x80:
            return "\x80"
        return chr(0xFF61 - 0xA1 + byte) if 0xA1 <= byte <= 0xDF else "\ufffd"
    if token[1] < 0x40 or token[1] in (0x7F, 0xFD, 0xFE, 0xFF):
        return _failed(token)
    return _strictly(token, "cp932")


@cache
def _euc_jp(token: bytes) -> str:
    if len(token) == 1:
        return "\ufffd"
    if len(token) == 3:
        return _strictly(token, "euc_jp") if token[2] >= 0xA1 else _failed(token)
    if token[0] == 0x8E:
        return chr(0xFF61 - 0xA1 + token[1]) if 0xA1 <= token[1] <= 0xDF else _failed(token)
    if token[0] == 0x8F or token[1] < 0xA1 or token[1] == 0xFF:
        return _failed(token)
    # The same index as Shift_JIS, other bytes (index-jis0208).
    row, cell = token[0] - 0xA1, token[1] - 0xA1
    pointer = row * 94 + cell
    lead, trail = divmod(pointer, 188)
    pair = bytes((lead + (0x81 if lead < 0x1F else 0xC1), trail + (0x40 if trail < 0x3F else 0x41)))
    try:
        return pair.decode("cp932")
    except UnicodeDecodeError:
        return "\ufffd"


_DOUBLE: dict[str, tuple[re.Pattern[bytes], Callable[[bytes], str]]] = {
    "gbk": (_GB18030, _gb18030),
    "gb18030": (_GB18030, _gb18030),
    "big5": (_PAIRS, _big5),
    "euc-kr": (_PAIRS, _euc_kr),
    "shift_jis": (_SHIFT_JIS, _shift_jis),
    "euc-jp": (_EUC_JP, _euc_jp),
}
