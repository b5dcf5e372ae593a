"""Fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.paths import ROOT

pytest_plugins = [
    "tests.support.archive_server.fixtures",
    "tests.support.pywb_server",
    "tests.support.store.databases",
    "tests.support.store.sample_store",
]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``../shared`` with what the project is measured with; a user's clone has none."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        assert not os.environ.get("CI"), "../shared must be beside the checkout in CI"
        pytest.skip("../shared (measuring data, not part of the repository) is not beside this checkout")
    return path


# What this project's CI machine cannot have; everything else that is skipped is a mistake.
CANNOT_BE_HAD = ("HARVESTER_READABILITY_JS",)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a test that was skipped although the machine could run it fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None:
        return
    skipped = [str(report.longrepr) for report in reporter.stats.get("skipped", [])]
    avoidable = [reason for reason in skipped if not any(allowed in reason for allowed in CANNOT_BE_HAD)]
    if avoidable:
        reporter.write_line(f"skipped in CI, which may not be: {avoidable}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
