"""Save Page Now of a replayed archive: jobs, their states, and the captures that they take.

After the public description of Save Page Now 2 (July 2026): errors come as a 200 without a job, a second request within
the hour gets the first one's job, anonymous requests are refused. The page saved is the newest that the archive has,
late rows included.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from harvester.memento import surt, timestamp_of
from harvester.replay.archives.replayable import ReplayCapture
from harvester.replay.playback import ReplayAnswer, instant

_PENDING = 1
"""How often the state of a job is asked for before it ends."""
_KEPT = 3600.0


@dataclass(slots=True)
class _Job:
    url: str
    began: float
    asked: int = 0
    taken: ReplayCapture | None = None


class SaveJobs:
    """The jobs of one server. `captures` are all rows of its archive; `taken` has the captures that jobs took."""

    def __init__(self, captures: Callable[[], Iterable[ReplayCapture]], refresh: Callable[[], None]) -> None:
        self._captures, self._refresh = captures, refresh
        self._jobs: dict[str, _Job] = {}
        self._lock = threading.Lock()
        self.taken: list[ReplayCapture] = []

    def request(self, form: str, signed: bool) -> ReplayAnswer:
        """Answer a request to save a URL."""
        if not signed:
            return _json({"message": "You need to be logged in to use Save Page Now."}, 401)
        fields = {name: values[-1] for name, values in parse_qs(form).items()}
        url = fields.get("url", "")
        if not url.startswith(("http://", "https://")):
            return save_error("invalid-url-syntax")
        job_id = "spn2-" + hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()
        with self._lock:
            known = self._jobs.get(job_id)
            if known is not None and time.monotonic() < known.began + _KEPT:
                return _json({"url": url, "job_id": job_id, "message": _same(known.began)})
            newest = self._newest(url)
            if newest is None:
                return save_error("not-found")
            within = fields.get("if_not_archived_within", "")
            age = datetime.now(UTC) - instant(newest.timestamp)
            if within.isdigit() and not newest.late and age.total_seconds() < int(within):
                return _json({"url": url, "message": f"The same snapshot had been made {age} ago."})
            self._jobs[job_id] = _Job(url, time.monotonic())
        return _json({"url": url, "job_id": job_id})

    def state(self, of: str) -> ReplayAnswer:
        """Answer a question for the state of the system, of the account, or of a job."""
        if of == "system":
            return _json({"status": "ok"})
        if of == "user":
            day = {"daily_captures": len(self.taken), "daily_captures_limit": 30_000}
            return _json({"processing": 0, "available": 3, **day})
        with self._lock:
            job = self._jobs.get(of)
            if job is None:
                return save_error("job-failed")
            job.asked += 1
            if job.asked <= _PENDING:
                return _json({"status": "pending", "job_id": of, "resources": []})
            if job.taken is None:
                job.taken = self._take(job.url)
                self._refresh()
            taken = job.taken
        facts = {"timestamp": taken.timestamp, "original_url": job.url, "http_status": taken.answered}
        return _json({"status": "success", "job_id": of, **facts, "duration_sec": 0.1, "resources": [job.url]})

    def _take(self, url: str) -> ReplayCapture:
        newest = self._newest(url)
        assert newest is not None
        taken = replace(newest, url=url, timestamp=timestamp_of(datetime.now(UTC)), late=False)
        self.taken.append(taken)
        return taken

    def _newest(self, url: str) -> ReplayCapture | None:
        key = surt(url)
        rows = (one for one in (*self._captures(), *self.taken) if surt(one.url) == key)
        return max(rows, key=lambda one: one.timestamp, default=None)


def save_error(code: str) -> ReplayAnswer:
    """Return an error of Save Page Now: a 200 without a job."""
    return _json({"status": "error", "status_ext": f"error:{code}", "message": f"Cannot save: {code}."})


def save_busy(mode: str) -> ReplayAnswer:
    """Return the state of an archive that is overloaded, or of an account without sessions or captures of the day."""
    if mode == "system":
        return _json({"status": "Save Page Now servers are temporarily overloaded."})
    if mode == "daily":
        return _json({"processing": 0, "available": 3, "daily_captures": 200, "daily_captures_limit": 200})
    return _json({"processing": 3, "available": 0, "daily_captures": 1, "daily_captures_limit": 30_000})


def _same(began: float) -> str:
    minutes = int((time.monotonic() - began) // 60)
    return f"The same snapshot had been made {minutes} minutes ago. You can make new capture of this URL after 1 hour."


def _json(found: dict[str, Any], status: int = 200) -> ReplayAnswer:
    return ReplayAnswer(status, json.dumps(found).encode(), [("Content-Type", "application/json")])
