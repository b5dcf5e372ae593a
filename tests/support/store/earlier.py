"""A store as a release of an earlier revision of the schema would have kept it."""

from __future__ import annotations

from sqlalchemy import MetaData, column, insert, select, text
from sqlalchemy import table as table_of

from harvester.store.database import Database
from harvester.store.migrations import upgrade
from harvester.store.schema import Base
from harvester.store.search.fulltext import index_missing


def copy_at(revision: str, database: Database, url: str) -> MetaData:
    """Copies the rows of a store into a database without rows at `url`, which is at `revision` then; gives its tables.

    The columns that came later are left out.
    """
    old = Database(url)
    try:
        upgrade(old.engine, revision)
        tables = MetaData()
        tables.reflect(old.engine, only=lambda name, _: name in Base.metadata.tables)
        with database.reading() as read, old.writing() as write:
            for table in Base.metadata.sorted_tables:
                if table.name not in tables.tables:
                    continue
                columns = [table.c[one.name] for one in tables.tables[table.name].columns]
                # Not the table of the schema, whose later columns have values of their own.
                earlier = table_of(table.name, *(column(one.name, one.type) for one in columns))
                for row in read.execute(select(*columns)).mappings():
                    write.execute(insert(earlier).values(dict(row)))
            if "0002" <= revision < "0007":
                # Those revisions entered words in another form; which ones does not matter.
                entered = "rowid, words" if old.is_sqlite else "text_id, words, lexemes"
                values = "id, 'words'" if old.is_sqlite else "id, 'words', ''"
                write.execute(text(f"INSERT INTO text_search ({entered}) SELECT {values} FROM texts"))
            elif revision >= "0007":
                index_missing(write)
            if not old.is_sqlite:
                write.execute(text("SELECT setval('services_id_seq', (SELECT max(id) FROM services))"))
        return tables
    finally:
        old.close()
