"""A page of plain text gives the document that Chromium's text viewer gives (measured in Chromium 2026)."""

from __future__ import annotations

import pytest

from harvester.cleaner import clean
from harvester.cleaner.html.text_viewer import shown_as_text

BODY = b"Privacy policy\n\na < b & c > d <b>x</b>\n  indented\n"
MARKDOWN = "\n    Privacy policy\n    \n    a < b & c > d <b>x</b>\n      indented\n    \n"


def markdown_of(body: bytes, content_type: str) -> str:
    made = clean(body, url="http://e.org/p.txt", timestamp="20100101000000", domain="e.org", content_type=content_type)
    assert made.title == ""
    return made.markdown


@pytest.mark.parametrize("content_type", ["text/plain", "Text/Plain; charset=utf-8", "text/markdown", "text/x-unknown"])
def test_plain_text_keeps_its_lines_and_its_angle_brackets(content_type: str) -> None:
    assert markdown_of(BODY, content_type) == MARKDOWN


def test_blank_lines_at_the_beginning_stay_and_a_byte_order_mark_goes() -> None:
    assert markdown_of(b"\n\n" + BODY, "text/plain") == "\n    " + MARKDOWN
    assert markdown_of(b"\xef\xbb\xbf" + BODY, "text/plain") == MARKDOWN


def test_plain_text_without_a_charset_is_windows_1252_whatever_it_declares_in_its_words() -> None:
    body = '<meta charset="utf-8">\nPrivacy – über uns\n'.encode()
    assert "Ã¼ber" in markdown_of(body, "text/plain")
    assert "über" in markdown_of(body, "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    "content_type", [None, "", "text/html", "text/xml", "text/csv", "application/pdf", "image/png"]
)
def test_what_chromium_renders_or_downloads_is_not_shown_as_text(content_type: str | None) -> None:
    assert not shown_as_text(content_type)
