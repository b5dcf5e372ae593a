"""Documents of a service on the web: each has pages and a feed, the service shows all of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.routing import APIRoute

from harvester.catalogue.document_types import TYPES
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
from harvester.web.static_site import export_site
from tests.support.store.filled import fill
from tests.support.times import sample_clock
from tests.support.web.client import Client

ATOM = "{http://www.w3.org/2005/Atom}"
TERMS = "acme/terms-of-service"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("installation")
    return Settings.model_validate({"data": folder, "config": folder})


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    """The site of two services, of which one has two documents."""
    database = Database.open(settings.database)
    fill(database, captures=3, names=("acme", TERMS, "other.example"))
    fill(database, captures=1, names=("shop/imprint",))
    yield Client(create_app(settings, database, sample_clock))
    database.close()


def entries(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    titles = [one.findtext(f"{ATOM}title") for one in ElementTree.fromstring(answer.text).iter(f"{ATOM}entry")]
    return [str(title).partition(":")[0] for title in titles]


def test_a_document_has_pages_of_its_own_and_the_service_lists_them(client: Client) -> None:
    policy, terms = client.get("/services/acme"), client.get(f"/services/{TERMS}")
    assert policy.status_code == terms.status_code == 200
    for page in (policy, terms):
        assert "Terms of service" in page.text
        assert "Privacy policy" in page.text
    versions = client.get(f"/api/v1/services/{TERMS}/versions").json()["items"]
    stamp = versions[0]["first_seen"].translate(str.maketrans("", "", "-:TZ"))
    for path in (f"versions/{stamp}", "versions/latest", f"changes/{stamp}"):
        assert client.get(f"/services/{TERMS}/{path}", follow_redirects=True).status_code == 200
        assert client.get(f"/services/acme/{path}", follow_redirects=True).status_code == 200
    shown = client.get(f"/services/{TERMS}/versions/{stamp}?view=markdown").text
    assert "acme terms of service that was archived" in shown
    assert client.get("/services/acme/sonnets").status_code == 404


def test_the_feed_of_a_service_has_all_its_documents_and_each_has_one_of_its_own(client: Client) -> None:
    assert set(entries(client, "/services/acme/changes.atom")) == {"acme", TERMS}
    assert set(entries(client, f"/services/{TERMS}/changes.atom")) == {TERMS}
    assert set(entries(client, "/services/acme/privacy-policy/changes.atom")) == {"acme"}
    assert set(entries(client, "/services/other.example/changes.atom")) == {"other.example"}


def routes_of(settings: Settings) -> list[APIRoute]:
    database = Database.open(settings.database)
    every = create_app(settings, database).routes
    database.close()
    # FastAPI keeps the routers that were included, under a name of its own.
    nested = [getattr(one, "original_router", one) for one in every]
    return [route for one in nested for route in getattr(one, "routes", []) if isinstance(route, APIRoute)]


def test_every_route_of_a_service_takes_any_of_its_documents(settings: Settings) -> None:
    routes = [route for route in routes_of(settings) if "{service" in route.path]
    assert len(routes) > 10
    for route in routes:
        path = route.path_format.replace("{stamp}", "20150101000000").replace("{reference}", "latest")
        for slug in TYPES:
            if route.path != "/services/{service}/changes.atom":
                assert route.path_regex.match(path.replace("{service}", f"acme/{slug}")), route.path


def test_no_type_is_named_as_a_part_of_an_address(settings: Settings) -> None:
    parts = {part for route in routes_of(settings) for part in route.path.split("/")}
    assert "versions" in parts
    assert not parts & set(TYPES)


def test_changes_and_versions_are_filtered_by_type(client: Client) -> None:
    changes = client.get("/api/v1/changes?type=terms-of-service&all=true").json()["items"]
    assert {one["service"] for one in changes} == {TERMS}
    hits = client.get("/api/v1/search?q=years&type=terms-of-service").json()["items"]
    assert {one["service"] for one in hits} == {TERMS}
    for page in ("/changes", "/search"):
        assert '<option value="terms-of-service">' in client.get(page).text
    shown = client.get("/changes?type=terms-of-service&kind=all").text
    assert f'href="/services/{TERMS}"' in shown
    assert 'href="/services/other.example"' not in shown
    assert client.get("/changes?type=sonnet").status_code == 422


def test_the_api_says_of_what_service_and_type_a_document_is(client: Client) -> None:
    terms = client.get(f"/api/v1/services/{TERMS}").json()
    assert (terms["service"], terms["type"]) == ("acme", "terms of service")
    assert terms["documents"] == client.get("/api/v1/services/acme").json()["documents"] == ["acme", TERMS]
    listed = client.get("/api/v1/services?limit=2").json()
    assert [one["name"] for one in listed["items"]] == ["acme", TERMS]
    rest = client.get(f"/api/v1/services?cursor={listed['next']}").json()["items"]
    assert [one["name"] for one in rest] == ["other.example", "shop/imprint"]


def test_a_service_without_a_policy_is_shown_by_its_first_document(client: Client) -> None:
    answer = client.get("/services/shop")
    assert (answer.status_code, answer.headers["Location"]) == (307, "/services/shop/imprint")
    assert client.get("/services/nobody").status_code == 404


def test_a_site_of_files_has_the_pages_of_every_document(client: Client, settings: Settings, tmp_path: Path) -> None:
    database = Database.open(settings.database)
    settings = settings.model_copy(update={"web": settings.web.model_copy(update={"base_url": "https://site.example"})})
    export_site(settings, database, tmp_path / "site")
    database.close()
    pages = tmp_path / "site" / "services"
    assert (pages / TERMS / "index.html").is_file()
    assert (pages / TERMS / "changes.atom").is_file()
    assert (pages / "acme" / "privacy-policy" / "changes.atom").is_file()
    assert list((pages / TERMS / "versions").iterdir())


def test_the_pages_of_a_document_show_only_it(client: Client) -> None:
    latest = client.get(f"/services/{TERMS}/versions/latest").headers["location"]
    stamp = latest.rpartition("/")[2]
    captures = client.get(f"/services/{TERMS}/captures").text
    assert "every capture" in captures
    assert f'href="/services/{TERMS}/captures?' in captures
    assert client.get(f"/services/{TERMS}/versions/latest/similar").headers["location"] == f"{latest}/similar"
    assert client.get(f"{latest}/similar").status_code == 200
    names = {"old": "acme@latest", "new": f"{TERMS}@{stamp}"}
    compared = client.get("/compare", params=names, follow_redirects=True)
    assert compared.status_code == 200
    assert f'href="/services/{TERMS}/versions/{stamp}"' in compared.text
    file = client.get(f"{latest}/download/md")
    assert file.headers["content-disposition"] == f'attachment; filename="acme-terms-of-service-{stamp}.md"'


def test_trends_count_the_documents_of_a_type(client: Client) -> None:
    def counted(query: str) -> int:
        [series] = client.get(f"/api/v1/trends?term=archived{query}").json()["items"]
        return int(max(point["services"] for point in series["points"]))

    assert (counted(""), counted("&type=privacy-policy"), counted("&type=terms-of-service")) == (2, 2, 1)
    assert "Share of services" in client.get("/trends?q=archived&type=terms-of-service").text
    assert client.get("/trends?q=archived&type=sonnets").status_code == 422


def test_everything_of_a_service_has_a_folder_for_each_document(client: Client) -> None:
    for url, folders in (
        ("acme", {"privacy-policy", "terms-of-service"}),
        (TERMS, {"terms-of-service"}),
        ("shop", {"imprint"}),
    ):
        content = client.get(f"/services/{url}/everything.zip").content
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            assert {name.split("/")[1] for name in file.namelist() if name.count("/") > 1} == folders
