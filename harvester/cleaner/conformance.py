"""Does this cleaner give the texts it should? Sets of pages with their expected documents, read and compared.

Two kinds of set: a folder of ``x.html`` beside ``x.md``, at any depth (a checkout of the corpus,
``a/ab/abc/abc.com.html``), whose header says what page it is; and a ``.jsonl.gz`` file whose lines hold
``id, url`` (of the snapshot), ``title, html, markdown`` (null: no article), of which title and Markdown are compared.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harvester.cleaner.document import clean
from harvester.errors import CleaningError, ConfigurationError

_HEADER = re.compile(
    r"> \*The following text is extracted and transformed from the (?P<domain>.*) privacy policy that was archived on "
    r"(?P<date>\d{4}-\d\d-\d\d)\. Please check the \[original snapshot on the Wayback Machine\]\((?P<url>.*)\) for the "
    r"most accurate reproduction\.\*(?:\n|\Z)"
)
_SNAPSHOT = re.compile(r"https?://web\.archive\.org/web/(\d{14})[a-z_]*/\S+")
_LEADING_COMMENT = re.compile(r"\s*<!--(.*?)-->", re.DOTALL)
_AROUND = 40  # characters shown before and after a first difference


@dataclass(frozen=True, slots=True)
class Case:
    """A page and the document expected of it.

    `whole`: whether `expected` is the whole document or its title and Markdown only; it is None where the page is
    expected to give none.
    """

    name: str
    body: bytes
    snapshot_url: str
    timestamp: str
    domain: str
    expected: str | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one case: equal, or the kind of difference and where it begins."""

    name: str
    equal: bool
    kind: str = ""
    position: int = 0
    expected: str = ""
    given: str = ""


def read_cases(path: Path) -> Iterator[Case]:
    """Return the cases of a folder or a ``.jsonl.gz`` file. Raise ConfigurationError when it has none."""
    if path.is_dir():
        return _folder_cases(path)
    if path.name.endswith((".jsonl.gz", ".jsonl")) and path.is_file():
        return _line_cases(path)
    raise ConfigurationError(f"conformance: {path} is neither a folder of .html beside .md nor a .jsonl.gz file")


def _folder_cases(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.rglob("*.md")):
        page = file.with_suffix(".html")
        if not page.is_file():
            continue
        expected = file.read_bytes().decode("utf-8")
        header = _HEADER.match(expected)
        if header is None:
            continue
        body = page.read_bytes()
        address = _address(body, header["url"])
        snapshot = _SNAPSHOT.match(address)
        timestamp = snapshot[1] if snapshot else header["date"].replace("-", "") + "000000"
        yield Case(str(file.relative_to(folder))[:-3], body, address, timestamp, header["domain"], expected, whole=True)


def _address(body: bytes, from_header: str) -> str:
    """Return the snapshot's address, from the comment that the page begins with, or else from the header."""
    comment = _LEADING_COMMENT.match(body[:4096].decode("utf-8", "replace"))
    named = _SNAPSHOT.search(comment[1]) if comment else None
    if comment is None or named is None:
        return from_header
    bracketed = comment[1][: named.start()].endswith("(") and named[0].endswith(")")
    return named[0][:-1] if bracketed else named[0]  # the corpus's own comment: "Wayback Machine (ADDRESS) for the"


def _line_cases(file: Path) -> Iterator[Case]:
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                page = json.loads(line)
                markdown = page["markdown"]
                expected = None if markdown is None else f"# {page['title']}\n\n{markdown}"
                body, address, name = page["html"].encode("utf-8", "surrogatepass"), page["url"], page["id"]
            except (ValueError, KeyError, TypeError) as error:
                raise ConfigurationError(f"conformance: {file}, line {number}: not a page ({error!r})") from error
            snapshot = _SNAPSHOT.match(address)
            yield Case(name, body, address, snapshot[1] if snapshot else "0" * 14, "", expected, whole=False)


def check(case: Case) -> Outcome:
    """Clean the page of `case` and compare."""
    try:
        document = clean(
            case.body,
            url=case.snapshot_url,
            timestamp=case.timestamp,
            domain=case.domain,
            content_type="text/html; charset=utf-8",
            snapshot_url=case.snapshot_url,
            scripts_ran=True,
        )
    except CleaningError as error:
        if case.expected is None:
            return Outcome(case.name, equal=True)
        return Outcome(case.name, False, f"refused: {error.reason}", 0, case.expected[:_AROUND], "")
    given = document.text if case.whole else document.text[len(document.header) + 2 :]
    if given == case.expected:
        return Outcome(case.name, equal=True)
    if case.expected is None:
        return Outcome(case.name, False, "no document expected", 0, "", given[:_AROUND])
    position = first_difference(case.expected, given)
    start, end = max(0, position - _AROUND), position + _AROUND
    kind = _kind(case.expected, given)
    return Outcome(case.name, False, kind, position, case.expected[start:end], given[start:end])


def first_difference(one: str, other: str) -> int:
    """Return the index of the first character that differs."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _kind(expected: str, given: str) -> str:
    if expected.replace("\xa0", " ") == given.replace("\xa0", " "):
        return "only non-breaking spaces"
    if expected.replace("\n\n# None\n\n", "\n\n# \n\n", 1) == given:
        return "a page without a title headed None (an accident of the corpus's run)"
    if expected.split() == given.split():
        return "only white space"
    half = expected.partition("\n\n")[2]
    if len(half) > 1.8 * len(given) and half.count(given[-400:].strip()) == 2:
        return "the text twice (an accident of the corpus's run)"
    return "text"
