"""What people made of changes, and who did what: rows that are never altered."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MESSAGE = "review events are kept for ever"


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "reviews",
        sa.Column("id", big, nullable=False),
        sa.Column("service_id", sa.Integer(), sa.ForeignKey("services.id", name="fk_reviews_service_id"), nullable=False),
        sa.Column(
            "change_id",
            big,
            sa.ForeignKey("changes.id", name="fk_reviews_change_id", ondelete="SET NULL"),
            nullable=True,
        ),
        sa.Column("after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_text_id", big, nullable=False),
        sa.Column("new_text_id", big, nullable=False),
        sa.Column("marked", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("latest", big, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.UniqueConstraint("change_id", name="uq_reviews_change_id"),
    )
    op.create_index("ix_reviews_service_id", "reviews", ["service_id"])
    op.create_index("ix_reviews_state", "reviews", ["state"])
    op.create_table(
        "review_events",
        sa.Column("id", big, nullable=False),
        sa.Column("review_id", big, sa.ForeignKey("reviews.id", name="fk_review_events_review_id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_events"),
    )
    op.create_index("ix_review_events_review_id", "review_events", ["review_id"])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER review_events_no_{event.lower()} BEFORE {event} ON review_events "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION keep_review_events() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER review_events_stay BEFORE UPDATE OR DELETE ON review_events "
        "FOR EACH ROW EXECUTE FUNCTION keep_review_events()"
    )
