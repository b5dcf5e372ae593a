"""What `changes` finds and costs on real histories, as bench/sampling.py measures it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT

STRATEGIES = [
    "all", "halving 60d", "halving 14d", "changes 45d", "changes 60d", "changes 90d", "changes 60d, resolution 1d",
]  # fmt: skip


@pytest.fixture(scope="module")
def measured(shared: Path) -> Any:
    histories, bench = str(shared / "archive" / "histories.json.gz"), str(ROOT / "bench" / "sampling.py")
    command = [sys.executable, bench, "--json", "--shifted", "3", "--histories", histories]
    return json.loads(subprocess.run([*command, *STRATEGIES], check=True, capture_output=True, text=True).stdout)


def test_the_measure_is_that_of_the_issue(measured: Any) -> None:
    assert (measured["all"]["changes"], measured["all"]["found"]) == (220, 220)
    wide, narrow = measured["halving 60d"], measured["halving 14d"]
    assert (round(wide["share_found"], 3), round(wide["share_requested"], 4)) == (0.936, 0.0279)
    assert (round(narrow["share_found"], 3), round(narrow["share_requested"], 4)) == (0.991, 0.0480)


@pytest.mark.parametrize("gap", [45, 60, 90])
def test_98_of_100_changes_are_found_for_at_most_3_5_percent_of_the_requests(measured: Any, gap: int) -> None:
    outcome = measured[f"changes {gap}d"]
    assert outcome["share_found"] >= 0.98
    assert outcome["share_requested"] <= 0.035
    assert outcome["dated"] == outcome["found"]


@pytest.mark.parametrize("gap", [45, 60, 90])
def test_so_they_are_in_histories_that_begin_and_end_elsewhere_or_run_backwards(measured: Any, gap: int) -> None:
    outcome = measured[f"changes {gap}d"]["shifted"]
    assert outcome["found"] >= 0.97
    assert outcome["requests"] <= 0.035


def test_with_a_resolution_of_a_day_as_many_changes_are_dated_for_fewer_requests(measured: Any) -> None:
    outcome = measured["changes 60d, resolution 1d"]
    assert outcome["dated"] / outcome["changes"] >= 0.98
    assert outcome["share_requested"] <= 0.03
