"""Headings that went over passages which still stand in the page are judged over their text, not as a list of names."""

from __future__ import annotations

import pytest

from harvester.store.history.differences import Difference, SourcePage, difference

KEPT = "We collect what you tell us when you open an account with us or write to our team."
SECTIONS = (
    ("Selling", "We sell your personal data to advertisers who pay us for it every month."),
    ("Calls", "We keep recordings of your calls for up to ten years after the call."),
    ("Photographs", "We give your photographs to the police whenever they ask for them."),
    ("Tracking", "We track where you are, by day and by night, through your telephone."),
)
WHOLE = f"# P\n\n{KEPT}\n\n" + "\n\n".join(f"## {name}\n\n{said}" for name, said in SECTIONS) + "\n"
LEFT = f"# P\n\n{KEPT}\n"
HIDDEN = {
    "textarea": "<textarea>{}</textarea>".format("\n\n".join(said for _, said in SECTIONS)),
    "options": "<select>{}</select>".format("".join(f"<option>{said}</option>" for _, said in SECTIONS)),
    "data": "<script>x = [{}]</script>".format(",".join(f'"{said}"' for _, said in SECTIONS)),
}


def page(body: str) -> SourcePage:
    return SourcePage(f"<title>P</title><p>{KEPT}</p>{body}".encode(), "text/html")


SHOWN = "".join(f"<h2>{name}</h2><p>{said}</p>" for name, said in SECTIONS)


def both_ways(hidden: str, whole: str = WHOLE, left: str = LEFT) -> list[Difference]:
    return [
        difference(whole, left, (page(SHOWN), page(hidden))),
        difference(left, whole, (page(hidden), page(SHOWN))),
    ]


@pytest.mark.parametrize("how", HIDDEN)
def test_only_the_headings_of_what_stands_are_left_of_the_change(how: str) -> None:
    for found in both_ways(HIDDEN[how]):
        assert found.kind == "minor"
        assert "4 passages" in found.reasons[0]
        assert all("a heading" in reason for reason in found.reasons[1:])
        assert len(found.reasons) == 5


@pytest.mark.parametrize("heading", ["We never sell your data", "Children under 13", "No calls"])
def test_a_heading_that_states_something_is_an_alarm_over_what_stands_too(heading: str) -> None:
    whole = WHOLE.replace("## Calls", f"## {heading}")
    for found in both_ways(HIDDEN["textarea"], whole):
        assert found.kind == "substantive"


def test_what_else_was_altered_is_an_alarm_beside_such_headings() -> None:
    for found in both_ways(HIDDEN["textarea"], WHOLE, LEFT.replace("write to", "never write to")):
        assert found.kind == "substantive"


def test_a_row_of_headings_without_a_text_under_them_is_a_list_of_names() -> None:
    whole = WHOLE + "\n## Acme\n\n## Birch\n\n## Cedar\n"
    assert {found.kind for found in both_ways(HIDDEN["textarea"], whole)} == {"substantive"}
