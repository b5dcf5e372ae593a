"""``services``, ``log``, ``show``, ``diff`` and ``gaps``, as a reader of the sample's store uses them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from harvester.cli import main
from harvester.cli.app import app
from harvester.dates import half_year_label, half_years
from harvester.insight.absences import gaps as ledger
from harvester.memento import shown_address
from harvester.store.database import Database
from harvester.store.read import versions as read
from tests.support.harvest.commands import configuration

Reader = Callable[..., str]
SERVICE = "kettle.example"


@pytest.fixture
def reader(sample_data: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Reader:
    """Runs a command on the sample's store in this process and gives what it printed."""
    config = configuration(tmp_path / "config", "http://127.0.0.1:9")

    def run(*arguments: str) -> str:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["--config", str(config), "--data", str(sample_data), *arguments])
        assert ended.value.code == 0
        return capfdbinary.readouterr().out.decode(errors="surrogateescape")

    return run


def test_the_log_as_json_is_oldest_first_with_what_the_readme_promises(reader: Reader) -> None:
    rows: list[dict[str, Any]] = json.loads(reader("log", SERVICE, "--json", "--all"))["versions"]
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert {"first_seen", "last_seen", "captures", "url", "sha256", "words", "kind"} <= set(row)
        for moment in (row["first_seen"], row["last_seen"]):
            assert datetime.fromisoformat(moment).utcoffset() == timedelta(0)
    assert [row["first_seen"] for row in rows] == sorted(row["first_seen"] for row in rows)
    assert rows[0]["words_added"] is None, "nothing lies before the first version"
    assert all(row["words_added"] is not None for row in rows[1:])


def test_the_log_as_json_has_the_changes_of_words_unless_all_are_asked_for(reader: Reader) -> None:
    every = json.loads(reader("log", SERVICE, "--json", "--all"))["versions"]
    rows = json.loads(reader("log", SERVICE, "--json"))
    shown = [row for row in every if row["kind"] != "cosmetic"]
    assert len(shown) < len(every)
    assert [row["number"] for row in rows] == [row["number"] for row in shown]
    for row, following in pairwise(rows):
        before = next(one for one in reversed(every) if one["first_seen"] < following["first_seen"])
        assert row["last_seen"] == before["last_seen"], "a version lasts until the words change"
    assert sum(row["captures"] for row in rows) == sum(row["captures"] for row in every)


def test_reasons_stand_wherever_a_command_shows_a_kind(reader: Reader) -> None:
    rows = [row for row in json.loads(reader("log", SERVICE, "--all", "--json"))["versions"] if row["kind"]]
    table, told = reader("log", SERVICE, "--all"), reader("changes", SERVICE, "--all")
    assert {"minor", "cosmetic", "substantive"} <= {row["kind"] for row in rows}
    for row in rows:
        assert str(row["reasons"][0])[:60] in table
        assert row["kind"] == "substantive" or f"why: {row['reasons'][0]}" in told
    minor = next(row for row in rows if row["kind"] == "minor")
    page = reader("diff", SERVICE, str(minor["number"] - 1), str(minor["number"]), "--format", "html")
    assert '<p dir="auto">minor: +' in page
    assert all(one["reasons"] for one in json.loads(reader("changes", SERVICE, "--all", "--json")))
    assert {json.dumps(row["standing"]) for row in rows} == {"{}"}, "no passage of the sample only left the extraction"


def test_every_way_to_name_a_version_names_the_same(reader: Reader, sample_store: Database) -> None:
    with sample_store.reading() as session:
        versions = read.log(session, SERVICE)
    last = versions[-1]
    document = reader("show", SERVICE)
    for reference in ("latest", str(len(versions)), "~0", last.first_seen.strftime("%Y-%m-%dT%H:%M:%SZ")):
        assert reader("show", f"{SERVICE}@{reference}") == document
    assert reader("show", f"{SERVICE}@~2") == reader("show", f"{SERVICE}@{len(versions) - 2}")
    assert reader("show", f"{SERVICE}@first") == reader("show", f"{SERVICE}@1") != document


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("log", "kettel.example"), "known: kettle.example"),
        (("show", f"{SERVICE}@99"), "There are versions 1 to "),
        (("diff", SERVICE, "first", "soon"), "give a number, a date"),
        (("diff", SERVICE, "first", "2014-13"), "give a number, a date"),
    ],
)
def test_what_does_not_exist_is_answered_with_what_there_is(
    sample_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    config = configuration(tmp_path / "config", "http://127.0.0.1:9")
    with pytest.raises(SystemExit) as refused:
        main(["--config", str(config), "--data", str(sample_data), *arguments])
    assert refused.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("1999", "nothing is known of kettle.example in 1999: this is its first version, seen from 2009-04-12"),
        ("2009-04-12", ""),
        (
            "2010-12",
            "version 2 was seen on 2010-08-30; the policy may have changed between then and the end of 2010-12",
        ),
        ("2035", "the policy may have changed between then and the end of 2035"),
    ],
)
def test_a_date_that_no_capture_vouches_for_is_said_to_be_one(
    sample_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], when: str, told: str
) -> None:
    config = configuration(tmp_path / "config", "http://127.0.0.1:9")
    for command in ("show", "blame"):
        with pytest.raises(SystemExit):
            main(["--config", str(config), "--data", str(sample_data), command, f"{SERVICE}@{when}"])
        said = capsys.readouterr().err
        assert told in said if told else said == ""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "1999",
            "2001",
            [
                "nothing is known of kettle.example in 1999: this is its first version, seen from 2009-04-12",
                "nothing is known of kettle.example in 2001: this is its first version, seen from 2009-04-12",
                "nothing differs: both are kettle.example@2009-04-12T08:15:12Z, version 1",
            ],
        ),
        (
            "2009-04-12",
            "2010-12",
            ["version 2 was seen on 2010-08-30; the policy may have changed between then and the end of 2010-12"],
        ),
        (f"{SERVICE}@1", "2", []),
    ],
)
def test_a_diff_says_which_of_its_dates_no_capture_vouches_for(
    sample_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: list[str]
) -> None:
    config = configuration(tmp_path / "config", "http://127.0.0.1:9")
    with pytest.raises(SystemExit):
        main(["--config", str(config), "--data", str(sample_data), "diff", SERVICE, old, new])
    said = capsys.readouterr().err.splitlines()
    assert len(said) == len(told)
    assert all(line.startswith(expected) for line, expected in zip(said, told, strict=True))


@pytest.mark.parametrize(
    ("form", "begins", "old", "new"),
    [
        ("unified", "--- kettle.example@2009-04-12T08:15:12Z\n", "\n-This policy was", "\n+This policy was"),
        ("terminal", "--- kettle.example@2009-04-12T08:15:12Z\n", "2 February 2009", "14 June 2010"),
        ("json", "{\n", '"removed",\n                "2 February 2009"', '"added",\n                "14 June 2010"'),
        ("html", "<!doctype html>", "<del>2 February 2009</del>", "<ins>14 June 2010</ins>"),
        ("side-by-side", "<!doctype html>", "<del>2 February 2009</del>", "<ins>14 June 2010</ins>"),
        ("markdown", "# Privacy Policy", "~~2 February 2009~~", "**14 June 2010**"),
    ],
)
def test_a_diff_comes_in_every_form_with_the_old_words_and_the_new(
    reader: Reader, form: str, begins: str, old: str, new: str
) -> None:
    printed = reader("diff", SERVICE, "1", "2", "--format", form)
    assert printed.startswith(begins)
    assert old in printed
    assert new in printed
    assert printed.endswith("\n")


def test_a_diff_is_also_a_word_document(reader: Reader) -> None:
    printed = reader("diff", SERVICE, "1", "2", "--format", "docx")
    with zipfile.ZipFile(io.BytesIO(printed.encode(errors="surrogateescape"))) as file:
        document = file.read("word/document.xml").decode()
    assert 'w:author="kettle.example (website)"' in document
    assert "14 June 2010</w:t></w:r></w:ins>" in document


@pytest.mark.parametrize("form", ["html", "side-by-side"])
def test_a_redline_for_an_annex_leads_to_both_snapshots(reader: Reader, form: str) -> None:
    printed = reader("diff", SERVICE, "1", "2", "--format", form)
    for number in (1, 2):
        snapshot = json.loads(reader("show", f"{SERVICE}@{number}", "--json"))["snapshot"]
        address = shown_address(snapshot)
        assert f'<a href="{address}">{address}</a>' in printed
    assert '<p dir="auto">minor: +3 -3 words</p>\n<p dir="auto">only the date of the document: ' in printed


def test_the_ledger_has_a_line_for_every_capture(reader: Reader, sample_store: Database) -> None:
    lines = json.loads(reader("gaps", "--json"))
    with sample_store.reading() as session:
        services = read.services(session)
    captures = [one for one in lines if one["kind"] == "capture" and one["outcome"] != "malformed"]
    assert len(captures) == sum(service.captures for service in services)
    assert all(one["outcome"] for one in lines)


def test_half_years_without_a_policy_are_merged_into_spans_and_counted_by_outcome(
    reader: Reader, sample_store: Database
) -> None:
    with sample_store.reading() as session:
        holes = ledger.holes(session)
    shown = reader("gaps").split("half-years without a policy:\n")[1].split("\n\n")[0].splitlines()
    spans = [re.search(r"(\S+) +(\d{4}-H[12])(?: to (\d{4}-H[12]))? +(\S+)", line) for line in shown[1:-1]]
    labels = [
        half_year_label(start) for start in half_years(holes[0].start, max(one.end or one.start for one in holes))
    ]
    listed = [
        (found[1], label, found[4])
        for found in spans
        if found
        for label in labels
        if found[2] <= label <= (found[3] or found[2])
    ]
    assert sorted(listed) == sorted((one.service, half_year_label(one.start), str(one.outcome)) for one in holes)
    assert len(shown) - 2 < len(holes)
    numbers = Counter(str(one.outcome) for one in holes)
    assert shown[-1].startswith(f"{len(holes)} in all: ")
    assert all(f"{number} {outcome}" in shown[-1] for outcome, number in numbers.items())
    assert len(csv_rows(reader("gaps", "--format", "csv"), "interval")) >= len(holes)


def csv_rows(text: str, kind: str) -> list[dict[str, str]]:
    return [row for row in csv.DictReader(io.StringIO(text)) if row["kind"] == kind]


@pytest.mark.parametrize(
    "command",
    ["services", "log kettle.example", "log kettle.example --all", "changes", "search tea", "similar kettle.example",
     "blame kettle.example", "trends tea", "status", "gaps", "archive status", "notify status", "show kettle.example@2",
     "topics kettle.example", "diff kettle.example"],
)  # fmt: skip
def test_every_reading_command_prints_its_rows_as_json_lines_and_csv(reader: Reader, command: str) -> None:
    words = command.split()
    whole = json.loads(reader(*words, "--format", "json"))
    assert whole == json.loads(reader(*words, "--json"))
    lines = [json.loads(line) for line in reader(*words, "--format", "jsonl").splitlines()]
    rows = list(csv.DictReader(io.StringIO(reader(*words, "--format", "csv"))))
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        assert set(line) <= set(row)
        for key, value in line.items():
            expected = value if isinstance(value, str) else "" if value is None else json.dumps(value)
            assert row[key] == expected or json.loads(row[key]) == value
    if isinstance(whole, list) and words[0] != "trends":
        assert lines == whole
    assert reader(*words, "--format", "table") == reader(*words)


def test_every_command_that_prints_json_for_readers_prints_the_other_formats_too() -> None:
    def commands(command: Any) -> Iterator[Any]:
        for child in getattr(command, "commands", {}).values():
            yield child
            yield from commands(child)

    options = {one.name: {name for parameter in one.params for name in parameter.opts}
               for one in commands(get_command(app))}  # fmt: skip
    without = {name for name, known in options.items() if "--json" in known and "--format" not in known}
    assert without == {"backfill", "conformance", "rebuild", "reclean", "render", "summary"}, "they act"
