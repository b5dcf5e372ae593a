"""A command on a service without a version says why there is none; none sends to a backfill that was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.api import Store
from harvester.cli import main
from harvester.errors import UnknownName
from harvester.insight.blame import blame
from harvester.store.database import Database
from harvester.store.read.history import version_on
from harvester.store.read.versions import resolve
from harvester.store.schema import Search
from tests.support.store.rows import NOW, a_service, a_source

SEARCHED = "asked.example has no version: the archive holds no capture of this address"
PLANNED = (
    "later.example has no version: this address has not been requested from the archive yet; "
    "`harvester backfill later.example` fetches its history"
)
COMMANDS = ("show", "diff", "blame", "topics", "similar", "summary", "log", "changes", "search cookies --service")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A store with a service whose address was asked for in vain, and one whose address was not asked for."""
    (tmp_path / "data").mkdir()
    database = Database.open(f"sqlite:///{tmp_path / 'data' / 'harvester.db'}")
    with database.writing() as session:
        asked = a_source(session, a_service(session, "asked.example"), "http://asked.example/privacy")
        a_source(session, a_service(session, "later.example"), "http://later.example/privacy")
        session.add(Search(source_id=asked.id, archive="a", started_at=NOW, finished_at=NOW))
    database.close()
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("service", "why"), [("asked.example", SEARCHED), ("later.example", PLANNED)], ids=["asked", "later"]
)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_why_there_is_no_version(
    data: Path, capsys: pytest.CaptureFixture[str], command: str, service: str, why: str
) -> None:
    with pytest.raises(SystemExit):
        main(["--data", str(data), *command.split(), service])
    assert why in capsys.readouterr().err


def test_python_says_so_too(data: Path) -> None:
    with Store(data) as store, pytest.raises(UnknownName, match=SEARCHED):
        store.service("asked.example").version()
    database = Database.open(f"sqlite:///{data / 'harvester.db'}")
    with database.reading() as session:
        for ask in (resolve, blame):
            with pytest.raises(UnknownName, match=SEARCHED):
                ask(session, "asked.example", "latest")
        with pytest.raises(UnknownName, match=SEARCHED):
            version_on(session, 1)
    database.close()
