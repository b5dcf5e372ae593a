"""``export site``: the pages from a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from harvester.errors import StoreError
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.server import ReplayServer
from harvester.settings import WebSettings
from harvester.store.database import Database
from harvester.store.read import versions
from harvester.web import static_site
from harvester.web.static_site import export_site, file_of
from tests.support.harvest.harvests import harvest, sample_services, settings
from tests.support.paths import SAMPLE


class Links(HTMLParser):
    """What a page links to, what can be linked to in it, and links without a target."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.to: list[str] = []
        self.ids: set[str] = set()
        self.dead: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        self.to += [told[name] for name in ("href", "src", "action", "xlink:href") if name in told]
        if told.get("http-equiv") == "refresh":
            self.to.append(told["content"].partition("url=")[2])
        if tag in ("a", "link") and not told.get("href"):
            self.dead.append(f"<{tag}> with {told}")
        self.ids |= {told["id"]} if "id" in told else set()


def trouble_with_links(site: Path) -> list[str]:
    """Crawls a site from its first page; every link that leads nowhere, and every file that none leads to."""
    waiting = [site / "index.html"]
    seen = {waiting[0]: Links(waiting[0])}
    others: set[Path] = set()
    trouble = []
    while waiting:
        page = waiting.pop()
        trouble += [f"{page}: {one}" for one in seen[page].dead]
        for link in seen[page].to:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not target.is_file():
                trouble.append(f"{page}: {link}")
            elif target.suffix != ".html":
                others.add(target)
            elif target not in seen:
                seen[target] = Links(target)
                waiting.append(target)
            if target in seen and parts.fragment and parts.fragment not in seen[target].ids:
                trouble.append(f"{page}: {link}")
    files = {file for file in site.rglob("*") if file.is_file() and not file.name.startswith(".harvester-")}
    return trouble + [f"no link to {file}" for file in files - seen.keys() - others]


ONE = sample_services()[1]


@pytest.fixture(scope="module")
def one_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store with one service of the sample."""
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('one') / 'harvester.db'}")
    with ReplayServer(FolderArchive(SAMPLE)) as base:
        harvest(database, base, [ONE])
    yield database
    database.close()


def test_no_page_links_to_what_is_not_there(sample_store: Database, tmp_path: Path) -> None:
    done = export_site(settings(), sample_store, tmp_path)
    assert trouble_with_links(tmp_path) == []
    assert done.files > 200
    first = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert re.findall(r">(Overview|Changes|Search|Status|API|Atom feed)</a>", first) == ["Overview", "Changes"]
    assert not list(tmp_path.rglob("*.atom"))


def test_feeds_are_kept_when_it_is_known_where_the_site_will_stand(one_service: Database, tmp_path: Path) -> None:
    web = WebSettings(base_url="https://policies.example/history")
    export_site(settings().model_copy(update={"web": web}), one_service, tmp_path)
    assert trouble_with_links(tmp_path) == []
    feeds = list(tmp_path.rglob("*.atom"))
    assert len(feeds) == 2, "one of all changes, one of the service"
    for feed in feeds:
        links = re.findall(r'<link [^>]*href="([^"]*)"', feed.read_text(encoding="utf-8"))
        assert len(links) > 3
        for link in links:
            assert link.startswith(web.base_url)
            target = tmp_path / link.removeprefix(web.base_url).lstrip("/")
            assert target.is_file() or (target / "index.html").is_file(), link


def test_every_version_and_change_has_a_page_and_a_second_export_writes_the_same(
    one_service: Database, tmp_path: Path
) -> None:
    database, entry = one_service, ONE
    done = export_site(settings(), database, tmp_path / "site")
    pages = list((tmp_path / "site").rglob("*.html"))
    assert done.files > len(pages) > 5
    for page in pages:
        assert "<form" not in page.read_text(encoding="utf-8")
    with database.reading() as session:
        rows = versions.log(session, entry.name)
    assert [row.kind is None for row in rows] == [True] + [False] * (len(rows) - 1)
    for row in rows:
        stamp = f"{row.first_seen:%Y%m%d%H%M%S}"
        assert (tmp_path / "site" / "services" / entry.name / "versions" / stamp / "index.html").is_file()
        assert (row.kind is None) or (
            tmp_path / "site" / "services" / entry.name / "changes" / stamp / "index.html"
        ).is_file()
    before = {page: page.read_bytes() for page in pages}
    export_site(settings(), database, tmp_path / "site")
    assert {page: page.read_bytes() for page in pages} == before


def test_a_service_called_like_a_script_is_a_folder_of_pages() -> None:
    assert file_of("/services/three.js") == "services/three.js/index.html"
    assert file_of("/services/three.js/changes.atom") == "services/three.js/changes.atom"


@pytest.mark.parametrize(
    ("address", "file"),
    [("/", "index.html"), ("/changes", "changes/index.html"), ("/static/style.css", "static/style.css")],
)
def test_pages_are_index_files_in_their_folders(address: str, file: str) -> None:
    assert file_of(address) == file


def test_a_link_to_a_page_that_is_not_written_is_plain_text(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = (
        "/changes",
        "/changes?kind=",
        "/changes?words=9",
        "/changes?words=",
        "/search",
        "//elsewhere.example/changes",
    )
    site, first = tmp_path / "site", HTMLResponse("".join(f'<a href="{one}">x</a>' for one in links))
    pages = [Route("/", lambda _: first), Route("/changes", lambda _: HTMLResponse("here"))]
    monkeypatch.setattr(static_site, "create_app", lambda *_, **__: Starlette(routes=pages))
    assert export_site(settings(), sqlite, site).files == 3
    here = (file_of("/changes"), file_of("/changes?kind="))
    assert (site / "index.html").read_text() == "".join(f'<a href="{one}">x</a>' for one in here) + "<a>x</a>" * 4
    assert [(site / one).read_text() for one in here] == ["here", "here"]


def test_a_page_that_fails_ends_the_export_by_its_address(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, failed = HTMLResponse('<a href="/changes">x</a>'), HTMLResponse("gone", 503)
    pages = [Route("/", lambda _: first), Route("/changes", lambda _: failed)]
    monkeypatch.setattr(static_site, "create_app", lambda *_, **__: Starlette(routes=pages))
    with pytest.raises(StoreError, match="/changes answers 503"):
        export_site(settings(), sqlite, tmp_path / "site")
    assert not (tmp_path / "site" / file_of("/changes")).exists()
