"""The comparable text: what is left of a document when its capture's own time is taken out.

A relative link of a page resolves against the snapshot's address, ``https://web.archive.org/web/<timestamp>id_/…``, so
every capture of an unchanged page has other links. Here that prefix is taken off, and what follows, which the archive's
address has percent-encoded, is decoded. The result depends on the page and its address, and not on the timestamp.
"""

from __future__ import annotations

import re

# A target in Markdown ends at white space or a bracket; brackets of its own are escaped.
_TARGET = r"((?:\\.|[^\s()<>\\])*)"
_ARCHIVE = r"https?://web\.archive\.org/web/"
_SNAPSHOT = re.compile(r"(.*/)[0-9]{14}id_/")
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
# Left encoded: what would end a link's target, or not show.
_KEPT = re.compile(r"[\x00-\x20\x7f-\xa0()<>\[\]\\%\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")


def comparable_text(title: str, markdown: str, snapshot_url: str = "") -> str:
    """Title and Markdown of a document, made by this cleaner or imported from the corpus, as captures are compared.

    `snapshot_url`: where the page was loaded from, needed only for another archive than web.archive.org.
    """
    if "id_/" not in markdown:
        return f"# {title}\n\n{markdown}"
    prefix = _ARCHIVE
    snapshot = _SNAPSHOT.match(snapshot_url)
    if snapshot and not re.fullmatch(_ARCHIVE, snapshot[1]):
        prefix = f"(?:{prefix}|{re.escape(snapshot[1])})"
    links = re.compile(f"{prefix}[0-9]{{14}}id_/{_TARGET}")
    return f"# {title}\n\n" + links.sub(lambda match: _decoded(match[1]), markdown)


def _decoded(target: str) -> str:
    return _ENCODED.sub(_decode, target)


def _decode(match: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(match[0].replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    return _KEPT.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)
