"""A change as an HTML fragment, inline or side by side; the classes are listed in `harvester.diffing.render`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from harvester.diffing.change import Diff, LinkChange, Operation, OperationKind
from harvester.diffing.render.folding import folded, unchanged
from harvester.diffing.render.runs import Line, Mark, Run, merged_lines, new_lines, old_lines, styled
from harvester.diffing.text.blocks import Block, BlockKind

_CONTEXT = 1
_SAFE_TARGET = re.compile(r"(?:https?://|mailto:)[^\s\"'<>\\]+$", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CELL = "</td><td>"
_TAGS = {Mark.ADDED: "ins", Mark.REMOVED: "del"}


def html_inline(diff: Diff, *, only_changes: bool = False) -> str:
    """Render the change as one text with ``<ins>`` and ``<del>`` in it.

    `only_changes` folds unchanged blocks, all but one beside each change, to "n paragraphs unchanged".
    """
    rows = []
    for step in folded(diff, _CONTEXT if only_changes else None):
        if isinstance(step, int):
            rows.append(("", f'<p class="unchanged">{unchanged(step)}</p>'))
        else:
            rows += _inline_rows(diff, step)
    return f'<div class="diff diff-inline">\n{_grouped(rows)}</div>\n'


def html_side_by_side(diff: Diff, *, only_changes: bool = False) -> str:
    """Render the change as a table of two columns, old blocks on the left and what they became on the right."""
    rows = []
    for step in folded(diff, _CONTEXT if only_changes else None):
        if isinstance(step, int):
            rows.append(f'<tr class="unchanged"><td colspan="2">{unchanged(step)}</td></tr>\n')
        else:
            rows += _side_rows(diff, step)
    head = '<thead><tr><th scope="col">Old</th><th scope="col">New</th></tr></thead>\n'
    return f'<div class="diff diff-side">\n<table>\n{head}<tbody>\n{"".join(rows)}</tbody>\n</table>\n</div>\n'


def _inline_rows(diff: Diff, operation: Operation) -> Iterator[tuple[str, str]]:
    """Return for each block its container (``ul``, ``table`` or none) and its element."""
    lines = merged_lines(diff, operation)
    for number, line in enumerate(lines):
        first, last = number == 0, number == len(lines) - 1
        label = _label(line, operation.labels if first else None)
        before = _move_link(operation, diff) if first else ""
        after = _link_notes(operation.links) if last else ""
        content = before + label + _wrapped(line.runs, operation.kind) + after
        yield _container(line.block), _element(line, content, _classes(operation), _anchor(operation, first))


def _side_rows(diff: Diff, operation: Operation) -> Iterator[str]:
    if operation.kind is OperationKind.EQUAL:
        pairs = [([a], [b]) for a, b in zip(old_lines(diff, operation), new_lines(diff, operation), strict=True)]
    else:
        came_from_afar = operation.kind is OperationKind.MOVE
        pairs = [([] if came_from_afar else old_lines(diff, operation), new_lines(diff, operation))]
    for old, new in pairs:
        labels = operation.labels
        left = _cell(old, "", "")
        right = _cell(new, "", _link_notes(operation.links), labels)
        if operation.kind in (OperationKind.MOVE, OperationKind.AWAY):
            link = f"<p>{_move_link(operation, diff)}</p>"
            left, right = (left, link + right) if operation.kind is OperationKind.MOVE else (link + left, right)
        classes = " ".join(_classes(operation))
        attributes = (f' class="{classes}"' if classes else "") + _anchor(operation, True)
        yield f'<tr{attributes}><td class="old">{left}</td><td class="new">{right}</td></tr>\n'


def _cell(lines: list[Line], before: str, after: str, labels: tuple[str, str] | None = None) -> str:
    rows = []
    for number, line in enumerate(lines):
        label = _label(line, labels if number == 0 else None)
        end = after if number == len(lines) - 1 else ""
        rows.append((_container(line.block), _element(line, before + label + _marked(line.runs) + end, [], "")))
    return _grouped(rows)


def _grouped(rows: Iterable[tuple[str, str]]) -> str:
    """Join elements, neighbours that need a list or a table around them in one."""
    out: list[str] = []
    within = ""
    for container, element in rows:
        if container != within:
            out += ([f"</{within}>\n"] if within else []) + ([f"<{container}>\n"] if container else [])
            within = container
        out.append(element + "\n")
    return "".join(out) + (f"</{within}>\n" if within else "")


def _container(block: Block) -> str:
    return {BlockKind.ITEM: "ul", BlockKind.ROW: "table"}.get(block.kind, "")


def _element(line: Line, content: str, classes: list[str], anchor: str) -> str:
    block = line.block
    classes = list(classes)
    if block.kind is BlockKind.HEADING:
        tag = f"h{min(max(block.level, 1), 6)}"
    else:
        tag = {BlockKind.ITEM: "li", BlockKind.ROW: "tr", BlockKind.QUOTE: "blockquote", BlockKind.CODE: "pre"}.get(
            block.kind, "p"
        )
    if block.kind is BlockKind.ITEM:
        classes += ([f"level-{block.level}"] if block.level > 1 else []) + (["numbered"] if block.label else [])
    if block.kind is BlockKind.ROW:
        content = f"<td>{content}</td>"
    else:
        # A tab ends a cell in a row of a table only; elsewhere it is white space that the page had.
        content = content.replace(_CELL, " ")
    attribute = f' class="{" ".join(classes)}"' if classes else ""
    return f'<{tag}{attribute}{anchor} dir="auto">{content}</{tag}>'


def _classes(operation: Operation) -> list[str]:
    return [] if operation.kind is OperationKind.EQUAL else [operation.kind.value]


def _anchor(operation: Operation, first: bool) -> str:
    if not first or operation.kind not in (OperationKind.MOVE, OperationKind.AWAY):
        return ""
    suffix = "-from" if operation.kind is OperationKind.AWAY else ""
    return f' id="moved-{operation.new[0]}{suffix}"'


def _move_link(operation: Operation, diff: Diff) -> str:
    """Return the link to the other place of a moved block, with an arrow that shows the direction."""
    number = operation.new[0]
    if operation.kind is OperationKind.MOVE:
        return f'<a class="moved-link" href="#moved-{number}-from">moved here</a> '
    if operation.kind is OperationKind.AWAY:
        return f'<a class="moved-link" href="#moved-{number}">moved from here</a> '
    return ""


def _label(line: Line, labels: tuple[str, str] | None) -> str:
    block = line.block
    if labels is not None and block.label == labels[1]:
        was = f'<small class="was">was {_escape(labels[0] or "without")}</small>'
        return f'<span class="label renumbered">{_escape(block.label)} {was}</span> '
    if not block.label:
        return ""
    tag = _TAGS.get(line.mark, "")
    label = f"<{tag}>{_escape(block.label)}</{tag}>" if tag else _escape(block.label)
    return f'<span class="label">{label}</span> '


def _link_notes(links: Iterable[LinkChange]) -> str:
    return "".join(
        f' <span class="link-change">link of “{_escape(link.text)}”: '
        f"<del>{_escape(link.old or 'none')}</del> <ins>{_escape(link.new or 'none')}</ins></span>"
        for link in links
    )


def _wrapped(runs: tuple[Run, ...], kind: OperationKind) -> str:
    """Render runs as HTML; a moved block's untouched words count as inserted at their new place."""
    moved = kind is OperationKind.MOVE and all(run.mark is Mark.SAME for run in runs)
    return _marked(tuple(replace(run, mark=Mark.ADDED) for run in runs) if moved else runs)


def _marked(runs: tuple[Run, ...]) -> str:
    out = []
    for run in runs:
        tag = _TAGS.get(run.mark, "")
        opening = (f'<{tag} class="break">' if run.is_break else f"<{tag}>") if tag else ""
        closing = f"</{tag}>" if tag else ""
        pieces = (closing + _CELL + opening if piece[0] == "\t" else _piece(*piece) for piece in styled(run))
        out.append(_space(run.space) + opening + "".join(pieces) + closing)
    return "".join(out)


def _space(space: str) -> str:
    return "<br>" if space == "\n" else space.replace("\t", _CELL)


def _piece(text: str, link: str | None, styles: tuple[str, ...]) -> str:
    piece = _escape(text).replace("\n", "<br>")
    for style in styles:
        piece = f"<{style}>{piece}</{style}>"
    if link is not None and _SAFE_TARGET.match(link):
        piece = f'<a href="{_escape(link)}" rel="nofollow noopener noreferrer">{piece}</a>'
    return piece


def _escape(text: str) -> str:
    return html.escape(_CONTROL.sub("�", text), quote=True)
