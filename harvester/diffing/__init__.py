"""Two comparable texts in, one change out: what a careful reader would mark, and how much it matters. Pure.

`compare(old, new)` gives a `Diff` with its operations, measures and kind; `encode` makes it a payload, of which
``decode(payload, old, new)`` is the diff again and ``apply(payload, old)`` the new text; `harvester.diffing.render`
shows it on a terminal, as a patch, JSON, HTML, Markdown or a Word document. `align` pairs the equal elements of any two
sequences.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harvester.diffing.change import Diff, Kind, LinkChange, Measures, Operation, OperationKind
    from harvester.diffing.codec import apply, decode, encode
    from harvester.diffing.comparison import compare
    from harvester.diffing.match.align import align
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
    "align",
    "apply",
    "compare",
    "decode",
    "encode",
]

_PLACES = {
    "change": ("Diff", "Kind", "LinkChange", "Measures", "Operation", "OperationKind"),
    "codec": ("apply", "decode", "encode"),
    "comparison": ("compare",),
    "match.align": ("align",),
    "text.blocks": ("Block", "BlockKind"),
    "words": ("Hunk",),
}


def __getattr__(name: str) -> object:
    # Import each on access: a worker that only cleans needs the blocks of a text and nothing else of it.
    for place, names in _PLACES.items():
        if name in names:
            found: object = getattr(import_module(f"{__name__}.{place}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
