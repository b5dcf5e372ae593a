"""Versions and changes as files that need no other: HTML, Markdown, plain text, Word."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fastapi import Response

from harvester.diffing import BlockKind, Diff, compare
from harvester.diffing.render import html_page, markdown, whole_page, word_diff, word_document
from harvester.diffing.text.blocks import Block, read_blocks
from harvester.insight.reading import Shown
from harvester.insight.redline import Redline
from harvester.web.view import rendering


class FileForm(StrEnum):
    """The forms of a file, by its ending."""

    MARKDOWN = "md"
    HTML = "html"
    TEXT = "txt"
    WORD = "docx"


_MEDIA_TYPES = {
    FileForm.MARKDOWN: "text/markdown",
    FileForm.HTML: "text/html",
    FileForm.TEXT: "text/plain",
    FileForm.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_TO_COPY = (FileForm.MARKDOWN, FileForm.TEXT)


@dataclass(frozen=True, slots=True)
class Compared:
    """A redline to be written: its title, what is compared in words, and where an archive shows both.

    `service` and `moment` are those of the newer side, whose tracked changes they are.
    """

    title: str
    old: str
    new: str
    snapshots: tuple[str, str]
    service: str
    moment: datetime
    diff: Diff


def compared_change(service: str, found: Redline, diff: Diff) -> Compared:
    """Return a change to be written."""
    first_seen = found.change.before
    return Compared(
        f"{service}: change first seen on {first_seen:%Y-%m-%d}",
        f"version {found.old.number}, last seen on {found.change.after:%Y-%m-%d}",
        f"version {found.new.number}, first seen on {first_seen:%Y-%m-%d}",
        (found.old_snapshot, found.new_snapshot),
        service,
        first_seen,
        diff,
    )


def file_answer(name: str, form: FileForm, content: bytes, *, shown: bool) -> Response:
    """Return a file called `name`; if it is to be shown, as plain text in the browser, from which it can be copied.

    An HTML file is never shown: it has a style of its own, which the Content-Security-Policy would not allow. Nor is a
    Word document, which no browser shows.
    """
    if shown and form in _TO_COPY:
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
    title = f"{service}, {row.first_seen:%Y-%m-%d}"
    if form is FileForm.WORD:
        return word_document(
            compare(body, body), title=title, about=(about, snapshot), service=service, moment=row.first_seen
        )
    link = html.escape(snapshot)
    head = f'<p>{html.escape(about)}. Snapshot: <a href="{link}" rel="nofollow noopener noreferrer">{link}</a></p>\n'
    return whole_page(title, head, rendering.policy(body)).encode("utf-8", "replace")


def redline_file(compared: Compared, form: FileForm) -> bytes:
    """Return a redline in a form: HTML and Word in full, Markdown and text with an unchanged paragraph beside each
    change.
    """
    if form is FileForm.HTML:
        redline = rendering.redline(compared.diff, side_by_side=False, only_changes=False)
        page = html_page(
            redline, title=compared.title, old=compared.old, new=compared.new, snapshots=compared.snapshots
        )
        return page.encode("utf-8", "replace")
    old, new = (
        f"{what}: {where}" for what, where in zip((compared.old, compared.new), compared.snapshots, strict=True)
    )
    if form is FileForm.WORD:
        about = (f"From {old}", f"To {new}")
        return word_document(
            compared.diff, title=compared.title, about=about, service=compared.service, moment=compared.moment
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
    return f"{'  ' * (block.level - 1) if block.kind is BlockKind.ITEM else ''}{label}{block.inline.shown()}"
