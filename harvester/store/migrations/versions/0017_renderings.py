"""Pages as a browser left them after their scripts, what these asked the archive for, and the recipe of a document."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("captures", sa.Column("recipe", sa.Text(), nullable=True))
    op.create_index(
        "ix_captures_needs_a_browser",
        "captures",
        ["service_id"],
        sqlite_where=sa.text("reason LIKE 'needs-a-browser%'"),
        postgresql_where=sa.text("reason LIKE 'needs-a-browser%'"),
    )
    op.create_table(
        "renderings",
        sa.Column("id", big, nullable=False),
        sa.Column("source_id", sa.Integer(), sa.ForeignKey("sources.id", name="fk_renderings_source_id"), nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.Column("payload_id", big, sa.ForeignKey("payloads.id", name="fk_renderings_payload_id"), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("dom_id", big, sa.ForeignKey("payloads.id", name="fk_renderings_dom_id"), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("browser", sa.Text(), nullable=True),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("blocked", sa.JSON(), nullable=False),
        sa.Column("rendered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_renderings"),
        sa.UniqueConstraint("source_id", "archive", "payload_id", name="uq_renderings_source_id_archive_payload_id"),
    )
    op.create_table(
        "parts",
        sa.Column("archive", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("timestamp", sa.Text(), nullable=False),
        sa.Column("payload_id", big, sa.ForeignKey("payloads.id", name="fk_parts_payload_id"), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("archive", "url", "timestamp", name="pk_parts"),
    )
