"""How Alembic reaches the database: one transaction, one at a time, never waiting for long.

``flask db ...`` finds engine and tables in the running app; whoever has no app hands both over
as ``config.attributes["engine"]`` and ``["metadata"]``.
"""

import re
from pathlib import Path
from typing import Any

from alembic import context
from flask import current_app, has_app_context
from sqlalchemy import Engine, MetaData, text

#: whoever migrates holds this PostgreSQL advisory lock, so that two starts do not collide
_MIGRATION_LOCK = 7_316_402_551


def _engine_and_tables() -> tuple[Engine, MetaData]:
    given = context.config.attributes
    if has_app_context() and "engine" not in given:
        db = current_app.extensions["migrate"].db
        return db.engine, db.metadata
    return given["engine"], given["metadata"]


def is_ours(_thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    """Leave out what procrastinate keeps for itself."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def number_and_note(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Give a new revision the next number and write it to ``.current-head``.

    Two people who add a migration at the same time so get a conflict in git, not two heads.
    """
    if directives and not directives[0].upgrade_ops.is_empty():
        folder = Path(context.config.get_main_option("script_location") or "")
        numbers = [
            int(match[0])
            for path in folder.glob("versions/*.py")
            if (match := re.match(r"\d{4}", path.name))
        ]
        directives[0].rev_id = f"{max(numbers, default=0) + 1:04d}"
        (folder / ".current-head").write_text(f"{directives[0].rev_id}\n", encoding="ascii")
    else:
        directives.clear()


def migrate() -> None:
    """Bring the database up (or down) in one transaction: whole or not at all."""
    engine, tables = _engine_and_tables()
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=tables,
            include_object=is_ours,
            process_revision_directives=number_and_note,
            compare_server_default=False,
        )
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            context.run_migrations()


migrate()
