"""What a search shows of a text: the words in their sentence, marked."""

from __future__ import annotations

import math

import regex
from hypothesis import given
from hypothesis import strategies as st

from harvester.insight import snippets
from harvester.insight.snippets import Snippet
from harvester.store.search.indexing import passages
from harvester.store.search.query import Phrase, words

CONSENT, COOKIES = Phrase(("consent",)), Phrase(("cookies",))


def test_a_snippet_shows_the_place_and_marks_it() -> None:
    long = "Before that we say this and that. " * 20 + "Our legitimate interest is this. " + "And so on it goes. " * 30
    snippet = snippets.of_phrases(["Title", long], [Phrase(("legitimate", "interest"))])
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["legitimate interest"]
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")
    assert len(snippet.text) < 250
    assert snippets.of_phrases([], [COOKIES]) == Snippet("")


def shown(*passages: str, phrases: tuple[Phrase, ...] = (COOKIES,)) -> str:
    return snippets.of_phrases(passages, phrases).marked("[", "]")


def test_the_sentence_is_shown_and_not_the_heading_above_it() -> None:
    assert shown("Cookies", "Does it use cookies?", "It has. We use cookies. And so on.") == "… We use [cookies]. …"
    assert shown("Cookie policy", "7. Cookies", "Nothing about them.") == "7. [Cookies]"
    assert shown("Yes. Cookies are small.") == "Yes. [Cookies] are small."


def test_the_sentence_with_most_of_what_was_asked_for_is_shown() -> None:
    blocks = ("We use cookies.", "We ask for consent. Cookies need consent, e.g. Google's of Kettle Inc. We ask.")
    assert (
        shown(*blocks, phrases=(COOKIES, CONSENT)) == "… [Cookies] need [consent], e.g. Google's of Kettle Inc. We ask."
    )
    assert shown("We use cookies, or not.", phrases=(CONSENT, COOKIES)) == "We use [cookies], or not."


def test_a_phrase_over_the_end_of_a_sentence_is_shown_whole() -> None:
    text = "That is all. We use cookies. Consent is asked for. And so on."
    assert shown(text, phrases=(Phrase(("cookies", "consent")),)) == "… We use [cookies. Consent] is asked for. …"


def test_what_markdown_writes_around_words_is_not_in_the_way() -> None:
    text = "# Cookies\n\n> Our **[cook](https://tea.example/a_(b)?c)*ies*** and\\_pixels are `small`.\n\n| Cookies |\n"
    assert shown(*passages(text)) == "Our [cookies] and_pixels are small."


@given(st.lists(st.sampled_from([*"aZé.!? ,-(漢。", "cookies", "cookie", ". We ", "e.g. "]), max_size=900))
def test_no_word_is_cut(parts: list[str]) -> None:
    passage = "".join(parts) + " cookies " + "".join(reversed(parts))
    snippet = snippets.of_phrases([passage], [COOKIES])
    there = words(passage)
    assert snippet.marks
    assert all(word in there for word in words(snippet.text))


def test_a_regular_expression_too_shows_the_sentence_before_the_heading() -> None:
    found = snippets.of_regex(["Cookies", "It has. We use cookies. And so on."], regex.compile("cookies"), math.inf)
    assert found is not None
    assert found.marked("[", "]") == "… We use [cookies]. …"


@given(st.lists(st.text(max_size=400), min_size=1, max_size=3), st.data())
def test_whatever_is_marked_is_what_was_asked_for(passages: list[str], data: st.DataObject) -> None:
    there = words(" ".join(passages)) or ["none"]
    phrase = Phrase((data.draw(st.sampled_from(there)),), data.draw(st.booleans()))
    snippet = snippets.of_phrases(passages, [phrase])
    for start, end in snippet.marks:
        marked = words(snippet.text[start:end])
        assert "".join(marked).startswith(phrase.words[0][:10])
    assert "\n" not in snippet.text
