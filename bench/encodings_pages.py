"""Pages without a declared charset, made of texts in many encodings, and what Chromium takes them for.

Texts are read from ``DIR/LANGUAGE/*.txt``: UTF-8, a paragraph a line (``de``, ``pt``, ``zh-CN``, ``sr-Latn``).
"""

from __future__ import annotations

import html
import random
import subprocess
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from harvester.rendering.program import browser_program

Ask = Callable[[Sequence[bytes]], list[str]]

# Each encoding with the languages that were written in it.
LANGUAGES = {
    "windows-1250": "cs pl hu hr sl sk ro sr-Latn",
    "iso-8859-2": "cs pl hu hr sl sk ro sr-Latn",
    "windows-1251": "ru uk bg sr mk be",
    "koi8-r": "ru",
    "koi8-u": "uk",
    "iso-8859-5": "ru bg sr mk uk",
    "ibm866": "ru",
    "x-mac-cyrillic": "ru uk",
    "windows-1252": "de fr es it pt nl sv da fi no ca",
    "iso-8859-15": "de fr es it pt nl sv da fi",
    "macintosh": "de fr es it pt sv",
    "windows-1253": "el",
    "iso-8859-7": "el",
    "windows-1254": "tr",
    "windows-1255": "he",
    "iso-8859-8": "he",
    "windows-1256": "ar fa",
    "iso-8859-6": "ar",
    "windows-1257": "lt lv et",
    "iso-8859-13": "lt lv et",
    "iso-8859-4": "lt lv et",
    "iso-8859-10": "is et sv",
    "iso-8859-3": "mt eo",
    "iso-8859-14": "cy ga",
    "iso-8859-16": "ro hu pl",
    "windows-1258": "vi",
    "windows-874": "th",
    "shift_jis": "ja",
    "euc-jp": "ja",
    "iso-2022-jp": "ja",
    "gbk": "zh-CN",
    "gb18030": "zh-CN",
    "big5": "zh-TW",
    "euc-kr": "ko",
    "utf-8": "de fr es it pt cs pl hu ru uk el tr he ar lt vi th ja zh-CN zh-TW ko ro hr",
}
_CODECS = {
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "shift_jis": "cp932",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949",
    "big5": "cp950",
}
_WITHOUT_QUOTES = ("iso-8859", "koi8", "ibm866")  # what has no typographer's quotation marks
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "*"})
_CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MENU = ("Home", "About us", "Products", "Support", "Contact", "Privacy Policy", "Terms of Use", "Sitemap", "News")
_DOCTYPES = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n',
    "<!DOCTYPE html>\n",
    "",
)
_HEAD = (
    '<link rel="stylesheet" type="text/css" href="/css/style.css">\n<script src="/js/jquery.js"></script>\n<script>\n'
    'var _gaq = _gaq || [];\n_gaq.push(["_setAccount", "UA-1234567-1"]);\n</script>\n'
    "<style>body { margin: 0; font-family: Arial }</style>\n"
)


class Made(NamedTuple):
    """A page, the encoding that it was written in and its language."""

    encoding: str
    language: str
    body: bytes


def texts_of(folder: Path) -> dict[str, list[list[str]]]:
    """Return the documents of each language, as paragraphs."""
    texts: dict[str, list[list[str]]] = {}
    for file in sorted(folder.glob("*/*.txt")):
        paragraphs = [line for line in file.read_text(encoding="utf-8").splitlines() if len(line) > 2]
        if len(paragraphs) > 1:
            texts.setdefault(file.parent.name, []).append(paragraphs)
    return texts


def encode(text: str, encoding: str) -> bytes:
    """Encode as a page of the time would have been; what the encoding lacks becomes a character reference."""
    if encoding.startswith(_WITHOUT_QUOTES):
        text = text.translate(_PLAIN)
    if encoding not in ("utf-8", "gb18030", "iso-8859-16"):
        text = text.translate(_CEDILLAS)
    if encoding == "windows-1258":
        text = "".join(map(_vietnamese, text))
    return text.encode(_CODECS.get(encoding, encoding), "xmlcharrefreplace")


def _vietnamese(character: str) -> str:
    """Return a letter as windows-1258 has it: its tone after it."""
    apart = unicodedata.normalize("NFD", character)
    tone = next((one for one in apart if one in _TONES), "")
    if not tone or len(character.encode("cp1258", "ignore")) == 1:
        return character
    return unicodedata.normalize("NFC", apart.replace(tone, "")) + tone


def page(title: str, paragraphs: Sequence[str], encoding: str, chance: random.Random) -> bytes:
    """Return a page of one of six make-ups: with or without descriptions, scripts, and a menu in either language."""
    kind = chance.randrange(6)
    described, scripted, menu = kind in (1, 2), kind in (1, 3, 4), kind in (2, 3, 4)
    out = [chance.choice(_DOCTYPES) if kind < 5 else "", f"<html>\n<head>\n<title>{_escaped(title)}</title>\n"]
    if described:
        about = paragraphs[0].replace('"', "")
        out.append(f'<meta name="description" content="{_escaped(about[:120])}">\n')
        out.append(f'<meta name="keywords" content="{_escaped(", ".join(about.split()[:6]))}">\n')
    out.append(f"{_HEAD if scripted else ''}</head>\n<body>\n")
    if menu:
        items: list[str] = list(_MENU[: chance.randrange(4, 10)])
        if chance.random() < 0.5:
            items = [" ".join(chance.choice(paragraphs).split()[: chance.randrange(1, 4)]) for _ in items]
        rows = (
            f'<li><a href="/p{number}.html" title="{_escaped(one)}">{_escaped(one)}</a></li>\n'
            for number, one in enumerate(items)
        )
        out.append(f'<div id="nav"><ul>\n{"".join(rows)}</ul></div>\n')
    out.append(f'<div class="content">\n<h1>{_escaped(title)}</h1>\n')
    for paragraph in paragraphs:
        tag = "h2" if len(paragraph) < 60 else chance.choice(("p", "p", "li", "div"))
        out.append(f"<{tag}>{_escaped(paragraph)}</{tag}>\n")
    sign = "©" if chance.random() < 0.4 else "Copyright"
    out.append(f'</div>\n<div class="footer">{sign} 2012 Example. All rights reserved.</div>\n</body>\n</html>\n')
    return encode("".join(out), encoding)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace('"', "&quot;")


def pages(
    texts: dict[str, list[list[str]]], count: int, chance: random.Random, *, encodings: Sequence[str] = ()
) -> Iterator[Made]:
    """Yield `count` pages, each encoding in turn: seven of ten with a whole document, the others with a part."""
    turns = [one for one in encodings or LANGUAGES if any(language in texts for language in LANGUAGES[one].split())]
    for number in range(count):
        encoding = turns[number % len(turns)]
        languages = [language for language in LANGUAGES[encoding].split() if language in texts]
        language = languages[number // len(turns) % len(languages)]
        paragraphs = chance.choice(texts[language])
        title = paragraphs[0][:60]
        if chance.random() < 0.3:
            begin = chance.randrange(len(paragraphs))
            paragraphs = paragraphs[begin : begin + chance.randrange(3, 12)]
        yield Made(encoding, language, page(title, paragraphs, encoding, chance))


def asking(program: Path | None) -> Ask:
    """Return how pages are asked about: Chromium, or a program that answers as it does, only sooner.

    The program reads pages, each after its length in four bytes, and writes the name of an encoding a line.
    """
    if program is None:
        return ask_chromium

    def ask(bodies: Sequence[bytes]) -> list[str]:
        asked = b"".join(len(body).to_bytes(4, "little") + body for body in bodies)
        return subprocess.run([program], input=asked, capture_output=True, check=True).stdout.decode().splitlines()

    return ask


def ask_chromium(bodies: Sequence[bytes], at_once: int = 40) -> list[str]:
    """Return what Chromium's ``document.characterSet`` says of each body, served without a charset.

    The pages are frames of a page of another site, or they would inherit its encoding. Their host ends in ``.org`` as
    the archive's does: the detector goes by the top-level domain.
    """
    served: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = served.get(self.path, b'<!DOCTYPE html><meta charset="utf-8"><body>')
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_port
    answers: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(browser_program()),
            args=["--no-sandbox", "--host-resolver-rules=MAP * 127.0.0.1", "--disable-site-isolation-trials"],
        )
        frames = browser.new_page()
        frames.goto(f"http://frames.test:{port}/")
        for begin in range(0, len(bodies), at_once):
            some = bodies[begin : begin + at_once]
            served.clear()
            served.update({f"/{begin + number}": body for number, body in enumerate(some)})
            addresses = [f"http://pages.org:{port}{path}" for path in served]
            frames.evaluate(_FRAMES, addresses)
            by_address = {frame.url: frame for frame in frames.frames}
            answers += [by_address[one].evaluate("document.characterSet") for one in addresses]
        browser.close()
    server.shutdown()
    return answers


_FRAMES = """async addresses => {
    document.body.replaceChildren();
    await Promise.all(addresses.map(address => new Promise(loaded => {
        const frame = document.createElement("iframe");
        frame.sandbox = "allow-same-origin";
        frame.onload = loaded;
        frame.src = address;
        document.body.append(frame);
    })));
}"""
