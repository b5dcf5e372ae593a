"""The index of words is made again: more irregular forms, and plurals that stemmers kept apart, have one stem."""

from alembic import op
from sqlalchemy.orm import Session

from harvester.store.search.fulltext import index_missing

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("INSERT INTO text_search (text_search) VALUES ('delete-all')")
    else:
        op.execute("DELETE FROM text_search")
    index_missing(Session(connection))
