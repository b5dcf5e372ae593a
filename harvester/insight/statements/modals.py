"""Modal verbs that an edit made stronger or weaker, and negations that came or went."""

from __future__ import annotations

from collections.abc import Iterator

from harvester.insight.statements.edits import Edit, sentence
from harvester.insight.statements.model import Happened, Statement, StatementKind

_MODALS = {"may": 1, "might": 1, "can": 1, "could": 1, "should": 2, "will": 3, "shall": 3, "must": 3}
_NEGATIONS = frozenset({"not", "never"})


def modals(edit: Edit) -> Iterator[Statement]:
    """Yield the modal verbs that an edit of this one word made stronger or weaker, and each `not` that came or went."""
    if not edit.old or not edit.new:
        return
    for span in edit.spans:
        was, is_ = edit.old[span.old_start : span.old_end], edit.new[span.new_start : span.new_end]
        found = _step(was.lower().split(), is_.lower().split())
        if found is not None:
            passages = (
                sentence(edit.old, span.old_start, span.old_end),
                sentence(edit.new, span.new_start, span.new_end),
            )
            yield Statement(StatementKind.MODAL, *found, *passages)


def _step(old: list[str], new: list[str]) -> tuple[Happened, str, str | None, str | None] | None:
    """Return what became of a modal verb or a negation, in words, and what it was and is; None if these are none."""
    if len(old) == len(new) == 1 and old[0] in _MODALS and new[0] in _MODALS:
        step = _MODALS[new[0]] - _MODALS[old[0]]
        text = f"“{old[0]}” became “{new[0]}”: {'stronger' if step > 0 else 'weaker'}"
        return (Happened.CHANGED, text, old[0], new[0]) if step else None
    if not old and len(new) == 1 and new[0] in _NEGATIONS:
        return Happened.ADDED, f"says “{new[0]}” now", None, new[0]
    if not new and len(old) == 1 and old[0] in _NEGATIONS:
        return Happened.REMOVED, f"no longer says “{old[0]}”", old[0], None
    return None
