"""What the quarantine says of a model, and that it says so for every way there is to end."""

import os
import signal

import pytest

from app.confined.limits import Limits
from app.confined.nursery import Nursery
from app.confined.outcome import End, Outcome
from app.engine.importing.importer import import_model
from app.engine.quarantine.job import MAX_FAULTS, MAX_TEXT_CHARS
from app.engine.quarantine.quarantine import LIMITS, MAX_SIZE_BYTES, Quarantine
from app.errors import BundleInvalid
from tests.support.children import child_of, ends_soon, in_background
from tests.unit.engine.process_builder import (
    ENGINE,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    script,
    start,
    user,
    wait,
)
from tests.unit.engine.tables.test_decisions import FEES, PROCESS, table

MEGABYTES = 1024 * 1024
GOOD = bpmn(chain(user("prüfen"), wait("warten", "P14D")))
LARGE = bpmn(chain(user("a")) + "<a/>" * 200_000)
#: harmless line by line, but it adds up
SLOW = bpmn(chain(*(script(f"s{number}", "x = [y for y in range(9000)]") for number in range(240))))
#: enough address space for a small model, not for the largest
MEMORY_FOR_LITTLE = 128 * MEGABYTES
LARGEST = bpmn(chain(user("a")) + "<a/>" * 2_000_000)
WORDS = {"too_costly": "zu aufwendig", "too_slow": "dauert zu lange"}
ENCODINGS = ["utf-8", "utf-16", "iso-8859-1", "iso-8859-15", "windows-1252"]


@pytest.fixture(scope="module")
def quarantine():
    with Quarantine() as quarantine:
        yield quarantine


def codes(faults):
    return {(fault.pointer, fault.code) for fault in faults}


@pytest.mark.parametrize(
    ("source", "tables"),
    [
        (GOOD, []),
        (PROCESS, [FEES]),
        (PROCESS, []),
        (PROCESS, [table(("< 10", "(", "25"))]),
        (b"<a/>", []),
        (b"", []),
        (bpmn(start() + user("a") + flow("start", "a")), []),
        (bpmn(chain(script("s", "größe = antrag.größe + 1"))), []),
        (bpmn(chain(script("s", "größe = (1"))), []),
    ],
)
def test_the_quarantine_says_what_the_engine_says(source, tables, quarantine):
    try:
        ENGINE.deploy(source, tables)
        said = []
    except BundleInvalid as invalid:
        said = list(invalid.fields)

    assert quarantine.deploy(source, tables) == said


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_model_may_be_written_in_any_usual_encoding(encoding, quarantine):
    written = GOOD.decode().replace("UTF-8", encoding).encode(encoding)

    assert quarantine.deploy(written) == []


def test_an_incident_at_the_start_is_told_but_refuses_nothing(quarantine):
    endless = bpmn(
        start()
        + script("s", "x = 1")
        + gateway("exclusive", "g", default="weiter")
        + end()
        + flow("start", "s")
        + flow("s", "g")
        + flow("g", "s", id="weiter")
        + flow("g", "ende", "x == 2")
    )
    rehearsal = quarantine.rehearse(endless)

    assert rehearsal.faults == ()
    assert rehearsal.incident.code == "incident"
    assert "im Kreis" in rehearsal.incident.message
    assert quarantine.rehearse(GOOD).incident is None


def test_what_a_model_took_is_told(quarantine):
    rehearsal = quarantine.rehearse(GOOD)

    assert 0 < rehearsal.cpu_s < 2
    assert MEGABYTES < rehearsal.memory_bytes < 256 * MEGABYTES


def test_no_more_is_told_than_fits_on_a_page(quarantine):
    loose = "".join(user(f"a{number}") for number in range(240))
    named = f'<bpmn:{"x" * 2_000} id="b"/>'

    faults = quarantine.deploy(bpmn(loose + named))

    assert len(faults) == MAX_FAULTS
    assert max(len(fault.message) for fault in faults) <= MAX_TEXT_CHARS


def test_what_is_too_large_is_refused_without_a_process(quarantine):
    faults = quarantine.deploy(GOOD, [b"x" * MAX_SIZE_BYTES])

    assert codes(faults) == {("process.bpmn", "too_large")}
    assert quarantine.rehearse(b"x" * (MAX_SIZE_BYTES + 1)).memory_bytes == 0
    assert quarantine.examine(b"x" * (MAX_SIZE_BYTES + 1)).status == "failed"


@pytest.mark.promise("P20")
@pytest.mark.parametrize(
    ("source", "limits"),
    [
        (SLOW, Limits(cpu_s=1, memory_bytes=512 * MEGABYTES, wall_s=60)),
        (LARGEST, Limits(cpu_s=30, memory_bytes=MEMORY_FOR_LITTLE, wall_s=60)),
    ],
    ids=["processor", "memory"],
)
def test_a_model_that_takes_too_much_is_refused(source, limits):
    with Quarantine(limits) as narrow:
        [fault] = narrow.deploy(source)
        assert narrow.deploy(GOOD) == []

    assert (fault.pointer, fault.code) == ("process.bpmn", "too_costly")
    assert "zu aufwendig" in fault.message


@pytest.mark.promise("P20")
@pytest.mark.parametrize(
    ("end", "cpu_s", "code"),
    [
        (End.DIED, LIMITS.cpu_s, "too_costly"),
        (End.DIED, 0.1, "too_costly"),  # of memory
        (End.HUNG, 0.1, "too_slow"),
        (End.HUNG, 0.79 * LIMITS.cpu_s, "too_slow"),
        (End.HUNG, 0.81 * LIMITS.cpu_s, "too_costly"),
    ],
)
def test_the_clock_alone_blames_no_model(end, cpu_s, code, monkeypatch):
    monkeypatch.setattr(Nursery, "run", lambda *_: Outcome(end, b"", cpu_s, MEGABYTES))
    with Quarantine() as quarantine:
        assert codes(quarantine.deploy(GOOD)) == {("process.bpmn", code)}
        assert WORDS[code] in quarantine.examine(GOOD).reason


def test_the_processor_time_ends_before_the_clock_even_on_a_busy_machine():
    assert LIMITS.cpu_s < 5
    assert LIMITS.wall_s >= 5 * LIMITS.cpu_s


@pytest.mark.promise("P20")
@pytest.mark.parametrize("act", ["deploy", "examine"])
def test_a_check_that_stands_still_is_given_up(act):
    with Quarantine(Limits(cpu_s=5, memory_bytes=512 * MEGABYTES, wall_s=2)) as hasty:
        assert hasty.deploy(GOOD) == []
        nest = hasty._nursery._nest._process.pid
        thread, answers = in_background(lambda: getattr(hasty, act)(LARGE))
        os.kill(child_of(nest), signal.SIGSTOP)
        thread.join()
        assert hasty.deploy(GOOD) == []

    [answer] = answers
    if act == "deploy":
        assert codes(answer) == {("process.bpmn", "too_slow")}
    else:
        assert answer.status == "failed"
        assert "dauert zu lange" in answer.reason


@pytest.mark.promise("P20")
def test_a_check_goes_on_when_its_process_is_killed(quarantine):
    assert quarantine.deploy(GOOD) == []
    nest = quarantine._nursery._nest._process.pid
    thread, answers = in_background(lambda: quarantine.deploy(LARGE))
    child = child_of(nest)
    os.kill(nest, signal.SIGKILL)
    thread.join()

    assert codes(answers[0]) == {("a", "unsupported_element")}
    assert ends_soon(child)


@pytest.mark.parametrize(
    "source",
    [
        GOOD,
        b"<a/>",
        b"\x00\xff",
        bpmn("<bpmn:task id='t' name='Größe prüfen'/>"),
        bpmn(start() + user("a") + gateway("complex", "g") + flow("start", "a") + flow("a", "g")),
    ],
)
def test_an_import_comes_out_of_quarantine_unchanged(source, quarantine):
    assert quarantine.examine(source) == import_model(source)
