"""Pages for archives that a test makes up."""

from __future__ import annotations

NAMES = ("name", "address", "telephone number", "date of birth", "payment details", "location", "browsing history")


def policy(edition: int, title: str = "Privacy Policy") -> bytes:
    """A policy long enough for Readability; each edition has another text."""
    paragraphs = "".join(
        f"<p>When you use our service we collect your {name}, and in edition {edition} of this privacy policy we say "
        f"that we keep it for {edition + place} months, that we share it with no third party without your consent, "
        f"and that you may ask us at any time to correct or to delete the personal information that we hold.</p>"
        for place, name in enumerate(NAMES)
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body><div id='main'>"
        f"<h1>{title}</h1>{paragraphs}</div></body></html>"
    ).encode()
