"""What each error of Save Page Now means for the next try (``status_ext`` is ``error:CODE``)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Remedy(StrEnum):
    """What to do about an error."""

    GIVE_UP = "give up"
    RETRY = "retry"
    WAIT_FOR_ACCOUNT = "wait for the account"


_GIVEN_UP = (
    "bad-request", "blocked", "blocked-url", "cannot-fetch", "filesize-limit", "ftp-access-denied",
    "http-version-not-supported", "invalid-host-resolution", "invalid-url-syntax", "method-not-allowed",
    "network-authentication-required", "no-access", "not-found", "not-implemented", "too-many-redirects",
    "unauthorized",
)  # fmt: skip
_RETRIED = (
    "bad-gateway", "browsing-timeout", "capture-location-error", "celery", "gateway-timeout", "internal-server-error",
    "invalid-server-response", "job-failed", "no-browsers-available", "protocol-error", "proxy-error", "read-timeout",
    "service-unavailable", "soft-time-limit-exceeded", "too-many-requests",
)  # fmt: skip
DAY = timedelta(days=1)
_ACCOUNT = {
    "user-session-limit": timedelta(minutes=5),
    "too-many-daily-captures": DAY,
    "max-daily-bandwidth": DAY,
    "max-daily-bandwidth-from-ip": DAY,
    "max-daily-bandwidth-host": DAY,
    "bandwidth-limit-exceeded": DAY,
    "blocked-client-ip": DAY,
}
"""Limits of the account, of its IP address or of the address's day, and how long each lasts."""

CODES: dict[str, Remedy] = {
    **dict.fromkeys(_GIVEN_UP, Remedy.GIVE_UP),
    **dict.fromkeys(_RETRIED, Remedy.RETRY),
    **dict.fromkeys(_ACCOUNT, Remedy.WAIT_FOR_ACCOUNT),
}


def code_of(status_ext: str) -> str:
    """Return the code of a ``status_ext``: ``error:not-found`` is ``not-found``."""
    return status_ext.removeprefix("error:").strip() or "unknown"


def remedy_of(code: str) -> Remedy:
    """Return what to do about an error; an unknown one is given up, since a wrong request is not worth repeating."""
    return CODES.get(code, Remedy.GIVE_UP)


def delay_of(code: str, tries: int) -> timedelta:
    """Return how long to wait after an error that occurred for the `tries`-th time in a row."""
    return _ACCOUNT.get(code) or min(DAY, timedelta(minutes=10) * 2 ** max(0, tries - 1))
