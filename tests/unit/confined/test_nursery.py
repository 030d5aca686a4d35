"""A nursery does every job in a process that may be lost, and is never lost itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.confined.limits import Limits
from app.confined.nest import MAX_MESSAGE_BYTES
from app.confined.nursery import Nursery
from app.confined.outcome import End
from app.errors import Unavailable
from tests.support.children import child_of, ends_soon, in_background, is_alive

ROOT = Path(__file__).parents[3]
MODULE = "tests.support.odd_jobs"
LIMITS = Limits(cpu_s=1, memory_bytes=512 * 1024 * 1024, wall_s=3)
HASTY = Limits(cpu_s=1, memory_bytes=512 * 1024 * 1024, wall_s=0.3)


@pytest.fixture(scope="module")
def nursery():
    with Nursery(MODULE, LIMITS) as nursery:
        yield nursery


@pytest.fixture
def hasty():
    """A nursery of its own that waits less than a second for a job."""
    with Nursery(MODULE, HASTY) as nursery:
        yield nursery


def pids(nursery):
    """Those of the nest and of a child of it that has ended since."""
    nest, child = map(int, nursery.run(b"pids").content.split())
    return nest, child


def test_a_job_is_answered(nursery):
    outcome = nursery.run("echo Grüße".encode())

    assert outcome.end is End.ANSWERED
    assert outcome.content.decode() == "Grüße"
    assert 0 <= outcome.cpu_s < 1
    assert 1_000_000 < outcome.memory_bytes < LIMITS.memory_bytes


def test_large_jobs_and_answers_pass(nursery):
    assert nursery.run(b"echo " + b"x" * 3_000_000).content == b"x" * 3_000_000


def test_an_answer_beyond_all_measure_is_none(nursery):
    outcome = nursery.run(b"repeat %d" % MAX_MESSAGE_BYTES)

    assert (outcome.end, outcome.content) == (End.DIED, b"")


@pytest.mark.promise("P20")
@pytest.mark.parametrize("job", ["spin", "hog", "abort", "fail", "close_all"])
def test_a_job_that_kills_its_child_has_no_answer(job, nursery):
    nest, _ = pids(nursery)

    outcome = nursery.run(job.encode())

    assert (outcome.end, outcome.content) == (End.DIED, b"")
    assert outcome.cpu_s < 2
    assert pids(nursery)[0] == nest


@pytest.mark.parametrize("job", ["sleep", "stop"])
def test_a_job_that_hangs_is_ended(job, hasty):
    nest, _ = pids(hasty)
    before = time.monotonic()
    thread, outcomes = in_background(lambda: hasty.run(job.encode()))
    child = child_of(nest)
    thread.join()

    assert [outcome.end for outcome in outcomes] == [End.HUNG]
    assert 0.2 < time.monotonic() - before < 3
    assert not is_alive(child)
    assert pids(hasty)[0] == nest


def test_a_job_leaves_nothing_for_the_next(nursery):
    nursery.run(b"remember geheim")

    assert nursery.run(b"remember anderes").content == b"\x00"


def test_what_a_job_prints_is_no_answer(nursery):
    assert nursery.run(b"talk").content == b"answer"


def test_a_job_sees_no_environment(nursery):
    environment = nursery.run(b"environment").content.decode()

    assert "PATH" in os.environ
    assert "PATH" not in environment
    assert "HOME" not in environment


def test_a_job_holds_its_answer_alone(nursery):
    held = nursery.run(b"descriptors").content.decode()

    assert len(held.split(",")) == 4


@pytest.mark.abuse("A3")
def test_a_job_reads_no_file(nursery, tmp_path):
    file = tmp_path / "geheim"
    file.write_text("geheim")

    assert nursery.run(f"read {file}".encode()).end is End.DIED


def test_a_job_writes_no_file(nursery, tmp_path):
    assert nursery.run(f"write {tmp_path / 'neu'}".encode()).end is End.DIED
    assert nursery.run(f"execute {tmp_path / 'neu'}".encode()).end is End.DIED
    assert list(tmp_path.iterdir()) == []


def test_a_job_reaches_no_network(nursery):
    assert nursery.run(b"reach").end is End.DIED


def test_a_job_loads_no_module(nursery):
    assert nursery.run(b"load os").end is End.ANSWERED
    assert nursery.run(b"load colorsys").end is End.DIED


def test_a_nest_that_is_killed_is_replaced(nursery):
    nest, _ = pids(nursery)
    os.kill(nest, signal.SIGKILL)

    assert nursery.run(b"echo weiter").content == b"weiter"
    assert pids(nursery)[0] != nest
    assert not is_alive(nest)


def test_a_nest_that_is_killed_in_the_middle_tries_again(hasty):
    nest, _ = pids(hasty)
    thread, outcomes = in_background(lambda: hasty.run(b"sleep"))
    child = child_of(nest)
    os.kill(nest, signal.SIGKILL)
    thread.join()

    assert [outcome.end for outcome in outcomes] == [End.HUNG]
    assert ends_soon(child)
    assert hasty.run(b"echo weiter").content == b"weiter"


def test_a_job_that_kills_the_nest_is_given_up(nursery):
    with pytest.raises(Unavailable):
        nursery.run(b"kill_nest")

    assert nursery.run(b"echo weiter").content == b"weiter"


def test_a_nest_that_stands_still_is_replaced(hasty):
    nest, _ = pids(hasty)
    os.kill(nest, signal.SIGSTOP)

    assert hasty.run(b"echo " + b"x" * 1_000_000).content == b"x" * 1_000_000
    assert not is_alive(nest)


def test_threads_take_turns(nursery):
    words = [f"wort{number}".encode() for number in range(24)]
    running = [in_background(lambda word=word: nursery.run(b"echo " + word)) for word in words]
    for thread, _ in running:
        thread.join()

    assert [outcome.content for _, outcomes in running for outcome in outcomes] == words


def test_a_forked_process_starts_a_nest_of_its_own(nursery):
    nest, _ = pids(nursery)
    forked = os.fork()
    if not forked:
        other = 0
        try:
            other, _ = pids(nursery)
        finally:
            os._exit(0 if other not in {0, nest} else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert pids(nursery)[0] == nest


def test_a_closed_nursery_leaves_no_process():
    nursery = Nursery(MODULE, LIMITS)
    nest, _ = pids(nursery)
    nursery.close()

    assert not is_alive(nest)


def test_a_nursery_without_a_job_starts_no_process():
    before = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    with Nursery(MODULE, LIMITS):
        assert Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text() == before


def test_a_program_that_does_not_start_is_no_fault_of_the_job():
    nursery = Nursery("tests.support.there_is_no_such_module", LIMITS)

    with nursery, pytest.raises(Unavailable):
        nursery.run(b"echo")


@pytest.mark.parametrize("at_work", [False, True], ids=["idle", "at work"])
def test_nothing_outlives_a_platform_that_is_killed(at_work):
    program = (
        "from app.confined.limits import Limits; from app.confined.nursery import Nursery;"
        f"nursery = Nursery({MODULE!r}, Limits(50, 512_000_000, 50));"
        "print(nursery.run(b'pids').content.decode(), flush=True);"
        f"nursery.run(b'sleep') if {at_work} else input()"
    )
    platform = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with platform:
        nest = int(platform.stdout.readline().split()[0])
        processes = [nest, child_of(nest)] if at_work else [nest]
        assert all(map(is_alive, processes))
        platform.kill()

    assert all(map(ends_soon, processes))
