"""A document that gives itself a new date is an alarm if what it lacks of its page changed, and no other is."""

from __future__ import annotations

import pytest

from harvester.store.history.differences import SourcePage, difference

ABOVE = "This policy says which cookies we set, and what each of them is for."
BELOW = "You may write to us about any cookie that is listed in this policy."
ROWS = (("_ga", "Counts visits to the pages of this site", "2 years"), ("sid", "Keeps you logged in", "30 minutes"))
OLD, NEW = "1 May 2020", "2 June 2021"


def text(date: str) -> str:
    return f"# Cookies\n\nLast updated: {date}\n\n{ABOVE}\n\n{BELOW}"


def page(date: str, rows: tuple[tuple[str, ...], ...], menu: str = "Home", times: int = 20) -> SourcePage:
    cells = "".join(f"<tr>{''.join(f'<td class=a[&>p]>{cell}</td>' for cell in row)}</tr>" for row in rows * times)
    html = (
        f"<title>Cookies</title><nav>{menu}</nav><p>Last updated: {date}</p><p>{ABOVE}</p><table>{cells}</table>"
        f"<p>{BELOW}</p><footer>{menu}</footer><script>drawn = {len(menu)}</script>"
    )
    return SourcePage(html.encode(), "text/html; charset=utf-8")


LONGER = (ROWS[0], ("sid", "Keeps you logged in", "30 days"))
ALTERED = {
    "a row altered": (ROWS, LONGER),
    "a row came": (ROWS, (*ROWS, ("ad", "Shows you what partners sell", "1 year"))),
    "a row went": (ROWS, ROWS[:1]),
}


@pytest.mark.parametrize("how", ALTERED)
def test_a_new_date_over_a_table_that_changed_outside_the_extracted_text_is_an_alarm(how: str) -> None:
    before, after = ALTERED[how]
    made = difference(text(OLD), text(NEW), (page(OLD, before), page(NEW, after)))
    assert made.kind == "substantive"
    assert made.reasons[0].startswith("the page changed outside the extracted text too (lines removed: ")
    assert made.reasons[1].startswith("only the date of the document")


def test_a_new_date_alone_is_none() -> None:
    assert difference(text(OLD), text(NEW), (page(OLD, ROWS), page(NEW, ROWS))).kind == "minor"


def test_nor_is_a_new_date_where_only_menus_and_scripts_changed() -> None:
    pages = page(OLD, ROWS), page(NEW, ROWS, "Home Our new shops in all of the country")
    assert difference(text(OLD), text(NEW), pages).kind == "minor"


def test_nor_is_one_of_a_document_that_holds_most_of_its_page() -> None:
    pages = page(OLD, ROWS, times=1), page(NEW, LONGER, times=1)
    assert difference(text(OLD), text(NEW), pages).kind == "minor"


def test_nor_is_another_small_change() -> None:
    old, new = (f"{text(OLD)} You will {one} an answer from us." for one in ("receive".replace("ei", "ie"), "receive"))
    assert difference(old, new, (page(OLD, ROWS), page(OLD, LONGER))).kind == "minor"


def test_nor_is_one_without_a_sentence_that_shows_where_the_document_stands() -> None:
    texts = [f"# Cookies\n\nLast updated: {date}\n\nOur cookies" for date in (OLD, NEW)]
    assert difference(texts[0], texts[1], (page(OLD, ROWS), page(NEW, LONGER))).kind == "minor"


def test_a_pdf_is_read_whole() -> None:
    pdf = SourcePage(b"%PDF-1.4", "application/pdf")
    assert difference(text(OLD), text(NEW), (pdf, pdf)).kind == "minor"
