"""How fast the diffs are and how much they mark, beside git, a minimal word diff, difflib and wdiff, in one run.

    python -m bench.diffing            everything (about two minutes)
    python -m bench.diffing --short    real pairs, and generated texts up to 200 kB

Real pairs: successive documents of ../shared/documents and successive pages of ../shared/archive/captures.warc.gz.
Words marked are counted as git counts words (runs between white space, of the visible text, one line a block): a word
counts when any part of it is marked. The minimal diff is the least number of such words that must be removed and
added (Indel distance). A moved block is not marked as changed; the column "+moved" counts it, on both sides, as git
and the minimal diff must.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import Indel

from harvester.diffing import Diff, OperationKind, compare, encode, words
from harvester.diffing.around import label_blocks
from harvester.diffing.change import passages
from harvester.diffing.kinds.contact import marks
from harvester.diffing.kinds.dates import written_dates
from harvester.diffing.text import blocks
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import normalise, tokenise

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
DIFFLIB_SECONDS = 60.0
Pair = tuple[str, str, str]


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--short", action="store_true", help="no text over 200 kB")
    arguments = parser.parse_args()
    if SHARED.is_dir():
        real_pairs()
    else:
        print("../shared is not here: no real pairs")
    generated([10_000, 50_000, 200_000] + ([] if arguments.short else [1_000_000, 2_000_000]))
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def seconds(work: Callable[[], object], repeats: int = 1, clock: Callable[[], float] = time.process_time) -> float:
    """The shortest time of `repeats` runs: of this process, so that a busy machine does not spoil a ratio."""
    times = []
    for _ in range(repeats):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


def compared(old: str, new: str) -> Diff:
    """A comparison of texts that were not read before."""
    blocks._remembered.cache_clear()
    blocks._remembered_part.cache_clear()
    blocks._remembered_content.cache_clear()
    words._remembered.cache_clear()
    words._remembered_long.cache_clear()
    for remembered in (marks.marks_of, written_dates.dates_in, label_blocks._label):
        remembered.cache_clear()
    return compare(old, new)


# Real pairs


def real_pairs() -> None:
    """Words marked and time on real pairs, beside git's word diff of the same visible texts."""
    print(
        "Real pairs            pairs  changed  marked: ours  (+moved)     git  minimal  of git  of minimal"
        "   more than git  ms median   p95"
    )
    totals = [0, 0, 0, 0]
    more: list[tuple[int, int, str]] = []
    for name, pairs in grouped(document_pairs(), archive_pairs()):
        rows: list[tuple[int, int, int, int, float]] = []
        for old, new in pairs:
            diff = compare(old, new)
            took = seconds(lambda o=old, n=new: compared(o, n), 2) * 1000  # type: ignore[misc]
            rows.append((*marked(diff), git_marked(diff), least_marked(diff), took))
            if rows[-1][0] > rows[-1][2]:
                more.append((rows[-1][0], rows[-1][2], name))
        changed = [row for row in rows if row[2]]
        sums = [sum(int(row[n]) for row in rows) for n in range(4)]
        totals = [a + b for a, b in zip(totals, sums, strict=True)]
        worse = sum(row[0] > row[2] for row in rows)
        times = sorted(row[4] for row in rows)
        print(
            f"{name[:20]:20} {len(rows):6} {len(changed):8} {counts(sums)}"
            f" {worse:15} {statistics.median(times):10.1f} {times[int(0.95 * (len(times) - 1))]:5.1f}"
        )
    print(f"{'all':20} {'':15} {counts(totals)}")
    for ours, git, name in more:
        print(f"  more than git: {ours} and {git} words of {name}")
    print()


def counts(sums: list[int]) -> str:
    """Return the columns of words marked: ours, with moves, git's, the least, and the two ratios."""
    ours, with_moves, git, least = sums
    return f"{ours:13} {with_moves:9} {git:7} {least:8} {ours / max(git, 1):7.3f} {ours / max(least, 1):11.3f}"


def grouped(*sources: Iterator[Pair]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for source in sources:
        for name, old, new in source:
            groups.setdefault(name, []).append((old, new))
    return list(groups.items())


def document_pairs() -> Iterator[Pair]:
    """Successive published documents of one service, without their first (dated) paragraph."""
    paths = sorted((SHARED / "documents").glob("*.md"))
    for before, after in pairwise(paths):
        if before.stem.rpartition("-")[0] == after.stem.rpartition("-")[0]:
            old, new = (path.read_text("utf-8").split("\n\n", 1)[1] for path in (before, after))
            yield "documents", old, new


def archive_pairs() -> Iterator[Pair]:
    """Successive, differing texts of each page of the small archive."""
    pages: dict[str, list[tuple[str, bytes, str | None]]] = {}
    from warcio.archiveiterator import ArchiveIterator

    with (SHARED / "archive" / "captures.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                url = record.rec_headers.get_header("WARC-Target-URI")
                date = record.rec_headers.get_header("WARC-Date")
                kind = record.http_headers.get_header("Content-Type")
                pages.setdefault(url, []).append((date, record.content_stream().read(), kind))
    for url, captures in pages.items():
        texts = [text_of(url, *capture) for capture in sorted(captures, key=lambda capture: capture[0])]
        for old, new in pairwise(texts):
            if old != new and old and new:
                yield re.sub(r"^https?://(?:www\.)?", "", url), old, new


def text_of(url: str, date: str, body: bytes, kind: str | None) -> str:
    """The comparable text of a page; the whole page by html2text while the cleaner is not there."""
    try:
        from harvester.cleaner import clean
    except ImportError:
        import html2text

        converter = html2text.HTML2Text()
        converter.body_width, converter.unicode_snob, converter.ignore_images = 0, True, True
        return str(converter.handle(body.decode("utf-8", "replace")))
    from harvester.errors import CleaningError

    try:
        timestamp = re.sub(r"\D", "", date)[:14]
        return clean(body, url=url, timestamp=timestamp, domain="example.com", content_type=kind).comparable
    except CleaningError:
        return ""


def marked(diff: Diff) -> tuple[int, int]:
    """Words that the redline marks as removed or added; the same with the moved blocks' words."""
    words = with_moves = 0
    for operation in diff.operations:
        old, new = diff.old_blocks[slice(*operation.old)], diff.new_blocks[slice(*operation.new)]
        if operation.kind is OperationKind.AWAY:
            continue
        if operation.kind is OperationKind.DELETE:
            count = len(" ".join(block.inline.visible for block in old).split())
        elif operation.kind is OperationKind.INSERT:
            count = len(" ".join(block.inline.visible for block in new).split())
        else:
            before, after = passages(old, new)
            count = touched(before, [(h.old_start, h.old_end) for h in operation.hunks])
            count += touched(after, [(h.new_start, h.new_end) for h in operation.hunks])
        words += count
        moved = operation.kind is OperationKind.MOVE
        with_moves += len(" ".join(b.inline.visible for b in (*old, *new)).split()) if moved else count
    return words, with_moves


def touched(blocks: Sequence[Block], ranges: list[tuple[int, int]]) -> int:
    """How many words between white space hold a token of these ranges."""
    if not ranges:
        return 0
    words: list[int] = []
    number = 0
    for block in blocks:
        at = len(words)
        for piece in normalise(block.inline.visible).split():
            number += 1
            words += [number] * len(tokenise(piece))
        # A label that stands among the words (see `passages`) comes first, and is no word of the visible text.
        words[at:at] = [0] * (at + len(block.tokens) - len(words))
    return len({words[n] for start, end in ranges for n in range(start, end)} - {0})


def visible_text(blocks: Sequence[Block]) -> str:
    """The text that git is given: what a reader sees, one line a block."""
    return "\n\n".join(" ".join(normalise(block.inline.visible).split()) for block in blocks) + "\n"


def least_marked(diff: Diff) -> int:
    """The fewest words that can be marked between the visible texts, blocks' borders and sense apart."""
    return Indel.distance(visible_text(diff.old_blocks).split(), visible_text(diff.new_blocks).split())


def git_marked(diff: Diff) -> int:
    """Words that git's word diff marks between the visible texts."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "old"), Path(folder, "new")
        old.write_text(visible_text(diff.old_blocks), "utf-8", "surrogatepass")
        new.write_text(visible_text(diff.new_blocks), "utf-8", "surrogatepass")
        lines = git_word_diff(old, new).splitlines()
    body = [line[1:] for line in lines[4:] if line[:1] in "+-"]
    return sum(len(line.split()) for line in body)


def git_word_diff(old: Path, new: Path) -> str:
    """The output of git's word diff of two files."""
    command = ["git", "diff", "--no-index", "--text", "--no-color", "--word-diff=porcelain", str(old), str(new)]
    return subprocess.run(
        command, capture_output=True, check=False, env=os.environ | {"LC_ALL": "C.UTF-8"}
    ).stdout.decode()


# Generated texts


def generated(sizes: list[int]) -> None:
    """Time on texts of growing size, beside the peers; a dash where a peer would take over a minute."""
    print(
        "Generated         kB    ours ms   difflib words  ratio   difflib blocks      wdiff   git word-diff  ns/byte"
        "  payload B"
    )
    for make in (light, heavy, rewritten, one_paragraph):
        guess = 0.0
        for size in sizes:
            old, new = make(size)
            ours = seconds(lambda o=old, n=new: compared(o, n), 7 if size <= 200_000 else 2)  # type: ignore[misc]
            words = None
            if guess < DIFFLIB_SECONDS and size <= 200_000:
                words = seconds(lambda o=old, n=new: difflib_words(o, n))  # type: ignore[misc]
                guess = words * 16
            blocks = seconds(lambda o=old, n=new: difflib_blocks(o, n)) if size <= 200_000 else None  # type: ignore[misc]
            wdiff, git = by_command(old, new)
            print(
                f"{make.__name__:14} {size // 1000:5} {ours * 1000:10.1f} {ms(words):>15}"
                f" {f'{words / ours:.0f}x' if words else '-':>6} {ms(blocks):>16} {ms(wdiff):>10} {ms(git):>15}"
                f" {ours * 1e9 / size:8.0f} {len(encode(compare(old, new))):10}"
            )


def ms(duration: float | None) -> str:
    return "-" if duration is None else f"{duration * 1000:.1f}"


def difflib_words(old: str, new: str) -> None:
    """difflib as people use it for words: default settings, words between white space."""
    difflib.SequenceMatcher(None, old.split(), new.split()).get_opcodes()


def difflib_blocks(old: str, new: str) -> None:
    """difflib on paragraphs, then on the words of each replaced run."""
    before, after = old.split("\n\n"), new.split("\n\n")
    for tag, i, i_end, j, j_end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace":
            difflib_words(" ".join(before[i:i_end]), " ".join(after[j:j_end]))


def by_command(old: str, new: str) -> tuple[float | None, float | None]:
    """Wall seconds of wdiff and of git's word diff, starting them included."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "old"), Path(folder, "new")
        before.write_text(old, "utf-8")
        after.write_text(new, "utf-8")
        wdiff = None
        if shutil.which("wdiff"):
            command = ["wdiff", str(before), str(after)]
            wdiff = seconds(lambda: subprocess.run(command, capture_output=True, check=False), clock=time.perf_counter)
        return wdiff, seconds(lambda: git_word_diff(before, after), clock=time.perf_counter)


_SYLLABLES = "da ta per so nal in for ma tion co lec shar ing us er ser vi ce par ty con sent pur po se le gal pro cess"


def vocabulary(random_: random.Random) -> list[str]:
    return ["".join(random_.choices(_SYLLABLES.split(), k=random_.randint(1, 4))) for _ in range(4000)]


def text(size: int, seed: int) -> list[str]:
    """Paragraphs with headings and items, word frequencies as in a natural text, `size` characters in all."""
    random_ = random.Random(seed)
    words = vocabulary(random.Random(0))
    weights = [1 / (rank + 3) for rank in range(len(words))]
    blocks: list[str] = []
    length = 0
    while length < size:
        count = random_.choice([4, 12, 25, 60, 120])
        body = " ".join(random_.choices(words, weights, k=count)).capitalize() + "."
        blocks.append({4: "## ", 12: "  * "}.get(count, "") + body)
        length += len(blocks[-1]) + 2
    return blocks


def light(size: int) -> tuple[str, str]:
    """One block in thirty edited, dropped, added or moved."""
    return edited(size, 30)


def heavy(size: int) -> tuple[str, str]:
    """Two blocks in three edited, dropped, added or moved."""
    return edited(size, 1.5)


def edited(size: int, one_in: float) -> tuple[str, str]:
    random_ = random.Random(1)
    old = text(size, 2)
    new = list(old)
    for _ in range(max(int(len(old) / one_in), 1)):
        at = random_.randrange(len(new))
        act = random_.choice(["edit", "edit", "edit", "drop", "add", "move"])
        if act == "edit":
            words = new[at].split(" ")
            for _ in range(1 + len(words) // 20):
                words[random_.randrange(len(words))] = "amended"
            new[at] = " ".join(words)
        elif act == "drop" and len(new) > 1:
            del new[at]
        elif act == "add":
            new.insert(at, text(200, random_.randrange(10**6))[0])
        else:
            new.insert(random_.randrange(len(new)), new.pop(at))
    return "\n\n".join(old) + "\n", "\n\n".join(new) + "\n"


def rewritten(size: int) -> tuple[str, str]:
    """Two texts of one language with nothing else in common."""
    return "\n\n".join(text(size, 2)) + "\n", "\n\n".join(text(size, 3)) + "\n"


def one_paragraph(size: int) -> tuple[str, str]:
    """A total rewrite without a single paragraph break: the worst case for the memory of a word diff."""
    old, new = rewritten(size)
    return old.replace("\n\n", " "), new.replace("\n\n", " ")


if __name__ == "__main__":
    main()
