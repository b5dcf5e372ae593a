"""Two captures of an unchanged page have one comparable text."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.cleaner import clean, comparable_text
from harvester.cleaner.conformance import read_cases
from harvester.diffing import Kind, compare

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
    assert r"[1](https://example.org/a/c%20d.php?x=\(1\)&y=+)" in text
    assert "[2](https://other.org/%2B)" in text


def test_another_archives_prefix_is_taken_off_when_it_is_named() -> None:
    markdown = "[1](https://arquivo.pt/wayback/20100101000000id_/http%3A//e.org/x)\n"
    assert comparable_text("T", markdown) == f"# T\n\n{markdown}"
    snapshot = "https://arquivo.pt/wayback/20100101000000id_/http%3A//e.org/"
    assert comparable_text("T", markdown, snapshot) == "# T\n\n[1](https://e.org/x)\n"


def test_links_of_others_to_the_archive_stay() -> None:
    markdown = "[a](https://web.archive.org/web/2010/http://e.org) [b](https://web.archive.org/x)\n"
    assert comparable_text("T", markdown) == f"# T\n\n{markdown}"


def test_documents_of_the_corpus_have_no_archive_time_left(shared: Path) -> None:
    cases = list(read_cases(shared / "cleaner" / "corpus"))
    assert cases
    for case in cases:
        assert case.expected is not None
        _, title, markdown = case.expected.split("\n\n", 2)
        text = comparable_text(title.removeprefix("# "), markdown)
        assert f"{case.timestamp}id_" not in text


def test_an_address_that_is_hidden_under_a_new_key_each_time_is_read(shared: Path) -> None:
    case = shared / "cases" / "e-mail-keys"
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for line in (case / "captures.jsonl").read_text("utf-8").splitlines():
        capture = json.loads(line)
        made = clean(
            (case / capture["file"]).read_bytes(),
            url=capture["url"],
            timestamp=capture["timestamp"],
            domain="x.example",
        )
        texts[capture["url"]].add(made.comparable)
    # Twenty-four captures of one page and two of another, each with one true change; keys differ in all of them.
    assert [len(found) for found in texts.values()] == [2, 2]
    assert all(
        "[privacy@acme.example](mailto:privacy@acme.example)" in one for one in texts["https://acme.example/privacy"]
    )


def test_a_root_relative_link_is_the_sites() -> None:
    page = f"<title>T</title><p>{WORDS}<a href='/legal/terms/'>terms</a> <a href='#top'>up</a></p>"
    text = of(page, "20190314021531", "http://www.example.org/a/b.html")
    assert "[terms](https://www.example.org/legal/terms)" in text
    assert "web.archive.org" not in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("re\u0301gime", "régime"),
        ("our ﬁle", "our file"),
        ("㈜아크메, ㈱アクメ, ㍿アクメ", "(주)아크메, (株)アクメ, 株式会社アクメ"),
        ("ad\u00address\u200b \u200etext", "address text"),
        ("the “Service” isn’t « ours »", 'the "Service" isn\'t "ours"'),
        ("open 9–17 — or not", "open 9-17 - or not"),
        ("open—or not", "open – or not"),
        ("and so on...", "and so on…"),
        ("30\u00a0days  after \n\nMore", "30 days after\n\nMore"),
        ("We keep\nyour data.", "We keep your data."),
        ("[a](http://a.example/x/)", "[a](https://A.example:443/x)"),
        ("[a](https://a.example/%7euser?utm_source=x&b=1&sid=4#!)", "[a](https://a.example/~user?b=1)"),
        ("[a](https://a.example/x;jsessionid=12AB?PHPSESSID=4)", "[a](https://a.example/x)"),
        ("[a](https://a.example/x?__hstc=83.6c54.17&__hssc=83.2.17&__hsfp=36)", "[a](https://a.example/x?_hsenc=p2)"),
        ("[a](https://a.example/terms.pdf?v=1699999999)", "[a](https://a.example/terms.pdf)"),
        ("[a](https://a.example/x#ember123)", "[a](https://a.example/x)"),
        ("[a](https://a.example/x#tabs-2)", "[a](https://a.example/x#collapseTwo22)"),
        (
            "[a](https://out.example/l.php?u=http%3A%2F%2Fb.example%2Frights%3Fx%3D1&h=AT3tOqi31EDkfHK2VGFUH0aq)",
            "[a](https://b.example/rights?x=1)",
        ),
        ("[a](https://www.a.example/url?q=https://b.example/x&sa=D&ust=1589)", "[a](https://b.example/x)"),
        ("[a](https://eu1.a.example/?url=https%3A%2F%2Fb.example%2F%28x%29&data=05)", "[a](https://b.example/%28x%29)"),
        (
            "[a](https://a.example/redirect/site.v1.ceb9220e-c3b6-4b00-9776-1fad75e9dc66/settings)",
            "[a](https://a.example/redirect/site.v1.1deae9dc-3036-42b8-8834-b5ea5749bcfa/settings)",
        ),
        ("[a](https://a.example/x?k=AT3tOqi31EDkfHK2VGFUH0aqoWmM-HZP2SBHE75V&b=1)", "[a](https://a.example/x?b=1)"),
        ("[a](https://a.example/x?csrf_token=12&b=1)", "[a](https://a.example/x?b=1)"),
        ("[dpo@a.example](https://a.example/legal/dpo@a.example)", "[dpo@a.example](mailto:dpo@a.example)"),
        ("One\n\n **Two** words", "One\n\n**Two** words"),
        ("the [form](https://a.example/f) (opens in a new window).", "the [form](https://a.example/f)."),
        ("the [formOpens in new tab](https://a.example/f).", "the [form](https://a.example/f)."),
        ("the [form, opens in a new window.](/f)", "the [form](/f)"),
        ("das [Formular öffnet in neuem Fenster](/f)", "das [Formular](/f)"),
        ("[表单 在新窗口打开](/f)", "[表单](/f)"),
        ("le [formulaire (s’ouvre dans une nouvelle fenêtre) ↗](/f)", "le [formulaire](/f)"),
        ("[フォーム（新しいウィンドウで開きます）](/f)", "[フォーム](/f)"),
        ("## Data [#](https://a.example/x#data)", "## Data"),
        ("## Data#", "## Data"),
        ("<https://a.example/x>[](https://a.example/x).", "<https://a.example/x>."),
        ("a | b\n---|---\nc  | d", "a| b\n---|---\nc| d"),
    ],
)
def test_what_says_the_same_is_the_same(one: str, other: str) -> None:
    assert comparable_text("T", one) == comparable_text("T", other)


@pytest.mark.parametrize(
    "link",
    [
        "/web/20190314021531/https://www.example.org/x",
        "/web/20190314021531mp_/http://www.example.org/x/",
        "https://web.archive.org/web/20190314021531/https://www.example.org/x",
        "//web.archive.org/web/20190314021531/https://www.example.org/x",
    ],
)
def test_a_link_of_a_page_saved_from_the_archives_viewer_is_the_sites(link: str) -> None:
    page = f"<title>T</title><p>{WORDS}<a href='{link}'>terms</a></p>"
    text = of(page, "20190314021531", "http://www.example.org/a")
    assert "[terms](https://www.example.org/x)" in text
    assert "web.archive.org" in of(page, "20200314021531", "http://www.example.org/a"), "an author's link to a copy"


@pytest.mark.parametrize(
    "parameter",
    [
        *(
            "irclickid",
            "rb_clickid",
            "ysclid",
            "click_id",
            "twclid",
            "srsltid",
            "epik",
            "li_fat_id",
            "ScCid",
            "rdt_cid",
        ),
        *("mtm_campaign", "matomo_source", "piwik_kwd", "pk_campaign", "at_campaign", "hsa_acc", "gad_source"),
        *("__hstc", "_hsenc", "fb_source", "ref_src", "igsh", "cjevent", "elqTrackId", "dm_i", "_kx", "wickedid"),
        *("s_kwcid", "ef_id", "WT.mc_id", "trk", "guccounter", "guce_referrer", "_openstat", "__cf_chl_tk", "osCsid"),
    ],
)
def test_a_parameter_that_counts_a_click_or_names_a_campaign_is_dropped(parameter: str) -> None:
    texts = {comparable_text("T", f"[a](https://a.example/x?b=1{more})") for more in ("", f"&{parameter}=4f", "&sid=1")}
    assert len(texts) == 1


@pytest.mark.parametrize("parameter", ["id", "cmid", "lang", "page", "pk", "at", "client_id", "gadget_x", "hsa", "doc"])
def test_a_parameter_that_names_the_page_stays(parameter: str) -> None:
    assert f"?{parameter}=4" in comparable_text("T", f"[a](https://a.example/x?{parameter}=4)")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We may.", "We May."),
        ("The form opens in a new tab.", "The form."),
        ("[Open the form in a new tab](/f)", "[Open the form](/f)"),
        ("[Opens in a new tab](/f)", "[](/f)"),
        ("[a](https://a.example/x?page=2)", "[a](https://a.example/x?page=3)"),
        ("[a](https://a.example/x#rights)", "[a](https://a.example/x#cookies)"),
        ("[a](https://a.example/x#table-2)", "[a](https://a.example/x#table-3)"),
        ("[a](https://a.example/x#reactions1)", "[a](https://a.example/x#reactions2)"),
        ("[a](https://a.example/login?next=https://a.example/x)", "[a](https://a.example/x)"),
        ("[a](https://opt-out.example/?return_to=https://a.example)", "[a](https://a.example)"),
        (
            "[a](https://opt-out.example/?c=2&returnUrl=https%3A%2F%2Fa.example)",
            "[a](https://choices.example/?c=2&returnUrl=https%3A%2F%2Fa.example)",
        ),
        ("[a](https://a.example/exit?ref=https://a.example/x)", "[a](https://a.example/x)"),
        (
            "[a](https://a.example/form/ceb9220e-c3b6-4b00-9776-1fad75e9dc66/x)",
            "[a](https://a.example/form/1deae9dc-3036-42b8-8834-b5ea5749bcfa/x)",
        ),
        ("* one\n * two", "* one\n* two"),
        ("# Head\nText", "# Head Text"),
        ("a | b\n---|---\nc | d", "a | b ---|--- c | d"),
        ("Line  \nbreak", "Line break"),
        ("* one\n* two", "* one * two"),
        ("می‌خواهم", "میخواهم"),
    ],
)
def test_what_says_something_else_is_kept_apart(one: str, other: str) -> None:
    assert comparable_text("T", one) != comparable_text("T", other)


@settings(deadline=None)
@given(st.text(alphabet="ab .—–-…\"'«»“\u00a0\u200b\n#|*()[]/:?=&%1e\u0301", max_size=60))
def test_a_comparable_text_compared_again_is_itself(markdown: str) -> None:
    once = comparable_text("T", markdown).removeprefix("# T\n\n")
    assert comparable_text("T", once) == comparable_text("T", comparable_text("T", once).removeprefix("# T\n\n"))


WORDS_DIFFER = {"spanbreak", "comma", "arabicnum", "hindi", "thai", "zh", "ja", "ko", "he"}
"""Services of the case whose words do differ: mostly by a "not"."""


def test_texts_that_look_the_same_are_the_same_but_for_markup(shared: Path) -> None:
    case = shared / "cases" / "equal-visible-text"
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for line in (case / "captures.jsonl").read_text("utf-8").splitlines():
        capture = json.loads(line)
        body = (case / capture["file"]).read_bytes()
        made = clean(body, url=capture["url"], timestamp=capture["timestamp"], domain="x.example")
        texts[capture["url"].split("/")[2].removesuffix(".example")].append(made.comparable)
    differ = {name for name, (old, new) in texts.items() if compare(old, new).kind is not Kind.COSMETIC}
    assert differ == WORDS_DIFFER
    assert len(texts) == 30


@pytest.mark.parametrize("written", ["us@a.example", "&#117;s&#x40;a&#46;example", "us&commat;a.example"])
def test_an_address_that_its_author_hid_too_is_read(written: str) -> None:
    keys = ["".join(f"{byte:02x}" for byte in (key, *(one ^ key for one in written.encode()))) for key in (7, 99)]
    link = "Write to [us@a.example](https://a.example/cdn-cgi/l/email-protection#{}) at any time."
    texts = {comparable_text("Privacy", link.format(key)) for key in keys}
    assert texts == {"# Privacy\n\nWrite to [us@a.example](mailto:us@a.example) at any time."}


@pytest.mark.parametrize("tag", ["span", "b", "strong"])
def test_a_hidden_address_in_bold_is_read(tag: str) -> None:
    page = (
        f"<title>T</title><p>{WORDS}<a href='/cdn-cgi/l/email-protection#{{0}}'>"
        f"<{tag} class='__cf_email__' data-cfemail='{{0}}'>[email&#160;protected]</{tag}></a></p>"
    )
    keys = ["".join(f"{byte:02x}" for byte in (key, *(one ^ key for one in b"us@a.example"))) for key in (7, 99)]
    texts = {of(page.format(key), "20190314021531", "http://a.example/p") for key in keys}
    assert len(texts) == 1
    assert "us@a.example" in next(iter(texts)).replace("(mailto:us@a.example)", "")


@pytest.mark.parametrize("link", ["mailto:us%40a.example", "MAILTO:us%40a.example", "mailto:us@a.example"])
def test_the_sign_of_an_e_mail_address_may_be_escaped(link: str) -> None:
    text = comparable_text("Privacy", f"Write to [us]({link}).").lower()
    assert text == "# privacy\n\nwrite to [us](mailto:us@a.example)."


def test_a_hidden_address_without_its_key_leads_nowhere() -> None:
    linked = comparable_text("Privacy", "Write to [[email protected]](https://a.example/cdn-cgi/l/email-protection).")
    assert linked == comparable_text("Privacy", "Write to [email protected].")


@pytest.mark.parametrize("below", ["**News** of the day", "*News* of the day", "_News_ of the day", "News of the day"])
def test_a_line_break_stays_before_emphasis_too(below: str) -> None:
    assert f"About us  \n{below}" in comparable_text("Policy", f"About us  \n{below}")


@pytest.mark.parametrize("below", ["* an item", "*", "**", "* * *"])
def test_a_line_break_before_a_sign_of_a_list_or_a_rule_is_none(below: str) -> None:
    assert f"About us\n{below}" in comparable_text("Policy", f"About us  \n{below}")
