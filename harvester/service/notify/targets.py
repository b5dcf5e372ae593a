"""The targets of the settings: found by name, tested, and refused when nothing could be sent to them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from harvester.errors import ConfigurationError, UnknownName
from harvester.service.notify.delivery import receiver_of, send
from harvester.service.notify.messages import Message
from harvester.settings import Settings, TargetSettings, require_http


def target_named(settings: Settings, name: str) -> TargetSettings:
    """Return a target of the settings; raise `UnknownName`."""
    if name not in settings.notify:
        targets = sorted(settings.notify)
        known = f"; known: {', '.join(targets)}" if targets else ", which has none; see docs/notices.md"
        raise UnknownName(f"there is no target {name!r} in harvester.toml{known}")
    return settings.notify[name]


def send_test(settings: Settings, name: str, now: datetime) -> None:
    """Send a test to a target at once; raise `UnknownName`, `NotDelivered` or `ConfigurationError`."""
    send(Message(name, (), test=True), target_named(settings, name), now)


def refuse_unusable(url: str) -> None:
    """Raise `ConfigurationError` when nothing could be sent to an address, which the error does not contain."""
    if urlsplit(url).scheme in ("http", "https"):
        try:
            require_http(url)
        except ValueError:
            raise ConfigurationError("this is no http:// or https:// address") from None
    else:
        receiver_of(url, "this")
