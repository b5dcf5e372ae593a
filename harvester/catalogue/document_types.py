"""The types of documents that services have, and the names of documents.

The types are those of Open Terms Archive (its package terms-types, 2.2.0), so that its collections can be read and
written. A document's name is ``acme/terms-of-service``; ``acme`` alone is the privacy policy of acme.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

PRIVACY_POLICY = "privacy policy"

_OF_OPEN_TERMS_ARCHIVE = (
    "Terms of Service", "Privacy Policy", "Imprint", "Trackers Policy", "Developer Terms", "Community Guidelines",
    "Deceased Users", "Acceptable Use Policy", "Restricted Use Policy", "Commercial Terms", "Copyright Claims Policy",
    "Law Enforcement Guidelines", "Human Rights Policy", "In-App Purchases Policy", "Review Guidelines",
    "Brand Guidelines", "Quality Guidelines", "Data Controller Agreement", "Data Processor Agreement",
    "User Consent Policy", "Closed Captioning Policy", "Seller Warranty", "Single Sign-On Policy",
    "Vulnerability Disclosure Policy", "Live Policy", "Complaints Policy", "Conditions of Carriage",
    "General Conditions of Sale", "Marketplace Buyers Conditions", "Marketplace Sellers Conditions",
    "Ranking Parameters Description", "Premium Partner Conditions", "Platform to Business Notice",
    "Business Mediation Policy", "Business Privacy Policy", "Editorial Policy", "Anti-corruption Policy",
    "Accessibility Statement", "Hyperlinks Policy", "Whistleblower Policy", "Affiliate Agreement",
    "Service Level Agreement", "Content Monetisation Policy", "Advertising Content Policy",
)  # fmt: skip
_OTHER_NAMES = {
    "cookie policy": "trackers policy",
    "terms of use": "terms of service",
    "terms and conditions": "terms of service",
    "legal notice": "imprint",
}


def slug(type_: str) -> str:
    """Return a type as names and addresses have it: ``terms-of-service``."""
    return re.sub(r"[^a-z0-9]+", "-", type_.lower())


TYPES = {slug(name): name.lower() for name in _OF_OPEN_TERMS_ARCHIVE}
"""The types by slug."""

_SLUGS = TYPES | {slug(name): type_ for name, type_ in _OTHER_NAMES.items()}
_THEIRS = {name.lower(): name for name in _OF_OPEN_TERMS_ARCHIVE}

LINK_TITLES = {
    "terms of service": (
        "terms of service", "terms of use", "terms and conditions", "terms conditions", "terms", "user agreement",
        "conditions of use", "website terms", "legal terms",
    ),
    "trackers policy": ("cookie policy", "cookies policy", "cookie notice", "cookie statement", "cookies"),
    "imprint": ("imprint", "impressum", "legal notice", "mentions légales", "aviso legal", "note legali", "colofon"),
}  # fmt: skip
"""Texts of links that lead to a document of a type, the best first. The privacy policy's are in `archive.discovery`;
of other types the address must be named.
"""


def type_named(text: str) -> str:
    """Return the type that a name or a slug means, in lower case; ValueError lists those that are near."""
    found = _SLUGS.get(slug(text.strip()))
    if found is None:
        near = get_close_matches(text.lower(), [*TYPES.values(), *_OTHER_NAMES], 3, 0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "docs/documents.md lists them"
        raise ValueError(f"{text!r} is not a type of document; {hint}")
    return found


def usual_type(text: str) -> str:
    """Return the type that a name or a slug means; what is no type is as it stands."""
    return _SLUGS.get(slug(text.strip()), text)


def open_terms_name(type_: str) -> str:
    """Return a type as Open Terms Archive writes it: ``Terms of Service``."""
    return _THEIRS[type_]


def a_type(type_: str) -> str:
    """Return a type in a sentence, for one document of it: ``a privacy policy``, ``terms of service``."""
    last = type_.rpartition(" ")[2]
    if last.endswith("s") or type_.startswith("terms"):
        return type_
    return f"{'an' if type_[0] in 'aeiou' else 'a'} {type_}"


def can_be_found(type_: str) -> bool:
    """Return whether a document of a type can be looked for on a home page."""
    return type_ == PRIVACY_POLICY or type_ in LINK_TITLES


def document_name(service: str, type_: str) -> str:
    """Return the name of a service's document of a type."""
    return service if type_ == PRIVACY_POLICY else f"{service}/{slug(type_)}"


def split_name(document: str) -> tuple[str, str]:
    """Return the service and the type of a document by its name; a type that there is not is as it stands."""
    service, _, type_ = document.partition("/")
    return service, _SLUGS.get(type_, type_) if type_ else PRIVACY_POLICY


def usual_name(document: str) -> str:
    """Return the name under which a document is kept: ``acme/privacy-policy`` is ``acme``."""
    service, type_ = split_name(document)
    return document_name(service, type_) if type_ in TYPES.values() else document
