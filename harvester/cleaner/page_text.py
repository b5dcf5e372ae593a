"""All the words of a page, shown or not: what the extraction could have taken, to tell its jumps from changes.

A site that moves a section into a tab, a footer or a script's data has not altered its policy, but the article that
is found may lose it. So the words of a document are looked for in the whole source of the other page.
"""

from __future__ import annotations

import re

from harvester.character_references import unescape
from harvester.cleaner.comparable import characters, mail
from harvester.cleaner.comparable.link_marks import drop_window_notes
from harvester.cleaner.encoding.decode import decode
from harvester.cleaner.quality import prose

_MOST = 5_000_000  # characters of a source that are read; the largest real policy pages have 2 million
_SCRIPT, _SCRIPT_END = ("<script", "<SCRIPT"), ("</script", "</SCRIPT")
_SCRIPT_ENDS = re.compile("</script", re.IGNORECASE)
_CODE = re.compile(r"<(script|style|template|noscript)\b", re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^<]*+(?:<(?!/style\s*>)[^<]*+)*+(?:</style\s*>)?", re.IGNORECASE)
_SRCDOC = re.compile(r"\bsrcdoc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
# A server that streams a page cuts its data wherever a piece was ready, within a word too.
_RESUMES = re.compile(r"\"\]\);?</script>\s{0,9}<script\b[^<>]{0,200}>[\w.$]{1,40}\.push\(\[1,\"")
# These do not part the letters at their sides. Most other tags are told apart by their first letter.
_INLINE = re.compile(
    r"</?(?=[abcefikmqstuvw])"
    r"(?:a(?:bbr)?|b(?:d[io])?|c(?:ite|ode)|em|font|i(?:ns)?|kbd|mark|q|s(?:mall|pan|trong|u[bp])?|t(?:ime|t)|u|var"
    r"|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
# The name of a class may hold the sign that ends a tag.
_WITH_TAG_END = re.compile(r"(?<==)\"[^\"<>]*>[^\"<]*\"")
# What scripts write in place of a character: <, a line end, a quotation mark.
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([nrt\"'/])")
_NO_WORD = re.compile(r"[^\w\x00-\x7f]")
# A sentence or a line may end at these; in the data of scripts, a text.
_ENDS = (". ", "! ", "? ", "; ", ": ")
_ENDS_BEYOND_ASCII = (
    "\u3002\uff01\uff1f\uff1b\uff1a\u061b\u061f\u06d4\u0964\u1362\u104b\u17d4\u201c\u201d\u201e\u00ab\u00bb\u2026"
)
# A sentence ends before these as before a blank: editors write them between sentences.
_SPACES = "\t\v\f\r"
_SPACES_BEYOND_ASCII = "\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
_UNSEEN_SPACE = re.compile(r"(?<=[.!?;:])[\u200b\ufeff]")
_MARK = "\x1e"
_MARKS = re.compile(rb"\x1e(?: \x1e)+")
_ASCII = bytes(range(128))
_WORDS_AND_BLANKS = bytes.maketrans(
    _ASCII, bytes([ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in _ASCII])
)
_WORDS_AND_MARKS = bytes.maketrans(
    _ASCII, bytes([30 if chr(code) in '\x1e\n"|{}[]`' else _WORDS_AND_BLANKS[code] for code in _ASCII])
)
_MOST_SIGNS = 50  # different ones, for each of which the text is gone through


def page_words(body: bytes, content_type: str | None = None) -> str:
    """Return the words of a page of HTML in a row, of any encoding, with what is hidden and the data of scripts."""
    return page_sentences(body, content_type).replace("\n", " ")


def page_sentences(body: bytes, content_type: str | None = None) -> str:
    """Return the words of a page as `page_words` does, with a line end in place of the blank between two words where a
    sentence, a line or an element may end.

    Takes about 10 ms for a page of 200 kB.
    """
    source = mail.reveal_in_page(_without_comments(decode(body, content_type)[:_MOST]))
    if '.push([1,"' in source:
        source = _RESUMES.sub("", source)
    # Few pages have any. Bytes are put in lower case much faster than characters; UTF-16 has zeros between them.
    frames = _SRCDOC.findall(source) if b"srcdoc" in body.lower().replace(b"\0", b"") else ()
    framed = " ".join(unescape(one or other) for one, other in frames)
    everything = _ESCAPED.sub(_unescaped, f"{_STYLE.sub(' ', source)} {framed}")
    return _sentences_in_row(drop_window_notes(_as_compared(_without_tags(everything))))


def sentences_shown(body: bytes, content_type: str | None = None) -> str:
    """Return the words of a page as `page_sentences` does, without those in scripts, styles and templates."""
    source = _without_code(mail.reveal_in_page(_without_comments(decode(body, content_type)[:_MOST])))
    return _sentences_in_row(drop_window_notes(_as_compared(_without_tags(_WITH_TAG_END.sub("", source)))))


def words_shown(body: bytes, content_type: str | None = None) -> int:
    """Return the number of words of a page outside scripts, styles and templates, roughly; takes about 1 ms."""
    source = _without_comments(decode(body, content_type)[:_MOST])
    # A tag ends before the next begins, else its sign is text. Twice as quick as a pattern.
    pieces = f">{_without_code(source)}".split("<")
    return prose.number_of_words(" ".join([piece.split(">", 1)[-1] for piece in pieces]))


def words_in_row(text: str) -> str:
    """Return a text in lower case, with blanks in place of everything between words and at both ends; the addresses of
    pages that it shows have one scheme, as in comparable texts.
    """
    return f" {b' '.join(_parted(text).translate(_WORDS_AND_BLANKS).split()).decode()} "


def _as_compared(text: str) -> str:
    """Return a text with its letters as comparable texts have them."""
    if text.isascii():
        return text
    text = _UNSEEN_SPACE.sub(" ", text)
    return characters.drop_invisible(characters.plain_letters(characters.compose(text)))


def _sentences_in_row(text: str) -> str:
    """Return the words of a text in a row, with a line end where a sentence or a line may end."""
    is_ascii = text.isascii()
    for space in _SPACES if is_ascii else _SPACES + _SPACES_BEYOND_ASCII:
        text = text.replace(space, " ")
    for end in _ENDS if is_ascii else (*_ENDS, *_ENDS_BEYOND_ASCII):
        text = text.replace(end, _MARK)
    marked = _parted(text).translate(_WORDS_AND_MARKS).replace(b"\x1e", b" \x1e ")
    row = _MARKS.sub(b"\x1e", b" ".join(marked.split())).strip(b" \x1e")
    sentences = row.replace(b" \x1e ", b"\n").decode()
    return f" {sentences} "


def _parted(text: str) -> bytes:
    """Return a text with its letters beyond ASCII in lower case, and blanks in place of what is no word beyond it."""
    text = text.replace("http://", "https://")
    # A pattern of words takes three times as long as this, most of which is done on bytes.
    if not text.isascii():
        signs = _beyond_ascii(text)
        if any(sign != sign.lower() for sign in signs):
            text = text.lower()
            signs = _beyond_ascii(text)
        parting = [sign for sign in signs if not sign.isalnum()]
        if len(parting) > _MOST_SIGNS:
            return _NO_WORD.sub(" ", text).encode()
        for sign in parting:
            text = text.replace(sign, " ")
    return text.encode()


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
    return unescape(_TAG.sub("\n", _INLINE.sub("", source)))


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code is None:
        return match[3] if match[3] in "\"'/" else "\n"
    return chr(int(code, 16))
