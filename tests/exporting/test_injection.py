"""What an archive or a page writes is data in every export, never a command, a header or a record of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from harvester.errors import ConfigurationError
from harvester.exporting.git import export_git
from harvester.exporting.snapshots import corpus_path
from harvester.exporting.warc import export_warc
from harvester.git_program import git_environment
from harvester.settings import Settings
from harvester.store.database import Database
from tests.support.store.filled import fill
from tests.support.store.spoilt import spoil

COMMANDS = (
    "\ncommit refs/heads/stolen\ncommitter x <x@x> 0 +0000\ndata 0\n"
    'M 100644 inline "../../../stolen.txt"\ndata <<END\nowned\nEND\n'
    "reset refs/heads/main\nfrom 0000000000000000000000000000000000000000\ndone\n"
)
HEADERS = (
    " x\r\nWARC-Type: warcinfo\r\nSet-Cookie: stolen=1\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n"
    "WARC-Target-URI: http://stolen.example/\r\nContent-Length: 0\r\n\r\n\x1b[2J"
)


def git(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True, env=git_environment())
    return ran.stdout.decode()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\x0b"])
def test_no_text_commands_the_import_of_git(sqlite: Database, tmp_path: Path, end: str) -> None:
    fill(sqlite, services=1, captures=4)
    spoil(sqlite, COMMANDS.replace("\n", end))
    folder = tmp_path / "out" / "repository"
    with sqlite.reading() as session:
        done = export_git(session, Settings(), folder)
    assert done.commits == 4
    assert git(folder, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]
    assert git(folder, "ls-files").splitlines() == [f"s/se/ser/service0.example{one}" for one in (".html", ".md")]
    names = ["Service", "Captured", "Archive", "URL", "Snapshot", "Digest", "Outcome", "Cleaner"]
    trailers = git(folder, "log", "--format=%(trailers:only,unfold)%x00").split("\0")[:-1]
    for one in trailers:
        assert [line.split(":")[0] for line in one.strip().splitlines()][: len(names)] == names
    git(folder, "fsck", "--strict")
    assert not list(tmp_path.rglob("stolen*"))


@pytest.mark.parametrize(
    "service", ["..", "../x", "/etc/x", ".git", "a/../../x", "a\nM 100644 inline x", '"a', "a\x1b", "a\r", "", "a\x00"]
)
def test_no_name_of_a_service_leaves_its_folder_or_commands_git(service: str) -> None:
    with pytest.raises(ConfigurationError, match="cannot be the name of a file"):
        corpus_path(service)


@pytest.mark.parametrize("odd", ["", "\x00", "\ud800"], ids=["none", "nul", "lone-surrogate"])
def test_no_text_begins_a_header_or_a_record_of_a_warc(sqlite: Database, tmp_path: Path, odd: str) -> None:
    fill(sqlite, services=1, captures=4)
    spoil(sqlite, HEADERS, odd=odd)
    with sqlite.reading() as session:
        done = export_warc(session, tmp_path / "out")
    (file,) = tmp_path.glob("out/*.warc.gz")
    with file.open("rb") as stream:
        records = [(one.rec_headers, one.http_headers) for one in ArchiveIterator(stream, check_digests="raise")]
    assert len(records) == 1 + done.responses + done.revisits
    for head, http in records[1:]:
        assert head.get_header("WARC-Target-URI").startswith("http://service0.example/privacy%20x%0D%0AWARC-Type")
        assert [name for name, _ in head.headers].count("WARC-Type") == 1
        assert not {name.lower() for name, _ in http.headers} & {"set-cookie", "warc-type"}
        assert all(text.isprintable() for pair in http.headers for text in pair)
