"""A change as an HTML fragment, inline or side by side; the classes are listed in `harvester.diffing.render`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from harvester.diffing.change import Diff, LinkChange, Operation, OperationKind
from harvester.diffing.render.block_html import CELL, element, escaped, grouped, styled_html
from harvester.diffing.render.folding import folded, unchanged
from harvester.diffing.render.runs import Line, Mark, Run, merged_lines, new_lines, old_lines, styled
from harvester.diffing.text.blocks import Block

_CONTEXT = 1
_TAGS = {Mark.ADDED: "ins", Mark.REMOVED: "del"}


def html_inline(diff: Diff, *, only_changes: bool = False) -> str:
    """Render the change as one text with ``<ins>`` and ``<del>`` in it.

    `only_changes` folds unchanged blocks, all but one beside each change, to "n paragraphs unchanged".
    """
    rows: list[tuple[Block | None, str]] = []
    for step in folded(diff, _CONTEXT if only_changes else None):
        if isinstance(step, int):
            rows.append((None, f'<p class="unchanged">{unchanged(step)}</p>'))
        else:
            rows += _inline_rows(diff, step)
    return f'<div class="diff diff-inline">\n{grouped(rows)}</div>\n'


def html_side_by_side(diff: Diff, *, only_changes: bool = False) -> str:
    """Render the change as a table of two columns, old blocks on the left and what they became on the right."""
    rows: list[str] = []
    for step in folded(diff, _CONTEXT if only_changes else None):
        if isinstance(step, int):
            rows.append(f'<tr class="unchanged"><td colspan="2">{unchanged(step)}</td></tr>\n')
        else:
            rows += _side_rows(diff, step)
    head = '<thead><tr><th scope="col">Old</th><th scope="col">New</th></tr></thead>\n'
    return f'<div class="diff diff-side">\n<table>\n{head}<tbody>\n{"".join(rows)}</tbody>\n</table>\n</div>\n'


def _inline_rows(diff: Diff, operation: Operation) -> Iterator[tuple[Block | None, str]]:
    """Return each block with its element."""
    lines = merged_lines(diff, operation)
    for number, line in enumerate(lines):
        first, last = number == 0, number == len(lines) - 1
        label = _label(line, operation.labels if first else None)
        before = _move_link(operation, diff) if first else ""
        after = _link_notes(operation.links) if last else ""
        content = before + label + _wrapped(line.runs, operation.kind) + after
        yield line.block, element(line.block, content, _classes(operation), _anchor(operation, first))


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
    rows: list[tuple[Block | None, str]] = []
    for number, line in enumerate(lines):
        label = _label(line, labels if number == 0 else None)
        end = after if number == len(lines) - 1 else ""
        rows.append((line.block, element(line.block, before + label + _marked(line.runs) + end)))
    return grouped(rows)


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
        was = f'<small class="was">was {escaped(labels[0] or "without")}</small>'
        return f'<span class="label renumbered">{escaped(block.label)} {was}</span> '
    if not block.label:
        return ""
    tag = _TAGS.get(line.mark, "")
    label = f"<{tag}>{escaped(block.label)}</{tag}>" if tag else escaped(block.label)
    return f'<span class="label">{label}</span> '


def _link_notes(links: Iterable[LinkChange]) -> str:
    return "".join(
        f' <span class="link-change">link of “{escaped(link.text)}”: '
        f"<del>{escaped(link.old or 'none')}</del> <ins>{escaped(link.new or 'none')}</ins></span>"
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
        pieces = (closing + CELL + opening if piece[0] == "\t" else styled_html(*piece) for piece in styled(run))
        out.append(_space(run.space) + opening + "".join(pieces) + closing)
    return "".join(out)


def _space(space: str) -> str:
    return "<br>" if space == "\n" else space.replace("\t", CELL)
