"""Makes small PDF files by hand, so that each test says what its PDF holds."""

from __future__ import annotations

import hashlib
import zlib


def stream(data: bytes, dictionary: bytes = b"", *, flate: bool = False) -> bytes:
    """A stream object's content."""
    if flate:
        data, dictionary = zlib.compress(data, 9), dictionary + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), dictionary, data)


def lines(*texts: str, size: int = 12) -> bytes:
    """A content stream that writes lines of text, one below the other, from the top left corner."""
    shown = b"".join(b"(%s) Tj T*\n" % _escaped(text) for text in texts)
    return b"BT /F1 %d Tf %d TL 72 720 Td\n%sET" % (size, size + 4, shown)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def pdf(
    *contents: bytes,
    title: bytes | None = None,
    extra: dict[int, bytes] | None = None,
    resources: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """A PDF with one page for each content stream's body; `title` is a PDF string object such as ``(Privacy)``.

    `extra` are objects with numbers from 1000 on, which `resources` may name.
    """
    objects: dict[int, bytes] = {}
    pages = [10 + 2 * index for index in range(len(contents))]
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % n for n in pages), len(pages))
    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    if title is not None:
        objects[4] = b"<< /Title %s >>" % title
        trailer += b" /Info 4 0 R"
    for number, content in zip(pages, contents, strict=True):
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> >>" % (number + 1, resources)
        )
        objects[number + 1] = content if content.startswith(b"<<") else stream(content)
    objects.update(extra or {})
    return _file(objects, trailer)


def _file(objects: dict[int, bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, start)
    return bytes(out)


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def encrypted_pdf(text: str, *, password: bytes) -> bytes:
    """One page of text under the standard security handler, revision 2 (RC4, 40 bits; PDF 1.4, section 3.5.2)."""
    identity, permissions = b"0123456789abcdef", -4
    padded = (password + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    seed = padded + owner + permissions.to_bytes(4, "little", signed=True) + identity
    key = hashlib.md5(seed, usedforsecurity=False).digest()[:5]
    page = 11  # the object that holds the only page's content
    page_key = hashlib.md5(key + page.to_bytes(3, "little") + b"\0\0", usedforsecurity=False).digest()[:10]
    handler = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P %d /O <%s> /U <%s> >>" % (
        permissions,
        owner.hex().encode(),
        _rc4(key, _PADDING).hex().encode(),
    )
    trailer = b" /Encrypt 1000 0 R /ID [<%s> <%s>]" % (identity.hex().encode(), identity.hex().encode())
    return pdf(stream(_rc4(page_key, lines(text))), extra={1000: handler}, trailer=trailer)


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
