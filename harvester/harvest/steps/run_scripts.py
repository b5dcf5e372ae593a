"""Captures whose text scripts make, rendered in a browser, and their documents made of that.

Each is committed as it is made. What a page asks for is asked of the archive through the harvest's client, limiter and
budget, and kept: a page that is rendered again, after a kill too, asks for nothing a second time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, exists, or_, select

from harvester.archive.discovery import lacks_links
from harvester.catalogue.entries import ServiceEntry
from harvester.cleaner.scripted.embedded import ADDRESSES_AT_MOST
from harvester.cleaner.scripted.needs_a_browser import can_be_rendered
from harvester.errors import ArchiveUnavailable, RenderingError, Stopped, TransientFailure
from harvester.harvest.reclean.groups import Group, groups, page_of_group, settle_groups, told_of
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.harvest.session import Harvest, Tally
from harvester.harvest.steps.capture_page import RENDERED, CapturePage
from harvester.harvest.steps.clean import clean_apart
from harvester.harvest.steps.clean_page import COSTLY, NEEDS_A_BROWSER, NOT_RENDERED, Acceptance
from harvester.harvest.steps.page_parts import OfItsTime, archive_of, notice_of, parts_of
from harvester.memento import same_page
from harvester.processes import WorkerLost, apart
from harvester.rendering.program import browser_program
from harvester.rendering.rendered import ToRender, VisitLimits
from harvester.store.content import renderings
from harvester.store.content.publication import AS_PUBLISHED
from harvester.store.ledger.ledger import Outcome
from harvester.store.ledger.sources import HOME, Watched
from harvester.store.schema import Capture, Rendering, Source


@dataclass(frozen=True, slots=True)
class Wish:
    """Which captures are rendered: those that need it, or `everything`; `again` also what was rendered before.

    Without a `browser` only the notices that pages embed are fetched.
    """

    everything: bool = False
    again: bool = False
    browser: bool = True


def parts_at_most(wish: Wish) -> int:
    """Return how many addresses a page may ask its archive for: in a browser, or for the notice that it embeds."""
    return VisitLimits().requests if wish.browser else ADDRESSES_AT_MOST


def wish_of(harvest: Harvest, entry: ServiceEntry) -> Wish | None:
    """Return what the settings wish for a service; None: nothing is rendered.

    Raises ConfigurationError where pages are to be rendered and there is no browser.
    """
    mode = entry.render or harvest.settings.render
    if mode == "never":
        return None
    if mode == "auto" and not (harvest.settings.browser or harvest.browser.is_there):
        return Wish(browser=False)
    browser_program(harvest.settings.browser)
    return Wish(everything=mode == "always")


def render_due(harvest: Harvest, watched: Watched, acceptance: Acceptance, tally: Tally) -> None:
    """Render the captures of a service that the settings want rendered, and were not yet."""
    wish = wish_of(harvest, watched.entry)
    if wish is not None:
        done = Recleaned()
        try:
            render_captures(harvest, watched.service.name, acceptance, wish, done)
        finally:
            tally.rendered += done.captures


def render_captures(harvest: Harvest, service: str, acceptance: Acceptance, wish: Wish, done: Recleaned) -> None:
    """Render captures of a service and make their documents of that, counted into `done`; history is for the caller.

    What a page does costs its capture only. Raises `ArchiveUnavailable`, `BudgetSpent` or `Stopped` with all that was
    done kept.
    """
    seen: set[tuple[int, str, int]] = set()

    def groups_of(*wanted: ColumnElement[bool]) -> Iterator[Group]:
        return groups(harvest.database, harvest.settings, service, *wanted, selections=acceptance.selections)

    waiting = deque(groups_of(*_due(wish)))
    while waiting:
        group = waiting.popleft()
        if harvest.stop.is_set():
            raise Stopped("stopped between two pages; run it again to resume")
        if archive_of(harvest, group.archive) is None:
            continue
        key = group.source_id, group.archive, group.payload_id
        try:
            made = _render(harvest, group, acceptance, done, wish if key not in seen else Wish(browser=False))
        except TransientFailure as error:
            harvest.progress.note(service, f"{group.named.snapshot_url} is still to be rendered: {error}")
        except ArchiveUnavailable as error:
            harvest.leave(group.archive, error)
        else:
            if made is None or made.taken_at is None:
                seen.add(key)
            elif others := [number for number in group.captures if number != group.first]:
                waiting.extend(groups_of(Capture.id.in_(others)))


def render_homes(harvest: Harvest, watched: Watched, source: Source) -> None:
    """Render the home pages of a source in which no policy is linked, and scripts may write the link."""
    wish = wish_of(harvest, watched.entry)
    if wish is None or not wish.browser:
        return
    service = watched.service.name
    for group in list(groups(harvest.database, harvest.settings, service, Capture.source_id == source.id)):
        with harvest.database.reading() as session:
            page, known = page_of_group(session, group)
        if known is not None or archive_of(harvest, group.archive) is None:
            continue
        try:
            if not apart(lacks_links, page.body, page.url, page.content_type, everything=wish.everything):
                continue
            made, dom = _in_the_browser(harvest, group, page)
            made.taken_at = None  # links are looked for in it, and it is no evidence
        except (WorkerLost, MemoryError, RecursionError, TransientFailure) as error:
            harvest.progress.note(service, f"{group.named.snapshot_url} is not rendered: {error}")
            continue
        except ArchiveUnavailable as error:
            harvest.leave(group.archive, error)
            continue
        with harvest.database.writing() as session:
            renderings.keep(session, made, dom)


def _due(wish: Wish) -> Iterator[ColumnElement[bool]]:
    flagged: ColumnElement[bool] = Capture.reason.like(f"{NEEDS_A_BROWSER}%")
    if wish.again:
        flagged = or_(flagged, Capture.reason.like(f"{NOT_RENDERED}%"), Capture.recipe == RENDERED)
    if not wish.everything:
        yield flagged
        return
    yield Capture.outcome != Outcome.GONE
    yield Capture.source_id.not_in(select(Source.id).where(Source.origin == HOME))
    yield or_(Capture.cleaner.is_(None), Capture.cleaner.not_in(AS_PUBLISHED))
    yield or_(Capture.reason.is_(None), Capture.reason.not_like(f"{COSTLY}%"))
    if not wish.again:
        known = exists().where(renderings.is_of(Capture))
        yield or_(flagged, ~known)


def _render(harvest: Harvest, group: Group, acceptance: Acceptance, done: Recleaned, wish: Wish) -> Rendering | None:
    """Render a group, of which only the first capture is settled if what its scripts loaded is of that one's time."""
    with harvest.database.reading() as session:
        page, known = page_of_group(session, group)
    if not can_be_rendered(page.body, page.content_type):
        return None
    made: Rendering | None = None
    notice = notice_of(page, parts_of(harvest, group.archive))
    page = replace(page, notice=notice.page, notice_away=notice.away)
    if page.notice is None and wish.browser and (wish.again or known is None):
        made, dom = _in_the_browser(harvest, group, page)
        if dom is None and page.dom is not None:
            harvest.progress.note(group.service, f"not rendered again: {made.problem}")
            return None
        page = replace(page, dom=dom)
    elif page.notice is None and known is None and not page.notice_away:
        return None
    result = told_of(clean_apart(page, acceptance), page, made or known)
    if made is not None and made.taken_at is not None:
        group = replace(group, captures=(group.first,))
    with harvest.database.writing() as session:
        if made is not None:
            renderings.keep(session, made, page.dom)
        settle_groups(session, [(group, result)], harvest.clock(), done)
    return made


def _in_the_browser(harvest: Harvest, group: Group, page: CapturePage) -> tuple[Rendering, bytes | None]:
    """Return what a browser makes of a page, or why it makes nothing."""
    answering = OfItsTime(parts_of(harvest, group.archive))
    key = group.source_id, group.archive, group.payload_id
    with harvest.database.reading() as session:
        is_of_one = renderings.are_of_one_capture(session, *key)
    made = Rendering(
        source_id=group.source_id,
        archive=group.archive,
        payload_id=group.payload_id,
        address=page.snapshot_url,
        answered=[],
        missing=[],
        blocked=[],
        rendered_at=harvest.clock(),
    )
    try:
        shown = harvest.browser.render(ToRender(page.snapshot_url, page.body, page.content_type), answering)
    except RenderingError as error:
        made.problem = f"{error.reason}: {error}"
        return made, None
    finally:
        if is_of_one or answering.has_texts:
            made.taken_at = group.taken_at
    made.browser = shown.browser
    made.answered, made.missing, made.blocked = list(shown.answered), list(shown.missing), list(shown.blocked)
    if not same_page(shown.url, page.url):
        made.problem = f"sends-on: rendering {page.snapshot_url}: its scripts send on to {shown.url}"
        return made, None
    return made, shown.body
