"""``harvester replay DIR``: serve a folder of captures as a stand-in web archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harvester.cli.signals import stopped_by_signals
from harvester.plurals import counted


def replay(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder with captures.jsonl, data folder, or WARC files.")
    ],
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = 8091,
    faults: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Faults and limits to imitate; see docs/replay.md.")
    ] = None,
    late: Annotated[bool, typer.Option("--late", help="Include the captures marked late.")] = False,
) -> None:
    """Serve saved captures as a stand-in web archive.

    A Wayback Machine at /, pywb below /pywb. Stops on SIGTERM or Ctrl-C.
    """
    from harvester.replay.archives.opening import open_replayable
    from harvester.replay.faults.faults import load_faults
    from harvester.replay.server import ReplayServer

    server = ReplayServer(
        open_replayable(directory), load_faults(faults) if faults else None, host=host, port=port, late=late
    )
    with stopped_by_signals() as stop, server as base_url:
        urls = server.index.urls()
        captures, pages = counted(len(server.index), "capture"), counted(len(urls), "URL")
        lost = server.index.lost()
        unplayed = f"; {lost} cannot be played, since the pages that they repeat are in no file" if lost else ""
        typer.echo(f"{base_url} serves {captures} of {pages} from {directory}{unplayed}")
        stop.wait()
