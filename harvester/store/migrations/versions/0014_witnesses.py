"""Which other archives list a capture."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "witnesses",
        sa.Column(
            "capture_id",
            big,
            sa.ForeignKey("captures.id", name="fk_witnesses_capture_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("capture_id", "archive", name="pk_witnesses"),
    )
