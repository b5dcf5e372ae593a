"""Each fault of the harsh archive does what its name says, as often as asked, and lets who asks again pass."""

from __future__ import annotations

import gzip
import http.client
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from harvester.errors import ConfigurationError
from harvester.replay.faults.behaviours import Request
from harvester.replay.faults.file import Fault, FaultFile, ReplayLimits, read_faults
from harvester.replay.faults.limits import ReplayLimiter
from harvester.replay.server import ReplayServer
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import FAULTS, StartArchive, busiest, during_pauses
from tests.support.paths import SAMPLE
from tests.support.service.installations import until

KETTLE = "http://www.kettle.example/privacy.html"
PLAYED = f"/web/20090412081512id_/{KETTLE}"
INDEX = f"/cdx/search/cdx?url={KETTLE}&limit=3&showResumeKey=true"
BODY = (SAMPLE / "pages" / "kettle-20090412081512.html").read_bytes()


def get(server: ReplayServer, path: str, **headers: str) -> requests.Response:
    return requests.get(server.base_url + path, timeout=60, allow_redirects=False, headers=headers)


def one(kind: str, **settings: Any) -> FaultFile:
    return FaultFile(most=1, fault=(Fault.model_validate({"kind": kind, **settings}),))


def raw(server: ReplayServer, path: str) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer as it came, no content decoding."""
    connection = http.client.HTTPConnection(urlsplit(server.base_url).netloc, timeout=60)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 413, 421, 599])
def test_a_status_comes_without_memento_datetime_and_passes(harsh_archive: StartArchive, status: int) -> None:
    server = harsh_archive(faults=one("status", status=status))
    first, second = get(server, PLAYED), get(server, PLAYED)
    assert (first.status_code, "Memento-Datetime" in first.headers, "Retry-After" in first.headers) == (
        status,
        False,
        False,
    )
    assert (second.status_code, second.content) == (200, BODY)


def test_a_429_can_say_how_long_to_wait(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("status", status=429, retry_after=7))
    assert get(server, PLAYED).headers["Retry-After"] == "7"
    assert server.log[0].retry_after == 7


def test_a_reset_breaks_the_connection(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("reset"))
    with pytest.raises(requests.ConnectionError):
        get(server, PLAYED)
    assert get(server, PLAYED).content == BODY
    assert [(r.status, r.fault) for r in server.log] == [(0, "reset"), (200, "")]


def test_a_truncated_body_is_shorter_than_announced(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("truncate"))
    with pytest.raises(http.client.IncompleteRead) as caught:
        raw(server, PLAYED)
    assert caught.value.partial == BODY[: len(BODY) // 2]
    assert get(server, PLAYED).content == BODY


@pytest.mark.parametrize("kind", ["latency", "drip"])
def test_slow_answers_are_whole(harsh_archive: StartArchive, kind: str) -> None:
    server = harsh_archive(faults=one(kind, seconds=0.3))
    began = time.monotonic()
    assert get(server, PLAYED).content == BODY
    assert time.monotonic() - began >= 0.25
    assert get(server, PLAYED).content == BODY
    assert [one.fault for one in server.log] == [kind, ""]


def test_html_comes_with_200_in_place_of_the_index(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("html", on="cdx"))
    answer = get(server, INDEX)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.text.startswith("<!DOCTYPE html>")
    assert get(server, INDEX).text.startswith("example,kettle)/")
    assert get(server, PLAYED).content == BODY


def test_malformed_rows_stand_among_the_good_ones(harsh_archive: StartArchive) -> None:
    calm, harsh = harsh_archive(), harsh_archive(faults=one("malformed"))
    good, mixed = get(calm, INDEX).text.splitlines(), get(harsh, INDEX).text.splitlines()
    assert len(mixed) == len(good) + 3
    assert [line for line in mixed if line in good] == good
    table = json.loads(get(harsh, INDEX + "&output=json").text)
    assert sorted(len(row) for row in table) == [0, 1, 2, 7, 7, 7, 7, 7, 10]
    assert len(get(harsh, f"/pywb/cdx?url={KETTLE}&output=json&limit=2").text.splitlines()) == 5


def test_a_resume_key_repeats_once_and_then_leads_on(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("repeat-key"))
    key = get(server, INDEX).text.splitlines()[-1]
    assert get(server, f"{INDEX}&resumeKey={key}").text == f"\n{key}\n"
    following = get(server, f"{INDEX}&resumeKey={key}").text.splitlines()
    assert following[0].split(" ")[1] == "20110521101004"


def test_an_empty_page_has_a_key_that_leads_to_its_rows(harsh_archive: StartArchive) -> None:
    calm, harsh = harsh_archive(), harsh_archive(faults=one("empty-page"))
    nothing, key = get(harsh, INDEX).text.splitlines()
    assert nothing == ""
    assert get(harsh, f"{INDEX}&resumeKey={key}").text == get(calm, INDEX).text


def test_an_excluded_site_shows_neither_rows_nor_captures(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("excluded", match=r"kettle\.example"))
    index, played = get(server, INDEX), get(server, PLAYED)
    assert index.status_code == 403
    assert "AdministrativeAccessControlException" in index.headers["X-Archive-Wayback-Runtime-Error"]
    assert (played.status_code, "Memento-Datetime" in played.headers) == (200, False)
    assert get(server, "/cdx/search/cdx?url=http://tidebook.example/").text


@pytest.mark.parametrize(("mode", "status"), [("owner", 403), ("robots", 403), ("row", 200)])
def test_an_exclusion_is_told_in_a_header_or_as_a_row(harsh_archive: StartArchive, mode: str, status: int) -> None:
    answer = get(harsh_archive(faults=one("excluded", mode=mode)), INDEX)
    error = "AdministrativeAccessControlException" if mode == "owner" else "RobotAccessControlException"
    assert (answer.status_code, error in answer.text) == (status, True)
    assert (error in answer.headers.get("X-Archive-Wayback-Runtime-Error", "")) == (mode != "row")


def test_an_unplayable_capture_is_listed_and_stays_a_404(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("unplayable", match="^20090412081512id_/"))
    assert "20090412081512" in get(server, INDEX).text
    assert [get(server, PLAYED).status_code for _ in range(3)] == [404, 404, 404]


def test_another_capture_stands_in(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("nearest"))
    answer = get(server, PLAYED)
    assert (answer.status_code, answer.headers["x-archive-redirect-reason"]) == (302, "found capture at 20091103120733")


def test_a_loop_of_captured_redirects_never_ends(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("loop", match="^20090412081512id_/"))
    with requests.Session() as session:
        session.max_redirects = 6
        with pytest.raises(requests.TooManyRedirects):
            session.get(server.base_url + PLAYED, timeout=60)
    assert len({r.path for r in server.log}) == 2
    assert {get(server, r.path).headers["Memento-Datetime"] for r in list(server.log)} == {
        "Sun, 12 Apr 2009 08:15:12 GMT"
    }


def test_wrong_digests_stay_equal_where_bodies_are_equal(harsh_archive: StartArchive) -> None:
    calm, harsh = harsh_archive(), harsh_archive(faults=one("wrong-digest"))
    true = [line.split(" ")[5] for line in get(calm, INDEX).text.splitlines()[:3]]
    wrong = [line.split(" ")[5] for line in get(harsh, INDEX).text.splitlines()[:3]]
    assert not set(true) & set(wrong)
    assert wrong[0] == wrong[1] != wrong[2]
    assert get(harsh, PLAYED).content == BODY


def test_content_encoding_is_broken_in_the_four_recorded_ways(harsh_archive: StartArchive) -> None:
    expected = {
        "double": (["gzip", "gzip"], True),
        "blank": ([""], False),
        "announced": (["gzip"], False),
        "unannounced": ([], True),
    }
    for mode, (headers, zipped) in expected.items():
        response, body = raw(harsh_archive(faults=one("encoding", mode=mode)), PLAYED)
        assert (response.headers.get_all("Content-Encoding") or []) == headers
        assert (gzip.decompress(body) if zipped else body) == BODY


def test_paging_needs_the_cookie_of_the_first_page(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("cookie"))
    with requests.Session() as session:
        first = session.get(server.base_url + INDEX, timeout=60)
        following = f"{INDEX}&resumeKey={first.text.splitlines()[-1]}"
        assert get(server, following).status_code == 500
        assert session.get(server.base_url + following, timeout=60).status_code == 200


def test_wide_ranges_time_out_and_narrow_ones_do_not(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=one("wide", days=800))
    assert get(server, INDEX).status_code == 504
    assert get(server, INDEX + "&from=2009&to=2013").status_code == 504
    assert get(server, INDEX + "&from=2009&to=2010").status_code == 200


@pytest.mark.parametrize(
    ("mode", "start"), [("path", "/web/2013"), ("scheme-less", "//127.0.0.1"), ("no-timestamp", "http://127.0.0.1")]
)
def test_locations_come_in_every_shape_that_was_met(harsh_archive: StartArchive, mode: str, start: str) -> None:
    server = harsh_archive(faults=one("location", mode=mode))
    location = get(server, f"/web/20131020060340id_/{KETTLE}").headers["Location"]
    assert location.startswith(start)
    assert location.endswith("/https://kettle.example/legal/privacy")
    assert ("20131020060340" in location) == (mode != "no-timestamp")


def test_over_a_limit_everything_is_429(harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=FaultFile(limits=ReplayLimits(captures_per_minute=3, pause=30)))
    assert [get(server, PLAYED).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert get(server, INDEX).status_code == 429
    assert [r.fault for r in server.log] == ["", "", "", "limit", "limit"]
    assert server.log[3].retry_after == 30
    assert busiest(server.log, "playback", 30) == 4
    assert [r.path for r in during_pauses(server.log)] == [INDEX]


def asked(at: float) -> Request:
    """Return a request for a capture at an instant in seconds."""
    return Request("playback", PLAYED, PLAYED, False, "", "", at)


def test_a_pause_ends_when_it_said() -> None:
    limiter = ReplayLimiter(ReplayLimits(captures_per_second=1, pause=30))
    answers = [limiter.pause_for(asked(at)) for at in (100, 100.5, 101, 130.25, 130.5, 132)]
    assert answers == [None, 30, 29.5, 0.25, None, None]


def test_who_ignores_the_pause_is_refused_and_for_longer_each_time() -> None:
    limiter = ReplayLimiter(ReplayLimits(captures_per_second=1, pause=30, forgiven=2, refuse=0.5))
    refusals = []
    for begun in (100, 200, 300):
        for ignored in (0, 0.125, 0.25, 0.375):
            assert limiter.take_refusal(begun + ignored) == 0
            limiter.pause_for(asked(begun + ignored))
        assert limiter.take_refusal(begun + 1) == 0, "two requests in a pause are forgiven"
        limiter.pause_for(asked(begun + 0.5))
        refusals.append(limiter.take_refusal(begun + 1))
        assert limiter.take_refusal(begun + 1) == 0, "once"
    assert refusals == [0.5, 1, 2]


def test_a_refused_client_gets_no_connection_and_then_an_answer(harsh_archive: StartArchive) -> None:
    limits = ReplayLimits(captures_per_minute=1, pause=30, forgiven=0, refuse=2)
    server = harsh_archive(faults=FaultFile(limits=limits))

    def answered() -> bool:
        try:
            return get(server, PLAYED).ok
        except requests.ConnectionError:
            return False

    assert [get(server, PLAYED).status_code for _ in range(3)] == [200, 429, 429]
    assert not answered()
    until(answered)


def test_faults_depend_only_on_seed_path_and_tries(harsh_archive: StartArchive) -> None:
    file = FaultFile(most=9, fault=(Fault(kind="status", share=0.4),))
    paths = [f"/web/{year}id_/http://nobody.example/" for year in range(2000, 2040)]

    def statuses(seed: int, order: list[str]) -> dict[str, list[int]]:
        server = harsh_archive(MemoryArchive(), file.model_copy(update={"seed": seed}))
        with requests.Session() as session:
            return {path: [session.get(server.base_url + path, timeout=60).status_code for _ in "12"] for path in order}

    once = statuses(1, paths)
    assert statuses(1, paths[::-1]) == once
    assert statuses(2, paths) != once
    hit = sum(status == 503 for pair in once.values() for status in pair)
    assert 20 <= hit <= 44


def test_mixed_faults_meet_three_requests_in_ten_and_all_pass_in_the_end(harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    for number in range(150):
        archive.add(f"http://a.example/{number}", "20150101000000", b"words " * 40)
    file = read_faults(FAULTS / "mixed.toml")
    quick = tuple(f.model_copy(update={"seconds": 0.0}) for f in file.fault)
    server = harsh_archive(archive, file.model_copy(update={"fault": quick}))
    for number in range(150):
        for _ in range(file.most + 1):
            try:
                answer = get(server, f"/web/20150101000000id_/http://a.example/{number}")
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                continue
            if answer.status_code == 200:
                break
        assert answer.content == b"words " * 40
    first = {r.path: r for r in reversed(server.log)}
    assert 0.22 <= sum(bool(r.fault) for r in first.values()) / 150 <= 0.4


@pytest.mark.parametrize("file", sorted(FAULTS.glob("*.toml")), ids=lambda file: file.stem)
def test_the_ready_faults_files_are_understood(file: Path) -> None:
    read = read_faults(file)
    assert read.fault or read.limits != ReplayLimits()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[fault]]\nkind = 'gremlin'", "fault.0.kind"),
        ("[[fault]]\nkind = 'reset'\nshar = 1", "fault.0.shar"),
        ("[[fault]]\nkind = 'reset'\nmatch = '('", "not a regular expression"),
        ("[[fault]]\nkind = 'encoding'\nmode = 'triple'", "double, blank"),
        ("[limits]\npause = 'long'", "limits.pause"),
        ("not toml", "cannot be read"),
    ],
)
def test_a_faults_file_that_is_not_understood_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(text)
    with pytest.raises(ConfigurationError, match=reason) as caught:
        read_faults(file)
    assert str(file) in str(caught.value)


def test_faults_may_be_written_as_json(tmp_path: Path) -> None:
    file = tmp_path / "faults.json"
    file.write_text(json.dumps({"fault": [{"kind": "status", "status": 599}]}))
    assert read_faults(file).fault == (Fault(kind="status", status=599),)
