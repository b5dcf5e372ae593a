"""XHTML served as XML: what Readability.js at d6fc38c takes out of the page in Chromium 156, and html2text of that."""

from __future__ import annotations

import pytest

from harvester.cleaner import Document, clean
from harvester.errors import CleaningError
from harvester.harvest.steps.capture_page import CapturePage, after_scripts, document_of

XHTML = "application/xhtml+xml"
STRICT = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
DECLARED = f'<?xml version="1.0" encoding="UTF-8"?>{STRICT}'
WORDS = "We keep what you tell us."


def page(body: str, head: str = "<title>T</title>", before: str = DECLARED) -> str:
    """Return a page with a paragraph, and `body` after it."""
    root = '<html xmlns="http://www.w3.org/1999/xhtml">'
    return f"{before}{root}<head>{head}</head><body><p>{WORDS}</p>{body}</body></html>"


def cleaned(source: str | bytes, content_type: str = XHTML) -> Document:
    body = source if isinstance(source, bytes) else source.encode()
    address = "http://host.example/p"
    return clean(body, url=address, timestamp="20100626094354", domain="host.example", content_type=content_type)


LINK = "[x](https://web.archive.org/web/20100626094354id_/http%3A//host.example/x)"
WELL_FORMED = {
    "tags that close themselves": (page('<script src="a.js"/><div/><p>a<br/>b</p>'), "a  \nb\n"),
    "entities": (page("<p>&lt;b&gt; &amp;amp; &rsquo; &#8364; &apos;</p>"), "<b> &amp; ’ € '\n"),
    "no-break spaces": (page("<p>a&nbsp;&#160;b</p><pre>c&nbsp;d</pre>"), "a b\n    \n    \n    c\xa0d\n"),
    "a section is a comment to html2text": (page("<p>a <![CDATA[<b>]]> c</p>"), "a  c\n"),
    "a section around a script": (page("<script>//<![CDATA[\nif (a<b) {}\n//]]></script><p>a</p>"), "a\n"),
    "markup where HTML has none": (page("<p>a<div>b <p>c</p></div></p>"), "a\n\nb \n\nc\n"),
    "names in capitals are not HTML's": (page("<P>a</P><BR/>", "<TITLE>X</TITLE><title>T</title>"), "a\n\n  \n\n"),
    "breaks make no paragraphs": (page("<div>a<br/><br/>b</div>"), "a  \n  \nb\n"),
    "an element of another vocabulary": (page('<f:x xmlns:f="http://f.example/">a</f:x><p>b</p>'), "a\n\nb\n"),
    "a prefix that nothing declares": (page("<f:x>a</f:x><p>b</p>"), "a\n\nb\n"),
    "a document type of its own": (
        page("<p>a&o;b</p>", before="<!DOCTYPE html [<!ENTITY o '<b>o</b>'>]>"),
        "a **o** b\n",
    ),
    "a link": (page('<p><a href="x">x</a></p>'), f"{LINK}\n"),
    "a replacement character": (page("<p>\ufffd</p>"), "\ufffd\n"),
}


@pytest.mark.parametrize("name", WELL_FORMED)
def test_a_page_is_read_as_xml(name: str) -> None:
    source, markdown = WELL_FORMED[name]
    document = cleaned(source)
    assert (document.title, document.markdown) == ("T", f"{WORDS}\n\n{markdown}")


CUT_OFF: dict[str, tuple[str | bytes, str]] = {
    "a tag that is not closed": (page("<p>a<br>b</p><p>c</p>"), "a  \n\n"),
    "an ampersand": (page("<p>a</p><p>b & c</p>"), "a\n"),
    "an ampersand in an address": (page('<p>a</p><p>b <a href="?a&b">c</a></p>'), "a\n"),
    "an attribute without a value": (page("<p>a</p><table><tr><td nowrap>x</td></tr></table>"), "a\n"),
    "an attribute twice": (page('<p>a</p><p id="a" id="b">b</p>'), "a\n"),
    "an entity of HTML 5's document type": (page("<p>a</p><p>&nbsp;</p>", before="<!DOCTYPE html>"), "a\n"),
    "a byte that is no UTF-8": (page("<p>a</p><p>b \xe9</p>").encode("latin-1"), "a\n"),
    "the end in a text": (page("<p>b").removesuffix("</body></html>"), "b\n"),
    "the end in a tag": (page("<p>a</p><p>b<a hre").removesuffix("</body></html>"), "a\n"),
    "what comes after the page": (page("<p>a</p>") + "<p>b</p>", "a\n"),
}


@pytest.mark.parametrize("name", CUT_OFF)
def test_a_page_ends_at_its_first_error(name: str) -> None:
    source, markdown = CUT_OFF[name]
    assert cleaned(source).markdown == f"{WORDS}\n\n{markdown}"


@pytest.mark.parametrize(
    ("source", "content_type"),
    [
        (page("<p>é “q”</p>", before=DECLARED.replace("UTF-8", "ISO-8859-1")).encode("cp1252"), XHTML),
        (page("<p>é “q”</p>").encode("cp1252"), f"{XHTML}; charset=windows-1252"),
        (b"\xef\xbb\xbf" + page("<p>é “q”</p>").encode(), "text/xml"),
        (page("<p>é “q”</p>", before="").encode("utf-16"), "application/xml"),
    ],
    ids=["declared", "in the header", "marked", "UTF-16"],
)
def test_bytes_are_decoded_as_xml_is(source: bytes, content_type: str) -> None:
    assert cleaned(source, content_type).markdown == f"{WORDS}\n\né “q”\n"


def test_all_of_the_body_is_the_article() -> None:
    menu = "".join(f'<p><a href="/{n}">m{n}</a></p>' for n in range(3))
    article = f"<div class='content'><p>{WORDS * 40}, and so on</p></div>"
    document = cleaned(page(f"{menu}{article}<p>end</p>"))
    assert "[m1](https://web.archive.org/1)" in document.markdown
    assert document.markdown.endswith("and so on\n\nend\n")


@pytest.mark.parametrize("source", [f" {page('')}", page("").replace("<body>", "<br><body>")], ids=["before", "head"])
def test_a_page_with_an_error_before_its_body_has_no_text(source: str) -> None:
    with pytest.raises(CleaningError, match="no text"):
        cleaned(source)


def test_other_xml_is_read_as_html() -> None:
    assert cleaned(f"<policy><p>{WORDS}</p></policy>", "text/xml").markdown == f"{WORDS}\n"


def test_a_page_that_a_browser_rendered_is_read_as_xml_too() -> None:
    error = '<parsererror style="display: block"><h3>This page contains the following errors:</h3></parsererror>'
    dom = page("<p>a</p>").replace("<head>", f"{error}<head>")
    asked = CapturePage(b"", "http://host.example/p", "20100626094354", "host.example", XHTML, "", 200, dom.encode())
    assert document_of(after_scripts(asked)).markdown == f"{WORDS}\n\na\n"
