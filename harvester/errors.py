"""Every error a user of harvester can meet.

One base, one branch per remedy, one class per thing a caller would do differently::

    HarvesterError
    ├── ConfigurationError        mend a file, a setting or an argument        (exit 2)
    ├── UnknownName               ask for something that is there              (exit 2)
    ├── CleaningError             the page gives no text: an outcome
    │   └── RenderingError        a browser gives no page after its scripts
    ├── StoreError                the database or the disk said no             (exit 3)
    │   ├── StoreAway             the database does not answer: try later
    │   ├── StoreUpgraded         a newer release has upgraded the store under this process: start it again
    │   └── CorruptStore          stored bytes are not what was stored         (exit 1)
    ├── BrokerUnavailable         the workers' broker does not answer          (exit 3)
    └── ArchiveError              what the web archive answered
        ├── ArchiveUnavailable    the archive, not the capture: try later      (exit 3)
        ├── BudgetSpent           the request budget is used up: resume later
        ├── Stopped               this run was asked to stop
        ├── SiteExcluded          the archive does not show this site
        ├── TransientFailure      this capture, this time: it is due again
        │   ├── TooSlow           it took longer than the limit
        │   └── EndlessIndex      the index of a source does not end
        └── CaptureRefused        this capture cannot be fetched: an outcome
            ├── Unplayable        listed in the index, not to be had
            ├── RedirectedAway    its redirect leaves the window, the archive, or goes in a circle
            └── TooLarge          its body passes the limit

The text of an error says what was tried, on what, and what to do.
"""

from __future__ import annotations


class HarvesterError(Exception):
    """Base of all errors that harvester raises on purpose; the command line prints it as one line."""

    exit_code = 3


class ConfigurationError(HarvesterError):
    """A setting, a catalogue entry or an argument cannot be used; the text names file, line and reason."""

    exit_code = 2


class UnknownName(HarvesterError):
    """No service, version or archive has the requested name; the message lists the known ones."""

    exit_code = 2


class CleaningError(HarvesterError):
    """A page from which no document can be made.

    `reason` is a slug for the ledger: ``empty``, ``not-text``, ``no-article``, ``nothing-selected``,
    ``too-complex``, ``too-costly``, ``encrypted-pdf``, ``broken-pdf`` or ``image-pdf``.
    """

    exit_code = 1

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class RenderingError(CleaningError):
    """A page that a browser could not render.

    `reason`: ``never-rests``, ``hangs``, ``crashed``, ``too-much-memory``, ``sends-on``, ``leaves``,
    ``downloads``, ``no-capture`` or ``failed``.
    """


class StoreError(HarvesterError):
    """The database or the disk failed; nothing of the current write was kept."""


class StoreAway(StoreError):
    """The database, or the Redis that keeps the limiter, does not answer; servers and workers wait for it."""


class StoreUpgraded(StoreError):
    """A newer release has upgraded the store while this process ran, which therefore writes nothing more."""


class CorruptStore(StoreError):
    """Stored bytes differ from what was stored; `harvester verify` names each."""

    exit_code = 1


class BrokerUnavailable(HarvesterError):
    """The broker of the workers does not answer; queued tasks stay there."""


class ArchiveError(HarvesterError):
    """Something a web archive answered, or failed to."""


class ArchiveUnavailable(ArchiveError):
    """The archive as a whole does not serve (no network, refused connections, a pause, an open breaker).

    Nothing is charged to a capture. `retry_at_seconds` is how long to wait at least, when that is known.
    """

    def __init__(self, message: str, retry_at_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_at_seconds = retry_at_seconds


class BudgetSpent(ArchiveError):
    """The number of requests that the user allowed has been made."""

    exit_code = 0


class Stopped(ArchiveError):
    """The run was interrupted (SIGTERM, Ctrl-C)."""

    exit_code = 130


class SiteExcluded(ArchiveError):
    """The archive does not show this site (owner's wish or robots.txt); requested again monthly."""


class TransientFailure(ArchiveError):
    """The archive failed for this request (5xx, reset, truncated body); the capture will be retried."""


class TooSlow(TransientFailure):
    """A response took longer than the wall-clock limit; often it works minutes later."""


class EndlessIndex(TransientFailure):
    """The index of a source passed a bound of a search; the rows it gave are kept, and it is asked again monthly."""


class CaptureRefused(ArchiveError):
    """This capture will not be had from this archive; `outcome` is its ledger outcome."""

    outcome = "failed"


class Unplayable(CaptureRefused):
    """The index lists the capture, and playback answers 404: remembered, with an expiry."""

    outcome = "unplayable"


class RedirectedAway(CaptureRefused):
    """The redirect of a capture leaves the accepted window or the archive, or goes in a circle."""

    outcome = "redirected-away"


class TooLarge(CaptureRefused):
    """The body of a capture passes the size limit; refused while streaming."""

    outcome = "too-large"


NOT_UTF8 = "is not UTF-8 text; save it as UTF-8"
"""Said of files that people write: spreadsheets and old editors save other encodings."""
