"""Small legal pairs with the redline that a lawyer would have marked.

An example is a file of parts: the two texts, the redline (``[-removed-]``, ``{+added+}``, ``<note>``) and the kind.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harvester.diffing import Diff, OperationKind, compare
from harvester.diffing.render.runs import Mark, Run, merged_lines

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.txt"))
MARKS = {Mark.SAME: "{}", Mark.ADDED: "{{+{}+}}", Mark.REMOVED: "[-{}-]"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_redline_reads_as_a_lawyer_would_have_marked_it(path: Path) -> None:
    parts = dict(re.findall(r"^=== (\w+)\n(.*?)(?=^=== |\Z)", path.read_text("utf-8"), re.MULTILINE | re.DOTALL))
    diff = compare(parts["old"], parts["new"])
    assert redline(diff) == parts["redline"].strip()
    assert diff.kind == parts["kind"].strip()


def redline(diff: Diff) -> str:
    """The change with brackets for marks, one line a block."""
    lines = []
    for operation in diff.operations:
        for line in merged_lines(diff, operation):
            label = f"{line.block.label} " if line.block.label else ""
            lines.append(label + "".join(map(marked, line.runs)))
        if operation.kind in (OperationKind.MOVE, OperationKind.AWAY):
            lines[-1] += f" <{operation.kind.value}>"
        if operation.labels:
            lines[-1] += " <number {} to {}>".format(*operation.labels)
        lines += [f"<link of {link.text}: {link.old} to {link.new}>" for link in operation.links]
    return "\n".join(lines)


def marked(run: Run) -> str:
    space = " | " if "\t" in run.space else run.space
    return space + MARKS[run.mark].format(re.sub(r"\t", " | ", run.text))
