"""The log: each line with its service and capture, and no secret in any."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from harvester.service.observe import logs
from harvester.service.observe.reporting import Logged
from harvester.settings import Settings
from harvester.store.ledger.ledger import Outcome

SETTINGS = {
    "database_url": "postgresql://me:pass%20word@db.example/harvester",
    "broker_url": "redis://:br0ker-secret@redis.example/1",
    "web": {"token": "the-token-of-the-api"},
    "notify": {"team": {"url": "mailto://me:mail-secret@mail.example?to=them", "secret": "signing-secret"}},
}
SECRETS = ("pass%20word", "pass word", "br0ker-secret", "the-token-of-the-api", "mail-secret", "signing-secret")


@pytest.fixture(autouse=True)
def root_as_it_was() -> Iterator[None]:
    """The root logger is put back after each test."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def logged(log_format: str) -> io.StringIO:
    stream = io.StringIO()
    logs.configure(Settings.model_validate({**SETTINGS, "log_format": log_format}), stream)
    return stream


def test_each_json_line_has_its_service_and_capture() -> None:
    stream = logged("json")
    Logged().settled("a.example", Outcome.UNPLAYABLE, "404", "20200101000000/http://a.example/privacy")
    with logs.about(service="b.example"):
        logging.getLogger("harvester.anything").warning("%d things", 3)
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (first["service"], first["capture"]) == ("a.example", "20200101000000/http://a.example/privacy")
    assert (first["event"], first["level"]) == ("unplayable (404)", "info")
    assert (second["service"], second["event"], second["level"]) == ("b.example", "3 things", "warning")
    assert first["timestamp"].endswith("Z")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_line_is_told_once_and_what_libraries_set_up_is_not_told(log_format: str) -> None:
    stream = logged(log_format)
    logging.getLogger("alembic.runtime.plugins").info("setup plugin alembic.autogenerate.tables")
    logging.getLogger("uvicorn.error").info("Started", extra={"color_message": "\x1b[36mStarted\x1b[0m"})
    (line,) = stream.getvalue().splitlines()
    assert "Started" in line
    assert "color_message" not in line


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_secret_is_logged_wherever_it_stands(log_format: str) -> None:
    stream = logged(log_format)
    log = logging.getLogger("harvester.test")
    for secret in SECRETS:
        log.info("connecting with %s", secret, extra={"detail": {"nested": [f"x{secret}y"]}})
        try:
            raise ValueError(f"refused: {secret}")
        except ValueError:
            log.exception("it failed")
    log.info("a URL of somebody else: https://user:unknown-password@h.example/x")
    text = stream.getvalue()
    assert [secret for secret in (*SECRETS, "unknown-password") if secret in text] == []
    assert text.count("***") >= 3 * len(SECRETS)
    assert "ValueError" in text


def test_text_lines_are_read_by_people() -> None:
    stream = logged("text")
    Logged().note("a.example", "the site is excluded")
    line = stream.getvalue()
    assert "the site is excluded" in line
    assert "service=a.example" in line
    assert "\x1b" not in line
