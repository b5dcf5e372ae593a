"""The third parties that each text names. They are found with the topics, which are all found again for them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_parties",
        sa.Column(
            "text_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("texts.id", name="fk_text_parties_text_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("blocks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("text_id", "party", name="pk_text_parties"),
    )
    op.create_index("ix_text_parties_party_text_id", "text_parties", ["party", "text_id"])
    op.execute("UPDATE texts SET topic_rules = NULL")
