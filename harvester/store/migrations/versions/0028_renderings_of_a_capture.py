"""A rendering whose scripts loaded texts is of one capture: with the same bytes another may show others."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_KEY = ["source_id", "archive", "payload_id"]


def upgrade() -> None:
    with op.batch_alter_table("renderings") as table:
        table.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
        table.drop_constraint("uq_renderings_source_id_archive_payload_id", type_="unique")
        table.create_unique_constraint("uq_renderings_source_id_archive_payload_id_taken_at", [*_KEY, "taken_at"])
