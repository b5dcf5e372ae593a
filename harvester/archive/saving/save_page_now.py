"""The client of Save Page Now: two states to ask before, one request to save, one job to ask about.

The keys travel in a header of these requests only, over HTTPS or to this machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import requests

from harvester.archive.limiter.limiter import Limiter
from harvester.archive.limiter.rules import Endpoint
from harvester.archive.saving.codes import DAY, code_of
from harvester.archive.saving.saving_archive import MISSING_KEYS
from harvester.archive.transport import Answer, Transport, new_session
from harvester.errors import ArchiveUnavailable, ConfigurationError, TransientFailure
from harvester.memento import parse_exact_timestamp
from harvester.settings import LOOPBACK, ArchiveSettings, FetchSettings, SaveSettings

SESSION_WAIT = timedelta(minutes=5)
OVERLOAD_WAIT = timedelta(minutes=30)
_JSON = {"Accept": "application/json"}
KEPT = ("url", "job_id", "timestamp", "original_url", "http_status", "duration_sec", "status_ext", "message")
"""What is kept of an answer; lists of the page's resources are not."""


@dataclass(frozen=True, slots=True)
class Requested:
    """The archive runs a job for the address."""

    job_id: str
    message: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The archive has a capture of the address, of an instant."""

    captured_at: datetime
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recent:
    """The archive has a capture that is recent enough, and took none."""

    message: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The archive took no capture, for a reason of `codes`."""

    code: str
    message: str
    answer: dict[str, Any]


class SavePageNow:
    """Asks one archive to take captures. Raises `ConfigurationError` without keys, or if they would travel openly."""

    def __init__(
        self,
        archive: ArchiveSettings,
        keys: SaveSettings,
        settings: FetchSettings,
        limiter: Limiter,
        session: requests.Session | None = None,
    ) -> None:
        if keys.access_key is None or keys.secret_key is None:
            raise ConfigurationError(MISSING_KEYS)
        parts = urlsplit(archive.save)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise ConfigurationError(
                f"{archive.save} is not https://, and the keys would travel openly; correct `save`"
            )
        self.limiter = limiter
        self._base = archive.save.rstrip("/")
        self._authorization = f"LOW {keys.access_key.get_secret_value()}:{keys.secret_key.get_secret_value()}"
        self._session = session or new_session(settings)
        # Not as a header of each request: the user's .netrc would replace that.
        self._session.auth = self._signed
        self._transport = Transport(settings, limiter, self._session)

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def check_system(self) -> None:
        """Raise `ArchiveUnavailable` while the archive says that it is overloaded, or does not answer."""
        answer = self._transport.once("playback", f"{self._base}/status/system", None, _JSON)
        found = _json(answer)
        if answer.status >= 500 or found.get("status") != "ok":
            said = str(found.get("status") or f"answer {answer.status}")[:200]
            raise _not_now(f"Save Page Now is overloaded or down ({said})", OVERLOAD_WAIT)

    def check_account(self) -> None:
        """Raise `ArchiveUnavailable` while the account has no free session or has used up its day."""
        found = self._answer("playback", f"{self._base}/status/user")
        used, limit = found.get("daily_captures"), found.get("daily_captures_limit")
        if isinstance(used, int) and isinstance(limit, int) and used >= limit:
            raise _not_now(f"the account has made its {limit} captures of the day", DAY)
        available = found.get("available")
        if isinstance(available, int) and available <= 0:
            raise _not_now("the account has no free session", SESSION_WAIT)

    def request(self, url: str, within: timedelta) -> Requested | Recent | NotTaken:
        """Ask for a capture of an address unless there is one that is younger than `within`."""
        form = {
            "url": url,
            "if_not_archived_within": str(int(within.total_seconds())),
            "force_get": "1",
            "skip_first_archive": "1",
            "delay_wb_availability": "1",
        }
        found = self._answer("save", self._base, form)
        message = str(found.get("message") or "")
        if found.get("status") == "error" or found.get("status_ext"):
            return _refused(found)
        if found.get("job_id"):
            return Requested(str(found["job_id"]), message)
        if message:
            return Recent(message)
        raise TransientFailure(
            f"{url}: Save Page Now answered neither with a job nor with an error; it will be retried"
        )

    def outcome(self, job_id: str) -> Taken | NotTaken | None:
        """Return what a job has come to, None while it runs."""
        found = self._answer("playback", f"{self._base}/status/{quote(job_id, safe='')}")
        if found.get("status") == "success":
            try:
                return Taken(parse_exact_timestamp(str(found.get("timestamp"))), _kept(found))
            except ValueError as error:
                raise TransientFailure(f"job {job_id}: a success without a timestamp; it will be retried") from error
        return _refused(found) if found.get("status") == "error" else None

    def _signed(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._authorization
        return request

    def _answer(self, endpoint: Endpoint, url: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        answer = self._transport.once(endpoint, url, form, _JSON)
        if answer.status in (401, 403):
            raise ConfigurationError(
                f"{url}: the archive refuses the keys ({answer.status}); check HARVESTER_SAVE__ACCESS_KEY and "
                "HARVESTER_SAVE__SECRET_KEY"
            )
        if answer.status == 429:
            raise _not_now("Save Page Now asked to slow down (429)", SESSION_WAIT)
        found = _json(answer)
        if answer.status >= 500 or not found:
            raise TransientFailure(f"{url}: answer {answer.status} without JSON of Save Page Now; it will be retried")
        return found


def _not_now(why: str, wait: timedelta) -> ArchiveUnavailable:
    return ArchiveUnavailable(f"{why}; nothing is requested for {wait}", wait.total_seconds())


def _json(answer: Answer) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _refused(found: dict[str, Any]) -> NotTaken:
    code = code_of(str(found.get("status_ext") or ""))
    return NotTaken(code, str(found.get("message") or code)[:500], _kept(found))


def _kept(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in KEPT if found.get(name) is not None}
