"""Git repositories as others publish them, made for a test."""

from __future__ import annotations

import subprocess
from pathlib import Path

from harvester.git_program import git_environment


class Repository:
    """An Open Terms Archive repository in small."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main", str(folder), at=folder.parent)

    def git(self, *arguments: str, at: Path | None = None, date: str = "") -> str:
        who = {"GIT_AUTHOR_NAME": "bot", "GIT_AUTHOR_EMAIL": "b@x", "GIT_COMMITTER_NAME": "bot"}
        who |= {"GIT_COMMITTER_EMAIL": "b@x", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        ran = subprocess.run(
            ["git", "-C", at or self.folder, *arguments],
            check=True, env=git_environment() | who, capture_output=True, text=True,
        )  # fmt: skip
        return ran.stdout.strip()

    def record(self, path: str, content: str | bytes, date: str, subject: str = "Record new changes of") -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", f"{subject} {path}", date=date)
