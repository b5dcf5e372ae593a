"""The index of words gets their stems: it is made again from the texts."""

from alembic import op
from sqlalchemy.orm import Session

from harvester.store.search.fulltext import index_missing

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    op.execute("DROP TABLE text_search")
    if connection.dialect.name == "sqlite":
        # Without content: our texts are kept compressed, and never deleted.
        op.execute("CREATE VIRTUAL TABLE text_search USING fts5(words, stems, content='', tokenize='ascii')")
    else:
        op.execute(
            "CREATE TABLE text_search ("
            "text_id BIGINT PRIMARY KEY REFERENCES texts (id) ON DELETE CASCADE, words TEXT NOT NULL, "
            "lexemes TSVECTOR NOT NULL, stems TEXT NOT NULL, stem_lexemes TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_text_search_lexemes ON text_search USING gin (lexemes)")
        op.execute("CREATE INDEX ix_text_search_stem_lexemes ON text_search USING gin (stem_lexemes)")
    index_missing(Session(connection))
