"""Histories of services of several archives are made again: how many captures a version has was counted otherwise."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE services SET stale = true WHERE id IN "
        "(SELECT service_id FROM captures GROUP BY service_id HAVING min(archive) <> max(archive))"
    )
