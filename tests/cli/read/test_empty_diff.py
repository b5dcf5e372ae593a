"""A diff without a line says why it is empty."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.store.database import Database
from harvester.store.history.history import refresh
from tests.support.store.rows import NOW, a_capture, a_service, a_source

BODY = "We keep your name for as long as the law asks us to keep it."


def run(*arguments: str) -> None:
    """The command, which must end well."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert not ended.value.code


@pytest.mark.parametrize("other", [f"# Policy\n\n{BODY}\n\n", f"# Policy\n\n{BODY.replace(' ', chr(160), 1)}"])
def test_texts_that_differ_in_no_word_are_said_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str
) -> None:
    (tmp_path / "data").mkdir()
    database = Database.open(f"sqlite:///{tmp_path / 'data' / 'harvester.db'}")
    with database.writing() as session:
        for name, text in (("a.example", f"# Policy\n\n{BODY}"), ("b.example", other)):
            service = a_service(session, name)
            source = a_source(session, service, f"http://{name}/")
            a_capture(session, source, datetime(2010, 1, 1, tzinfo=UTC), text)
            refresh(session, service.id, now=NOW)
    database.close()
    run("--data", str(tmp_path / "data"), "diff", "a.example", "a.example@latest", "b.example@latest")
    said = capsys.readouterr().err
    assert "no words differ between these versions" in said
