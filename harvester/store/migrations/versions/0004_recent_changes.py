"""Changes of a kind or a tag are found in one index, newest first, without looking at the changes between them."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_changes_recent", "changes")
    op.create_index("ix_changes_recent", "changes", ["before", "id", "service_id", "kind"])
    # It would be taken for common kinds too, whose changes are then sorted, all of them.
    op.drop_index("ix_changes_kind", "changes")
