"""Summaries by a model: only sentences that quote the redline, asked once, marked, and off unless set."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.clock import utc_now
from harvester.diffing import compare
from harvester.errors import ConfigurationError
from harvester.insight.statements.quoted import kept, redline_of
from harvester.service.machine_summary import summary
from harvester.settings import Settings, SummarySettings
from harvester.store.database import Database
from harvester.store.read import recent
from harvester.web.app import create_app
from tests.support.times import sample_clock
from tests.support.web.client import Client

DIFF = compare(
    "# P\n\nWe keep your data for 30 days. We are nice to you.\n\nNothing here changes at all.",
    "# P\n\nWe keep your data for 90 days. We are nice to you.\n\nNothing here changes at all.",
)


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        ('It stays longer: "your data for 90 days".', ["It stays longer: “your data for 90 days”."]),
        ("- It stays “Your data  for 90 days”.", ["It stays “Your data  for 90 days”."]),
        ('Before: "for 30 days". After, "we keep your data for 90 days."', None),
        ("It stays longer.", []),
        ('It is sold: "we sell your data".', []),
        ('Nothing: "here changes at all".', []),  # that passage did not change
        ('Right: "your data for 90 days". Wrong, without one.', ["Right: “your data for 90 days”."]),
        ('Both "your data for 90 days" and "we sell your data".', []),
        ('Too short: "90 days".', []),
        ("", []),
    ],
)
def test_a_sentence_is_kept_only_if_every_quotation_is_of_what_changed(
    answer: str, sentences: list[str] | None
) -> None:
    found = list(kept(answer, DIFF))
    assert found == sentences if sentences is not None else len(found) == 2


def test_the_model_is_sent_the_sentences_that_changed_and_no_others() -> None:
    assert redline_of(DIFF).splitlines() == ["- We keep your data for 30 days.", "+ We keep your data for 90 days."]


class Model:
    """A stand-in for an OpenAI-compatible server: it quotes the first new line that it is sent, and adds a lie."""

    def __init__(self) -> None:
        self.status = 200
        self.body: bytes | None = None
        self.asked: list[dict[str, object]] = []
        self.authorizations: list[str | None] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.asked.append({"path": self.path, **asked})
                model.authorizations.append(self.headers.get("Authorization"))
                line = next(one for one in asked["messages"][1]["content"].splitlines() if one.startswith("+ "))
                words = " ".join(line.replace('"', " ").split()[1:6])
                text = f'It says "{words}" now.\nIt also says "we give all of it away".'
                body = model.body or json.dumps({"choices": [{"message": {"content": text}}]}).encode()
                self.send_response(model.status)
                self.send_header("Location", f"{model.url}/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def model() -> Iterator[Model]:
    made = Model()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_a_change_is_sent_once_and_its_summary_is_marked_wherever_it_is_shown(
    stored: Database, model: Model, sample_copy: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "harvester.toml").write_text(
        f'[summary]\nurl = "{model.url}"\nmodel = "local-7b"\nkey = "secret-key"\n', encoding="utf-8"
    )
    home = ["--config", str(tmp_path), "--data", str(sample_copy)]
    told = []
    for _ in range(2):
        with pytest.raises(SystemExit):
            main([*home, "summary", "kettle.example", "2018-06", "--json"])
        told.append(json.loads(capfd.readouterr().out))
    assert told[0] == told[1]
    assert (told[0]["machine_written"], told[0]["model"]) == (True, "local-7b")
    [sentence] = told[0]["sentences"]
    [asked] = model.asked
    assert (asked["path"], asked["model"]) == ("/v1/chat/completions", "local-7b")
    assert model.authorizations == ["Bearer secret-key"]
    web = {"summary": {"url": model.url, "model": "local-7b"}, "data": sample_copy, "config": tmp_path}
    client = Client(create_app(Settings.model_validate(web), stored, sample_clock))
    stamp = "".join(character for character in told[0]["before"] if character.isdigit())
    page = client.get(f"/services/kettle.example/changes/{stamp}").text
    assert "Written by a machine (local-7b)" in page
    assert sentence.split("“")[0] in page
    diff = client.get(f"/api/v1/services/kettle.example/changes/{stamp}/diff").json()
    assert diff["summary"] == {"machine_written": True, "model": "local-7b", "sentences": [sentence]}
    assert len(model.asked) == 1, "pages never ask the model"


def test_without_a_model_nothing_is_asked_and_what_is_wrong_is_said(stored: Database, model: Model) -> None:
    with stored.reading() as session:
        [change] = recent.changes(session, recent.ChangesWanted(kinds=["substantive"]), limit=1)
    with pytest.raises(ConfigurationError, match="no model is set"):
        summary(stored, SummarySettings(), change, utc_now)
    given = SummarySettings(url=model.url, model="m")
    model.status = 500
    with pytest.raises(ConfigurationError, match="answered 500"):
        summary(stored, given, change, utc_now)
    model.status = 307
    with pytest.raises(ConfigurationError, match="answered 307"):
        summary(stored, given, change, utc_now)
    assert [one["path"] for one in model.asked] == ["/v1/chat/completions"] * 2, "a redirect is not followed"
    model.status, model.body = 200, b"<html>"
    with pytest.raises(ConfigurationError, match="OpenAI-compatible"):
        summary(stored, given, change, utc_now)
    with pytest.raises(ConfigurationError, match="does not answer"):
        summary(stored, SummarySettings(url="http://127.0.0.1:9/v1", model="m"), change, utc_now)
    with pytest.raises(ValueError, match="url and model"):
        SummarySettings(url=model.url)
