"""The two titles of a page: the document's, which heads the corpus document, and Readability's, which only decides
whether a lone ``h2`` repeats it."""

from __future__ import annotations

import re

from harvester.cleaner.html.dom import Element, Text, text_content
from harvester.cleaner.readability.ecma import WHITE, length, normalize, trim, word_count

_ASCII_SPACE = re.compile("[\t\n\f\r ]+")
_LINE_ENDS = re.compile("([\n\r\u2028\u2029])")  # what . does not match in ECMAScript
_SEPARATOR = re.compile(r" [|\-\\/>»] ")
_HIERARCHY = re.compile(r" [\\/>»] ")
_MARKS = re.compile(r"[|\-\\/>»]+")
_SEPARATORS = "|-\\/>»"
_S = f"[{WHITE}]*"
_PROPERTY = re.compile(
    rf"(?:dc|dcterm|og|twitter){_S}:{_S}(?:author|creator|description|title|site_name)",
    re.IGNORECASE | re.ASCII,
)
_NAME = re.compile(
    rf"{_S}(?:(?:dc|dcterm|og|twitter|weibo:(?:article|webpage)){_S}[.:]{_S})?"
    rf"(?:author|creator|description|title|site_name){_S}\Z",
    re.IGNORECASE | re.ASCII,
)
_WHITE = re.compile(f"[{WHITE}]")
# In the order in which the original reads them.
_TITLE_NAMES = (
    "dc:title",
    "dcterm:title",
    "og:title",
    "weibo:article:title",
    "weibo:webpage:title",
    "title",
    "twitter:title",
)


def document_title(named: dict[str, list[Element]]) -> str:
    """Return ``document.title``: the first title element's text, stripped, runs of ASCII white space made one space."""
    for element in named.get("title", ()):
        if element.is_of_html("title"):
            text = "".join(child.data for child in element.children if type(child) is Text)
            return _ASCII_SPACE.sub(" ", text).strip(" ")
    return ""


def readability_title(title: str, named: dict[str, list[Element]]) -> str:
    """Return Readability's title, from meta elements or else from `title` (the document's)."""
    values = _meta_values(named.get("meta", []))
    for name in _TITLE_NAMES:
        if values.get(name):
            return values[name]
    return _shortened(trim(title), named)


def _meta_values(metas: list[Element]) -> dict[str, str]:
    values: dict[str, str] = {}
    for meta in metas:
        content = meta.attrs.get("content", "")
        if not content:
            continue
        matches = _PROPERTY.findall(meta.attrs.get("property", ""))
        if matches:
            for match in reversed(matches):
                values[_WHITE.sub("", match.lower())] = trim(content)
            continue
        name = meta.attrs.get("name", "")
        if name and _NAME.match(name):
            values[_WHITE.sub("", name.lower()).replace(".", ":")] = trim(content)
    return values


def _shortened(original: str, named: dict[str, list[Element]]) -> str:
    """Return the title without the site's name before or after it (``_getArticleTitle``)."""
    current = original
    hierarchical = False
    if _SEPARATOR.search(current):
        hierarchical = _HIERARCHY.search(current) is not None
        current = _without_last_part(original)
        if word_count(current) < 3:
            current = _without_first_part(original)
    elif ": " in current:
        headings = named.get("h1", []) + named.get("h2", [])
        if not any(trim(text_content(heading)) == current for heading in headings):
            current = original[original.rindex(":") + 1 :]
            if word_count(current) < 3:
                current = original[original.index(":") + 1 :]
            elif word_count(original[: original.index(":")]) > 5:
                current = original
    elif not 15 <= length(current) <= 150:
        headings = named.get("h1", [])
        if len(headings) == 1:
            current = normalize(trim(text_content(headings[0])))
    current = normalize(trim(current))
    count = word_count(current)
    if count <= 4 and (not hierarchical or count != word_count(_MARKS.sub("", original)) - 1):
        current = original
    return current


def _without_last_part(title: str) -> str:
    """Return what the original's ``/(.*)[sep] .*/g`` leaves: each line up to the last separator before a space.
    Linear.
    """
    kept = []
    for line in _LINE_ENDS.split(title):
        end = max(line.rfind(mark + " ") for mark in _SEPARATORS)
        kept.append(line if end < 0 else line[:end])
    return "".join(kept)


def _without_first_part(title: str) -> str:
    """Return what the original's ``/[^sep]*[sep](.*)/g`` leaves: each line after its first separator. Linear."""
    kept = []
    at = 0
    while mark := _MARKS.search(title, at):
        line_end = _LINE_ENDS.search(title, mark.start() + 1)
        at = line_end.start() if line_end else len(title)
        kept.append(title[mark.start() + 1 : at])
    return "".join(kept) + title[at:]
