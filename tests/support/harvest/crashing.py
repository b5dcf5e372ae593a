"""Pages that end the process that reads them, as an error in a library of C would.

What works apart imports little but what it calls: a test's module would have its worker import pytest and the store.
"""

from __future__ import annotations

import os

from harvester.archive.discovery import HomePage, read_home_page
from harvester.harvest.steps.capture_page import CapturePage
from harvester.harvest.steps.clean_page import Acceptance, Cleaned, NoText, clean_page


def clean_or_crash(page: CapturePage, acceptance: Acceptance) -> Cleaned | NoText:
    """Do as `clean_page`; a page that says so ends the process or takes all memory."""
    if b"crash" in page.body:
        os.abort()
    if b"memory" in page.body:
        raise MemoryError
    return clean_page(page, acceptance)


def read_or_crash(body: bytes, url: str, type_: str) -> HomePage:
    """Do as `read_home_page`; a page that says so ends the process."""
    if b"crash" in body:
        os.abort()
    return read_home_page(body, url, type_)
