"""The progress and the summary of a run: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from harvester.cli.output import harmless, print_asked
from harvester.plurals import counted

if TYPE_CHECKING:
    from harvester.harvest.backfill import Estimate
    from harvester.harvest.report.progress import Progress
    from harvester.harvest.report.summary import Summary
    from harvester.store.ledger.ledger import Outcome

REASONS_SHOWN = 12


@contextmanager
def plain_or_bar(quiet: bool) -> Iterator[Progress]:
    """Show the progress of a run on stderr, so that stdout holds results only; show nothing when `quiet`."""
    from harvester.harvest.report.progress import Silent

    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield Lines()


class Lines:
    """Print a line for each step that matters in a log."""

    def __init__(self) -> None:
        self._done: Counter[str] = Counter()
        self._lock = threading.Lock()

    def searching(self, service: str, url: str) -> None:
        """Print nothing: the line comes with the answer. See `Progress`."""

    def planned(self, service: str, downloads: int) -> None:
        """Print a line; see `Progress`."""
        most = f"at most {counted(downloads, 'download')}" if downloads else "nothing to download"
        self._say(f"{service}: index read, {most}")

    def settled(self, service: str, outcome: Outcome, reason: str | None, capture: str) -> None:
        """Print a line; see `Progress`."""
        with self._lock:
            self._done[service] += 1
            number = self._done[service]
        if number % 100 == 0:
            self._say(f"{service}: {number} downloads done")

    def finished(self, service: str) -> None:
        """Print a line; see `Progress`."""
        self._say(f"{service}: done, {counted(self._done[service], 'download')}")

    def note(self, service: str, message: str) -> None:
        """Print a line; see `Progress`."""
        self._say(f"{service}: {message}")

    def _say(self, line: str) -> None:
        # One write: services are harvested side by side, and a line end of its own would land behind another's line.
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


class Pieces:
    """Count what workers have done, on stderr: a line for each fiftieth of the whole at most."""

    def __init__(self, what: str) -> None:
        self._what, self._printed = what, 0

    def __call__(self, done: int, of: int) -> None:
        """Print how many pieces are done, when enough more are."""
        if done == of or done - self._printed >= max(1, of // 50):
            print(f"{done} of {of} {self._what} done", file=sys.stderr, flush=True)
            self._printed = done


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    # The bar moves the cursor, which nothing else may do (`output.guard_terminals`).
    terminal = Console(file=sys.__stderr__)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with RichProgress(*columns, console=terminal) as bar:
        yield _Bars(bar)


class _Bars:
    def __init__(self, bar: Any) -> None:
        self._bar = bar
        self._tasks: dict[str, Any] = {}
        self._lock = threading.Lock()

    def searching(self, service: str, url: str) -> None:
        self._bar.update(self._task(service), description=f"{service}: index")

    def planned(self, service: str, downloads: int) -> None:
        self._bar.update(self._task(service), description=service, total=downloads)

    def settled(self, service: str, outcome: Outcome, reason: str | None, capture: str) -> None:
        self._bar.advance(self._task(service))

    def finished(self, service: str) -> None:
        self._bar.update(self._task(service), description=f"{service}: done")

    def note(self, service: str, message: str) -> None:
        self._bar.console.print(harmless(f"{service}: {message}"), markup=False)

    def _task(self, service: str) -> Any:
        with self._lock:
            if service not in self._tasks:
                self._tasks[service] = self._bar.add_task(service, total=None)
            return self._tasks[service]


def print_summary(summary: Summary, as_json: bool) -> None:
    """Print the summary: every capture in exactly one row of outcomes, then the requests and the time."""
    if as_json:
        print(json.dumps(summary.as_dict(), indent=2))
        return
    print(f"{'captures known':<24}{summary.known:>8}")
    for outcome, number in sorted(summary.outcomes.items(), key=lambda item: -item[1]):
        print(f"  {outcome:<22}{number:>8}")
    print(f"{'fetched in this run':<24}{summary.fetched:>8}")
    print(f"{'skipped as unchanged':<24}{summary.adopted:>8}")
    if summary.rendered:
        print(f"{'rendered in this run':<24}{summary.rendered:>8}")
    print(f"{'versions':<24}{summary.versions:>8}   ({summary.new_versions:+} in this run)")
    print(f"{'changes':<24}{summary.changes:>8}   ({summary.new_changes:+} in this run)")
    print(f"{'requests to the index':<24}{summary.requests['cdx']:>8}")
    print(f"{'requests for captures':<24}{summary.requests['playback']:>8}")
    if len(summary.requests_by_archive) > 1:
        for name, made in summary.requests_by_archive.items():
            print(f"  {name}: {made['cdx']} to the index, {made['playback']} for captures")
    print(f"{'time':<24}{summary.seconds:>7.1f}s")
    if summary.reasons:
        print("why captures gave no text:")
        for reason, number in summary.reasons.most_common(REASONS_SHOWN):
            print(f"  {number:>6}  {reason}")
        if (more := len(summary.reasons) - REASONS_SHOWN) > 0:
            print(f"          and {more} more reasons: harvester gaps")
    if summary.missing:
        print("without a capture:")
        for line in summary.missing[:REASONS_SHOWN]:
            print(f"  {line}")
        if (more := len(summary.missing) - REASONS_SHOWN) > 0:
            print(f"  and {more} more: harvester gaps")
    if summary.found_nothing:
        print("no version was found: harvester gaps lists the outcome of every capture")
    if summary.stopped:
        print(f"stopped early: {summary.stopped}")


def print_next_steps(service: str, summary: Summary) -> None:
    """Print what to type after the first harvest of a service."""
    if not summary.versions:
        print(f"no version yet; see why: harvester gaps {service}")
        return
    steps = {
        f"harvester changes {service}": "what changed, newest first",
        f"harvester diff {service}": "the last change as a redline",
        "harvester up": "the same in the browser, kept up to date",
    }
    width = max(map(len, steps))
    for number, (command, meaning) in enumerate(steps.items()):
        print(f"{'      ' if number else 'next: '}{command:<{width}}   {meaning}")


def print_plan(estimate: Estimate, as_json: bool) -> None:
    """Print how many requests a backfill will need."""
    if as_json:
        print(json.dumps(_estimate_dict(estimate), indent=2))
        return
    for service, downloads in estimate.downloads_by_service.items():
        print(f"{service:<32}{downloads:>8} requests for captures")
    print(f"{'captures known':<32}{estimate.known:>8}")
    print(f"{'captures wanted':<32}{estimate.chosen:>8}")
    print(f"{'requests to the index':<32}{estimate.searches:>8}")
    if estimate.least != estimate.downloads:
        print(f"{'requests for captures':<32}{estimate.least:>8} at least")
    print(f"{'requests for captures':<32}{estimate.downloads:>8} at most, plus retries")
    print_asked(estimate.archives)
    if estimate.to_render:
        print(f"{'stored pages to render':<32}{estimate.to_render:>8}")
    if estimate.of_pages:
        print(f"{'requests made by pages':<32}{estimate.of_pages:>8} at most, for their scripts and notices")
    print(f"{'time at the limits':<32}{_duration(estimate.seconds):>8}")


def _estimate_dict(estimate: Estimate) -> dict[str, Any]:
    return {
        "services": estimate.services,
        "captures_known": estimate.known,
        "captures_chosen": estimate.chosen,
        "index_requests": estimate.searches,
        "capture_requests": estimate.downloads,
        "capture_requests_at_least": estimate.least,
        "seconds": round(estimate.seconds, 1),
        "pages_to_render": estimate.to_render,
        "page_requests": estimate.of_pages,
        "by_service": estimate.downloads_by_service,
        "archives": estimate.archives,
    }


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
