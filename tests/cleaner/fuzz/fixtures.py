"""Writes the documents expected of tests/cleaner/pages, from the live reference.

python -m tests.cleaner.fuzz.fixtures
"""

from __future__ import annotations

from pathlib import Path

from harvester.cleaner.document import header_of, snapshot_address
from tests.cleaner.fuzz.reference import Reference, missing

PAGES = Path(__file__).resolve().parents[1] / "pages"
TIMESTAMP = "20191021000000"
ADDRESS = snapshot_address("http://example.org/about/privacy.html", TIMESTAMP)


def expected(reference: Reference, page: Path) -> str:
    """The document that the reference makes of `page`."""
    answer = reference.ask(page.read_text(encoding="utf-8"), ADDRESS)
    if answer.error or answer.markdown is None:
        raise SystemExit(f"{page}: the reference gives no document: {answer.error}")
    return f"{header_of('example.org', TIMESTAMP, ADDRESS)}\n\n# {answer.title}\n\n{answer.markdown}"


def main() -> None:
    """Write them all."""
    reason = missing()
    if reason:
        raise SystemExit(reason)
    with Reference() as reference:
        for page in sorted(PAGES.glob("*.html")):
            page.with_suffix(".md").write_text(expected(reference, page), encoding="utf-8")


if __name__ == "__main__":
    main()
