"""A change for its readers: terminal, patch, JSON, HTML (inline, side by side), Markdown, Word.

Classes of the HTML, which carries no styles, scripts or ids but the anchors of moved blocks:

- ``diff`` on the outermost ``<div>``, with ``diff-inline``, or ``diff-side`` (one ``<table>``, cells ``old``/``new``);
- on a block (``<p>``, ``<h1>``.., ``<li>``, ``<tr>``, ``<blockquote>``, ``<pre>``) or a side-by-side row: ``insert``,
  ``delete``, ``replace``, ``split``, ``merge``, ``move`` (a moved block at its new place), ``away`` (at its old place);
  ``level-2``, ``level-3``.. on nested list items; ``numbered`` and ``label`` where a block has a number of its own;
- ``renumbered`` on a label that shifted, ``was`` on its old value;
- ``break`` on the ``¶`` that a split put in or a merge took out;
- ``moved-link`` on the link between the two places of a moved block (``id="moved-3"`` new, ``id="moved-3-from"`` old);
- ``link-change`` on the note of a link whose words stayed and whose target changed;
- ``unchanged`` on the paragraph (or row) that replaces folded, unchanged blocks.

Words: ``<ins>`` added, ``<del>`` removed; both also around whole added, removed and moved blocks, and their labels.
`html_page` makes a document of either, with a style of its own.
"""

from harvester.diffing.render.data import to_json
from harvester.diffing.render.html import html_inline, html_side_by_side
from harvester.diffing.render.html_page import html_page, whole_page
from harvester.diffing.render.patch import unified
from harvester.diffing.render.plain import markdown, terminal, word_diff
from harvester.diffing.render.word_document import word_document

__all__ = [
    "html_inline",
    "html_page",
    "html_side_by_side",
    "markdown",
    "terminal",
    "to_json",
    "unified",
    "whole_page",
    "word_diff",
    "word_document",
]
