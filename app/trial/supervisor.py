"""Probebetrieb: starts database, web server and worker, watches over them and ends them all."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.trial.banner import banner
from app.trial.failure import TrialFailed
from app.trial.folders import TrialFolders
from app.trial.port import is_free
from app.trial.postgres import PrivatePostgres
from app.trial.readiness import is_ready
from app.trial.secret_file import kept_secret
from app.trial.service import Service
from app.trial.settings import TrialSettings, trial_settings
from app.trial.single import AlreadyHeld, SingleHolder
from app.web.trial.personas import PERSONAS

READY_WITHIN_S = 90
LOOK_EVERY_S = 0.2


@dataclass
class Supervisor:
    """One run of the trial in the clone's folder ``root``; ``say`` prints a line for people."""

    root: Path
    environment: Mapping[str, str]
    say: Callable[[str], None] = print
    _folders: TrialFolders = field(init=False)
    _postgres: PrivatePostgres | None = field(default=None, init=False)
    _services: list[Service] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Know where things lie; nothing is started yet."""
        self._folders = TrialFolders(self.root)

    def run(self) -> None:
        """Start everything and watch over it until an exception (a signal) ends it.

        :raises TrialFailed: it cannot start or go on; says why.
        """
        settings = trial_settings(self.root / "trial.env", self.environment)
        with self._alone():
            if not is_free(settings.port):
                raise TrialFailed(
                    f"Der Port {settings.port} ist belegt. Bitte nehmen Sie einen anderen, "
                    f"zum Beispiel: make run PORT={settings.port + 123}"
                )
            try:
                settings = self._prepare(settings)
                self._start_services(settings)
                self._wait_until_ready(settings)
                people = [(persona.key, persona.can) for persona in PERSONAS.values()]
                self.say(banner(settings.public_url, people))
                while True:
                    self._look_after(settings)
                    time.sleep(LOOK_EVERY_S)
            finally:
                self._end()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = SingleHolder(self._folders.lock)
        try:
            lock.acquire()
        except AlreadyHeld as error:
            known = self._folders.address
            address = known.read_text(encoding="utf-8").strip() if known.exists() else "im Start"
            raise TrialFailed(
                f"Antragswerk läuft in diesem Ordner schon ({address}). "
                "Sie beenden es dort mit Strg+C."
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _prepare(self, settings: TrialSettings) -> TrialSettings:
        """Bring database, secret and demo data into place."""
        if "DATABASE_URL" not in settings.values:
            self.say("Die Datenbank startet …")
            self._postgres = PrivatePostgres(self._folders.postgres, durable=True)
            settings = settings.with_database(self._postgres.start())
        if secret := settings.values.get("SECRET_KEY_FILE"):
            kept_secret(self.root / secret)
        self._note(settings)
        self.say("Die Tabellen und die Beispieldaten werden geprüft …")
        self._run_to_its_end(
            self._service("Die Vorbereitung", "prepare", settings, "app.trial.prepare")
        )
        return settings

    def _note(self, settings: TrialSettings) -> None:
        """Tell other commands of this clone where and how the trial runs."""
        self._folders.address.write_text(f"{settings.public_url}\n", encoding="utf-8")
        own = {
            name: value
            for name, value in settings.values.items()
            if value != self.environment.get(name)
        }
        note = self._folders.environment
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(own, file)

    def _run_to_its_end(self, step: Service) -> None:
        step.start()
        try:
            if step.wait() != 0:
                raise TrialFailed(f"{step.name} ist fehlgeschlagen:\n{step.tail()}")
        finally:
            step.end()

    def _start_services(self, settings: TrialSettings) -> None:
        self.say("Der Webserver startet …")
        web = (
            *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-ws"),
            *("--port", str(settings.port), "--workers", "2", "--blocking-threads", "16"),
            *("--respawn-failed-workers", "--workers-kill-timeout", "3", "app.trial.wsgi:app"),
        )
        self._services = [
            self._service("Der Webserver", "web", settings, *web),
            self._service("Die Hintergrundarbeit", "worker", settings, "app.worker"),
        ]
        for service in self._services:
            service.start()

    def _service(self, name: str, log: str, settings: TrialSettings, *module: str) -> Service:
        return Service(
            name=name,
            command=(sys.executable, "-m", *module),
            environment=settings.values,
            folder=self.root,
            log=self._folders.log(log),
        )

    def _wait_until_ready(self, settings: TrialSettings) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while not is_ready(settings.own_address, settings.public_url):
            self._look_after(settings)
            if time.monotonic() > deadline:
                logs = "\n".join(service.tail() for service in self._services)
                raise TrialFailed(f"Der Webserver wird nicht bereit. Das steht zuletzt da:\n{logs}")
            time.sleep(LOOK_EVERY_S)

    def _look_after(self, settings: TrialSettings) -> None:
        """Start again what has ended by itself."""
        if self._postgres is not None and self._postgres.has_ended():
            self.say("Die Datenbank ist beendet worden und startet neu.")
            if self._postgres.restart() != settings.values["DATABASE_URL"]:
                raise TrialFailed(
                    "Die Datenbank hat eine neue Adresse. Bitte starten Sie erneut: make run"
                )
        for service in self._services:
            if service.has_ended():
                self.say(f"{service.name} ist beendet worden und startet neu.")
                service.restart()

    def _end(self) -> None:
        for service in self._services:
            service.ask_to_end()
        for service in self._services:
            service.end()
        if self._postgres is not None:
            self._postgres.stop()
        self._folders.address.unlink(missing_ok=True)
        self._folders.environment.unlink(missing_ok=True)
