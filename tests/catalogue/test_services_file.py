"""Edits of the catalogue by programs: the service concerned changes, every comment and other line stays."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.catalogue import services_file
from harvester.catalogue.entries import ServiceEntry, SourceEntry, load_catalogue
from harvester.catalogue.services_file import rename
from harvester.errors import ConfigurationError, UnknownName
from harvester.settings import TargetSettings, load_settings

CATALOGUE = """\
# Whom we watch.

[[service]]   # the first
name = "a.example"          # its name
sources = [
    { url = "https://a.example/privacy", to = "2015" },  # moved then
    { url = "https://a.example/legal", from = "2016" },
]

# The second is polled daily.
[[service]]
every = "1d"
name = 'b.example'
# tags come later

# [[service]]
# name = "c.example"
[[service]]
name = "d.example"
# The end.
"""
NAMES = ["a.example", "b.example", "d.example"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "services.toml"
    written.write_text(CATALOGUE)
    return written


def names(file: Path) -> list[str]:
    return [entry.name for entry in load_catalogue(file)]


@pytest.mark.parametrize("name", NAMES)
def test_a_service_is_removed_and_every_comment_outside_it_stays(file: Path, name: str) -> None:
    services_file.remove(file, name)
    assert names(file) == [one for one in NAMES if one != name]
    for comment in ("# Whom we watch.", "# The second is polled daily.", "# tags come later", '# name = "c.example"',
                    "# The end."):  # fmt: skip
        assert comment in file.read_text()


@pytest.mark.parametrize("name", NAMES)
def test_a_service_is_renamed_and_nothing_else_changes(file: Path, name: str) -> None:
    services_file.rename(file, name, "z.example")
    after, has_sources = file.read_text().splitlines(), name == "a.example"
    if not has_sources:
        after.remove(f'domain = "{name}"')  # where its policy is looked for
    assert {one.name: one.site for one in load_catalogue(file)}["z.example"] == ("z.example" if has_sources else name)
    lines = zip(CATALOGUE.splitlines(), after, strict=True)
    (changed,) = [(old, new) for old, new in lines if old != new]
    assert changed[1] == changed[0].replace(f"'{name}'", '"z.example"').replace(f'"{name}"', '"z.example"')


def test_services_are_appended_and_the_file_is_otherwise_the_same(file: Path) -> None:
    entry = ServiceEntry(name="e.example", sources=(SourceEntry(url='https://e.example/"p"'),), sample="changes")
    services_file.add(file, entry)
    assert file.read_text().startswith(CATALOGUE)
    assert load_catalogue(file)[-1] == entry
    with pytest.raises(ConfigurationError, match=r"already has the service e\.example"):
        services_file.add(file, entry)


def test_a_catalogue_is_made_where_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config" / "services.toml"
    services_file.add(file, ServiceEntry(name="e.example"))
    assert names(file) == ["e.example"]
    assert file.read_text().startswith("# ")


def test_line_ends_mode_and_link_of_the_file_stay(file: Path, tmp_path: Path) -> None:
    file.write_bytes(CATALOGUE.replace("\n", "\r\n").encode())
    file.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    services_file.add(link, ServiceEntry(name="e.example"))
    services_file.remove(link, "b.example")
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")
    assert names(file) == ["a.example", "d.example", "e.example"]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("[[service]]\nname = ", "not TOML"),
        ('[[service]]\nname = "a.example"\n[[service]]\nname = "c.example"\nunknown = 1\n', "unknown key"),
        ('service = [{ name = "b.example" }]\n', "by hand"),
    ],
)
def test_what_cannot_be_edited_is_left_as_it_was(file: Path, content: str, refusal: str) -> None:
    file.write_text(content)
    with pytest.raises((ConfigurationError, UnknownName), match=refusal):
        services_file.remove(file, "b.example" if "b.example" in content else "a.example")
    assert file.read_text() == content
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_header_in_a_text_of_several_lines_is_not_taken_for_a_service(file: Path) -> None:
    content = '[[service]]\nname = "a.example"\ntags = ["""\n[[service]]\n"""]\n[[service]]\nname = "b.example"\n'
    file.write_text(content)
    with pytest.raises(ConfigurationError, match="by hand"):
        services_file.remove(file, "a.example")
    assert file.read_text() == content


def test_services_added_by_many_at_once_are_all_there(file: Path) -> None:
    wanted = [f"s{number}.example" for number in range(24)]

    def add(name: str) -> None:
        services_file.add(file, ServiceEntry(name=name))

    threads = [threading.Thread(target=add, args=(name,)) for name in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names(file)) == sorted([*NAMES, *wanted])


def test_an_edit_that_a_person_makes_meanwhile_is_kept(file: Path) -> None:
    calls: list[str] = []

    def altered(text: str) -> str:
        if not calls:
            file.write_text(f"# Edited by hand.\n{CATALOGUE}")
        calls.append(text)
        return f'{text}\n[[service]]\nname = "e.example"\n'

    services_file.edit(file, altered)
    assert len(calls) == 2
    assert file.read_text().startswith("# Edited by hand.\n")
    assert names(file) == [*NAMES, "e.example"]


_EDITS = st.lists(st.tuples(st.sampled_from(["add", "remove", "rename"]), st.integers(0, 5), st.integers(0, 5)))


@settings(max_examples=60, deadline=None)
@given(edits=_EDITS)
def test_any_series_of_edits_gives_what_the_same_edits_of_a_list_give(
    edits: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("catalogue") / "services.toml"
    file.write_text(CATALOGUE)
    expected = list(NAMES)
    for kind, first, second in edits:
        name, other = f"n{first}.example", f"n{second}.example"
        known = expected[first % len(expected)] if expected else name
        try:
            if kind == "add":
                services_file.add(file, ServiceEntry(name=name))
                expected.append(name)
            elif kind == "remove":
                services_file.remove(file, known)
                expected.remove(known)
            else:
                services_file.rename(file, known, other)
                expected[expected.index(known)] = other
        except (ConfigurationError, UnknownName):
            pass
        assert names(file) == expected
        assert "# Whom we watch." in file.read_text()


def test_a_byte_order_mark_is_no_part_of_a_catalogue_or_of_the_settings(tmp_path: Path) -> None:
    mark = "\ufeff"
    file = tmp_path / "services.toml"
    file.write_text(f'{mark}[[service]]\nname = "a.example"\n\n[[service]]\nname = "B"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"services\.toml:5: name"):
        load_catalogue(file)
    file.write_text(f'{mark}[[service]]\nname = "a.example"\n', encoding="utf-8")
    assert [one.name for one in load_catalogue(file)] == ["a.example"]
    rename(file, "a.example", "c.example")
    assert [one.name for one in load_catalogue(file)] == ["c.example"]
    (tmp_path / "harvester.toml").write_text(f'{mark}sample = "seasons"\n', encoding="utf-8")
    assert load_settings(tmp_path, tmp_path).sample == "seasons"


def test_what_a_target_of_notices_wants_is_neither_removed_nor_renamed(file: Path) -> None:
    targets = {
        "team": TargetSettings.model_validate({"url": "json://x", "services": ["b.example"]}),
        "refused already": TargetSettings.model_validate({"url": "json://x", "tags": ["of nobody"]}),
    }
    for edit in (services_file.remove, lambda file, name, of: services_file.rename(file, name, "z.example", of)):
        with pytest.raises(ConfigurationError, match=r"\[notify.team\] services: 'b.example'.*change that target"):
            edit(file, "b.example", targets)
    assert file.read_text() == CATALOGUE
    services_file.remove(file, "a.example", targets)
    assert names(file) == ["b.example", "d.example"]


@pytest.mark.parametrize("sample", ["weekly", "", "every", "every:0d", "changes:max_gap=x"])
def test_a_sample_that_is_none_is_refused_with_its_line(tmp_path: Path, sample: str) -> None:
    (tmp_path / "services.toml").write_text(f'[[service]]\nname = "a.example"\nsample = "{sample}"\n')
    for_line = r"services\.toml:{}: sample: .*; allowed: all, seasons"
    with pytest.raises(ConfigurationError, match=for_line.format(3 if sample else 1)):
        load_catalogue(tmp_path / "services.toml")
    (tmp_path / "services.toml").write_text(
        f'[[service]]\nname = "a.example"\n[[service.document]]\ntype = "terms of service"\nsample = "{sample}"\n'
    )
    with pytest.raises(ConfigurationError, match=for_line.format(5 if sample else 1)):
        load_catalogue(tmp_path / "services.toml")
