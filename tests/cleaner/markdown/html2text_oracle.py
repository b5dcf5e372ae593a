"""html2text 2020.1.16 (GPL, for tests only), with the options that made the reference documents."""

from __future__ import annotations

import pytest


def html2text_of(html: str) -> str | None:
    """What html2text makes of `html`; None where it (or html.parser under it) raises. Skips if it is not installed."""
    html2text = pytest.importorskip("html2text", reason="html2text, the measure, is not installed (pip install .[dev])")
    assert html2text.__version__ == (2020, 1, 16)
    converter = html2text.HTML2Text(bodywidth=0)
    converter.unicode_snob = True
    converter.ignore_images = True
    try:
        text = converter.handle(html)
    except (AssertionError, ValueError, OverflowError):
        return None
    assert isinstance(text, str)
    return text
