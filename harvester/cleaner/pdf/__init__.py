"""A PDF policy -> its title and text.

The corpus took poppler's ``pdftotext``; PDFium reads the same words in the same order on ordinary layouts, and its
wheels need no system package. What reads the bytes is `harvester.cleaner.pdf.pdfium`, in a process of its own.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from harvester.errors import CleaningError

PROCESSOR_LIMIT = 10
"""Seconds of processor time for one document: what the project allows a hostile page. Common policies take 0.2, mostly
start-up.
"""
TIME_LIMIT = 60.0
"""Seconds by the wall, so much longer that no document is given up for what else the machine does: for a system without
limits of processor time.
"""

_READER = Path(__file__).with_name("pdfium.py")
_STOPPED_BY_CPU_LIMIT = getattr(signal, "SIGXCPU", None)
_LINE_END = re.compile(r"\r\n?")
# PDFium writes one of these for a hyphen that only broke a word; pdftotext joins such words too.
_HYPHEN_AT_LINE_END = re.compile(r"[\ufffe\x02](?:\r\n?|\n)?")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_TRAILING_SPACE = re.compile(r"[ \t]+$", re.MULTILINE)


def is_pdf(body: bytes) -> bool:
    """Return whether the bytes announce a PDF within the first kilobyte, as PDF readers accept it."""
    return b"%PDF-" in body[:1024]


def extract(body: bytes) -> tuple[str, str]:
    """Return the title (of the metadata, white space collapsed) and the text (pages joined by a blank line) of a PDF.

    Pages without text are left out; the text ends in one line end. Raises `CleaningError` with the reason
    ``encrypted-pdf`` (needs a password), ``broken-pdf``, ``image-pdf`` (pictures of pages, no text),
    ``empty``, or ``too-complex`` (time, memory, pages or characters; see `harvester.cleaner.pdf.pdfium`).
    """
    answer = _read_apart(body)
    if "reason" in answer:
        raise CleaningError(answer["reason"], f"no text from this PDF ({len(body):,} bytes): {answer['detail']}")
    pages = [_tidy(page) for page in answer["pages"]]
    text = "\n\n".join(page for page in pages if page)
    if not text:
        raise CleaningError("empty", f"no text from this PDF ({len(body):,} bytes): its pages hold no text")
    return " ".join(_UNPRINTABLE.sub("", answer["title"]).split()), text + "\n"


def _read_apart(body: bytes) -> dict[str, Any]:
    try:
        # -P: our decode.py or dom.py must not shadow a library's
        command = [sys.executable, "-P", str(_READER), str(PROCESSOR_LIMIT)]
        done = subprocess.run(command, input=body, capture_output=True, timeout=TIME_LIMIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise CleaningError(
            "too-complex", f"reading this PDF ({len(body):,} bytes) took more than {TIME_LIMIT:.0f} seconds"
        ) from error
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    if -done.returncode == _STOPPED_BY_CPU_LIMIT:
        detail = f"reading this PDF ({len(body):,} bytes) took more than {PROCESSOR_LIMIT} seconds of processor time"
        raise CleaningError("too-complex", detail)
    if done.returncode < 0:  # PDFium was refused memory, or failed: this document does it each time
        detail = f"PDFium stopped on this PDF ({len(body):,} bytes), signal {-done.returncode}"
        raise CleaningError("too-complex", detail)
    cause = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if cause.startswith("ModuleNotFoundError"):
        raise ModuleNotFoundError(f"the PDF reader cannot start: {cause}")
    raise CleaningError("broken-pdf", f"no text from this PDF ({len(body):,} bytes): {cause}")


def _tidy(page: str) -> str:
    page = _LINE_END.sub("\n", _HYPHEN_AT_LINE_END.sub("", page))
    return _TRAILING_SPACE.sub("", _UNPRINTABLE.sub("", page)).strip()
