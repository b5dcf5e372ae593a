"""Passages that left the extraction stand with the addresses that they show, and markup alone makes no passage."""

from __future__ import annotations

import pytest

from tests.support.diffing.standing import KEPT, judge, of_pages, page

WHERE = "Our terms, available at <https://acme.example/legal/terms>, say how long we keep recordings of your calls."
SHOWN = "Our terms, available at https://acme.example/{}, say how long we keep recordings of your calls."


def left(sentence: str, shown: str) -> str | None:
    """The kind of what is left when a sentence left the text and the page shows it so."""
    old, new = f"# Policy\n\n{KEPT}\n\n{sentence}", f"# Policy\n\n{KEPT}"
    before = sentence.replace("<http", "http").replace(">", "")
    found = of_pages(old, new, page(f"<p>{KEPT}</p><p>{before}</p>"), page(f"<p>{KEPT}</p><footer>{shown}</footer>"))
    return found.kind if found else None


def test_a_hidden_sentence_stands_though_its_site_files_a_page_elsewhere() -> None:
    assert left(WHERE, SHOWN.format("legal/terms")) == "technical"
    assert left(WHERE, SHOWN.format("terms-of-service")) == "technical"


@pytest.mark.parametrize(
    "shown",
    [
        SHOWN.format("legal/terms").replace("acme.example", "bolt.example"),
        SHOWN.format("legal/terms").replace("how long", "why"),
        SHOWN.format("legal/terms").replace("Our terms", "Their terms"),
        SHOWN.format("x").replace(", say how long we keep recordings of your calls.", ". ")
        + "They do not. Read this " * 9
        + "say how long we keep recordings of your calls.",
        "say how long we keep recordings of your calls. Our terms, available at https://acme.example/terms, are new.",
    ],
)
def test_it_does_not_stand_with_another_site_or_other_words(shown: str) -> None:
    assert left(WHERE, shown) is None


SENTENCE = "You may ask our representative, who is on the following page."


def test_an_address_behind_a_sentence_that_stands_goes_with_it() -> None:
    with_address = f"{SENTENCE} <https://rep.example/q/145>"
    assert left(with_address, f"{SENTENCE} https://rep.example/q/145") == "technical"
    assert left(with_address, f"{SENTENCE} https://sold.example/q/145") != "technical"
    assert left(with_address, f"https://rep.example/q/145 {SENTENCE}") != "technical"


def test_marks_of_emphasis_at_the_end_of_a_sentence_make_no_passage() -> None:
    one = "**When you visit our site or use it.** We collect what you do there, each time."
    other = "**When you visit our site or use it. **We collect what you do there, each time."
    gone = "We keep recordings of your calls for a year."
    texts = [f"# Policy\n\n{KEPT}\n\n{said}" for said in (f"{one}\n\n{gone}", other)]
    shown = f"<p>{KEPT}</p><p><b>When you visit our site or use it.</b> We collect what you do there, each time.</p>"
    found = of_pages(
        texts[0], texts[1], page(f"{shown}{shown}<p>{gone}</p>"), page(f"{shown}{shown}<div hidden>{gone}</div>")
    )
    assert found is not None
    assert (found.removed, found.inserted, found.kind) == ((gone,), (), "technical")
    assert judge(texts[0], texts[1])[0] == "substantive"
