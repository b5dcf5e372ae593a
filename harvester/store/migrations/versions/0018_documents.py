"""A row of `services` is one document of a service: its type, and its service with its domain.

Until now each service had one document, its privacy policy, and was named by its domain.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("services", sa.Column("service_name", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("services", sa.Column("type", sa.Text(), nullable=False, server_default="privacy policy"))
    op.add_column("services", sa.Column("domain", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.execute("UPDATE services SET service_name = name, domain = name")
    op.create_index("ix_services_service_name", "services", ["service_name", "name"])
    op.create_index("ix_services_type", "services", ["type"])
    if op.get_bind().dialect.name == "postgresql":
        # Lists are in the byte order of names, as on SQLite.
        op.execute('CREATE INDEX ix_services_in_order ON services (service_name COLLATE "C", name COLLATE "C")')
