"""Why a search ended before the index did, and when the next is made."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("searches", sa.Column("problem", sa.Text(), nullable=True))
    op.add_column("searches", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
