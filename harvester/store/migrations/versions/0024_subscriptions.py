"""Readers who get mail about a service or a watch, and the digests of their tokens; reviews in the order of their lists."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "subscriptions",
        sa.Column("id", big, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("kind", "name", "address", name="uq_subscriptions_kind_name_address"),
    )
    op.create_table(
        "subscription_mails",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column(
            "subscription_id",
            big,
            sa.ForeignKey(
                "subscriptions.id", name="fk_subscription_mails_subscription_id", ondelete="CASCADE"
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notice_id", big, nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_subscription_mails"),
    )
    op.create_index("ix_subscription_mails_subscription_id", "subscription_mails", ["subscription_id", "notice_id"])
    op.drop_index("ix_reviews_state", "reviews")
    op.create_index("ix_reviews_state", "reviews", ["state", "before", "change_id"])
