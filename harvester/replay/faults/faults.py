"""Faults on purpose: how `harvester replay --faults FILE` makes its archive as harsh as the real one.

Whether a request is hit depends only on the seed, its path and how often it was made before, and a path meets passing
faults at most `most` times: what is asked again comes in the end. Lasting faults depend on the path alone.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from harvester.memento import digest_of
from harvester.replay.archives.replayable import ReplayCapture
from harvester.replay.faults.behaviours import ACTS, Delivery, Request, Site, applies
from harvester.replay.faults.file import Fault, FaultFile, read_faults
from harvester.replay.faults.limits import ReplayLimiter, too_many
from harvester.replay.index import BadQuery


def load_faults(file: Path) -> Faults:
    """Read the faults of a TOML or JSON file; `ConfigurationError` names what is not understood."""
    return Faults(read_faults(file))


class Faults:
    """The faults of one server, with what they remember: tries of each path, windows of the limits, pauses."""

    def __init__(self, file: FaultFile | None = None) -> None:
        self.file = file or FaultFile()
        self._lock = threading.Lock()
        self._made: Counter[str] = Counter()
        self._hit: Counter[str] = Counter()
        self._limiter = ReplayLimiter(self.file.limits)

    def captures(self, captures: Iterable[ReplayCapture]) -> Iterator[ReplayCapture]:
        """Yield the rows as the index shows them: some with another digest than their body's."""
        wrong = [(place, fault) for place, fault in enumerate(self.file.fault) if fault.kind == "wrong-digest"]
        for capture in captures:
            name = f"{capture.timestamp}id_/{capture.url}"
            if any(re.search(f.match, name) and self._draw(place, capture.digest) < f.share for place, f in wrong):
                capture = replace(capture, digest=digest_of(capture.digest.encode()))
            yield capture

    def refuse_for(self, now: float) -> float:
        """Return the seconds for which connections are refused from `now` on (monotonic), 0 for none."""
        with self._lock:
            return self._limiter.take_refusal(now)

    def deliver(self, request: Request, site: Site) -> Delivery:
        """Answer a request, with the faults that apply to it."""
        with self._lock:
            pause = self._limiter.pause_for(request)
            tried = self._made[request.path]
            self._made[request.path] += 1
            fault = None
            if pause is None and request.endpoint != "other":
                fault = self._fault_for(request, tried)
            if fault is not None and not fault.lasting:
                self._hit[request.path] += 1
        if pause is not None:
            return Delivery(too_many(pause if self.file.limits.say_retry_after else None), "limit")
        if fault is None:
            return Delivery(site.answer(request))
        try:
            delivery = ACTS[fault.kind](fault, request, site)
        except BadQuery:
            return Delivery(site.answer(request))
        delivery.fault = fault.kind
        return delivery

    def _fault_for(self, request: Request, tried: int) -> Fault | None:
        spent = self._hit[request.path] >= self.file.most
        for place, fault in enumerate(self.file.fault):
            if fault.kind == "wrong-digest" or fault.on not in ("any", request.endpoint):
                continue
            if (
                request.endpoint == "other"
                or (spent and not fault.lasting)
                or not re.search(fault.match, request.target)
            ):
                continue
            subject = request.target if fault.lasting else f"{tried} {request.path}"
            if self._draw(place, subject) < fault.share and applies(fault, request):
                return fault
        return None

    def _draw(self, place: int, subject: str) -> float:
        """Return a number in [0, 1) that depends only on the seed, the place of the fault in its file, and the
        subject.
        """
        digest = hashlib.sha256(f"{self.file.seed} {place} {subject}".encode()).digest()
        return int.from_bytes(digest[:7], "big") / 2**56
