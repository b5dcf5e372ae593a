"""PDF policies: bytes in, title and text out, or a reason for the ledger."""

from __future__ import annotations

import resource
import shutil
import subprocess
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.cleaner.pdf import PROCESSOR_LIMIT, extract, is_pdf, pdfium
from harvester.errors import CleaningError
from tests.support.harvest.pdf_making import encrypted_pdf, lines, pdf, stream

POLICY = (
    "Privacy Policy",
    "We collect your name and e-mail address (if you give it) and do not sell them.",
    "Questions: privacy@example.com, \u00a7 5 of our na\u00efve \u2013 but \u201ctrue\u201d \u2013 terms.",
)


def reason_of(body: bytes) -> str:
    with pytest.raises(CleaningError) as caught:
        extract(body)
    return caught.value.reason


def test_title_and_pages_come_out_in_order_joined_by_a_blank_line() -> None:
    body = pdf(lines(*POLICY), lines("Second page"), title=b"( Privacy\n  Policy )")
    assert extract(body) == ("Privacy Policy", "\n".join(POLICY) + "\n\nSecond page\n")


def test_a_compressed_page_reads_like_a_plain_one() -> None:
    plain, packed = pdf(lines(*POLICY)), pdf(stream(lines(*POLICY), flate=True))
    assert extract(plain) == extract(packed)


def test_without_metadata_the_title_is_empty() -> None:
    assert extract(pdf(lines("Text")))[0] == ""


def test_a_utf16_title_is_decoded_and_its_nuls_are_gone() -> None:
    title = ("\ufeffDatenschutz\u00a0\u2013 \u20ac\x00\U0001f512 ").encode("utf-16-be")
    body = pdf(lines("Text"), title=b"<%s>" % title.hex().encode())
    assert extract(body)[0] == "Datenschutz \u2013 \u20ac\U0001f512"


def test_half_a_surrogate_pair_in_the_title_is_left_out() -> None:
    assert extract(pdf(lines("Text"), title=b"<feff00d80041d800>")) == ("\u00d8A", "Text\n")


def test_a_page_without_text_between_pages_leaves_no_gap() -> None:
    assert extract(pdf(lines("One"), b"", lines("Two")))[1] == "One\n\nTwo\n"


def test_a_wider_gap_between_lines_is_a_paragraph() -> None:
    spaced = b"BT /F1 12 Tf 14 TL 72 720 Td (One) Tj T* (two.) Tj 0 -24 Td (Three) Tj T* (four.) Tj T* (Five) Tj ET"
    assert extract(pdf(spaced))[1] == "One\ntwo.\n\nThree\nfour.\nFive\n"


def test_lines_that_are_all_far_apart_are_no_paragraphs() -> None:
    spaced = b"BT /F1 12 Tf 30 TL 72 720 Td (One) Tj T* (two) Tj T* (three) Tj T* (four) Tj ET"
    assert extract(pdf(spaced))[1] == "One\ntwo\nthree\nfour\n"


def test_a_word_broken_at_a_line_end_is_joined_as_pdftotext_joins_it() -> None:
    assert extract(pdf(lines("We collect infor-", "mation")))[1] == "We collect information\n"


def test_a_password_protected_pdf_is_named_encrypted() -> None:
    assert reason_of(encrypted_pdf("secret", password=b"tell nobody")) == "encrypted-pdf"


def test_encryption_without_a_password_to_open_is_no_obstacle() -> None:
    assert extract(encrypted_pdf("Privacy Policy", password=b""))[1] == "Privacy Policy\n"


@pytest.mark.parametrize("body", [b"", b"%PDF-1.4", b"<html><title>Privacy</title></html>", pdf(lines("a"))[:400]])
def test_truncated_and_foreign_bytes_are_named_broken(body: bytes) -> None:
    assert reason_of(body) == "broken-pdf"


def test_a_pdf_of_pictures_is_named_so_and_an_empty_one_empty() -> None:
    picture = stream(
        bytes(300), b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    )
    scanned = pdf(b"q 500 0 0 700 50 50 cm /I Do Q", extra={1000: picture}, resources=b"/XObject << /I 1000 0 R >>")
    assert reason_of(scanned) == "image-pdf"
    assert reason_of(pdf(b"")) == "empty"


def column(left: int, text: str) -> bytes:
    """Twelve lines of text that begin `left` points from the page's left edge."""
    shown = b"".join(b"(%s in line %d of it) Tj T*\n" % (text.encode(), number) for number in range(12))
    return b"BT /F1 11 Tf 13 TL %d 720 Td\n%sET" % (left, shown)


def _nested_forms() -> bytes:
    """Ten forms, each drawing the next ten times: 10^10 drawings from 4 kB."""
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> "
    forms = {1000 + n: stream(b"/X Do " * 10, head + b"/XObject << /X %d 0 R >> >>" % (1001 + n)) for n in range(10)}
    forms[1010] = stream(lines("boom"), head + b">>")
    return pdf(b"/X Do", extra=forms, resources=b"/XObject << /X 1000 0 R >>")


def _inflating() -> bytes:
    """A megabyte that inflate to a gigabyte: one compressed megabyte, complete in itself, a thousand times."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = deflate.compress(b" " * (1 << 20)) + deflate.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\x9c" + megabyte * 1024 + b"\x03\x00"
    return pdf(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))


@pytest.mark.parametrize("bomb", [_nested_forms, _inflating, lambda: pdf(*[lines("x")] * (pdfium.MAX_PAGES + 1))])
def test_a_pdf_bomb_ends_in_time_as_too_complex(bomb: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """With a third of the time that users have; the forms alone would draw for minutes."""
    monkeypatch.setattr("harvester.cleaner.pdf.PROCESSOR_LIMIT", PROCESSOR_LIMIT // 3)
    body = bomb()
    start = busy()
    assert reason_of(body) == "too-complex"
    assert busy() - start < PROCESSOR_LIMIT


def busy() -> float:
    """The processor time of the processes that have ended."""
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


@pytest.mark.parametrize("seconds", [0.2, 2.5])
def test_a_pdf_is_not_given_up_for_the_time_in_which_other_processes_run(
    seconds: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that waits so long answers, though it may take a second only: the history is the same on any machine."""
    waiting = tmp_path / "waiting.py"
    waiting.write_text(
        f"import runpy, time\ntime.sleep({seconds})\nrunpy.run_path({pdfium.__file__!r}, run_name='__main__')"
    )
    monkeypatch.setattr("harvester.cleaner.pdf.PROCESSOR_LIMIT", 1)
    monkeypatch.setattr("harvester.cleaner.pdf._READER", waiting)
    assert extract(pdf(lines("Policy"))) == ("", "Policy\n")


def test_threads_may_extract_at_once() -> None:
    bodies = [pdf(lines(f"Policy {number}")) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert [text for _, text in pool.map(extract, bodies)] == [f"Policy {number}\n" for number in range(8)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 255)), max_size=12))
def test_damaged_bytes_give_text_or_a_refusal_and_never_another_error(damage: list[tuple[int, int]]) -> None:
    body = bytearray(pdf(lines(*POLICY), lines("Two"), title=b"(Privacy)"))
    for place, value in damage:
        body[place % len(body)] = value
    try:
        title, pages = pdfium.read(bytes(body))
    except pdfium.Refused as refusal:
        reason = refusal.args[0]
    else:
        reason = "text" if any(page.strip() for page in pages) else "text without text"
        assert isinstance(title, str)
    assert reason in {"text", "encrypted-pdf", "broken-pdf", "image-pdf", "empty", "too-complex"}


@pytest.mark.parametrize(
    "contents",
    [
        (lines(*POLICY), lines("Second page")),
        (lines("Privacy", "Policy", size=30), lines("small print", size=4)),
        (column(72, "We collect names") + b"\n" + column(340, "You may object"),),
        (b"BT /F1 12 Tf 72 300 Td (last in file order?) Tj 0 -20 Td (next) Tj ET",),
        (b"BT /F1 12 Tf 72 720 Td [(kern) -20 (ed) -400 (words)] TJ ET",),
    ],
)
def test_the_words_are_those_of_pdftotext_in_its_order(contents: tuple[bytes, ...], tmp_path: Path) -> None:
    """The corpus took pdftotext; compared by words, since the two break lines differently."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (package poppler-utils) is not installed")
    body = pdf(*contents)
    file = tmp_path / "policy.pdf"
    file.write_bytes(body)
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True)
    assert extract(body)[1].split() == done.stdout.decode().split()


def test_is_pdf_looks_at_the_first_kilobyte_only() -> None:
    assert is_pdf(b"\r\n" + pdf(b""))
    assert not is_pdf(b" " * 1024 + pdf(b""))
    assert not is_pdf(b"<html>")
