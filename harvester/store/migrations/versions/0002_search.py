"""The index of words; revision 0007 makes it in another form and fills it from the texts that are there."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # Without content: our texts are kept compressed, and never deleted.
        op.execute("CREATE VIRTUAL TABLE text_search USING fts5(words, content='', tokenize='ascii')")
    else:
        op.execute(
            "CREATE TABLE text_search ("
            "text_id BIGINT PRIMARY KEY REFERENCES texts (id) ON DELETE CASCADE, "
            "words TEXT NOT NULL, lexemes TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_text_search_lexemes ON text_search USING gin (lexemes)")
