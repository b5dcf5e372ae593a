"""An altered program: one piece of one file, replaced."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.support.paths import ROOT


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` stands `nth` (from 0) in the file at `path` and is replaced by `new`; `tests` are the nearest, if named."""

    path: str
    old: str
    new: str
    tests: tuple[str, ...] = ()
    nth: int = 0

    def __str__(self) -> str:
        first, _ = self.lines()
        old, new = (" ".join(text.split())[:90] for text in (self.old, self.new))
        return f"{self.path}:{first}: {old} -> {new or 'nothing'}"

    def start(self, text: str) -> int:
        """Return where `old` stands in the text of the file; raises ValueError when it does not."""
        at = -1
        for _ in range(self.nth + 1):
            at = text.index(self.old, at + 1)
        return at

    def line(self, root: Path = ROOT) -> tuple[str, str, str]:
        """Return the path, and the lines of what is replaced before and after, without a number, which would move."""
        text = (root / self.path).read_text()
        at = self.start(text)
        begin, end = text.rfind("\n", 0, at) + 1, (text + "\n").index("\n", at + len(self.old))
        before, behind = text[begin:at], text[at + len(self.old) : end]
        old, new = (" ".join((before + one + behind).split()) for one in (self.old, self.new))
        return self.path, old, new

    def applied(self, text: str) -> str:
        """Return the text of the file with the alteration."""
        at = self.start(text)
        return text[:at] + self.new + text[at + len(self.old) :]

    def lines(self, root: Path = ROOT) -> tuple[int, int]:
        """Return the first and last line (from 1) of what is replaced."""
        text = (root / self.path).read_text()
        first = text.count("\n", 0, self.start(text)) + 1
        return first, first + self.old.rstrip("\n").count("\n")
