"""The priority of a change: a sum of points, each with its reason. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

KIND_POINTS = {"substantive": 30, "minor": 5}
TOPIC_POINTS = 5
MOST_OF_TOPICS = 25
MOST_OF_WORDS = 25
WATCH_POINTS = 20


@dataclass(frozen=True, slots=True)
class Points:
    """Some points and why."""

    points: int
    why: str


def score(
    kind: str,
    words: int,
    topics: Sequence[Iterable[str]],
    watches: Iterable[str],
    tags: Iterable[str],
    of_tags: Mapping[str, int],
) -> list[Points]:
    """Return the points of a change, the weightiest first.

    `words` were added, removed or moved; `topics` those of the text before and after; `watches` fit the change; `tags`
    are its service's, and `of_tags` the points of each in the settings (`[review] tags`), which may be negative.
    """
    found = [Points(KIND_POINTS.get(kind, 0), f"a {kind} change")]
    # Twice as many words, three points more: 1 word has 3, 100 words 20.
    found.append(
        Points(min(MOST_OF_WORDS, round(3 * math.log2(1 + words))), f"{words:,} word{'s' * (words != 1)} touched")
    )
    before, after = (set(one) for one in topics)
    came, went = sorted(after - before), sorted(before - after)
    each = min(MOST_OF_TOPICS, TOPIC_POINTS * (len(came) + len(went)))
    said = [f"{what}: {', '.join(names)}" for what, names in (("new topics", came), ("topics gone", went)) if names]
    found.append(Points(each, "; ".join(said)))
    found += [Points(WATCH_POINTS, f"matches the watch {name}") for name in sorted(watches)]
    found += [Points(of_tags[tag], f"its service has the tag {tag}") for tag in sorted(tags) if tag in of_tags]
    return sorted((one for one in found if one.points), key=lambda one: (-abs(one.points), one.why))
