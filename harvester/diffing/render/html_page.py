"""A redline as an HTML file of its own: to be opened, printed, or put in an annex."""

from __future__ import annotations

import html
from collections.abc import Sequence

from harvester.diffing.render.changed_passages import linked

_STYLE = """
:root { color-scheme: light dark; --added: #d8f3e3; --removed: #fde1de; --moved: #e3ebfb; --soft: #555; }
@media (prefers-color-scheme: dark) { :root { --added: #123c2a; --removed: #4a1d1a; --moved: #1f2f52; --soft: #aaa; } }
body { font: 1rem/1.55 Georgia, "Times New Roman", serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
body { overflow-wrap: anywhere; }
body.wide { max-width: 80rem; }
header { border-bottom: 1px solid var(--soft); margin-bottom: 1.5rem; }
ins { background: var(--added); text-decoration: underline; }
del { background: var(--removed); text-decoration: line-through; }
.move ins, .away del { background: var(--moved); }
.unchanged, .was, .moved-link, .link-change { color: var(--soft); font-size: .85em; }
li.numbered { list-style: none; }
.hunk { font: .8rem sans-serif; float: right; margin-left: .5rem; white-space: nowrap; }
.hunk a { padding: 0 .4rem; text-decoration: none; }
table { border-collapse: collapse; }
.diff-side > table { width: 100%; table-layout: fixed; }
.diff-side > table > tbody > tr > td { vertical-align: top; padding: 0 1rem; }
@media print { .hunk, .first-hunk { display: none; } }
@media print { body { margin: 0; max-width: none; } ins { font-weight: bold; } ins, del { background: none; } }
"""


def html_page(
    fragment: str,
    *,
    title: str,
    old: str,
    new: str,
    snapshots: Sequence[str] = (),
    about: Sequence[str] = (),
    wide: bool = False,
) -> str:
    """Return a fragment of `html_inline` or `html_side_by_side` (`wide`) as a whole document, which needs no other
    file. From its head a link leads to the first changed passage, and from each passage one to the next.

    `old` and `new` say what is compared, `snapshots`, if there are any, where an archive shows both; `about` are lines
    on the change.
    """
    fragment, passages = linked(fragment, side_by_side=wide)
    before, after = html.escape(old), html.escape(new)
    sources = "<p>Snapshots: {} (old) and {} (new).</p>\n".format(*map(_linked, snapshots)) if snapshots else ""
    lines = "".join(f'<p dir="auto">{html.escape(line)}</p>\n' for line in about)
    key = "Words that went are <del>struck out</del>, words that came <ins>underlined</ins>."
    head = f"<p>From {before} to {after}. {key}</p>\n{lines}{sources}{_first(passages)}"
    return whole_page(title, head, fragment, wide=wide)


def whole_page(title: str, head: str, fragment: str, *, wide: bool = False) -> str:
    """Return a fragment as a whole document, which needs no other file; `head` is HTML that stands below the title."""
    name = html.escape(title)
    kind = ' class="wide"' if wide else ""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style>\n</head>\n'
        f"<body{kind}>\n<header>\n<h1>{name}</h1>\n{head}</header>\n{fragment}</body>\n</html>\n"
    )


def _first(passages: int) -> str:
    """Return the link to the first of the changed passages, if there are any."""
    if not passages:
        return ""
    which = "The changed passage" if passages == 1 else f"First of {passages:,} changed passages"
    return f'<p class="first-hunk"><a href="#hunk-1">{which}</a></p>\n'


def _linked(address: str) -> str:
    """Return an address that works as a link and is readable on paper."""
    shown = html.escape(address)
    return f'<a href="{shown}">{shown}</a>'
