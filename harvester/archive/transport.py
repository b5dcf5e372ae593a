"""One request to an archive: through the limiter, streamed under limits, tried again a few times.

Redirects are never followed here: only the hosts that the settings name are ever contacted.
"""

from __future__ import annotations

import random
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
import urllib3
from urllib3.exceptions import NameResolutionError, NewConnectionError

from harvester.archive.deadline import DeadlineAdapter
from harvester.archive.limiter.limiter import Limiter
from harvester.archive.limiter.rules import Admitted, Endpoint
from harvester.errors import ArchiveUnavailable, TooLarge, TooSlow, TransientFailure
from harvester.settings import FetchSettings

#: Tries of one request before it is left for a later pass. A slow load of a capture often works minutes later; a page
#: of the index holds up all that follows it, and there are few of them.
TRIES: dict[Endpoint, int] = {"cdx": 6, "playback": 3, "save": 1}
#: Tries of a name server, which may fail for a moment, before this machine counts as offline.
OFFLINE_TRIES = 3
#: The longest delay between two of them, seconds.
LONGEST_DELAY = 30.0
#: States of the archive (without Memento-Datetime) that pass: seen on the Wayback Machine, besides all 5xx.
TRANSIENT_STATUSES = frozenset({408, 413, 421, 425})
#: A redirect's body is read so that the connection can be used again, up to here.
REDIRECT_BODY_LIMIT = 1_000_000
#: The headers of an answer are kept with its capture; no site's reach so far.
HEADERS_LIMIT = 250_000
CHUNK = 65_536


class GatewayTimeout(TransientFailure):
    """The index answered 504: the requested span is too wide."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: header names in lower case, the body as it travelled, and how its request was let through."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: Mapping[str, str]
    admitted: Admitted

    @property
    def is_capture(self) -> bool:
        """Whether this is a page of the past, as only Memento-Datetime shows."""
        return "memento-datetime" in self.headers

    @property
    def is_redirect(self) -> bool:
        """Whether this is a redirect with a target."""
        return self.status in (301, 302, 303, 307, 308) and "location" in self.headers


class _Session(requests.Session):
    """A session that looks at no redirect: requests reads a redirect's whole body and parses its location even when
    told not to follow it."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return None: redirects are not followed here."""
        return


def new_session(settings: FetchSettings) -> requests.Session:
    """Return the session of a process: its threads share keep-alive connections, at most one each.

    Cookies belong to a search, not to the session. Retries are ours: urllib3's would go round the limiter, and cannot
    tell an archived 503 from the archive's own.
    """
    session = _Session()
    session.headers.update({"User-Agent": settings.user_agent, "Accept-Encoding": "gzip", "Accept": "*/*"})
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = DeadlineAdapter(
        settings.max_seconds, pool_connections=4, pool_maxsize=settings.threads, max_retries=0, pool_block=True
    )
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class Transport:
    """Sends requests to one archive. Thread-safe."""

    def __init__(self, settings: FetchSettings, limiter: Limiter, session: requests.Session) -> None:
        self.limiter = limiter
        self._settings = settings
        self._session = session

    def get(
        self,
        endpoint: Endpoint,
        url: str,
        parameters: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        limit: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the archive's answer, whatever its status, unless that is a passing fault.

        Whether an answer of the index is a good one, only who reads it can tell the limiter: HTML may stand in place of
        a page.
        Neither a 429 nor a refused connection counts as a try: the limiter pauses everyone, or says
        `ArchiveUnavailable`, as is raised when no name server knows the archive's address. Raises `TransientFailure`
        (`TooSlow`) when all tries failed, `GatewayTimeout` at the first 504 of the index, `TooLarge` above `limit`
        bytes.
        """
        failure = TransientFailure(f"{url}: not tried")
        tries = offline = 0
        while tries < TRIES[endpoint]:
            if tries:
                self.backoff(tries)
            pass_ = self.limiter.enter(endpoint)
            try:
                answer = self._once(url, parameters, cookies or {}, limit, pass_, headers)
            except _Offline as error:
                self.limiter.unsent(endpoint)
                offline += 1
                if offline == OFFLINE_TRIES:
                    raise ArchiveUnavailable(
                        f"the address of {urlsplit(url).hostname} cannot be looked up ({error}); "
                        "check this machine's network and run the same command again"
                    ) from error
                self.backoff(offline)
                continue
            except _Refused as error:
                self.limiter.refused(str(error))
                continue
            except TransientFailure as error:
                failure = error
                self.limiter.failed(str(error))
                tries += 1
                continue
            if answer.is_capture:
                return answer
            if answer.status == 429:
                self.limiter.limited(answer.headers.get("retry-after"))
            elif answer.status == 504 and endpoint == "cdx":
                raise GatewayTimeout(f"{url}: the index answered 504; it will be searched again")
            elif answer.status >= 500 or answer.status in TRANSIENT_STATUSES:
                failure = TransientFailure(f"{url}: the archive answered {answer.status}; it will be retried")
                self.limiter.failed(f"the archive answered {answer.status}")
                tries += 1
            else:
                if endpoint == "playback":
                    self.limiter.good(pass_)
                return answer
        raise failure

    def once(
        self,
        endpoint: Endpoint,
        url: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to a single request, whatever its status; a POST when it has a form.

        A 429 or a refused connection is told to the limiter, a 5xx is not: it says nothing of index and captures.
        Raises `ArchiveUnavailable` when no name server knows the address, `TransientFailure` without an answer.
        """
        pass_ = self.limiter.enter(endpoint)
        try:
            answer = self._once(url, None, {}, None, pass_, headers, form)
        except _Offline as error:
            self.limiter.unsent(endpoint)
            raise ArchiveUnavailable(
                f"the address of {urlsplit(url).hostname} cannot be looked up ({error})"
            ) from error
        except _Refused as error:
            self.limiter.refused(str(error))
            raise TransientFailure(f"{url}: {error}; it will be retried") from error
        if answer.status == 429:
            self.limiter.limited(answer.headers.get("retry-after"))
        elif answer.status < 500:
            self.limiter.good(pass_)
        return answer

    def backoff(self, tries: int) -> None:
        """Wait before the next try: exponential, with full jitter."""
        longest = min(LONGEST_DELAY, self.limiter.limits.backoff * 2**tries)
        self.limiter.sleep(random.uniform(longest / 4, longest))

    def _once(
        self,
        url: str,
        parameters: Mapping[str, str] | None,
        cookies: Mapping[str, str],
        limit: int | None,
        pass_: Admitted,
        extra: Mapping[str, str] | None,
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        settings = self._settings
        seconds = min(settings.timeout, settings.max_seconds)
        try:
            response = self._session.request(
                "GET" if form is None else "POST",
                url,
                params=parameters,
                data=form,
                cookies=dict(cookies),
                headers=extra,
                timeout=(seconds, seconds),
                stream=True,
                allow_redirects=False,
            )
        except requests.ConnectTimeout as error:
            raise _Refused(f"no connection within {seconds:.0f} s") from error
        except requests.Timeout as error:
            raise TooSlow(f"{url}: no answer within {seconds:.0f} s; it will be retried") from error
        except requests.RequestException as error:
            if _is_offline(error):
                raise _Offline(_innermost(error)) from error
            if _is_refusal(error):
                raise _Refused(f"connections are refused ({_innermost(error)})") from error
            raise TransientFailure(f"{url}: {_innermost(error)}; it will be retried") from error
        with response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            if (size := sum(map(len, headers.values()))) > HEADERS_LIMIT:
                raise TransientFailure(f"{url}: headers of {size:,} bytes are no page's; it will be retried")
            # One without "=" has no value, and nothing to send back.
            given = {name: value for name, value in response.cookies.get_dict().items() if value is not None}
            found = Answer(response.status_code, headers, b"", given, pass_)
            if found.is_capture:
                self.limiter.good(pass_)
            limit = limit or settings.max_body_bytes
            body = self._body(response, url, limit, found.is_redirect)
        return replace(found, body=body)

    def _body(self, response: requests.Response, url: str, limit: int, is_redirect: bool) -> bytes:
        announced = response.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:18]) > limit and not is_redirect:
            raise TooLarge(f"{url}: {announced} bytes exceed the limit of {limit} (fetch.max_body_bytes)")
        raw: urllib3.HTTPResponse = response.raw
        parts: list[bytes] = []
        size = 0
        try:
            while chunk := raw.read1(CHUNK, decode_content=False):
                parts.append(chunk)
                size += len(chunk)
                if is_redirect and size > REDIRECT_BODY_LIMIT:
                    return b""
                if not is_redirect and size > limit:
                    raise TooLarge(f"{url}: more bytes than the limit of {limit} (fetch.max_body_bytes)")
        except urllib3.exceptions.ReadTimeoutError as error:
            raise TooSlow(f"{url}: stalled or too slow after {size} bytes; it will be retried") from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise TransientFailure(f"{url}: connection lost after {size} bytes; it will be retried") from error
        return b"".join(parts)


class _Refused(Exception):
    """No connection: the archive's firewall."""


class _Offline(Exception):
    """No name server answers, or knows the archive: nothing was sent to it. Usually the network of a laptop."""


def _chain(error: BaseException) -> list[BaseException]:
    seen: list[BaseException] = []
    pending: list[object] = [error]
    while pending:
        current = pending.pop()
        if isinstance(current, BaseException) and current not in seen:
            seen.append(current)
            pending += [getattr(current, "reason", None), current.__cause__, current.__context__, *current.args]
    return seen


def _is_offline(error: BaseException) -> bool:
    return any(isinstance(link, NameResolutionError | socket.gaierror) for link in _chain(error))


def _is_refusal(error: BaseException) -> bool:
    return any(isinstance(link, NewConnectionError | ConnectionRefusedError) for link in _chain(error))


def _innermost(error: BaseException) -> str:
    links = [link for link in _chain(error) if isinstance(link, OSError) and link.errno]
    return str(links[-1]) if links else type(error).__name__
