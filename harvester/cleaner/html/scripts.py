"""Write into a page what inline scripts of known, fixed form write, without running any: the corpus's browser ran them.

Understood are assignments of constant strings (``+``, ``String.fromCharCode``, ``unescape``, rot13, reversed) and what
they write with ``document.write`` or into an element by its id (Joomla's address cloak of 2005 and of 2014), and the
two inline decoders that Cloudflare put into pages from about 2012 to 2016. What React streams is put into its place
(`streamed`). A script with any other statement in it does nothing here, nor does one with a ``src``. A page whose
scripts have run already (as the corpus stores pages) is left unchanged: a script's output would come after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from harvester.character_references import unescape
from harvester.cleaner.html import streamed
from harvester.cleaner.html.constant_script import effects_of

_SIGNS = ("document.write", "innerHTML", "replaceChild", "/cdn-cgi/l/email-protection", *streamed.SIGNS)
"""Of these a script must hold one to be understood here; most scripts of a page hold none."""
_MOST_SCRIPT = 16384  # characters of a script that is read at all
_OPENING = re.compile(
    r"<(?=[!sntxi])(?:!--|(style|textarea|title|noscript|xmp|iframe|script)(?=[\s/>])([^<>]{0,1024})>)",
    re.IGNORECASE | re.ASCII,
)
_CLOSING = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ["style", "textarea", "title", "noscript", "xmp", "iframe", "script"]
}
_MOST_ELSEWHERE = 64  # scripts that write elsewhere than behind themselves: each of them costs a reading of the page
_MOST_DECODERS = 8  # of links, of which Cloudflare wrote one a page: each of them reads every address
_SOURCE = re.compile(r"(?:^|[\s\"'])src\s*=", re.IGNORECASE)
_TYPE = re.compile(r"(?:^|[\s\"'])type\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_JAVASCRIPT = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma)script", re.IGNORECASE)


def with_written(page: str) -> str:
    """Return `page` with what its inline scripts write. Linear in the page."""
    done: list[str] = []
    copied = elsewhere = decoders = 0
    for start, end, code in _scripts(page):
        if not any(sign in code for sign in _SIGNS):
            continue
        if _CLOUDFLARE_TEXT.search(code):
            done += [_address_before(page[copied:start])]
            copied = end
        elif _CLOUDFLARE_LINKS.search(code) and decoders < _MOST_DECODERS:
            done = [_LINK.sub(_mailto, "".join([*done, page[copied:end]]))]
            copied, decoders = end, decoders + 1
        elif any(sign in code for sign in streamed.SIGNS):
            if elsewhere < _MOST_ELSEWHERE:
                done = [streamed.with_part_in_place("".join([*done, page[copied:end]]), code)]
                copied, elsewhere = end, elsewhere + 1
        elif (effects := effects_of(code)) is not None:
            if effects.written and not _stands(effects.written, page, end):
                done += [page[copied:end], effects.written]
                copied = end
            for identity, written in effects.elements.items():
                if elsewhere < _MOST_ELSEWHERE:
                    done = [_written_into("".join([*done, page[copied:end]]), identity, written)]
                    copied, elsewhere = end, elsewhere + 1
    return "".join([*done, page[copied:]]) if done else page


def _scripts(page: str) -> Iterator[tuple[int, int, str]]:
    """Yield the inline scripts that a browser runs: where each begins and ends in the page, and its code."""
    at = 0
    while opening := _OPENING.search(page, at):
        if opening[1] is None:
            end = page.find("-->", opening.end())
            if end < 0:
                return
            at = end + 3
            continue
        closing = _CLOSING[opening[1].lower()].search(page, opening.end())
        if closing is None:
            return
        at = closing.end()
        if opening[1].lower() == "script" and _runs(opening[2]) and closing.start() - opening.end() <= _MOST_SCRIPT:
            yield opening.start(), at, page[opening.end() : closing.start()]


def _runs(attributes: str) -> bool:
    kind = _TYPE.search(attributes)
    return not _SOURCE.search(attributes) and (kind is None or not kind[1] or bool(_JAVASCRIPT.fullmatch(kind[1])))


def _stands(written: str, page: str, at: int) -> bool:
    """Return whether a script has run already: its output is in the page from `at` on, as a browser serialises it."""
    following = _written_out(page[at : at + 2 * len(written) + 256])
    return following.startswith(_written_out(written))


def _written_out(text: str) -> str:
    return re.sub(r"\s+", "", unescape(text)).replace("'", '"')


# Cloudflare's inline decoders. The first byte of a key is XORed with the rest; what they decode is UTF-8.
_CLOUDFLARE_TEXT = re.compile(r"(?:data-cfemail|__cf_email__).*replaceChild", re.DOTALL)
_CLOUDFLARE_LINKS = re.compile(r"/cdn-cgi/l/email-protection.*mailto:", re.DOTALL)
_PROTECTED = re.compile(
    r"<(?P<tag>a|span)\b(?=[^>]*__cf_email__)[^>]*?(?:data-cfemail|\bclass)=\"(?P<key>[0-9a-f]{6,512})\"[^>]*>"
    r"[^<]{0,64}</(?P=tag)>\Z",
    re.IGNORECASE,
)
_PROTECTED_AT_MOST = 2048  # characters of such an element
_LINK = re.compile(
    r"(\bhref=[\"'])[^\"'>]*?/cdn-cgi/l/email-protection#([0-9a-f]{4,512})(X[^\"'>]*)?(?=[\"'])", re.IGNORECASE
)


def decode_protected(key: str) -> str | None:
    """Return the text behind one of Cloudflare's keys, or None where the key is none."""
    if len(key) < 4 or len(key) % 2 or not re.fullmatch(r"[0-9a-fA-F]+", key):
        return None
    first, *rest = bytes.fromhex(key)
    try:
        return bytes(one ^ first for one in rest).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _address_before(text: str) -> str:
    """Replace the protected address at the end of `text`, if any, by the address, as the script does."""
    start = max(0, len(text) - _PROTECTED_AT_MOST)
    match = _PROTECTED.search(text, start)
    address = decode_protected(match["key"]) if match else None
    return text if match is None or address is None else text[: match.start()] + escape(address)


def _mailto(link: re.Match[str]) -> str:
    address = decode_protected(link[2])
    return link[0] if address is None else f"{link[1]}mailto:{escape(address + (link[3] or '')[1:])}"


def _written_into(text: str, identity: str, written: str) -> str:
    """Return `text` with new content in the ``span`` that has an id, if it contains no element."""
    # Where the tag ends is the same for each of its ids.
    opening = rf"<span\b(?>[^>]{{0,256}}\bid=[\"']?{re.escape(identity)}[\"']?[^>]{{0,256}}+>)"
    element = re.compile(rf"({opening})[^<]{{0,512}}+(?=</span>)", re.IGNORECASE)
    return element.sub(lambda match: match[1] + written, text, count=1)
