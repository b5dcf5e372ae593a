"""The index of words is made again: syllables of Thai and Korean are words, and spellings of one word are one."""

from alembic import op
from sqlalchemy.orm import Session

from harvester.store.search.fulltext import index_missing

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("INSERT INTO text_search (text_search) VALUES ('delete-all')")
    else:
        op.execute("DELETE FROM text_search")
    index_missing(Session(connection))
