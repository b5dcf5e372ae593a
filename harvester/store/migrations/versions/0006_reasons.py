"""Why a change is of its kind, and which version of the diffs said so."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("reasons", sa.JSON(), nullable=True))
    op.add_column("changes", sa.Column("diffing", sa.Integer(), nullable=False, server_default="1"))
