"""The encoding of a page that declares none, guessed as Chromium guesses it (docs/cleaner.md has how often).

Chromium asks its compact_enc_det, which is not on PyPI. Its way is followed here with figures of our own, found by
experiments with Chromium's detector (`scores`): the first pairs of bytes beyond ASCII are looked at (`pairs`, `scan`);
where they do not make it sure, those in the middle of the rest; and where the two disagree, the whole page decides.
UTF-8 is not guessed: Chromium reads undeclared UTF-8 of a web server as windows-1252 (text_resource_decoder.cc).
"""

from __future__ import annotations

from harvester.cleaner.encoding.pairs import BEYOND_ASCII, sample, whole
from harvester.cleaner.encoding.scan import Scan, best_of, scan
from harvester.cleaner.encoding.scores import LATIN, UTF_8

FALLBACK = LATIN
_REST = 800  # bytes after the first pairs; in fewer nothing is looked for
_BACK = 192  # bytes before the middle in which a byte of ASCII is looked for, where no character is cut in two
# What Chromium makes of an encoding of ISO where bytes stand that only its sibling of Windows has.
_WITH_CONTROLS = {"iso-8859-6": "windows-1256", "windows-874": FALLBACK}


def guess(body: bytes) -> str:
    """Return the name, by the Encoding standard, of the encoding that Chromium would guess for a page."""
    if not BEYOND_ASCII.search(body):
        return FALLBACK
    taken = sample(body)
    if not taken.pairs and taken.left_out:
        taken = sample(body, tags_too=True)
    start = scan(body, taken)
    if start.sure or len(body) - start.ends_at <= _REST:
        return _named(start)
    rest = body[_middle(body, start.ends_at) :]
    middle = scan(rest, sample(rest, tags_too=True))
    if middle.first == start.first and middle.sure:
        return _named(middle)
    named = dict.fromkeys(one for one in (start.first, start.second, middle.first, middle.second) if one)
    return _guessed(best_of(list(named), whole(body)))


def _middle(body: bytes, begin: int) -> int:
    """Return an even offset in the middle of what follows `begin`, after a byte of ASCII where one is near."""
    middle = (begin + (len(body) - begin) // 2) & ~1
    for at in range(middle - 1, max(begin, middle - _BACK) - 1, -1):
        if body[at] < 0x80:
            return (at + 1) & ~1
    return middle


def _guessed(name: str) -> str:
    return FALLBACK if name == UTF_8 else name


def _named(found: Scan) -> str:
    name = found.first or FALLBACK
    return _guessed(_WITH_CONTROLS.get(name, name) if found.has_controls else name)
