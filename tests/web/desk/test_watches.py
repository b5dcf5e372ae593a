"""Watches at the desk: tried before they are saved, and of two people at once nobody loses anything."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI

from harvester.settings import load_settings
from harvester.web.desk.sections import watches
from tests.support.web.desk import Visitor, hidden_fields
from tests.support.web.hostile import PAYLOADS
from tests.support.web.site import BERT

NEW = "/desk/new-watch"
SALE = "/desk/watches/sale"
RULE = {"name": "sale", "words": "sell", "side": "added", "kind-substantive": "yes", "do": "save"}


def rules(config: Path) -> dict[str, object]:
    return {name: one.words for name, one in load_settings(config, config).watch.items()}


def saved(anna: Visitor) -> Visitor:
    assert anna.send(NEW, NEW, **RULE).headers["location"] == "/desk/watches?said=watch-added"
    return anna


def test_a_watch_is_tried_then_saved_then_there_for_every_reader(anna: Visitor, config: Path) -> None:
    (config / "harvester.toml").write_text("# mine\n")
    tried = unescape(anna.send(NEW, NEW, **RULE | {"do": "try", "name": ""}).text)
    assert "Nothing is saved yet" in tried
    assert "sell" in tried.partition('<ol class="changes">')[2]
    assert rules(config) == {}
    assert "No change matches" not in saved(anna).get("/watches/sale").text
    assert (config / "harvester.toml").read_text().startswith("# mine\n")
    page = anna.get("/desk/watches?said=watch-added").text
    assert "The watch is saved." in page
    assert "words: sell; side: added" in page
    assert 'href="/watches"' in anna.get("/").text


def test_a_search_becomes_a_watch(anna: Visitor) -> None:
    search = anna.get("/search?q=%22third+parties%22&service=kettle.example&type=privacy-policy").text
    (link,) = re.findall(r'href="(/desk/new-watch[^"]*)"', search)
    form = anna.get(unescape(link)).text
    assert [one.strip() for one in re.findall(r"<textarea[^>]*>([^<]*)<", form)][:2] == [
        "third parties",
        "kettle.example",
    ]
    assert 'id="types" value="privacy policy"' in form
    form = unescape(anna.get(f"{NEW}?words={quote('(opt-out OR cookie*) AND Sell AND NOT gdpr')}").text)
    assert "\nopt out\n/\\bcookie\\w*/\nsell</textarea>" in form.replace('">', '">\n')
    assert "(opt</textarea>" in anna.get(f"{NEW}?words=%28opt").text


def test_a_long_history_is_tried_piece_by_piece(anna: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = anna.send(NEW, NEW, **RULE | {"do": "try"}).text.count('<li class="change">')
    monkeypatch.setattr(watches, "SECONDS", 0.0)
    page, found = anna.send(NEW, NEW, **RULE | {"do": "try"}).text, 0
    for _ in range(200):
        found += page.count('<li class="change">')
        if "Look through older changes" not in page:
            break
        again = page[page.index("Nothing is saved yet") :]
        page = anna.post(NEW, hidden_fields(again, NEW) | {"do": "try"}).text
    assert found == whole > 1


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"name": "Not So"}, "name", "small letters"),
        ({"words": "/(/"}, "words", "cannot be read"),
        ({"words": " "}, "words", "has no rule"),
        ({"crosses": "age of 3"}, "crosses", "period > 90 days"),
        ({"topic": "nonsense"}, "topic", "there is no topic 'nonsense'"),
        ({"side": "left"}, "side", "either"),
        ({"services": "kettel.example"}, "services", "kettle.example"),
        ({"kind-substantive": ""}, "kinds", "one kind"),
        ({"types": "imprint, sonnets"}, "types", "'sonnets' is not a type"),
        ({"tags": "fernwell, sonnets"}, "tags", "no service has the tag 'sonnets'"),
        ({"tags": ",".join(map(str, range(101)))}, "tags", "At most 100"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(writer: Visitor, fields: dict[str, str], field: str, says: str) -> None:
    answer = writer.send(NEW, NEW, **RULE | fields)
    assert answer.status_code == 422
    said = unescape(answer.text.partition(f'id="{field}-wrong">')[2].partition("</span>")[0])
    assert says in said
    assert f'aria-describedby="{field}-wrong"' in answer.text


def test_a_name_that_is_taken_is_refused(anna: Visitor, config: Path) -> None:
    answer = saved(anna).send(NEW, NEW, **RULE | {"words": "other"})
    assert answer.status_code == 409
    assert "already has the watch sale" in answer.text
    assert rules(config) == {"sale": ("sell",)}


def test_of_two_who_edit_at_once_nobody_loses_anything(anna: Visitor, desk_app: FastAPI, config: Path) -> None:
    saved(anna)
    bert = Visitor(desk_app)
    bert.sign_in(BERT)
    of_bert = hidden_fields(bert.get(SALE).text, SALE)
    assert anna.send(SALE, SALE, **RULE | {"words": "Anna's"}).status_code == 303
    answer = bert.post(SALE, of_bert | RULE | {"words": "Bert's"})
    assert answer.status_code == 409
    text = unescape(answer.text)
    assert "edited meanwhile" in text
    assert 'words = ["Anna\'s"]' in text
    assert ">Bert's</textarea>" in text
    assert rules(config) == {"sale": ("Anna's",)}
    assert bert.post(SALE, hidden_fields(answer.text, SALE) | RULE | {"words": "Bert's"}).status_code == 303
    assert rules(config) == {"sale": ("Bert's",)}
    stale = hidden_fields(anna.get(SALE).text, SALE)
    assert bert.send(f"{SALE}/remove", f"{SALE}/remove").status_code == 303
    answer = anna.post(SALE, stale | RULE | {"words": "Anna's"})
    assert "removed meanwhile" in answer.text
    assert anna.post(NEW, hidden_fields(answer.text, NEW) | RULE | {"words": "Anna's"}).status_code == 303
    assert rules(config) == {"sale": ("Anna's",)}


def test_a_watch_that_was_edited_meanwhile_is_not_removed(anna: Visitor, config: Path) -> None:
    saved(anna)
    seen = hidden_fields(anna.get(f"{SALE}/remove").text, f"{SALE}/remove")
    assert anna.send(SALE, SALE, **RULE | {"words": "edited"}).status_code == 303
    for was, says in ((seen, "edited"), (seen | {"was": "nonsense"}, "not one of this page")):
        answer = anna.post(f"{SALE}/remove", was)
        assert answer.status_code == 409
        assert says in answer.text.partition('role="alert"')[2]
        assert rules(config) == {"sale": ("edited",)}


def test_forms_of_strangers_and_hostile_words_do_nothing(anna: Visitor, visitor: Visitor, config: Path) -> None:
    assert visitor.post(NEW, RULE).headers["location"].startswith("/desk/sign-in")
    assert anna.post(NEW, RULE).status_code == 403
    assert anna.send(NEW, NEW, origin="http://evil.example", **RULE).status_code == 403
    assert rules(config) == {}
    hostile = "\n".join(PAYLOADS)
    page = anna.send(
        NEW, NEW, **RULE | {"words": hostile, "tags": PAYLOADS[3], "crosses": PAYLOADS[4], "do": "try"}
    ).text
    assert "window.pwned" in page
    assert "<script>w" not in page
    assert "<img" not in page


def test_a_file_that_cannot_be_used_is_said_at_the_desk(anna: Visitor, config: Path) -> None:
    saved(anna).get("/desk/watches")
    (config / "harvester.toml").write_text("[watch.sale\n")
    page = anna.get("/desk/watches").text
    assert "not TOML" in page
    assert 'href="/desk/watches/sale"' in page
    assert anna.send(SALE, SALE, **RULE).status_code == 409
    assert anna.get("/desk/watches/none").status_code == 404
