"""Texts of one body are found by passages that surely are in it, as if each text had been read as a whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harvester.diffing.around.same_body import may_have_one_body
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
    assert first_of_each([text, marked], sure_prose, without_surroundings, may_have_one_body) == {
        text: text,
        marked: text,
    }
    for word, other in (("choices", "duties"), ("name", "NAME"), ("/ask", "/tell"), ("* ", "1. ")):
        assert without_surroundings(text.replace(word, other)) != without_surroundings(text)


@pytest.mark.parametrize(
    ("emphasised", "plain"),
    [
        ("**Cookies** : as long as you stay", "Cookies: as long as you stay"),
        ("• _Shop users_ : who buy from us", "• Shop users: who buy from us"),
        ('We (" **Acme** ," " **we** " or "us") keep it', 'We ("Acme," "we" or "us") keep it'),
        ("What is kept ( _if at all_ ) is little", "What is kept (if at all) is little"),
        ("Compte **Acme** , boutique", "Compte Acme, boutique"),
    ],
)
def test_blanks_that_emphasis_leaves_at_marks_are_no_part_of_the_body(emphasised: str, plain: str) -> None:
    for ending in ("", LONG):
        assert have_one_body(
            f"# Privacy\n\n{LONG}\n\n{emphasised} {ending}", f"# Privacy\n\n{LONG}\n\n{plain} {ending}"
        )


@pytest.mark.parametrize(
    ("one", "other"),
    [("We use .net here", "We use. net here"), ("It is kept 10 .5 days", "It is kept 10. 5 days"), ("a: b", "a b")],
)
def test_blanks_beside_marks_that_tell_something_are(one: str, other: str) -> None:
    assert not have_one_body(f"# Privacy\n\n{LONG}\n\n{one}", f"# Privacy\n\n{LONG}\n\n{other}")


def have_one_body(one: str, other: str) -> bool:
    first = first_of_each([one, other], sure_prose, without_surroundings, may_have_one_body)
    return first[other] == one


@pytest.mark.parametrize("address", ["support@acme.example", "www.acme.example/help", "https://acme.example"])
def test_an_address_in_a_long_sentence_may_be_a_link_to_itself(address: str) -> None:
    sentence = f"{LONG} If you want to know more of this, write to"
    target = f"mailto:{address}" if "@" in address else f"https://{address.removeprefix('https://')}"
    plain, linked = (f"# Privacy\n\n{sentence} {to}." for to in (address, f"[{address}]({target})"))
    assert have_one_body(plain, linked)
    assert not have_one_body(plain, linked.replace("know more", "know all"))


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("https://acme.example/privacy", "https://acme.example/privacy#cookies", True),
        ("https://acme.example", "https://acme.example/#cookies", True),
        ("https://acme.example/privacy#choices", "https://acme.example/privacy#cookies", True),
        ("https://acme.example/#/privacy", "https://acme.example/#/cookies", False),
        ("https://acme.example/#!privacy", "https://acme.example", False),
        ("https://acme.example/privacy", "https://acme.example/cookies#privacy", False),
        ("https://acme.example/privacy?for=us", "https://acme.example/privacy", False),
    ],
)
def test_the_place_of_a_page_to_which_a_link_leads_is_no_part_of_the_body(one: str, other: str, is_one: bool) -> None:
    texts = [f"# Privacy\n\n{LONG} Read [what cookies are]({target}) first." for target in (one, other)]
    assert have_one_body(*texts) is is_one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("您可以通过 Kimi 提出请求", "您可以通过Kimi提出请求"),
        ("我们收集 **病史、过敏史** 等信息", "我们收集病史、过敏史等信息"),
        ("当社は Cookie を 使用します", "当社はCookieを使用します"),
    ],
)
def test_spaces_beside_ideographs_are_no_part_of_the_body(one: str, other: str) -> None:
    texts = [f"# 隐私\n\n{16 * said}。" for said in (one, other)]
    assert have_one_body(*texts)
    assert not have_one_body(texts[0], texts[1].replace("您", "我").replace("病", "疾").replace("当", "弊"))


def test_spaces_between_words_of_other_scripts_are_part_of_the_body() -> None:
    assert not have_one_body(f"# Privacy\n\n{LONG} We are not able.", f"# Privacy\n\n{LONG} We are notable.")
    assert not have_one_body(f"# 개인정보\n\n{9 * '이름을 받습니다 '}", f"# 개인정보\n\n{9 * '이름을받습니다 '}")


def test_the_number_of_a_heading_is_read_alike_without_the_marks_of_one() -> None:
    heading, line = (f"# Privacy\n\n{marks}01 Who we are\n\n{LONG}" for marks in ("## ", ""))
    assert without_surroundings(heading) == without_surroundings(line)


PAGES = ("Home", "About", "Contact", "Shop", "Blog", "Careers")
MENU = "\n".join(f"* [{name}](https://a.example/{name})" for name in PAGES)


@pytest.mark.parametrize(
    "footer",
    ["© {} Acme Ltd. All rights reserved.", f"# Privacy\n\n{MENU}\n\nCopyright 2009-{{}} by Acme", "(c) {}, Acme"],
)
def test_a_text_is_one_in_every_year_of_its_copyright_and_of_each_holder_another(footer: str) -> None:
    texts = [footer.format(2023), footer.format(2024), footer.format(2024).replace("Acme", "Bolt")]
    first = first_of_each(texts, sure_prose, without_surroundings, may_have_one_body)
    assert first == {texts[0]: texts[0], texts[1]: texts[0], texts[2]: texts[2]}
    policies = [f"{LONG}\n\n{text}" for text in texts]
    first = first_of_each(policies, sure_prose, without_surroundings, may_have_one_body)
    assert first == {policies[0]: policies[0], policies[1]: policies[0], policies[2]: policies[2]}


@pytest.mark.parametrize(
    "line",
    [
        "Copyright of {} in what you send is ours",
        "© {} Acme. Data are kept for two years.",
        "We keep your data until {}. © Acme",
        "© Acme {} 2019 consent",
    ],
)
def test_a_year_of_a_rule_is_no_year_of_the_copyright(line: str) -> None:
    texts = [f"{LONG}\n\n{line.format(year)}" for year in (2023, 2024)]
    assert first_of_each(texts, sure_prose, without_surroundings, may_have_one_body) == {text: text for text in texts}


@given(st.lists(TEXTS, max_size=6, unique=True))
def test_the_first_of_each_body_is_that_of_reading_every_text(texts: list[str]) -> None:
    bodies = {text: without_surroundings(text) for text in texts}
    expected = {
        text: next(one for one in texts if one == text or (bodies[text] and bodies[one] == bodies[text]))
        for text in texts
    }
    assert first_of_each(texts, sure_prose, without_surroundings, may_have_one_body) == expected


def test_only_texts_with_equal_prose_are_read_as_a_whole() -> None:
    texts = [f"# Privacy\n\n{LONG}", f"# Privacy | Shop\n\n{LONG}", f"# Privacy\n\n{OTHER}"]
    assert read_of(texts) == ({texts[0]: texts[0], texts[1]: texts[0], texts[2]: texts[2]}, texts[:2])


def test_texts_with_equal_prose_are_read_as_a_whole_only_if_each_says_all_that_is_surely_in_the_other() -> None:
    texts = [f"# Privacy\n\n{line}\n\n{LONG}" for line in (LINE, f"{LINE}, or for it", "23 views", "25 views")]
    assert read_of(texts) == ({**dict(zip(texts, texts, strict=True)), texts[3]: texts[2]}, texts[2:])


@example(f"# Privacy\n\n{LONG}\n\n1. {LINE}", f"# Privacy\n\n{LONG}\n\n{LINE}")
@given(TEXTS, TEXTS)
def test_texts_with_one_body_may_have_one(one: str, other: str) -> None:
    one, other = (f"{text}\n\n{LONG}" for text in (one, other))
    if without_surroundings(one) == without_surroundings(other):
        assert may_have_one_body(one, other)


def read_of(texts: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the first of each body, and the texts that were read as a whole to know it."""
    read: list[str] = []

    def body_of(text: str) -> str:
        read.append(text)
        return without_surroundings(text)

    return first_of_each(texts, sure_prose, body_of, may_have_one_body), read
