"""How often the guessed encoding of a page without a declaration reads it as Chromium does, and where the two differ.

    python -m bench.encodings DIR --pages 4000     DIR/LANGUAGE/*.txt: texts that the figures were not fitted to

The texts become pages in 35 encodings (`encodings_pages`), which Chromium is asked about. Two names that read a page
alike agree. Peers of the same run: the detector of turbohtml, and windows-1252 always.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from turbohtml.detect import detect
from webencodings import lookup

from bench.encodings_pages import Made, ask_chromium, pages, texts_of
from harvester.cleaner.encoding.guess import FALLBACK, guess
from harvester.cleaner.encoding.legacy import decode_legacy


def known(label: str | None) -> str:
    """Return the Encoding standard's name for a label, windows-1252 for none."""
    found = lookup(label) if label else None
    return FALLBACK if found is None or found.name == "utf-8" else str(found.name)


def reads_alike(body: bytes, one: str, other: str) -> bool:
    """Return whether a page is the same text in both encodings."""
    return one == other or decode_legacy(body, one) == decode_legacy(body, other)


def compare(made: list[Made], answers: list[str], guessing: Callable[[bytes], str], *, show: bool) -> float:
    """Return the share of pages that are read as Chromium reads them; `show` prints where they are not."""
    agreed: Counter[str] = Counter()
    differ: Counter[tuple[str, str, str, str]] = Counter()
    for one, answer in zip(made, answers, strict=True):
        name, chromium = guessing(one.body), known(answer)
        if reads_alike(one.body, name, chromium):
            agreed[one.encoding] += 1
        else:
            differ[one.encoding, one.language, chromium, name] += 1
    if show:
        of = Counter(one.encoding for one in made)
        for encoding in sorted(of, key=lambda one: (agreed[one] / of[one], one)):
            print(f"{encoding:16} {agreed[encoding] / of[encoding]:7.1%} of {of[encoding]}")
        print("written in, language, Chromium, guessed:")
        for case, count in differ.most_common(40):
            print(f"{count:5}", *case)
    return agreed.total() / len(made)


def main() -> None:
    """Make the pages, ask Chromium and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--pages", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = list(pages(texts_of(options.texts), options.pages, random.Random(options.seed)))
    answers = ask_chromium([one.body for one in made])
    begin = time.process_time()
    share = compare(made, answers, guess, show=True)
    each = (time.process_time() - begin) / len(made)
    print(f"read as Chromium reads them: {share:.1%} of {len(made)}, {each * 1000:.1f} ms of processor time a page")
    peers: dict[str, Callable[[bytes], str]] = {
        "turbohtml's detector": lambda body: known(detect(body).encoding),
        "windows-1252 always": lambda body: FALLBACK,
    }
    for name, peer in peers.items():
        print(f"{name}: {compare(made, answers, peer, show=False):.1%}")


if __name__ == "__main__":
    main()
