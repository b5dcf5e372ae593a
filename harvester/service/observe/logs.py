"""The service's log: lines for people or JSON, each with its service and capture, and never a secret.

The standard library's `logging` is what everything logs to; structlog formats it.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO
from urllib.parse import unquote, urlsplit

import structlog
from pydantic import BaseModel, SecretStr

from harvester.settings import Settings

HIDDEN = "***"
_URL_PASSWORD = re.compile(r"(?<=://)([^/\s:@]*):[^/\s@]+@")


@contextmanager
def about(**what: str) -> Iterator[None]:
    """Add `what`, e.g. ``service=...``, to every line logged in this thread during the ``with``."""
    with structlog.contextvars.bound_contextvars(**what):
        yield


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Send the log of this process to `stream` (stderr) as the settings say. Call it once, when a process begins."""
    hide = Redaction(secrets_of(settings))
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        _without_uvicorns_colours,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any]
    if settings.log_format == "json":
        last = [structlog.processors.format_exc_info, hide, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        last = [structlog.processors.format_exc_info, hide, structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for chatty in ("alembic.runtime.plugins", "apscheduler", "urllib3", "apprise"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class Redaction:
    """A structlog processor that replaces every secret by ``***``, anywhere in a line."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # The longest first: a password may be part of the URL that is a secret itself.
        self._secrets = sorted({one for one in secrets if one}, key=len, reverse=True)

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {key: self.hidden(value) for key, value in event.items()}

    def hidden(self, value: Any) -> Any:
        """Return the value without secrets, also inside lists and dicts."""
        if isinstance(value, str):
            for secret in self._secrets:
                value = value.replace(secret, HIDDEN)
            return _URL_PASSWORD.sub(rf"\1:{HIDDEN}@", value)
        if isinstance(value, dict):
            return {key: self.hidden(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.hidden(one) for one in value]
        return value


def _without_uvicorns_colours(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    event.pop("color_message", None)  # the same line again, for a terminal
    return event


def secrets_of(settings: BaseModel) -> set[str]:
    """Return every secret of the settings, and of those that are URLs the password, the path and the query as well."""
    found: set[str] = set()
    for name in type(settings).model_fields:
        _collect(getattr(settings, name), found)
    return {one for one in found if len(one) > 3}


def _collect(value: Any, found: set[str]) -> None:
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
        found.add(secret)
        if "://" in secret:
            parts = urlsplit(secret)
            # Only secrets: a path such as /harvester of a database URL is not one.
            found.update(part for part in (parts.password, parts.query) if part)
            if parts.password:
                found.add(unquote(parts.password))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            _collect(getattr(value, name), found)
    elif isinstance(value, dict):
        for one in value.values():
            _collect(one, found)
    elif isinstance(value, list | tuple):
        for one in value:
            _collect(one, found)
