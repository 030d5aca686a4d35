"""``make run`` as a person meets it: one command, one address, one Ctrl-C."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from app.trial.leftovers import processes_in
from app.trial.port import free_port
from tests.support.database import ROOT

NEEDED = ("app", "storage", "bpmn", "forms", "trial.env", "wsgi.py")


class Clone:
    """A folder like a clone's, with its own ``var``."""

    def __init__(self, root):
        self.root = root
        self.port = free_port()
        self.started = []
        self.running = None
        for name in NEEDED:
            (root / name).symlink_to(ROOT / name)

    def start(self, port=None):
        kept = {name: value for name, value in os.environ.items() if name != "MAKELEVEL"}
        process = subprocess.Popen(
            [sys.executable, "-m", "app.trial"],
            cwd=self.root,
            env={**kept, "PORT": str(port or self.port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def start_and_wait(self):
        process = self.start()
        said = []
        for line in process.stdout:
            said.append(line)
            if "Strg+C" in line:
                return process, "".join(said)
        raise AssertionError("".join(said))

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()

    def processes(self):
        data = self.root / "var" / "postgres" / "data"
        return [*processes_in(self.root), *processes_in(data)]

    def wait_until(self, condition, seconds=15):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.05)

    def logs(self):
        return "\n".join(path.read_text() for path in self.root.glob("var/log/*.log"))

    def end(self):
        for process in self.started:
            process.terminate()
            process.communicate(timeout=30)


@pytest.fixture(scope="module")
def module_folder():
    path = Path(tempfile.mkdtemp(prefix="antragswerk-klon mit ümlaut "))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def clone(module_folder):
    clone = Clone(module_folder)
    yield clone
    clone.end()


@pytest.fixture
def trial(clone):
    """The trial, running: as the test before left it, or started anew."""
    if clone.running is None or clone.running[0].poll() is not None:
        clone.running = clone.start_and_wait()
    return clone.running


def test_the_greeting_names_an_address_that_answers(clone, trial):
    _, said = trial

    assert f"http://127.0.0.1:{clone.port}/" in said
    assert "caseworker" in said
    assert clone.get("/")[0] == 200
    status, body = clone.get("/readyz")
    assert (status, json.loads(body)["status"]) == (200, "ready")
    note = clone.root / "var" / "run" / "address"
    assert note.read_text().strip() == f"http://127.0.0.1:{clone.port}"


def test_a_second_start_in_the_same_folder_says_that_it_runs(clone, trial):
    second = clone.start(port=free_port())
    said, _ = second.communicate(timeout=30)

    assert second.returncode == 1
    assert said.count("\n") == 1
    assert f"läuft in diesem Ordner schon (http://127.0.0.1:{clone.port})" in said


def test_a_port_in_use_is_one_clear_line(clone, trial, folder):
    other = Clone(folder)
    process = other.start(port=clone.port)
    said, _ = process.communicate(timeout=30)

    assert process.returncode == 1
    assert said == (
        f"Der Port {clone.port} ist belegt. Bitte nehmen Sie einen anderen, "
        f"zum Beispiel: make run PORT={clone.port + 123}\n"
    )


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("granian", "Der Webserver ist beendet worden und startet neu."),
        ("app.worker", "Die Hintergrundarbeit ist beendet worden und startet neu."),
    ],
)
def test_a_process_that_dies_is_started_again(clone, trial, command, line):
    process, _ = trial
    victim = min(
        pid
        for pid in processes_in(clone.root)
        if command in Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    )
    os.kill(victim, signal.SIGKILL)

    for said in process.stdout:
        if line in said:
            break
    clone.wait_until(lambda: answers(clone))


def answers(clone):
    try:
        return clone.get("/healthz")[0] == 200
    except OSError:
        return False


def test_a_command_runs_in_the_environment_of_the_running_trial(clone, trial):
    program = [sys.executable, "-m", "app.trial.within", "app.cli", "token", "citizen"]
    token = subprocess.run(program, cwd=clone.root, capture_output=True, text=True, check=True)

    assert token.stdout.count(".") == 2


def test_a_command_without_a_running_trial_says_how_to_start_it(folder):
    program = [sys.executable, "-m", "app.trial.within", "app.cli", "token", "citizen"]
    (folder / "app").symlink_to(ROOT / "app")
    token = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False)

    assert token.returncode == 1
    assert "make run" in token.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_within_seconds(clone, trial, number):
    process, _ = trial
    process.send_signal(number)

    said, _ = process.communicate(timeout=15)

    assert process.returncode == 0
    assert "beendet" in said
    assert clone.processes() == []
    assert not (clone.root / "var" / "run" / "environment.json").exists()


def test_after_kill_9_nothing_runs_on_and_the_next_start_works(clone, trial):
    process, _ = trial
    process.kill()
    process.communicate()
    clone.wait_until(lambda: clone.processes() == [])

    clone.running = clone.start_and_wait()

    assert "bereit" in clone.running[1]
