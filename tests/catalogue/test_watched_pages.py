"""What of a page is the document: ``extract`` in the catalogue, and when it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.catalogue.selection import Range, Selection, selection_from
from harvester.catalogue.services_file import add, set_sources
from harvester.catalogue.watched_pages import SourceEntry
from harvester.dates import parse_day
from harvester.errors import ConfigurationError

URL = "https://acme.example/legal"
OLD, NEW = Selection((".old",)), Selection(("#new", Range(start_after="#a", end_before="#b")), ("nav",))
DATED = """[[service]]
name = "acme"
sources = [
    { url = "https://acme.example/legal", to = "2020", extract = [
        { select = ".old", to = "2018-06" },
        { select = ["#new", { start_after = "#a", end_before = "#b" }], remove = "nav", from = "2018-08" },
    ] },
    "https://acme.example/moved",
]
extract = { select = "main" }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "services.toml"
    made.write_text(DATED)
    return made


def test_an_extract_holds_for_its_days_and_its_page(file: Path) -> None:
    [entry] = load_catalogue(file)
    days = ("2000-01-01", "2018-06-30", "2018-07-15", "2018-08-01", "2020-12-31", "2021-01-01")
    found = [entry.selections.at("http://www.acme.example/legal/", parse_day(day)) for day in days]
    assert found == [OLD, OLD, None, NEW, NEW, None]
    assert entry.selections.at("https://acme.example/moved", parse_day("2000")) == Selection(("main",))
    assert entry.selections.at("https://acme.example/elsewhere", parse_day("2000")) is None
    start, end = entry.selections.bounds(URL, parse_day("2018-07-15"))
    assert (start, end) == (parse_day("2018-07"), parse_day("2018-08"))


def test_a_selection_is_the_same_read_again_and_another_has_another_digest() -> None:
    assert selection_from(NEW.as_dict()) == NEW
    assert len({OLD.digest, NEW.digest, Selection((".old",), (".old",)).digest}) == 3


def test_programs_write_what_they_read(file: Path, tmp_path: Path) -> None:
    entries = load_catalogue(file)
    other = tmp_path / "other.toml"
    add(other, entries[0])
    add(other, entries[0].model_copy(update={"name": "acme/imprint"}))
    assert [one.selections for one in load_catalogue(other)] == [entries[0].selections] * 2
    parts = {"combine": [{"url": URL, "to": "2018", "extract": {"select": "a"}}, f"{URL}/2"]}
    combined = ServiceEntry.model_validate({"name": "acme/live-policy", **parts})
    add(other, combined)
    assert load_catalogue(other)[-1] == combined


def test_a_form_of_addresses_and_days_leaves_what_is_extracted(file: Path) -> None:
    [entry] = load_catalogue(file)
    plain = [
        SourceEntry.model_validate({"url": one.url, "to": one.until} if one.until else one.url) for one in entry.sources
    ]
    set_sources(file, "acme", plain[:1], plain)
    [after] = load_catalogue(file)
    assert after.sources == entry.sources[:1]


def test_the_pages_of_a_combined_document_are_edited_as_sources_are(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    file.write_text(
        "[[service]]\nname = 'acme'\n\n[[service.document]]\ntype = 'live policy'\ncombine = [\n"
        f"    {{ url = '{URL}', to = 2018-12-31, extract = {{ select = '.old' }} }},  # until the relaunch\n"
        f"    {{ url = '{URL}', from = 2019-01-01, extract = {{ select = '.new' }} }},\n    '{URL}/2',\n]\n"
        "sample = 'all'\n"
    )
    name = "acme/live-policy"
    pages = load_catalogue(file)[-1].combine
    plain = [one.model_copy(update={"extract": ()}) for one in pages]
    third = SourceEntry(url=f"{URL}/3")
    set_sources(file, name, [plain[2], plain[0], plain[1], third], plain)
    after = load_catalogue(file)[-1]
    assert after.combine == (pages[2], pages[0], pages[1], third), "in the order of the form, with what is extracted"
    assert after.sample == "all"
    assert "# until the relaunch" in file.read_text()
    with pytest.raises(ConfigurationError, match="twice for the same days"):
        set_sources(file, name, [third, third])
    set_sources(file, name, [third])
    alone = load_catalogue(file)[-1]
    assert (alone.sources, alone.combine) == ((third,), ()), "one page alone is a source"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('extract = { select = [] }', "extract needs select"),
        ('extract = { remove = ".x" }', "extract needs select"),
        ('extract = { select = "div >" }', "'div >' is no CSS selector .*; try it in a browser"),
        ('extract = { select = ".x::before" }', "is no CSS selector"),
        ('extract = { select = " " }', "a selector is empty"),
        ("extract = { select = 3 }", "3 is no selector"),
        ('extract = { select = { start_before = "a" } }', "a range needs its end: either end_before or end_after"),
        ('extract = { select = { start = "a", end_after = "b" } }', "unknown key 'start' in a range"),
        ('extract = { select = { start_before = "a", end_after = "b >" } }', "'b >' is no CSS selector"),
        ('extract = [{ select = "a", to = "2018" }, { select = "b", from = "2018-06" }]', "two extracts hold on 2018"),
        ('extract = [{ select = "a" }, { select = "b" }]', "two extracts hold on the first day"),
        ('extract = { select = "a", from = "2018", to = "2017" }', "extract ends before it begins"),
        (f"combine = {[URL + str(number) for number in range(100)]}", "combine has 100 pages, and 50 are the most"),
        (f"combine = ['{URL}']", "combine has one page; write it as sources"),
        (f"combine = ['{URL}', {{ from = '2018' }}]", "a source has no address"),
        (f"combine = ['{URL}', {{ url = '{URL}/', from = '2018' }}]", "twice for the same days"),
        (f"combine = ['{URL}', '{URL}/2']\nsources = ['{URL}']", "has both sources and combine"),
        ('sources = [{ from = "2018" }]', "a source has no address; write"),
        (f'extract = {{ select = "a" }}\n[[service.document]]\ntype = "imprint"\nsources = ["{URL}"]',
         "extract is of no page: put it into the"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_in_plain_words(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "services.toml"
    file.write_text(f'[[service]]\nname = "acme"\n{line}\n')
    with pytest.raises(ConfigurationError, match=f"services.toml:[13]: .*{reason}"):
        load_catalogue(file)


def test_the_line_of_a_wrong_selector_is_named(file: Path) -> None:
    file.write_text(DATED.replace('remove = "nav"', 'remove = "nav["'))
    with pytest.raises(ConfigurationError, match=r"services.toml:6: .*'nav\[' is no CSS selector"):
        load_catalogue(file)
