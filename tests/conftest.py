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

# A browser takes seconds: only the tests that are about it render pages.
os.environ.setdefault("HARVESTER_RENDER", "never")

WITHOUT_SHARED = bool(os.environ.get("HARVESTER_WITHOUT_SHARED"))
"""Whether CI is a public one, which has no ``../shared``."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``../shared`` with what the project is measured with; a user's clone has none."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        assert not os.environ.get("CI") or WITHOUT_SHARED, "../shared must be beside the checkout in CI"
        pytest.skip("../shared (measuring data, not part of the repository) is not beside this checkout")
    return path


SLOW = (
    "archive/limiter/test_politeness.py",
    "archive/dialects/test_pywb.py",
    "archive/test_sampling_histories.py",
    "cleaner/test_conformance.py",
    "cleaner/fuzz/test_costs.py",
    "cleaner/fuzz/test_fuzz.py",
    "cleaner/test_hostile.py",
    "cleaner/markdown/test_markdown_oracle.py",
    "cleaner/pdf/test_pdf.py",
    "cleaner/pdf/test_pdf_costs.py",
    "cleaner/quality/test_quality.py",
    "cleaner/html/test_scripts.py",
    "diffing/test_costs.py",
    "insight/test_blame.py",
    "insight/test_search_oracle.py",
    "store/admin/test_backup.py",
    "store/content/test_contents_at_once.py",
    "store/admin/test_keeping_cli.py",
    "store/ledger/test_limiter_state.py",
    "store/migrations/test_migrations.py",
    "store/ledger/test_tallies.py",
    "store/migrations/test_upgrades.py",
    "test_docs_run.py",
    "test_package.py",
    "test_start_up.py",
)
"""Modules that `make quick` leaves out: each takes seconds, and other modules find most of what it finds."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow modules."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests") and str(item.path.relative_to(ROOT / "tests")) in SLOW:
            item.add_marker("slow")


# What this project's CI machine cannot have; everything else that is skipped is a mistake.
CANNOT_BE_HAD = ("HARVESTER_READABILITY_JS", *(["measuring data"] if WITHOUT_SHARED else []))


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
