"""The client of Save Page Now, for each answer of the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import Any

import pytest
from pydantic import SecretStr

from harvester.archive.limiter.limiter import Limiter
from harvester.archive.saving.save_page_now import NotTaken, SavePageNow
from harvester.errors import ArchiveUnavailable
from harvester.settings import ArchiveSettings, FetchSettings, SaveSettings
from tests.support.archive_server.clients import EAGER
from tests.support.archive_server.limiter_store import MemoryLimiterStore
from tests.support.archive_server.servers import Reply, Server

KEYS = SaveSettings(access_key=SecretStr("access"), secret_key=SecretStr("secret"))
Saving = Callable[[str], AbstractContextManager[SavePageNow]]


@pytest.fixture
def saving() -> Saving:
    """Make clients of an archive that answers every request with the same JSON."""

    @contextmanager
    def make(answer: str) -> Iterator[SavePageNow]:
        server = Server(lambda asked: Reply(body=answer.encode()))
        with closing(server):
            archive = ArchiveSettings(
                name="test", cdx=f"{server.base}/cdx", playback=f"{server.base}/web", save=f"{server.base}/save"
            )
            limiter = Limiter(archive, MemoryLimiterStore(), limits=EAGER)
            with closing(SavePageNow(archive, KEYS, FetchSettings(timeout=60), limiter)) as client:
                yield client

    return make


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ('{"available": 1, "processing": 5, "daily_captures": 99, "daily_captures_limit": 100}', None),
        ('{"available": 0, "processing": 6, "daily_captures": 99, "daily_captures_limit": 100}', "no free session"),
        ('{"available": 6, "processing": 0, "daily_captures": 100, "daily_captures_limit": 100}', "100 captures of"),
        ('{"processing": 0}', None),
    ],
    ids=["the last session and the last capture", "no session", "no capture", "it does not say"],
)
def test_an_account_is_used_to_its_last_session_and_its_last_capture_of_the_day(
    saving: Saving, answer: str, refusal: str | None
) -> None:
    expected: AbstractContextManager[Any] = (
        nullcontext() if refusal is None else pytest.raises(ArchiveUnavailable, match=refusal)
    )
    with saving(answer) as client, expected:
        client.check_account()


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        ('{"status": "error", "status_ext": "error:not-found", "message": "404."}', "not-found", "404."),
        ('{"status": "error", "status_ext": "error:blocked-url", "message": ""}', "blocked-url", "blocked-url"),
        ('{"status": "error"}', "unknown", "unknown"),
    ],
)
def test_a_refusal_has_the_code_and_the_words_of_the_archive(
    saving: Saving, answer: str, code: str, message: str
) -> None:
    with saving(answer) as client:
        refused = client.outcome("job")
    assert isinstance(refused, NotTaken)
    assert (refused.code, refused.message) == (code, message)
