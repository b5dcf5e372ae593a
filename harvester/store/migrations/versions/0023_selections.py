"""What of a page a document was made of, and the pages of which a document is combined."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "selections",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_selections"),
    )
    op.add_column("sources", sa.Column("part", sa.Integer(), nullable=True))
