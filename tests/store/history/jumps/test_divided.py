"""What both documents say in a row has not jumped, however they divide it."""

from __future__ import annotations

import json

import pytest

from tests.support.diffing.standing import KEPT, judge, of_pages, page

ROWS = (
    ("Purpose of our processing", "Data that we use for it"),
    ("To answer the questions that you ask us", "Your name and the address of your house"),
    ("To send the parcels that you order", "The name of your street and your town"),
)
PIPES = " ".join(f"| {' | '.join(row)} |" for row in (ROWS[0], (":----", ":----"), *ROWS[1:]))
TABLE = "\n".join(["**{}** | **{}**".format(*ROWS[0]), "---|---", *(" | ".join(row) for row in ROWS[1:])])
LINES = tuple(f"{purpose}: {data}" for purpose, data in ROWS[1:])
DIVIDED = {
    "a table in characters": (PIPES, TABLE),
    "lines that are wrapped as one": (" ".join(LINES), "\n\n".join(LINES)),
    "items of a list": (" ".join(LINES), "\n".join(f"  * {line}" for line in LINES)),
    "a part of a sentence": (
        "We store what you send us: in a safe place, as said in section 2.",
        "We store what you send us\n\nIn a safe place, as said in section 2.",
    ),
}


def _with_data(text: str) -> str:
    """A page of which the data of scripts repeats the text, as its paragraphs are written."""
    shown = "".join(f"<p>{line}</p>" for line in text.split("\n") if line)
    return page(f"{shown}<script>{json.dumps(text.split(chr(10)))}</script>")


@pytest.mark.parametrize(("before", "after"), DIVIDED.values(), ids=list(DIVIDED))
@pytest.mark.parametrize("beside", ["We keep it for 30 days.", "We keep it for 90 days."])
@pytest.mark.parametrize("back", [False, True])
def test_what_is_divided_in_another_way_has_not_jumped(before: str, after: str, beside: str, back: bool) -> None:
    sides = [f"# Policy\n\n{KEPT}\n\n{text}\n" for text in (before, after)]
    sides[1] += f"\n{beside}\n"
    sides[0] += "\nWe keep it for 30 days.\n"
    old, new = sides[::-1] if back else sides
    found = of_pages(old, new, _with_data(old), _with_data(new))
    kind, reasons = (found.kind, found.reasons) if found else judge(old, new)
    assert (kind == "substantive") == ("90" in beside)
    assert not any("passage" in reason or reason.startswith(("added", "removed")) for reason in reasons)


@pytest.mark.parametrize(
    ("glued", "apart"), [("sectionI", "section **I**"), ("ourservices", "our services"), ("(seeour", "(see our")]
)
@pytest.mark.parametrize("back", [False, True])
def test_a_space_between_words_is_no_passage_that_stands(glued: str, apart: str, back: bool) -> None:
    lines = [f"We store or process your data as described in {word} for these ends." for word in (glued, apart)]
    sides = [f"# Policy\n\n{KEPT}\n\n{line}\n" for line in lines]
    old, new = sides[::-1] if back else sides
    # Where an element begins, the words of a page may be read apart or not.
    marked = page(f"<p>{KEPT}</p><p>{lines[0]}</p><p hidden>{lines[1].replace('**', '')}</p>")
    assert of_pages(old, new, marked, marked) is None
