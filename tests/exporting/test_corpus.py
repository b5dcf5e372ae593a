"""``export corpus``: the corpus's own tree."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from harvester.cleaner.conformance import check, read_cases
from harvester.dates import season_label
from harvester.exporting.corpus import Exported, export_corpus
from harvester.exporting.snapshots import corpus_path
from harvester.insight.reading import document_of
from harvester.store.read import versions
from harvester.store.read.snapshots import service_names
from tests.support.exports.trees import tree
from tests.support.harvest.harvests import settings


def test_paths_are_those_of_the_corpus() -> None:
    assert corpus_path("imlive.com") == "i/im/iml/imlive.com"
    assert corpus_path("im-post.com") == "i/im/im-/im-post.com"
    assert corpus_path("t.co") == "t/t./t.c/t.co"


def test_each_service_has_its_last_document_and_page(session: Session, tmp_path: Path) -> None:
    done = export_corpus(session, settings(), tmp_path / "out")
    names = [name for _, name in service_names(session)]
    assert done == Exported(len(names), len(names))
    files = tree(tmp_path / "out", ".harvester-")
    assert set(files) == {corpus_path(name) + ending for name in names for ending in (".md", ".html")}
    for name in names:
        version = versions.resolve(session, name)
        document = files[corpus_path(name) + ".md"].decode()
        shown = document_of(session, settings(), name, version).text
        # The last capture of a version has another date than its first, and the same text.
        assert document.partition("\n\n")[2].replace(_digits(document), "") == shown.partition("\n\n")[2].replace(
            _digits(shown), ""
        )
        assert f"archived on {version.last_seen:%Y-%m-%d}." in document.partition("\n\n")[0]


def test_pages_begin_with_the_comment_of_the_corpus(session: Session, tmp_path: Path) -> None:
    export_corpus(session, settings(), tmp_path, services=["kettle.example"])
    page = (tmp_path / f"{corpus_path('kettle.example')}.html").read_text(encoding="utf-8")
    url = re.search(r"\(([^()]*)\)", (tmp_path / f"{corpus_path('kettle.example')}.md").read_text(encoding="utf-8"))
    assert url is not None
    date = f"{_digits(url[1])[:4]}-{_digits(url[1])[4:6]}-{_digits(url[1])[6:8]}"
    assert page.startswith(
        "<!--The following is the downloaded HTML source of the kettle.example privacy policy that was archived on "
        f"{date}.\n Please check the original snapshot on the Wayback Machine ({url[1]}) for the most accurate "
        "reproduction.-->\n\n<"
    )


def test_every_exported_page_gives_its_document_again(session: Session, tmp_path: Path) -> None:
    export_corpus(session, settings(), tmp_path, seasons=True)
    outcomes = [check(case) for case in read_cases(tmp_path)]
    assert len(outcomes) > 25
    assert [one for one in outcomes if not one.equal] == []


def test_seasons_hold_the_last_capture_of_each_half_year(session: Session, tmp_path: Path) -> None:
    done = export_corpus(session, settings(), tmp_path, seasons=True)
    seasons = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".harvester-")}
    assert done.documents == len(list(tmp_path.rglob("*.md")))
    assert all(re.fullmatch(r"\d{4}-[AB]", season) for season in seasons)
    for file in tmp_path.rglob("*.md"):
        digits = _digits(file.read_text(encoding="utf-8"))
        moment = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        assert file.relative_to(tmp_path).parts[0] == season_label(moment)


def test_at_a_date_each_service_is_as_it_was_then(session: Session, tmp_path: Path) -> None:
    first = {name: versions.resolve(session, name, "first").first_seen for _, name in service_names(session)}
    at = sorted(first.values())[1]
    done = export_corpus(session, settings(), tmp_path, at=at)
    assert done.documents == 2
    for file in tmp_path.rglob("*.md"):
        assert _digits(file.read_text(encoding="utf-8")) <= f"{at:%Y%m%d%H%M%S}"


def test_an_export_that_was_killed_is_gone_on_with(session: Session, tmp_path: Path) -> None:
    export_corpus(session, settings(), tmp_path / "whole")
    export_corpus(session, settings(), tmp_path / "killed")
    documents = sorted((tmp_path / "killed").rglob("*.md"))
    documents[0].unlink()
    documents[1].with_suffix(".html").unlink()
    documents[1].unlink()
    kept = documents[2].stat().st_mtime_ns
    export_corpus(session, settings(), tmp_path / "killed")
    assert tree(tmp_path / "killed") == tree(tmp_path / "whole")
    assert documents[2].stat().st_mtime_ns == kept


def test_a_service_that_is_not_there_is_an_error(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"no service named 'nosuch\.example'"):
        export_corpus(session, settings(), tmp_path / "out", services=["nosuch.example"])
    assert not (tmp_path / "out").exists()


def _digits(text: str) -> str:
    found = re.search(r"/web/(\d{14})id_", text)
    assert found is not None
    return found[1]
