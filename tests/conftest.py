"""Fixtures that all tests share."""

from __future__ import annotations

import functools
import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from typer.main import get_command

from tests.support.paths import ROOT
from tests.support.store import new_files, statements

pytest_plugins = [
    "tests.support.store.small_disk",
    "tests.support.archive_server.fixtures",
    "tests.support.pywb_server",
    "tests.support.store.databases",
    "tests.support.store.sample_store",
]

# Nothing of what is imported and collected is garbage; looking for some took a third of that time.
gc.disable()

# Typer makes its tree of all commands again at each call, which takes longer than most commands.
pytest.MonkeyPatch().setattr("typer.main.get_command", functools.cache(get_command))

# The migrations of a new store take longer than most tests; tests.store.migrations calls them itself.
pytest.MonkeyPatch().setattr("harvester.store.database.upgrade", new_files.upgrade)

statements.compiled_once()

# How long an example takes, by the wall, says how busy the machine is.
settings.register_profile("harvester", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("harvester")

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
    "diffing/costs/test_costs.py",
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


LONG = (
    "harvest/test_changes.py",
    "harvest/reclean/test_reclean.py",
    "harvest/killed/test_killed.py",
    "harvest/archives/test_spellings.py",
    "harvest/report/test_bad_input.py",
    "harvest/imports/test_import_warc.py",
    "cli/test_backfill.py",
    "bench/test_signal.py",
    "web/pages/test_journeys.py",
    "exporting/test_warc.py",
    "rendering/test_rendering.py",
    "web/desk/test_journeys_at_the_desk.py",
    "exporting/test_killed_exports.py",
    "exporting/test_exported_again.py",
    "web/test_static_site.py",
    "cleaner/fuzz/test_costs.py",
    "cleaner/test_hostile.py",
    "web/api/test_fuzzed.py",
    "test_docs.py",
    "importing/test_killed_imports.py",
    "cli/test_signals.py",
    "cli/test_first_answer.py",
    "cli/test_hostile.py",
    "test_docs_run.py",
    "harvest/steps/test_discover.py",
    "test_start_up.py",
    "service/workers/test_workers.py",
    "bench/test_scale.py",
    "harvest/steps/test_reusing.py",
    "service/schedule/test_run_now.py",
    "insight/test_search_oracle.py",
    "harvest/killed/test_late.py",
    "service/notify/test_notices.py",
    "store/admin/test_backup.py",
    "store/migrations/test_upgrades.py",
)
"""Modules that are begun first, the longest foremost: none of them is left for one process at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = ROOT / "tests"
    paths = {one.path for one in items}
    names = {one: one.relative_to(tests).as_posix() for one in paths if one.is_relative_to(tests)}
    modules = {one: names[one.path] for one in items if one.path in names}
    for item, module in modules.items():
        if module in SLOW:
            item.add_marker("slow")
    places = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(modules.get(item, ""), len(LONG)))


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: Python's collector, which took a tenth of the time, leaves them alone."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the failure of each test that CI ran once more: a fault of the test or of the program, to be found."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"run once more: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


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
