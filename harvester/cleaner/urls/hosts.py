"""The host of a URL: names to ASCII, IPv4 and IPv6 addresses, and the rule of 2019 for forbidden characters.

Chromium of 2019 (url_canon_host.cc, ``kHostCharLookup``) percent-encoded most forbidden characters of a host where
the URL standard of today fails: ``http://visicron.com target=_blank`` is ``http://visicron.com%20target%3D_blank/``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

import idna

# Written percent-encoded (``kEsc``).
_ESCAPED = frozenset(" !\"#$&'()*,<=>@`{|}")
# Not possible at all: controls and these.
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f%/:;?\[\\\]^~]")
_OPAQUE_FORBIDDEN = re.compile(r"[\x00\t\n\r #/:<>?@\[\\\]^|]")
# UTS 46 transitional processing, which Chromium did until 2023.
_TRANSITIONAL = str.maketrans({"\u00df": "ss", "\u03c2": "\u03c3", "\u200c": None, "\u200d": None})
_CONTROL = re.compile(r"[\x00-\x1f]|[^\x00-\x7e]")
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)\Z")


@lru_cache(maxsize=1024)
def host_of_special(text: str) -> str | None:
    """Return the host of a special URL as its href shows it; None if the URL is invalid."""
    if text.startswith("["):
        return _ipv6(text[1:-1]) if text.endswith("]") else None
    if "%" in text:
        text = unquote_to_bytes(text).decode("utf-8", "replace")
    if text.isascii():
        name = text.lower()
    else:
        try:
            name = idna.uts46_remap(text.translate(_TRANSITIONAL), std3_rules=False)
            name = ".".join(
                label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in name.split(".")
            )
        except (idna.IDNAError, UnicodeError):
            return None
    if _FORBIDDEN.search(name):
        return None
    if any(character in _ESCAPED for character in name):
        name = "".join(f"%{ord(c):02X}" if c in _ESCAPED else c for c in name)
    return _ipv4(name) if _ends_in_number(name) else name


def opaque_host(text: str) -> str | None:
    """Return the host of a URL that is not special."""
    if text.startswith("["):
        return _ipv6(text[1:-1]) if text.endswith("]") else None
    if _OPAQUE_FORBIDDEN.search(text):
        return None
    return _CONTROL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), text)


def _ends_in_number(name: str) -> bool:
    parts = name.split(".")
    if parts[-1] == "" and len(parts) > 1:
        parts.pop()
    return _NUMBER.match(parts[-1]) is not None


def _ipv4(name: str) -> str | None:
    parts = name.split(".")
    if parts[-1] == "" and len(parts) > 1:
        parts.pop()
    if len(parts) > 4:
        return None
    numbers = []
    for part in parts:
        if not _NUMBER.match(part):
            return None
        if part[:2] in ("0x", "0X"):
            numbers.append(int(part[2:] or "0", 16))
        elif len(part) > 1 and part[0] == "0":
            if not all(digit in "01234567" for digit in part):
                return None
            numbers.append(int(part, 8))
        else:
            numbers.append(int(part[:20]))
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        return None
    address = numbers[-1] + sum(number * 256 ** (3 - place) for place, number in enumerate(numbers[:-1]))
    return ".".join(str(address >> shift & 255) for shift in (24, 16, 8, 0))


def _ipv6(text: str) -> str | None:
    """Return the address in brackets, its longest run of zeros shortened."""
    if text.count("::") > 1 or text.startswith(":") != text.startswith("::"):
        return None
    if "." in text:
        front, _, ipv4 = text.rpartition(":")
        octets = ipv4.split(".")
        if len(octets) != 4 or not all(re.match(r"(?:0|[1-9][0-9]{0,2})\Z", o) and int(o) < 256 for o in octets):
            return None
        numbers = list(map(int, octets))
        text = f"{front}:{numbers[0] << 8 | numbers[1]:x}:{numbers[2] << 8 | numbers[3]:x}"
    head, gap, tail = text.partition("::")
    left = head.split(":") if head else []
    right = tail.split(":") if tail else []
    if not all(re.match(r"[0-9a-fA-F]{1,4}\Z", piece) for piece in left + right):
        return None
    missing = 8 - len(left) - len(right)
    if (gap and missing < 1) or (not gap and missing):
        return None
    pieces = [int(piece, 16) for piece in left] + [0] * missing + [int(piece, 16) for piece in right]
    best_start, best_size, start = -1, 1, 0
    while start < 8:
        size = 0
        while start + size < 8 and pieces[start + size] == 0:
            size += 1
        if size > best_size:
            best_start, best_size = start, size
        start += size + 1
    words = [f"{piece:x}" for piece in pieces]
    if best_start >= 0:
        return "[" + ":".join(words[:best_start]) + "::" + ":".join(words[best_start + best_size :]) + "]"
    return "[" + ":".join(words) + "]"
