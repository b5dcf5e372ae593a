"""A change as text: coloured for a terminal, or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from harvester.diffing.change import Diff, Operation, OperationKind
from harvester.diffing.render.folding import folded, unchanged
from harvester.diffing.render.runs import Line, Mark, Run, merged_lines
from harvester.diffing.text.blocks import BlockKind

_CONTEXT = 1  # unchanged blocks shown beside a change
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN_MARKS = re.compile(r"([\\`*_~\[\]<>|])")


@dataclass(frozen=True, slots=True)
class _Style:
    """The marks of one text format."""

    added: Callable[[str], str]
    removed: Callable[[str], str]
    note: Callable[[str], str]
    plain: Callable[[str], str]
    heading: Callable[[str, int], str]


def _ansi(code: str) -> Callable[[str], str]:
    return lambda text: f"\x1b[{code}m{text}\x1b[0m"


_TERMINAL = _Style(
    added=_ansi("4;32"),
    removed=_ansi("9;31"),
    note=_ansi("2;36"),
    plain=lambda text: _CONTROL.sub("�", text),
    heading=lambda text, level: f"{'#' * level} {text}",
)
_MARKDOWN = _Style(
    added=lambda text: f"**{text}**",
    removed=lambda text: f"~~{text}~~",
    note=lambda text: f"*{text}*",
    plain=lambda text: _MARKDOWN_MARKS.sub(r"\\\1", _CONTROL.sub("�", text)),
    heading=lambda text, level: f"{'#' * level} {text}",
)

_WORD_DIFF = _Style(
    added=lambda text: f"{{+{text}+}}",
    removed=lambda text: f"[-{text}-]",
    note=lambda text: text,
    plain=lambda text: _CONTROL.sub("�", text),
    heading=lambda text, level: text,
)


def terminal(diff: Diff) -> str:
    """Render the change as a coloured word diff for a terminal of any width.

    ANSI colours: added green and underlined, removed red and struck out, notes dim. Control characters of the texts
    are shown as U+FFFD, so a policy cannot steer the terminal. Empty if nothing differs that a reader could see.
    """
    return _text(diff, _TERMINAL)


def markdown(diff: Diff) -> str:
    """Render the change as Markdown: ~~removed~~, **added**, notes in italics; marks of the texts are escaped."""
    return _text(diff, _MARKDOWN)


def word_diff(diff: Diff) -> str:
    """Render the change as plain text, with the marks of ``git diff --word-diff``: [-removed-] and {+added+}."""
    return _text(diff, _WORD_DIFF)


def _text(diff: Diff, style: _Style) -> str:
    if all(operation.is_untouched for operation in diff.operations):
        return ""
    parts: list[str] = []
    for step in folded(diff, _CONTEXT):
        parts += [style.note(f"[{unchanged(step)}]")] if isinstance(step, int) else _blocks(diff, step, style)
    return "\n\n".join(parts) + "\n"


def _blocks(diff: Diff, operation: Operation, style: _Style) -> list[str]:
    lines = merged_lines(diff, operation)
    parts = [_block(line, operation, style) for line in lines]
    note = _move_note(operation)
    if note:
        parts.insert(0, style.note(note))
    parts += (
        style.note(f"[link of “{style.plain(link.text)}”: {_target(link.old, style)} → {_target(link.new, style)}]")
        for link in operation.links
    )
    return parts


def _target(target: str | None, style: _Style) -> str:
    return style.plain(target) if target is not None else "none"


def _move_note(operation: Operation) -> str:
    if operation.kind is OperationKind.MOVE:
        return "[moved here]"
    return "[moved from here]" if operation.kind is OperationKind.AWAY else ""


def _block(line: Line, operation: Operation, style: _Style) -> str:
    text = "".join(_run(run, style) for run in line.runs)
    label = _label(line, operation, style)
    if line.block.kind is BlockKind.HEADING:
        return style.heading(label + text, line.block.level)
    if line.block.kind is BlockKind.ITEM:
        return "  " * (line.block.level - 1) + (label or "- ") + text
    return ("> " if line.block.kind is BlockKind.QUOTE else "") + label + text


def _label(line: Line, operation: Operation, style: _Style) -> str:
    block = line.block
    if operation.labels is None or not any(operation.labels):
        return _marked(style.plain(block.label), line.mark, style) + " " if block.label else ""
    old, new = (style.plain(label) for label in operation.labels)
    shift = style.note(f"[was {old}]") if old else style.note("[number new]")
    return f"{new} {shift} ".lstrip() if block.label == operation.labels[1] else (new and new + " ")


def _run(run: Run, style: _Style) -> str:
    text = style.plain(run.text.replace("\n", " ").replace("\t", " / "))
    return (" / " if "\t" in run.space else run.space.replace("\n", " ")) + _marked(text, run.mark, style)


def _marked(text: str, mark: Mark, style: _Style) -> str:
    if mark is Mark.ADDED:
        return style.added(text)
    return style.removed(text) if mark is Mark.REMOVED else text
