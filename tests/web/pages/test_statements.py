"""A change in plain words, wherever the service shows a change."""

from __future__ import annotations

import html

from tests.support.web.client import Client


def test_a_change_in_plain_words_is_in_the_page_the_feed_and_the_api(client: Client) -> None:
    changes = client.get("/api/v1/services/kettle.example/changes").json()["items"]
    texts = {}
    for change in changes:
        stamp = "".join(character for character in change["before"] if character.isdigit())
        found = client.get(f"/api/v1/services/kettle.example/changes/{stamp}/diff").json()["statements"]
        texts[stamp] = [one["text"] for one in found]
        page = html.unescape(client.get(f"/services/kettle.example/changes/{stamp}").text)
        assert all(text in page for text in texts[stamp])
    assert any(texts.values())
    feed = html.unescape(html.unescape(client.get("/services/kettle.example/changes.atom").text))
    assert all(text in feed for made in texts.values() for text in made[:10])
