"""How commands print a version, and how sure its date is."""

from __future__ import annotations

import sys
from typing import Any

from harvester.cli.output import day
from harvester.dates import iso


def version_as_json(row: Any) -> dict[str, Any]:
    """Return a version as all commands print it with ``--json``."""
    return {
        "number": row.number,
        "first_seen": iso(row.first_seen),
        "last_seen": iso(row.last_seen),
        "captures": row.captures,
        "url": row.url,
        "sha256": row.sha256,
        "words": row.words,
        "recipe": row.recipe or "static",
        "kind": row.kind,
        "words_added": row.words_added,
        "words_removed": row.words_removed,
        "reasons": row.reasons,
        "repeats": iso(row.repeats),
        "texts": row.texts,
        "switches": row.switches,
        "incomplete": row.incomplete,
    }


def warn_unless_captured_then(service: str, ref: str, version: Any) -> None:
    """Print to stderr which captures show a version, when none does so on the day of `ref`."""
    from harvester.dates import end_of

    asked = end_of(ref)
    if asked is not None and asked < version.first_seen:
        message = (
            f"nothing is known of {service} in {ref}: this is its first version, seen from {day(version.first_seen)}"
        )
        print(message, file=sys.stderr)
    elif asked is not None and asked.date() > version.last_seen.date():
        first, last = day(version.first_seen), day(version.last_seen)
        span = f"on {first}" if first == last else f"from {first} to {last}"
        until = ref if "T" in ref else f"the end of {ref}"
        message = f"version {version.number} was seen {span}; the policy may have changed between then and {until}"
        print(message, file=sys.stderr)
