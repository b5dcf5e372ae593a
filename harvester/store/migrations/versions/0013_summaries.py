"""Summaries that a model wrote of changes, each sentence with what it quotes."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "summaries",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column(
            "change_id",
            big,
            sa.ForeignKey("changes.id", name="fk_summaries_change_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("diffing", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("model", "change_id", name="pk_summaries"),
    )
    op.create_index("ix_summaries_change_id", "summaries", ["change_id"])
