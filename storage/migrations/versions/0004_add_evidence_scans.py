"""Virenprüfung: when the worker looks at a file again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evidence", sa.Column("scan_due_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_evidence_scan_due_at",
        "evidence",
        ["scan_due_at"],
        postgresql_where=sa.text("scan_due_at IS NOT NULL"),
    )


def downgrade() -> None:
    # the former release knows no such state; infected files have lost their bytes
    op.execute("UPDATE evidence SET scan = 'not_scanned' WHERE scan = 'waiting'")
    op.drop_index("ix_evidence_scan_due_at", table_name="evidence")
    op.drop_column("evidence", "scan_due_at")
