"""When the archive took what a page asked for: a text of another time is not the page's."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parts", sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True))
