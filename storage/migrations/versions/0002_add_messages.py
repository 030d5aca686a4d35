"""Nachrichten zwischen Vorgängen: who waits for which one, and what has not arrived yet."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "cases", sa.Column("waits_sha256", sa.String(), nullable=False, server_default="")
    )
    op.create_table(
        "subscriptions",
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("engine_task_id", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("correlation_key", sa.String(), nullable=False),
        sa.Column(
            "municipality_slug", sa.String(), sa.ForeignKey("municipalities.slug"), nullable=False
        ),
        sa.PrimaryKeyConstraint(
            "case_id", "engine_task_id", "message", "correlation_key", name="pk_subscriptions"
        ),
    )
    op.create_index(
        "ix_subscriptions_wanted",
        "subscriptions",
        ["municipality_slug", "message", "correlation_key"],
    )
    op.create_table(
        "sent_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sent_messages"),
    )
    op.create_index("ix_sent_messages_case_id", "sent_messages", ["case_id"])


def downgrade() -> None:
    op.drop_table("sent_messages")
    op.drop_table("subscriptions")
    op.drop_column("cases", "waits_sha256")
