"""All the words of a page, shown or not: what the extraction could have taken, to tell its jumps from changes.

A site that moves a section into a tab, a footer or a script's data has not altered its policy, but the article that
is found may lose it. So the words of a document are looked for in the whole source of the other page.
"""

from __future__ import annotations

import re

from harvester.character_references import unescape
from harvester.cleaner.comparable import mail
from harvester.cleaner.comparable.link_marks import drop_window_notes
from harvester.cleaner.encoding.decode import decode
from harvester.cleaner.quality import prose

_MOST = 5_000_000  # characters of a source that are read; the largest real policy pages have 2 million
_SCRIPT, _SCRIPT_END = ("<script", "<SCRIPT"), ("</script", "</SCRIPT")
_SCRIPT_ENDS = re.compile("</script", re.IGNORECASE)
_CODE = re.compile(r"<(script|style|template|noscript)\b", re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^<]*+(?:<(?!/style\s*>)[^<]*+)*+(?:</style\s*>)?", re.IGNORECASE)
_SRCDOC = re.compile(r"\bsrcdoc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
# These do not part the letters at their sides. Most other tags are told apart by their first letter.
_INLINE = re.compile(
    r"</?(?=[abcefikmqstuvw])"
    r"(?:a(?:bbr)?|b(?:d[io])?|c(?:ite|ode)|em|font|i(?:ns)?|kbd|mark|q|s(?:mall|pan|trong|u[bp])?|t(?:ime|t)|u|var"
    r"|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
# What scripts write in place of a character: <, a line end, a quotation mark.
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([nrt\"'/])")
_WORD = re.compile(r"[^\W_]+")
_ASCII = bytes(range(128))
_WORDS_AND_BLANKS = bytes.maketrans(
    _ASCII, bytes([ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in _ASCII])
)
_MOST_SIGNS = 50  # different ones, for each of which the text is gone through


def page_words(body: bytes, content_type: str | None = None) -> str:
    """Return the words of a page of HTML in a row, of whatever encoding, with what is hidden and the data of scripts.

    Takes about 10 ms for a page of 200 kB.
    """
    source = mail.reveal_in_page(_without_comments(decode(body, content_type)[:_MOST]))
    # Few pages have any. Bytes are put in lower case much faster than characters; UTF-16 has zeros between them.
    frames = _SRCDOC.findall(source) if b"srcdoc" in body.lower().replace(b"\0", b"") else ()
    framed = " ".join(unescape(one or other) for one, other in frames)
    everything = _ESCAPED.sub(_unescaped, f"{_STYLE.sub(' ', source)} {framed}")
    return words_in_row(drop_window_notes(_without_tags(everything)))


def words_shown(body: bytes, content_type: str | None = None) -> int:
    """Return the number of words of a page outside scripts, styles and templates, roughly; takes about 1 ms."""
    source = _without_comments(decode(body, content_type)[:_MOST])
    # A tag ends before the next begins, else its sign is text. Twice as quick as a pattern.
    pieces = f">{_without_code(source)}".split("<")
    return prose.number_of_words(" ".join([piece.split(">", 1)[-1] for piece in pieces]))


def words_in_row(text: str) -> str:
    """Return a text in lower case, with blanks in place of everything between words and at both ends."""
    # A pattern of words takes three times as long as this, most of which is done on bytes.
    if not text.isascii():
        signs = _beyond_ascii(text)
        if any(sign != sign.lower() for sign in signs):
            text = text.lower()
            signs = _beyond_ascii(text)
        parting = [sign for sign in signs if not sign.isalnum()]
        if len(parting) > _MOST_SIGNS:
            return f" {' '.join(_WORD.findall(text.lower()))} "
        for sign in parting:
            text = text.replace(sign, " ")
    return f" {b' '.join(text.encode().translate(_WORDS_AND_BLANKS).split()).decode()} "


def _beyond_ascii(text: str) -> set[str]:
    """Return the characters of a text that are not of ASCII."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def _without_comments(source: str) -> str:
    """Return a source with a blank in place of each comment, but in scripts, where its sign is part of a text or hides
    the script from old browsers; one that is not closed goes to the end.
    """
    pieces, at, seen = [], 0, 0
    while (begun := source.find("<!--", seen)) >= 0:
        script = _last(source, _SCRIPT, seen, begun)
        if script >= 0 and script > _last(source, _SCRIPT_END, seen, begun):
            pieces.append(source[at:begun])
            at = begun + 4
            # Both spellings looked for one by one would each be sought to the end of the page, script by script.
            ended_script = _SCRIPT_ENDS.search(source, at)
            seen = ended_script.start() if ended_script else len(source)
            continue
        pieces.append(source[at:begun])
        ended = source.find("-->", begun + 2)  # `<!-->` is a whole comment
        at = seen = ended + 3 if ended >= 0 else len(source)
    return " ".join([*pieces, source[at:]])


def _last(source: str, signs: tuple[str, ...], begin: int, end: int) -> int:
    return max(source.rfind(sign, begin, end) for sign in signs)


def _without_code(source: str) -> str:
    """Return a source with a blank in place of each script, style and the like; what is not closed goes to the end."""
    pieces, at = [], 0
    while begun := _CODE.search(source, at):
        pieces.append(source[at : begun.start()])
        # To look for the end alone is quicker than a pattern that has both.
        ended = re.compile(rf"</{begun[1]}\s*>", re.IGNORECASE).search(source, begun.end())
        at = ended.end() if ended else len(source)
    pieces.append(source[at:])
    return " ".join(pieces)


def _without_tags(source: str) -> str:
    return unescape(_TAG.sub(" ", _INLINE.sub("", source)))


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code is None:
        return match[3] if match[3] in "\"'/" else " "
    return chr(int(code, 16))
