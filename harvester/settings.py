"""Settings: what the harvester may do, and how.

They come, each over the last, from the defaults below, ``config/harvester.toml`` and environment variables
``HARVESTER_*`` (``__`` between a section and its key: ``HARVESTER_WEB__PORT=8080``). The file is refused whole, with
the reason, when anything in it is not understood. `harvester.catalogue.entries` says whom to watch.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)

from harvester.dates import parse_duration
from harvester.environment import merged, read_toml, variable_of, written_in
from harvester.errors import ConfigurationError, UnknownName
from harvester.folders import folders, store_in
from harvester.known_archives import KNOWN_ARCHIVES, known_archive

RenderMode = Literal["auto", "never", "needed", "always"]
"""Which pages are rendered in a browser; ``auto``: as ``needed`` where there is one, else ``never``."""
Dialect = Literal["wayback", "pywb", "memento", "commoncrawl"]
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

Duration = Annotated[timedelta, BeforeValidator(parse_duration)]


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("must be a number")
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, bool | float):
        raise ValueError("must be a whole number")
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


# Python takes `true` for 1 and 1 for `true`; who writes one for the other means something else. Texts are read, since
# variables of the environment have nothing else.
Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]


def require_http(url: str) -> None:
    """Raise ValueError unless `url` can be requested over HTTP."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"{url!r} is not a URL: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is not an http:// or https:// URL")
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise ValueError(f"{url!r} has white space or a control character in it")


def require_open(url: str) -> None:
    """Raise ValueError unless `url` can be requested over HTTP and may be read by anyone: it is stored and shown."""
    require_http(url)
    if "@" in urlsplit(url).netloc:
        raise ValueError(
            "the address has a user name or a password in it, which would be stored and shown; put them into ~/.netrc"
        )


class Strict(BaseModel):
    """A section of a TOML file: unknown keys are refused, and nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ArchiveSettings(Strict):
    """One web archive: where its index and its captures are, and how often it may be asked.

    The default limits are 80 % of the hard ones that the Internet Archive stated (30 index requests and
    600 captures a minute, autumn 2026). `others` are asked beside it.
    """

    name: str = ""
    cdx: str
    playback: str
    dialect: Dialect = "wayback"
    cdx_per_minute: Number = Field(default=24, ge=0.001, le=1_000_000)
    captures_per_second: Number = Field(default=8, ge=0.001, le=100_000)
    snapshots: str = ""
    timegate: str = ""
    pause: Duration = timedelta(minutes=1)
    save: str = ""
    saves_per_minute: Number = Field(default=4, gt=0, le=7)
    budget: Whole | None = Field(default=None, gt=0, description="requests that one run may make to it")
    others: tuple[ArchiveSettings, ...] = Field(default=(), exclude=True)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for field in ("cdx", "playback"):
            require_open(getattr(self, field))
        for optional in (self.timegate, self.save, self.snapshots):
            if optional:
                require_open(optional)
        for below in ("playback", "snapshots", "save"):
            if any(urlsplit(getattr(self, below))[3:]):
                raise ValueError(f"{below}: must have no ? and no #, since addresses of captures are appended to it")
        if not self.snapshots:
            object.__setattr__(self, "snapshots", self.playback)
        return self

    @property
    def each(self) -> tuple[ArchiveSettings, ...]:
        """It and those that are asked beside it."""
        return (self, *self.others)

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(one.name for one in self.each)


def _known(name: str) -> ArchiveSettings | None:
    """Return a built-in archive."""
    found = known_archive(name)
    return None if found is None else ArchiveSettings.model_validate({"name": name, **found.values})


_BUILT_IN = {one.name: ArchiveSettings.model_validate({"name": one.name, **one.values}) for one in KNOWN_ARCHIVES}
INTERNET_ARCHIVE = _BUILT_IN["internet-archive"]
ALL_ARCHIVES = "all"
"""Stands for every archive that is known by name."""


def _sendable(contact: str) -> str:
    """Refuse what cannot be part of a header, or tells the archive of nobody."""
    if not contact.strip() or not contact.isascii() or not contact.isprintable():
        raise ValueError("write an address of a page or a mailbox in plain letters (ASCII), on one line")
    return contact


class FetchSettings(Strict):
    """Settings of one request to an archive."""

    contact: Annotated[str, AfterValidator(_sendable)] = "https://example.org/harvester"
    timeout: Number = Field(default=60, gt=0, le=86_400, description="seconds to connect, and between two bytes")
    max_seconds: Number = Field(default=300, gt=0, le=86_400, description="wall-clock seconds for one response")
    max_body_bytes: Whole = Field(default=20_000_000, gt=0, le=1_000_000_000)
    window: Duration = timedelta(days=1)
    tries: Whole = Field(
        default=6, gt=0, le=1_000, description="transient failures after which a capture fails for good"
    )
    retry_after: Duration = timedelta(seconds=30)
    page_rows: Whole = Field(default=5_000, gt=0, le=100_000, description="rows per index request")
    threads: Whole = Field(default=4, gt=0, le=64, description="downloads under way at once in one process")

    @property
    def user_agent(self) -> str:
        """Names the tool and how to reach who runs it, as the Internet Archive asks of every client."""
        from harvester._version import __version__

        return f"harvester/{__version__} (+{self.contact})"


class PollSettings(Strict):
    """Settings of the service's polls."""

    every: Duration = timedelta(days=7)
    jitter: Duration = timedelta(hours=1)
    overlap: Duration = timedelta(days=14)
    unplayable_expires: Duration = timedelta(days=90)
    excluded_expires: Duration = timedelta(days=30)

    @model_validator(mode="after")
    def _each_has_its_turn(self) -> Self:
        if "jitter" in self.model_fields_set and self.jitter > self.every:
            raise ValueError("jitter: is longer than `every`, over which polls are spread; shorten it")
        return self


def _joined(names: Any) -> Any:
    """Return a list of names as one text with commas."""
    return ",".join(names) if isinstance(names, list) and all(isinstance(one, str) for one in names) else names


def _language(code: Any) -> Any:
    if isinstance(code, str) and code not in _LANGUAGES:
        lower = code.strip().lower()
        hint = f"; write {lower!r}" if lower in _LANGUAGES else ""
        raise ValueError(f"{code!r} is not a language code of ISO 639-1 such as 'en' or 'de'{hint}")
    return code


_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv "
    "dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie "
    "ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv "
    "mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm "
    "rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts "
    "tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_LANGUAGES = frozenset(_ISO_639_1.split())
Language = Annotated[str, BeforeValidator(_language)]


class SaveSettings(Strict):
    """Requests that the Internet Archive take captures (Save Page Now); the keys are read from the environment only."""

    access_key: SecretStr | None = None
    secret_key: SecretStr | None = None
    per_day: Whole = Field(
        default=100, gt=0, description="captures that this installation requests in 24 hours at most"
    )

    @property
    def has_keys(self) -> bool:
        """Whether both keys are set."""
        return self.access_key is not None and self.secret_key is not None


SAVE_KEYS = ("access_key", "secret_key")


class AcceptSettings(Strict):
    """Which documents may become versions at a URL that the user named; nothing is refused by default."""

    languages: tuple[Language, ...] = ()
    require_policy: Flag = False


ACCOUNT_NAME = r"\w[\w .'-]{0,59}"
OPERATOR = "operator"
"""The name under which whoever has `web.token` acts."""


def _host(name: str) -> str:
    if not name or re.search(r"[\s/]", name) or name.count(":") == 1:
        raise ValueError(f"{name!r} must be the name or the address of a host, without http:// and without a port")
    return name


Host = Annotated[str, AfterValidator(_host)]


class WebSettings(Strict):
    """The pages and the HTTP API. Who has `token`, or one of the `accounts` (a name and its token), may write."""

    host: Host = "127.0.0.1"
    port: Whole = Field(default=8000, ge=0, le=65535)
    base_url: str = ""
    token: SecretStr | None = None
    accounts: dict[Annotated[str, StringConstraints(pattern=f"^{ACCOUNT_NAME}$")], SecretStr] = {}
    searches_per_minute: Whole = Field(default=60, gt=0)
    access_log: Flag = Field(default=False, description="log a line for each request to the pages and the API")

    @model_validator(mode="after")
    def _whole_base_url(self) -> Self:
        if self.base_url:
            try:
                require_open(self.base_url)
            except ValueError as error:
                raise ValueError(f"base_url: {error}; write https://host") from error
            if any(urlsplit(self.base_url)[3:]):
                raise ValueError("base_url: pages are below it, so that it has no ? and no #; write https://host")
        return self

    @model_validator(mode="after")
    def _everybody_is_known_apart(self) -> Self:
        if OPERATOR in self.accounts:
            raise ValueError(f"accounts: {OPERATOR!r} is the name of who has web.token; take another")
        tokens = [token.get_secret_value() for token in self.people.values()]
        for name, token in self.people.items():
            if len(token.get_secret_value().strip()) < SHORTEST_TOKEN:
                where = "token: it" if name == OPERATOR else "accounts: a token"
                raise ValueError(f"{where} needs {SHORTEST_TOKEN} characters; `openssl rand -hex 20` makes one")
        if len(set(tokens)) < len(tokens):
            raise ValueError("accounts: two people have the same token; give each their own")
        return self

    @property
    def people(self) -> dict[str, SecretStr]:
        """Each name with its token; empty: nobody may write."""
        return ({} if self.token is None else {OPERATOR: self.token}) | self.accounts


SHORTEST_TOKEN = 16
"""Characters of a token at least, so that it cannot be guessed."""


def _receives(url: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*://[^\x00-\x20\x7f][^\x00-\x1f\x7f]*", url.get_secret_value()):
        raise ValueError("is not an address; write an Apprise one (mailto://user:password@host) or https://...")
    return url


class TargetSettings(Strict):
    """One receiver of notices: an Apprise address or a signed webhook, and what it wants to hear of."""

    url: Annotated[SecretStr, AfterValidator(_receives)]
    secret: Annotated[SecretStr, Field(min_length=1)] | None = None
    services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    kinds: tuple[Literal["substantive", "minor", "cosmetic"], ...] = Field(default=("substantive",), min_length=1)
    min_words: Whole = Field(default=1, ge=0)
    digest: Literal["none", "daily", "weekly"] = "none"
    watches: tuple[str, ...] = ()
    only_reviewed: Flag = Field(default=False, description="sent once somebody marked the change as read")


class ReviewSettings(Strict):
    """What counts at the review desk: points for the tags of services, which may be negative."""

    tags: dict[str, Annotated[Whole, Field(ge=-1000, le=1000)]] = {}


class MailSettings(Strict):
    """The server by which readers get mail about what they follow; nobody can subscribe unless `sender` is set."""

    sender: str = ""
    host: Host = "localhost"
    port: Whole = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: SecretStr | None = None

    @model_validator(mode="after")
    def _is_address(self) -> Self:
        if self.sender and not MAIL_ADDRESS.fullmatch(self.sender):
            raise ValueError(f"sender: {self.sender!r} is not an e-mail address; write policies@example.org")
        if bool(self.user) != (self.password is not None):
            raise ValueError("user and password belong together: give both or none")
        return self


MAIL_ADDRESS = re.compile(
    r"(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
"""An address as HTML's forms accept it, with a full stop in its domain."""


class EvidenceSettings(Strict):
    """Packages of evidence: who time-stamps them (RFC 3161); nobody unless an authority is set."""

    timestamp_authority: str = ""

    @model_validator(mode="after")
    def _is_address(self) -> Self:
        if self.timestamp_authority:
            require_open(self.timestamp_authority)
            if "?" in self.timestamp_authority:
                raise ValueError("the address has a question in it, perhaps a key, which would be stored and shown")
        return self


class SummarySettings(Strict):
    """A language model behind an OpenAI-compatible address that may summarise changes; none unless `url` is set."""

    url: str = ""
    model: str = ""
    key: SecretStr | None = None
    seconds: Number = Field(default=60, gt=0, le=86_400, description="to wait for an answer")

    @model_validator(mode="after")
    def _both(self) -> Self:
        if bool(self.url) != bool(self.model):
            raise ValueError("url and model belong together: give both or none")
        if self.url:
            require_http(self.url)
        return self


WATCH_NAME = "[a-z0-9][a-z0-9-]{0,99}"


def _watch_name(name: str) -> str:
    if not re.fullmatch(WATCH_NAME, name):
        raise ValueError(f"{name!r} is not a name in lower-case letters, digits and hyphens")
    return name


def _target_name(name: str) -> str:
    if name.strip() in ("", ".", ".."):  # browsers take the last two out of an address
        raise ValueError(f"{name!r} cannot be a name: the target's page could not be opened; write letters or digits")
    return name


def _of_redis(url: SecretStr) -> SecretStr:
    return _of_a_scheme(url, "redis rediss unix", "redis://127.0.0.1:6379/0")


def _of_a_broker(url: SecretStr) -> SecretStr:
    known = "redis rediss redis+socket sentinel amqp amqps pyamqp memory"
    return _of_a_scheme(url, known, "redis://127.0.0.1:6379/1 or amqp://user@host")


def _of_a_scheme(url: SecretStr, known: str, example: str) -> SecretStr:
    """Refuse an address that nothing answers at; it is not shown, since it may have a password in it."""
    scheme, parting, _ = url.get_secret_value().partition("://")
    if not parting or scheme not in known.split():
        raise ValueError(f"must be an address such as {example}")
    return url


class WatchSettings(Strict):
    """A rule over what changes add, remove or alter (`insight.statements.watch`), over services, tags and types."""

    words: tuple[str, ...] = ()
    side: Literal["added", "removed", "either"] = "either"
    topic: str | None = None
    statement: str | None = None
    crosses: str | None = None
    services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    kinds: tuple[Literal["substantive", "minor", "cosmetic", "technical", "language"], ...] = Field(
        default=("substantive", "minor"), min_length=1
    )

    def in_words(self) -> str:
        """Return the rule: its keys with their values, but for those that are as by default."""
        given = self.model_dump(mode="json", exclude_defaults=True).items()
        return "; ".join(f"{key}: {', '.join(value) if isinstance(value, list) else value}" for key, value in given)


class Settings(Strict):
    """Everything that can be set; ``config/harvester.toml`` shows each with its default."""

    config: Path = Path("config")
    data: Path = Path("data")
    database_url: SecretStr | None = None
    redis_url: Annotated[SecretStr, AfterValidator(_of_redis)] | None = None
    broker_url: Annotated[SecretStr, AfterValidator(_of_a_broker)] | None = None
    broker_queue: str = Field(default="harvester", pattern=r"^[A-Za-z0-9_.-]{1,200}$")
    archive: Annotated[str, BeforeValidator(_joined)] = "internet-archive"
    sample: str = "all"
    render: RenderMode = "auto"
    browser: str = ""
    archives: dict[str, ArchiveSettings] = {}
    fetch: FetchSettings = FetchSettings()
    poll: PollSettings = PollSettings()
    save: SaveSettings = SaveSettings()
    accept: AcceptSettings = AcceptSettings()
    web: WebSettings = WebSettings()
    notify: dict[Annotated[str, AfterValidator(_target_name)], TargetSettings] = {}
    mail: MailSettings = MailSettings()
    evidence: EvidenceSettings = EvidenceSettings()
    summary: SummarySettings = SummarySettings()
    review: ReviewSettings = ReviewSettings()
    watch: dict[Annotated[str, AfterValidator(_watch_name)], WatchSettings] = {}
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _watches_are_there(self) -> Self:
        for name, target in self.notify.items():
            for one in target.watches:
                if one not in self.watch:
                    raise ValueError(f"[notify.{name}] watches: there is no [watch.{one}]; add it or correct the name")
        return self

    @model_validator(mode="after")
    def _mail_has_links(self) -> Self:
        if self.mail.sender and not self.web.base_url:
            raise ValueError("[mail] sender: links in mails need the address of the pages; set [web] base_url")
        return self

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the store: the one set, else SQLite in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return store_in(self.data)

    def archive_named(self, wanted: str | None = None) -> ArchiveSettings:
        """Return the archive of a name or a base URL; of several names, with commas, the first with the `others`.

        A base URL is ``BASE`` (Wayback dialect), ``pywb+BASE`` or ``memento+BASE``; ``all`` are those known by name.
        """
        names = [name.strip() for name in (self.archive if wanted is None else wanted).split(",")]
        if ALL_ARCHIVES in names:
            names = [INTERNET_ARCHIVE.name, *_BUILT_IN, *self.archives]
        first, *others = (self._one_archive(name) for name in dict.fromkeys(names))
        return first.model_copy(update={"others": tuple(others)}) if others else first

    def archive_for(self, own: Sequence[str] | None = None, given: ArchiveSettings | None = None) -> ArchiveSettings:
        """Return the archives to ask for a document: those `given` on the command line, else its `own`, which the
        catalogue names, else those of these settings. Raises `UnknownName` with the names that are known.
        """
        return given or self.archive_named(",".join(own) if own else None)

    def archive_names(self) -> list[str]:
        """Return the names of the archives of the settings and of those built in, sorted."""
        return sorted({*_BUILT_IN, *self.archives})

    def knows_archive(self, name: str) -> bool:
        """Return whether an archive, or all, is known by a name: a base URL names what these settings do not."""
        return name == ALL_ARCHIVES or name in self.archives or known_archive(name) is not None

    def _one_archive(self, wanted: str) -> ArchiveSettings:
        """Return one archive. A base URL has the default limits, unless it is loopback, where no one is disturbed."""
        if found := self.archives.get(wanted) or _known(wanted):
            return found.model_copy(update={"name": wanted})
        form, plus, base = wanted.partition("+")
        form, base = (form, base) if plus and form in _FORMS else ("", wanted)
        base = base.rstrip("/")
        if not base.startswith(("http://", "https://")):
            # Of an address without its scheme, the password.
            shown = wanted.rpartition("@")[2]
            raise UnknownName(
                f"no archive named {shown!r}; name one of {', '.join(self.archive_names())}, or give a base URL"
            )
        try:
            require_open(base)
        except ValueError as error:
            raise ConfigurationError(f"--archive {wanted.rpartition('@')[2]}: {error}") from error
        dialect, index, playback = _FORMS[form]
        save = base + "/save" if dialect == "wayback" else ""
        archive = ArchiveSettings(name=wanted, cdx=base + index, playback=base + playback, dialect=dialect, save=save)
        if urlsplit(base).hostname in LOOPBACK:
            return archive.model_copy(update={"cdx_per_minute": 600_000, "captures_per_second": 10_000})
        return archive


_FORMS: dict[str, tuple[Dialect, str, str]] = {
    "": ("wayback", "/cdx/search/cdx", "/web"),
    "pywb": ("pywb", "/cdx", ""),
    "memento": ("memento", "/timemap/link/", ""),
}
"""The dialect that a prefix of a base URL names, and where index and captures are below that."""


def load_settings(config: Path | None = None, data: Path | None = None) -> Settings:
    """Return the settings of an installation.

    The folders are those of `folders`. A missing ``harvester.toml`` means the defaults.
    """
    variables = written_in(os.environ, Settings.model_fields)
    config, data = folders(config, data)
    file = config / "harvester.toml"
    in_file = read_toml(file) if file.exists() else {}
    _refuse_misplaced(file, in_file)
    written = merged(in_file, variables)
    archives = written.get("archives")
    if isinstance(archives, list):
        # A list says which to ask; a table, which there are besides those built in.
        written["archive"] = written.pop("archives")
    elif isinstance(archives, dict):
        written["archives"] = {name: _filled_in(file, name, archive) for name, archive in archives.items()}
    try:
        settings = Settings(**written)
    except ValidationError as error:
        place = error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"]
        named = (variable_of(*place[:length]) for length in range(len(place), 0, -1))
        variable = next((one for name in named for one in (name, f"{name}_FILE") if one in os.environ), None)
        where = variable or (str(file) if in_file else "settings")
        raise ConfigurationError(f"{where}: {first_reason(error)}") from error
    return settings.model_copy(update={"config": config, "data": data})


def _refuse_misplaced(file: Path, in_file: dict[str, Any]) -> None:
    """Raise `ConfigurationError` for what would have no effect in ``harvester.toml``, or is not safe there."""
    for key in ("config", "data"):
        if key in in_file:
            raise ConfigurationError(
                f"{file}: {key}: this folder is named by --{key} or {variable_of(key)} only; remove it here"
            )
    for key in SAVE_KEYS:
        if isinstance(in_file.get("save"), dict) and key in in_file["save"]:
            raise ConfigurationError(
                f"{file}: [save] {key} is read from the environment variable {variable_of('save', key)} only, since "
                "files are copied; remove it here"
            )


def _filled_in(file: Path, name: str, archive: Any) -> Any:
    """Return the section of an archive with what it leaves out, where the archive is known by name; refuse one that
    `--archive` could not ask for.
    """
    if name == ALL_ARCHIVES or not re.fullmatch(r"\w[\w.-]{0,99}", name):
        raise ConfigurationError(
            f"{file}: archives: {name!r} cannot be named with --archive; write letters, digits and hyphens"
        )
    if not isinstance(archive, dict):
        return archive
    if archive.get("name", name) != name:
        raise ConfigurationError(f"{file}: archives.{name}.name: its name is that of the section; remove it here")
    known = known_archive(name)
    return {"name": name, **(known.values if known else {}), **archive}


_MUST_BE = {
    "string_type": "must be a text, in quotes",
    "tuple_type": "must be a list, in [ ]",
    "dict_type": "must be a table, in { } or below a [heading]",
    "model_type": "must be a table, in { } or below a [heading]",
    "missing": "is missing",
    "too_short": "must not be empty",
}
"""What Pydantic says in the words of Python, in those of TOML."""


def first_reason(error: ValidationError) -> str:
    """Return where and why a value was refused, for one line of an error."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"] if part != "[key]")
    if first["type"] == "extra_forbidden":
        return f"unknown key {place!r}"
    said = first["msg"].removeprefix("Value error, ")
    message = _MUST_BE.get(first["type"], re.sub("^Input should be ", "must be ", said))
    return f"{place}: {message}" if place else message
