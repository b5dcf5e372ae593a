"""The tables, as SQLAlchemy 2 classes. `docs/architecture.md` draws them; Alembic's migrations make them.

Words are those of the house: a *service* has *sources* (URLs valid for a span), a source has *captures* (the ledger),
a capture that was fetched has a *playback* and a *payload* (raw bytes, once per content), from which the cleaner makes
a *document*; documents that differ only in the archive's own prefixes share one *text* (the comparable text).
Maximal runs of captures with one text are *versions*; the step between two versions is a *change*.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from harvester.catalogue.document_types import PRIVACY_POLICY, split_name


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite, which has no time zones, keeps it naive and gets it back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; the store takes aware datetimes only")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        # SQLite's text is read in one step: a page has hundreds of instants.
        return _utc_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _utc_of(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


# SQLite makes only INTEGER PRIMARY KEY an alias of its row number, so big integers are INTEGER there.
BigId = BigInteger().with_variant(Integer, "sqlite")


NEEDS_A_BROWSER = "reason LIKE 'needs-a-browser%'"
"""Which captures the small index of those that need a browser holds, as a query has to say it for it to be used."""


class Base(DeclarativeBase):
    """All tables; constraint names are fixed so that migrations can name them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this attribute by name
        datetime: UtcDateTime,
        str: Text,
        bytes: LargeBinary,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


def _service_of(context: Any) -> str:
    return split_name(context.get_current_parameters()["name"])[0]


def _type_of(context: Any) -> str:
    return split_name(context.get_current_parameters()["name"])[1]


class Service(Base):
    """One document of a watched service: ``acme`` is acme's privacy policy, ``acme/terms-of-service`` another one.

    `service_name` and `type` are the two parts of `name`, `domain` the service's site. `stale` says that captures were
    committed that its versions do not include yet.
    """

    __tablename__ = "services"
    __table_args__ = (Index("ix_services_service_name", "service_name", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    service_name: Mapped[str] = mapped_column(default=_service_of, server_default=text("''"))
    type: Mapped[str] = mapped_column(default=_type_of, server_default=PRIVACY_POLICY, index=True)
    domain: Mapped[str] = mapped_column(default=_service_of, server_default=text("''"))
    tags: Mapped[list[Any]] = mapped_column(default=list)
    added_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    stale: Mapped[bool] = mapped_column(default=False, index=True)


class Source(Base):
    """A URL of a service's policy, valid from `since` to `until` (both included; none: without end).

    `origin` is ``catalogue``, ``discovered`` or ``imported``. `part` is its place among the pages of a document that is
    combined of several. While `excluded_until` lies ahead the archive has said
    that it does not show this site, and it is not asked.
    """

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("service_id", "url", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    url: Mapped[str]
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    origin: Mapped[str] = mapped_column(default="catalogue")
    note: Mapped[str | None]
    excluded_until: Mapped[datetime | None]
    part: Mapped[int | None]


class Capture(Base):
    """One row of the archive's index and its outcome: the ledger. `outcome` is one of `store.ledger.Outcome`.

    `plan` names the sampling that chose it or left it out. `seen_at` is the true time of what was played back, when
    playback returned another capture. `due_at` is when it is tried (again). `text_id` repeats its document's, for
    history.
    `page_words` counts the words of the whole page; its document's are its text's. `recipe` says how its document was
    made if not from its bytes as they are: ``rendered``, ``data``, ``selected`` or ``combined`` (docs/cleaner.md).
    """

    __tablename__ = "captures"
    __table_args__ = (
        UniqueConstraint("source_id", "timestamp", "digest"),
        Index("ix_captures_history", "service_id", "timestamp", "text_id"),
        Index("ix_captures_ledger", "service_id", "outcome"),
        # Of captures that need a browser only, as the migration makes it: said here, it would import both dialects.
        Index("ix_captures_needs_a_browser", "service_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    archive: Mapped[str]
    timestamp: Mapped[datetime]
    original: Mapped[str]
    mimetype: Mapped[str | None]
    status: Mapped[int | None]
    digest: Mapped[str] = mapped_column(index=True)
    length: Mapped[int | None]
    plan: Mapped[str | None]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    payload_id: Mapped[int | None] = mapped_column(ForeignKey("payloads.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    text_id: Mapped[int | None] = mapped_column(ForeignKey("texts.id"))
    cleaner: Mapped[str | None]
    page_words: Mapped[int | None]
    recipe: Mapped[str | None]


class Witness(Base):
    """Another archive that lists a capture: the same address, instant and digest as the archive of its row."""

    __tablename__ = "witnesses"

    capture_id: Mapped[int] = mapped_column(ForeignKey("captures.id", ondelete="CASCADE"), primary_key=True)
    archive: Mapped[str] = mapped_column(primary_key=True)


class Playback(Base):
    """How a capture's bytes were obtained: its provenance. `verdict` compares them with the index's digest."""

    __tablename__ = "playbacks"

    capture_id: Mapped[int] = mapped_column(ForeignKey("captures.id", ondelete="CASCADE"), primary_key=True)
    fetched_at: Mapped[datetime]
    url: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    chain: Mapped[list[Any]]
    verdict: Mapped[str]


class Payload(Base):
    """Raw bytes of captures, once per content, never altered.

    `data` is zstd, with the raw bytes of `base` as reference when there is one; `depth` counts the references down
    to a payload stored without a reference. `sha256` (hex) is of the raw bytes, `digest` (SHA-1, base32) as the index
    has it.
    `source_id` is the source that brought it first, whose next payload is compressed against it.
    """

    __tablename__ = "payloads"
    __table_args__ = (Index("ix_payloads_source", "source_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id", ondelete="SET NULL"))
    sha256: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    base_id: Mapped[int | None] = mapped_column(ForeignKey("payloads.id"))
    depth: Mapped[int] = mapped_column(default=0)
    data: Mapped[bytes] = mapped_column(deferred=True)


class Rendering(Base):
    """What a browser made of a payload, at the address at which a source and an archive show it.

    `dom_id` is the page after its scripts; without one `problem` says why. Addresses: `answered` by the archive,
    `missing` in it, `blocked`. `taken_at` is the time of the capture whose page it is, where its scripts loaded texts:
    of another capture with the same bytes they may be others. None: it is the page of every capture with these bytes.
    """

    __tablename__ = "renderings"
    __table_args__ = (UniqueConstraint("source_id", "archive", "payload_id", "taken_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    archive: Mapped[str]
    payload_id: Mapped[int] = mapped_column(ForeignKey("payloads.id"))
    address: Mapped[str]
    dom_id: Mapped[int | None] = mapped_column(ForeignKey("payloads.id"))
    problem: Mapped[str | None]
    browser: Mapped[str | None]
    answered: Mapped[list[Any]]
    missing: Mapped[list[Any]]
    blocked: Mapped[list[Any]]
    rendered_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]


class Part(Base):
    """What an archive answered when a rendered page asked for an address; without a payload it has nothing there.

    `captured_at` is when the archive took it; None: older versions of the program did not keep that.
    """

    __tablename__ = "parts"

    archive: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    timestamp: Mapped[str] = mapped_column(primary_key=True)
    payload_id: Mapped[int | None] = mapped_column(ForeignKey("payloads.id"))
    content_type: Mapped[str | None]
    status: Mapped[int | None]
    fetched_at: Mapped[datetime]
    captured_at: Mapped[datetime | None]


class TextRow(Base):
    """A comparable text, once per content, with what was measured of it. `simhash` is the 64 bits as signed integer.

    `topic_rules` names the rules that found its topics and named parties; None: they were not looked for yet.
    """

    __tablename__ = "texts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]
    words: Mapped[int]
    language: Mapped[str]
    language_confidence: Mapped[float]
    policy_likelihood: Mapped[float]
    reading_grade: Mapped[float | None]
    page_kind: Mapped[str]
    simhash: Mapped[int] = mapped_column(BigInteger, index=True)
    topic_rules: Mapped[str | None] = mapped_column(index=True)
    data: Mapped[bytes] = mapped_column(deferred=True)


class TextTopic(Base):
    """A topic of a text: how many of its blocks have it, and the words of these (`insight.topics.kept`)."""

    __tablename__ = "text_topics"
    __table_args__ = (Index("ix_text_topics_topic_text_id", "topic", "text_id"),)

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    blocks: Mapped[int]
    words: Mapped[int]


class TextParty(Base):
    """A third party that a text names: `party` in small letters, as `written` there, in how many of its blocks."""

    __tablename__ = "text_parties"
    __table_args__ = (Index("ix_text_parties_party_text_id", "party", "text_id"),)

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id", ondelete="CASCADE"), primary_key=True)
    party: Mapped[str] = mapped_column(primary_key=True)
    written: Mapped[str]
    blocks: Mapped[int]


class DocumentRow(Base):
    """The cleaner's output, once per content: title and Markdown with the capture's own prefix left blank.

    `data` is zstd with the text `text_id` as reference: the comparable text of the first capture with this document.
    Others may have another, which a capture names itself: root-relative links are their site's, and re-cleaning knows
    more equivalences. Filled in with a capture's timestamp it gives the document byte for byte (`store.documents`).
    """

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), index=True)
    title: Mapped[str]
    data: Mapped[bytes] = mapped_column(deferred=True)


class SelectionRow(Base):
    """What of a page a document was made of, as the catalogue declared it then (`harvester.catalogue.selection`).

    The `cleaner` of a capture ends with ``+`` and its `digest`.
    """

    __tablename__ = "selections"

    digest: Mapped[str] = mapped_column(primary_key=True)
    declared: Mapped[dict[str, Any]]


class Superseded(Base):
    """A document that an earlier cleaner made of a capture: kept, and labelled `technical`."""

    __tablename__ = "superseded"
    __table_args__ = (UniqueConstraint("capture_id", "cleaner"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    capture_id: Mapped[int] = mapped_column(ForeignKey("captures.id", ondelete="CASCADE"))
    cleaner: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    replaced_at: Mapped[datetime]


class Version(Base):
    """A maximal run of successive captures of a service with one comparable text.

    `first_seen` and `last_seen` are the observations that bound it. `texts` counts the different texts folded into
    it (1: nothing was folded), `switches` how often they alternated; `repeats` is the `first_seen` of the earlier
    version with the same text.
    """

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("service_id", "first_seen"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), index=True)
    capture_id: Mapped[int] = mapped_column(ForeignKey("captures.id"))
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    captures: Mapped[int]
    texts: Mapped[int] = mapped_column(default=1)
    switches: Mapped[int] = mapped_column(default=0)
    repeats: Mapped[datetime | None]


class Change(Base):
    """The step from one version to the next, with its diff (`operations`, made by `diffing.encode`) and measures.

    It happened after `after` (the old text was last seen) and not later than `before` (the new one was first seen).
    `reasons` says in words why it is of its kind (None: by diffs that gave none); `diffing` is the version of
    the diffs that made it. The payloads are the pages at its sides, where both are kept; `standing` has the passages
    that stand in both of them (`history.standing`).
    """

    __tablename__ = "changes"
    __table_args__ = (
        UniqueConstraint("service_id", "before"),
        Index("ix_changes_recent", "before", "id", "service_id", "kind"),
        Index("ix_changes_kind_before", "kind", "before", "id", "service_id"),
        Index("ix_changes_kind_found_at", "kind", "found_at", "id", "service_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    old_text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    new_text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    after: Mapped[datetime]
    before: Mapped[datetime]
    kind: Mapped[str]
    words_added: Mapped[int]
    words_removed: Mapped[int]
    words_moved: Mapped[int]
    share: Mapped[float]
    headings: Mapped[list[Any]]
    reasons: Mapped[list[Any] | None]
    diffing: Mapped[int] = mapped_column(server_default="1")
    old_payload_id: Mapped[int | None] = mapped_column(ForeignKey("payloads.id"))
    new_payload_id: Mapped[int | None] = mapped_column(ForeignKey("payloads.id"))
    standing: Mapped[dict[str, Any] | None]
    found_at: Mapped[datetime] = mapped_column(index=True)
    operations: Mapped[bytes] = mapped_column(deferred=True)


class WatchCheck(Base):
    """A watch was tried on a change: `hit` says whether its rule (a digest) fits, `passages` show it.

    `diffing` is the version of the diff that it read; `problem` says why it could not be tried.
    """

    __tablename__ = "watch_checks"
    __table_args__ = (Index("ix_watch_checks_hits", "rule", "hit", "change_id"),)

    rule: Mapped[str] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    diffing: Mapped[int]
    hit: Mapped[bool]
    passages: Mapped[list[Any]]
    problem: Mapped[str | None]


class SummaryRow(Base):
    """What a model wrote of a change: only sentences that quote it. `diffing` is the version of the diff it read."""

    __tablename__ = "summaries"

    model: Mapped[str] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    diffing: Mapped[int]
    sentences: Mapped[list[Any]]
    made_at: Mapped[datetime]


class Interval(Base):
    """A planned span of a source (a half-year, a step of sampling) and its one outcome."""

    __tablename__ = "intervals"
    __table_args__ = (UniqueConstraint("source_id", "plan", "start"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    plan: Mapped[str]
    start: Mapped[datetime]
    end: Mapped[datetime]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    capture_id: Mapped[int | None] = mapped_column(ForeignKey("captures.id", ondelete="SET NULL"))


class Search(Base):
    """The progress of an index search of a source; a killed one resumes from `checkpoint`.

    `problem` says why it ended before the index did; the next is made after `not_before`.
    """

    __tablename__ = "searches"
    __table_args__ = (Index("ix_searches_source", "source_id", "archive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    archive: Mapped[str]
    start: Mapped[datetime | None]
    end: Mapped[datetime | None]
    checkpoint: Mapped[str | None]
    rows: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    problem: Mapped[str | None]
    not_before: Mapped[datetime | None]


class Save(Base):
    """One time that an archive was asked, or was to be asked, to take a capture of a source.

    `state` is one of `store.saves.SaveState`. `tries` counts the requests in a row that failed, with this one;
    0: nothing was sent yet. `answer` is the archive's, without its lists. `captured_at` is the capture's instant.
    """

    __tablename__ = "saves"
    __table_args__ = (Index("ix_saves_source", "source_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"))
    archive: Mapped[str]
    asked_at: Mapped[datetime]
    state: Mapped[str]
    reason: Mapped[str | None]
    tries: Mapped[int]
    job_id: Mapped[str | None]
    captured_at: Mapped[datetime | None]
    answer: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_at: Mapped[datetime | None]


class Malformed(Base):
    """A row of the index that could not be read, kept as it came."""

    __tablename__ = "malformed"
    __table_args__ = (UniqueConstraint("source_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    archive: Mapped[str]
    sha256: Mapped[str]
    line: Mapped[str]
    reason: Mapped[str]
    seen_at: Mapped[datetime]


class Endpoint(Base):
    """The shared state of limiter and circuit breaker of one endpoint of an archive (JSON, `archive.limiter`)."""

    __tablename__ = "endpoints"

    name: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]


class Run(Base):
    """One run of a backfill, poll or re-cleaning: what was asked and what came of it."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    service: Mapped[str | None] = mapped_column(index=True)
    parameters: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[str | None]
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Lease(Base):
    """The holder of a right that only one process may have (the scheduler's leadership, a service's harvest)."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    expires_at: Mapped[datetime]


class Notice(Base):
    """One message for one target about one change: the outbox."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("target", "change_key"), Index("ix_notices_due", "sent_at", "due_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    target: Mapped[str]
    change_key: Mapped[str]
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    before: Mapped[datetime]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]


class SignIn(Base):
    """A person signed in to the pages: `id` is a digest of what their browser keeps. Signing out deletes it."""

    __tablename__ = "sign_ins"

    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    signed_in_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Subscription(Base):
    """A reader's wish for mail about a service or a watch (`kind`, `name`); gone when it ends. Confirmed by a link."""

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("kind", "name", "address"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    address: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class SubscriptionMail(Base):
    """A mail to a reader: the digest of the token in its links, and the notice that it told of, once it was taken."""

    __tablename__ = "subscription_mails"
    __table_args__ = (Index("ix_subscription_mails_subscription_id", "subscription_id", "notice_id"),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(BigId, ForeignKey("subscriptions.id", ondelete="CASCADE"))
    made_at: Mapped[datetime]
    notice_id: Mapped[int | None] = mapped_column(BigId)


class Review(Base):
    """What people made of a change: the present state; `review_events` has how it came to be.

    `state` is ``open``, ``read`` or ``set aside``. `marked` are the passages that the change marks, by which it is
    found again when its row is another (`service.review.placing`); the texts are those that it was between. Since
    `lost_at` no change is the one that was meant. `latest` is the number of the newest event.
    """

    __tablename__ = "reviews"
    __table_args__ = (Index("ix_reviews_state", "state", "before", "change_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), index=True)
    change_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("changes.id", ondelete="SET NULL"), unique=True)
    after: Mapped[datetime]
    before: Mapped[datetime]
    old_text_id: Mapped[int] = mapped_column(BigId)
    new_text_id: Mapped[int] = mapped_column(BigId)
    marked: Mapped[list[Any]]
    state: Mapped[str]
    assignee: Mapped[str | None]
    labels: Mapped[list[Any]]
    lost_at: Mapped[datetime | None]
    latest: Mapped[int] = mapped_column(BigId)


class ReviewEvent(Base):
    """Who did what to a review, and when. Rows are only ever added: the database refuses to alter or delete one."""

    __tablename__ = "review_events"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    review_id: Mapped[int] = mapped_column(BigId, ForeignKey("reviews.id"), index=True)
    at: Mapped[datetime]
    person: Mapped[str]
    what: Mapped[str]
    value: Mapped[str]
