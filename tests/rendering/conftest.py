"""One browser for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harvester.rendering.browser import Browser
from harvester.rendering.program import browser_program
from harvester.rendering.rendered import VisitLimits


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that gives a page little of its own clock and memory, and time enough on a busy machine."""
    pytest.importorskip("playwright")
    with Browser(browser_program(), VisitLimits(page_seconds=10, memory_bytes=400 << 20)) as started:
        yield started
