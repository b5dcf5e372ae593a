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
_WORD = re.compile(rb"[\x80-\xff]{3}")
_WINDOWS = {"iso-8859-13": "windows-1257", "iso-8859-7": "windows-1253"}  # Baltic, Greek
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
    """Return Chromium's name for the detector's `name`, by the letters that decide where the two differ most."""
    if name == "ibm866" and not _WORD.search(head):
        return FALLBACK  # quotation marks of windows-1252 in a page of Latin letters
    if name == "iso-8859-2":
        if b"\xe8" in head:  # with a caron: Croatian, Czech, Slovak, Slovene; with a cedilla too: Latvian
            return "iso-8859-4" if b"\xb1" in head else "windows-1250"
        return FALLBACK if b"\xe3" in head else name  # Romanian
    if name == "windows-1250":
        if b"\xe3" in head:
            return FALLBACK
        return "iso-8859-2" if b"\xf5" in head and b"\x84" not in head else name  # Hungarian
    if name == FALLBACK and b"\xf5" in head and b"\xfb" in head:
        return "iso-8859-2"
    return _WINDOWS.get(name, name)
