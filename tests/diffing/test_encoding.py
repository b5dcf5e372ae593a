"""Payloads of changes."""

from __future__ import annotations

import pytest

from harvester.diffing import apply, compare, decode, encode
from harvester.errors import CorruptStore

PARAGRAPHS = [f"Paragraph {n} says what becomes of your data in case {n * 7919 % 1000}." for n in range(500)]
OLD = "\n\n".join(PARAGRAPHS)
NEW = OLD.replace("case 919", "the case of a merger")


def test_a_payload_is_as_small_as_the_change() -> None:
    assert len(encode(compare(OLD, NEW))) < 250 < len(NEW) / 100


def test_a_payload_of_other_texts_is_refused() -> None:
    payload = encode(compare(OLD, NEW))
    with pytest.raises(CorruptStore, match="two other texts"):
        decode(payload, OLD, NEW + " ")
    with pytest.raises(CorruptStore, match="another text"):
        apply(payload, NEW)


def test_a_payload_of_another_version_is_refused_by_name() -> None:
    payload = bytearray(encode(compare(OLD, NEW)))
    payload[2] = 99
    with pytest.raises(CorruptStore, match="version 99"):
        decode(bytes(payload), OLD, NEW)


@pytest.mark.parametrize("length", [0, 2, 6, 40, -1])
def test_a_cut_payload_is_refused(length: int) -> None:
    payload = encode(compare(OLD, NEW))[:length]
    with pytest.raises(CorruptStore):
        apply(payload, OLD)


def test_no_flipped_byte_gives_another_text_or_change() -> None:
    diff = compare(OLD, NEW)
    payload = encode(diff)
    for at in range(3, len(payload)):
        flipped = payload[:at] + bytes([payload[at] ^ 0x10]) + payload[at + 1 :]
        for read, truth in ((lambda p: apply(p, OLD), NEW), (lambda p: decode(p, OLD, NEW), diff)):
            try:
                result = read(flipped)
            except CorruptStore:
                continue
            assert result == truth
