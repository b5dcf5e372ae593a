"""What a PDF costs grows with its bytes and its document, no faster, whatever it is made of."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from harvester.cleaner import clean
from harvester.cleaner.budget import MOST_CHARACTERS
from harvester.cleaner.pdf import pdfium
from harvester.errors import CleaningError
from tests.support.harvest.pdf_making import lines, pdf, stream

pytestmark = pytest.mark.costs

SIZE = 60_000
GROWTH = 4
WORST = 2.0  # times linear; a quadratic one has 4
NOTHING = 0.05  # seconds of processor time that say nothing
WORDS = lines(*["We keep what you tell us as the law asks."] * 30)

Shape = Callable[[int], bytes]


def text(content: bytes) -> bytes:
    return b"BT /F1 12 Tf 72 720 Td " + content + b" ET"


SHAPES: dict[str, Shape] = {
    "pages": lambda n: pdf(*[WORDS] * max(1, n // 1_600)),
    "empty pages": lambda n: pdf(WORDS, *[b""] * (n // 250)),
    "lines": lambda n: pdf(lines(*["Words of a line"] * (n // 24))),
    "one long line": lambda n: pdf(WORDS, text(b"(" + b"word " * (n // 5) + b") Tj")),
    "letters apart": lambda n: pdf(WORDS, text(b"".join(b"(a) Tj 9 0 Td " for _ in range(n // 14)))),
    "letters on one place": lambda n: pdf(WORDS, text(b"(a) Tj 0 0 Td " * (n // 14))),
    "states": lambda n: pdf(WORDS, b"q " * (n // 4) + b"Q " * (n // 4)),
    "texts": lambda n: pdf(WORDS, b"BT ET " * (n // 6)),
    "lines drawn": lambda n: pdf(WORDS, b"0 0 m 9 9 l S " * (n // 14)),
    "arrays": lambda n: pdf(WORDS, b"[" * (n // 2) + b"]" * (n // 2)),
    "dictionaries": lambda n: pdf(WORDS, b"<<" * (n // 4) + b">>" * (n // 4)),
    "operators that are none": lambda n: pdf(WORDS, b"xyz " * (n // 4)),
    "compressed pages": lambda n: pdf(*[stream(WORDS, flate=True)] * (n // 1_000)),
    "forms": lambda n: pdf(
        WORDS,
        b"/X Do " * (n // 6),
        resources=b"/XObject << /X 1000 0 R >>",
        extra={1000: stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")},
    ),
    "title": lambda n: pdf(WORDS, title=b"(" + b"a - b | " * (n // 8) + b")"),
    "rubbish before": lambda n: b"\n" * n + pdf(WORDS),
    "rubbish behind": lambda n: pdf(WORDS) + b"1 0 obj " * (n // 8),
}


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFium reads in this process, whose processor time is measured, and not in one of its own."""

    def read(body: bytes) -> dict[str, Any]:
        try:
            title, pages = pdfium.read(body)
        except pdfium.Refused as refusal:
            reason, detail = refusal.args
            return {"reason": reason, "detail": detail}
        return {"title": title, "pages": pages}

    monkeypatch.setattr("harvester.cleaner.pdf._read_apart", read)


def cost(body: bytes) -> tuple[float, int]:
    """Seconds of the processor, and bytes read and characters written."""
    began = time.process_time()
    try:
        document = clean(
            body, url="http://a.example/p", timestamp="20200101000000", domain="a.example",
            content_type="application/pdf",
        )  # fmt: skip
    except CleaningError:
        return time.process_time() - began, len(body)
    assert len(document.text) <= MOST_CHARACTERS * 1.01
    return time.process_time() - began, len(body) + len(document.text)


def worse_than_linear(shape: Shape) -> bool:
    def growth(size: int) -> float:
        (quick, small), (slow, large) = cost(shape(size)), cost(shape(GROWTH * size))
        return 0.0 if slow < NOTHING else (slow / max(quick, NOTHING / 8)) / (large / small)

    return all(growth(size) > WORST for size in (SIZE, SIZE, GROWTH * SIZE))


@pytest.mark.parametrize("name", SHAPES)
def test_a_pdf_costs_no_more_than_in_proportion(name: str) -> None:
    assert not worse_than_linear(SHAPES[name])
