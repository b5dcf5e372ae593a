"""Files and their history read out of somebody's git repository, a commit at a time; nothing in it is run."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from harvester.errors import ConfigurationError, StoreError
from harvester.git_program import NOT_INSTALLED, complaint, end, git_environment

_CHUNK = 1 << 16
_FILES = ("100644", "100755")
"""The modes of files, as against symbolic links and submodules."""


@dataclass(frozen=True, slots=True)
class Committed:
    """A file as one commit left it: `blob` is git's name for its content; `subject` the message's first line."""

    commit: str
    moment: datetime
    subject: str
    path: str
    blob: str


def is_repository(path: Path) -> bool:
    """Return whether a folder is a git repository itself, with a work tree or bare."""
    try:
        return (path / ".git").exists() or ((path / "HEAD").is_file() and (path / "objects").is_dir())
    except PermissionError as error:
        raise ConfigurationError(f"import: {path} cannot be read ({error.strerror})") from error


class GitFiles:
    """A repository, opened for reading; as a context manager it ends its processes."""

    def __init__(self, repository: Path) -> None:
        self.repository = repository
        self._contents = self._start("cat-file", "--batch")

    def __enter__(self) -> GitFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        end(self._contents)

    def history(self, *patterns: str) -> Iterator[Committed]:
        """Yield every file of these patterns that a commit added or altered, newest commit first, without symbolic
        links.
        """
        try:
            self.output_of("rev-parse", "--verify", "HEAD^{commit}")
        except ConfigurationError as error:
            raise ConfigurationError(f"{error} (HEAD names no commit: is the clone whole, or empty?)") from error
        yield from self._log("HEAD", *(f":(glob)**/{pattern}" for pattern in patterns))

    def tree(self, revision: str, ending: str) -> Iterator[Committed]:
        """Yield the files of one commit whose names have these endings."""
        commit = self.output_of("rev-parse", "--verify", f"{revision}^{{commit}}").strip()
        seconds, _, subject = self.output_of("show", "-s", "--format=%at %s", commit).partition(" ")
        moment = datetime.fromtimestamp(int(seconds), UTC)
        for token in self._tokens("ls-tree", "-r", "-z", commit):
            entry, _, path = token.partition("\t")
            mode, _, blob = entry.split(" ")
            if mode in _FILES and path.endswith(ending):
                yield Committed(commit, moment, subject.strip(), path, blob)

    def content(self, name: str) -> bytes | None:
        """Return the content of a blob, or of ``COMMIT:PATH``; None when there is none."""
        if "\n" in name:
            return None
        to, answers = self._contents.stdin, self._contents.stdout
        assert to is not None
        assert answers is not None
        try:
            to.write(name.encode("utf-8", "surrogateescape") + b"\n")
            to.flush()
            head = answers.readline().split()
            if len(head) < 3 or head[-1] in (b"missing", b"ambiguous") or not head[-1].isdigit():
                if not head:
                    raise BrokenPipeError
                return None
            content = answers.read(int(head[-1]))
            answers.read(1)
        except BrokenPipeError:
            raise StoreError(f"import: git cat-file in {self.repository} ended; check it with git fsck") from None
        return content if head[-2] == b"blob" else None

    def output_of(self, *arguments: str) -> str:
        """Return the output of a git command; raise `ConfigurationError` with its first complaint."""
        ran = subprocess.run(self._command(*arguments), capture_output=True, check=False, env=git_environment())
        if ran.returncode:
            raise ConfigurationError(f"import: {self.repository}: git {arguments[0]}: {complaint(ran.stderr)}")
        return ran.stdout.decode("utf-8", "surrogateescape")

    def remote(self) -> str | None:
        """Return the web address that the repository was cloned from, without ``.git`` and password; None if from
        elsewhere.
        """
        try:
            url = self.output_of("config", "--get", "remote.origin.url").strip().removesuffix(".git")
        except ConfigurationError:
            return None
        if url.startswith("git@github.com:"):
            url = "https://github.com/" + url.removeprefix("git@github.com:")
        scheme, _, rest = url.partition("://")
        return f"https://{rest.rpartition('@')[2]}" if scheme in ("http", "https") else None

    def _log(self, *arguments: str) -> Iterator[Committed]:
        revision, *patterns = arguments
        form = "--format=%x01%H %at %s"
        log = ("log", "--no-renames", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-show-signature", form)
        commit, moment, subject, change = "", datetime.fromtimestamp(0, UTC), "", ""
        for token in self._tokens(*log, revision, "--", *patterns):
            one = token.lstrip("\n")
            if one.startswith("\x01"):
                commit, seconds, subject = one[1:].split(" ", 2)
                moment = datetime.fromtimestamp(int(seconds), UTC)
            elif one.startswith(":") and not change:
                change = one
            elif change:
                _, mode, _, blob, status = change.split(" ")
                change = ""
                if not status.startswith("D") and mode in _FILES:
                    yield Committed(commit, moment, subject, token, blob)

    def _tokens(self, *arguments: str) -> Iterator[str]:
        """Yield the NUL-separated output of a git command as it arrives."""
        git = self._start(*arguments)
        assert git.stdout is not None
        assert git.stderr is not None
        try:
            rest = b""
            while chunk := git.stdout.read(_CHUNK):
                *tokens, rest = (rest + chunk).split(b"\0")
                yield from (token.decode("utf-8", "surrogateescape") for token in tokens)
            if git.wait():
                said = complaint(git.stderr.read()) or "without a word"
                raise ConfigurationError(f"import: {self.repository}: git {arguments[0]} failed: {said}")
        finally:
            end(git)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        try:
            return subprocess.Popen(
                self._command(*arguments), stdin=pipe, stdout=pipe, stderr=pipe, env=git_environment()
            )
        except FileNotFoundError as error:
            raise ConfigurationError(f"import: {NOT_INSTALLED}") from error

    def _command(self, *arguments: str) -> Sequence[str]:
        # A repository of somebody else must not name programs to run.
        safe = ("-c", f"safe.directory={self.repository.resolve()}", "-c", "core.fsmonitor=false")
        return ["git", "-C", str(self.repository), *safe, "--no-replace-objects", *arguments]
