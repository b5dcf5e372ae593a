"""Deliver a message: as a signed JSON webhook, or by Apprise to mail, chat and the rest.

Errors never contain the target's address, which holds its secrets.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from harvester.errors import ConfigurationError, HarvesterError
from harvester.service.notify.messages import Message
from harvester.settings import TargetSettings

if TYPE_CHECKING:
    import apprise

SIGNATURE = "X-Harvester-Signature"
TIMEOUT_SECONDS = (10.0, 20.0)
"""To connect, and between two bytes of the answer."""


class NotDelivered(HarvesterError):
    """A receiver did not accept a notice; it stays pending and is sent again later."""


def send(message: Message, target: TargetSettings, now: datetime) -> None:
    """Send a message once; raise `NotDelivered`, or `ConfigurationError` when the target cannot be used at all."""
    if urlsplit(target.url.get_secret_value()).scheme in ("http", "https"):
        _post(message, target, now)
    else:
        _notify(message, target)


def signature(secret: str, body: bytes, timestamp: int) -> str:
    """Return the value of the header `X-Harvester-Signature`: ``t=SECONDS,v1=HEX``.

    HEX is the HMAC-SHA256, with the target's secret, of the seconds since 1970, a full stop and the body. A receiver
    recomputes it and refuses what is more than some minutes old, so that a message cannot be played again.
    """
    mac = hmac.new(secret.encode(), str(timestamp).encode() + b"." + body, hashlib.sha256)
    return f"t={timestamp},v1={mac.hexdigest()}"


def _post(message: Message, target: TargetSettings, now: datetime) -> None:
    import requests  # `status` reads the outbox, and need not wait for an HTTP client

    body = json.dumps(message.as_dict(), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": message.key, "User-Agent": "harvester"}
    if target.secret is not None:
        headers[SIGNATURE] = signature(target.secret.get_secret_value(), body, int(now.timestamp()))
    url = target.url.get_secret_value()
    try:
        # No redirect is followed: the signed body goes to the address that was configured and to no other.
        answer = requests.post(
            url, data=body, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False, stream=True
        )
        answer.close()
    except requests.RequestException as error:
        raise NotDelivered(f"the webhook {message.target} did not answer ({type(error).__name__})") from None
    if not 200 <= answer.status_code < 300:
        raise NotDelivered(f"the webhook {message.target} answered {answer.status_code}")


def _notify(message: Message, target: TargetSettings) -> None:
    receiver = receiver_of(target.url.get_secret_value(), f"the target {message.target}")
    with _without_warnings():
        if not receiver.notify(title=message.title, body=message.text, body_format="text"):
            raise NotDelivered(f"the target {message.target} did not accept the message")


def receiver_of(url: str, called: str) -> apprise.Apprise:
    """Return what sends to an address of Apprise; raise `ConfigurationError`, about what it is `called`."""
    try:
        import apprise
    except ImportError as error:
        raise ConfigurationError(f"{called} needs Apprise: pip install 'harvester[notify]'") from error
    # Apprise's own log names addresses, and with them passwords.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    with _without_warnings():
        receiver = apprise.Apprise()
        if not receiver.add(url):
            raise ConfigurationError(f"{called} is not an address that Apprise understands")
    return receiver


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Skip the warnings of Apprise's plugins, which it imports at the first address; they are not ours to mend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
