"""``harvester add DOMAIN``."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.cli import main
from harvester.cli.catalogue.new_services import Entering
from harvester.errors import ConfigurationError
from harvester.replay.archives.replayable import ReplayCapture
from harvester.replay.server import ReplayServer
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.commands import configuration, run

CATALOGUE = """# Whom we watch.
[[service]]
name = "mossnote.example"   # a comment that stays
sources = [{ url = "https://www.mossnote.example/legal/privacy-policy" }]
"""


def test_a_domain_is_entered_and_its_policy_found_where_it_was(tmp_path: Path, sample_archive: ReplayServer) -> None:
    config = configuration(tmp_path / "config", sample_archive.base_url, services=CATALOGUE)
    added = run(config, tmp_path / "data", "add", "kettle.example")
    assert added.returncode == 0, added.stderr
    assert "http://www.kettle.example/privacy.html" in added.stdout
    assert "https://kettle.example/legal/privacy" in added.stdout
    assert (config / "services.toml").read_text().startswith(CATALOGUE)
    assert [one.name for one in load_catalogue(config / "services.toml")] == ["mossnote.example", "kettle.example"]
    again = run(config, tmp_path / "data", "add", "KETTLE.example")
    assert again.returncode == 2
    assert "has kettle.example already" in again.stderr
    done = run(config, tmp_path / "data", "backfill", "kettle.example")
    assert done.returncode == 0, done.stderr
    homes = [one.path for one in sample_archive.log if one.path.endswith(".example/") and one.endpoint == "playback"]
    assert len(homes) == len(set(homes))


def test_what_is_no_domain_is_refused(tmp_path: Path) -> None:
    config = configuration(tmp_path / "config", "http://127.0.0.1:9", services=CATALOGUE)
    refused = run(config, tmp_path / "data", "add", "ftp://kettle.example/")
    assert refused.returncode == 2
    assert (config / "services.toml").read_text() == CATALOGUE


def test_a_list_of_1000_lines_of_which_30_are_wrong_gives_each_line_its_outcome(
    tmp_path: Path, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    new = [f"https://new{number}.example/privacy" for number in range(20)]
    for url in new:
        archive.add(url, "20150101000000", b"<p>A policy.</p>")
    listed = [f"s{number}.example" for number in range(950)]
    catalogue = "\n".join(f'[[service]]\nname = "{name}"\n' for name in listed)
    config = configuration(tmp_path / "config", harsh_archive(archive).base_url, services=catalogue)
    wrong = ["http://[", "com", "two words", *(f"https://gone{number}.example/privacy" for number in range(27))]
    lines = [*listed, *new]
    for number, line in enumerate(wrong):
        lines.insert(33 * number, line)
    (tmp_path / "list.txt").write_text("\n".join(lines))
    done = run(config, tmp_path / "data", "add", "--from", str(tmp_path / "list.txt"))
    assert done.returncode == 1, done.stderr
    assert len(lines) == 1000
    said = [line.split(":")[0] for line in done.stderr.splitlines()]
    assert said == [f"line {33 * number + 1}" for number in range(30)]
    outcomes = dict(line.split(": ") for line in done.stdout.splitlines() if ".example: " in line)
    assert outcomes == dict.fromkeys(listed, "already in the catalogue") | {
        f"new{number}.example": "added" for number in range(20)
    }
    assert "30 not added, 950 already there, 20 added; catalogue: " in done.stdout
    written = (config / "services.toml").read_text()
    assert written.startswith(catalogue)
    assert len(load_catalogue(config / "services.toml")) == 970


LINKED = b'<html><body><a href="/privacy">Privacy policy</a></body></html>'
SECRET = "hidden-in-a-list"
LINES = {
    "shop.example": "shop.example: added",
    "https://Shop.example/": "shop.example: already in the catalogue",
    "# a remark": None,
    "": None,
    "http://www.shop.example/imprint": "shop.example: already in the catalogue",
    "https://pdf.example/privacy.pdf  # a remark": "pdf.example: added",
    "https://login.example/privacy": "login.example: added",
    "https://login.example/Terms": "login.example: already in the catalogue, without https://login.example/Terms; "
    "add that to its sources if it is the same document",
    "b\u00fccher.example": "xn--bcher-kva.example: added",
    "xn--bcher-kva.example": "xn--bcher-kva.example: already in the catalogue",
    '"no end of it': "is not a domain or an address",
    f"http://anna:{SECRET}@shop.example/privacy": "'http://...@shop.example/privacy' is not",
    f"{'x' * 300}.example": "is not the domain of a site",
    "https://gone.example/privacy": "has no capture of https://gone.example/privacy",
    "unknown.example": "has no capture of http://unknown.example/",
    "bare.example": "none of the home pages of bare.example",
    "last.example": "last.example: added",
}


def test_each_line_of_a_list_has_its_outcome_and_again_nothing_is_done_twice(
    tmp_path: Path, harsh_archive: StartArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = MemoryArchive()
    for home in ("shop", "xn--bcher-kva", "last"):
        archive.add(f"http://{home}.example/", "20150101000000", LINKED)
    archive.add("http://bare.example/", "20150101000000", b"<a href='/about'>About us</a>")
    archive.add("https://pdf.example/privacy.pdf", "20150101000000", b"%PDF-1.4", mimetype="application/pdf")
    archive.add("https://login.example/privacy", "20150101000000", b"<title>Log in</title><form></form>")
    server = harsh_archive(archive)
    config = configuration(tmp_path / "config", server.base_url, services="")
    (tmp_path / "list.txt").write_text("\ufeff" + "\r\n".join(LINES), encoding="utf-8")
    command = ["--config", str(config), "--data", str(tmp_path / "data"), "add", "--from", str(tmp_path / "list.txt")]
    with pytest.raises(SystemExit, match="1"):
        main(command)
    said = capsys.readouterr()
    for number, (line, outcome) in enumerate(LINES.items(), 1):
        failed = [one for one in said.err.splitlines() if one.startswith(f"line {number}: ")]
        if outcome is None or ".example: " in outcome:
            assert failed == [], line
            assert outcome is None or outcome in said.out.splitlines(), line
        else:
            assert [outcome in one for one in failed] == [True], line
    assert SECRET not in said.out + said.err
    assert max(map(len, said.err.splitlines())) < 300
    assert "5 added, 4 already there, 6 not added; catalogue: " in said.out
    written, before = (config / "services.toml").read_bytes(), [(one.endpoint, one.path) for one in server.log]
    with pytest.raises(SystemExit, match="1"):
        main(command)
    assert "9 already there, 6 not added" in capsys.readouterr().out
    again = [(one.endpoint, one.path) for one in server.log][len(before) :]
    assert (config / "services.toml").read_bytes() == written
    assert len(again) == 3, "only about the three of which nothing is known"
    assert set(again) <= set(before)


class Hand:
    """A clock that stands still until a test moves it."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def _entries(number: int) -> list[ServiceEntry]:
    return [ServiceEntry(name=f"n{one}.example") for one in range(number)]


def test_writing_a_long_list_takes_a_twentieth_of_its_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, groups = Hand(), []

    def add_missing(file: Path, entries: list[ServiceEntry]) -> None:
        groups.append(len(entries))
        clock.now += 0.001 * sum(groups)  # each writing checks all that the file holds

    monkeypatch.setattr("harvester.catalogue.services_file.add_missing", add_missing)
    with Entering(tmp_path / "services.toml", clock) as entering:
        for entry in _entries(1000):
            clock.now += 0.01
            entering.enter(entry)
    assert sum(groups) == 1000
    assert groups[0] == 1
    assert clock.now < 10 * 1.05 + 2, "1,000 searches of 10 ms and the last two writings; one each would take 500 s"


def test_of_a_slow_search_each_service_is_written_at_once(tmp_path: Path) -> None:
    clock = Hand()
    with Entering(tmp_path / "services.toml", clock) as entering:
        for number, entry in enumerate(_entries(3), 1):
            clock.now += 10
            entering.enter(entry)
            assert len(load_catalogue(tmp_path / "services.toml")) == number


def test_what_was_found_is_written_when_the_run_is_stopped(tmp_path: Path) -> None:
    def search() -> None:
        clock = Hand()
        with Entering(tmp_path / "services.toml", clock) as entering:
            clock.now = -1.0
            entering.enter(ServiceEntry(name="a.example"))
            assert len(entering.waiting) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search()
    assert [one.name for one in load_catalogue(tmp_path / "services.toml")] == ["a.example"]


def test_a_catalogue_that_somebody_breaks_and_mends_meanwhile_gets_what_was_found(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    broken = CATALOGUE + "[[service\n"
    with Entering(file, Hand()) as entering:
        file.write_text(broken)
        entering.enter(ServiceEntry(name="a.example"))
        assert isinstance(entering.problem, ConfigurationError)
        assert str(entering.problem).startswith(f"{file}: not TOML: ")
        assert "line 5" in str(entering.problem)
        assert file.read_text() == broken
        file.write_text(CATALOGUE)
        entering.enter(ServiceEntry(name="b.example"))
    assert [one.name for one in load_catalogue(file)] == ["mossnote.example", "a.example", "b.example"]


def test_a_catalogue_broken_to_the_end_is_left_alone_and_what_was_found_is_named(
    tmp_path: Path, harsh_archive: StartArchive
) -> None:
    file = tmp_path / "config" / "services.toml"
    broken = CATALOGUE + "[[service\n"

    class Meanwhile(MemoryArchive):
        """Somebody edits the catalogue while the home pages are fetched."""

        def body(self, capture: ReplayCapture) -> bytes:
            file.write_text(broken)
            return super().body(capture)

    archive = Meanwhile()
    archive.add("http://kettle.example/", "20150101000000", b'<p><a href="/privacy">Privacy policy</a></p>')
    config = configuration(tmp_path / "config", harsh_archive(archive).base_url, services=CATALOGUE)
    (tmp_path / "list.txt").write_text("kettle.example\n")
    refused = run(config, tmp_path / "data", "add", "--from", str(tmp_path / "list.txt"))
    assert refused.returncode == 2
    assert "kettle.example: found\n" in refused.stdout
    assert f"{file}: not TOML: " in refused.stderr
    assert "not added, though found: kettle.example; then run the same command again" in refused.stderr
    assert file.read_text() == broken
    status = run(config, tmp_path / "data", "status")
    assert f"catalogue refused, the last good one is in use: {file}: not TOML: " in status.stdout
    assert "line 5" in status.stdout
    file.write_text(CATALOGUE)
    again = run(config, tmp_path / "data", "add", "--from", str(tmp_path / "list.txt"))
    assert again.returncode == 0, again.stderr
    assert [one.name for one in load_catalogue(file)] == ["mossnote.example", "kettle.example"]
