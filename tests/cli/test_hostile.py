"""What careless or hostile users type: one clear line on stderr and the documented exit code, never a traceback."""

from __future__ import annotations

import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from harvester.cli import main


def ended(data: Path, *arguments: str) -> int:
    """The exit code of a command, in this process."""
    with pytest.raises(SystemExit) as end:
        main(["--data", str(data), *arguments])
    return int(end.value.code or 0)


def ran(data: Path, *arguments: str, stdout: str) -> tuple[int, str]:
    """Exit code and standard error of the command in a process of its own, its output going into a file."""
    command = [str(Path(sys.executable).with_name("harvester")), "--data", str(data), *arguments]
    with Path(stdout).open("wb") as to:
        done = subprocess.run(command, stdout=to, stderr=subprocess.PIPE, check=False, timeout=60)
    return done.returncode, done.stderr.decode()


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
BAD = [
    (2, "brackets and NOTs are nested more than", ["search", "(" * 400 + "a" + ")" * 400]),
    (2, "brackets and NOTs are nested more than", ["trends", "NOT " * 200 + "a"]),
    (2, "write at most 1000", ["search", "tea " * 2_500]),
    (2, "cannot be read", ["search", "--regex", "(" * 900]),
    (2, "write between 1 and 1000", ["search", "--regex", ""]),
    (2, "write between 1 and 1000", ["search", "--regex", "a" * 100_000]),
    (2, "needs too much memory", ["search", "--regex", "(?R)", "--seconds", "30"]),
    (2, "cannot be read: missing )", ["search", "--regex", "("]),
    (2, "no service named", ["blame", "kett\udcffle.example"]),
    (2, "no service named", ["search", "tea", "--service", "\udcff"]),
    (2, "no service has the tag 'none'; known: ", ["trends", "tea", "--tag", "none"]),
    (2, "nowhere/x.svg cannot be written: No such file", ["trends", "tea", "--plot", "/nowhere/x.svg"]),
    (2, "--plot writes SVG only: name a file that ends in .svg instead of x.png", ["trends", "tea", "--plot", "x.png"]),
    (2, "no service named ''", ["changes", ""]),
    (2, "--type: '' is not a type", ["changes", "--type", ""]),
    (2, "--type: '' is not a type", ["search", "tea", "--type", ""]),
    (2, "xxx: File name too long; name another file or folder", ["backup", "x" * 300]),
    (2, "xxx: File name too long; name another file or folder", ["conformance", "x" * 300]),
    (2, "xxx: File name too long; name another file or folder", ["import", "warc", "x" * 300]),
    (
        2,
        "no service named 'ketle.example'; known: kettle.example",
        ["watch", "test", "--words", "x", "--service", "ketle.example"],
    ),
    (2, "no service has the tag 'none'; known: ", ["watch", "test", "--words", "x", "--tag", "none"]),
    (2, "no service named 'none'; known: ", ["review", "list", "--service", "none"]),
    (2, "no service has the tag 'none'; known: ", ["review", "list", "--tag", "none"]),
    (2, "--json and --format csv exclude each other", ["diff", "kettle.example", "--json", "--format", "csv"]),
    (2, "/ cannot be written: Is a directory; name another file", ["trends", "tea", "--plot", "/"]),
]


@pytest.mark.parametrize(("code", "said", "arguments"), BAD, ids=range(len(BAD)))
def test_a_mistake_is_one_line_and_its_exit_code(
    sample_data: Path, capfd: pytest.CaptureFixture[str], code: int, said: str, arguments: list[str]
) -> None:
    assert ended(sample_data, *arguments) == code
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1), err[-500:]
    assert err.startswith("harvester: ")
    assert said in err


@pytest.mark.parametrize(
    "question", ["search tea", "blame x", "trends tea", "similar x", "log x", "show x", "diff x", "export corpus x"]
)
def test_a_question_makes_no_store_where_there_is_none(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], question: str
) -> None:
    assert ended(tmp_path / "mistyped", *question.split()) == 2
    assert f"there is no store at {tmp_path}/mistyped/harvester.db; " in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_span_is_said(sample_data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for question in ("search", "trends"):
        assert ended(sample_data, question, "tea", "--from", "2015", "--to", "2010") == 2
        assert "--from 2015 is later than --to 2010" in capfd.readouterr().err
    assert ended(sample_data, "trends", "tea", "--from", "9998", "--to", "9999", "--by", "month") == 0
    assert capfd.readouterr().err == "harvester: no versions in that period\n"


@FULL
@pytest.mark.parametrize("command", ["log kettle.example", "trends tea --csv"])
def test_a_full_disk_behind_standard_output_is_said(sample_data: Path, command: str) -> None:
    code, err = ran(sample_data, *command.split(), stdout="/dev/full")
    assert (code, err) == (
        3,
        "harvester: standard output cannot be written: No space left on device; write elsewhere\n",
    )


@pytest.mark.parametrize("closed", ["<&- >&-", "2>&-", "<&- >&- 2>&-"])
def test_a_command_without_its_streams_does_its_work_and_writes_into_no_file_of_its_own(
    sample_data: Path, tmp_path: Path, closed: str
) -> None:
    command = f"{sys.executable} -m harvester --data {sample_data} export csv {tmp_path / 'out'} {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "out" / "changes.csv").read_bytes().startswith(b"service,")


@FULL
def test_a_chart_is_written_whole_or_not_at_all(
    sample_data: Path, small_disk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chart = small_disk / "x.svg"
    assert ended(sample_data, "trends", "tea", "--plot", str(chart)) == 0
    before = chart.read_bytes()
    with suppress(OSError), (small_disk / "rest").open("wb", buffering=0) as rest:
        while True:
            rest.write(b"x" * 512)
    assert ended(sample_data, "trends", "cookies", "--plot", str(chart)) == 2
    said = f"harvester: {chart} cannot be written: No space left on device; name another file\n"
    assert capfd.readouterr().err == said
    assert {file.name for file in small_disk.iterdir()} == {"x.svg", "rest"}
    assert chart.read_bytes() == before


def test_a_chart_can_go_into_a_device(sample_data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert ended(sample_data, "trends", "tea", "--plot", "/dev/null") == 0
    assert Path("/dev/null").is_char_device()
    assert capfd.readouterr().err == ""


HEADER = (
    "> *The following text is extracted and transformed from the esc.example privacy policy that was archived on "
    "2015-03-20. Please check the [original snapshot on the Wayback Machine]"
    "(https://web.archive.org/web/20150320040234id_/http%3A//esc.example/) for the most accurate reproduction.*\n\n"
)


@pytest.fixture(scope="module")
def commanding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a text with commands for a terminal."""
    folder = tmp_path_factory.mktemp("commanding")
    (folder / "in").mkdir()
    (folder / "in" / "a.md").write_text(f"{HEADER}# T\n\nWe \x1b]0;owned\x07 like \x9b2J tea very much.\n")
    assert ended(folder / "data", "import", "corpus", str(folder / "in")) == 0
    return folder / "data"


@pytest.mark.parametrize("command", ["search tea", "blame esc.example", "show esc.example", "search --regex tea"])
def test_a_text_is_as_it_is_in_a_pipe_and_cannot_command_a_terminal(
    commanding: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    assert ended(commanding, *command.split()) == 0
    assert "We \x1b]0;owned\x07 like \x9b2J " in capfd.readouterr().out
    ours, theirs = pty.openpty()
    with open(ours, "rb", buffering=0) as seen, open(theirs, "w", encoding="utf-8") as terminal:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", terminal)
        assert ended(commanding, *command.split()) == 0
        terminal.flush()
        on_a_terminal = seen.read(10_000).decode()
    assert "We \ufffd]0;owned\ufffd like \ufffd2J " in on_a_terminal


@pytest.mark.parametrize(("driver", "query"), [("sqlite", "?timeout=5"), ("sqlite+pysqlite", "")])
def test_a_store_is_there_however_its_address_is_written(
    sample_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    driver: str,
    query: str,
) -> None:
    monkeypatch.setenv("HARVESTER_DATABASE_URL", f"{driver}:///{sample_data / 'harvester.db'}{query}")
    assert ended(tmp_path, "log", "kettle.example") == 0
    monkeypatch.setenv("HARVESTER_DATABASE_URL", f"{driver}:///{tmp_path / 'none.db'}{query}")
    assert ended(tmp_path, "log", "kettle.example") == 2
    assert f"there is no store at {tmp_path}/none.db; " in capfd.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        "show kettle.example@",
        "blame kettle.example@",
        "topics kettle.example@",
        "similar kettle.example@",
        "diff S ''",
        "diff S 1 ''",
    ],
)
def test_a_version_that_a_script_left_empty_is_no_latest_one(
    sample_data: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    words = [{"S": "kettle.example", "''": ""}.get(word, word) for word in command.split()]
    assert ended(sample_data, *words) == 2
    assert "kettle.example has no version ''. There are versions 1 to " in capfd.readouterr().err


@pytest.mark.parametrize(
    ("said", "content", "arguments"),
    [
        ("names no service; write a domain", b"", ["add", "--from"]),
        ("names no service; write a domain", b"\xef\xbb\xbfdomain\n", ["add", "--from"]),
        ("is not UTF-8 text; save it as UTF-8", "a.example".encode("utf-16"), ["add", "--from"]),
        ("is not UTF-8 text; save it as UTF-8", b"url,time,file\n\xff", ["import", "pages"]),
    ],
)
def test_a_file_that_says_nothing_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], said: str, content: bytes, arguments: list[str]
) -> None:
    (tmp_path / "given.csv").write_bytes(content)
    assert ended(tmp_path / "data", *arguments, str(tmp_path / "given.csv")) == 2
    assert said in capfd.readouterr().err


@pytest.mark.parametrize("content", [b"not a WARC file", b"WARC/1.0\r\nWARC-Type: resp"])
def test_a_broken_file_of_captures_is_an_exit_code(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "a.warc").write_bytes(content)
    assert ended(tmp_path / "data", "import", "warc", str(tmp_path / "a.warc")) == 1
    assert "in 1 file: 0 read" in (out := capfd.readouterr().out)
    assert "broken: " in out


@pytest.mark.parametrize("since", ["", "9999y", "2020-02-30", "\u0661y"])
def test_a_time_that_is_none_is_refused(sample_data: Path, capfd: pytest.CaptureFixture[str], since: str) -> None:
    assert ended(sample_data, "changes", "--since", since) == 2
    assert f"--since {since}: give 1y, 6m, 2w, 30d, or a date" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("changes --format yaml", "'--format': 'yaml' is not one of 'table', 'json', 'jsonl', 'csv'."),
        ("changes --limit 0", "'--limit': must be greater than or equal to 1"),
        ("changes --limit many", "'--limit': must be a whole number"),
        ("backfill --budget -1", "'--budget': must be greater than or equal to 0"),
    ],
)
def test_an_option_that_cannot_be_read_is_named_in_plain_words(
    sample_data: Path, capfd: pytest.CaptureFixture[str], arguments: str, said: str
) -> None:
    assert ended(sample_data, *arguments.split()) == 2
    assert said in capfd.readouterr().err


def test_a_database_that_cannot_be_named_says_how(sample_data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert ended(sample_data, "copy-to", "nonsense") == 2
    assert "write sqlite:////folder/file.db or postgresql://user@host/name" in capfd.readouterr().err
