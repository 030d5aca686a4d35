"""Migrations lead from nothing to the models and back."""

import re
from importlib import resources
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from tests.support.database import (
    ROOT,
    alembic_config,
    create_database,
    drop_database,
    sqlalchemy_url,
    tables_metadata,
)

MIGRATIONS = ROOT / "storage" / "migrations"


@pytest.fixture
def empty_database(postgres_address):
    address = create_database(postgres_address, "antragswerk_migrations")
    yield address
    drop_database(address)


def things_in(address):
    with psycopg.connect(address) as connection:
        return connection.execute(
            """
            SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
            """
        ).fetchall()


def test_migrations_make_exactly_the_tables_of_the_models(empty_database):
    command.upgrade(alembic_config(empty_database), "head")

    with create_engine(sqlalchemy_url(empty_database), poolclass=NullPool).connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _, name, kind, *__: (
                    not (kind == "table" and name.startswith("procrastinate_"))
                )
            },
        )
        assert compare_metadata(context, tables_metadata()) == []


def test_constraints_and_indexes_are_named_as_in_the_models(empty_database):
    command.upgrade(alembic_config(empty_database), "head")

    with psycopg.connect(empty_database) as connection:
        made = {
            name
            for (name,) in connection.execute(
                """
                SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
                WHERE pg_class.relnamespace = 'public'::regnamespace
                  AND contype IN ('p', 'u', 'f', 'c') AND relname NOT LIKE 'procrastinate%'
                """
            )
        }
    named = {
        constraint.name
        for table in tables_metadata().tables.values()
        for constraint in table.constraints
    }
    assert named <= made | {None}
    assert {name for name in made if name.startswith("fk_")} <= named


def test_the_last_migration_can_be_taken_back_and_made_again(empty_database):
    config = alembic_config(empty_database)
    command.upgrade(config, "head")
    whole = sorted(things_in(empty_database))

    command.downgrade(config, "-1")
    command.upgrade(config, "head")

    assert sorted(things_in(empty_database)) == whole


def test_nothing_but_the_version_table_remains_below_the_first_migration(empty_database):
    config = alembic_config(empty_database)
    command.upgrade(config, "head")
    command.downgrade(config, "base")

    remaining = {name for (name,) in things_in(empty_database)}
    assert {name for name in remaining if "alembic_version" not in name} == set()


def test_migrations_are_numbered_without_gaps_and_the_head_is_noted():
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    numbers = [re.match(r"(\d{4})_[a-z_]+\.py$", name)[1] for name in names]

    assert numbers == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert (MIGRATIONS / ".current-head").read_text().strip() == numbers[-1]
    script = ScriptDirectory.from_config(alembic_config("postgresql://nowhere/x"))
    assert script.get_current_head() == numbers[-1]


def test_the_job_queue_is_the_one_the_migrations_know():
    """A newer procrastinate with another schema needs a migration of its own first."""
    shipped = resources.files("procrastinate") / "sql" / "migrations"
    newest = max(Path(str(file)).name for file in shipped.iterdir() if file.name.endswith(".sql"))

    assert newest == "03.04.00_50_post_add_retry_failed_job_procedure.sql"
