"""zstd with another content as reference: the form of all bodies and texts in the database."""

from __future__ import annotations

import hashlib
import struct
import zlib

import zstandard

from harvester.errors import CorruptStore

# Measured with bench/storage.py on 252 pages (30.5 MB) of ten policies, each against the one before it: level 9
# gives 764 kB at 3.5 ms a page with all that keeping it takes, level 12 gives 753 kB at 6.1 ms.
_LEVEL = 9
_WINDOW_LOG_LEAST, _WINDOW_LOG_MOST = 10, 27


_SEAL = struct.Struct(">I")


def squeezed(content: bytes, reference: bytes | None = None) -> bytes:
    """Return `content` as a sealed zstd frame; with a `reference`, which must be available to read it, only differences
    take space.

    The seal is the CRC-32 of the frame: zstd has bits that no reader looks at, and a flip of those is found too.
    """
    reach = len(content) + len(reference or b"")
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL,
        source_size=reach,
        window_log=min(max(reach.bit_length(), _WINDOW_LOG_LEAST), _WINDOW_LOG_MOST),
        write_content_size=True,
        write_checksum=False,
    )
    compressor = zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(reference))
    frame = compressor.compress(content)
    return _SEAL.pack(zlib.crc32(frame)) + frame


def restored(sealed: bytes, reference: bytes | None = None) -> bytes:
    """Return the content that `squeezed` was given, with the same reference; raise `CorruptStore` when a byte was
    altered.
    """
    if len(sealed) < _SEAL.size:
        raise CorruptStore("its stored form is cut off")
    frame = sealed[_SEAL.size :]
    if _SEAL.unpack_from(sealed)[0] != zlib.crc32(frame):
        raise CorruptStore("its stored form was altered")
    decompressor = zstandard.ZstdDecompressor(dict_data=_dictionary(reference), max_window_size=1 << _WINDOW_LOG_MOST)
    try:
        return decompressor.decompress(frame)
    except zstandard.ZstdError as error:
        raise CorruptStore(f"its stored form cannot be read: {error}") from error


def verified(content: bytes, sha256: str) -> bytes:
    """Return `content` itself; raise `CorruptStore` unless it has this sha256."""
    if sha256_of(content) != sha256:
        raise CorruptStore("its sha256 differs")
    return content


def sha256_of(content: bytes) -> str:
    """Return the hex digest by which contents are addressed."""
    return hashlib.sha256(content).hexdigest()


def _dictionary(reference: bytes | None) -> zstandard.ZstdCompressionDict | None:
    if not reference:
        return None
    return zstandard.ZstdCompressionDict(reference, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
