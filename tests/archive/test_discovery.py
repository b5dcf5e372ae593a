"""Where the policy is: the promises of `harvester.archive.discovery`, on small pages written for them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive.discovery import (
    EXACT_TITLES,
    SourceSpan,
    find_frames,
    find_policy_links,
    home_page_captures,
    is_parked,
    spans,
    undo_rewriting,
)
from harvester.dates import half_year

HOME = "http://www.acme.com/index.html"


def urls(html: str | bytes, base_url: str = HOME) -> list[str]:
    return [link.url for link in find_policy_links(html, base_url)]


def link(text: str, href: str = "/p") -> str:
    return f'<a href="{href}">{text}</a>'


def test_exact_titles_come_in_the_corpus_order_and_partial_ones_after_them() -> None:
    titles = ["Privacy and Security", *reversed(EXACT_TITLES)]
    page = "".join(link(title.title(), f"/{i}") for i, title in enumerate(titles))
    assert [found.text.lower() for found in find_policy_links(page, HOME)] == [*EXACT_TITLES, titles[0].lower()]


@pytest.mark.parametrize(
    "text",
    [
        "Privacy & Cookies", "Terms of Use and Privacy", "Our privacy policies", "PRIVACY / SECURITY", "PrivacyPolicy",
        "Read our Privacy Notice here", "Online Privacy Statement",
    ],
)  # fmt: skip
def test_a_text_with_privacy_and_a_companion_word_is_a_partial_match(text: str) -> None:
    (found,) = find_policy_links(link(text), HOME)
    assert found.rank == len(EXACT_TITLES)


@pytest.mark.parametrize("text", ["Terms of use", "Privacy settings", "Private area", "", "Security policy"])
def test_other_texts_are_no_policy(text: str) -> None:
    assert urls(link(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Privacy\n  Policy", "<b>Privacy</b> <i>Policy</i>", "[Privacy Policy]", "| Privacy Policy |",
        "Privacy&nbsp;Policy", "<font>P</font>rivacy Policy", "» Privacy Policy.",
    ],
)  # fmt: skip
def test_an_exact_title_is_known_through_markup_and_ornament(text: str) -> None:
    (found,) = find_policy_links(link(text), HOME)
    assert found.rank == 0


def test_an_image_link_goes_by_its_alt_text() -> None:
    assert urls('<a href="p.html"><img src="x.gif" alt="Privacy Policy"></a>') == ["http://www.acme.com/p.html"]
    (found,) = find_policy_links('<a href="p.html"><img alt="Privacy Policy"> Privacy Policy</a>', HOME)
    assert found.rank == 0


def test_an_image_map_goes_by_the_alt_text_of_its_areas() -> None:
    page = '<map><area href="/buy" alt="Buy"><area href="/p.asp" alt="privacy statement"></map>'
    assert urls(page) == ["http://www.acme.com/p.asp"]


def test_a_link_without_words_goes_by_its_title() -> None:
    assert urls('<a href="/p" title="Privacy Policy"><i class="icon"></i></a>') == ["http://www.acme.com/p"]


@pytest.mark.parametrize(
    "attributes",
    [
        """href="javascript:window.open('/privacy.html','w','width=300')" """,
        """href="JavaScript: popUp('privacy.html')" """,
        """href='javascript:void(window.open("http://www.acme.com/privacy.html"))' """,
        """href="#" onclick="window.open('privacy.html', 'policy'); return false" """,
        """href="javascript:go('policy','/privacy.html')" """,
        """href="javascript:void(0)" onclick="location.href='/privacy.html'" """,
    ],
)
def test_a_script_that_opens_a_page_counts_as_a_link_to_it(attributes: str) -> None:
    assert urls(f"<a {attributes}>Privacy Policy</a>") == ["http://www.acme.com/privacy.html"]


@pytest.mark.parametrize(
    "href",
    ["", "#", "#privacy", "mailto:privacy@acme.com", "javascript:void(0)", "javascript:show('privacy')", "tel:1",
     "http://", "http://[broken/p", "data:text/html,x"],
)  # fmt: skip
def test_what_opens_no_page_is_no_link(href: str) -> None:
    assert urls(link("Privacy Policy", href)) == []


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("privacy.html", "http://www.acme.com/privacy.html"),
        ("../privacy", "http://www.acme.com/privacy"),
        ("/legal/p?x=1#top", "http://www.acme.com/legal/p?x=1"),
        ("//cdn.acme.com/p", "http://cdn.acme.com/p"),
        (" pri\nvacy.html ", "http://www.acme.com/privacy.html"),
        ("our policy.html", "http://www.acme.com/our%20policy.html"),
        ("http://joe:secret@acme.com/p@q", "http://acme.com/p@q"),
    ],
)
def test_relative_links_are_resolved(href: str, url: str) -> None:
    assert urls(link("Privacy", href)) == [url]


def test_a_base_element_is_obeyed() -> None:
    page = '<head><base href="/en/"></head>' + link("Privacy", "p.html")
    assert urls(page) == ["http://www.acme.com/en/p.html"]
    page = '<head><base href="https://web.archive.org/web/2009/http://acme.com/de/"></head>' + link("Privacy", "p.html")
    assert urls(page) == ["http://acme.com/de/p.html"]


@pytest.mark.parametrize(
    "rewritten",
    [
        "https://web.archive.org/web/20090101000000id_/http://www.acme.com/p",
        "http://web.archive.org/web/20090101000000/http://www.acme.com/p",
        "//web.archive.org/web/20090101000000/http://www.acme.com/p",
        "/web/20090101000000/http://www.acme.com/p",
        "/web/20090101000000im_/http:/www.acme.com/p",
        "/web/http://www.acme.com/p",
        "https://web.archive.org/web/20090101000000id_/http%3A//www.acme.com/p",
        "/web/2010*/http://www.acme.com/p",
        "/web/20100101000000/https://web.archive.org/web/20090101000000/http://www.acme.com/p",
    ],
)
def test_links_that_the_archive_rewrote_are_undone(rewritten: str) -> None:
    assert undo_rewriting(rewritten) == "http://www.acme.com/p"
    for page in (HOME, f"https://web.archive.org/web/20090101000000/{HOME}"):
        (found,) = find_policy_links(link("Privacy", rewritten), page)
        assert (found.url, found.offsite) == ("http://www.acme.com/p", False)


def test_an_address_of_the_site_itself_is_not_taken_for_a_rewritten_one() -> None:
    for address in ("http://acme.com/web/2009/privacy", "/web/privacy.html", "https://web.archive.org/about"):
        assert undo_rewriting(address) == address


def test_links_in_a_page_as_the_archive_shows_it_resolve_against_the_original() -> None:
    assert urls(link("Privacy", "p.html"), f"https://web.archive.org/web/2009id_/{HOME}") == [
        "http://www.acme.com/p.html"
    ]


def test_a_link_to_another_domain_is_flagged() -> None:
    page = link("Privacy Policy", "http://other.com/p") + link("Privacy", "http://legal.acme.com/p")
    assert [(found.url, found.offsite) for found in find_policy_links(page, HOME)] == [
        ("http://other.com/p", True),
        ("http://legal.acme.com/p", False),
    ]
    (found,) = find_policy_links(link("Privacy", "http://b.co.uk/"), "http://www.a.co.uk/")
    assert found.offsite


def test_one_url_is_listed_once_with_its_best_title() -> None:
    page = link("Privacy and terms") + link("Privacy Policy") + link("Privacy")
    assert [(found.url, found.rank) for found in find_policy_links(page, HOME)] == [("http://www.acme.com/p", 0)]


def test_frames_are_given_to_be_followed() -> None:
    page = '<frameset><frame src="nav.html"><frame src="/web/2001/http://www.acme.com/main.html"><frame src="nav.html">'
    assert find_frames(page, HOME) == ["http://www.acme.com/nav.html", "http://www.acme.com/main.html"]
    page = '<iframe src="//ads.com/x"></iframe><iframe src="about:blank"></iframe><iframe></iframe>'
    assert find_frames(page, HOME) == ["http://ads.com/x"]


def test_a_parked_domain_is_flagged_by_its_footer_link() -> None:
    page = "<h1>acme.com is for sale</h1>" + link("Privacy Policy", "https://www.sedo.com/about/policy")
    (found,) = find_policy_links(page, HOME)
    assert found.parked
    assert is_parked(page, HOME)
    assert is_parked('<frameset><frame src="http://parking.bodis.com/acme.com"></frameset>', HOME)


def test_a_page_with_a_policy_of_its_own_is_not_parked() -> None:
    assert not is_parked(link("Privacy Policy") + link("Privacy", "http://www.godaddy.com/privacy"), HOME)
    assert not is_parked("<p>nothing at all</p>", HOME)
    assert not is_parked(link("Privacy Policy", "/agreements/privacy"), "https://www.godaddy.com/")
    assert not is_parked(link("Privacy", "http://notsedo.com/p"), HOME)


def test_bytes_are_decoded_as_they_declare() -> None:
    for body in (
        "\ufeff<title>é</title>".encode() + b'<a href="/\xc3\xa9">Privacy</a>',
        b'<meta charset=utf-8><a href="/\xc3\xa9">Privacy</a>',
        b'<meta http-equiv=content-type content="text/html; charset=iso-8859-1"><a href="/\xe9">Privacy</a>',
        b'<a href="/\xe9">Privacy</a>',
        b'<meta charset=utf-16><a href="/\xc3\xa9">Privacy</a>',
        b'<meta charset=nonsense><a href="/\xe9">Privacy</a>',
        '<a href="/é">Privacy</a>'.encode("utf-16"),
    ):
        assert urls(body) == ["http://www.acme.com/é"]


def test_unclosed_links_of_old_pages_do_not_run_together() -> None:
    page = "<table><tr><td><a href=/a>About<td><a href=/p>Privacy Policy<td><a href=/c>Contact</table>" + "text " * 100
    assert urls(page) == ["http://www.acme.com/p"]


@pytest.mark.parametrize("opened", ["<div>", "<font size=1>", "<table><tr><td>", "<![x<b>"])
def test_a_page_nested_beyond_measure_is_read_in_good_time(opened: str) -> None:
    before = time.process_time()
    assert urls(opened * 5_000 + link("Privacy Policy")) == ["http://www.acme.com/p"]
    assert time.process_time() - before < 5


def test_a_paragraph_is_no_title() -> None:
    assert urls(link("Your privacy matters. " + "words " * 40 + "policy")) == []


@pytest.mark.parametrize("page", ["", "privacy.html", "http://acme.com/privacy", "\0", b"", b"\xff\xfe"])
def test_a_page_without_links_gives_none(page: str | bytes) -> None:
    assert urls(page) == []
    assert find_frames(page, HOME) == []


pieces = st.sampled_from(
    [
        "<a href=/p>", "Privacy", "policy", "</a>", "<table>", "<td>", "</table>", "<b>", "</b>", "<frameset>",
        "<frame src=x>", "<select>", "<option>", "<svg>", "<math>", "<template>", "</p>", "<p>", "<!--", "-->",
        "<script>", "</script>", "&", "<base href=:>", "<iframe src='http://[x'>", "<form>", "</form>", "<noscript>",
        "<a onclick=\"open('http://[y')\">", "\x00", "<area alt=privacy href=//>",
    ]
)  # fmt: skip
instants = st.datetimes(*(datetime.fromisoformat(day) for day in ("1996-01-01", "2030-01-01")), timezones=st.just(UTC))


@given(st.lists(pieces, max_size=40))
def test_no_page_is_too_broken_to_be_read(parts: list[str]) -> None:
    page = "".join(parts)
    for found in find_policy_links(page, HOME):
        assert found.url.startswith(("http://", "https://"))
    find_frames(page, HOME)


@dataclass(frozen=True)
class Row:
    timestamp: datetime
    status: int | None = 200


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_half_year_s_home_page_is_the_good_one_nearest_to_its_middle() -> None:
    rows = [
        Row(day("2009-01-02")), Row(day("2009-03-20")), Row(day("2009-03-31"), 503), Row(day("2009-04-30")),
        Row(day("2009-07-01"), 301), Row(day("2009-10-02"), 404), Row(day("2009-11-30"), None),
        Row(day("2011-12-31")), Row(day("2011-07-01")),
    ]  # fmt: skip
    assert home_page_captures(rows) == [1, 5, 7]


def test_of_two_equally_near_home_pages_the_earlier_is_taken() -> None:
    assert home_page_captures([Row(day("2009-04-02")), Row(day("2009-03-31"))]) == [1]
    assert home_page_captures([]) == []


@given(st.lists(st.tuples(instants, st.sampled_from([200, 404, None]))))
def test_each_half_year_with_a_home_page_gives_one(times: list[tuple[datetime, int | None]]) -> None:
    rows = [Row(*one) for one in times]
    chosen = [rows[i] for i in home_page_captures(rows)]
    assert [half_year(row.timestamp) for row in chosen] == sorted({half_year(row.timestamp) for row in rows})
    for row in chosen:
        peers = [other.status for other in rows if half_year(other.timestamp) == half_year(row.timestamp)]
        assert (row.status == 200) == (200 in peers)


A, B, C = "http://acme.com/privacy.html", "http://acme.com/legal/privacy", "https://legal.acme.net/p"


def test_a_policy_that_moves_becomes_spans_that_meet() -> None:
    found = [(day("2009-03-30"), A), (day("2009-10-03"), A), (day("2011-04-01"), B), (day("2012-09-30"), C)]
    assert spans(found) == [
        SourceSpan(A, day("2009-01-01"), day("2011-01-01")),
        SourceSpan(B, day("2011-01-01"), day("2012-07-01")),
        SourceSpan(C, day("2012-07-01"), None),
    ]
    assert spans(reversed(found)) == spans(found)


def test_scheme_www_port_and_final_slash_are_no_move() -> None:
    found = [
        (day("2009-03-30"), "http://acme.com/p"),
        (day("2010-03-30"), "http://www.acme.com:80/p/"),
        (day("2011-03-30"), "https://acme.com/p"),
    ]
    assert spans(found) == [SourceSpan("http://acme.com/p", day("2009-01-01"), None)]
    assert len(spans([(day("2009-03-30"), "http://acme.com/p?a=1"), (day("2010-03-30"), "http://acme.com/p?a=2")])) == 2


def test_a_policy_that_moves_back_gets_a_second_span() -> None:
    found = [(day("2009-03-30"), A), (day("2010-03-30"), B), (day("2011-03-30"), A)]
    assert [(span.url, span.end) for span in spans(found)] == [
        (A, day("2010-01-01")), (B, day("2011-01-01")), (A, None)
    ]  # fmt: skip
    assert spans([]) == []


@given(st.lists(st.tuples(instants, st.sampled_from([A, B, C]))))
def test_spans_meet_and_cover_every_observation_of_the_last_in_its_half_year(found: list[tuple[datetime, str]]) -> None:
    result = spans(found)
    for before, after in pairwise(result):
        assert before.end == after.start
        assert before.url != after.url
    for moment, _ in found:
        latest = max(one for one, _ in found if half_year(one) == half_year(moment))
        (span,) = [span for span in result if span.start <= moment and (span.end is None or moment < span.end)]
        assert (latest, span.url) in found
