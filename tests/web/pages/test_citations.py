"""Citations of versions and changes: fields to copy without JavaScript, which programs for references read."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime

import pytest

from harvester.web.view.citations import citations
from tests.support.web.client import Client
from tests.support.web.routes import CHANGE, VERSION

SEEN = datetime(2018, 5, 26, 12, tzinfo=UTC)


def test_the_forms_name_service_day_and_address() -> None:
    apa, bibtex, csl = (one.text for one in citations("a.example", SEEN, "http://w/1/a", "Version 8"))
    assert apa == "a.example. (2018, May 26). Privacy policy [Version 8]. http://w/1/a"
    assert "  author = {{a.example}},\n  title = {Privacy policy},\n  year = {2018},\n  month = 5,\n" in bibtex
    assert json.loads(csl)[0]["issued"] == {"date-parts": [[2018, 5, 26]]}


def test_a_name_in_any_script_is_cited_as_it_is_written() -> None:
    for one in citations("ключ.example", SEEN, "http://w/1/a", "Version 8"):
        assert "ключ.example" in one.text, one.key


def test_no_address_ends_a_field_of_bibtex() -> None:
    bibtex = citations("a.example", SEEN, "http://w/1/{a}}\\\n%20", "Version 8")[1].text
    assert bibtex.count("{") == bibtex.count("}")
    assert "url = {http://w/1/%7Ba%7D%7D%5C%0A%20}" in bibtex


def test_latex_reads_every_sign_of_a_note_as_itself() -> None:
    apa, bibtex, csl = (
        one.text for one in citations("a_b.example", SEEN, "http://w/1/a_b%20", "Was: http://w/1/a%3A_{b}&c#~")
    )
    assert "[Was: http://w/1/a%3A_{b}&c#~]" in apa
    assert r"note = {Was: http://w/1/a\%3A\_\textbraceleft{}b\textbraceright{}\&c\#\textasciitilde{}}," in bibtex
    assert r"author = {{a\_b.example}}" in bibtex
    assert "url = {http://w/1/a_b%20}" in bibtex, "this field is an address for LaTeX too"
    assert json.loads(csl)[0]["note"] == "Was: http://w/1/a%3A_{b}&c#~"


@pytest.mark.parametrize("url", [VERSION, CHANGE])
def test_each_version_and_change_can_be_cited_with_the_capture_in_the_archive(client: Client, url: str) -> None:
    text = client.get(url).text
    fields = dict(re.findall(r'<textarea id="cite-(\w+)" readonly[^>]*>(.*?)</textarea>', text, re.DOTALL))
    assert set(fields) == {"apa", "bibtex", "csl"}
    assert all(f'<label for="cite-{key}">' in text for key in fields)
    (entry,) = json.loads(html.unescape(fields["csl"]))
    assert f'href="{html.escape(entry["URL"])}"' in text
