"""Versions, changes and comparisons as files: whole, safe to open from a disk, and easy to copy."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.support.web.client import Client
from tests.support.web.routes import CHANGE, VERSION

OLD, NEW = "kettle.example@20131020060340", "kettle.example@20180526000305"
COMPARED = f"/compare/download/{{}}?old={OLD}&new={NEW}"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"{VERSION}/download/{{}}", "kettle.example-20180526000305"),
        (f"{CHANGE}/download/{{}}", "kettle.example-change-20180526000305"),
        (COMPARED, "kettle.example-20131020060340-kettle.example-20180526000305"),
    ],
    ids=["version", "change", "comparison"],
)
@pytest.mark.parametrize(
    ("form", "kind"), [("md", "text/markdown"), ("html", "text/html"), ("txt", "text/plain")], ids=["md", "html", "txt"]
)
def test_each_form_is_a_file_and_text_can_be_opened_to_copy(
    client: Client, url: str, name: str, form: str, kind: str
) -> None:
    address = url.format(form)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.{form}"'
    assert answer.headers["content-type"].startswith(kind)
    assert "standard contractual clauses" in answer.text
    assert "web.archive.org/web/20180526000305" in answer.text
    opened = client.get(f"{address}{'&' if '?' in address else '?'}open=true")
    assert ("content-disposition" in opened.headers) == (form == "html")
    assert form == "html" or opened.headers["content-type"].startswith("text/plain")
    assert opened.content == answer.content


@pytest.mark.parametrize(
    ("url", "author"),
    [
        (f"{VERSION}/download/docx", None),
        (f"{CHANGE}/download/docx", "kettle.example (website)"),
        (COMPARED.format("docx"), "kettle.example (website)"),
    ],
    ids=["version", "change", "comparison"],
)
def test_a_word_document_has_the_changes_tracked_as_the_service_made_them(
    client: Client, url: str, author: str | None
) -> None:
    answer = client.get(f"{url}{'&' if '?' in url else '?'}open=true")
    assert re.fullmatch(r'attachment; filename="kettle[^"]+\.docx"', answer.headers["content-disposition"])
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        document, head = (file.read(f"word/{part}.xml").decode() for part in ("document", "header"))
    assert "standard contractual clauses" in document
    assert "web.archive.org/web/20180526000305" in head
    marks = set(re.findall(r'<w:(?:ins|del) w:id="\d+" w:author="([^"]*)" w:date="([^"]*)"', document))
    assert marks == ({(author, "2018-05-26T00:03:05Z")} if author else set())


def test_the_markdown_of_a_version_is_the_document_byte_for_byte(client: Client) -> None:
    assert client.get(f"{VERSION}/download/md").content == client.get(f"/api/v1{VERSION}/document.md").content


def test_an_html_file_needs_nothing_else(client: Client) -> None:
    for url in (f"{VERSION}/download/html", f"{CHANGE}/download/html"):
        text = client.get(url).text
        assert "<style>" in text
        assert not re.search(r"<(script|link|img|iframe)\b|\ssrc=", text)
        assert text.startswith("<!doctype html>")


def test_plain_text_marks_what_came_and_went(client: Client) -> None:
    text = client.get(f"{CHANGE}/download/txt").text
    assert re.search(r"\{\+[^+]+\+\}", text)
    assert re.search(r"\[-[^\]]+-\]", text)
    assert client.get(f"/api/v1{CHANGE}/diff?format=text").text in text
    assert "](http" not in client.get(f"{VERSION}/download/txt").text


def test_every_page_of_a_text_offers_its_files(client: Client) -> None:
    for url in (VERSION, CHANGE, f"/compare?old={OLD}&new={NEW}"):
        links = re.findall(r'href="([^"]*/download/[^"]*)"', client.get(url).text)
        assert len(links) == 6, url
        assert all(client.get(one.replace("&amp;", "&")).status_code == 200 for one in links), url


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"{VERSION}/download/pdf", 422),
        ("/services/kettle.example/changes/20090412081512/download/md", 404),
        ("/services/absent.example/versions/latest/download/md", 404),
        (f"/compare/download/md?old={OLD}", 422),
    ],
)
def test_what_is_not_there_is_refused(client: Client, url: str, status: int) -> None:
    assert client.get(url).status_code == status
