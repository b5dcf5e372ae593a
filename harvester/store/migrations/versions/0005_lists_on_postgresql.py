"""Two indexes for lists that only PostgreSQL needs.

Services are listed by the bytes of their names, whatever the database's own order (SQLite's index is in that order).
Of the changes that are not substantive there may be few: the newest of them are found without going through the others
(SQLite does that in `ix_changes_recent` in a third of the time).
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute('CREATE INDEX ix_services_name_bytes ON services (name COLLATE "C")')
        op.execute(
            "CREATE INDEX ix_changes_smaller ON changes (before, id, service_id, kind) WHERE kind <> 'substantive'"
        )
