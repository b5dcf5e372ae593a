"""Documents a minute of ``import corpus`` and ``import ota``, beside git reading the same files, in one run.

    python bench/imports.py [--services N] [--versions N] [--tree N] [--warc-megabytes N] [--database URL]
                            [--texts FOLDER]

Three repositories are made of real policies (`--texts`: documents and pages of the corpus, and present-day policies
as Open Terms Archive has them): a corpus with the history of `--services` services, `--versions` each, with their
pages; a corpus of one commit with `--tree` services; and an Open Terms Archive versions repository, as many services
and versions as the first. A version differs from the one before it in three paragraphs, a service of the tree from
every other in one in eight. Each is read by git alone (``git log`` or ``ls-tree``, and ``cat-file`` of every file that
the import reads), which is the floor, and then imported into an empty store. Exit 1 when one comes to less than
5,000 documents a minute by the wall.

Then `bench/warcs.py` reads a WARC file, beside fastwarc alone.

A PostgreSQL database that is named must be empty; it takes the three one after the other.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import warcs
from harvester.cleaner.document import header_of, snapshot_address
from harvester.clock import utc_now
from harvester.exporting.snapshots import corpus_comment, corpus_path
from harvester.importing.git_files import GitFiles
from harvester.importing.importer import corpus_files, import_documents, ota_files
from harvester.importing.published import Skipped
from harvester.store.content.publication import Published
from harvester.store.database import Database

TEXTS = Path(__file__).resolve().parents[1] / ".." / "shared" / "cleaner"
PROMISED = 5_000
FIRST = datetime(2009, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Policy:
    """A real policy, from which the versions are made: its Markdown in paragraphs, and its page."""

    paragraphs: tuple[str, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Commit:
    """Files that one commit brings."""

    moment: datetime
    subject: str
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the wall, and of the processors, of this process and of those that work for it."""

    wall: float
    busy: float

    def told(self, documents: int) -> str:
        """As documents a minute."""
        return f"{documents / self.wall * 60:>9,.0f} a minute  {documents / self.busy * 60:>9,.0f} a CPU-minute"


def corpus_policies(folder: Path) -> list[Policy]:
    """The documents of the corpus."""
    found = []
    for file in sorted((folder / "corpus").glob("*.md")):
        _, _, text = file.read_text(encoding="utf-8").split("\n\n", 2)
        page = file.with_suffix(".html").read_text(encoding="utf-8", errors="replace")
        found.append(Policy(tuple(text.split("\n\n")), page))
    return found


def present_policies(folder: Path) -> list[Policy]:
    """The policies of our days."""
    with gzip.open(folder / "reference-pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    return [Policy(tuple(one["markdown"].split("\n\n")), one["html"]) for one in cases if one["id"].startswith("ota-")]


def versions(policy: Policy, seed: int, count: int) -> Iterator[Policy]:
    """A policy's successive versions, each with three paragraphs of other words than before, in text and page."""
    chance = random.Random(seed)
    paragraphs, page = list(policy.paragraphs), policy.page
    for number in range(count):
        for _ in range(3 if number else max(3, len(paragraphs) // 8)):
            place = chance.randrange(len(paragraphs))
            words = paragraphs[place].split(" ")
            chance.shuffle(words)
            paragraphs[place] = " ".join(words)
        marked = f"Version {number + 1} of service {seed}."
        told = f"<p>{marked} {' '.join(paragraphs[place] for place in chance.sample(range(len(paragraphs)), 1))}</p>"
        yield Policy((*paragraphs, marked + "\n"), page.replace("</body>", f"{told}</body>"))


def corpus_commits(policies: list[Policy], services: int, count: int, ending: str = "example") -> Iterator[Commit]:
    """The corpus's history: every file of every service, newest last."""
    for service in range(services):
        domain = f"{'abcdefghijklmnopqrstuvwxyz'[service % 26]}{service}.{ending}"
        for number, policy in enumerate(versions(policies[service % len(policies)], service, count)):
            moment = FIRST + timedelta(days=30 * number, seconds=service)
            yield Commit(moment, domain, _corpus_files(domain, moment, policy))


def corpus_tree(policies: list[Policy], services: int) -> Commit:
    """The corpus as one commit."""
    files: dict[str, bytes] = {}
    for commit in corpus_commits(policies, services, 1, "tree.example"):
        files |= commit.files
    return Commit(FIRST, "all", files)


def ota_commits(policies: list[Policy], services: int, count: int) -> Iterator[Commit]:
    """An Open Terms Archive versions repository's history."""
    for service in range(services):
        path = f"Service {service}/Privacy Policy.md"
        for number, policy in enumerate(versions(policies[service % len(policies)], service, count)):
            moment = FIRST + timedelta(days=30 * number, seconds=service)
            text = "\n\n".join(policy.paragraphs).encode()
            yield Commit(moment, f"Record new changes of {path}", {path: text})


def _corpus_files(domain: str, moment: datetime, policy: Policy) -> dict[str, bytes]:
    digits, path = f"{moment:%Y%m%d%H%M%S}", corpus_path(domain)
    url = snapshot_address(f"http://{domain}/privacy", digits)
    text = "\n\n".join(policy.paragraphs)
    comment = corpus_comment(domain, f"{moment:%Y-%m-%d}", url)
    return {
        f"{path}.md": f"{header_of(domain, digits, url)}\n\n# Privacy Policy\n\n{text}".encode(),
        f"{path}.html": (comment + policy.page).encode("utf-8", "replace"),
    }


def made(folder: Path, commits: list[Commit]) -> Path:
    """A bare repository of these commits, by their dates, packed as a clone is."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder], check=True)
    importer = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    assert importer.stdin is not None
    for one in sorted(commits, key=lambda commit: commit.moment):
        subject = one.subject.encode()
        when = f"bench <bench@example.com> {int(one.moment.timestamp())} +0000"
        importer.stdin.write(f"commit refs/heads/main\ncommitter {when}\ndata {len(subject)}\n".encode() + subject)
        for path, content in one.files.items():
            importer.stdin.write(f'\nM 100644 inline "{path}"\ndata {len(content)}\n'.encode() + content)
        importer.stdin.write(b"\n")
    importer.stdin.close()
    if importer.wait():
        raise SystemExit("git fast-import failed")
    subprocess.run(["git", "-C", folder, "gc", "--quiet"], check=True)
    return folder


def timed(work: Callable[[], int]) -> tuple[int, Took]:
    """What some work gives, and how long it took."""
    wall, busy = time.perf_counter(), _busy()
    done = work()
    return done, Took(time.perf_counter() - wall, _busy() - busy)


def _busy() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(map(_busy_child, _children()))


def _children() -> list[str]:
    return [pid for one in Path("/proc/self/task").iterdir() for pid in (one / "children").read_text().split()]


def _busy_child(pid: str) -> float:
    """Seconds of a running process (the one that starts the others) and of those that it has started."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def git_alone(repository: Path, pages: bool, revision: str | None) -> int:
    """git reading what the import reads: every file and its page."""
    with GitFiles(repository) as git:
        count = 0
        for file in git.history("*.md") if revision is None else git.tree(revision, ".md"):
            git.content(file.blob)
            if pages:
                git.content(f"{file.commit}:{file.path.removesuffix('.md')}.html")
            count += 1
    return count


def measure(
    name: str, url: str, repository: Path, found: Iterator[Published | Skipped], pages: bool, revision: str | None
) -> bool:
    """Prints one repository's figures; gives whether the promise was kept."""
    files, read = timed(lambda: git_alone(repository, pages, revision))
    database = Database.open(url)
    try:
        done, took = timed(lambda: import_documents(database, found, utc_now, threading.Event()).new)
    finally:
        database.close()
    assert done == files, (done, files)
    kept = done / took.wall * 60 >= PROMISED
    print(f"{name}: {done:,} documents in {took.wall:.1f} s by the wall, {took.busy:.1f} s of the processors")
    print(f"  import     {took.told(done)}  {'kept' if kept else 'BROKEN'}: {PROMISED:,} by the wall")
    print(f"  git alone  {read.told(files)}  ({took.wall / read.wall:.1f} times as quick as the import)")
    return kept


def _told(policies: list[Policy]) -> str:
    words = sum(len(" ".join(one.paragraphs).split()) for one in policies) / len(policies)
    return f"{len(policies)} policies of {words:,.0f} words, pages of {_size(policies) / 1000:,.0f} kB on average"


def _size(policies: list[Policy]) -> float:
    return sum(len(one.page) for one in policies) / len(policies)


def main() -> int:
    """Measures and prints; the exit code says whether the promise holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--services", type=int, default=20)
    parser.add_argument("--versions", type=int, default=100)
    parser.add_argument("--tree", type=int, default=3_000)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--warc-megabytes", type=int, default=50)
    parser.add_argument("--database", help="PostgreSQL; without it SQLite in a temporary folder")
    chosen = parser.parse_args()
    old, new = corpus_policies(chosen.texts), present_policies(chosen.texts)
    print(f"{platform.platform()}, Python {platform.python_version()}")
    print(f"corpus: {_told(old)}; Open Terms Archive: {_told(new)}")
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        history = made(at / "corpus.git", list(corpus_commits(old, chosen.services, chosen.versions)))
        tree = made(at / "tree.git", [corpus_tree(old, chosen.tree)])
        ota = made(at / "bench-versions.git", list(ota_commits(new, chosen.services, chosen.versions)))
        kept = [
            measure("corpus, history", _url(chosen.database, at, 1), history, corpus_files(history), True, None),
            measure("corpus, one tree", _url(chosen.database, at, 2), tree, corpus_files(tree, "main"), True, "main"),
            measure("ota versions", _url(chosen.database, at, 3), ota, ota_files(ota), False, None),
            warcs.measure(at, [one.page for one in old], chosen.warc_megabytes),
        ]
    return 0 if all(kept) else 1


def _url(database: str | None, folder: Path, number: int) -> str:
    return database or f"sqlite:///{folder}/store-{number}.db"


if __name__ == "__main__":
    sys.exit(main())
