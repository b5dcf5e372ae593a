"""The pairs of bytes by which the encoding of a page is guessed: few, and mostly from what a reader sees.

Beyond ASCII every encoding is told by its pairs: a byte from 80 to FF and the one after it. Chromium's detector looks
at the first 48 of them. What stands in a tag, a title or a script's comment counts a sixteenth, and after twelve such
pairs no more, since the title of a page is often in another encoding than its text. Once a few pairs of text have come
the rest of the page is read without that distinction.
"""

from __future__ import annotations

import re
from typing import NamedTuple

BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
MOST = 48
ROUND = 8  # pairs after which encodings that fell behind are left out
_TAGS_END = 1 << 14  # bytes in which tags are told from text
_END = 1 << 18  # bytes that are looked at
_IN_TAGS, _LIGHT = 12, 1 / 16
_TEXT = 3  # pairs of text, at the end of a round, from which on tags are no longer told from it
_ENOUGH, _LEAST = 1000, 1 << 16  # pairs and bytes of a whole page after which no more are read
_BACK = 192  # bytes in which the beginning of a tag is looked for
_ANGLE = re.compile(rb"[<>]")
_OPENING = re.compile(rb"(?:<title|script)\Z", re.IGNORECASE)


class BytePair(NamedTuple):
    """A byte beyond ASCII and the one after it, where it stands and what it counts."""

    first: int
    second: int
    at: int
    weight: float


class Sample(NamedTuple):
    """The pairs that were taken, the offset up to which was looked, and whether some in tags were left out."""

    pairs: list[BytePair]
    end: int
    left_out: bool


def sample(body: bytes, *, tags_too: bool = False) -> Sample:
    """Return the first pairs of `body`; with `tags_too` those in tags count like the others."""
    pairs: list[BytePair] = []
    text = light = at = 0
    left_out = False
    tells_tags = not tags_too
    end = min(len(body), _END) - 1
    while len(pairs) < MOST:
        found = BEYOND_ASCII.search(body, at, end)
        if not found:
            at = max(at, end)
            break
        at = found.start()
        tells_tags = tells_tags and at < _TAGS_END
        weight = 1.0
        if tells_tags and _is_in_tag(body, at):
            if light == _IN_TAGS:
                left_out = True
                closing = _ANGLE.search(body, at + 1)
                at = closing.end() if closing else at + 2
                continue
            light += 1
            weight = _LIGHT
        else:
            text += 1
        pairs.append(BytePair(body[at], body[at + 1], at, weight))
        at += 2
        tells_tags = tells_tags and (text < _TEXT or len(pairs) % ROUND != 0)
    if at == len(body) - 1 and body[at] >= 0x80 and len(pairs) < MOST:
        pairs.append(BytePair(body[at], 0x20, at, 1.0))
    if len(pairs) == MOST:
        found = BEYOND_ASCII.search(body, at, end)  # one more ends the search
        at = found.start() + 2 if found else end + 1
    return Sample(pairs, at, left_out)


def _is_in_tag(body: bytes, at: int) -> bool:
    """Return whether the byte stands in a tag, right after ``<title>`` or ``<script>``, or in a script's comment."""
    before = body[max(0, at - _BACK) : at]
    angle = max(before.rfind(b"<"), before.rfind(b">"))
    if before.rfind(b"/*") > angle:
        return True
    if angle < 0:
        return False
    return before[angle : angle + 1] == b"<" or _OPENING.search(before, 0, angle) is not None


def whole(body: bytes) -> list[tuple[int, int]]:
    """Return the pairs of the whole page, a thousand at least if it has them."""
    pairs: list[tuple[int, int]] = []
    end = min(len(body), _END) - 1
    at = 0
    while found := BEYOND_ASCII.search(body, at, end):
        at = found.start()
        pairs.append((body[at], body[at + 1]))
        at += 2
        if len(pairs) > _ENOUGH and at >= _LEAST:
            break
    return pairs
