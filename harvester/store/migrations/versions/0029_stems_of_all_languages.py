"""The index of words is made again: irregular forms, and plurals and verbs that stemmers kept apart, have one stem."""

from alembic import op
from sqlalchemy.orm import Session

from harvester.store.search.fulltext import index_missing

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("INSERT INTO text_search (text_search) VALUES ('delete-all')")
    else:
        op.execute("DELETE FROM text_search")
    index_missing(Session(connection))
