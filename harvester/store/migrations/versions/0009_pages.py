"""What the whole page says: its words, the pages at the sides of a change, and the passages that stand in both."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("captures", sa.Column("page_words", sa.Integer(), nullable=True))
    op.add_column("changes", sa.Column("standing", sa.JSON(), nullable=True))
    # SQLite takes a column that refers to another table only in the same statement.
    for name in ("old_payload_id", "new_payload_id"):
        column = sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"ALTER TABLE changes ADD COLUMN {name} INTEGER REFERENCES payloads (id)")
        else:
            op.add_column("changes", column)
            op.create_foreign_key(f"fk_changes_{name}", "changes", "payloads", [name], ["id"])
