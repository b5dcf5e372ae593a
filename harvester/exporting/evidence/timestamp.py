"""RFC 3161 time stamps: a token of an authority over the manifest, and its check.

A token proves that the manifest existed before the time in it, to whoever trusts the authority's certificate.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from harvester.errors import ConfigurationError, HarvesterError

_SECONDS = 30
_MOST_BYTES = 1_000_000


def token_for(manifest: bytes, authority: str) -> bytes:
    """Return the answer of a time-stamping authority over a manifest (DER), checked but for the authority's chain.

    Raises `ConfigurationError` without the library or for a refusal, `HarvesterError` when nobody answers.
    """
    client = _library()
    request = client.TimestampRequestBuilder().data(manifest).hash_algorithm(client.HashAlgorithm.SHA512).build()
    try:
        answer = requests.post(
            authority,
            data=request.as_bytes(),
            headers={"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
            timeout=_SECONDS,
            stream=True,
        )
        token: bytes = answer.raw.read(_MOST_BYTES, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise HarvesterError(
            f"evidence: the time-stamping authority {authority} does not answer ({type(error).__name__}); nothing was "
            "written, run it again later"
        ) from error
    found = _decoded(client, token)
    if answer.status_code != 200 or found is None or found.status != 0:
        state = "answered with no token" if found is None else f"refused with status {found.status}"
        raise ConfigurationError(
            f"evidence: {authority} {state} (HTTP {answer.status_code}); check [evidence] timestamp_authority"
        )
    if found.tst_info.nonce != request.nonce or not _is_of(found, manifest):
        raise ConfigurationError(f"evidence: {authority} stamped other bytes than it was sent; nothing was written")
    return token


def stamped_at(token: bytes, manifest: bytes) -> datetime | None:
    """Return the time that a token states for a manifest; None if it is no token of it."""
    found = _decoded(_library(), token)
    if found is None or found.status != 0 or not _is_of(found, manifest):
        return None
    moment: datetime = found.tst_info.gen_time
    return moment


def problem_of(token: bytes, manifest: bytes, certificates: Path) -> str | None:
    """Return why a token is not one of an authority with one of these certificates (PEM); None if it is.

    Raises `ConfigurationError` for a file without certificates.
    """
    from cryptography.x509 import load_pem_x509_certificates

    client = _library()
    try:
        trusted = load_pem_x509_certificates(certificates.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"evidence check: {certificates} has no certificates in PEM ({error})") from error
    builder = client.VerifierBuilder()
    for one in trusted:
        builder = builder.add_root_certificate(one)
    found = _decoded(client, token)
    if found is None:
        return "it is no token"
    try:
        builder.build().verify_message(found, manifest)
    except (client.VerificationError, ValueError) as error:
        return str(error)
    return None


def _is_of(found: Any, manifest: bytes) -> bool:
    return hmac.compare_digest(found.tst_info.message_imprint.message, hashlib.sha512(manifest).digest())


def _decoded(client: Any, token: bytes) -> Any:
    try:
        return client.decode_timestamp_response(token)
    except ValueError:
        return None


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise ConfigurationError("time stamps need pip install 'harvester[evidence]'") from error
    return rfc3161_client
