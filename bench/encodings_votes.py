"""Finds for which encoding each pair of bytes votes (``scores.txt``): all pairs of texts, and of texts in capitals.

    python -m bench.encodings_votes DIR --program PROGRAM     DIR/LANGUAGE/*.txt: which pairs there are; needs numpy

`encodings_fit` asks about the most frequent pairs only. A pair whose votes two encodings seem to get keeps the one that
it had.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from bench.encodings_fit import LEFT_OUT, NAMES, Measured, counted, written
from bench.encodings_pages import LANGUAGES, asking, encode, texts_of
from bench.encodings_probe import Weights, grounds, number, votes
from harvester.cleaner.encoding.scores import LATIN, scores

SCORES = Path("harvester/cleaner/encoding/scores.txt")
_LEAST = 0.0002  # of the pairs of a language


def kinds_of_letters() -> Any:
    """Return the kind of each three letters as `scores` has it, 0 for none."""
    kinds = np.zeros(1 << 15, np.int8)
    for three, kind in scores().letters.items():
        kinds[number(three)] = kind + 1
    return kinds


def stored() -> tuple[dict[str, Measured], dict[str, list[Any]]]:
    """Return what each encoding begins with and its votes, and its tables, as `scores` has them."""
    table = scores()
    found = {name: Measured({}, [], float(start)) for name, start in zip(table.names, table.start, strict=True)}
    for pair, one in table.likely.items():
        found[table.names[one]].votes.append(bytes(pair))
    tables = {
        name: [np.array([row[one] for row in part], float) for part in table.tables]
        for one, name in enumerate(table.names)
    }
    return found, tables


def pairs_of(texts: dict[str, list[list[str]]]) -> list[bytes]:
    """Return the pairs of the texts in all encodings, as they are and in capitals."""
    chance = random.Random(3)
    found: set[bytes] = set()
    for encoding, languages in LANGUAGES.items():
        for language in [one for one in languages.split() if one in texts and encoding != "iso-2022-jp"]:
            documents = ["\n".join(one) for one in chance.sample(texts[language], min(60, len(texts[language])))]
            for text in ("\n".join(documents), "\n".join(documents).upper()):
                seen = Counter(re.findall(rb"[\x80-\xff][\x00-\xff]", encode(text, encoding)))
                found |= {pair for pair, count in seen.items() if count > max(1, _LEAST * seen.total())}
    return sorted(found)


def voting(told: list[list[int | None]], pairs: list[bytes]) -> set[bytes]:
    """Return the pairs that add one weight more than most do on each ground where they could be asked about."""
    usual = [Counter(vote for vote in one if vote is not None).most_common(1)[0][0] for one in told]
    found = set()
    for pair, each in zip(pairs, zip(*told, strict=True), strict=True):
        known = [vote - most for vote, most in zip(each, usual, strict=True) if vote is not None]
        if known and set(known) == {1}:
            found.add(pair)
    return found


def main() -> None:
    """Ask about all pairs and write the votes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--program", type=Path)
    parser.add_argument("--out", type=Path, default=SCORES)
    options = parser.parse_args()
    texts = texts_of(options.texts)
    pairs = pairs_of(texts)
    kinds = kinds_of_letters()
    weights = Weights(kinds, asking(options.program))
    shares = counted(texts, [one for one in LANGUAGES if one not in LEFT_OUT] + [LATIN])
    claims: dict[bytes, list[str]] = {}
    for name in NAMES:
        told = [votes(weights, balance, pairs) for balance in grounds(weights, name, shares, 2)]
        mine = voting(told, pairs)
        print(f"{name}: {len(mine)} of {len(pairs)} pairs", flush=True)
        for pair in mine:
            claims.setdefault(pair, []).append(name)
    found, tables = stored()
    had = {pair: name for name, one in found.items() for pair in one.votes}
    for pair, names in claims.items():
        if len(names) == 1:
            had[pair] = names[0]
    found = {name: one._replace(votes=[pair for pair in had if had[pair] == name]) for name, one in found.items()}
    options.out.write_text(written(kinds, found, tables), encoding="ascii")


if __name__ == "__main__":
    main()
