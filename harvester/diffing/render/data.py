"""A change as plain data for JSON."""

from __future__ import annotations

from typing import Any

from harvester.diffing.change import Diff, Operation, OperationKind
from harvester.diffing.render.runs import merged_lines


def to_json(diff: Diff) -> dict[str, Any]:
    """Return the change as lists, strings and numbers.

    ``kind``, ``reasons``, ``words_added``, ``words_removed``, ``words_moved``, ``share``, ``headings`` as in `Diff`;
    ``operations``, each with ``kind`` and block numbers ``old`` and ``new`` (``[start, end]``). A run of untouched
    blocks has no more. Any other has ``blocks``: ``{kind, level, label, words: [[mark, text], ...]}`` with mark
    ``same``, ``added`` or ``removed``; and where they apply ``links`` (``{text, old, new}``) and
    ``renumbered`` (``[old, new]``).
    """
    measures = diff.measures
    return {
        "kind": diff.kind.value,
        "reasons": list(diff.reasons),
        "words_added": measures.words_added,
        "words_removed": measures.words_removed,
        "words_moved": measures.words_moved,
        "share": measures.share,
        "headings": list(measures.headings),
        "operations": [_operation(diff, operation) for operation in diff.operations],
    }


def _operation(diff: Diff, operation: Operation) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": operation.kind.value, "old": list(operation.old), "new": list(operation.new)}
    if operation.is_untouched:
        return row
    if operation.kind is not OperationKind.AWAY:
        row["blocks"] = [
            {
                "kind": line.block.kind.value,
                "level": line.block.level,
                "label": line.block.label,
                "words": [[run.mark.value, run.text] for run in line.runs if not run.is_break],
            }
            for line in merged_lines(diff, operation)
        ]
    if operation.links:
        row["links"] = [{"text": link.text, "old": link.old, "new": link.new} for link in operation.links]
    if operation.labels:
        row["renumbered"] = list(operation.labels)
    return row
