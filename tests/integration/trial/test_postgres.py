"""The private PostgreSQL keeps what was committed and leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from app.trial.failure import TrialFailed
from app.trial.leftovers import processes_in
from app.trial.postgres import PrivatePostgres
from tests.support.database import ROOT


@pytest.fixture(scope="session")
def fresh():
    """A folder as the first start leaves it; copying is quicker than making."""
    folder = Path(tempfile.mkdtemp(prefix="antragswerk-fresh-"))
    folder.chmod(0o711)
    server = PrivatePostgres(folder / "postgres", durable=False)
    server.start()
    server.stop()
    yield folder / "postgres"
    shutil.rmtree(folder)


@pytest.fixture
def postgres(folder, fresh):
    made = []

    def make(name="postgres", durable=False, **options):
        if not (folder / name).exists():
            shutil.copytree(fresh, folder / name, symlinks=True)
        server = PrivatePostgres(folder / name, durable=durable, **options)
        made.append(server)
        return server

    yield make
    for server in made:
        server.remove()


def run(address, statement):
    with psycopg.connect(address) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def wait_until_empty(data, seconds=10):
    deadline = time.monotonic() + seconds
    while processes_in(data):
        assert time.monotonic() < deadline, "the database still runs"
        time.sleep(0.02)


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_only_a_durable_one_waits_for_the_disk(postgres, durable, fsync):
    assert run(postgres(durable=durable).start(), "SHOW fsync") == [(fsync,)]


def test_two_cannot_run_in_one_folder(postgres):
    postgres().start()

    with pytest.raises(TrialFailed, match="läuft schon"):
        postgres().start()


def test_a_second_start_finds_the_first_ones_data(postgres):
    server = postgres()
    first = server.start()
    run(first, "CREATE TABLE t AS SELECT 1 AS i")
    server.stop()

    again = postgres().start()

    assert again == first
    assert run(again, "SELECT i FROM t") == [(1,)]


def test_a_wrong_password_is_refused(postgres, folder):
    address = postgres().start()
    password = (folder / "postgres" / "password").read_text()

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(address.replace(password, "x"))


def test_a_port_taken_meanwhile_is_replaced(postgres):
    server = postgres()
    first = server.start()
    server.stop()
    port = int(first.rpartition(":")[2].partition("/")[0])
    with socket.create_server(("127.0.0.1", port)):
        again = postgres().start()

    assert again != first
    assert run(again, "SELECT 1") == [(1,)]


PROGRAM = """
import os, signal, sys
from pathlib import Path
import psycopg
from app.trial.postgres import PrivatePostgres
server = PrivatePostgres(Path(sys.argv[1]), durable=True)
with psycopg.connect(server.start(), autocommit=True) as connection:
    connection.execute("CREATE TABLE t AS SELECT 42 AS i")
if sys.argv[2] == "both":
    os.kill(server._process.pid, signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("killed", ["supervisor", "both"])
def test_after_kill_9_nothing_runs_on_and_nothing_committed_is_lost(postgres, folder, killed):
    command = [sys.executable, "-c", PROGRAM, str(folder / "postgres"), killed]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL

    address = postgres().start()
    assert run(address, "SELECT i FROM t") == [(42,)]
    data = folder / "postgres" / "data"
    assert len([pid for pid in processes_in(data) if is_postmaster(pid)]) == 1


def is_postmaster(pid):
    return b"bin/postgres\0" in Path(f"/proc/{pid}/cmdline").read_bytes()


def test_the_database_ends_when_whoever_started_it_is_killed(folder):
    command = [sys.executable, "-c", PROGRAM, str(folder / "postgres"), "supervisor"]
    subprocess.run(command, cwd=ROOT, check=False)

    wait_until_empty(folder / "postgres" / "data")


def test_a_stale_pid_file_that_names_a_stranger_is_no_obstacle(postgres, folder):
    server = postgres()
    server.start()
    data = folder / "postgres" / "data"
    note = (data / "postmaster.pid").read_text()
    server.stop()
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{note.partition(chr(10))[2]}")

    assert run(postgres().start(), "SELECT 1") == [(1,)]


def test_a_first_start_that_was_cut_off_begins_anew(folder):
    half = folder / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    server = PrivatePostgres(folder / "postgres", durable=False)
    try:
        assert run(server.start(), "SELECT 1") == [(1,)]
    finally:
        server.remove()
    assert not half.exists()


def test_data_of_another_generation_are_left_alone(postgres, folder):
    server = postgres()
    server.start()
    server.stop()
    version = folder / "postgres" / "data" / "PG_VERSION"
    version.write_text("15\n")

    with pytest.raises(TrialFailed, match="PostgreSQL 15"):
        postgres().start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the database to another account")
def test_root_in_a_private_folder_keeps_the_data_where_the_account_reaches_them(postgres, folder):
    private = folder / "private"
    private.mkdir(mode=0o700)
    shelter = folder / "shelter"
    server = postgres("private/postgres", shelter_root=shelter)

    address = server.start()
    run(address, "CREATE TABLE t AS SELECT 7 AS i")
    assert not (private / "postgres" / "data").exists()
    assert private.stat().st_mode & 0o777 == 0o700
    server.stop()

    assert run(server.start(), "SELECT i FROM t") == [(7,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the database to another account")
def test_data_move_along_when_a_folder_becomes_private(postgres, folder):
    (folder / "clone").mkdir(mode=0o711)
    server = postgres("clone/postgres", shelter_root=folder / "shelter")
    run(server.start(), "CREATE TABLE t AS SELECT 8 AS i")
    server.stop()
    (folder / "clone").chmod(0o700)

    assert run(server.start(), "SELECT i FROM t") == [(8,)]
    server.stop()
    (folder / "clone").chmod(0o711)

    assert run(server.start(), "SELECT i FROM t") == [(8,)]
