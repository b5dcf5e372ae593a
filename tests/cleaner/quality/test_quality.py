"""The flags together, on real pages: what is a policy, in which language, and what is not the page at all."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from harvester.cleaner.quality import Quality, assess


@pytest.fixture(scope="module")
def corpus(shared: Path) -> dict[str, Quality]:
    """The flags of every published document of the corpus that is at hand."""
    found: dict[str, Quality] = {}
    for file in [*(shared / "cleaner" / "corpus").glob("*.md"), *(shared / "documents").glob("*.md")]:
        _, title, markdown = file.read_text(encoding="utf-8").split("\n\n", 2)
        found[file.stem] = assess(title.removeprefix("# ").strip(), markdown, status=200)
    return found


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, Quality]:
    """The flags of every reference page, by its id (``ota-*``: policies; ``moz-*``: articles)."""
    found: dict[str, Quality] = {}
    with gzip.open(shared / "cleaner" / "reference-pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            page: dict[str, Any] = json.loads(line)
            body = page["html"].encode()
            found[page["id"]] = assess(page["title"] or "", page["markdown"], body=body, status=200)
    return found


def share_of_policies(pages: dict[str, Quality]) -> float:
    return sum(quality.is_policy for quality in pages.values()) / len(pages)


def test_95_percent_of_the_corpus_are_policies(corpus: dict[str, Quality]) -> None:
    assert len(corpus) >= 20
    assert share_of_policies(corpus) >= 0.95


def test_95_percent_of_present_day_policies_are_policies(reference: dict[str, Quality]) -> None:
    assert share_of_policies({name: page for name, page in reference.items() if name.startswith("ota-")}) >= 0.95


def test_95_percent_of_articles_are_no_policies(reference: dict[str, Quality]) -> None:
    assert share_of_policies({name: page for name, page in reference.items() if name.startswith("moz-")}) <= 0.05


def test_no_real_page_is_taken_for_a_notice(corpus: dict[str, Quality], reference: dict[str, Quality]) -> None:
    assert {name: q.reasons for name, q in (corpus | reference).items() if q.page_kind != "policy-or-text"} == {}


def test_the_languages_of_the_policies_are_known(corpus: dict[str, Quality], reference: dict[str, Quality]) -> None:
    policies = corpus | {name: page for name, page in reference.items() if name.startswith("ota-")}
    assert len(policies) > len(corpus) > 0
    for name, quality in policies.items():
        assert quality.language == ("fr" if "Parship" in name else "en"), name
        assert quality.language_confidence >= 0.9, name


def test_an_uncleanable_page_is_judged_by_its_body() -> None:
    body = b"<html><head><title>x</title></head><body><h1>503 Service Temporarily Unavailable</h1></body></html>"
    assert assess("", "", body=body).page_kind == "maintenance"


def test_an_empty_page_has_all_flags_at_nothing() -> None:
    quality = assess("", "")
    assert (quality.language, quality.is_policy, quality.words, quality.simhash) == ("und", False, 0, 0)
    assert quality.reading_grade is None
    assert quality.page_kind == "policy-or-text"


def test_the_reason_why_it_is_no_policy_is_given() -> None:
    (reason,) = assess("Recipes", "Take two eggs and a spoon of flour, and stir.").reasons
    assert "policy likelihood" in reason


def test_real_captures_are_no_notices_and_the_503s_are(shared: Path) -> None:
    """Every fourth body, judged by title and body alone, as when the cleaner found no article."""
    kinds: dict[str, set[str]] = {}
    with (shared / "archive" / "captures.warc.gz").open("rb") as file:
        for number, record in enumerate(ArchiveIterator(file)):
            if record.rec_type != "response" or not record.http_headers:
                continue
            status = record.http_headers.get_statuscode()
            if status == "302" or (status == "200" and number % 4):
                continue
            body = record.content_stream().read()
            title = re.search(rb"<title[^>]*>([^<]*)", body)
            quality = assess(title[1].decode("utf-8", "replace") if title else "", "", body=body)
            kinds.setdefault(status, set()).add(quality.page_kind)
    assert kinds == {"200": {"policy-or-text"}, "503": {"maintenance"}}
