"""What a notebook shows and slices: tables, hits read as needed, a panel, and the figures of the corpus paper."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harvester import Store
from harvester.api.charts import Chart
from harvester.api.notebook import SHOWN, LazyRecords, Records
from harvester.cli import main
from harvester.errors import ConfigurationError, StoreAway, UnknownName
from harvester.insight.trends import Measure, measure, terms
from harvester.store.database import Database
from tests.support.paths import ROOT

NOTEBOOK = ROOT / "docs" / "notebooks" / "corpus-figures.ipynb"


@dataclass(frozen=True)
class Line:
    """A row."""

    number: int
    text: str


@pytest.fixture
def store(sample_data: Path) -> Iterator[Store]:
    with Store(sample_data) as opened:
        yield opened


def run(*arguments: str) -> None:
    """The command, which must end well."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert not ended.value.code


def test_a_list_is_a_table_in_a_notebook_with_everything_escaped() -> None:
    shown = Records([Line(1, "<script>alert(1)</script>"), Line(2, "a & b")])._repr_html_()
    assert "<th>number</th><th>text</th>" in shown
    assert "<td>1</td><td>&lt;script&gt;" in shown
    assert "<script" not in shown
    many = Records(Line(number, "x" * 1000) for number in range(1000))._repr_html_()
    assert many.count("<tr>") == SHOWN + 2
    assert "1000 rows" in many
    assert len(many) < 10_000
    assert "0 rows" in Records([])._repr_html_()


@pytest.mark.parametrize("at", [slice(3), slice(1, 5, 2), slice(-2, None), slice(None), slice(4, 1), slice(0, 9, -1)])
def test_rows_read_page_by_page_slice_as_a_list_does(at: slice) -> None:
    read = []

    def page(cursor: str | None) -> tuple[list[int], str | None]:
        start = int(cursor or 0)
        read.append(start)
        return list(range(start, start + 3)), str(start + 3) if start < 9 else None

    found = LazyRecords(page)
    assert list(found[at]) == list(range(12))[at]
    if at == slice(3):
        assert read == [0], "no more than needed"
    assert (found[-1], found[0], len(found)) == (11, 0, 12)
    assert list(found) == list(found) == list(range(12))
    with pytest.raises(IndexError):
        found[12]


def test_a_page_that_could_not_be_read_is_read_again_and_never_taken_for_the_end() -> None:
    away = [True]

    def page(cursor: str | None) -> tuple[list[int], str | None]:
        if cursor and away:
            away.pop()
            raise StoreAway("the database is away")
        return ([3, 4], None) if cursor else ([1, 2], "2")

    found = LazyRecords(page)
    with pytest.raises(StoreAway):
        len(found)
    assert list(found) == [1, 2, 3, 4]


def test_a_search_that_cannot_be_read_never_becomes_an_empty_one(store: Store) -> None:
    found = store.search("tea AND")
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="cannot be read"):
            found._repr_html_()


def test_services_versions_and_changes_are_members_of_sets(store: Store) -> None:
    kettle = store.service("kettle.example")
    rows = [*store.services, *kettle.versions, *kettle.changes]
    assert len({*rows, *rows}) == len(rows)


def test_a_panel_of_one_service_takes_its_name(store: Store) -> None:
    assert list(store.panel("kettle.example")) == list(store.panel(["kettle.example"]))


def test_a_search_is_sliced_and_shown(store: Store) -> None:
    hits = store.search("tea")
    assert list(hits[:2]) == list(store.search("tea"))[:2]
    assert hits[0].service in hits._repr_html_()


def test_a_version_says_its_title_language_grade_likelihood_and_tags(store: Store) -> None:
    kettle = store.service("kettle.example")
    version = kettle.versions[-1]
    assert version.title
    assert version.language == "en"
    assert version.reading_grade is not None
    assert 0 < (version.policy_likelihood or 0) <= 1
    assert version.tags == kettle.tags
    assert kettle.changes[-1].new == version


def test_a_panel_has_a_row_for_each_half_year(store: Store, sample_data: Path, tmp_path: Path) -> None:
    kettle = store.service("kettle.example")
    panel = store.panel(["kettle.example"])
    assert [one.start for one in panel] == sorted({one.start for one in panel if one.start})
    assert sum(one.changes or 0 for one in panel) == len(kettle.changes)
    assert panel[-1].version == len(kettle.versions)
    for one in panel:
        inside = [each for each in kettle.versions if one.end and each.first_seen < one.end]
        assert (one.version, one.sha256) == ((len(inside), inside[-1].sha256) if inside else (None, None))
    with pytest.raises(UnknownName):
        store.panel(["nobody.example"])
    for name in ("panel.csv", "panel.jsonl", "panel.parquet"):
        run("--data", str(sample_data), "export", "panel", str(tmp_path / name), "--service", "kettle.example")
    rows = list(csv.DictReader((tmp_path / "panel.csv").read_text(encoding="utf-8").splitlines()))
    lines = [json.loads(line) for line in (tmp_path / "panel.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (
        [row["half_year"] for row in rows] == [line["half_year"] for line in lines] == [one.half_year for one in panel]
    )
    assert list(rows[0]) == list(lines[0]) == list(panel.to_records()[0])


def test_a_panel_of_another_ending_is_refused(sample_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--data", str(sample_data), "export", "panel", "x.xlsx"])
    assert ended.value.code == 2
    assert "must end in .csv, .jsonl or .parquet" in capsys.readouterr().err


@pytest.fixture(scope="module")
def cells() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == "code"]


def test_the_notebook_is_kept_without_outputs_and_one_line_names_the_store(cells: list[dict[str, Any]]) -> None:
    assert {(len(cell["outputs"]), cell["execution_count"]) for cell in cells} == {(0, None)}
    assert "".join(cells[0]["source"]).startswith('STORE = "data"')


def test_each_cell_runs_and_the_figures_are_those_of_trends(
    cells: list[dict[str, Any]], sample_data: Path, sample_store: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    there: dict[str, Any] = {"STORE": str(sample_data)}
    for cell in cells[1:]:
        exec(compile("".join(cell["source"]), NOTEBOOK.name, "exec"), there)
    figures = {name: one for name, one in there.items() if isinstance(one, Chart)}
    assert list(figures) == ["length_figure", "grade_figure", "changes_figure", "gdpr_figure", "ccpa_figure"]
    assert all(figure._repr_svg_().count("<polyline") for figure in figures.values())
    with sample_store.reading() as session:
        words, [portability] = measure(session, Measure.WORDS), terms(session, ["portability"])
    assert [point.value for point in there["length"]] == [one.value for one in words.points]
    assert [point.value for point in there["gdpr"]["data portability"]] == [one.value for one in portability.points]
    said = capsys.readouterr().out
    assert "5 services with 30 versions" in said
    assert "legitimate interest" in said
