"""On PostgreSQL services are listed by the bytes of their names, whatever the database's own order: an index for that.

SQLite's index of their names is in that order already.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute('CREATE INDEX ix_services_name_bytes ON services (name COLLATE "C")')
