"""Bytes become the text that a browser would show."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.cleaner.encoding.decode import decode, encoding_of
from harvester.cleaner.encoding.legacy import decode_legacy
from tests.cleaner.fuzz.fixtures import ADDRESS
from tests.cleaner.fuzz.reference import Reference, missing

UMLAUT = "\u00fc".encode("windows-1252")


@pytest.mark.parametrize(
    ("head", "content_type", "name"),
    [
        (b"", None, "windows-1252"),
        (b"", "text/html; charset=utf-8", "utf-8"),
        (b"", 'text/html;charset="ISO-8859-1"', "windows-1252"),
        (b"", "text/html; charset=x-sjis", "shift_jis"),
        (b"", "text/html; charset=gb2312", "gbk"),
        (b"", "text/html; charset=nonsense", "windows-1252"),
        (b"<meta charset=iso-8859-15>", "text/html; charset=nonsense", "iso-8859-15"),
        (b"<meta charset=iso-8859-15>", "text/html; charset=koi8-r", "koi8-r"),
        (b"<META CharSet = 'KOI8-R' >", None, "koi8-r"),
        (b"<meta charset=utf-16>", None, "utf-8"),
        (b"<meta charset=x-user-defined>", None, "windows-1252"),
        (b"<meta charset=unicode-1-1-utf-8>", None, "utf-8"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=big5'>", None, "big5"),
        (b"<meta content='text/html; charset = \"big5\"' http-equiv=content-type>", None, "big5"),
        (b"<meta content='text/html; charset=big5'>", None, "windows-1252"),
        (b"<meta name=x content='charset=big5'><meta charset=euc-kr>", None, "euc-kr"),
        (b"<!-- <meta charset=big5> --><meta charset=euc-kr>", None, "euc-kr"),
        (b"<!--><meta charset=big5>", None, "big5"),
        (b"<a title='<meta charset=big5>'><meta charset=euc-kr>", None, "euc-kr"),
        (b"<script>'<meta charset=big5>'</script>", None, "big5"),
        (b"</p x='>'><?php > <! y><meta charset=big5>", None, "big5"),
        (b"<metacharset=big5><meta/charset=euc-kr>", None, "euc-kr"),
        (b"<meta charset=big5 charset=euc-kr>", None, "big5"),
        (b"<meta charset=big5", None, "windows-1252"),
        (b" " * 1000 + b"<meta charset=utf-8>     ", None, "utf-8"),
        (b"<p>" + b" " * 1010 + b"<meta charset=utf-8>", None, "windows-1252"),
        (b"<html><head><title><p></title>" + b" " * 1010 + b"<meta charset=utf-8>", None, "utf-8"),
        (b"<script>" + b"<p><meta charset=big5>" * 99 + b"</script><LINK a=b><meta charset=utf-8>", None, "big5"),
        (b"<script>//" + b" " * 1010 + b"<meta charset=big5></script><link><meta charset=utf-8>", None, "utf-8"),
        (b"<head></head>" + b" " * 1010 + b"<meta charset=utf-8>", None, "windows-1252"),
    ],
)
def test_the_encoding_is_found_where_browsers_look(head: bytes, content_type: str | None, name: str) -> None:
    assert encoding_of(head, content_type) == name


def test_a_byte_order_mark_is_stronger_than_the_header() -> None:
    assert decode(b"\xef\xbb\xbf\xc3\xbc", "text/html; charset=koi8-r") == "\u00fc"
    assert decode(b"\xff\xfea\x00", "text/html; charset=utf-8") == "a"
    assert decode(b"\xfe\xff\x00a") == "a"


@pytest.mark.parametrize(
    ("name", "body", "text"),
    [
        ("windows-1252", b"\x80\x81\x93\xff", "\u20ac\x81\u201c\u00ff"),
        ("windows-1253", b"\xaa\x81", "\ufffd\x81"),
        ("windows-1255", b"\xca", "\u05ba"),
        ("koi8-u", b"\xae", "\u045e"),
        ("gbk", b"\x80\xa3\xa0\xb0\xa1\xa8\xbc\x81<\xff\x810", "\u20ac\u3000\u554a\u1e3f\ufffd<\ufffd\ufffd"),
        ("gb18030", b"\x90\x30\x81\x30\x81\x30<\x81\x35\xf4\x37", "\U00010000\ufffd0<\ue7c7"),
        ("big5", b"\xa4\xa4\xa1\x45\xa3\xe1\x87\x7a\x81<\x88\x62", "\u4e2d\u2027\u20ac\u3875\ufffd<\u00ca\u0304"),
        ("euc-kr", b"\xb0\xa1\x81A\xc9\xa1<", "\uac00\uac02\ufffd<"),
        ("shift_jis", b"\x82\xa0\xb1\x80\x81\x60\x81<\xf0\x40\xfd", "\u3042\uff71\x80\uff5e\ufffd<\ue000\ufffd"),
        ("euc-jp", b"\xa4\xa2\x8e\xb1\x8f\xb0\xa1\xad\xa1\xa4<\x8f<", "\u3042\uff71\u4e02\u2460\ufffd<\ufffd<"),
        ("utf-16le", b"a\x00\x00\xd8b\x00", "a\ufffdb"),
        ("x-user-defined", b"a\x80", "a\uf780"),
        ("replacement", b"abc", "\ufffd"),
    ],
)
def test_legacy_bytes_mean_what_the_encoding_standard_says(name: str, body: bytes, text: str) -> None:
    assert decode_legacy(body, name) == text


@pytest.mark.parametrize("piece", [b"<script>", b"<title>", b"<!-- >", b"<meta ", b"<? ", b"</script"])
def test_a_head_that_does_not_end_is_read_in_time(piece: bytes) -> None:
    began = time.process_time()
    decode(piece * 10_000)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("hidden", [b"<script>", b"<title>", b"<!-- > "])
def test_what_is_not_closed_hides_a_later_declaration(hidden: bytes) -> None:
    late = b" " * 1024 + b"<meta charset=koi8-r>"
    assert encoding_of(late, None) == "koi8-r"
    assert encoding_of(hidden + late, None) == "windows-1252"
    assert encoding_of(b"<!--><!---><!-- --!>" + late, None) == "koi8-r"


@given(st.binary(max_size=60), st.sampled_from([None, "gb18030", "big5", "euc-jp", "euc-kr", "shift_jis", "utf-16"]))
@settings(deadline=None)  # the first guess reads the figures
def test_no_bytes_raise(body: bytes, charset: str | None) -> None:
    decode(body, f"text/html; charset={charset}" if charset else None)


def test_the_live_reference_decodes_alike() -> None:
    reason = missing()
    if reason:
        pytest.skip(reason)
    words = "Wir sagen, was wir speichern, und warum: für Sie, für uns. " * 12
    pages = [
        (words.encode("windows-1252"), None),
        (b"<meta charset=utf-8>" + words.encode("windows-1252"), None),
        (b"<meta charset=gb2312>" + words.encode("windows-1252"), "text/html"),
        (words.encode(), "text/html; charset=utf8"),
        (words.encode("utf-16"), "text/html; charset=koi8-r"),
    ]
    with Reference() as reference:
        for body, content_type in pages:
            answer = reference.ask(body, ADDRESS, content_type or "text/html")
            assert answer.content is not None
            text = decode(body, content_type)
            assert text[text.index("Wir") : text.index("wir")] in answer.content
            assert text[-40:].strip() in answer.content
