"""The live reference: jsdom with Readability.js d6fc38c in node, then html2text 2020.1.16."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import html2text

ORACLE = Path(__file__).with_name("oracle.js")


def missing() -> str | None:
    """Why the reference cannot run here, or None."""
    script = os.environ.get("HARVESTER_READABILITY_JS")
    if not script:
        return "HARVESTER_READABILITY_JS is not set (path of Readability.js at commit d6fc38c, jsdom beside it)"
    if not Path(script).is_file():
        return f"HARVESTER_READABILITY_JS names no file: {script}"
    if shutil.which("node") is None:
        return "node is not installed"
    if not (Path(script).resolve().parent / "node_modules" / "jsdom").is_dir():
        return f"jsdom is not installed beside {script}"
    return None


@dataclass(frozen=True)
class Answer:
    """What the reference made of a page; `content` is None where Readability found no article."""

    title: str
    content: str | None
    error: str | None
    ms: float

    @property
    def markdown(self) -> str | None:
        return None if self.content is None else markdown_of(self.content)


def markdown_of(content: str) -> str:
    """The corpus's Markdown of an article's HTML."""
    converter = html2text.HTML2Text(bodywidth=0)
    converter.unicode_snob = True
    converter.ignore_images = True
    return str(converter.handle(content))


class Reference:
    """A node process that answers page after page; a context manager."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", "--stack-size=4000", str(ORACLE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Reference:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=60)

    def ask(self, page: str | bytes, url: str, content_type: str | None = None, alone: bool = False) -> Answer:
        """Run the reference on `page`, as decoded text or as bytes with their HTTP content type.

        `alone`: in a window of its own (bytes always are), as a browser would load it: slower, and the same.
        """
        request: dict[str, str | bool | None] = {"id": "", "url": url, "alone": alone}
        if isinstance(page, bytes):
            request |= {"body": base64.b64encode(page).decode(), "content_type": content_type}
        else:
            request["html"] = page
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        reply = json.loads(self._process.stdout.readline())
        return Answer(reply.get("title", ""), reply.get("content"), reply.get("error"), reply["ms"])
