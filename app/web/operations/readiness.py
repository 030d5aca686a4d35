"""Bereitschaft: what must work before requests are sent here."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from storage.documents import DocumentStore, StoreUnavailable

MIGRATIONS = Path(__file__).parents[3] / "storage" / "migrations"

#: the worker writes its heartbeat every few seconds
_WORKER = text(
    "SELECT coalesce(max(last_heartbeat) > now() - interval '60 seconds', false)"
    " FROM procrastinate_workers"
)
_REVISIONS = text("SELECT version_num FROM alembic_version")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must work; ``hint`` says in German what to do when it does not."""

    ok: bool
    hint: str


def check_readiness(engine: Engine, documents: DocumentStore) -> dict[str, Check]:
    """Look at database, migrations, worker and document store; never raises for what is down."""
    try:
        with engine.connect() as connection:
            found = {
                "database": _check(ok=True, hint=""),
                "migrations": _check(ok=_is_migrated(connection), hint=_MIGRATE),
                "worker": _check(ok=_has_worker(connection), hint=_START_WORKER),
            }
    except SQLAlchemyError:
        found = {
            "database": Check(ok=False, hint=_DATABASE),
            "migrations": Check(ok=False, hint=_NO_DATABASE),
            "worker": Check(ok=False, hint=_NO_DATABASE),
        }
    try:
        documents.check()
        found["storage"] = Check(ok=True, hint="")
    except StoreUnavailable:
        found["storage"] = Check(ok=False, hint=_STORAGE)
    return found


def _check(*, ok: bool, hint: str) -> Check:
    return Check(ok, "" if ok else hint)


def _is_migrated(connection: Connection) -> bool:
    with connection.begin_nested() as savepoint:
        try:
            return set(connection.scalars(_REVISIONS)) == heads()
        except SQLAlchemyError:  # no table yet
            savepoint.rollback()
            return False


def _has_worker(connection: Connection) -> bool:
    with connection.begin_nested() as savepoint:
        try:
            return bool(connection.scalar(_WORKER))
        except SQLAlchemyError:  # no table yet
            savepoint.rollback()
            return False


@cache
def heads() -> frozenset[str]:
    """Return the newest revisions this program brings along."""
    return frozenset(ScriptDirectory(str(MIGRATIONS)).get_heads())


_DATABASE = "Die Datenbank antwortet nicht. Bitte prüfen Sie, ob sie läuft und erreichbar ist."
_NO_DATABASE = "Das lässt sich ohne Datenbank nicht prüfen."
_MIGRATE = (
    "Die Datenbank hat einen anderen Stand als das Programm. "
    "Bitte führen Sie die Migration aus: python -m app.cli migrate"
)
_START_WORKER = (
    "Seit einer Minute hat sich kein Worker gemeldet. Bitte starten Sie ihn: python -m app.worker"
)
_STORAGE = (
    "Die Dokumentenablage antwortet nicht. Bitte prüfen Sie Adresse, Zugang und freien Platz."
)
