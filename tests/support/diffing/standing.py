"""A change between two texts, with the pages that they came from."""

from __future__ import annotations

from harvester.cleaner.page_text import page_sentences
from harvester.diffing import compare
from harvester.store.history.jumps.standing import StandingPassages, standing

KEPT = "This policy says what we collect. We collect your name. You may write to us."


def judge(old: str, new: str) -> tuple[str, tuple[str, ...]]:
    diff = compare(old, new)
    return str(diff.kind), diff.reasons


def of_pages(old: str, new: str, old_page: str, new_page: str) -> StandingPassages | None:
    return standing(
        old, new, lambda: page_sentences(old_page.encode()), lambda: page_sentences(new_page.encode()), judge
    )


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Policy</title>{head}</head><body>{body}</body></html>"
