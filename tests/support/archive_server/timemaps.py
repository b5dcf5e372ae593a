"""Links of TimeMaps."""

from __future__ import annotations

from tests.support.times import at


def memento(digits: str, url: str, relation: str = "memento") -> str:
    """Return the link of a memento."""
    moment = at(digits)
    return f'<http://arc.example/{digits}/{url}>; rel="{relation}"; datetime="{moment:%a, %d %b %Y %H:%M:%S} GMT"'
