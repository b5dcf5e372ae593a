"""The parts of a page that selectors name, in place of its article."""

from __future__ import annotations

from typing import Any

import pytest

from harvester.catalogue.selection import Selection, parts_of
from harvester.cleaner import clean
from harvester.errors import CleaningError

PAGE = b"""<!DOCTYPE html><html><head><title>Acme</title></head><body><nav>menu</nav><h1>Legal</h1>
<div id="terms"><h2>Terms</h2><p>You agree. <a href="more">More</a><script>bad()</script></p></div>
<div id="policy" style="display: none"><h2>Policy</h2><p>We collect.</p><ul><li>a name<li class="ad">AD</ul></div>
<template>inert</template><footer>foot</footer></body></html>"""
TERMS = "## Terms\n\nYou agree. [More](https://web.archive.org/web/20200101000000id_/http%3A//acme.example/more)\n"


def selected(select: Any, remove: Any = (), page: bytes = PAGE) -> str:
    """The Markdown of what is selected, under the title of the page."""
    selection = Selection(parts_of(select), parts_of(remove))
    url = "http://acme.example/legal"
    made = clean(page, url=url, timestamp="20200101000000", domain="acme.example", selection=selection)
    assert made.title == "Acme"
    return made.markdown


@pytest.mark.parametrize(
    ("select", "remove", "text"),
    [
        ("#terms", (), TERMS),
        # A tab that is hidden until it is clicked is what Readability would leave out.
        ("#policy", ".ad", "## Policy\n\nWe collect.\n\n  * a name\n\n\n"),
        (["#policy h2", "#terms h2"], (), "## Policy\n\n## Terms\n"),
        (["#policy", "h2"], ["p", "ul"], "## Policy\n\n## Terms\n"),
        ({"start_before": "#terms", "end_before": "#policy"}, (), TERMS),
        ({"start_after": "#terms h2", "end_after": "#policy h2"}, "a", "You agree. \n\n## Policy\n"),
        ("body", ["nav", {"start_after": "h1", "end_before": ".ad"}], "# Legal\n\n  * AD\n\n\n\nfoot\n"),
        # The end is the first after the start, and what finds nothing removes nothing.
        ({"start_after": "ul", "end_before": "footer, nav"}, [".none", {"start_after": ".x", "end_after": "p"}], ""),
        (["#other", "#terms h2"], (), "## Terms\n"),
    ],
)
def test_the_parts_that_are_declared_are_the_text(select: Any, remove: Any, text: str) -> None:
    if text:
        assert selected(select, remove) == text
    else:
        with pytest.raises(CleaningError):
            selected(select, remove)


@pytest.mark.parametrize("select", [".none", "script", "template", {"start_after": "footer", "end_before": "h1"}])
def test_a_page_without_them_gives_no_text_and_says_what_was_looked_for(select: Any) -> None:
    with pytest.raises(CleaningError, match=r"no text is at .*; has the page another layout") as refused:
        selected(select)
    assert refused.value.reason == "nothing-selected"


def test_links_are_resolved_as_the_page_says() -> None:
    assert "(http://other.example/more)" in selected(
        "#terms", page=PAGE.replace(b"<title", b"<base href=http://other.example/><title")
    )
