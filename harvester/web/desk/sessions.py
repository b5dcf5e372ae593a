"""Who is signed in, by a cookie that only the desk gets, and the tokens of its forms.

The cookie is ``SECRET.MAC``. The store keeps a digest of the secret with the person and an end; the MAC is made with
the person's token of the settings, so that a new token there ends every sign-in with the old one. A form has
``NONCE.MAC``, made with the secret: another site cannot know it, and it differs each time a page is made, so that a
compressed answer tells nothing of it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, HTTPException, Request, Response

from harvester.store.desk import sign_ins
from harvester.web.site import Site, TheSite

PATH = "/desk"
COOKIE = "harvester_session"
VISIT_COOKIE = "harvester_visit"
"""Of who is about to sign in: it guards the form for that, and is worth nothing afterwards."""
LASTS = timedelta(hours=12)
FORM_TOKEN = "form_token"
MOST_FIELDS = 200

_HERE = re.compile(r"/desk(?:[/?][^\\\x00-\x20\x7f]*)?")


class NotSignedIn(Exception):
    """The page is for signed-in people; `wanted` is the address to continue at."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person, and the secret of their browser."""

    person: str
    secret: str

    @property
    def form_token(self) -> str:
        """A token for the forms of one page."""
        return form_token(self.secret)


def begin(site: Site, request: Request, response: Response, person: str) -> None:
    """Start the sign-in of a person: always with a new secret, so that one planted before is worth nothing."""
    secret, now = secrets.token_urlsafe(32), site.clock()
    with site.database.writing() as session:
        sign_ins.enter(session, _digest(secret), person, now, now + LASTS)
    set_cookie(site, request, response, COOKIE, f"{secret}.{_seal(site, person, secret)}", LASTS)
    response.delete_cookie(VISIT_COOKIE, PATH)


def end(site: Site, signed_in: SignedIn, response: Response) -> None:
    """End the sign-in of a person: the cookie is worth nothing from now on, wherever a copy of it is."""
    with site.database.writing() as session:
        sign_ins.end(session, _digest(signed_in.secret))
    response.delete_cookie(COOKIE, PATH)


def set_cookie(site: Site, request: Request, response: Response, name: str, value: str, lasts: timedelta) -> None:
    """Set a cookie that scripts cannot read, other sites' forms do not send, and HTTP does not carry once it is HTTPS.

    Lax and not Strict: who follows a link from a notice is signed in.
    """
    secure = "https" in (request.url.scheme, urlsplit(site.base_url).scheme)
    seconds = int(lasts.total_seconds())
    response.set_cookie(name, value, max_age=seconds, path=PATH, secure=secure, httponly=True, samesite="lax")


def who(site: TheSite, request: Request) -> SignedIn | None:
    """Return who is signed in, None if nobody is."""
    secret, _, seal = request.cookies.get(COOKIE, "").partition(".")
    if not seal:  # most readers have no cookie: the store is not asked about them
        return None
    with site.database.reading() as session:
        person = sign_ins.person_of(session, _digest(secret), site.clock())
    if person is None or person not in site.settings.web.people:
        return None
    right = hmac.compare_digest(seal.encode("utf-8", "replace"), _seal(site, person, secret).encode())
    return SignedIn(person, secret) if right else None


def signed_in(request: Request, found: Annotated[SignedIn | None, Depends(who)]) -> SignedIn:
    """Return who is signed in; raise `NotSignedIn`."""
    if found is None:
        asked = request.method == "GET"
        wanted = f"{request.url.path}?{request.url.query}" if asked and request.url.query else request.url.path
        raise NotSignedIn(wanted if asked else PATH)
    return found


Person = Annotated[SignedIn, Depends(signed_in)]


async def fields(request: Request) -> dict[str, str]:
    """Return the fields of a form. Its size is bounded before (`harvester.web.http.security`)."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(422, f"A form here has at most {MOST_FIELDS} fields.") from error
    return {name: value.replace("\x00", "").replace("\r\n", "\n") for name, value in pairs}


def checked(
    request: Request, site: TheSite, person: Person, form: Annotated[dict[str, str], Depends(fields)]
) -> dict[str, str]:
    """Return the fields of a form that this site gave to this person; answer 403 to any other."""
    refuse_foreign(request, site, form, person.secret)
    return form


Form = Annotated[dict[str, str], Depends(checked)]


def refuse_foreign(request: Request, site: Site, form: dict[str, str], secret: str) -> None:
    """Answer 403 unless a form came from a page of this site, for the browser with this secret."""
    origin = request.headers.get("origin")
    ours = {request.headers.get("host", ""), urlsplit(site.base_url).netloc} - {""}
    if origin is not None and urlsplit(origin).netloc not in ours:
        raise HTTPException(403, "The form came from another site, so nothing was done. Open the page here and repeat.")
    nonce, _, _ = form.get(FORM_TOKEN, "").partition(".")
    given, right = form.get(FORM_TOKEN, ""), form_token(secret, nonce)
    if not nonce or not hmac.compare_digest(given.encode("utf-8", "replace"), right.encode("utf-8", "replace")):
        raise HTTPException(403, "The form is too old, or not from here: nothing was done. Open the page and repeat.")


def form_token(secret: str, nonce: str = "") -> str:
    """Return a token for a form of the browser with this secret."""
    nonce = nonce or secrets.token_urlsafe(9)
    return f"{nonce}.{_mac(secret, f'form {nonce}')}"


def safe(wanted: str) -> str:
    """Return an address of the desk to continue at; the desk itself for any other."""
    return wanted if _HERE.fullmatch(wanted) else PATH


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _seal(site: Site, person: str, secret: str) -> str:
    return _mac(site.settings.web.people[person].get_secret_value(), f"session {person} {secret}")


def _mac(key: str, text: str) -> str:
    return hmac.new(key.encode("utf-8", "replace"), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
