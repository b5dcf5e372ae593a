"""The documents are the corpus's, byte for byte."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from harvester.cleaner import clean
from harvester.cleaner.conformance import Case, check, first_difference, read_cases
from harvester.errors import ConfigurationError
from harvester.exporting.snapshots import corpus_comment
from tests.cleaner.fuzz.fixtures import PAGES, expected
from tests.cleaner.fuzz.reference import Reference, missing

OWN_PAGES = list(read_cases(PAGES))


@pytest.mark.parametrize("case", OWN_PAGES, ids=lambda case: case.name)
def test_a_page_of_one_difficulty_gives_the_reference_document(case: Case) -> None:
    assert case.expected is not None
    document = clean(
        case.body,
        url="",
        timestamp=case.timestamp,
        domain=case.domain,
        content_type="text/html; charset=utf-8",
        snapshot_url=case.snapshot_url,
    )
    assert document.text == case.expected


def test_the_expected_documents_are_what_the_live_reference_gives() -> None:
    reason = missing()
    if reason:
        pytest.skip(reason)
    with Reference() as reference:
        for page in sorted(PAGES.glob("*.html")):
            assert page.with_suffix(".md").read_text(encoding="utf-8") == expected(reference, page), page.name


def test_every_published_document_of_the_corpus_is_equal(shared: Path) -> None:
    outcomes = [check(case) for case in read_cases(shared / "cleaner" / "corpus")]
    assert len(outcomes) >= 16
    assert [outcome for outcome in outcomes if not outcome.equal] == []


def test_every_reference_page_is_equal(shared: Path) -> None:
    outcomes = [check(case) for case in read_cases(shared / "cleaner" / "reference-pages.jsonl.gz")]
    assert len(outcomes) >= 132
    assert [outcome for outcome in outcomes if not outcome.equal] == []


def test_a_checkout_of_the_corpus_is_read_by_its_comments_and_headers(tmp_path: Path) -> None:
    folder = tmp_path / "e" / "ex" / "exa"
    folder.mkdir(parents=True)
    words = "We keep what you tell us, and <a href=more.html>more</a>, for as long as the law allows us to. " * 9
    page = f"<title>Privacy</title><p>{words}</p>".encode()
    address = "https://web.archive.org/web/20100626094354id_/http%3A//example.org/a/privacy"
    document = clean(page, url="http://example.org/a/privacy", timestamp="20100626094354", domain="example.org")
    assert address in document.header
    (folder / "example.org.html").write_bytes(f"<!-- {address} -->\n".encode() + page)
    (folder / "example.org.md").write_text(document.text, encoding="utf-8")
    (folder / "alone.md").write_text(document.text, encoding="utf-8")
    cases = list(read_cases(tmp_path))
    assert [(case.name, case.domain, case.timestamp) for case in cases] == [
        ("e/ex/exa/example.org", "example.org", "20100626094354")
    ]
    assert check(cases[0]).equal


@pytest.mark.parametrize("path", ["a/privacy", "a_(b)", "a/privacy)"])
def test_a_pair_in_the_form_of_the_corpus_is_read_and_equal(tmp_path: Path, path: str) -> None:
    words = "We keep what you tell us, and <a href=more.html>more</a>, for as long as the law allows us to. " * 9
    page = f"<!DOCTYPE html><html><body><p>{words}</p></body></html>".encode()
    document = clean(page, url=f"http://example.org/{path}", timestamp="20100626094354", domain="example.org")
    address = document.header.split("](")[1].split(") for")[0]
    assert document.text[len(document.header) + 2 :].startswith("# \n")
    comment = corpus_comment("example.org", "2010-06-26", address)
    (tmp_path / "example.org.html").write_bytes(comment.encode() + page)
    (tmp_path / "example.org.md").write_text(document.text, encoding="utf-8")
    (case,) = read_cases(tmp_path)
    assert case.snapshot_url == address
    assert check(case).equal


def test_a_difference_is_shown_where_it_begins(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl.gz"
    text = "Some words, that are kept, about a policy that is long enough to be an article. " * 8
    line = {"id": "one", "url": "https://web.archive.org/web/20100101000000id_/http%3A//e.org/", "title": "T"}
    pages = [
        line | {"html": f"<title>T</title><p>{text}</p>", "markdown": text + "\n"},
        line | {"html": f"<title>T</title><p>{text}</p>", "markdown": text.replace("kept", "lost") + "\n"},
        line | {"html": f"<title>T</title><p>{text}</p>", "markdown": text.replace("words, ", "words,\xa0") + "\n"},
        line | {"html": "<title>T</title>", "markdown": None},
    ]
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(page) + "\n" for page in pages)
    outcomes = [check(case) for case in read_cases(file)]
    assert [outcome.equal for outcome in outcomes] == [True, False, False, True]
    assert outcomes[1].kind == "text"
    position = ("# T\n\n" + text).index("kept")
    assert outcomes[1].position == position
    assert outcomes[1].expected[position : position + 4] == "lost"
    assert outcomes[1].given[position : position + 4] == "kept"


def test_first_difference_counts_characters() -> None:
    assert first_difference("abc", "abd") == 2
    assert first_difference("abc", "ab") == 2
    assert first_difference("", "x") == 0


@pytest.mark.parametrize("name", ["nowhere", "a.txt"])
def test_what_is_no_set_is_refused_with_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=name):
        list(read_cases(tmp_path / name))
