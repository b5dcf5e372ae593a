"""``harvester clean``: one page into its document, without archive or database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from harvester.cli.output import print_bytes
from harvester.errors import ConfigurationError


def clean(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The page as captured; - reads standard input.")],
    url: Annotated[str, typer.Option(metavar="URL", help="Its address when it was captured.")],
    timestamp: Annotated[str, typer.Option(metavar="TIMESTAMP", help="When it was captured: YYYYMMDDhhmmss, UTC.")],
    domain: Annotated[str, typer.Option(metavar="DOMAIN", help="The service named in the header.")],
    content_type: Annotated[str | None, typer.Option(metavar="TYPE", help="Its Content-Type header, if known.")] = None,
) -> None:
    """Print the document that the corpus would make of a page."""
    from harvester.cleaner import clean as clean_bytes
    from harvester.memento import parse_timestamp

    try:
        parse_timestamp(timestamp)
    except ValueError as error:
        raise ConfigurationError(f"--timestamp: {error}") from error
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}") from error
    document = clean_bytes(body, url=url, timestamp=timestamp, domain=domain, content_type=content_type)
    print_bytes(document.text)
