"""The encoding of a page that declares none, guessed as nearly as can be as Chromium guesses it.

Chromium asks its compact_enc_det, which is not on PyPI; of the detectors there turbohtml's (chardetng's tables), which
parses our pages anyway, agrees with it most often (docs/cleaner.md has the figures). The rules here are the kinds of
page on which the two differ. UTF-8 is not guessed: Chromium reads undeclared UTF-8 of a web server as windows-1252
(text_resource_decoder.cc).
"""

from __future__ import annotations

import re

from webencodings import lookup

FALLBACK = "windows-1252"
_READ = 1 << 18  # bytes that are looked at; the detector is linear in them
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_NOT_GUESSED = frozenset({"utf-8", "utf-16le", "utf-16be", "iso-2022-jp", "windows-1258", "x-user-defined"})


def guess(body: bytes) -> str:
    """Return the name, by the Encoding standard, of the encoding that Chromium would guess for a page."""
    head = body[:_READ]
    if not _BEYOND_ASCII.search(head):
        return FALLBACK
    from turbohtml.detect import detect  # only pages that declare none need it

    found = detect(head).encoding
    known = lookup(found) if found else None
    name = FALLBACK if known is None else str(known.name)
    return FALLBACK if name in _NOT_GUESSED else _as_chromium(name, head)


def _as_chromium(name: str, head: bytes) -> str:
    """Return Chromium's name for the detector's `name`."""
    if name == "ibm866" and len(_BEYOND_ASCII.findall(head)) < len(head) // 10:
        return FALLBACK  # quotation marks of windows-1252 in a page of Latin letters
    if name == "iso-8859-2" and re.search(rb"[\xec\xf8\xf9]", head):
        return "windows-1250"  # Czech
    if name == "windows-1250" and b"\xe3" in head and not re.search(rb"[\xb9\xbf\xec\xf8\xf9\x9a\x9e]", head):
        return FALLBACK  # Romanian
    if name == FALLBACK and b"\xf5" in head and b"\xfb" in head:
        return "iso-8859-2"  # Hungarian
    if name == FALLBACK and head.count(b"\x8e") > 1 and not re.search(rb"[\xe0-\xef]", head):
        return "macintosh"  # French: 0x8E is its e with an acute accent
    return name
