"""Reads one PDF with PDFium, in a process of its own: bytes on stdin, one JSON object on stdout.

`harvester.cleaner.pdf` runs this file as a script, so it imports nothing of harvester, and names the seconds of
processor time that it may take. A process of its own because

- PDFium is C++ fed with bytes from the open web: a crash must cost one capture, not a worker;
- a page may draw forms that draw forms (ten levels of ten are 10^10 objects) and a small stream may inflate to
  gigabytes; PDFium has no budget of its own, and only a process can be stopped in the middle of such a page;
- PDFium is not thread-safe, and so no two threads of harvester ever share one.

Answers ``{"title": ..., "pages": [...]}`` or ``{"reason": ..., "detail": ...}``, reasons as in `CleaningError`.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import json
import statistics
import sys

import pypdfium2
import pypdfium2.raw as raw

MAX_PAGES = 2_000
"""Pages of one document; the longest policies known have a few hundred."""
MAX_CHARACTERS = 5_000_000
"""Characters of one document, some 2,000 dense pages."""
LINE_END = "\r\n"
PARAGRAPH_GAP = 1.25
"""A step to the next line so many times the page's median step ends a paragraph (set solid: 1.0, half a line: 1.5)."""
MAX_LINES = 2_000
"""Lines of a page beyond which it is not prose, and paragraphs are not searched for."""
MEMORY_BYTES = 1 << 30
"""Address space of the process, on systems with resource limits: what the project allows a hostile page."""


class Refused(Exception):
    """The document gives no text; the arguments are the slug of the reason and its detail."""


def read(body: bytes) -> tuple[str, list[str]]:
    """Return the title of the metadata and the text of each page, as PDFium gives them (lines end in CR LF)."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Refused("encrypted-pdf", "it opens with a password only") from error
        raise Refused("broken-pdf", str(error)) from error
    try:
        count = len(document)
        if count == 0:
            raise Refused("broken-pdf", "it has no pages")
        if count > MAX_PAGES:
            raise Refused("too-complex", f"it has {count:,} pages, more than {MAX_PAGES:,}")
        pages: list[str] = []
        characters = 0
        images = False
        for number in range(count):
            try:
                page = document[number]
            except pypdfium2.PdfiumError as error:
                raise Refused("broken-pdf", f"page {number + 1} of {count} cannot be read: {error}") from error
            text = _page_text(page)
            characters += len(text)
            if characters > MAX_CHARACTERS:
                raise Refused("too-complex", f"it holds more than {MAX_CHARACTERS:,} characters")
            if not images and not text.strip():
                images = any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4))
            page.close()
            pages.append(text)
        if not any(text.strip("\x00 \r\n\t\f") for text in pages):
            if images:
                raise Refused("image-pdf", "its pages are pictures, without text")
            raise Refused("empty", "its pages hold no text")
        return _title(document), pages
    finally:
        document.close()


def _title(document: pypdfium2.PdfDocument) -> str:
    """Return the title of the metadata; pypdfium2's own reader of it fails on half a surrogate pair."""
    size = raw.FPDF_GetMetaText(document, b"Title\0", None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_GetMetaText(document, b"Title\0", buffer, size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "ignore")


def _page_text(page: pypdfium2.PdfPage) -> str:
    """Return the text of a page in PDFium's reading order, characters beyond the Basic Multilingual Plane included."""
    textpage = page.get_textpage()
    try:
        length = raw.FPDFText_CountChars(textpage)
        if length <= 0:
            return ""
        if length > MAX_CHARACTERS:
            raise Refused("too-complex", f"one page holds more than {MAX_CHARACTERS:,} characters")
        return _with_paragraphs(textpage, str(textpage.get_text_bounded(errors="replace")))
    finally:
        textpage.close()


def _with_paragraphs(textpage: pypdfium2.PdfTextpage, text: str) -> str:
    """Put a blank line where the gap between two lines is larger than usual on the page.

    PDFium tells lines but not paragraphs; without them a redline of a PDF would show whole pages as one block.
    pdftotext puts a blank line in such places too.
    """
    lines = text.split(LINE_END)
    # Characters of PDFium's own count have places on the page; the text above may have others beyond the BMP.
    counted = str(textpage.get_text_range(errors="replace")).split(LINE_END)
    if len(lines) < 3 or len(lines) > MAX_LINES or len(lines) != len(counted):
        return text
    heights, start = [], 0
    for line in counted:
        heights.append(_height(textpage, start, line))
        start += len(line) + len(LINE_END)
    steps = [
        above - below if above is not None and below is not None else 0.0
        for above, below in itertools.pairwise(heights)
    ]
    usual = statistics.median([step for step in steps if step > 0] or [0.0])
    joined = [lines[0]]
    for step, line in zip(steps, lines[1:], strict=True):
        joined += ["", line] if usual > 0 and step > usual * PARAGRAPH_GAP else [line]
    return LINE_END.join(joined)


def _height(textpage: pypdfium2.PdfTextpage, start: int, line: str) -> float | None:
    """Return the height of a line on its page, in points: the foot of its first visible character."""
    offset = len(line) - len(line.lstrip())
    if offset == len(line):
        return None
    try:
        return float(textpage.get_charbox(start + offset, loose=True)[1])
    except (pypdfium2.PdfiumError, IndexError):
        return None


def _limit_resources(processor_seconds: int) -> None:
    try:
        import resource
    except ImportError:  # not a Unix: the caller's wall clock remains
        return
    limits = (resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, processor_seconds), (resource.RLIMIT_CORE, 0)
    for limit, value in limits:
        _, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some; the caller's wall clock remains
            resource.setrlimit(limit, (value, hard))


def main() -> None:
    """Read stdin, answer on stdout; end with a signal when PDFium crashes or a limit is exceeded."""
    _limit_resources(int(sys.argv[1]))
    body = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        title, pages = read(body)
        answer = {"title": title, "pages": pages}
    except Refused as refusal:
        answer = {"reason": refusal.args[0], "detail": refusal.args[1]}
    except MemoryError:
        answer = {"reason": "too-complex", "detail": f"it needs more than {MEMORY_BYTES >> 20} MB of memory"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":
    main()
