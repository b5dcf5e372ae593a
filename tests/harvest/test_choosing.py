"""Services of the catalogue, by name."""

from __future__ import annotations

import pytest

from harvester.catalogue.entries import ServiceEntry, choose
from harvester.errors import UnknownName


def test_a_wrong_name_is_answered_with_the_names_most_like_it_however_many_there_are() -> None:
    entries = [ServiceEntry(name=f"s{number}.example") for number in range(1000)] + [
        ServiceEntry(name="kettle.example")
    ]
    with pytest.raises(
        UnknownName, match=r"^no service named 'kettel\.example' in the catalogue; known: kettle\."
    ) as told:
        choose(entries, ("kettel.example",))
    assert str(told.value).endswith(" and 996 more")
    with pytest.raises(UnknownName, match=r"known: a\.example$"):
        choose([ServiceEntry(name="a.example")], ("b.example",))
