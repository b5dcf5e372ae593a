"""Playback by the stand-in archive in both dialects, and the server itself."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from harvester.errors import ConfigurationError
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.server import ReplayServer
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.paths import SAMPLE

KETTLE = "http://www.kettle.example/privacy.html"


def get(server: ReplayServer, path: str) -> requests.Response:
    return requests.get(server.base_url + path, timeout=60, allow_redirects=False)


def test_a_capture_has_its_own_status_bytes_and_headers(sample_archive: ReplayServer) -> None:
    answer = get(sample_archive, "/web/20140911134420id_/https://kettle.example/legal/privacy")
    assert answer.status_code == 200
    assert answer.content == (SAMPLE / "pages" / "kettle-20140911134420.html").read_bytes()
    assert answer.headers["Memento-Datetime"] == "Thu, 11 Sep 2014 13:44:20 GMT"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["X-Archive-Orig-Server"] == "Apache"


@pytest.mark.parametrize(("timestamp", "status"), [("20120202113000", 404), ("20120428090510", 404)])
def test_a_captured_error_is_history_and_bears_memento_datetime(
    sample_archive: ReplayServer, timestamp: str, status: int
) -> None:
    answer = get(sample_archive, f"/web/{timestamp}id_/http://lanternpost.example/about/privacy.php")
    assert answer.status_code == status
    assert "Memento-Datetime" in answer.headers


def test_windows_1252_comes_as_it_was_without_a_charset(sample_archive: ReplayServer) -> None:
    answer = get(sample_archive, "/web/20090825143011id_/http://lanternpost.example/about/privacy.php")
    assert answer.headers["Content-Type"] == "text/html"
    assert b"reader\x92s address" in answer.content
    with pytest.raises(UnicodeDecodeError):
        answer.content.decode("utf-8")


def test_a_revisit_shows_the_body_that_it_repeats_at_its_own_time(sample_archive: ReplayServer) -> None:
    original = get(sample_archive, f"/web/20090412081512id_/{KETTLE}")
    revisit = get(sample_archive, f"/web/20091103120733id_/{KETTLE}")
    assert revisit.content == original.content
    assert revisit.headers["Memento-Datetime"] == "Tue, 03 Nov 2009 12:07:33 GMT"


def test_another_instant_leads_to_the_nearest_capture(sample_archive: ReplayServer) -> None:
    answer = get(sample_archive, f"/web/20091101id_/{KETTLE}")
    assert answer.status_code == 302
    assert answer.headers["x-archive-redirect-reason"] == "found capture at 20091103120733"
    assert answer.headers["Location"] == f"{sample_archive.base_url}/web/20091103120733id_/{KETTLE}"
    assert "Memento-Datetime" not in answer.headers


def test_a_redirect_of_that_day_leads_on_inside_the_archive(sample_archive: ReplayServer) -> None:
    answer = requests.get(f"{sample_archive.base_url}/web/20131020060340id_/{KETTLE}", timeout=60)
    (first,) = answer.history
    assert (first.status_code, "Memento-Datetime" in first.headers) == (301, True)
    assert first.headers["X-Archive-Orig-Location"] == "https://kettle.example/legal/privacy"
    assert answer.url.endswith("/web/20131020060340id_/https://kettle.example/legal/privacy")
    assert answer.status_code == 200


def test_a_redirect_from_http_to_https_at_one_instant_is_no_loop() -> None:
    archive = MemoryArchive()
    archive.add("http://a.example/p", "20150101000000", status=301, location="https://a.example/p")
    archive.add("https://a.example/p", "20150101000002", b"words")
    with ReplayServer(archive) as base:
        answer = requests.get(f"{base}/web/20150101000000id_/http://a.example/p", timeout=60)
        assert (answer.text, len(answer.history)) == ("words", 2)


def test_without_a_timestamp_the_newest_capture_is_offered(sample_archive: ReplayServer) -> None:
    answer = get(sample_archive, f"/web/{KETTLE}")
    assert answer.headers["x-archive-redirect-reason"] == "found capture at 20131020060340"


@pytest.mark.parametrize("url", ["https%3A//kettle.example/legal/privacy", "https:/kettle.example/legal/privacy"])
def test_a_url_that_was_percent_encoded_or_lost_a_slash_is_understood(sample_archive: ReplayServer, url: str) -> None:
    answer = get(sample_archive, f"/web/20140911134420id_/{url}")
    assert answer.headers["Memento-Datetime"] == "Thu, 11 Sep 2014 13:44:20 GMT"


def test_pywb_answers_the_nearest_capture_itself(sample_archive: ReplayServer) -> None:
    answer = get(sample_archive, f"/pywb/20091101000000id_/{KETTLE}")
    assert answer.status_code == 200
    assert answer.headers["Content-Location"].endswith(f"/pywb/20091103120733id_/{KETTLE}")
    assert answer.headers["Memento-Datetime"] == "Tue, 03 Nov 2009 12:07:33 GMT"
    moved = get(sample_archive, f"/pywb/20131020060340id_/{KETTLE}")
    assert moved.headers["Location"] == "https://kettle.example/legal/privacy"
    assert get(sample_archive, "/pywb/2010id_/http://nobody.example/").status_code == 404


def test_a_late_capture_is_hidden_until_the_server_is_told(harsh_archive: StartArchive) -> None:
    server = harsh_archive()
    query = f"/cdx/search/cdx?url={KETTLE}&from=201002&to=201002"
    assert get(server, query).text == ""
    server.late = True
    server.refresh()
    assert get(server, query).text.split()[1] == "20100217194010"
    assert get(server, f"/web/20100217194010id_/{KETTLE}").status_code == 200


def test_captures_added_while_it_runs_are_shown_after_a_refresh() -> None:
    archive = MemoryArchive()
    server = ReplayServer(archive)
    with server as base:
        archive.add("http://a.example/", "20150101000000", b"new")
        assert requests.get(f"{base}/web/2015id_/http://a.example/", timeout=60).status_code == 404
        server.refresh()
        assert requests.get(f"{base}/web/2015id_/http://a.example/", timeout=60).text == "new"


def test_the_log_tells_connections_answers_and_clients_apart(sample_archive: ReplayServer) -> None:
    with requests.Session() as session:
        session.headers["User-Agent"] = "tester"
        for _ in range(3):
            session.get(sample_archive.base_url + "/web/2010id_/http://nobody.example/", timeout=60)
    get(sample_archive, "/cdx/search/cdx?url=nobody.example")
    *pages, index = sample_archive.log
    assert [(r.endpoint, r.status, r.user_agent) for r in pages] == [("playback", 404, "tester")] * 3
    assert len({r.client_port for r in pages}) == 1
    assert (index.endpoint, index.status, index.fault) == ("cdx", 200, "")
    assert pages[0].started <= pages[0].answered <= pages[1].started


def test_many_connections_are_served_at_once(sample_archive: ReplayServer) -> None:
    address = f"{sample_archive.base_url}/web/20090412081512id_/{KETTLE}"
    with ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(lambda _: requests.get(address, timeout=60).content, range(40)))
    assert len(set(bodies)) == 1


def test_stopping_closes_idle_connections_and_frees_the_port() -> None:
    server = ReplayServer(FolderArchive(SAMPLE))
    base = server.start()
    port = int(base.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(12) == b"HTTP/1.1 200"
        server.stop()
        while idle.recv(65536):
            pass
    assert "replay" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_port_that_is_taken_is_named(sample_archive: ReplayServer) -> None:
    port = int(sample_archive.base_url.rpartition(":")[2])
    with pytest.raises(ConfigurationError, match=f"127.0.0.1:{port}.*--port"):
        ReplayServer(FolderArchive(SAMPLE), port=port).start()


def test_odd_captured_headers_and_urls_do_not_break_the_answer() -> None:
    archive = MemoryArchive()
    archive.add("http://a.example/f%C3%BCr/é", "20150101000000", b"words", headers={"X-Odd": "a\r\nSet-Cookie: b"})
    with ReplayServer(archive) as base:
        moved = requests.get(f"{base}/web/2014id_/http://a.example/f%C3%BCr/%C3%A9", timeout=60, allow_redirects=False)
        assert moved.headers["Location"] == f"{base}/web/20150101000000id_/http://a.example/f%C3%BCr/%C3%A9"
        answer = requests.get(moved.headers["Location"], timeout=60)
        assert answer.text == "words"
        assert answer.headers["X-Archive-Orig-X-Odd"] == "a  Set-Cookie: b"
        assert "Set-Cookie" not in answer.headers
