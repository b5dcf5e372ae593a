"""What axe says of a page in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules about colours, which take longer than all others together."""
NO_COLOURS = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
ONLY_COLOURS = {"runOnly": {"type": "rule", "values": COLOURS}}
_RUN = """options => axe.run({resultTypes: ["violations"], ...options}).then(found => found.violations
  .filter(one => ["serious", "critical"].includes(one.impact))
  .map(one => `${one.id}: ${one.help} ${JSON.stringify(one.nodes.slice(0, 3).map(node => node.target))}`))"""


def serious_findings(page: Page, options: Mapping[str, Any] | None = None) -> list[str]:
    """What is serious or critical by the rules of axe; `options` are those of ``axe.run``."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    if page.evaluate("window.axe === undefined"):
        page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(_RUN, dict(options or {}))
    return found
