"""A change as a unified diff that ``patch`` applies."""

from __future__ import annotations

from collections.abc import Iterator

from harvester.diffing.change import Diff, OperationKind
from harvester.diffing.text.blocks import Block

_CONTEXT = 3  # lines, as diff -u
_NO_NEWLINE = "\n\\ No newline at end of file\n"
_Step = tuple[str, int, int, int, int]


def unified(diff: Diff, old_label: str, new_label: str) -> str:
    """Return a unified diff of the two Markdown texts, lines of equal blocks as context; empty if the texts are equal.

    Labels are the names after ``---`` and ``+++``; white space other than blanks is taken out of them.
    """
    if diff.old == diff.new:
        return ""
    old, new = _lines(diff.old), _lines(diff.new)
    out = [f"--- {_label(old_label)}\n", f"+++ {_label(new_label)}\n"]
    for group in _groups(list(_steps(diff, old, new))):
        i, i_end, j, j_end = group[0][1], group[-1][2], group[0][3], group[-1][4]
        out.append(f"@@ -{_range(i, i_end)} +{_range(j, j_end)} @@\n")
        for tag, a, a_end, b, b_end in group:
            if tag == "equal":
                out += (" " + line for line in old[a:a_end])
            else:
                out += ("-" + line for line in old[a:a_end])
                out += ("+" + line for line in new[b:b_end])
    return "".join(line if line.endswith("\n") else line + _NO_NEWLINE for line in out)


def _lines(text: str) -> list[str]:
    """Split into lines with their line feeds; the last one may have none."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _label(name: str) -> str:
    return " ".join(name.split())


def _range(start: int, end: int) -> str:
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _steps(diff: Diff, old: list[str], new: list[str]) -> Iterator[_Step]:
    """Return equal and changed runs of lines that cover both texts, equal ones as long as possible."""
    steps: list[_Step] = []
    old_starts, new_starts = _first_lines(diff.old, diff.old_blocks), _first_lines(diff.new, diff.new_blocks)
    i = j = 0
    in_place = [op for op in diff.operations if op.kind is OperationKind.EQUAL]
    for operation in in_place:
        for a, b in zip(range(*operation.old), range(*operation.new), strict=True):
            _change(steps, old, new, (i, old_starts[a], j, new_starts[b]))
            i, j = old_starts[a], new_starts[b]
            _change(steps, old, new, (i, old_starts[a + 1], j, new_starts[b + 1]))
            i, j = old_starts[a + 1], new_starts[b + 1]
    _change(steps, old, new, (i, len(old), j, len(new)))
    yield from steps


def _first_lines(text: str, blocks: tuple[Block, ...]) -> list[int]:
    """Return the number of the line that each block begins with, and of the line after the last one."""
    numbers = []
    line = at = 0
    for block in blocks:
        line += text.count("\n", at, block.start)
        at = block.start
        numbers.append(line)
    return [*numbers, len(_lines(text))]


def _change(steps: list[_Step], old: list[str], new: list[str], span: tuple[int, int, int, int]) -> None:
    """Add a changed run, its equal lines at both ends taken off."""
    i, i_end, j, j_end = span
    start = 0
    while i + start < i_end and j + start < j_end and old[i + start] == new[j + start]:
        start += 1
    end = 0
    while i_end - end > i + start and j_end - end > j + start and old[i_end - 1 - end] == new[j_end - 1 - end]:
        end += 1
    _add(steps, "equal", i, i + start, j, j + start)
    _add(steps, "replace", i + start, i_end - end, j + start, j_end - end)
    _add(steps, "equal", i_end - end, i_end, j_end - end, j_end)


def _add(steps: list[_Step], tag: str, i: int, i_end: int, j: int, j_end: int) -> None:
    if i == i_end and j == j_end:
        return
    if steps and steps[-1][0] == tag:
        _, i, _, j, _ = steps.pop()
    steps.append((tag, i, i_end, j, j_end))


def _groups(steps: list[_Step]) -> Iterator[list[_Step]]:
    """Return changed runs with up to three equal lines around each, adjacent ones joined."""
    group: list[_Step] = []
    for number, (tag, i, i_end, j, j_end) in enumerate(steps):
        if tag != "equal":
            group.append((tag, i, i_end, j, j_end))
            continue
        first, last = number == 0, number == len(steps) - 1
        if not first and not last and i_end - i <= 2 * _CONTEXT:
            group.append((tag, i, i_end, j, j_end))
            continue
        if not first:
            group.append((tag, i, min(i_end, i + _CONTEXT), j, min(j_end, j + _CONTEXT)))
            yield group
            group = []
        if not last:
            group = [(tag, max(i, i_end - _CONTEXT), i_end, max(j, j_end - _CONTEXT), j_end)]
    if group and any(step[0] != "equal" for step in group):
        yield group
