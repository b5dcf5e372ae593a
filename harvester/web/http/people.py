"""Who a token names."""

from __future__ import annotations

import hmac

from harvester.settings import WebSettings


def person_of(settings: WebSettings, token: str) -> str | None:
    """Return the name of who has a token, None if nobody does. It takes as long whichever token is nearly right."""
    found = None
    for name, right in settings.people.items():
        if hmac.compare_digest(token.encode("utf-8", "replace"), right.get_secret_value().encode()):
            found = name
    return found
