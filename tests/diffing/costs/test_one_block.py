"""A block with thousands of altered places is looked through once for what they ask of it, and not once for each."""

from __future__ import annotations

from functools import partial

import pytest

from harvester.diffing import compare
from tests.support.diffing.steps import steps_of

FEW, MANY = 40, 160
WORST = 1.5  # times linear; what goes through the block at each place has 4

PARTS: dict[str, tuple[str, str]] = {
    "dates": ("Policy w{0} last updated: 3 May 20{1}.", "Policy w{0} last updated: 4 June 20{1}."),
    "dates without spaces": ("更新日期：20{1}年3月1日 w{0}", "更新日期：20{1}年4月2日 w{0}"),
    "years of the copyright": ("© 20{1} Acme w{0}.", "© 20{2} Acme w{0}."),
    "links that lead elsewhere": ("[Read what is w{0}](/new{0})", "[Read what is w{0}](/old{0})"),
    "links that say here": ("[here](/a{0})", "[this page](/b{0})"),
    "links in other words": ("see w{0} [here](/a{0})", "see w{0} [this page](/a{0})"),
    "links in place of addresses": (
        "see w{0} https://a.example/{0} for",
        "see w{0} [this page](https://a.example/{0}) for",
    ),
    "links by which to write": ("w{0} p{0}@a.example", "w{0} [e-mail](mailto:p{0}@a.example)"),
    "ways that came": ("Write p{0}@a.example.", "Write p{0}@a.example or [call us{0}](tel:{0})."),
    "addresses that robots were not shown": ("write w{0} [email protected] it", "write w{0} p{0}@a.example it"),
    "marks between names": ("Name{0} –", "Name{0} ·"),
    "spaces at links": ("see[link{0}](/x)now", "see [link{0}](/x) now"),
    "quotation marks for code": ("use `code{0}` and", 'use "code{0}" and'),
    "references of Markdown": ("see terms a{0} b{0}", r"see \[terms a{0}\]\[t{0}\] b{0}"),
    "abbreviations": ("z.B.", "z. B."),
    "paths": ("a / p{0} /", "a / q{0} /"),
    "commas": ("we keep w{0} and v{0}", "we keep, w{0} and v{0}"),
}


@pytest.mark.parametrize("what", PARTS)
def test_what_each_place_asks_of_its_block_is_looked_for_once(what: str) -> None:
    def texts(times: int) -> tuple[str, str]:
        old, new = (
            " ".join(part.format(number, number % 90 + 10, (number + 1) % 90 + 10) for number in range(times))
            for part in PARTS[what]
        )
        return f"# Policy\n\nIt says: {old}\n\nEnd.", f"# Policy\n\nIt says: {new}\n\nEnd."

    compare(*texts(10))  # what is read once
    for back in (1, -1):
        few, many = (steps_of(partial(compare, *texts(times)[::back])) for times in (FEW, MANY))
        assert many <= WORST * MANY / FEW * few, back


def test_links_of_merged_paragraphs_are_judged_by_sentences_that_are_found_once() -> None:
    def texts(times: int) -> tuple[str, str]:
        old, new = ([f"Read w{n} of [what we do {n}](/{path}{n})." for n in range(times)] for path in ("a", "b"))
        return "# Policy\n\n" + "\n\n".join(old), "# Policy\n\n" + " ".join(new)

    compare(*texts(10))
    few, many = (steps_of(partial(compare, *texts(times))) for times in (FEW, MANY))
    assert many <= WORST * MANY / FEW * few


def test_labels_one_below_the_other_are_seen_once_as_a_list() -> None:
    def texts(times: int) -> tuple[str, str]:
        begin = "# Policy\n\nWe keep what you tell us for a year, and longer where the law asks us to keep it so.\n\n"
        return tuple(begin + "\n\n".join(["home", "A line"] * times + [end]) for end in ("Home", "Print"))  # type: ignore[return-value]

    compare(*texts(10))
    few, many = (steps_of(partial(compare, *texts(times))) for times in (FEW, MANY))
    assert many <= WORST * MANY / FEW * few
