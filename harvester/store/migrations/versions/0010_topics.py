"""The topics of each text, and by which rules they were found."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("texts", sa.Column("topic_rules", sa.Text(), nullable=True))
    op.create_index("ix_texts_topic_rules", "texts", ["topic_rules"])
    op.create_table(
        "text_topics",
        sa.Column(
            "text_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("texts.id", name="fk_text_topics_text_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("blocks", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("text_id", "topic", name="pk_text_topics"),
    )
    op.create_index("ix_text_topics_topic_text_id", "text_topics", ["topic", "text_id"])
