"""A real worker process beside the tests."""

import subprocess
import sys
import time

import psycopg
import pytest

from tests.support.database import ROOT


class WorkerProcess:
    """Starts workers and waits for what they write."""

    def __init__(self, database_url, folder):
        self.database_url = database_url
        self.folder = folder
        self.started = []

    def start(self):
        command = [sys.executable, "-m", "tests.integration.jobs.worker_process"]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*command, self.database_url, str(self.folder)], cwd=ROOT, stdout=log, stderr=log
            )
        self.started.append(process)
        self.wait_until(lambda: self.column("SELECT id FROM procrastinate_workers"), 20)
        return process

    @property
    def notes(self):
        path = self.folder / "notes"
        return path.read_text().split("\n")[:-1] if path.exists() else []

    @property
    def log(self):
        return (self.folder / "log").read_text()

    def column(self, query):
        with psycopg.connect(self.database_url) as connection:
            return [value for (value,) in connection.execute(query)]

    def wait_until(self, condition, seconds):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"notes: {self.notes}\nlog: {self.log}"
            time.sleep(0.02)

    def end(self):
        for process in self.started:
            process.kill()
            process.wait()


@pytest.fixture
def worker(database_url, tmp_path):
    worker = WorkerProcess(database_url, tmp_path)
    yield worker
    worker.end()
