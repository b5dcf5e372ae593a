"""The measures of stored texts, written again where the present judgement gives others.

A text is stored once, for all documents and services that have it, with what was measured of the document that came
first. Two documents of one text can be measured differently (straight quotes and curly ones are equal in the text), so
measures are right if any document of the text gives them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from harvester.cleaner import CLEANER_VERSION
from harvester.store.content import documents
from harvester.store.content.publication import AS_PUBLISHED
from harvester.store.content.stored_form import MEASURES, TextContent, measures_of, text_of
from harvester.store.ledger.sources import COMBINED
from harvester.store.schema import Capture, DocumentRow, Service, Source, TextRow, Version
from harvester.store.search import fulltext
from harvester.store.search.indexing import words_of

_COLUMNS = [getattr(TextRow, name) for name in MEASURES]


def of(session: Session, texts: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the stored measures of texts, by their numbers."""
    rows = session.execute(select(TextRow.id, *_COLUMNS).where(TextRow.id.in_(texts)))
    return {number: dict(zip(MEASURES, kept, strict=True)) for number, *kept in rows}


def renew(session: Session, made: Sequence[tuple[int, int, TextContent]]) -> tuple[int, set[str]]:
    """Write the measures of texts where no document of them gives those that are stored; each of `made` is the number
    of a document, that of its text, and the text as it is measured now.

    Returns how many texts are measured differently now, and the services that have them, whose history is then stale.
    """
    by_text: defaultdict[int, list[tuple[int, TextContent]]] = defaultdict(list)
    for document_id, text_id, content in made:
        by_text[text_id].append((document_id, content))
    done, services = 0, set()
    for text_id, kept in of(session, by_text).items():
        documents_made = [document_id for document_id, _ in by_text[text_id]]
        measured = [content for _, content in by_text[text_id]]
        given = (_agree(kept, one.measures) for one in measured)
        if any(given) or _is_given(session, text_id, kept, documents_made):
            continue
        session.execute(update(TextRow).where(TextRow.id == text_id).values(measured[0].measures))
        if measured[0].columns["language"] != kept["language"]:
            before = words_of(documents.text(session, text_id), kept["language"])
            fulltext.index_again(session, text_id, before, measured[0].words)
        done += 1
        services |= _made_stale(session, text_id, documents_made)
    return done, services


def renew_combined(session: Session, service_id: int) -> None:
    """Write the measures of texts of several pages that are measured differently now; no page is cleaned for them."""
    from harvester.cleaner.quality import assess  # takes a while to import

    combined = select(Source.id).where(Source.service_id == service_id, Source.origin == COMBINED)
    rows = session.execute(
        select(Capture.document_id, Capture.text_id)
        .where(Capture.source_id.in_(combined), Capture.document_id.is_not(None), Capture.text_id.is_not(None))
        .distinct()
    )
    made = []
    for document_id, text_id in rows.all():
        assert document_id is not None
        assert text_id is not None
        quality = assess(*documents.title_and_markdown(session, document_id))
        if not _agree(of(session, [text_id])[text_id], measures_of(quality)):
            made.append((document_id, text_id, text_of(documents.text(session, text_id), quality)))
    renew(session, made)


def outdated(session: Session) -> Iterator[tuple[int, str]]:
    """Yield each text of which no document gives the measures that are stored, with what differs in words.

    Of one that an earlier cleaner read nothing is said: `reclean` reads it again.
    """
    rows = session.execute(
        select(Capture.text_id, Capture.document_id, Capture.cleaner, Capture.payload_id.is_(None).label("is_combined"))
        .where(Capture.text_id.is_not(None), Capture.document_id.is_not(None))
        .distinct()
        .order_by(Capture.text_id, Capture.document_id)
    ).all()
    for text_id, found in groupby(rows, lambda row: row.text_id):
        members = list(found)
        assert text_id is not None
        if not all(one.is_combined or _is_present(one.cleaner) for one in members):
            continue
        kept = of(session, [text_id]).get(text_id)
        numbers = list(dict.fromkeys(one.document_id for one in members))
        # One after the other: mostly the first gives them.
        if kept is not None and not any(_agree(kept, _measured(session, number)) for number in numbers):
            now = _measured(session, numbers[0])
            differing = [name for name in MEASURES if kept[name] != now[name]]
            yield text_id, "; ".join(f"its {name} is {kept[name]} and now {now[name]}" for name in differing)


def _is_present(cleaner: str | None) -> bool:
    return cleaner in AS_PUBLISHED or (cleaner or "").partition("+")[0] == CLEANER_VERSION


def _measured(session: Session, document_id: int) -> dict[str, Any]:
    """Return the measures that a stored document gives now."""
    from harvester.cleaner.quality import assess  # takes a while to import

    return measures_of(assess(*documents.title_and_markdown(session, document_id)))


def _agree(kept: dict[str, Any], given: dict[str, Any]) -> bool:
    """Return whether two measures of a text are the same; of a short one the bytes of its page decide the kind too."""
    from harvester.cleaner.quality.page_kind import THIN

    return kept == (given if given["words"] >= THIN else {**given, "page_kind": kept["page_kind"]})


def _is_given(session: Session, text_id: int, kept: dict[str, Any], documents_made: Collection[int]) -> bool:
    """Return whether some document of a text gives the measures that are stored."""
    shown = exists().where(Capture.document_id == DocumentRow.id)
    # The cleaner judges a text once for several documents that follow one another, so these are measured here, too.
    ours = select(DocumentRow.id).where(
        or_(DocumentRow.id.in_(documents_made), (DocumentRow.text_id == text_id) & shown)
    )
    return any(_agree(kept, _measured(session, number)) for number in session.scalars(ours).all())


def _made_stale(session: Session, text_id: int, documents_made: Collection[int]) -> set[str]:
    """Mark the histories in which a text may be as stale; return their services."""
    ours = select(DocumentRow.id).where(or_(DocumentRow.text_id == text_id, DocumentRow.id.in_(documents_made)))
    observed = select(Capture.service_id).where(Capture.document_id.in_(ours), Capture.text_id == text_id)
    shown = select(Version.service_id).where(Version.text_id == text_id)
    services = session.execute(
        select(Service.id, Service.name).where(or_(Service.id.in_(observed), Service.id.in_(shown)))
    ).all()
    session.execute(update(Service).where(Service.id.in_([one.id for one in services])).values(stale=True))
    return {one.name for one in services}
