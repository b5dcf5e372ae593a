"""Answer what a rendered page asks for from an archive on disk."""

from __future__ import annotations

from pathlib import Path

from harvester.rendering.rendered import Answering, PartAnswer
from harvester.replay.archives.opening import open_replayable
from harvester.replay.index import Index
from harvester.replay.playback import choose, target_of

_MOST_REDIRECTS = 10


def parts_from(path: Path) -> Answering:
    """Return a function that answers with the capture nearest in time of the archive at `path`, whatever replays it."""
    archive = open_replayable(path)
    index = Index(archive.captures())

    def answer(url: str, timestamp: str) -> PartAnswer | None:
        for _ in range(_MOST_REDIRECTS):
            capture = choose(index.of(url), url, timestamp)
            if capture is None or capture.lost:
                return None
            target = target_of(capture)
            if target is None:
                kind = capture.header("Content-Type") or capture.mimetype
                return PartAnswer(archive.body(capture), kind, capture.answered)
            url, timestamp = target, capture.timestamp
        return None

    return answer
