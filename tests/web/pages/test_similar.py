"""Policies that share text, in the browser and for programs."""

from __future__ import annotations

from tests.support.web.client import Client

LATEST = "/services/tidebook.example/versions/latest/similar"
PERMANENT = "/services/tidebook.example/versions/20180606154210/similar"


def test_a_reference_leads_to_the_permanent_address(client: Client) -> None:
    assert client.get(LATEST).headers["location"] == PERMANENT


def test_the_most_alike_is_first_with_its_shares_and_a_comparison(client: Client) -> None:
    text = client.get(PERMANENT).text
    found = client.get(f"/api/v1{PERMANENT}").json()
    first = found["items"][0]
    assert first["service"] == "mossnote.example"
    assert found["version"]["service"] == "tidebook.example"
    assert f"{100 * first['of_this']:.0f} % of this text is in theirs" in text
    assert text.index("mossnote.example") < text.index("% of this text is in theirs")
    digits = "".join(character for character in first["first_seen"] if character.isdigit())
    address = f"/compare?old=tidebook.example%4020180606154210&amp;new=mossnote.example%40{digits}"
    assert f'href="{address}"' in text
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_unknown_names_are_refused(client: Client) -> None:
    assert client.get("/services/absent.example/versions/latest/similar").status_code == 404
    assert client.get("/services/tidebook.example/versions/20180606154211/similar").status_code == 404
    assert client.get("/services/tidebook.example/versions/now/similar").status_code == 422
