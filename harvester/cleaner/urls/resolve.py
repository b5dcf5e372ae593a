"""``new URL(reference, base).href``, as the WHATWG URL standard has it and Chromium of 2019 did it.

One rule is older than today's standard: characters forbidden in a host were percent-encoded instead of
making the URL invalid (`hosts`). Failures give ``None``; Readability then leaves the link as it was.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from harvester.cleaner.urls.hosts import host_of_special, opaque_host

SPECIAL_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21, "file": None}

_C0_AND_SPACE = "".join(map(chr, range(0x21)))
_TAB_OR_NEWLINE = re.compile("[\t\n\r]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_AUTHORITY_END = re.compile(r"[/\\?]")
_DRIVE = re.compile(r"[A-Za-z][:|]\Z")
_STARTS_WITH_DRIVE = re.compile(r"[A-Za-z][:|](?:[/\\?#]|\Z)")
_DOT = re.compile(r"(?:\.|%2e)\Z", re.IGNORECASE)
_DOUBLE_DOT = re.compile(r"(?:\.|%2e){2}\Z", re.IGNORECASE)

# Percent-encode sets of the URL standard; everything beyond ~ is always encoded.
_FRAGMENT = re.compile(r'[\x00-\x1f "<>`]|[^\x00-\x7e]')
_QUERY = re.compile(r'[\x00-\x1f "#<>]|[^\x00-\x7e]')
_SPECIAL_QUERY = re.compile(r"""[\x00-\x1f "#<>']|[^\x00-\x7e]""")
_PATH = re.compile(r'[\x00-\x1f "#<>?`{}^]|[^\x00-\x7e]')
_USERINFO = re.compile(r'[\x00-\x1f "#<>?`{}/:;=@\[\\\]^|]|[^\x00-\x7e]')
_CONTROL = re.compile(r"[\x00-\x1f]|[^\x00-\x7e]")

# An absolute link that is its own href: nothing in it to decode, encode, lower or shorten.
_PLAIN = re.compile(
    r"https?://(?:[a-z](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}/(?:[A-Za-z0-9_~!$&()*+,;=:@/-]|\.(?!\.|/|\Z|[?#]))*"
    r"(?:\?[A-Za-z0-9_~!$&()*+,;=:@/.%?-]*)?(?:#[A-Za-z0-9_~!$&()*+,;=:@/.%?-]*)?\Z"
)


class Url(NamedTuple):
    """A parsed URL. `path` is a tuple of segments, or a string where the standard has an opaque path."""

    scheme: str
    username: str = ""
    password: str = ""
    host: str | None = None
    port: int | None = None
    path: tuple[str, ...] | str = ()
    query: str | None = None
    fragment: str | None = None

    @property
    def is_special(self) -> bool:
        """Whether the scheme is a web scheme."""
        return self.scheme in SPECIAL_PORTS

    @property
    def href(self) -> str:
        """The URL as text."""
        out = self.scheme + ":"
        if self.host is not None:
            out += "//"
            if self.username or self.password:
                out += self.username + (":" + self.password if self.password else "") + "@"
            out += self.host + (f":{self.port}" if self.port is not None else "")
        if isinstance(self.path, str):
            out += self.path
        else:
            if self.host is None and len(self.path) > 1 and self.path[0] == "":
                out += "/."
            out += "".join("/" + segment for segment in self.path)
        if self.query is not None:
            out += "?" + self.query
        if self.fragment is not None:
            out += "#" + self.fragment
        return out


def absolute(reference: str, base: Url | None) -> str | None:
    """Return the href of `reference` resolved against `base`, or None where ``new URL`` throws."""
    if _PLAIN.match(reference) and "xn--" not in reference:
        return reference
    url = parse_url(reference, base)
    return None if url is None else url.href


def parse_url(reference: str, base: Url | None = None) -> Url | None:
    """Parse `reference`, relative to `base`; None if it is no URL."""
    text = _TAB_OR_NEWLINE.sub("", reference.strip(_C0_AND_SPACE))
    text, hash_mark, fragment_text = text.partition("#")
    fragment = _encode(fragment_text, _FRAGMENT) if hash_mark else None
    match = _SCHEME.match(text)
    if match is None:
        return _relative(text, base, fragment)
    scheme, rest = match[1].lower(), text[match.end() :]
    if scheme not in SPECIAL_PORTS:
        return _not_special(scheme, rest, fragment)
    if scheme == "file":
        file_base = base if base is not None and base.scheme == "file" else None
        return _file(rest, file_base, fragment)
    if base is not None and base.scheme == scheme and rest[:1] not in ("/", "\\"):
        return _relative(rest, base, fragment)
    if base is not None and base.scheme == scheme and rest[:1] == "/" and rest[1:2] != "/":
        return _relative(rest, base, fragment)
    if base is not None and base.scheme == scheme and rest[:1] == "\\":
        return _relative(rest, base, fragment) if rest[1:2] not in ("/", "\\") else _authority(scheme, rest, fragment)
    return _authority(scheme, rest, fragment)


def _relative(text: str, base: Url | None, fragment: str | None) -> Url | None:
    if base is None:
        return None
    if isinstance(base.path, str):
        return base._replace(fragment=fragment) if not text and fragment is not None else None
    if base.scheme == "file":
        return _file(text, base, fragment)
    slashes = "/\\" if base.is_special else "/"
    if text[:1] and text[0] in slashes:
        if text[1:2] and text[1] in slashes:
            if base.is_special:
                return _authority(base.scheme, text, fragment)
            return _opaque_authority(base.scheme, text[2:], fragment)
        return _with_path(base, text[1:], fragment)
    if not text:
        return base._replace(fragment=fragment)
    if text[0] == "?":
        return base._replace(query=_encode_query(text[1:], base.is_special), fragment=fragment)
    return _with_path(base, text, fragment, base.path[:-1])


def _authority(scheme: str, text: str, fragment: str | None) -> Url | None:
    """Return a special URL's part after the scheme: slashes, credentials, host, port, path and query."""
    text = text.lstrip("/\\")
    match = _AUTHORITY_END.search(text)
    end = match.start() if match else len(text)
    username, password, host_text, port_text = _split_authority(text[:end])
    host = host_of_special(host_text)
    port = _port(port_text, scheme)
    if not host or port == -1:
        return None
    url = Url(scheme, username, password, host, port)
    return _with_path(url, text[end:], fragment)


def _opaque_authority(scheme: str, text: str, fragment: str | None) -> Url | None:
    end = min((i for i in (text.find(mark) for mark in "/?") if i >= 0), default=len(text))
    username, password, host_text, port_text = _split_authority(text[:end])
    if not host_text and (text[:end] != ""):
        return None
    host = opaque_host(host_text)
    port = _port(port_text, scheme)
    if host is None or port == -1:
        return None
    url = Url(scheme, username, password, host, port)
    rest = text[end:]
    if not rest or rest[0] == "?":
        return url._replace(query=_encode_query(rest[1:], False) if rest else None, fragment=fragment)
    return _with_path(url, rest, fragment)


def _split_authority(text: str) -> tuple[str, str, str, str]:
    credentials, at, host_port = text.rpartition("@")
    user, _, secret = credentials.partition(":")
    username, password = (_encode(user, _USERINFO), _encode(secret, _USERINFO)) if at else ("", "")
    closing = host_port.rfind("]")
    colon = host_port.find(":", closing + 1 if host_port.startswith("[") and closing > 0 else 0)
    if colon < 0:
        return username, password, host_port, ""
    return username, password, host_port[:colon], host_port[colon + 1 :]


def _port(text: str, scheme: str) -> int | None:
    """Return the port, None for the scheme's own or none, -1 for a wrong one."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text[:8]) > 65535:
        return -1
    port = int(text)
    if port > 65535:
        return -1
    return None if port == SPECIAL_PORTS.get(scheme) else port


def _not_special(scheme: str, rest: str, fragment: str | None) -> Url | None:
    if rest.startswith("//"):
        return _opaque_authority(scheme, rest[2:], fragment)
    if rest.startswith("/"):
        return _with_path(Url(scheme), rest, fragment)
    path, mark, query = rest.partition("?")
    return Url(
        scheme,
        path=_encode(path, _CONTROL),
        query=_encode_query(query, False) if mark else None,
        fragment=fragment,
    )


def _file(text: str, base: Url | None, fragment: str | None) -> Url | None:
    slashes = "/\\"
    if text[:1] and text[0] in slashes:
        if text[1:2] and text[1] in slashes:
            rest = text[2:]
            end = min((i for i in (rest.find(mark) for mark in "/\\?") if i >= 0), default=len(rest))
            if _DRIVE.match(rest[:end]):
                return _with_path(Url("file", host=""), rest, fragment)
            host = host_of_special(rest[:end]) if end else ""
            if host is None:
                return None
            return _with_path(Url("file", host="" if host == "localhost" else host), rest[end:], fragment)
        host = base.host if base is not None else ""
        path: tuple[str, ...] = ()
        drive = base is not None and not isinstance(base.path, str) and base.path and base.path[0]
        if isinstance(drive, str) and re.match(r"[A-Za-z]:\Z", drive) and not _STARTS_WITH_DRIVE.match(text[1:]):
            path = (drive,)
        return _with_path(Url("file", host=host), text[1:], fragment, path)
    if base is None or isinstance(base.path, str):
        return _with_path(Url("file", host=""), text, fragment)
    if not text:
        return base._replace(fragment=fragment)
    if text[0] == "?":
        return base._replace(query=_encode_query(text[1:], True), fragment=fragment)
    if _STARTS_WITH_DRIVE.match(text):
        return _with_path(base, text, fragment)
    shortened = base.path[:-1] if not (len(base.path) == 1 and re.match(r"[A-Za-z]:\Z", base.path[0])) else base.path
    return _with_path(base, text, fragment, shortened)


def _with_path(url: Url, text: str, fragment: str | None, start: tuple[str, ...] = ()) -> Url:
    """Return `url` with `fragment` and the path and query of `text`, the path after `start`."""
    path_text, mark, query_text = text.partition("?")
    special = url.is_special
    if special:
        path_text = path_text.replace("\\", "/")
    if path_text.startswith("/") and not start:
        path_text = path_text[1:]
    segments = _encode(path_text, _PATH).split("/")
    if url.scheme == "file" or "." in path_text or "%" in path_text:
        path = _walked(start, segments, is_file=url.scheme == "file")
    else:
        path = (*start, *segments)
    query = _encode_query(query_text, special) if mark else None
    return Url(url.scheme, url.username, url.password, url.host, url.port, path, query, fragment)


def _walked(start: tuple[str, ...], segments: list[str], *, is_file: bool) -> tuple[str, ...]:
    """Return the path that `segments` lead to from `start`: dots stay or go back, but never past a file's drive."""
    path = list(start)
    last = len(segments) - 1
    for place, segment in enumerate(segments):
        if "." in segment or "%" in segment:
            if _DOUBLE_DOT.match(segment):
                if path and not (is_file and len(path) == 1 and re.match(r"[A-Za-z]:\Z", path[0])):
                    path.pop()
                if place == last:
                    path.append("")
                continue
            if _DOT.match(segment):
                if place == last:
                    path.append("")
                continue
        if is_file and not path and _DRIVE.match(segment):
            segment = segment[0] + ":"
        path.append(segment)
    return tuple(path)


def _encode_query(text: str, special: bool) -> str:
    return _encode(text, _SPECIAL_QUERY if special else _QUERY)


def _encode(text: str, characters: re.Pattern[str]) -> str:
    return characters.sub(_percent, text)


def _percent(match: re.Match[str]) -> str:
    # A lone surrogate is encoded as the replacement character, as a USVString is.
    character = match[0]
    data = b"\xef\xbf\xbd" if "\ud800" <= character <= "\udfff" else character.encode()
    return "".join(f"%{byte:02X}" for byte in data)
