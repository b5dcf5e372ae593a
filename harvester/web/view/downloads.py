"""Versions and changes as files that need no other: HTML, Markdown, plain text."""

from __future__ import annotations

import html
from dataclasses import dataclass
from enum import StrEnum

from fastapi import Response

from harvester.diffing import BlockKind, Diff
from harvester.diffing.render import html_page, markdown, whole_page, word_diff
from harvester.diffing.text.blocks import Block, read_blocks
from harvester.insight.reading import Shown
from harvester.web.view import rendering


class FileForm(StrEnum):
    """The forms of a file, by its ending."""

    MARKDOWN = "md"
    HTML = "html"
    TEXT = "txt"


_MEDIA_TYPES = {FileForm.MARKDOWN: "text/markdown", FileForm.HTML: "text/html", FileForm.TEXT: "text/plain"}


@dataclass(frozen=True, slots=True)
class Compared:
    """A redline to be written: its title, what is compared in words, and where an archive shows both."""

    title: str
    old: str
    new: str
    snapshots: tuple[str, str]
    diff: Diff


def file_answer(name: str, form: FileForm, content: bytes, *, shown: bool) -> Response:
    """Return a file called `name`; if it is to be shown, as plain text in the browser, from which it can be copied.

    An HTML file is never shown: it has a style of its own, which the Content-Security-Policy would not allow.
    """
    if shown and form is not FileForm.HTML:
        return Response(content, media_type="text/plain")
    name = f"{name.replace('/', '-')}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_MEDIA_TYPES[form], headers=headers)


def version_file(service: str, shown: Shown, snapshot: str, form: FileForm) -> bytes:
    """Return the document of a version in a form; as Markdown it is byte for byte what the corpus would have."""
    if form is FileForm.MARKDOWN:
        return shown.text.encode("utf-8", "surrogatepass")
    body = shown.text.split("\n\n", 1)[1]
    row = shown.version
    about = f"{service}, version {row.number}, seen from {row.first_seen:%Y-%m-%d} to {row.last_seen:%Y-%m-%d}"
    if form is FileForm.TEXT:
        return f"{about}\n{snapshot}\n\n{plain_text(body)}".encode("utf-8", "replace")
    link = html.escape(snapshot)
    head = f'<p>{html.escape(about)}. Snapshot: <a href="{link}" rel="nofollow noopener noreferrer">{link}</a></p>\n'
    return whole_page(f"{service}, {row.first_seen:%Y-%m-%d}", head, rendering.policy(body)).encode("utf-8", "replace")


def redline_file(compared: Compared, form: FileForm) -> bytes:
    """Return a redline in a form: HTML in full, Markdown and text with an unchanged paragraph beside each change."""
    if form is FileForm.HTML:
        redline = rendering.redline(compared.diff, side_by_side=False, only_changes=False)
        page = html_page(
            redline, title=compared.title, old=compared.old, new=compared.new, snapshots=compared.snapshots
        )
        return page.encode("utf-8", "replace")
    old, new = (
        f"{what}: {where}" for what, where in zip((compared.old, compared.new), compared.snapshots, strict=True)
    )
    if form is FileForm.MARKDOWN:
        text = f"# {compared.title}\n\nFrom {old}\n\nTo {new}\n\n{markdown(compared.diff)}"
    else:
        text = f"{compared.title}\nFrom {old}\nTo {new}\n[-removed-] {{+added+}}\n\n{word_diff(compared.diff)}"
    return text.encode("utf-8", "replace")


def plain_text(comparable: str) -> str:
    """Return the visible words of a Markdown text, a paragraph for each block."""
    return "\n\n".join(map(_plain, read_blocks(comparable))) + "\n"


def _plain(block: Block) -> str:
    label = f"{block.label} " if block.label else "- " if block.kind is BlockKind.ITEM else ""
    return f"{'  ' * (block.level - 1) if block.kind is BlockKind.ITEM else ''}{label}{block.inline.visible}"
