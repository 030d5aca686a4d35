"""Abbild: every row of every table, to show that something changed nothing."""

from sqlalchemy import Engine, text

from app.models.base import db


def snapshot(engine: Engine, *but: str) -> dict[str, list[str]]:
    """Read all rows as text, by table, without the tables in ``but``."""
    with engine.connect() as connection:
        return {
            table.name: sorted(connection.scalars(text(f'SELECT t::text FROM "{table.name}" t')))
            for table in db.metadata.sorted_tables
            if table.name not in but
        }
