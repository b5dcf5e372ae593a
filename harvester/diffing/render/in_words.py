"""Describe a change in words: its passages as short lines that can be read without the whole redline."""

from __future__ import annotations

from itertools import pairwise

from harvester.diffing.change import Diff, Operation, OperationKind
from harvester.diffing.render.runs import Line, Mark, merged_lines

PASSAGE = 160
"""Characters of one passage at most."""
_AROUND = 24


def passages(diff: Diff) -> list[str]:
    """Return a line for each passage that differs, in reading order.

    ``+`` begins a new passage, ``-`` a removed one, ``~`` an edited one, with [-removed-] and {+added+} words in it.
    Moved passages, links and borders of paragraphs are left out: no words changed there.
    """
    found = []
    for operation in diff.operations:
        if not operation.is_untouched and operation.kind not in (OperationKind.MOVE, OperationKind.AWAY):
            found += [text for line in merged_lines(diff, operation) if (text := _passage(line, operation))]
    return found


def _passage(line: Line, operation: Operation) -> str:
    runs = [run for run in line.runs if not run.is_break]
    spaced = [run for before, run in pairwise(line.runs) if before.is_break]
    marks = {run.mark for run in runs}
    if marks <= {Mark.SAME}:
        return ""
    if operation.kind in (OperationKind.INSERT, OperationKind.DELETE) or len(marks) == 1:
        sign = "+" if Mark.ADDED in marks else "-"
        return f"{sign} {_cut(''.join(run.space + run.text for run in runs))}"
    parts = []
    last = len(runs) - 1
    for number, run in enumerate(runs):
        text = " ".join(run.text.split())
        if run.mark is Mark.SAME:
            text = _context(text, number == 0, number == last)
        elif run.mark is Mark.ADDED:
            text = f"{{+{_cut(text)}+}}"
        else:
            text = f"[-{_cut(text)}-]"
        parts.append((" " if run.space or run in spaced else "") + text)
    return f"~ {''.join(parts).strip()}"


def _context(text: str, first: bool, last: bool) -> str:
    """Return the unchanged words next to what changed."""
    if len(text) <= 2 * _AROUND:
        return text
    before, after = text[:_AROUND].rpartition(" ")[0], text[-_AROUND:].partition(" ")[2]
    if first:
        return f"… {after}"
    return f"{before} …" if last else f"{before} … {after}"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= PASSAGE else f"{text[:PASSAGE].rpartition(' ')[0]} …"
