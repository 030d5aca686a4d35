"""Databases for tests: one migrated template, a copy per worker, emptied after each test."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config as AlembicConfig
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.models import tables
from app.models.base import db

ROOT = Path(__file__).parents[2]
TEMPLATE = "antragswerk_template"


def sqlalchemy_url(address: str) -> str:
    """Name the driver in a ``postgresql://`` address."""
    return address.replace("postgresql://", "postgresql+psycopg://", 1)


def in_database(address: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return f"{address.rpartition('/')[0]}/{name}"


def alembic_config(address: str) -> AlembicConfig:
    """Point Alembic at one database and at the models."""
    config = AlembicConfig(ROOT / "storage" / "migrations" / "alembic.ini")
    config.attributes["engine"] = create_engine(sqlalchemy_url(address), poolclass=NullPool)
    config.attributes["metadata"] = tables_metadata()
    return config


def tables_metadata():
    """Return the metadata with every model loaded."""
    assert tables.MODULES
    return db.metadata


def create_database(address: str, name: str, template: str = "template1") -> str:
    """Make an empty database, or a copy of ``template``, and return its address."""
    with psycopg.connect(in_database(address, "postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    return in_database(address, name)


def drop_database(address: str) -> None:
    """Remove a database and cut its connections."""
    name = address.rpartition("/")[2]
    with psycopg.connect(in_database(address, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def create_template(address: str) -> None:
    """Make the database that every worker copies."""
    command.upgrade(alembic_config(create_database(address, TEMPLATE)), "head")


class Cleaner:
    """Empties the tables that a test has filled."""

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._connection.execute("SET lock_timeout = '10s'")  # a test kept a transaction open
        names = self._connection.execute(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        )
        self._look = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(
                sql.Literal(name), sql.Identifier(name)
            )
            for (name,) in names
        )

    def clean(self) -> None:
        """Truncate every table with a row in it and restart all counters."""
        filled = [name for (name,) in self._connection.execute(self._look)]
        if filled:
            self._connection.execute(
                sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(
                    sql.SQL(", ").join(map(sql.Identifier, filled))
                )
            )
            self._connection.execute("ALTER SEQUENCE file_reference_numbers RESTART")

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()
