"""Copies of the services that `bench/scale.py` has harvested, row by row: what makes a store large in minutes."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, column, func, insert, select, text, update
from sqlalchemy.orm import Session, undefer

from harvester.diffing import Diff, decode, encode
from harvester.insight.statements import watched
from harvester.insight.topics import kept
from harvester.store.content import documents
from harvester.store.content.compression import restored, sha256_of, squeezed
from harvester.store.database import Database
from harvester.store.schema import Base, Capture, Change, Service, TextRow, Version
from harvester.store.search.fulltext import index_words
from harvester.store.search.indexing import Words, words_of

_OF_SERVICES = ("services", "sources", "captures", "playbacks", "versions", "changes", "intervals")
_OF_TEXTS = ("text_topics", "text_parties")
_STATEMENTS = ("period", "third-party")
"""The kinds of statements for which all changes count as looked through."""
_REFERS = {"service_id": "services", "source_id": "sources", "capture_id": "captures"}
_TEXTS = ("text_id", "old_text_id", "new_text_id")
_INDEXED = 300
"""Words of a copied text that are indexed: with all of them the index alone would take an hour."""
_OWN = re.compile(rb"This policy of service \d+")


class Copies:
    """The copies of the services of a store; with `texts` each copy has texts of its own, which differ in a number."""

    def __init__(self, database: Database, *, texts: bool) -> None:
        self._database, self._texts = database, texts
        self._made = 0
        self._words: dict[int, Words] = {}
        self._diffs: dict[int, Diff] = {}

    def add(self, real: int) -> None:
        """Copies the first `real` services; what refers to a row of a service refers to the copy's."""
        if self._texts:
            kept.bring_up_to_date(self._database)
            for kind in _STATEMENTS:
                watched.bring_up_to_date(self._database, watched.watch_for(kind))
        keyed = [name for name in (*_OF_SERVICES, "texts") if name != "playbacks"]
        with self._database.writing() as session:
            last = session.scalar(select(Service.id).order_by(Service.id).offset(real - 1).limit(1)) or 0
            moved = {name: int(session.scalar(select(func.max(column("id"))).select_from(_table(name))) or 0)
                     for name in keyed}  # fmt: skip
            if self._texts:
                self._copy_texts(session, last, moved)
            for name in _OF_SERVICES:
                self._copy_rows(session, name, last, moved)
            if self._texts:
                of_copied = select(Change.id).where(Change.service_id <= last)
                checks = _table("watch_checks").c.change_id.in_(of_copied)
                _insert_from(session, "watch_checks", {"change_id": "changes"}, moved, checks)
                self._readdress_changes(session, last, moved)
            if not self._database.is_sqlite:
                for name in keyed:
                    session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))
        self._made += 1

    def _copy_texts(self, session: Session, last: int, moved: dict[str, int]) -> None:
        last_text = session.scalar(select(func.max(Version.text_id)).where(Version.service_id <= last)) or 0
        chance = random.Random(self._made)
        mask = chance.getrandbits(63)
        rows, words, names = [], {}, [one.name for one in _table("texts").columns]
        for one in session.scalars(select(TextRow).where(TextRow.id <= last_text).options(undefer(TextRow.data))):
            content = _OWN.sub(b"This policy of service %d" % (moved["services"] + one.id), restored(one.data))
            row = {name: getattr(one, name) for name in names}
            row |= {"id": one.id + moved["texts"], "sha256": sha256_of(content), "data": squeezed(content)}
            row |= {"simhash": one.simhash ^ mask ^ (1 << chance.randrange(63)), "size": len(content)}
            rows.append(row)
            if one.id not in self._words:
                first = b" ".join(content.split()[:_INDEXED]).decode()
                self._words[one.id] = words_of(first, one.language)
            words[one.id + moved["texts"]] = self._words[one.id]
        session.execute(insert(TextRow), rows)
        index_words(session, words)
        for name in _OF_TEXTS:
            _insert_from(session, name, {"text_id": "texts"}, moved, _table(name).c.text_id <= last_text)

    def _readdress_changes(self, session: Session, last: int, moved: dict[str, int]) -> None:
        """Have the diffs of copied changes belong to the texts of the copy: else each is compared again when read."""
        template = select(Change).where(Change.service_id <= last).options(undefer(Change.operations))
        rows = []
        for one in session.scalars(template):
            numbers = one.old_text_id, one.new_text_id
            if one.id not in self._diffs:
                self._diffs[one.id] = decode(one.operations, *(documents.text(session, number) for number in numbers))
            old, new = (documents.text(session, number + moved["texts"]) for number in numbers)
            copied = encode(replace(self._diffs[one.id], old=old, new=new))
            rows.append({"number": one.id + moved["changes"], "copied": copied})
        changes = _table("changes")  # not the class, whose loaded rows would each be compared with each update
        by_number = update(changes).where(changes.c.id == bindparam("number"))
        session.connection().execute(by_number.values(operations=bindparam("copied")), rows)

    def _copy_rows(self, session: Session, name: str, last: int, moved: dict[str, int]) -> None:
        """The first service is number 1, so the rows of a copy are those of the template moved by the highest."""
        table = _table(name)
        refers = {"id": name, **_REFERS, **(dict.fromkeys(_TEXTS, "texts") if self._texts else {})}
        values = {}
        if name == "services":
            values = dict.fromkeys(("name", "service_name", "domain"), table.c.name + f"-{self._made}")
        if name == "captures":
            values = {"digest": func.substr(table.c.digest, 1, 26) + f"{self._made:06}"}
        key = {"services": "id", "playbacks": "capture_id"}.get(name, "service_id")
        template: Any = table.c[key] <= last
        if name == "playbacks":
            template = table.c.capture_id.in_(select(Capture.id).where(Capture.service_id <= last))
        _insert_from(session, name, refers, moved, template, values)


def _insert_from(
    session: Session, name: str, refers: dict[str, str], moved: dict[str, int], template: Any, values: Any = None
) -> None:
    table = _table(name)
    columns: dict[str, Any] = {one.name: one for one in table.columns}
    columns |= {key: table.c[key] + moved[other] for key, other in refers.items() if key in columns}
    columns |= values or {}
    chosen = select(*(one.label(key) for key, one in columns.items())).where(template)
    session.execute(insert(table).from_select(list(columns), chosen))


def _table(name: str) -> Any:
    return Base.metadata.tables[name]
