"""Signs that scripts make a page's text, so that a browser is needed to read it. Pure; about 2 ms a page of 100 kB.

Only scripts that would run count (docs/cleaner.md, "Rendered"): inline ones, and those at an address relative to the
page. What other hosts and root-relative addresses hold does not reach the browser, whatever it would write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harvester.cleaner.document import is_pdf
from harvester.cleaner.encoding.decode import decode
from harvester.cleaner.html.text_viewer import shown_as_text
from harvester.cleaner.scripted.embedded import notice_address
from harvester.lru import remember_short

_MOST = 5_000_000  # characters of a source that are read
# A comment may hold scripts that do not run, a script what looks like a comment. To look for the end of a script alone
# is quicker than a pattern that has both. A tag that nothing closes goes to the end of the page.
_BEGINS = re.compile(r"<!--|<script\b([^>]*+)(?:>|\Z)", re.IGNORECASE)
_ENDS = re.compile(r"</script\s*>", re.IGNORECASE)
_BASE = re.compile(r"<base\b[^>]*+", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=\s*[\"']?\s*([^\"'\s>]*)", re.IGNORECASE)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?\s*([^\"'\s>]*)", re.IGNORECASE)
_RUNS = re.compile(r"|module|(?:text|application)/(?:x-)?(?:java|ecma)script", re.IGNORECASE)
_ELSEWHERE = re.compile(r"/|[a-z][a-z0-9+.-]*:", re.IGNORECASE)

FEW_WORDS = 300
"""Fewer words than this are rarely a policy, but may stand where one will be."""
_ROOT = re.compile(
    r"<(div|main|section|article)\b[^<>]{0,300}?\bid\s*=\s*[\"']?(?:main|__next|__nuxt|___gatsby"
    r"|[\w-]{0,40}(?:app|root|content|policy|privacy|legal|terms))"
    r"(?=[\"'\s>])[^<>]{0,300}>\s{0,300}(?:<p\b[^<>]{0,80}>[^<]{0,60}</p>\s{0,300})?</\1\s*>|<app-[\w-]{1,40}\b[^<>]{0,300}>[^<]{0,40}</app-",
    re.IGNORECASE,
)
_NOSCRIPT = re.compile(r"<noscript\b[^>]*+(?:>(.*?)(?:</noscript\s*>|\Z)|\Z)", re.DOTALL | re.IGNORECASE)
_ASKS = re.compile(r"java\s?script|scripting", re.IGNORECASE)
# An element of the page that a script gets hold of, and what it does with it.
_TAKES = re.compile(
    r"getElements?By|querySelector|document\.body\b|document\.forms|(?:\$|jQuery)\s*\(\s*[\"'][#.\w]|customElements"
)
_WRITES = re.compile(
    r"\.(?:innerHTML|outerHTML|innerText|textContent)\s*\+?=(?!=)|insertAdjacent(?:HTML|Text)\s*\("
    r"|\.(?:append|prepend|replaceWith|replaceChildren|after|before)\s*\(|\.(?:html|text|load)\s*\(\s*[^)\s]"
    r"|createTextNode|\.remove\s*\(\s*\)|attachShadow"
)
_PROSE = re.compile(r"\b[a-z]{2,}(?:[ ,]+[a-z]{2,}){6}", re.IGNORECASE)
# The beginnings of strings; that one is longer does not matter.
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.){30,300}|'(?:[^'\\\n]|\\.){30,300}|`(?:[^`\\]|\\.){30,300}", re.DOTALL)
# Data beside the page (an address that is neither absolute nor relative to a root), or inside it.
_READS = re.compile(
    r"\.content\.cloneNode|\bimportNode\s*\(|\batob\s*\(\s*[\"'][\w+/]{200}"
    r"|JSON\.parse\s*\([^\n]{1,80}?\.(?:textContent|innerHTML|innerText|text)\b"
    r"|(?:\bfetch|\$\.(?:get|getJSON|ajax))\s*\(\s*[\"'`](?![a-z]+:|/)|\.open\s*\(\s*[\"']\w+[\"']\s*,\s*[\"'`](?![a-z]+:|/)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Scripts:
    """The scripts of a page that run: inline ones, and whether any is loaded from beside the page; and what is around
    all scripts and comments.
    """

    inline: tuple[str, ...]
    loaded: bool
    around: str


def needs_a_browser(
    body: bytes, content_type: str | None, words: int, *, reads_as_policy: bool = True
) -> tuple[str, ...]:
    """Return the signs that a page's text is made by scripts, as slugs; none for a page that is whole without them.

    `words`: how many the page shows (`words_shown`). ``few-words``: fewer than `FEW_WORDS`, beside a script that runs.
    ``empty-root``: an application's element without content. ``asks-for-scripts``: a ``noscript`` that asks for them.
    ``embeds-a-notice``: of a privacy service (`embedded`). These three count up to twice as many words, and on a page
    whose text does not read as a policy. ``writes``: an inline script puts prose, or what it reads elsewhere, into the
    page.
    """
    if shown_as_text(content_type):
        return ()
    short = words < 2 * FEW_WORDS or not reads_as_policy
    notice = ("embeds-a-notice",) if short and notice_address(body, content_type) else ()
    if b"<script" not in body and b"<SCRIPT" not in body:
        return notice
    source = decode(body, content_type)[:_MOST]
    scripts = _scripts(source)
    if not scripts.loaded and not any(one.strip() for one in scripts.inline):
        return notice
    signs = {
        "few-words": words < FEW_WORDS,
        "empty-root": short and bool(_ROOT.search(scripts.around)),
        "asks-for-scripts": short and any(_ASKS.search(one) for one in _NOSCRIPT.findall(source)),
        "writes": any(map(_writes, scripts.inline)),
    }
    return (*notice, *(sign for sign, there in signs.items() if there))


def can_be_rendered(body: bytes, content_type: str | None) -> bool:
    """Return whether a browser would read a body as a page that may have scripts: no PDF, no plain text."""
    return bool(body.strip()) and not is_pdf(body, content_type) and not shown_as_text(content_type)


def _scripts(source: str) -> _Scripts:
    code, around, beside, at = [], [], False, 0
    while begun := _BEGINS.search(source, at):
        around.append(source[at : begun.start()])
        if begun[1] is None:
            ended = source.find("-->", begun.end())
            at = ended + 3 if ended >= 0 else len(source)
            continue
        closing = _ENDS.search(source, begun.end())
        at = closing.end() if closing else len(source)
        kind = _TYPE.search(begun[1])
        if not _RUNS.fullmatch(kind[1] if kind else ""):
            continue
        address = _SOURCE.search(begun[1])
        if address is None:
            code.append(source[begun.end() : closing.start() if closing else at])
        elif address[1] and not _ELSEWHERE.match(address[1]):
            beside = True
    around.append(source[at:])
    return _Scripts(tuple(code), beside and not _has_base(source), " ".join(around))


def _has_base(source: str) -> bool:
    return any(_HREF.search(base[0]) for base in _BASE.finditer(source))


@remember_short
def _writes(code: str) -> bool:
    """Return whether an inline script puts words into elements of the page: its own, or what it reads elsewhere."""
    if "document.write" not in code and not (_TAKES.search(code) and _WRITES.search(code)):
        return False
    return bool(_READS.search(code)) or any(_PROSE.search(one[0]) for one in _STRING.finditer(code))
