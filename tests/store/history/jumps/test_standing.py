"""What left the document and still stands in the page is said to, and is no alarm."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from harvester.cleaner.page_text import page_words, words_in_row, words_shown
from harvester.store.admin.verify_history import history_problems
from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.history.differences import SourcePage, difference
from harvester.store.history.history import refresh
from harvester.store.history.jumps.said import as_written, tells
from harvester.store.schema import Change, Source
from tests.support.diffing.standing import KEPT, of_pages, page
from tests.support.store.rows import NOW, a_capture, a_source

MOVED = "We sell your address to advertisers. We keep recordings of your calls."
OLD, NEW = f"# Policy\n\n{KEPT}\n\n{MOVED}", f"# Policy\n\n{KEPT}"
FIRST, SECOND = MOVED.split(". ")
HIDDEN = {
    "hidden": f"<div hidden><p>{MOVED}</p></div>",
    "footer": f"<footer><p>{FIRST}.</p><p>{SECOND}</p></footer>",
    "tab": f"<div class='tab-pane' style='display:none'>{MOVED.replace('sell', '<b>sell</b>')}</div>",
    "template": f"<template><p>{MOVED}</p></template>",
    "textarea": f"<textarea>{MOVED}</textarea>",
    "frame": f'<iframe srcdoc="&lt;p&gt;{MOVED}&lt;/p&gt;"></iframe>',
    "data": '<script type="application/json">{"t":"\\u003cp\\u003e' + MOVED.replace(". ", ".\\n") + '"}</script>',
    "cut word in data": '<script>{"t":"' + MOVED.replace("sell", r"s<b>el<\/b>l") + '"}</script>',
    "cut word": MOVED.replace("advertisers", "adver<span>tisers</span>"),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_what_was_only_moved_out_of_sight_is_no_alarm(how: str) -> None:
    found = of_pages(OLD, NEW, page(f"<p>{KEPT}</p><p>{MOVED}</p>"), page(f"<p>{KEPT}</p>{HIDDEN[how]}"))
    assert found is not None
    assert found.kind == "technical"
    assert found.removed == ("We sell your address to advertisers.", "We keep recordings of your calls.")
    assert found.reasons == ("2 passages left the extracted text and still stand in the page",)


@pytest.mark.parametrize("how", HIDDEN)
def test_what_comes_into_sight_is_no_alarm(how: str) -> None:
    found = of_pages(NEW, OLD, page(f"<p>{KEPT}</p>{HIDDEN[how]}"), page(f"<p>{KEPT}</p><p>{MOVED}</p>"))
    assert found is not None
    assert (found.kind, len(found.inserted)) == ("technical", 2)


@pytest.mark.parametrize("open_tag", ["<script>", "<script nonce='a1'>"])
@pytest.mark.parametrize("at", range(1, len(FIRST), 5))
def test_a_sentence_stands_where_the_page_streams_its_data_in_pieces_that_cut_it(at: int, open_tag: str) -> None:
    def stream(*pieces: str) -> str:
        return "".join(f'{open_tag}self.__stream_f.push([1,"{piece}"])</script>' for piece in pieces)

    shown = f"<p>{KEPT}</p><p>{MOVED}</p>"
    data = f'{{\\"said\\":\\"{KEPT}\\"}},{{\\"said\\":\\"{MOVED}\\"}}'
    cut = data.index(FIRST) + at
    old_page, new_page = page(shown + stream(data)), page(shown + stream(data[:cut], data[cut:]))
    found = of_pages(OLD, NEW, old_page, new_page)
    assert found is not None
    assert (found.kind, found.removed) == ("technical", (f"{FIRST}.", SECOND))
    # What no piece says any more is gone.
    gone = page(f"<p>{KEPT}</p>" + stream(data.replace("advertisers", "nobody")))
    other = of_pages(OLD, NEW, old_page, gone)
    assert other is None or other.kind == "substantive"


def test_a_sentence_stands_with_the_note_that_its_link_opens_a_window() -> None:
    old = NEW + "\n\nYou may [write to us](https://a.example/help) at any time."
    note = "<p>You may <a>write to us<span class='hidden'>(opens in a new window)</span></a> at any time.</p>"
    found = of_pages(old, NEW, page(f"<p>{KEPT}</p>{note}"), page(f"<p>{KEPT}</p><div hidden>{note}</div>"))
    assert found is not None
    assert found.kind == "technical"


def test_a_sentence_stands_with_the_address_that_it_shows() -> None:
    old = NEW + "\n\nOur terms (at <https://a.example/terms>) tell you more."
    shown = "<p>Our terms (at <a>https://a.example/terms</a>) tell you more.</p>"
    found = of_pages(old, NEW, page(f"<p>{KEPT}</p>{shown}"), page(f"<p>{KEPT}</p><div hidden>{shown}</div>"))
    assert found is not None
    assert found.kind == "technical"


PARTS = "<p>We keep recordings.</p><h2>Your calls</h2><p>We sell your address.</p>"
WITH_PARTS = NEW + "\n\nWe keep recordings.\n\n## Your calls\n\nWe sell your address."


def test_a_heading_that_menus_repeat_stands_between_passages_that_stand() -> None:
    old_page = page(f"<ul><li>Your calls</ul><p>{KEPT}</p>{PARTS}<footer>Your calls</footer>")
    found = of_pages(WITH_PARTS, NEW, old_page, page(f"<p>{KEPT}</p><div hidden>{PARTS}</div>"))
    assert found is not None
    assert found.kind == "technical"
    assert found.removed == ("We keep recordings.", "Your calls", "We sell your address.")


@pytest.mark.parametrize(
    ("gone", "left"),
    {
        "in no other place of the page": ("<h2>Your calls</h2>", ""),
        "at the end of what stands": ("<p>We sell your address.</p>", ""),
    }.values(),
)
def test_a_short_passage_does_not_stand_otherwise(gone: str, left: str) -> None:
    around = "<p>We sell your address.</p><footer>Your calls</footer>"
    old_page = page(f"<ul><li>Your calls</ul><p>{KEPT}</p>{PARTS}{around}")
    found = of_pages(WITH_PARTS, NEW, old_page, page(f"<p>{KEPT}</p><div hidden>{PARTS.replace(gone, left)}</div>"))
    assert found is None or found.kind != "technical"


HEADED = "<h2>Calls</h2><p>We keep recordings.</p><h2>Mail</h2><p>We sell your address.</p><h2>End</h2>"
WITH_HEADINGS = NEW + "\n\n## Calls\n\nWe keep recordings.\n\n## Mail\n\nWe sell your address.\n\n## End"


@pytest.mark.parametrize("element", ["aside", "footer", "template", "noscript", "details", "div hidden"])
def test_a_heading_of_a_word_stands_with_the_passage_that_it_heads(element: str) -> None:
    menu = "<ul><li>Calls</li><li>Mail</li></ul>"
    moved = page(f"{menu}<p>{KEPT}</p><{element}>{HEADED}</{element.split()[0]}>")
    found = of_pages(WITH_HEADINGS, NEW, page(f"{menu}<p>{KEPT}</p>{HEADED}"), moved)
    assert found is not None
    assert (found.kind, found.removed) == (
        "technical",
        ("Calls", "We keep recordings.", "Mail", "We sell your address.", "End"),
    )


def test_a_heading_of_a_word_that_became_a_button_stands_between_what_stayed() -> None:
    old = f"{NEW}\n\n## Calls\n\n{MOVED}"
    found = of_pages(
        old, OLD, page(f"<p>{KEPT}</p><h2>Calls</h2>{MOVED}"), page(f"<p>{KEPT}</p><button>Calls</button>{MOVED}")
    )
    assert found is not None
    assert found.kind == "technical"


def test_names_of_languages_stand_with_one_another() -> None:
    menu = "<ul><li>Deutsch</li><li>English</li><li>Italiano</li></ul>"
    listed = "# Policy\n\n* Deutsch\n* English\n* Italiano\n\n" + KEPT
    both = page(f"{menu}<p>Skip the list</p>{KEPT}")
    found = of_pages(listed, NEW, both, both)
    assert found is not None
    assert found.kind == "technical"


def test_an_answer_altered_before_what_was_hidden_is_read_though_an_earlier_version_came() -> None:
    old = f"{NEW}\n\nNo.\n\n{FIRST}.\n\n{SECOND}"
    earlier = f"{KEPT} No. {FIRST}. {SECOND}"
    found = of_pages(old, NEW, page(earlier), page(f"{KEPT}<p hidden>Yes. {FIRST}. {SECOND}</p><footer>{earlier}"))
    assert found is not None
    assert found.kind == "substantive"
    assert "No." not in found.removed


def test_a_passage_of_two_words_does_not_stand_where_its_page_says_them_too() -> None:
    menu = "<footer>Never sold</footer>"
    both = page(f"{KEPT}<p>Never sold.</p>{menu}"), page(f"{KEPT}<p>Ask.</p>{menu}{menu}")
    assert of_pages(f"{NEW}\n\nNever sold.", NEW, *both) is None


def test_a_passage_that_its_own_page_does_not_have_is_no_jump() -> None:
    assert of_pages(OLD, NEW, page(KEPT), page(f"{KEPT}<p hidden>{MOVED}")) is None


def test_beside_what_stands_only_a_change_that_somebody_reads_is_left() -> None:
    counted = [f"1{number} views" for number in (3, 7)]
    found = of_pages(
        f"{OLD}\n\n{counted[0]}",
        f"{NEW}\n\n{counted[1]}",
        page(f"{KEPT}<p>{MOVED}</p>{counted[0]}"),
        page(f"{KEPT}<p hidden>{MOVED}</p>{counted[1]}"),
    )
    assert found is not None
    assert (found.kind, len(found.reasons)) == ("technical", 1)


def test_the_items_of_a_list_stand_without_the_numbers_that_a_browser_gives_them() -> None:
    items = "<ol><li>We sell your address.</li><li>We keep recordings.</li></ol>"
    old = f"{NEW}\n\n1. We sell your address.\n2. We keep recordings."
    found = of_pages(old, NEW, page(f"{KEPT}{items}"), page(f"{KEPT}<div hidden>{items}</div>"))
    assert found is not None
    assert (found.kind, len(found.removed)) == ("technical", 2)


@pytest.mark.parametrize("sign", ["##", "**"])
@pytest.mark.parametrize("number", ["", "1. ", "A. "])
def test_a_heading_stands_between_a_list_of_contents_and_its_text(number: str, sign: str) -> None:
    """The browser numbers the list, and the author the headings."""
    names = "Updates to this notice", "What we collect", "Contact us"
    listed = "\n".join(f"  {place}. {name}" for place, name in enumerate(names, 1))
    heading = f"{number.replace('.', chr(92) + '.') if sign == '**' else number}{names[0]}"
    heading = f"## {heading}" if sign == "##" else f"**{heading}**"
    old, new = (f"# Policy\n\n{KEPT}\n\n{listed}\n\n{part}We may alter it." for part in (f"{heading}\n\n", ""))
    items = "".join(f"<li>{name}</li>" for name in names)
    pages = [
        page(f"<p>{KEPT}</p><ol>{items}</ol><{tag}>{number}{names[0]}</{tag}><p>We may alter it.</p>")
        for tag in ("h1", "h2")
    ]
    for found in (of_pages(old, new, *pages), of_pages(new, old, *pages)):
        assert found is not None
        assert found.kind == "technical"
    gone = page(f"<p>{KEPT}</p><ol>{items}</ol><p>We may alter it.</p>")
    left = of_pages(old, new, pages[0], gone)
    assert left is None or left.kind != "technical"


LONG = "Everything that you ought to know of what we do with all of your data"


@pytest.mark.parametrize("contents", ["<ul><li>{0}</li><li>More</li></ul>", "<nav><a>{0}</a></nav><p>{0}</p>"])
@pytest.mark.parametrize("name", ["What we keep of you", LONG])
@pytest.mark.parametrize("heading", ["## {0}", "**{0}**"])
def test_a_heading_stands_though_the_contents_of_its_own_page_repeat_it(heading: str, name: str, contents: str) -> None:
    old, new = (f"# Policy\n\n{KEPT}\n\n{part}{MOVED}" for part in (f"{heading.format(name)}\n\n", ""))
    written, listed = f"<p>{KEPT}</p><h2>{name}</h2><p>{MOVED}</p>", contents.format(name)
    for found in (
        of_pages(old, new, page(listed + written), page(written)),
        of_pages(new, old, page(written), page(listed + written)),
    ):
        assert found is not None
        assert found.kind == "technical"
    without = written.replace(f"<h2>{name}</h2>", "")
    for gone in (without, listed + without, without + written):
        left = of_pages(old, new, page(listed + written), page(gone))
        assert left is None or left.kind != "technical", "not where its section begins"


@pytest.mark.parametrize(
    ("word", "rest"), [("契約", "に基づきます。私たちは記録を保存します。"), ("同意", "を求めます。")]
)
def test_spaces_that_emphasis_leaves_beside_ideographs_are_no_passages(word: str, rest: str) -> None:
    line, apart = f"利用者との{word}{rest}", f"利用者との **{word}** {rest}"
    old, new = f"# 方針\n\n{KEPT}\n\n{apart}", f"# 方針\n\n## 私たちが保存する記録について\n\n{KEPT}\n\n{line}"
    pages = [
        page(f"<h1>私たちが保存する記録について</h1><p>{KEPT}</p><p>{written}</p>", head='<meta charset="utf-8">')
        for written in (f"利用者との<b>{word}</b>{rest}", line)
    ]
    for found in (of_pages(old, new, *pages), of_pages(new, old, *pages[::-1])):
        assert found is not None
        assert found.kind == "technical"


def test_a_few_ideographs_tell_as_little_as_a_few_letters() -> None:
    assert not tells("売りません")
    assert tells("個人情報は売りません")


def test_copies_right_behind_one_another_are_each_counted() -> None:
    both = page(f"<p>{KEPT}</p><p>{FIRST}</p><p>{FIRST}</p><footer>{SECOND}</footer>")
    assert of_pages(f"{NEW}\n\n{FIRST}", NEW, both, both.replace(f"<p>{FIRST}</p>", "", 1)) is None


def test_a_text_that_stood_twice_and_is_hidden_once_is_no_alarm() -> None:
    twice = f"{OLD}\n\n{MOVED}"
    both = page(f"<p>{KEPT}</p><p>{MOVED}</p><p>{MOVED}</p>")
    found = of_pages(twice, NEW, both, page(f"<p>{KEPT}</p><div hidden>{MOVED}</div>"))
    assert found is not None
    assert found.kind == "technical"


def test_a_text_that_stood_twice_in_each_copy_and_is_hidden_once_less_is_no_alarm() -> None:
    copy = f"<p>{KEPT}</p><p>{MOVED}</p><p>{MOVED}</p>"
    old_page = page(f"{copy}<div hidden>{copy}{copy}</div>")
    new_page = page(f"<p>{KEPT}</p><div hidden>{copy}<p>{MOVED}</p></div>")
    found = of_pages(f"{OLD}\n\n{MOVED}", NEW, old_page, new_page)
    assert found is not None
    assert found.kind == "technical"


def test_what_a_page_keeps_below_as_before_hides_no_removal() -> None:
    both = page(f"<p>{KEPT}</p><p>{MOVED}</p><footer>{MOVED}</footer>")
    assert of_pages(OLD, NEW, both, page(f"<p>{KEPT}</p><footer>{MOVED}</footer>")) is None


def test_a_title_is_no_passage_that_stands() -> None:
    old, new = f"# Rules\n\n**Updated: 1 May 2024**\n\n{KEPT}", f"# Our rules – Acme\n\n{KEPT}\n\n{MOVED}"
    both = page(f"<p>Rules</p><p>{KEPT}</p><p>{MOVED}</p>")
    found = of_pages(old, new, both.replace("<p>Rules", "<p>Updated: 1 May 2024</p><p>Rules"), both)
    assert found is not None
    assert found.kind == "minor"
    assert found.reasons[1:] == ('only the date of the document: "Updated: 1 May 2024" -> none',)


def test_an_address_alone_is_no_passage() -> None:
    found = of_pages(f"{OLD}\n\n<https://a.example/index>", NEW, page(f"{KEPT} {MOVED}"), page(f"{KEPT} {MOVED}"))
    assert found is not None
    assert found.kind == "technical"


def test_what_is_gone_from_the_page_is_a_change() -> None:
    assert of_pages(OLD, NEW, page(f"<p>{KEPT}</p><p>{MOVED}</p>"), page(f"<p>{KEPT}</p>")) is None


def test_what_is_left_decides_the_kind() -> None:
    old_page = page(f"<p>{KEPT}</p><p>{MOVED}</p>")
    found = of_pages(
        OLD, NEW.replace("name", "face"), old_page, page(f"<p>{KEPT.replace('name', 'face')}</p><p hidden>{MOVED}</p>")
    )
    assert found is not None
    assert found.kind == "substantive"
    assert len(found.removed) == 2


def test_a_page_that_keeps_an_earlier_version_below_does_not_hide_what_went() -> None:
    earlier = f"<h2>Earlier version</h2><p>{KEPT} {MOVED}</p>"
    old_page = page(f"<p>{KEPT}</p><p>{MOVED}</p>{earlier}")
    assert of_pages(OLD, NEW, old_page, page(f"<p>{KEPT}</p>{earlier}")) is None


def _source(text: str) -> SourcePage:
    return SourcePage(text.encode(), "text/html; charset=utf-8")


CHANGES = {
    "amount": ("Calls are kept for 30 days.", "Calls are kept for 90 days."),
    "not": ("Wir verkaufen Ihre Anschrift an andere.", "Wir verkaufen Ihre Anschrift nicht an andere."),
    "recipient": ("Nous confions vos commandes à Érable.", "Nous confions vos commandes à Érable et à Bouleau."),
    "age": ("Дети до 16 лет не могут заказывать.", "Дети до 13 лет не могут заказывать."),
    "right": ("お客様は削除を求めることができます。", ""),
    "granted": ("", "Puede pedir que se borre su perfil."),
}
BESIDE: dict[str, Callable[[str], str]] = {
    "data": lambda text: f'<script type="application/json">{{"text": "{text}"}}</script>',
    "hidden": lambda text: f"<div hidden>{text}</div>",
    "answer": lambda text: f"<details><summary>Questions</summary>{text}</details>",
    "no script": lambda text: f"<noscript>{text}</noscript>",
    "comment": lambda text: f"<!-- {text} -->",
}
HOW = {
    "an earlier version was added": ("", "old"),
    "an earlier version stays": ("old", "old"),
    "a coming version took effect": ("new", ""),
    "a coming version took effect, and the earlier stays": ("new", "old"),
    "the new text was there and stays": ("new", "new"),
}


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_one_though_the_page_has_the_whole_other_version_too(change: str, how: str, above: bool) -> None:
    old, new = (f"{FIRST}.\n\n{said}\n\nYou may write to us.\n" for said in CHANGES[change])
    texts = {"old": " ".join(old.split()), "new": " ".join(new.split()), "": ""}
    for beside in BESIDE.values():
        others = [beside(texts[version]) for version in HOW[how]]
        pages = [
            _source(page(f"{other}{shown}" if above else f"{shown}{other}"))
            for shown, other in zip((texts["old"], texts["new"]), others, strict=True)
        ]
        assert difference(f"# P\n\n{old}", f"# P\n\n{new}", (pages[0], pages[1])).kind == "substantive"


def test_a_text_that_was_hidden_while_the_data_of_scripts_repeat_the_page_is_no_alarm() -> None:
    data = f'<script type="application/json">{{"text": "{KEPT} {MOVED}"}}</script>'
    found = of_pages(
        OLD, NEW, page(f"<p>{KEPT}</p><p>{MOVED}</p>{data}"), page(f"<p>{KEPT}</p><p hidden>{MOVED}{data}")
    )
    assert found is not None
    assert found.kind == "technical"


ROWS = (
    ("Your name", "Partners", "Providers"),
    ("Your address", "Partners", "Nobody else"),
    ("Calls", "Partners", "N/A"),
)
ABOVE = "This table says who receives what we collect about you."
BELOW = "We tell you before any of this changes. You may object to it."


@pytest.mark.parametrize("stays", [True, False])
def test_a_table_that_left_the_extraction_stands_though_the_data_of_a_script_now_repeat_the_page(stays: bool) -> None:
    cells = "\n\n".join(cell for row in ROWS for cell in row)
    old, new = (
        f"# Policy\n\n{KEPT}\n\n## Who\n\n{ABOVE}\n\n{table}## Changes\n\n{BELOW}" for table in (f"{cells}\n\n", "")
    )
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    body = f"<p>{KEPT}</p><h2>Who</h2><p>{ABOVE}</p><table>{{}}</table><h2>Changes</h2><p>{BELOW}</p>"
    said = [KEPT, "Who", ABOVE, *([cell for row in ROWS for cell in row] if stays else []), "Changes", BELOW]
    data = json.dumps([{"_type": "span", "text": one, "style": "normal"} for one in said])
    now = body.format(table if stays else "") + f'<script type="application/json">{data}</script>'
    found = of_pages(old, new, page(body.format(table)), page(now))
    assert (found is not None and found.kind == "technical") == stays


def test_a_page_that_loses_copies_of_all_has_one_less_of_what_it_hides() -> None:
    old_page = page(f"<p>{KEPT}</p><p>{MOVED}</p><div hidden>{KEPT} {MOVED}</div>")
    found = of_pages(OLD, NEW, old_page, page(f"<p>{KEPT}</p><p hidden>{MOVED}"))
    assert found is not None
    assert found.kind == "technical"


def test_a_page_that_gains_a_copy_of_all_has_what_each_copy_says_twice_two_times_more() -> None:
    heading, mention = "Access and disclosure of data", "See access and disclosure of data above."
    shown = f"<p>{KEPT}</p><h2>{heading}</h2><p>{mention}</p>"
    data = f'<script type="application/json">{{"text": "{KEPT} {heading} {mention}"}}</script>'
    old, new = f"# P\n\n{KEPT}\n\n{mention}", f"# P\n\n{KEPT}\n\n## {heading}\n\n{mention}"
    found = of_pages(old, new, page(shown), page(shown + data))
    assert found is not None
    assert found.kind == "technical"


@pytest.mark.parametrize(
    ("old", "new"), [("Do we sell it? No.", "Do we sell it? Yes."), ("販売しますか？いいえ。", "販売しますか？はい。")]
)
def test_a_word_that_scripts_have_by_chance_does_not_stand(old: str, new: str) -> None:
    one, other = (said.split("?")[-1].split("？")[-1].strip(" .。") for said in (old, new))
    before = page(f"<p>{FIRST}.</p><p>{old}</p><script>{one} a {other} a {other}</script>")
    after = page(f"<p>{FIRST}.</p><p>{new}</p><script>{one} a {one} a {other}</script>")
    sides = _source(before), _source(after)
    assert difference(f"# P\n\n{FIRST}.\n\n{old}\n", f"# P\n\n{FIRST}.\n\n{new}\n", sides).kind == "substantive"


def test_an_answer_altered_within_what_was_hidden_is_read() -> None:
    old = f"{NEW}\n\n{FIRST}.\n\nNo.\n\n{SECOND}"
    hidden = f"<div hidden>{FIRST}. Yes. {SECOND}</div><ul><li>No</li></ul>"
    found = of_pages(old, NEW, page(f"{KEPT} {FIRST}. No. {SECOND}<ul><li>No</li></ul>"), page(f"{KEPT}{hidden}"))
    assert found is not None
    assert found.kind == "substantive"


def test_a_number_alone_is_no_passage() -> None:
    old = f"{NEW}\n\n6.\n\n{MOVED}"
    found = of_pages(old, NEW, page(f"{KEPT}<p>6.</p>{MOVED}"), page(f"{KEPT}<p hidden>6.</p>{MOVED}"))
    assert found is not None
    assert found.reasons[0].startswith(f"{len(found.removed)} passages")


def test_a_sentence_that_was_extended_is_not_hidden() -> None:
    longer = OLD.replace("of your calls.", "of your calls and of your mail.")
    assert of_pages(OLD, longer, page(f"<p>{KEPT} {MOVED}</p>"), page(f"<p>{longer}</p>")) is None


@pytest.mark.parametrize(
    "said",
    [
        "<p>Did you know that we sell your address to advertisers and to others?</p>",
        "<p>Nobody says: we sell your address to advertisers, today or ever.</p>",
        "<p>It is not true that <b>we sell your address to advertisers</b>.</p>",
    ],
)
def test_what_another_sentence_of_the_page_says_on_the_way_does_not_stand(said: str) -> None:
    old = f"{NEW} {FIRST}."
    assert of_pages(old, NEW, page(f"<p>{KEPT} {FIRST}.</p>"), page(f"<p>{KEPT}</p><aside>{said}</aside>")) is None
    assert of_pages(NEW, old, page(f"<p>{KEPT}</p><aside>{said}</aside>"), page(f"<p>{KEPT} {FIRST}.</p>")) is None


@pytest.mark.parametrize(
    "said",
    [
        "<p>1. {}.</p>",
        "<p>More. {}. And more.</p>",
        "<span>• {}</span><br>more",
        "<script>let t = ['One.', \"{}\"]</script>",
        '<script>{{"t":"One\\n{}\\nTwo"}}</script>',
        "<p>お知らせ。{}。次に</p>",
    ],
)
def test_a_sentence_stands_wherever_it_begins_and_ends(said: str) -> None:
    new_page = page(f"<p>{KEPT}</p><aside>{said.format(FIRST)}</aside>", "<meta charset=utf-8>")
    found = of_pages(f"{NEW} {FIRST}.", NEW, page(f"<p>{KEPT} {FIRST}.</p>"), new_page)
    assert found is not None
    assert found.removed == (f"{FIRST}.",)


SPACES = [chr(code) for code in range(0x3001) if chr(code).isspace() and chr(code) not in "\x1c\x1d\x1e\x1f\x85"]


@pytest.mark.parametrize("space", [*SPACES, "\u200b", "\ufeff", "\xa0 ", " \xa0"], ids=ascii)
def test_a_sentence_ends_before_any_kind_of_space(space: str) -> None:
    """Editors write no-break spaces between sentences, and the comparable text plain ones."""
    said = f"<p>More.{space}{FIRST}.{space}And more.</p>"
    new_page = page(f"<p>{KEPT}</p><aside>{said}</aside>", "<meta charset=utf-8>")
    found = of_pages(f"{NEW} {FIRST}.", NEW, page(f"<p>{KEPT} {FIRST}.</p>"), new_page)
    assert found is not None
    assert found.removed == (f"{FIRST}.",)


ITEMS = ("Precise location data", "Voice recordings", "Templates of your face", "Health information", "Your contacts")


@pytest.mark.parametrize("gone", ITEMS[1:-1])
@pytest.mark.parametrize("keep", [0, 1])
def test_an_item_that_went_does_not_stand_in_a_dialog_that_lists_all_as_before(gone: str, keep: int) -> None:
    kept = [item for item in ITEMS if item != gone]
    dialog = "".join(f"<li>{item}</li>" for item in ITEMS)
    old, new = (f"{NEW}\n\n" + "\n".join(f"* {item}" for item in items) for items in (ITEMS, kept))
    pages = [page(f"<p>{KEPT}</p>" + "".join(f"<li>{item}</li>" for item in items)) for items in (ITEMS, kept)]
    pages = [pages[0] + dialog * keep, pages[1] + dialog]
    assert of_pages(old, new, *pages) is None
    assert of_pages(new, old, *reversed(pages)) is None


@pytest.mark.parametrize("element", ["p hidden", "aside", "template"])
def test_a_sentence_that_went_does_not_stand_in_its_paragraph_as_it_was(element: str) -> None:
    before, after = (f"Of calls we say this. {middle}They are kept for a year." for middle in (f"{FIRST}. ", ""))
    shown = page(f"<p>{KEPT}</p><p>{after}</p><{element}>{before}</{element.split()[0]}>")
    assert of_pages(f"{NEW}\n\n{before}", f"{NEW}\n\n{after}", page(f"<p>{KEPT}</p><p>{before}</p>"), shown) is None


def test_a_short_form_with_points_and_without_is_judged_whole_where_data_wrap_it_otherwise() -> None:
    old, new = (f"{NEW}\n\nAcme, {form} is the party that answers." for form in ("L.L.C.", "LLC"))
    old_page, new_page = (  # a script's data repeat the text, with its lines wrapped elsewhere
        page(
            f'<p>{text}</p><script type="application/json">{{"text":"{text}"}}</script>'.replace("\n", " ").replace(
                " is the party", "\nis the party"
            )
        )
        for text in (old, new)
    )
    made = difference(old, new)
    assert made.kind == "minor"
    assert of_pages(old, new, old_page, new_page) is None
    sides = SourcePage(old_page.encode(), None), SourcePage(new_page.encode(), None)
    assert difference(old, new, sides) == made


def test_comments_are_no_part_of_a_page() -> None:
    assert page_words(b"<p>Shown</p><!-- <p>Not shown</p> --><style>p { color: red }</style>") == " shown "


@pytest.mark.parametrize(
    "source",
    [
        "<p>One</p><script>x = '<!--'</script><p>two</p>",
        "<p>One</p><script><!--\nx\n//--></script><!-- no <script> --><p>two</p>",
        "<p>One</p><!--><SCRIPT>x = '<!--'</SCRIPT><p>two</p><!-- no -->",
    ],
)
def test_comments_end_where_they_do_in_a_browser_and_are_none_in_a_script(source: str) -> None:
    assert page_words(source.encode()) == " one x two "


def test_characters_that_scripts_write_as_numbers_are_read() -> None:
    assert page_words(rb"<script>'\x3cp\x3eOne\x3c/p\x3e\u0054wo'</script>") == " one two "


def test_a_script_that_is_not_closed_shows_no_words() -> None:
    assert words_shown(b"<p>One two</p><script>three four five") == 2


@given(st.text(max_size=300))
def test_any_page_gives_words_in_a_row(body: str) -> None:
    found = page_words(body.encode("utf-8", "replace"))
    assert found == words_in_row(found)


@given(st.one_of(st.text(), st.text("Aß İΣςéÉ_-’日🔗\ud800 \u0307"), st.text(min_size=60)))
def test_words_are_runs_of_letters_and_digits_in_lower_case(text: str) -> None:
    assert words_in_row(text).split(" ") == ["", *(re.findall(r"[^\W_]+", text.lower()) or [""]), ""]


@pytest.mark.parametrize("frame", ["<iframe srcdoc='{}'>", "<IFRAME SrcDoc='{}'>"], ids=["lower", "mixed"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16le"])
def test_the_page_within_a_frame_is_read_in_any_encoding(frame: str, encoding: str) -> None:
    body = "\ufeff" + frame.format("&lt;p&gt;Framed&lt;/p&gt;")
    assert page_words(body.encode(encoding)) == " framed "


@pytest.fixture
def source(database: Database) -> Source:
    with database.writing() as session:
        return a_source(session)


def day(number: int) -> datetime:
    return datetime.fromisoformat(f"2020-01-{number:02}T00:00:00+00:00")


def test_a_late_capture_judges_the_change_by_the_pages_that_are_now_beside_it(
    database: Database, source: Source
) -> None:
    whole, hidden, gone = (page(f"<p>{KEPT}</p>{more}").encode() for more in (f"<p>{MOVED}</p>", HIDDEN["tab"], ""))

    def observe(number: int, comparable: str, body: bytes) -> tuple[int, str, list[str]]:
        with database.writing() as session:
            payload = payloads.put(session, body, source_id=source.id)
            a_capture(session, source, day(number), comparable, payload_id=payload)
            refresh(session, source.service_id, now=NOW)
        with database.reading() as session:
            changes = session.scalars(select(Change)).all()
            return (changes[0].id, changes[0].kind, sorted(changes[0].standing or ())) if changes else (0, "", [])

    assert observe(1, OLD, whole) == (0, "", [])
    number, kind, stands = observe(20, NEW, gone)
    assert (kind, stands) == ("substantive", [])
    assert observe(10, NEW, hidden) == (number, "technical", ["inserted", "removed"]), "the same change, seen closer"
    with database.reading() as session:
        assert list(history_problems(session, source.service_id)) == []
    with database.writing() as session:
        assert refresh(session, source.service_id, now=NOW).rows_written == 0


def test_an_address_that_is_hidden_from_robots_is_a_word_of_its_page() -> None:
    shown = (
        '<a href="/cdn-cgi/l/email-protection#20"><span class="__cf_email__" data-cfemail="{}">[email&#160;protected]'
        "</span></a>"
    )
    assert page_words(f"<p>Ask {shown.format('2a5f596a4b044f524b475a464f')} first</p>".encode()) == (
        " ask us a example first "
    )
    assert page_words(f"<p>Ask {shown.format('2a5f')} first</p>".encode()) == " ask email protected first "


def test_a_sentence_stands_with_an_address_that_is_hidden_from_robots() -> None:
    old = NEW + "\n\nTo reach a person, write to [us@a.example](mailto:us@a.example) at any time."
    hidden = "<a class='__cf_email__' href='/cdn-cgi/l/email-protection' data-cfemail='{}'>[email&nbsp;protected]</a>"
    shown = [
        f"<p>To reach a person, write to {hidden.format(key)} at any time.</p>"
        for key in ("2a5f596a4b044f524b475a464f", "3b4e487b5a155e435a564b575e")
    ]
    found = of_pages(old, NEW, page(f"<p>{KEPT}</p>{shown[0]}"), page(f"<p>{KEPT}</p><div hidden>{shown[1]}</div>"))
    assert found is not None
    assert found.kind == "technical"


def test_a_passage_is_quoted_once_however_it_is_written() -> None:
    assert as_written("# P\n\nWe sell *it* here.\n\nWe sell it, here.", {1, 3}) == ("We sell it here.",)


def lines(*said: str) -> str:
    return "# P\n\n" + "\n\n".join(said)


def html(*said: str) -> str:
    return "".join(f"<p>{one}</p>" for one in said)


def test_of_a_sentence_that_is_there_once_less_only_its_row_tells() -> None:
    sold, first, second = "We sell all of your names to others.", "Of accounts we say it.", "Of orders we say it."
    old, new = (first, sold, second, sold), (first, sold, second)
    assert of_pages(lines(*old), lines(*new), html(*old), html(*new, "Apart", sold)) is None


def test_of_two_copies_of_short_items_one_that_is_hidden_says_nothing() -> None:
    items = ("Your name", "Your age")
    old, new = ("Accounts", *items, "Orders", *items, "End"), ("Accounts", "Orders", "End")
    assert of_pages(lines(*old), lines(*new), html(*old), html(*new, "Apart", *items, "Elsewhere")) is None


def test_of_two_places_the_one_that_no_longer_stands_behind_the_same_is_looked_for() -> None:
    old = ("Zero", "One", "Sold", "Two", "Three", "Four", "Sold", "Five")
    new = ("Two", "Six", "Three", "Seven", "Four", "Eight", "Zero", "One", "Sold", "Five")
    found = of_pages(lines(*old), lines(*new), html(*old), html(*new, "Four", "Sold", "Five"))
    assert found is not None
    assert found.removed == ("Sold",)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_sentence_stands_with_the_address_of_either_scheme_that_it_shows(scheme: str) -> None:
    said = "To opt out of such offers go to <{}://www.b.example/out.html> and follow what it says."
    old = f"{NEW}\n\n{said.format('https')}"
    shown = said.format(scheme).replace("<", "&lt;").replace(">", "&gt;")
    found = of_pages(old, NEW, page(f"<p>{KEPT}</p><p>{shown}</p>"), page(f"<p>{KEPT}</p><div hidden>{shown}</div>"))
    assert found is not None
    assert found.kind == "technical"


MAIL = "<a href='mailto:us@a.example'>us@a.example</a>"


@pytest.mark.parametrize("is_back", [False, True])
def test_a_sentence_of_which_the_extraction_took_the_beginning_and_the_end_still_stands(is_back: bool) -> None:
    whole = f"{NEW}\n\nWith questions write to [us@a.example](mailto:us@a.example) and we answer within a month."
    parts = f"{NEW}\n\nWith questions write to\n\nand we answer within a month."
    pages = [
        page(f"<p>{KEPT}</p><p>With questions write to {gap}{MAIL}{gap} and we answer within a month.</p>")
        for gap in ("", "<br><br>")
    ]
    texts = [whole, parts]
    if is_back:
        texts.reverse()
        pages.reverse()
    found = of_pages(*texts, *pages)
    assert found is not None
    assert found.kind == "technical"


def test_the_beginning_of_a_hidden_sentence_that_is_said_anew_is_a_change() -> None:
    whole = f"{NEW}\n\nWe send your data to partners of ours if you agree to it."
    part = f"{NEW}\n\nWe send your data to partners of ours."
    shown, hidden = (
        f"<p{how}>We send your data to partners of ours if you agree to it.</p>" for how in ("", " hidden")
    )
    said_anew = page(f"<p>{KEPT}</p><p>We send your data to partners of ours.</p>{hidden}")
    for texts, pages in (
        ((whole, part), (page(f"<p>{KEPT}</p>{shown}"), said_anew)),
        ((part, whole), (said_anew, page(f"<p>{KEPT}</p>{shown}"))),
    ):
        found = of_pages(*texts, *pages)
        assert found is not None
        assert found.kind == "substantive"


def test_a_heading_that_sentences_repeat_does_not_count_as_a_copy_of_the_text() -> None:
    heading = "The use of your personal data"
    said = f"Write to us about the use of your personal data. {KEPT}"
    old = f"# Policy\n\n## {heading}\n\n{FIRST}.\n\n{said}"
    new = f"# Policy\n\n## {heading}\n\n{said}"
    pages = [
        page(f"<h2>{heading}</h2><p>{FIRST}.</p><p>{said}</p>"),
        page(f"<h2>{heading}</h2><p>{said}</p><div hidden>{FIRST}.</div>"),
    ]
    found = of_pages(old, new, *pages)
    assert found is not None
    assert found.kind == "technical"
