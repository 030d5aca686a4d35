"""Processes of the trial start again when they end by themselves, but not for ever."""

import sys
import time
from pathlib import Path

import pytest

from app.trial.failure import TrialFailed
from app.trial.service import RESTARTS, Service


@pytest.fixture
def service(tmp_path):
    made = []

    def make(program):
        service = Service(
            name="Der Webserver",
            command=(sys.executable, "-c", program),
            environment={},
            folder=tmp_path,
            log=tmp_path / "log" / "web.log",
        )
        made.append(service)
        return service

    yield make
    for service in made:
        service.end()


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_it_tells_when_its_process_has_ended(service):
    web = service("print('Grüße')")
    assert not web.has_ended()
    web.start()
    wait_until(web.has_ended)

    assert web.tail() == "Grüße"


def test_it_gives_up_after_too_many_ends_in_a_row_and_shows_why(service):
    web = service("raise SystemExit('kein Platz')")
    web.start()
    for _ in range(RESTARTS):
        wait_until(web.has_ended)
        web.restart()
    wait_until(web.has_ended)

    with pytest.raises(TrialFailed, match=r"Der Webserver endet immer wieder(.|\n)*kein Platz"):
        web.restart()


def test_ending_takes_what_the_process_itself_started_with_it(service, tmp_path):
    web = service(
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)"
    )
    web.start()
    wait_until(web.tail)
    child = int(web.tail())
    web.end()

    def is_gone():
        try:
            return Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except FileNotFoundError:
            return True

    wait_until(is_gone)


def test_the_log_of_the_run_before_is_kept_once(service, tmp_path):
    for text in ("eins", "zwei", "drei"):
        web = service(f"print('{text}')")
        web.start()
        web.wait()

    logs = {path.name: path.read_text() for path in (tmp_path / "log").iterdir()}
    assert logs == {"web.log": "drei\n", "web.log.1": "zwei\n"}
