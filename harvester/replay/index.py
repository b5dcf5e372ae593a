"""The index of a replayed archive: SURT keys, rows in order, and what a CDX query answers.

After recorded responses of the Wayback Machine's ``/cdx/search/cdx`` (resume keys, JSON form, whole-field filters)
and of pywb 2.9's ``/<collection>/cdx``.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import parse_qsl, quote_plus, unquote_plus

from harvester.memento import ascii_url, surt
from harvester.replay.archives.replayable import ReplayCapture

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
Row = tuple[str, ...]
_PYWB_NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}


class BadQuery(ValueError):
    """A query that the index does not answer; becomes a 400."""


class Index:
    """The rows of an archive by key, each key's in order of time."""

    def __init__(self, captures: Iterable[ReplayCapture]) -> None:
        by_key: dict[str, list[ReplayCapture]] = defaultdict(list)
        for capture in captures:
            by_key[surt(capture.url)].append(capture)
        self._by_key = {
            key: tuple(sorted(found, key=lambda capture: (capture.timestamp, capture.url)))
            for key, found in by_key.items()
        }
        self._rows = {key: tuple(row_of(key, capture) for capture in found) for key, found in self._by_key.items()}

    def of(self, url: str) -> Sequence[ReplayCapture]:
        """Return all captures filed under the key of a URL, oldest first."""
        return self._by_key.get(surt(url), ())

    def rows(self, url: str) -> Sequence[Row]:
        """Return the same as the seven fields of `FIELDS`."""
        return self._rows.get(surt(url), ())

    def lost(self) -> int:
        """Return how many captures repeat a page that the archive does not have."""
        return sum(capture.lost for found in self._by_key.values() for capture in found)

    def __len__(self) -> int:
        return sum(map(len, self._by_key.values()))

    def urls(self) -> list[str]:
        """Return one URL for each key, sorted."""
        return sorted(rows[0].url for rows in self._by_key.values())


def row_of(key: str, capture: ReplayCapture) -> Row:
    """Return a capture filed under a key as the seven fields of `FIELDS`, ``-`` for what is unknown."""
    status = "-" if capture.status is None else str(capture.status)
    length = "-" if capture.length is None else str(capture.length)
    return key, capture.timestamp, ascii_url(capture.url), capture.mimetype, status, capture.digest, length


class ReplayQuery:
    """One CDX query, parsed. Raises `BadQuery` for what is not understood."""

    def __init__(self, query: str, *, pywb: bool = False) -> None:
        pairs = parse_qsl(query, keep_blank_values=True)
        last = dict(pairs)
        self.url = last.get("url", "")
        if not self.url:
            raise BadQuery("The url= parameter is required")
        if last.get("matchType", "exact") != "exact":
            raise BadQuery("this archive answers matchType=exact only")
        self.json = last.get("output") == "json"
        self.first = last.get("from", "").ljust(14, "0")[:14]
        self.last = last.get("to", "").ljust(14, "9")[:14]
        self.filters = [_pywb_filter(v) if pywb else _filter(v) for k, v in pairs if k == "filter"]
        self.collapse = [_collapse(v) for k, v in pairs if k == "collapse" and not pywb]
        known = {_PYWB_NAMES.get(field, field): field for field in FIELDS} if pywb else {f: f for f in FIELDS}
        wanted = [name for name in (last.get("fl") or ",".join(known)).split(",") if name in known]
        self.fields = [(name, FIELDS.index(known[name])) for name in wanted]
        self.show_key = last.get("showResumeKey") == "true"
        self.resume_key = last.get("resumeKey", "")
        # Everything is on the first page; a client reads on until one is empty.
        self.beyond = last.get("page", "").isdigit() and int(last["page"]) > 0
        try:
            self.limit = int(last.get("limit") or 150_000)
        except ValueError:
            raise BadQuery(f"limit={last['limit']} is not a number") from None

    def select(self, found: Sequence[Row]) -> tuple[list[Row], str]:
        """Return the rows of one page and the key of the next, empty at the end.

        The key is that of the recorded responses: urlkey and timestamp with its last character raised by one,
        percent-encoded; a full page has one even when nothing follows. As rows of one instant cannot be distinguished
        by
        it, a page ends only between two instants.
        """
        rows = [row for row in found if self.first <= row[1] <= self.last]
        rows = [row for row in rows if all(accepts(row) for accepts in self.filters)]
        for part in self.collapse:
            rows = [row for n, row in enumerate(rows) if n == 0 or part(row) != part(rows[n - 1])]
        if self.limit < 0:
            return rows[self.limit :], ""
        start = bisect_left(rows, _resume_instant(self.resume_key), key=lambda row: row[1]) if self.resume_key else 0
        end = start + self.limit
        if not self.show_key or end > len(rows) or self.limit == 0:
            return rows[start:end], ""
        while end < len(rows) and rows[end][1] == rows[end - 1][1]:
            end += 1
        key, timestamp = rows[end - 1][:2]
        return rows[start:end], quote_plus(f"{key} {timestamp[:-1]}{chr(ord(timestamp[-1]) + 1)}")

    def text(self, rows: Sequence[Row], next_key: str) -> str:
        """Return the answer of ``/cdx/search/cdx``: lines, or JSON with a header row; then the key after a blank line
        (row).
        """
        chosen = [[row[place] for _, place in self.fields] for row in rows]
        if not self.json:
            lines = [" ".join(row) for row in chosen]
            return "".join(line + "\n" for line in ([*lines, "", next_key] if next_key else lines))
        table = [[name for name, _ in self.fields], *chosen] if chosen else []
        if next_key:
            table += [[], [next_key]]
        return "[" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in table) + "]\n"

    @property
    def content_type(self) -> str:
        """The content type of `text`."""
        return "application/json" if self.json else "text/plain;charset=UTF-8"

    def pywb_text(self, rows: Sequence[Row]) -> str:
        """Return the answer of pywb: a JSON object a line, after key and timestamp unless ``output=json``.

        A field that is ``-`` is left out, as pywb leaves out the status of revisits.
        """
        lines = []
        for row in rows:
            fields = {name: row[place] for name, place in self.fields if row[place] != "-"}
            if self.json:
                lines.append(json.dumps(fields))
            else:
                rest = {name: value for name, value in fields.items() if name not in ("urlkey", "timestamp")}
                lines.append(f"{row[0]} {row[1]} {json.dumps(rest)}")
        return "".join(line + "\n" for line in lines)


def _filter(text: str) -> Callable[[Row], bool]:
    """Parse ``[!]field:regex``: the regular expression must match the whole field."""
    wanted = not text.startswith("!")
    name, colon, pattern = text.removeprefix("!").partition(":")
    place = _place(name, colon, text)
    try:
        expression = re.compile(pattern)
    except re.error as error:
        raise BadQuery(f"filter {text!r}: {error}") from None
    return lambda row: (expression.fullmatch(row[place]) is not None) is wanted


def _pywb_filter(text: str) -> Callable[[Row], bool]:
    """Parse pywb's ``[!][=|~]field:value``: contained by default, ``=`` equal, ``~`` a regular expression from the
    start.
    """
    wanted = not text.startswith("!")
    rest = text.removeprefix("!")
    kind = rest[0] if rest[:1] in ("=", "~") else ""
    name, colon, value = rest[len(kind) :].partition(":")
    place = _place({v: k for k, v in _PYWB_NAMES.items()}.get(name, name), colon, text)
    if kind == "=":
        return lambda row: (row[place] == value) is wanted
    if kind == "~":
        expression = re.compile(value)
        return lambda row: (expression.match(row[place]) is not None) is wanted
    return lambda row: (value in row[place]) is wanted


def _collapse(text: str) -> Callable[[Row], str]:
    """Keep, for ``field`` or ``field:N``, the first of successive rows with equal (first N characters of the) field."""
    name, colon, count = text.partition(":")
    place = _place(name, ":", text)
    if colon and not count.isdigit():
        raise BadQuery(f"collapse {text!r} is not field:N")
    characters = int(count) if colon else None
    return lambda row: row[place][:characters]


def _place(name: str, colon: str, text: str) -> int:
    if name not in FIELDS or not colon:
        raise BadQuery(f"{text!r} names no field of the index ({', '.join(FIELDS)})")
    return FIELDS.index(name)


def _resume_instant(key: str) -> str:
    """Return the timestamp in a resume key, which comes plain or still percent-encoded (clients send both)."""
    if "%" in key:
        key = unquote_plus(key)
    urlkey, _, timestamp = key.strip().rpartition(" ")
    if not urlkey or len(timestamp) != 14:
        raise BadQuery(f"resumeKey {key!r} is not a key of this archive")
    return timestamp
