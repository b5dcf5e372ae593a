"""One altered passage in a policy of a few lines."""

from __future__ import annotations

from harvester.diffing import Diff, compare

PARAGRAPH = "We collect what you tell us when you open an account with us or write to our team."


def between(old: str, new: str, title: str = "Policy") -> Diff:
    """The change of one passage, between two that stay."""
    return compare(*(f"# {title}\n\n{PARAGRAPH}\n\n{passage}\n\nWe use cookies.\n" for passage in (old, new)))
