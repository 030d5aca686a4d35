"""Start: all tables of the first release, the numbers of file references and the job queue.

Made with procrastinate 3.10, whose own schema is applied as its package ships it. When a newer
procrastinate changes its schema, a revision of its own applies that change to databases that
lack it.
"""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "bundle_versions",
    "municipalities",
    "adoptions",
    "applications",
    "evidence",
    "idempotency_keys",
    "cases",
    "case_events",
    "incidents",
    "timers",
    "tasks",
    "documents",
    "notices",
    "sign_ins",
)


def upgrade() -> None:
    _create_services()
    _create_applications()
    _create_cases()
    _create_tasks()
    _create_mailbox()
    _create_sign_ins()
    op.execute(sa.schema.CreateSequence(sa.Sequence("file_reference_numbers", start=1)))
    _create_job_queue()


def downgrade() -> None:
    _drop_job_queue()
    op.execute(sa.schema.DropSequence(sa.Sequence("file_reference_numbers")))
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_services() -> None:
    """Kommunen and their Leistungen."""
    op.create_table(
        "bundle_versions",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("service_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("archive", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_bundle_versions"),
        sa.UniqueConstraint("service_key", "version", name="uq_bundle_versions_service_key"),
    )
    op.create_table(
        "municipalities",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ars", sa.String(), nullable=False),
        sa.Column("file_reference_prefix", sa.String(), nullable=False),
        sa.Column("letterhead", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_municipalities"),
        sa.UniqueConstraint("ars", name="uq_municipalities_ars"),
    )
    op.create_table(
        "adoptions",
        sa.Column(
            "municipality_slug", sa.String(), sa.ForeignKey("municipalities.slug"), nullable=False
        ),
        sa.Column("service_key", sa.String(), nullable=False),
        sa.Column(
            "bundle_digest", sa.String(), sa.ForeignKey("bundle_versions.digest"), nullable=False
        ),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("municipality_slug", "service_key", name="pk_adoptions"),
    )


def _create_applications() -> None:
    """Anträge with their Nachweise."""
    op.create_table(
        "applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "municipality_slug", sa.String(), sa.ForeignKey("municipalities.slug"), nullable=False
        ),
        sa.Column("service_key", sa.String(), nullable=False),
        sa.Column(
            "bundle_digest", sa.String(), sa.ForeignKey("bundle_versions.digest"), nullable=False
        ),
        sa.Column("applicant", sa.String(), nullable=False),
        sa.Column("identity", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("completed_pages", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_applications"),
    )
    op.create_index("ix_applications_applicant", "applications", ["applicant", "updated_at"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "application_id",
            sa.Uuid(),
            sa.ForeignKey(
                "applications.id",
                name="fk_evidence_application_id_applications",
                ondelete="CASCADE",
            ),
            nullable=False,
        ),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("object_key", sa.String(), nullable=False),
        sa.Column("scan", sa.String(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("object_key", name="uq_evidence_object_key"),
    )
    op.create_index("ix_evidence_application_id", "evidence", ["application_id"])
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "operation", "key", name="pk_idempotency_keys"),
    )


def _create_cases() -> None:
    """Vorgänge and what happens in them."""
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("applications.id"), nullable=False),
        sa.Column(
            "municipality_slug", sa.String(), sa.ForeignKey("municipalities.slug"), nullable=False
        ),
        sa.Column("service_key", sa.String(), nullable=False),
        sa.Column("service_title", sa.String(), nullable=False),
        sa.Column(
            "bundle_digest", sa.String(), sa.ForeignKey("bundle_versions.digest"), nullable=False
        ),
        sa.Column("file_reference", sa.String(), nullable=False),
        sa.Column("applicant", sa.String(), nullable=False),
        sa.Column("applicant_name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("process_state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("application_id", name="uq_cases_application_id"),
        sa.UniqueConstraint("file_reference", name="uq_cases_file_reference"),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index("ix_cases_applicant", "cases", ["applicant", "received_at"])
    op.create_index("ix_cases_municipality", "cases", ["municipality_slug", "received_at"])
    op.create_table(
        "case_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_events"),
    )
    op.create_index("ix_case_events_case_id", "case_events", ["case_id", "id"])
    op.create_table(
        "incidents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index("ix_incidents_case_id", "incidents", ["case_id"])
    op.create_table(
        "timers",
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("engine_task_id", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "engine_task_id", name="pk_timers"),
    )
    op.create_index("ix_timers_due_at", "timers", ["due_at"])


def _create_tasks() -> None:
    """Aufgaben: the work list."""
    op.create_table(
        "tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("engine_task_id", sa.String(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("group_key", sa.String(), nullable=False),
        sa.Column("municipality_slug", sa.String(), nullable=False),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_by_name", sa.String(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_by", sa.String(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["municipality_slug", "group_key", "due_at", "id"],
        postgresql_where=sa.text("completed_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_index("uq_tasks_engine_task_id", "tasks", ["case_id", "engine_task_id"], unique=True)


def _create_mailbox() -> None:
    """Mitteilungen and their documents."""
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("object_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("object_key", name="uq_documents_object_key"),
    )
    op.create_index("ix_documents_case_id", "documents", ["case_id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("document_id", sa.Uuid(), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("provided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index("ix_notices_case_id", "notices", ["case_id"])
    op.create_index("ix_notices_recipient", "notices", ["recipient", "provided_at"])


def _create_sign_ins() -> None:
    """Anmeldungen."""
    op.create_table(
        "sign_ins",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("identity", sa.JSON(), nullable=False),
        sa.Column("id_token", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_expires_at", "sign_ins", ["expires_at"])


def _create_job_queue() -> None:
    """Apply procrastinate's schema; many statements in one text, so without parameters."""
    connection = op.get_bind().execution_options(no_parameters=True)
    connection.exec_driver_sql(SchemaManager.get_schema())


def _drop_job_queue() -> None:
    """Remove all that procrastinate made: tables (with their triggers), functions, types."""
    op.execute(
        """
        DO $$
        DECLARE thing text;
        BEGIN
            FOR thing IN SELECT format('TABLE %I', tablename) FROM pg_tables
                WHERE schemaname = current_schema() AND starts_with(tablename, 'procrastinate_')
            LOOP EXECUTE 'DROP ' || thing || ' CASCADE'; END LOOP;
            FOR thing IN SELECT 'FUNCTION ' || oid::regprocedure FROM pg_proc
                WHERE pronamespace = current_schema()::regnamespace
                AND starts_with(proname, 'procrastinate_')
            LOOP EXECUTE 'DROP ' || thing || ' CASCADE'; END LOOP;
            FOR thing IN SELECT format('TYPE %I', typname) FROM pg_type
                WHERE typnamespace = current_schema()::regnamespace
                AND starts_with(typname, 'procrastinate_')
            LOOP EXECUTE 'DROP ' || thing; END LOOP;
        END $$
        """
    )
