"""Name every banned phrase in the texts that users and maintainers read; exit with 1 when there is one.

Each phrase was once in this repository and had to be read twice. The plain one stands beside it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READ = (".py", ".md", ".html", ".toml", ".yml", ".sh", "Makefile", "Dockerfile")
# Texts of policies, and this list.
NOT_OURS = ("data/", "tests/cleaner/", "tests/data/", "tests/diffing/test_kinds.py", "scripts/banned_phrases.py")

BANNED = {
    r"requests of this run's budget are made": "request budget (N) used up",
    r"something else than": "another ..., or say what",
    r"has its turn again": "is retried",
    r"is no news\b": "triggers no notification",
    r"are never told": "are never sent",
    r"longer than nothing": "must be positive",
    r"is no list of": "must be a list of",
    r"is no moment": "must be a datetime",
    r"is no folder": "not a directory",
    r"holds an export made otherwise": "was exported with other options",
    r"when you know better": "say what to run",
    r"\bgoes on\b": "resumes, continues",
    r"the most is passed": "can exceed this",
    r"are one to every command": "every command treats ... alike",
    r"that it has not\b": "if not archived",
    r"no policy stood in that time": "no versions in that period",
    r"due again later": "will be retried",
    r"\bbut for what": "except what",
    r"\bstrokes\b|\blast stroke\b": "slash",
    r"which words came when": "trace, search and compare wording",
    r"is left alone for": "paused for",
    r"of the catalogue; none: all": "default: all",
    r"by the workers of the broker": "use Celery workers",
    r"\btexts in turn\b": "alternates between N texts",
    r"run that went well": "last successful run",
    r"\banew\b": "again",
    r"(?<![`\"'])\bowed\b(?![`\"'])": "pending (the stored word is quoted)",
    r"\bnext to nothing\b": "almost nothing",
    r"\bis told of\b": "is notified of",
}
"""Patterns, and what to write instead. A space matches any white space, whatever the case."""


def files() -> list[Path]:
    """Return the tracked files that somebody reads."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    return [ROOT / name for name in listed if name.endswith(READ) and not name.startswith(NOT_OURS)]


def found(text: str) -> list[tuple[int, str, str]]:
    """Return line, phrase and plain words of each banned phrase in a text."""
    return [
        (text.count("\n", 0, match.start()) + 1, match[0], plain)
        for phrase, plain in BANNED.items()
        for match in re.finditer(phrase.replace(" ", r"\s+"), text, re.IGNORECASE)
    ]


def main() -> int:
    """Print what was found."""
    lines = [
        f"{file.relative_to(ROOT)}:{line}: {phrase!r}: write {plain!r}"
        for file in files()
        if file.exists()
        for line, phrase, plain in found(file.read_text(encoding="utf-8"))
    ]
    print("\n".join(lines) or "no banned phrase")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
