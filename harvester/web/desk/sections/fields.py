"""The fields of forms that become sections of the settings: lists typed as text, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST = 100
"""The phrases, services, tags or types of one section."""


class Wrong(ValueError):
    """A form that cannot be saved; `fields` says in words what is wrong with each."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


def parts(text: str, divider: str) -> list[str]:
    """Return the parts of a text between dividers (a regular expression), each once."""
    return list(dict.fromkeys(part.strip() for part in re.split(divider, text) if part.strip()))
