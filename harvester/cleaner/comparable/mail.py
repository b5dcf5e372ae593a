"""E-mail addresses that a content-delivery network hides from robots, under a new key at every capture.

Cloudflare writes the address as hexadecimal digits: the first byte is the key, each other one XOR the key is a byte of
the address (https://developers.cloudflare.com/waf/tools/scrape-shield/email-address-obfuscation/).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.character_references import unescape

_HIDDEN = re.compile(r"(?:https?://[^/\s()<>]*)?/cdn-cgi/l/email-protection#([0-9a-fA-F]{4,512})(?![0-9a-fA-F])")
_PLACE = r"\\?\[email\s{1,2}protected\\?\]"  # in bold its blank comes with another
_SHOWN = re.compile(
    rf"\[{_PLACE}\]\((?:https?://[^/\s()<>]*)?/cdn-cgi/l/email-protection(?:#([0-9a-fA-F]{{4,512}}))?\)|{_PLACE}"
)
_TO_NOBODY = re.compile(rf"\[({_PLACE})\]\([^()]*\)")
"""A link without the key: it leads nowhere."""
_IN_PAGE = re.compile(
    r"""\bdata-cfemail=["']?([0-9a-fA-F]{4,512})["']?([^<>]{0,1024}+>)\s*\[email(?:\s|&#160;|&nbsp;)protected\]"""
)
_NO_SCHEME = re.compile(r"\[(?P<said>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\]\(https?://[^()\s]*/(?P=said)\)")
_ADDRESS = re.compile(r"[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\.[^\s@<>()\[\]?]+(?:\?\S*)?")


def decoded(digits: str) -> str | None:
    """Return the address that these digits hide, None if they hide none."""
    try:
        key, *rest = bytes.fromhex(digits)
        # An author may have hidden the address himself, by references in place of its characters.
        address = unescape(bytes(byte ^ key for byte in rest).decode("utf-8"))
    except ValueError:
        return None
    return address if _ADDRESS.fullmatch(address) else None


def decode_target(target: str) -> str:
    """Return the target of a link, ``mailto:`` the address if it hides one."""
    found = _HIDDEN.fullmatch(target)
    address = decoded(found[1]) if found else None
    return f"mailto:{address}" if address else target


def with_scheme(markdown: str) -> str:
    """Return `markdown` with ``mailto:`` before addresses whose author forgot it, so that they read as pages' names."""
    return _NO_SCHEME.sub(r"[\g<said>](mailto:\g<said>)", markdown) if "@" in markdown else markdown


def reveal_in_page(source: str) -> str:
    """Return the source of a page with the addresses that it shows as ``[email protected]``."""

    def shown(match: re.Match[str]) -> str:
        return f"{match[2]}{decoded(match[1]) or '[email protected]'}"

    return _IN_PAGE.sub(shown, source) if "data-cfemail" in source else source


def may_hide_some(markdown: str) -> bool:
    """Return whether a text may have places of hidden addresses: nearly none has."""
    return "[email" in markdown


def reveal(markdown: str, protected: Sequence[str]) -> str:
    """Return `markdown` with the addresses that appear in it as ``[email protected]``; see `comparable_text`."""
    if not may_hide_some(markdown):
        return markdown
    known = protected if len(_SHOWN.findall(markdown)) == len(protected) else ()
    number = -1

    def shown(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        address = decoded(match[1]) if match[1] else None
        if address is None and known:
            address = known[number]
        if address is None:
            return _TO_NOBODY.sub(r"\1", match[0])
        return f"[{address}](mailto:{address})" if match[0].endswith(")") else address

    return _SHOWN.sub(shown, markdown)
