"""Which changes each watch was tried on, and what it found there."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "watch_checks",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column(
            "change_id",
            big,
            sa.ForeignKey("changes.id", name="fk_watch_checks_change_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("diffing", sa.Integer(), nullable=False),
        sa.Column("hit", sa.Boolean(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("rule", "change_id", name="pk_watch_checks"),
    )
    op.create_index("ix_watch_checks_change_id", "watch_checks", ["change_id"])
