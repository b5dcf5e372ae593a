"""Two comparable texts in, one change out: what a careful reader would mark, and how much it matters. Pure.

`compare(old, new)` gives a `Diff` with its operations, measures and kind; `encode` makes it a payload, of which
``decode(payload, old, new)`` is the diff again and ``apply(payload, old)`` the new text; `harvester.diffing.render`
shows it on a terminal, as a patch, JSON, HTML, Markdown or a Word document.
"""

from harvester.diffing.change import Diff, Kind, LinkChange, Measures, Operation, OperationKind
from harvester.diffing.codec import apply, decode, encode
from harvester.diffing.comparison import compare
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.words import Hunk

__all__ = [
    "Block",
    "BlockKind",
    "Diff",
    "Hunk",
    "Kind",
    "LinkChange",
    "Measures",
    "Operation",
    "OperationKind",
    "apply",
    "compare",
    "decode",
    "encode",
]
