"""Texts of one body are found by passages that surely are in it, as if each text had been read as a whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harvester.diffing.around.surroundings import without_surroundings
from harvester.store.history.bodies import first_of_each, sure_prose

LONG = "We collect your name and your address and use them to deliver what you have ordered from us. " * 2
OTHER = "We pass your data on to carriers and to banks as far as they need it to carry out the order. " * 2
LINE = "It applies to all use of the application by those who signed up to use the application"
COOKIES = f"{LONG}This website uses cookies to give you the best experience."
LINES = [
    *[
        "",
        "",
        "",
        " ",
        "# Privacy",
        "## What we collect",
        "Privacy\n===",
        "Home",
        "Share this page",
        "23 views",
        "Short.",
        "© 2023 Acme",
        "© 2024 Acme",
    ],
    *(f"* [{name}](https://a.example/{name})" for name in ("Home", "Shop", "Blog")),
    *[
        LONG,
        OTHER,
        f"* {LONG}",
        f"1. {OTHER}",
        f"(a) {LONG}",
        f"> {LONG}",
        f"- {OTHER}",
        f"## {LONG}",
        f"## {LINE}",
        f"* {LINE}",
        LINE,
        COOKIES,
    ],
    *[f"[{LONG}](https://a.example/)", "---", "* * *", "***", "```", "~~~", f"{LONG} | {OTHER}", "|", f"| {LONG} |"],
    *[
        "a | b",
        "---|---",
        "---|---",
        "| --- |",
        f'"{"A good shop. " * 20}"',
        "– Jane Doe, London",
        "OK",
        "We use cookies.",
    ],
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=9).map("\n".join)


@example(f"a | b\n---|---\n{LONG}", f"a | b\n---|---\n\n{LONG}")
@example(f"```\n{LONG}\n```", f"{LONG}")
@example(f"# A\n\nHome\n\n{LONG}", f"# B\n\n{LONG}")
@example(f"Short.\n***\n{LONG}", f"Short.\n***\n\n{LONG}")
@example(f"# Privacy\n\n|\n* {LONG}", f"* {LONG}")
@example(f"# Privacy\n\n|\n---|---\n{LONG}", f"{LONG}")
@example(f"* {LONG}", f"* {LONG}\n---\n---|---")
@given(TEXTS, TEXTS)
def test_texts_with_one_body_have_the_same_sure_prose(one: str, other: str) -> None:
    if without_surroundings(one) == without_surroundings(other):
        assert sure_prose(one) == sure_prose(other)


@example([(f"* {LINE}", 3), ("– Jane Doe, London", 0)])
@given(st.lists(st.tuples(st.sampled_from(LINES), st.integers(0, 3)), max_size=9))
def test_what_differs_by_its_markup_alone_has_the_same_sure_prose(lines: list[tuple[str, int]]) -> None:
    one, other = "\n".join(line for line, _ in lines), "\n".join(marked_otherwise(*line) for line in lines)
    if without_surroundings(one) == without_surroundings(other):
        assert sure_prose(one) == sure_prose(other)


def marked_otherwise(line: str, how: int) -> str:
    """Return a line with another sign of its list, level of its heading or emphasis."""
    if line.startswith(("* ", "- ")):
        return ("* ", "- ", "+ ", "")[how] + line[2:]
    if line.startswith("## "):
        return "#" * how + line[2:]
    return f"**{line.strip()}**" if line == LONG and how else line


@pytest.mark.parametrize(
    "marked",
    [
        f"# Privacy\n\nYour choices\n\n- {LONG}\n\n[Ask us](https://a.example/ask).",
        f"# Privacy\n\n## **Your choices**\n\n{LONG}\n\n_[Ask us](https://a.example/ask)_.",
        f'# Privacy\n\n## Your choices\n\n* {LONG}\n\n[Ask us](https://a.example/ask "Ask").',
        f"# Privacy\n\n## Your choices\n\n* {LONG}\n\n[Ask us](https://www.a.example/ask).",
    ],
)
def test_markup_is_no_part_of_the_body_and_what_is_read_is(marked: str) -> None:
    text = f"# Privacy\n\n## Your choices\n\n* {LONG}\n\n[Ask us](https://a.example/ask)."
    assert without_surroundings(marked) == without_surroundings(text)
    assert first_of_each([text, marked], sure_prose, without_surroundings) == {text: text, marked: text}
    for word, other in (("choices", "duties"), ("name", "NAME"), ("/ask", "/tell"), ("* ", "1. ")):
        assert without_surroundings(text.replace(word, other)) != without_surroundings(text)


def test_the_number_of_a_heading_is_read_alike_without_the_marks_of_one() -> None:
    heading, line = (f"# Privacy\n\n{marks}01 Who we are\n\n{LONG}" for marks in ("## ", ""))
    assert without_surroundings(heading) == without_surroundings(line)


PAGES = ("Home", "About", "Contact", "Shop", "Blog", "Careers")
MENU = "\n".join(f"* [{name}](https://a.example/{name})" for name in PAGES)


@pytest.mark.parametrize(
    "footer",
    ["© {} Acme Ltd. All rights reserved.", f"# Privacy\n\n{MENU}\n\nCopyright 2009-{{}} by Acme", "(c) {}, Acme"],
)
def test_a_text_that_is_only_a_footer_is_one_in_every_year_and_of_each_holder_another(footer: str) -> None:
    texts = [footer.format(2023), footer.format(2024), footer.format(2024).replace("Acme", "Bolt")]
    first = first_of_each(texts, sure_prose, without_surroundings)
    assert first == {texts[0]: texts[0], texts[1]: texts[0], texts[2]: texts[2]}
    policies = [f"{LONG}\n\n{text}" for text in texts[:2]]
    assert first_of_each(policies, sure_prose, without_surroundings)[policies[1]] == policies[1]


@given(st.lists(TEXTS, max_size=6, unique=True))
def test_the_first_of_each_body_is_that_of_reading_every_text(texts: list[str]) -> None:
    bodies = {text: without_surroundings(text) for text in texts}
    expected = {
        text: next(one for one in texts if one == text or (bodies[text] and bodies[one] == bodies[text]))
        for text in texts
    }
    assert first_of_each(texts, sure_prose, without_surroundings) == expected


def test_only_texts_with_equal_prose_are_read_as_a_whole() -> None:
    texts = [f"# Privacy\n\n{LONG}", f"# Privacy | Shop\n\n{LONG}", f"# Privacy\n\n{OTHER}"]
    assert read_of(texts) == ({texts[0]: texts[0], texts[1]: texts[0], texts[2]: texts[2]}, texts[:2])


def read_of(texts: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the first of each body, and the texts that were read as a whole to know it."""
    read: list[str] = []

    def body_of(text: str) -> str:
        read.append(text)
        return without_surroundings(text)

    return first_of_each(texts, sure_prose, body_of), read
