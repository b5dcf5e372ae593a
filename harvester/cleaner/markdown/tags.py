"""The output of each tag: one table for start tags, one for end tags. A tag in neither writes nothing.

Tags come one by one, with no tree: an end tag acts by the state of the page alone, so that crossed or stray tags do
what they do in html2text 2020.1.16, whose behaviour (default options) this is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harvester.cleaner.markdown.page import Link, OpenList, Page

Opener = Callable[[Page, Mapping[str, str]], None]
Closer = Callable[[Page], None]

_HEADINGS = {f"h{level}": level for level in range(1, 10)}  # h7 to h9 are no HTML, but count
_LISTS = frozenset({"ol", "ul"})

# A link's bracket is not yet needed for these when they open right inside it.
_NO_LINK_TEXT = frozenset({"p", "div", "style", "dl", "dt"})

READ_ATTRIBUTES = frozenset({"href", "start", "title"})

# html2text replaces this throughout its input, so in the values of attributes too.
SPLIT_SCRIPT_END = ("</' + 'script>", "</ignore>")


def open_tag(page: Page, tag: str, attrs: Mapping[str, str]) -> None:
    """Write the start tag of `tag` (lower case)."""
    page.last_tag = tag
    if page.undecided is not None and tag not in _NO_LINK_TEXT:
        page.begin_link_text()
    opener = _OPENERS.get(tag)
    if opener is not None:
        opener(page, attrs)
    page.after_list = tag in _LISTS


def close_tag(page: Page, tag: str) -> None:
    """Write the end tag of `tag` (lower case)."""
    page.last_tag = tag
    closer = _CLOSERS.get(tag)
    if closer is not None:
        closer(page)
    if tag not in _HEADINGS:
        page.after_list = tag in _LISTS


def _value(attrs: Mapping[str, str], name: str) -> str | None:
    value = attrs.get(name)
    return value if value is None else value.replace(*SPLIT_SCRIPT_END)


# -- blocks


def _paragraph(page: Page, _attrs: Mapping[str, str] | None = None) -> None:
    page.owe_paragraph()


def _division(page: Page, _attrs: Mapping[str, str] | None = None) -> None:
    if not page.links:
        page.owe_paragraph()


def _heading(level: int) -> Opener:
    def opener(page: Page, _attrs: Mapping[str, str]) -> None:
        page.owe_paragraph()
        page.mark("#" * level + " ")

    return opener


def _line_break(page: Page, _attrs: Mapping[str, str]) -> None:
    page.mark("  \n> " if page.quotes > 0 else "  \n")


def _rule(page: Page, _attrs: Mapping[str, str]) -> None:
    page.owe_paragraph()
    page.mark("* * *")
    page.owe_paragraph()


def _open_quotation(page: Page, _attrs: Mapping[str, str]) -> None:
    page.owe_paragraph()
    page.mark("> ", quote=True)
    page.fresh = True
    page.quotes += 1


def _close_quotation(page: Page) -> None:
    page.quotes -= 1
    page.owe_paragraph()


def _open_verbatim(page: Page, _attrs: Mapping[str, str]) -> None:
    page.verbatim = page.verbatim_opening = True
    page.owe_paragraph()


def _close_verbatim(page: Page) -> None:
    page.verbatim = False
    page.owe_paragraph()


# -- what is not shown


def _hush(page: Page, _attrs: Mapping[str, str]) -> None:
    page.hushed += 1


def _unhush(page: Page) -> None:
    page.hushed -= 1


def _show(page: Page, _attrs: Mapping[str, str] | None = None) -> None:
    page.hushed = 0


# -- inside a line


def _open_emphasis(sign: str) -> Opener:
    def opener(page: Page, _attrs: Mapping[str, str]) -> None:
        page.mark(" " + sign if page.touching else sign)
        page.mark_opened = True

    return opener


def _close_emphasis(sign: str) -> Closer:
    def closer(page: Page) -> None:
        page.mark(sign)

    return closer


def _code(page: Page, _attrs: Mapping[str, str] | None = None) -> None:
    if not page.verbatim:
        page.mark("`")
        page.code = not page.code


def _quote_sign(page: Page, _attrs: Mapping[str, str] | None = None) -> None:
    page.mark('"')


def _open_abbreviation(page: Page, attrs: Mapping[str, str]) -> None:
    page.term = []
    page.term_title = _value(attrs, "title")


def _close_abbreviation(page: Page) -> None:
    if page.term is not None and page.term_title is not None:
        page.footnotes["".join(page.term)] = page.term_title
    page.term = page.term_title = None


def _open_link(page: Page, attrs: Mapping[str, str]) -> None:
    href = _value(attrs, "href")
    if href is None or href.startswith("#"):
        page.links.append(None)
    else:
        page.links.append(Link(href, _value(attrs, "title") or ""))
        page.undecided = href
        page.link_empty = True


def _close_link(page: Page) -> None:
    page.end_link()


# -- lists


def _open_list(ordered: bool) -> Opener:
    def opener(page: Page, attrs: Mapping[str, str]) -> None:
        _set_off_list(page)
        page.lists.append(OpenList(ordered, _number_before(attrs.get("start"))))

    return opener


def _close_list(page: Page) -> None:
    _set_off_list(page)
    if page.lists:
        page.lists.pop()
        if not page.lists:
            page.mark("\n")


def _set_off_list(page: Page) -> None:
    if not page.lists and not page.after_list:
        page.owe_paragraph()


def _number_before(start: str | None) -> int:
    """Return one less than a list's start number, read as Python reads integers; 0 if it is not one (or Python might
    refuse to write the numbers after it, on which html2text fails).
    """
    try:
        return int(start) - 1 if start is not None and len(start) < 4000 else 0
    except ValueError:
        return 0


def _open_item(page: Page, _attrs: Mapping[str, str]) -> None:
    page.owe_break()
    if page.lists:
        page.mark("  " * len(page.lists))
    if page.lists and page.lists[-1].ordered:
        page.lists[-1].number += 1
        page.mark(f"{page.lists[-1].number}. ")
    else:
        page.mark("* ")
    page.fresh = True


def _owe_break(page: Page) -> None:
    page.owe_break()


def _open_definition(page: Page, _attrs: Mapping[str, str]) -> None:
    page.mark("    ")


# -- tables


def _open_table(page: Page, _attrs: Mapping[str, str]) -> None:
    page.rule_due = True


def _open_row(page: Page, _attrs: Mapping[str, str]) -> None:
    page.cells = 0


def _close_row(page: Page) -> None:
    page.bar_due = False
    page.owe_hard_break()
    if page.rule_due:
        if page.cells:
            page.mark("|".join(["---"] * page.cells))
        page.owe_hard_break()
        page.rule_due = False


def _open_cell(page: Page, _attrs: Mapping[str, str]) -> None:
    if page.bar_due:
        page.mark("| ")
    page.bar_due = True
    page.cells += 1


_EMPHASIS = {**dict.fromkeys(("em", "i", "u"), "_"), **dict.fromkeys(("strong", "b"), "**")}
_EMPHASIS |= dict.fromkeys(("del", "strike", "s"), "~~")

_OPENERS: dict[str, Opener] = {
    "p": _paragraph,
    "div": _division,
    **{tag: _heading(level) for tag, level in _HEADINGS.items()},
    "br": _line_break,
    "hr": _rule,
    "blockquote": _open_quotation,
    "pre": _open_verbatim,
    "head": _hush,
    "script": _hush,
    "style": _hush,
    "body": _show,
    **{tag: _open_emphasis(sign) for tag, sign in _EMPHASIS.items()},
    **dict.fromkeys(("kbd", "code", "tt"), _code),
    "q": _quote_sign,
    "abbr": _open_abbreviation,
    "a": _open_link,
    "ol": _open_list(ordered=True),
    "ul": _open_list(ordered=False),
    "li": _open_item,
    "dl": _paragraph,
    "dd": _open_definition,
    "table": _open_table,
    "tr": _open_row,
    "td": _open_cell,
    "th": _open_cell,
}

_CLOSERS: dict[str, Closer] = {
    "p": _paragraph,
    "div": _division,
    **dict.fromkeys(_HEADINGS, _paragraph),
    "blockquote": _close_quotation,
    "pre": _close_verbatim,
    "head": _unhush,
    "script": _unhush,
    "style": _unhush,
    "body": _show,
    **{tag: _close_emphasis(sign) for tag, sign in _EMPHASIS.items()},
    **dict.fromkeys(("kbd", "code", "tt"), _code),
    "q": _quote_sign,
    "abbr": _close_abbreviation,
    "a": _close_link,
    "ol": _close_list,
    "ul": _close_list,
    "li": _owe_break,
    "dt": _owe_break,
    "dd": _owe_break,
    "tr": _close_row,
}
