"""Invented policies that grow as real ones do: the histories with which `bench/scale.py` fills a store. Pure.

A policy has some 1,500 words in 40 paragraphs of sentences put together from a lawyer's phrases; each version alters
a few of them. Its page carries 6 kB of navigation and scripts around it. No cleaner is run: this measures the store.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FIRST = datetime(2005, 1, 1, tzinfo=UTC)
DAYS = 7_300
WHO = ("We", "Our affiliates", "Our partners", "Third parties that work for us", "Advertisers", "Our providers")
DO = ("collect", "keep", "share", "process", "disclose", "use", "combine", "transfer", "analyse", "delete")
WHAT = (
    "your name and postal address", "information about your device", "the pages that you visit",
    "your payment details", "your precise location", "what you write to our support", "cookies and similar files",
    "your contacts", "aggregated statistics", "log files with your IP address", "your date of birth", "recordings",
)  # fmt: skip
WHY = (
    "to provide the service that you asked for", "as the law requires us to", "with your consent",
    "to improve our products", "to show advertising that may interest you", "for as long as your account exists",
    "to prevent fraud and abuse", "when we are part of a merger", "for up to {} months", "in at least {} countries",
    "through providers such as {party}", "to partners including {party}",
)  # fmt: skip
HEADS = ("What we collect", "How we use it", "Whom we share it with", "Cookies", "Your choices", "Security", "Contact")

SYLLABLES = ("con", "tra", "ser", "vi", "ce", "pri", "va", "cy", "data", "sub", "ject", "par", "ty", "li", "mit", "er")
WORDS = tuple(one + two + three for one in SYLLABLES for two in SYLLABLES for three in SYLLABLES)
"""4,096 words; a sentence draws four, the first ones far more often than the last, as in any language."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One version: title, Markdown and page."""

    title: str
    markdown: str
    page: bytes


@dataclass(frozen=True, slots=True)
class Shot:
    """One capture: when, and which version it shows."""

    timestamp: datetime
    version: int


def policies(seed: int, versions: int) -> list[Policy]:
    """The versions of one service's policy, each some sentences different from the one before."""
    chance = random.Random(seed)
    paragraphs = [_paragraph(chance) for _ in range(40)]
    frame = "".join(f'<li><a href="/{chance.random():.9f}">{word}</a></li>' for word in WHAT * 9)
    made = []
    for version in range(versions):
        if version:
            _edit(chance, paragraphs)
        made.append(_policy(seed, version, paragraphs, frame))
    return made


def shots(seed: int, captures: int, versions: int) -> list[Shot]:
    """The captures of one service, oldest first, in as many runs as it has versions."""
    chance = random.Random(-seed - 1)
    seconds = sorted(chance.sample(range(DAYS * 86_400), captures))
    return [Shot(FIRST + timedelta(seconds=one), place * versions // captures) for place, one in enumerate(seconds)]


def _policy(seed: int, version: int, paragraphs: list[str], frame: str) -> Policy:
    blocks: list[str] = []
    for place, paragraph in enumerate(paragraphs):
        if place % 6 == 0:
            blocks.append(f"## {HEADS[place // 6 % len(HEADS)]}")
        blocks.append(paragraph)
    blocks.append(f"This policy of service {seed} was last altered on day {seed % 997 + 31 * version}.")
    body = "\n".join(f"<p>{block}</p>" for block in blocks)
    page = f"<html><head><title>Privacy</title></head><body><ul>{frame}</ul>{body}<!-- {version} --></body></html>"
    return Policy("Privacy Policy", "\n\n".join(blocks) + "\n\n", page.encode())


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentences(chance, chance.randint(2, 4)))


def _sentences(chance: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        rare = " ".join(_rare(chance) for _ in range(4))
        why = chance.choice(WHY).format(chance.randint(2, 60), party=_rare(chance).capitalize())
        yield f"{chance.choice(WHO)} may {chance.choice(DO)} {chance.choice(WHAT)} {rare} {why}."


def _rare(chance: random.Random) -> str:
    return WORDS[int(len(WORDS) ** chance.random()) - 1]


def _edit(chance: random.Random, paragraphs: list[str]) -> None:
    """A light edit: two sentences at new words, now and then a paragraph more or one less."""
    for _ in range(2):
        place = chance.randrange(len(paragraphs))
        sentences = paragraphs[place].split(". ")
        sentences[chance.randrange(len(sentences))] = next(_sentences(chance, 1)).rstrip(".")
        paragraphs[place] = ". ".join(sentences)
    if chance.random() < 0.3:
        paragraphs.insert(chance.randrange(len(paragraphs)), _paragraph(chance))
    elif len(paragraphs) > 30 and chance.random() < 0.3:
        paragraphs.pop(chance.randrange(len(paragraphs)))
