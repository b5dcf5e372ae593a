"""Two captures of an unchanged page have one comparable text."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.cleaner import clean, comparable_text
from harvester.cleaner.conformance import read_cases

WORDS = "We keep what you tell us for as long as the law asks, and not a day longer, unless you want us to. " * 7
LINKS = st.lists(
    st.text(alphabet=st.sampled_from("./ab?#:%2e()[] \\<>\u00e9"), max_size=15)
    | st.sampled_from(["..", "../..", "../../../..", "/x", "//h.org/a", "?q", "#top", "http://e.com/%2520", "../../"]),
    max_size=8,
)


def of(page: str, timestamp: str, url: str) -> str:
    return clean(page.encode(), url=url, timestamp=timestamp, domain="example.org").comparable


@settings(deadline=None)
@given(LINKS, st.sampled_from(["", "<base href=sub/>", "<base href=http://b.example/>"]))
def test_the_comparable_text_does_not_depend_on_the_timestamp(links: list[str], base: str) -> None:
    anchors = " ".join(f'<a href="{link}">{number}</a>' for number, link in enumerate(links))
    page = f"<title>Privacy</title>{base}<div><p>{WORDS}</p><p>{WORDS} {anchors}</p></div>"
    url = "http://example.org/a (b)/privacy policy.html?x=\u00e9&y=1"
    first, second = of(page, "20090314021531", url), of(page, "20191231235959", url)
    assert first == second
    assert "id_" not in first


def test_links_read_as_the_page_meant_them() -> None:
    page = f"<title>T</title><p>{WORDS}<a href='c d.php?x=(1)&amp;y=%2B'>1</a> <a href='http://other.org/%2B'>2</a>"
    text = of(page, "20090314021531", "http://example.org/a/b.html")
    assert r"[1](http://example.org/a/c%20d.php?x=\(1\)&y=+)" in text
    assert "[2](http://other.org/%2B)" in text


def test_another_archives_prefix_is_taken_off_when_it_is_named() -> None:
    markdown = "[1](https://arquivo.pt/wayback/20100101000000id_/http%3A//e.org/x)\n"
    assert comparable_text("T", markdown) == f"# T\n\n{markdown}"
    snapshot = "https://arquivo.pt/wayback/20100101000000id_/http%3A//e.org/"
    assert comparable_text("T", markdown, snapshot) == "# T\n\n[1](http://e.org/x)\n"


def test_links_of_others_to_the_archive_stay() -> None:
    markdown = "[a](https://web.archive.org/web/2010/http://e.org/) [b](https://web.archive.org/x)\n"
    assert comparable_text("T", markdown) == f"# T\n\n{markdown}"


def test_documents_of_the_corpus_have_no_archive_time_left(shared: Path) -> None:
    cases = list(read_cases(shared / "cleaner" / "corpus"))
    assert cases
    for case in cases:
        assert case.expected is not None
        _, title, markdown = case.expected.split("\n\n", 2)
        text = comparable_text(title.removeprefix("# "), markdown)
        assert f"{case.timestamp}id_" not in text
