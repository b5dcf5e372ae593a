"""``harvester clean``: one page into its document, without archive or database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.output import print_bytes
from harvester.errors import ConfigurationError


def clean(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The page as captured; - reads standard input.")],
    url: Annotated[str, typer.Option(metavar="URL", help="Its address when it was captured.")],
    timestamp: Annotated[str, typer.Option(metavar="TIMESTAMP", help="When it was captured: YYYYMMDDhhmmss, UTC.")],
    domain: Annotated[str, typer.Option(metavar="DOMAIN", help="The service named in the header.")],
    content_type: Annotated[str | None, typer.Option(metavar="TYPE", help="Its Content-Type header, if known.")] = None,
    render: Annotated[bool, typer.Option("--render", help="Run its scripts first, in Chromium.")] = False,
    captures: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="With --render: captures, as for `replay`, that answer what the page asks for (default: none).",
        ),
    ] = None,
) -> None:
    """Print the document that the corpus would make of a page."""
    from harvester.cleaner import clean as clean_bytes
    from harvester.cleaner.document import is_pdf
    from harvester.memento import parse_timestamp

    try:
        parse_timestamp(timestamp)
    except ValueError as error:
        raise ConfigurationError(f"--timestamp: {error}") from error
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}") from error
    if captures is not None and not render:
        raise ConfigurationError("--captures answers what a rendered page asks for: give --render too")
    if render and not is_pdf(body, content_type):
        body, content_type = _rendered(body, url, timestamp, content_type, captures), _AS_RENDERED
    document = clean_bytes(
        body,
        url=url,
        timestamp=timestamp,
        domain=domain,
        content_type=content_type,
        scripts_ran=content_type is _AS_RENDERED,
    )
    print_bytes(document.text)


_AS_RENDERED = "text/html; charset=utf-8"


def _rendered(body: bytes, url: str, timestamp: str, content_type: str | None, captures: Path | None) -> bytes:
    from harvester.cleaner.document import snapshot_address
    from harvester.rendering.browser import Browser
    from harvester.rendering.program import browser_program
    from harvester.rendering.rendered import ToRender
    from harvester.replay.parts import parts_from

    answering = parts_from(captures) if captures is not None else lambda url, timestamp: None
    with Browser(browser_program(installation.settings().browser)) as browser:
        page = ToRender(snapshot_address(url, timestamp), body, content_type)
        return browser.render(page, answering).body
