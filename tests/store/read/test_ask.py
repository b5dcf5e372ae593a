"""Questions in SQL: the same answers on both databases, nothing written, bounded in time, and described in the docs."""

from __future__ import annotations

import json
import re

import pytest

from harvester.errors import ConfigurationError
from harvester.store.database import Database
from harvester.store.read.ask import ask, views
from harvester.store.read.versions import log
from tests.support.paths import ROOT


@pytest.mark.parametrize("view", [name for name, _ in views()])
def test_every_view_has_its_columns_and_can_be_read(either_sample: Database, view: str) -> None:
    answer = ask(either_sample, f"select * from {view}", seconds=60, limit=3)
    assert answer.columns == dict(views())[view]


def test_views_say_what_the_commands_say(either_sample: Database) -> None:
    sql = "select number, first_seen, words from versions where service = 'kettle.example' order by number"
    answer = ask(either_sample, sql, seconds=60, limit=1_000)
    with either_sample.reading() as session:
        told = [
            (one.number, f"{one.first_seen:%Y-%m-%dT%H:%M:%SZ}", one.words) for one in log(session, "kettle.example")
        ]
    assert sorted(answer.rows) == sorted(told)
    assert not answer.more
    joined = "select count(*) from changes c join versions v on v.service = c.service and v.first_seen = c.before"
    assert (
        ask(either_sample, joined, seconds=60, limit=1).rows
        == ask(either_sample, "select count(*) from changes;", seconds=60, limit=1).rows
    )
    tags = ask(either_sample, "select distinct tag from service_tags order by tag", seconds=60, limit=100).rows
    assert ("fernwell",) in tags


def test_more_rows_than_wanted_are_said_to_be_there(either_sample: Database) -> None:
    answer = ask(either_sample, "select service from services", seconds=60, limit=2)
    assert len(answer.rows) == 2
    assert answer.more


@pytest.mark.parametrize(
    "sql",
    [
        "delete from services",
        "update services set name = 'x'",
        "drop table services",
        "insert into services (name) values ('x')",
        "create table x (y int)",
        "select 1; delete from services",
        "select 1) as x; delete from services; --",
        "with gone as (delete from texts returning id) select * from gone",
        "pragma journal_mode = delete",
        "attach 'x.db' as x",
        "select nonsense from services",
        "select name from sqlite_master",
        "select * from no_such_view",
        " ; ",
    ],
)
def test_what_would_write_or_cannot_be_read_is_refused_and_alters_nothing(either_sample: Database, sql: str) -> None:
    before = ask(either_sample, "select count(*), min(service) from services", seconds=60, limit=1).rows
    with pytest.raises(ConfigurationError, match="--sql"):
        ask(either_sample, sql, seconds=60, limit=10)
    assert ask(either_sample, "select count(*), min(service) from services", seconds=60, limit=1).rows == before


def test_on_sqlite_only_the_views_can_be_read(sample_store: Database) -> None:
    with pytest.raises(ConfigurationError, match="prohibited"):
        ask(sample_store, "select sha256 from main.texts", seconds=60, limit=1)


def test_a_question_that_takes_too_long_is_given_up(either_sample: Database) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with pytest.raises(ConfigurationError, match=r"longer than 0\.2 s"):
        ask(either_sample, endless, seconds=0.2, limit=1)


def test_the_page_describes_every_view_and_column() -> None:
    page = (ROOT / "docs" / "sql.md").read_text("utf-8")
    for name, columns in views():
        [row] = re.findall(rf"^\| `{name}` \| (.*) \|$", page, re.MULTILINE)
        assert set(re.findall(r"`([a-z_0-9]+)`", row)) >= set(columns)


@pytest.mark.parametrize(
    ("sql", "answered"),
    [
        ("SELECT sum(words) * 0 + 12 AS n FROM versions", 12),
        ("SELECT avg(x) AS n FROM (SELECT 1 AS x UNION ALL SELECT 2) y", 1.5),
        ("SELECT NULL AS n", None),
        ("SELECT CAST('caf' AS TEXT) AS n", "caf"),
    ],
)
def test_an_answer_is_the_same_on_both_databases_and_has_a_form_in_json(
    either_sample: Database, sql: str, answered: object
) -> None:
    ((found,),) = ask(either_sample, sql, seconds=10, limit=5).rows
    assert (found, type(found)) == (answered, type(answered))
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_bytes_and_infinity_have_a_form_in_json(sample_store: Database) -> None:
    ((some, large),) = ask(sample_store, "SELECT x'ff00' AS some, 1e999 AS large", seconds=10, limit=5).rows
    assert (some, large) == ("ff00", "inf")


def test_what_only_postgresql_has_is_text(either_sample: Database) -> None:
    if either_sample.is_sqlite:
        return
    sql = (
        "SELECT DATE '2020-02-29' AS a, INTERVAL '1 day' AS b, ARRAY[1, 2] AS c, '\\xff'::bytea AS d, 'NaN'::float AS e"
    )
    (row,) = ask(either_sample, sql, seconds=10, limit=5).rows
    assert row == ("2020-02-29", "1 day, 0:00:00", "[1, 2]", "ff", "nan")


def test_columns_of_one_name_are_refused_as_rows_would_lose_one(either_sample: Database) -> None:
    with pytest.raises(ConfigurationError, match="two columns named a; name one of them otherwise with AS"):
        ask(either_sample, "SELECT 1 AS a, 2 AS a", seconds=10, limit=5)


def test_a_comment_is_no_question(sample_store: Database) -> None:
    with pytest.raises(ConfigurationError, match="gives no columns"):
        ask(sample_store, "-- nothing", seconds=10, limit=5)
