"""Rücknahme: when an applicant withdrew, and the reason they gave."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "cases", sa.Column("withdrawal_reason", sa.String(), nullable=False, server_default="")
    )
    op.create_index(
        "ix_cases_withdrawn",
        "cases",
        ["municipality_slug", "withdrawn_at"],
        postgresql_where=sa.text("withdrawn_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_withdrawn", "cases")
    op.drop_column("cases", "withdrawal_reason")
    op.drop_column("cases", "withdrawn_at")
