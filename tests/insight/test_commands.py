"""The commands of this folder as a user meets them: JSON that is JSON, errors in one line, options that exclude."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from harvester.cli import main
from tests.support.paths import SAMPLE


def printed(data: Path, capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> str:
    main_ended(data, *arguments)
    return capfdbinary.readouterr().out.decode()


def main_ended(data: Path, *arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["--config", str(SAMPLE), "--data", str(data), *arguments])
    return int(end.value.code or 0)


def test_blame_prints_every_block_and_the_same_as_json(
    sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    told = json.loads(printed(sample_data, capfdbinary, "blame", "kettle.example@2016", "--removed", "--json"))
    lines = printed(sample_data, capfdbinary, "blame", "kettle.example@2016").splitlines()
    assert len(lines) == len(told["blocks"])
    for line, block in zip(lines, told["blocks"], strict=True):
        assert line.split()[:2] == [str(block["since"]["number"]), block["since"]["first_seen"][:10]]
    words = printed(sample_data, capfdbinary, "blame", "kettle.example@2016", "--words")
    assert len(words.split("\n\n")) == len(told["blocks"]) + 1
    assert {one["by"]["number"] for one in told["removed"]} >= {3, 8}


def test_what_was_removed_is_listed_under_the_version_that_took_it_out(
    sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    told = json.loads(printed(sample_data, capfdbinary, "blame", "kettle.example", "--removed", "--json"))["removed"]
    numbers = [one["by"]["number"] for one in told]
    assert numbers == sorted(numbers)
    for words in ([], ["--words"]):
        lines = printed(sample_data, capfdbinary, "blame", "kettle.example", "--removed", *words).splitlines()
        heads = [line for line in lines if line.startswith("removed in version ")]
        assert [int(head.split()[3]) for head in heads] == sorted(set(numbers))
    blocks = printed(sample_data, capfdbinary, "blame", "kettle.example", "--removed").partition("\n\n")[2]
    gone = [line for line in blocks.splitlines() if line[:4].strip().isdigit()]
    assert len(gone) == len({(one["by"]["number"], one["block"]) for one in told})
    assert "removed in version 8 (2018-05-26)" in blocks
    assert "\n   1 2009-04-12      … was last changed … 11 April 2016 …\n" in blocks
    assert "\n   1 2009-04-12      … 4 Harbour Lane …\n" in blocks
    back = json.loads(printed(sample_data, capfdbinary, "blame", "orchardpay.example", "--removed", "--json"))[
        "removed"
    ]
    listed = printed(sample_data, capfdbinary, "blame", "orchardpay.example", "--removed")
    for one in back:
        assert one["back"] is None or f"(back in version {one['back']['number']}, " in listed


def test_search_and_similar_as_json(sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    told = json.loads(printed(sample_data, capfdbinary, "search", "legitimate interest*", "--json"))
    assert (
        {hit["service"] for hit in told["hits"]} == {one["service"] for one in told["services"]} == {"kettle.example"}
    )
    start, end = told["hits"][0]["marks"][0]
    assert told["hits"][0]["snippet"][start:end] == "legitimate interest"
    like = json.loads(printed(sample_data, capfdbinary, "similar", "tidebook.example", "--json"))
    assert like["found"][0]["service"] == "mossnote.example"


def test_what_nothing_answers_to_is_said(sample_data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main_ended(sample_data, "search", "no policy says this") == 0
    out, err = capfd.readouterr()
    assert (out, err) == ("", "harvester: no match\n")
    assert main_ended(sample_data, "similar", "kettle.example") == 0
    out, err = capfd.readouterr()
    assert (out, err) == ("", "harvester: no other policy shares its text\n")


def test_a_question_in_sql_is_answered_as_table_and_json(
    sample_copy: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    sql = "select topic, count(*) as texts from text_topics group by topic order by topic"
    told = json.loads(printed(sample_copy, capfdbinary, "ask", "--sql", sql, "--json"))
    assert {"topic": "tracking"}.items() <= next(one for one in told if one["topic"] == "tracking").items()
    assert len(printed(sample_copy, capfdbinary, "ask", "--sql", sql).splitlines()) == len(told) + 1
    assert main_ended(sample_copy, "ask", "--sql", "delete from services") == 2


def test_trends_by_topic_and_rebuild_agree_on_which_texts_are_up_to_date(
    sample_copy: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    [series] = json.loads(printed(sample_copy, capfdbinary, "trends", "--topic", "sale", "--by", "year", "--json"))
    assert series["name"] == "sale"
    assert max(point["value"] or 0 for point in series["points"]) > 0
    assert json.loads(printed(sample_copy, capfdbinary, "rebuild", "--json"))["texts"] == 0
    [most, *_] = json.loads(printed(sample_copy, capfdbinary, "trends", "--parties", "--json"))
    arguments = ("--party", most["party"], "--by", "year", "--to", "2019-12-31", "--csv")
    named = printed(sample_copy, capfdbinary, "trends", *arguments)
    assert most["count"] == max(int(row["count"]) for row in csv.DictReader(io.StringIO(named)))
    assert main_ended(sample_copy, "trends", "--topic", "no-such") == 2
    assert b"choose one of access, " in capfdbinary.readouterr().err


@pytest.mark.parametrize(
    ("asked", "heads"),
    [
        (("cookies",), "series period services matching share"),
        (("--measure", "words"), "series period services median"),
        (("--measure", "changes"), "series period services changes mean"),
        (("--parties",), "party named by services share"),
    ],
)
def test_tables_of_trends_name_their_numbers_and_have_no_empty_column(
    sample_copy: Path, capfdbinary: pytest.CaptureFixture[bytes], asked: tuple[str, ...], heads: str
) -> None:
    first, *rows = printed(sample_copy, capfdbinary, "trends", *asked).splitlines()
    assert " ".join(first.split()) == heads
    assert {len(re.split(" {2,}", row)) for row in rows} == {len(re.split(" {2,}", first))}


def test_trends_as_csv_table_and_plot(
    sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    rows = list(
        csv.DictReader(io.StringIO(printed(sample_data, capfdbinary, "trends", "cookies", "--by", "year", "--csv")))
    )
    assert [row["period"] for row in rows] == [str(year) for year in range(2009, 2020)]
    assert {row["series"] for row in rows} == {"cookies"}
    plot = tmp_path / "plot.svg"
    assert printed(sample_data, capfdbinary, "trends", "--measure", "grade", "--plot", str(plot)) == ""
    assert plot.read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "(a"),
        ("search", "a", "--first", "--last"),
        ("search", "a", "--from", "yesterday"),
        ("search", "(", "--regex"),
        ("trends",),
        ("trends", "a", "--measure", "words"),
        ("trends", "--parties", "--topic", "sale"),
        ("blame", "nobody.example"),
        ("blame", "kettle.example@77"),
        ("similar", "nobody.example"),
    ],
)
def test_what_cannot_be_asked_ends_with_2_and_says_why(
    sample_data: Path, capfdbinary: pytest.CaptureFixture[bytes], arguments: tuple[str, ...]
) -> None:
    assert main_ended(sample_data, *arguments) == 2
    said = capfdbinary.readouterr()
    assert said.out == b""
    assert b"Traceback" not in said.err
    assert len(said.err) > 20
