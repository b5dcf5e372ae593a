"""The topics of a passage, by the phrases in ``phrases/``: transparent rules, with weights that a person set.

`rules_version` names the phrases: topics that are kept (`kept`) are made again when it differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files

from harvester.diffing.text.blocks import Block, BlockKind
from harvester.errors import ConfigurationError
from harvester.insight.topics.matcher import Matcher
from harvester.insight.topics.names import RULES, names
from harvester.insight.topics.phrases_file import MANY_WORDS, Phrase, read_phrases

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
"""The phrase files; that of English, the first, has the titles and the sums of all topics."""

OPP115 = (
    "first-party",
    "third-party-sharing",
    "choice",
    "access",
    "retention",
    "security",
    "policy-change",
    "do-not-track",
    "audiences",
    "other",
)
"""The topics of OPP-115 (Wilson et al., ACL 2016), whose titles are the names that it gives them."""

OTHER = "other"
"""Introductions, addresses, links elsewhere; also a passage that no phrase says anything about."""

NAMED = "named-third-parties"
"""The one topic that has no phrases: a passage has it if `names` finds a third party named there."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a passage.

    `short` and `long` are the sums that the weights of its phrases must reach in a passage of a few words and in one
    of `MANY_WORDS` or more.
    """

    key: str
    title: str
    short: int
    long: int

    def needed(self, words: int) -> int:
        """Return the sum that the phrases must reach in a passage of so many words."""
        return self.short + (self.long - self.short) * min(words, MANY_WORDS) // MANY_WORDS


@dataclass(frozen=True, slots=True)
class Found:
    """A topic of a passage: the sum of its phrases there, and these as written in their files, with weights."""

    topic: Topic
    score: int
    phrases: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class BlockTopics:
    """A block of a text with its topics; `heading` is the one over it, whose words count for it as well."""

    block: Block
    heading: str
    found: tuple[Found, ...]


class _Rules:
    """All phrase files, ready for use."""

    def __init__(self) -> None:
        texts = {name: _file(name) for name in LANGUAGES}
        self.version = sha256("\0".join((*texts.values(), RULES)).encode()).hexdigest()[:12]
        self.topics: dict[str, Topic] = {}
        self.phrases: list[Phrase] = []
        self.topic_of: list[str] = []
        for name, text in texts.items():
            for part in read_phrases(text, f"{name}.txt"):
                if name == LANGUAGES[0]:
                    self.topics[part.key] = Topic(part.key, part.title, *part.needed)
                elif part.key not in self.topics:
                    raise ConfigurationError(f"{name}.txt: {LANGUAGES[0]}.txt has no topic {part.key}")
                self.phrases += part.phrases
                self.topic_of += [part.key] * len(part.phrases)
        self.beyond = [number for number, key in enumerate(self.topic_of) if key not in OPP115]

    # Each takes as long to be made as a short command has, and few need both.
    @cached_property
    def matcher(self) -> Matcher:
        """All phrases."""
        return Matcher(self.phrases)

    @cached_property
    def beyond_matcher(self) -> Matcher:
        """Those of topics that OPP-115 does not have."""
        return Matcher([self.phrases[number] for number in self.beyond])

    def scores(self, text: str) -> dict[str, int]:
        """Return the sum of each topic that `text` says anything about."""
        sums: dict[str, int] = {}
        for number in self.matcher.find(text):
            key = self.topic_of[number]
            sums[key] = sums.get(key, 0) + self.phrases[number].weight
        return sums


def topics() -> tuple[Topic, ...]:
    """Return all topics, those of OPP-115 first."""
    return tuple(_rules().topics.values())


def rules_version() -> str:
    """Return 12 hexadecimal digits that differ whenever a phrase does."""
    return _rules().version


def opp115_labels(text: str) -> list[str]:
    """Return the topics of a passage in OPP-115's own names and order: at least one, in doubt ``Other``."""
    rules = _rules()
    sums = rules.scores(text)
    words = len(text.split())
    keys = [key for key in OPP115 if sums.get(key, 0) >= rules.topics[key].needed(words)] or [OTHER]
    return [rules.topics[key].title for key in keys]


def topics_of(text: str) -> tuple[Found, ...]:
    """Return the topics of a passage, each with the phrases that speak for it or against it; none are possible."""
    rules = _rules()
    by_topic: dict[str, list[Phrase]] = {}
    for number in sorted(rules.matcher.find(text)):
        by_topic.setdefault(rules.topic_of[number], []).append(rules.phrases[number])
    found = []
    words = len(text.split())
    for key, topic in rules.topics.items():
        phrases = by_topic.get(key, ())
        score = sum(phrase.weight for phrase in phrases)
        if phrases and score >= topic.needed(words):
            heaviest = sorted(phrases, key=lambda phrase: -phrase.weight)
            found.append(Found(topic, score, tuple((phrase.source, phrase.weight) for phrase in heaviest)))
    if named := tuple(dict.fromkeys(name for name, _, _ in names(text))):
        topic = rules.topics[NAMED]
        found.append(Found(topic, topic.short * len(named), tuple((name, topic.short) for name in named)))
    return tuple(found)


@lru_cache(maxsize=1_024)
def topics_beyond_opp115(text: str) -> tuple[Topic, ...]:
    """Return the topics of a passage that phrases find and OPP-115 does not have; several times faster than
    `topics_of`. The last passages are remembered: successive versions have most of theirs in common.
    """
    rules = _rules()
    sums: dict[str, int] = {}
    for place in rules.beyond_matcher.find(text):
        number = rules.beyond[place]
        sums[rules.topic_of[number]] = sums.get(rules.topic_of[number], 0) + rules.phrases[number].weight
    if not sums:
        return ()
    words = len(text.split())
    return tuple(topic for key, topic in rules.topics.items() if key in sums and sums[key] >= topic.needed(words))


def topics_of_blocks(blocks: tuple[Block, ...]) -> Iterator[BlockTopics]:
    """Yield each block with its topics, in reading order."""
    heading = ""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            heading = block.inline.visible.strip()
            yield BlockTopics(block, "", topics_of(heading))
        else:
            own = f"{heading}\n\n{block.inline.visible}" if heading else block.inline.visible
            yield BlockTopics(block, heading, topics_of(own))


def _file(name: str) -> str:
    return files("harvester.insight.topics").joinpath("phrases", f"{name}.txt").read_text("utf-8")


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules()
