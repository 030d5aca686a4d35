"""Datenbank-Ordner: an empty PostgreSQL data folder, made whole or not at all."""

import os
import shutil
from pathlib import Path

from app.trial.child import Account, run_as
from app.trial.failure import TrialFailed

ROLE = "antragswerk"


def make_cluster(
    programs: Path, data: Path, password: str, *, durable: bool, account: Account | None
) -> None:
    """Fill ``data``: role and password are needed to connect, even on this machine.

    :raises TrialFailed: the data folder cannot be made.
    """
    fresh = data.with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    word = data.with_name("password.new")
    word.write_text(password, encoding="ascii")
    word.chmod(0o600)
    if account:
        for path in (fresh, word):
            os.chown(path, account.uid, account.gid)
    command: list[str | Path] = [
        *(programs / "bin" / "initdb", "--pgdata", fresh),
        *("--username", ROLE, "--auth", "scram-sha-256", "--pwfile", word),
        *("--encoding", "UTF8", "--locale", "C"),
        *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
    ]
    made = run_as(command if durable else [*command, "--no-sync"], account)
    word.unlink()
    if made.returncode != 0:
        raise TrialFailed(f"Die Datenbank lässt sich nicht anlegen:\n{made.stderr.strip()}")
    fresh.rename(data)


def require_same_major(programs: Path, data: Path) -> None:
    """Refuse data of another PostgreSQL generation.

    :raises TrialFailed: they do not fit; says what to do.
    """
    made_by = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    said = run_as([programs / "bin" / "postgres", "--version"])
    ours = said.stdout.split()[-1].partition(".")[0]
    if made_by != ours:
        raise TrialFailed(
            f"Die Probedaten in {data} stammen von PostgreSQL {made_by}, hier läuft {ours}. "
            "Bitte sichern oder löschen Sie den Ordner und starten Sie erneut."
        )
