"""The answers of the API, typed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from harvester.insight.statements.model import Happened, StatementKind

Instant = datetime
"""In UTC, and so written in ISO 8601 with a Z."""

Next = Annotated[str | None, Field(description="The cursor of the next page; null: this is the last one.")]


class Model(BaseModel):
    """Made from the typed rows of the store."""

    model_config = ConfigDict(from_attributes=True)


class SourceOut(Model):
    """An address of a policy and the span for which it is one."""

    url: str
    since: Instant | None
    until: Instant | None
    origin: str
    note: str | None
    excluded_until: Instant | None
    first_capture: Instant | None
    last_capture: Instant | None


class ServiceOut(BaseModel):
    """A document of a service with what there is of it; `waiting` and `failed` captures are counted up to 1,000."""

    name: str
    service: str = Field(description="The service whose document it is.")
    type: str = Field(description="privacy policy, terms of service, ...")
    tags: list[str]
    added_at: Instant
    paused_at: Instant | None
    versions: int
    changes: int
    first_seen: Instant | None
    last_seen: Instant | None
    last_change: Instant | None
    waiting: int
    failed: int
    searched_at: Instant | None
    no_policy_since: Instant | None = Field(
        description="When its policy was last seen, if the latest capture shows none; else null."
    )
    health: str = Field(description="good, waiting, trouble, paused or removed (not in the catalogue)")
    health_words: str = Field(
        description="The same in words, with the reason if there is no version, or no policy in the latest capture."
    )


class ServiceDetail(ServiceOut):
    """A document of a service with its sources."""

    documents: list[str] = Field(description="All documents of the service, by name; its own among them.")
    sources: list[SourceOut]
    sample: str | None = Field(description="The sampling that the catalogue names; null: that of the settings.")
    every: str | None = Field(description="How often the catalogue has it polled, as `7d`; null: as the settings have.")
    keep: str | None = Field(description="How old its newest capture may become; null: no captures are asked for.")
    archives: list[str] | None = Field(description="The archives that the catalogue names; null: the settings'.")


class Services(BaseModel):
    """A page of services, by name."""

    items: list[ServiceOut]
    next: Next


class VersionOut(Model):
    """A version: `first_seen` is its permanent name, `number` its place now, `kind` that of the change to it.

    `small_share` is the percentage of its page's words that the document holds, if under half: it may lack
    some. `incomplete`: of a combined document a page was not captured yet.
    """

    service: str
    number: int
    first_seen: Instant
    last_seen: Instant
    captures: int
    url: str
    sha256: str
    words: int
    kind: str | None
    words_added: int | None
    words_removed: int | None
    reasons: list[str]
    repeats: Instant | None
    texts: int
    switches: int
    small_share: int | None
    incomplete: bool


class Versions(BaseModel):
    """A page of versions, newest first."""

    items: list[VersionOut]
    next: Next


class Provenance(BaseModel):
    """The provenance of a document. `witnesses` are the archives whose captures show the text of its version.

    `recipe`: ``static``, ``rendered`` (in `browser`, a version of Chromium), ``data``, ``selected`` (of the page, by
    `selection`) or ``combined`` (`parts` are the captures of its pages).
    """

    snapshot: str
    archive: str
    witnesses: list[str]
    captured: str
    digest: str
    digest_verdict: str
    redirects: list[Any]
    cleaner: str | None
    recipe: str
    browser: str | None
    selection: dict[str, Any] | None
    parts: list[dict[str, Any]]


class DocumentOut(BaseModel):
    """The document of a version: `text` is byte for byte what the corpus would have."""

    version: VersionOut
    title: str
    provenance: Provenance
    text: str


class PassageOut(BaseModel):
    """Neighbouring words and the version that brought them; `first`: when they had been brought before and gone."""

    text: str
    since: Instant
    first: Instant | None


class BlameOut(BaseModel):
    """Each block of a version as passages."""

    version: VersionOut
    blocks: list[list[PassageOut]]


class ChangeOut(Model):
    """A change. It happened after `after` and not later than `before`, which with the service is its permanent name.

    `pages` are those that changed, of a document that is combined of several.
    """

    service: str
    after: Instant
    before: Instant
    kind: str
    words_added: int
    words_removed: int
    words_moved: int
    share: float
    headings: list[str]
    reasons: list[str]
    standing: dict[str, list[str]]
    found_at: Instant
    pages: list[str]


class Changes(BaseModel):
    """A page of changes, newest first; `hidden` counts the cosmetic and technical ones left out, up to 1,000."""

    items: list[ChangeOut]
    next: Next
    hidden: int


class WatchOut(BaseModel):
    """A watch: a rule over what changes add, remove or alter."""

    name: str
    words: list[str]
    side: str
    topic: str | None
    statement: str | None
    crosses: str | None
    services: list[str]
    tags: list[str]
    types: list[str]
    kinds: list[str]


class Watches(BaseModel):
    """All watches, by name."""

    items: list[WatchOut]


class WatchHit(BaseModel):
    """A change that a watch fits, with the passages that show it."""

    change: ChangeOut
    passages: list[str]


class WatchHits(BaseModel):
    """A page of hits, newest first; `left` counts changes on which the watch was not tried yet."""

    items: list[WatchHit]
    next: Next
    left: int


class ChangeDetail(ChangeOut):
    """A change with its snapshots and the changes beside it."""

    old_snapshot: str
    new_snapshot: str
    earlier: Instant | None
    later: Instant | None


class StatementOut(BaseModel):
    """One thing that a change did, in plain words, with the passages that prove it (docs/topics.md)."""

    kind: StatementKind
    happened: Happened
    text: str
    old: str | None
    new: str | None
    old_passage: str
    new_passage: str


class SummaryOut(BaseModel):
    """What a language model wrote of a change: only sentences that quote it, and marked as written by a machine."""

    machine_written: Literal[True] = True
    model: str
    sentences: list[str]


class DiffOut(BaseModel):
    """The difference between two versions; `statements` and `diff` as `harvester diff --json` has them.

    `summary` is null unless a language model is set and was asked about the change.
    """

    old: VersionOut
    new: VersionOut
    statements: list[StatementOut]
    summary: SummaryOut | None = None
    diff: dict[str, Any]


class SimilarOut(Model):
    """A version of another service. Of the distinct runs of six words `of_this` is the shared part of this text's,
    `of_other` of the other's, `jaccard` of both together; `blocks` are the longest whole blocks that both have.
    """

    service: str
    number: int
    first_seen: Instant
    last_seen: Instant
    jaccard: float
    of_this: float
    of_other: float
    blocks: list[str]


class SimilarVersions(BaseModel):
    """The versions that share text with one; `compared` counts the texts that were read."""

    version: VersionOut
    compared: int
    items: list[SimilarOut]


class CaptureOut(Model):
    """A capture of the ledger and its one outcome."""

    archive: str
    timestamp: Instant
    url: str
    status: int | None
    mimetype: str | None
    digest: str
    outcome: str
    reason: str | None
    tries: int
    due_at: Instant | None
    cleaner: str | None


class NothingOut(Model):
    """An address without a capture, or (`url` null) a service without an address, and its one outcome."""

    url: str | None
    outcome: str
    reason: str


class Ledger(BaseModel):
    """A page of the ledger, oldest first; `without_captures` is the same on each page."""

    items: list[CaptureOut]
    without_captures: list[NothingOut]
    next: Next


class IntervalOut(Model):
    """A planned span of time and its one outcome."""

    start: Instant
    end: Instant
    plan: str
    outcome: str
    reason: str | None


class Intervals(BaseModel):
    """The planned spans of a service, oldest first."""

    items: list[IntervalOut]


class HitOut(BaseModel):
    """A version that says it; `snippet` is cut into [text, whether it was looked for]."""

    service: str
    number: int
    first_seen: Instant
    last_seen: Instant
    snippet: list[tuple[str, bool]]


class AppearanceOut(Model):
    """From when to when a service said it, in how many versions of how many.

    `from_the_first`: its first version known said it. `breaks`: from when to when it did not in between.
    """

    first_seen: Instant
    last_seen: Instant
    versions: int
    of: int
    from_the_first: bool
    breaks: list[tuple[Instant, Instant]]


class Hits(BaseModel):
    """A page of hits, and about each service in it; `more` versions, up to 1,000, match with a * after each phrase."""

    items: list[HitOut]
    services: dict[str, AppearanceOut]
    more: int
    next: Next


class SharePoint(BaseModel):
    """A half-year, up to `end` which is the next one's start: `count` of the `services` that have a policy in it."""

    period: str
    start: Instant
    end: Instant
    services: int
    count: int
    share: float | None = Field(description="Null if no service has a policy in the half-year.")


class SeriesOut(BaseModel):
    """One line of a trend, oldest point first."""

    subject: Literal["term", "topic", "party", "statement"]
    name: str
    points: list[SharePoint]


class Trends(BaseModel):
    """Series in the order of the question; `left` texts or changes are not looked through yet: ask again to go on."""

    items: list[SeriesOut]
    left: int


class PartyOut(BaseModel):
    """A third party, as most policies write it, which `count` of `services` name."""

    name: str
    count: int
    services: int
    share: float


class Parties(BaseModel):
    """Named third parties, the most named first."""

    items: list[PartyOut]


class ReasonOut(Model):
    """A reason why captures made no version, with their number."""

    outcome: str
    reason: str
    captures: int


class StatusOut(BaseModel):
    """The state of the installation, counted at most once a minute."""

    counted_at: Instant
    services: int
    captures: int
    versions: int
    changes: int
    outcomes: dict[str, int]
    needs_a_browser: int = Field(description="Captures whose text scripts seem to make, and that were not rendered.")
    waiting: int
    oldest_due: Instant | None
    last_success: Instant | None
    reasons: list[ReasonOut]
    archives: dict[str, Any]
    last_runs: list[dict[str, Any]]
    scheduler: str | None = Field(description="The process that leads the schedule, as host:pid.")
    standby: list[str] = Field(description="Schedulers that wait to lead.")
    workers: list[str]
    catalogue_problem: str | None = Field(description="Why services.toml is refused; the last good one is in use.")
    settings_problem: str | None = Field(description="Why harvester.toml is refused; the last good one is in use.")
    keep_problem: str | None = Field(description="Why captures that the catalogue wants kept cannot be requested.")
    asked: list[str] = Field(description="The archives that are asked.")
    asked_for: dict[str, list[str]] = Field(description="Those asked for services that name their own.")
    saves: dict[str, int] = Field(description="Addresses by the state of the last request to save them.")
    saves_failed: list[dict[str, Any]] = Field(description="Addresses whose last request to save failed, and why.")
    removed: list[str] = Field(description="Services that are not in the catalogue.")
    without_versions: list[dict[str, Any]] = Field(description="Services without a version, each with its outcome.")
    no_policy_since: list[dict[str, Any]] = Field(
        description="Services whose latest capture shows no policy: when one was last seen, and what the capture is."
    )
    jobs: list[dict[str, Any]] = Field(description="The jobs of the schedule by service, those of a page.")
    next: str | None = Field(description="The cursor of the next page of jobs, null on the last.")
    notices: dict[str, Any]
