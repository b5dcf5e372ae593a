"""A summary of a change by a language model behind an OpenAI-compatible address: off unless it is set.

Only sentences that quote the redline are kept. They are cached beside the change, and alter nothing.
"""

from __future__ import annotations

from harvester.clock import Clock
from harvester.diffing import Diff
from harvester.errors import ConfigurationError
from harvester.insight.redline import diff_of
from harvester.insight.statements.quoted import INSTRUCTIONS, kept, redline_of
from harvester.settings import SummarySettings
from harvester.store.database import Database
from harvester.store.ledger import summaries
from harvester.store.read.versions import ChangeRow

_MOST_BYTES = 1_000_000


def summary(database: Database, settings: SummarySettings, change: ChangeRow, clock: Clock) -> tuple[str, ...]:
    """Return the sentences that the model wrote of a change; it is asked the first time only.

    Raises `ConfigurationError` when no model is set, or it does not answer as one.
    """
    if not settings.url:
        raise ConfigurationError("no model is set; set url and model of [summary] in harvester.toml (docs/topics.md)")
    with database.reading() as session:
        known = summaries.of(session, settings.model, change.id)
        if known is not None:
            return known
        diff = diff_of(session, change)
    sentences = kept(_asked(settings, diff), diff)
    with database.writing() as session:
        summaries.keep(session, settings.model, change.id, sentences, clock())
    return sentences


def _asked(settings: SummarySettings, diff: Diff) -> str:
    """Return the model's answer about a change."""
    import requests

    redline = redline_of(diff)
    if not redline:
        return ""
    address = f"{settings.url.rstrip('/')}/chat/completions"
    headers = {"Authorization": f"Bearer {settings.key.get_secret_value()}"} if settings.key else {}
    body = {
        "model": settings.model,
        "temperature": 0,
        "messages": [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": redline}],
    }
    try:
        with requests.post(
            address, json=body, headers=headers, timeout=settings.seconds, allow_redirects=False, stream=True
        ) as answer:
            if answer.status_code != 200:
                raise ConfigurationError(f"[summary] {address} answered {answer.status_code}; check url, model and key")
            content = answer.raw.read(_MOST_BYTES + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise ConfigurationError(f"[summary] {address} does not answer ({type(error).__name__}); try again") from error
    return _text_of(address, content)


def _text_of(address: str, content: bytes) -> str:
    import json

    try:
        text = json.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ConfigurationError(
            f"[summary] {address} did not answer as an OpenAI-compatible address; check url"
        ) from error
    if len(content) > _MOST_BYTES or not isinstance(text, str):
        raise ConfigurationError(f"[summary] {address} did not answer with text; check model")
    return text
