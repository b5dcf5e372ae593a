"""What entries of feeds say of changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harvester.diffing import Diff
from harvester.store.read import recent
from harvester.store.read.versions import ChangeRow
from harvester.web.view import entries
from harvester.web.view.entries import EntryKeeper, EntryText
from tests.support.web.client import Client


def test_a_change_that_comes_again_between_the_same_texts_is_read_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    made = entries._text

    def noted(change: ChangeRow, diff: Diff) -> EntryText:
        read.append(change.id)
        return made(change, diff)

    monkeypatch.setattr(entries, "_text", noted)
    with client.app.state.site.database.reading() as session:
        one, other = recent.changes(session, recent.ChangesWanted(), limit=2)
        again = replace(one, id=one.id + 1_000_000, before=other.before)
        first, second, third, fourth = EntryKeeper().texts(session, [one, other, again, replace(one, words_moved=9)])
    assert first == third != second
    assert fourth == first, "another measure is another change, of the same texts"
    assert read == [one.id, other.id, one.id]
