"""The health check by an address: what the two kinds of `/readyz` say, and what is none."""

from __future__ import annotations

import pytest
import requests

from harvester.cli import main

URL = "http://127.0.0.1:8000/readyz"
NONE = "and is no /readyz; name the address of one"


@pytest.mark.parametrize(
    ("status", "kind", "body", "code", "said"),
    [
        (200, "application/json", '{"ready": true, "problems": []}', 0, "ready\n"),
        (503, "application/json", '{"ready": false, "problems": ["no store", "no Redis"]}', 3,
         "harvester: no store\nharvester: no Redis\n"),
        (200, "text/plain; charset=utf-8", "ready\n", 0, "ready\n"),
        (503, "text/plain; charset=utf-8", "no store\n", 3, "harvester: no store\n"),
        (200, "text/html", "<html>", 3, f"harvester: {URL} answered 200 {NONE}\n"),
        (404, "application/json", "[]", 3, f"harvester: {URL} answered 404 {NONE}\n"),
        (200, "application/json", "<html>", 3, f"harvester: {URL} does not answer (JSONDecodeError)\n"),
    ],
)  # fmt: skip
def test_an_answer_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    status: int,
    kind: str,
    body: str,
    code: int,
    said: str,
) -> None:
    answer = requests.Response()
    answer.status_code, answer._content = status, body.encode()
    answer.headers["Content-Type"] = kind
    monkeypatch.setattr(requests, "get", lambda *_, **__: answer)
    with pytest.raises(SystemExit) as end:
        main(["ready", URL])
    assert (end.value.code or 0, "".join(capfd.readouterr())) == (code, said)


@pytest.mark.parametrize("url", ["", "nonsense", "localhost:8000", "ftp://a.example/readyz"])
def test_what_is_no_address_is_wrong_usage(capfd: pytest.CaptureFixture[str], url: str) -> None:
    with pytest.raises(SystemExit) as end:
        main(["ready", url])
    assert end.value.code == 2
    assert (
        capfd.readouterr().err
        == f"harvester: ready: {url!r} is not an http:// or https:// URL; name the address of a /readyz\n"
    )
