"""The long way round to Markdown, for trees whose serialised form html.parser reads as something else.

The tree is serialised and read by `html.parser`, as html2text does it; the events go to the same `Page`. What comes
out depends on the version of Python (3.11.7 is the measure), as it did for html2text.
"""

from __future__ import annotations

from html.entities import html5
from html.parser import HTMLParser

from harvester.cleaner.html.dom import Element, inner_html
from harvester.cleaner.markdown.page import NO_BREAK_STAND_IN, Page
from harvester.cleaner.markdown.tags import SPLIT_SCRIPT_END, close_tag, open_tag

# html.parser searches the end of a comment again from each start: beyond so many steps (half a second) it is not used.
_MOST_STEPS = 400_000_000


class NotReadable(Exception):
    """html.parser gives up on the serialised form (a marked section such as ``<![x`` in raw text), or would not end."""


def reread(root: Element, page: Page) -> str:
    """Return the Markdown of `root`'s children by way of their HTML; `page` is new. Raise NotReadable."""
    html = inner_html(root).replace(*SPLIT_SCRIPT_END)
    if html.count("<!") * len(html) > _MOST_STEPS:
        raise NotReadable
    reader = _Reader(page)
    try:
        reader.feed(html)
        reader.feed("")  # html2text does this too, and each call reads on after a reference that was cut short
        reader.close()
    except AssertionError as error:
        raise NotReadable from error
    return page.finish()


def reads_whole(html: str, page: Page) -> bool:
    """Tell `page` the events of `html`, the content of an element.

    False, and `page` is spoilt, if what follows the end tag would bear on how the content is read.
    """
    reader = _Reader(page)
    try:
        reader.feed(html.replace(*SPLIT_SCRIPT_END) + "<")
    except AssertionError:
        return False
    return reader.rawdata == "<" and reader.cdata_elem is None


class _Reader(HTMLParser):
    """Tells a Page what html.parser reads."""

    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=False)
        self.page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        last_of_each = dict(attrs)  # of attributes with one name the last counts, even if it has no value
        open_tag(self.page, tag, {name: value for name, value in last_of_each.items() if value is not None})

    def handle_endtag(self, tag: str) -> None:
        close_tag(self.page, tag)

    def handle_data(self, data: str) -> None:
        if data:
            self.page.text(data)

    def handle_entityref(self, name: str) -> None:
        character = NO_BREAK_STAND_IN if name == "nbsp" else html5.get(name + ";", f"&{name};")
        self.page.text(character, escape=False)

    def handle_charref(self, name: str) -> None:
        digits, base = (name[1:], 16) if name[0] in "xX" else (name, 10)
        try:
            character = chr(int(digits, base))
        except (ValueError, OverflowError):
            return  # beyond Unicode: html2text drops it, or fails
        if "\ud800" <= character <= "\udfff":
            character = "\ufffd"  # html2text keeps half a pair, which no file can hold
        self.page.text(character, escape=False)
