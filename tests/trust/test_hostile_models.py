"""Models and tables from strangers: each is refused or stopped, costs little and reads nothing."""

import socket
import time
from datetime import UTC, datetime

import pytest

from app.engine.engine import Engine
from app.engine.quarantine.quarantine import Quarantine
from app.errors import BundleInvalid, FieldFault, Incident
from tests.support import hostile_files, hostile_processes, hostile_tables
from tests.support.hostile_files import aimed
from tests.unit.engine.process_builder import bpmn, chain, user
from tests.unit.engine.tables.test_decisions import FEES, PROCESS

MAX_CPU_S = 2.0
MAX_MEMORY_BYTES = 256 * 1024 * 1024
SECRET = "kanarienvogel_7f3a"
GOOD = bpmn(chain(user("prüfen")))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ENGINE = Engine()
EMPTY_APPLICATION = {"antrag": {}, "vorgang": {}}


def cases(files, processes, tables):
    """All attacks, each as a function that gives a model and its tables."""
    for name, build in files.items():
        yield pytest.param(lambda b=build: (b(), []), id=name, marks=pytest.mark.abuse("A3"))
    for name, build in processes.items():
        yield pytest.param(lambda b=build: (b(), []), id=name, marks=pytest.mark.abuse("A4"))
    for name, build in tables.items():
        mark = pytest.mark.abuse("A6")
        yield pytest.param(lambda b=build: (PROCESS, [b()]), id=f"table: {name}", marks=mark)


REFUSED = list(cases(hostile_files.REFUSED, hostile_processes.REFUSED, hostile_tables.REFUSED))
BOUNDED = list(cases(hostile_files.BOUNDED, hostile_processes.BOUNDED, hostile_tables.BOUNDED))


#: those that are one file, which an import may get to see
DRAWN = [
    *cases(hostile_files.REFUSED, hostile_processes.REFUSED, {}),
    *cases(hostile_files.BOUNDED, hostile_processes.BOUNDED, {}),
]


@pytest.fixture(scope="module")
def quarantine():
    with Quarantine() as quarantine:
        yield quarantine


@pytest.fixture
def canary(tmp_path):
    """Address of a file that nobody may read."""
    file = tmp_path / "geheim.txt"
    file.write_text(SECRET)
    return file.as_uri()


@pytest.fixture
def beacon():
    """Address of a server that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x"
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.fixture
def attack(request, canary, beacon):
    """Model and tables of one attack, aimed at the two."""
    source, tables = request.param()
    return aimed(source, canary, beacon), [aimed(table, canary, beacon) for table in tables]


def examined(quarantine, source, tables):
    """Try it in quarantine, see that this cost little, and that the next one finds all well."""
    rehearsal = quarantine.rehearse(source, tables)
    told = [*rehearsal.faults, *([rehearsal.incident] if rehearsal.incident else [])]
    for fault in told:
        assert is_kind(fault)
    assert SECRET not in repr(rehearsal)
    assert rehearsal.cpu_s <= MAX_CPU_S
    assert rehearsal.memory_bytes <= MAX_MEMORY_BYTES
    assert quarantine.rehearse(GOOD).faults == ()
    return told


def is_kind(fault):
    """A German sentence that says what is wrong, and not that something went wrong."""
    opening, ending = fault.message[0], fault.message[-1]
    shape = (opening.isupper() or opening == "„") and (ending in ".)")
    return shape and fault.pointer and "Unerwarteter Fehler" not in fault.message


def played(source, tables):
    """Deploy and start right here, as the quarantine would; give what there is to say."""
    before = time.process_time()
    try:
        deployment = ENGINE.deploy(source, tables)
        ENGINE.start(deployment, EMPTY_APPLICATION, NOW)
        told = []
    except BundleInvalid as invalid:
        told = list(invalid.fields)
    except Incident as incident:
        told = [FieldFault(incident.element, incident.code, incident.cause)]
    assert time.process_time() - before <= MAX_CPU_S
    return told


@pytest.mark.promise("P20")
@pytest.mark.parametrize("attack", REFUSED, indirect=True)
def test_an_attack_is_refused_in_quarantine(attack, quarantine):
    assert examined(quarantine, *attack)


@pytest.mark.promise("P20")
@pytest.mark.parametrize("attack", BOUNDED, indirect=True)
def test_what_is_large_costs_little_in_quarantine(attack, quarantine):
    examined(quarantine, *attack)


@pytest.mark.promise("P20")
@pytest.mark.parametrize("attack", [*REFUSED, *BOUNDED], indirect=True)
def test_the_engine_itself_says_the_same(attack, quarantine):
    told = played(*attack)

    rehearsal = quarantine.rehearse(*attack)

    heard = [*rehearsal.faults, *([rehearsal.incident] if rehearsal.incident else [])]
    assert [fault.code for fault in heard] == [fault.code for fault in told[:200]]
    assert SECRET not in repr(told)


@pytest.mark.promise("P20")
@pytest.mark.parametrize("attack", DRAWN, indirect=True)
def test_an_import_reads_nothing_and_ends_by_itself(attack, quarantine):
    draft = quarantine.examine(attack[0])

    assert draft.status in {"accepted", "todo", "blocked", "failed"}
    assert (draft.bpmn is None) == (draft.status == "failed") == bool(draft.reason)
    assert "zu aufwendig" not in draft.reason
    assert "dauert zu lange" not in draft.reason
    assert SECRET not in repr(draft)


def test_a_good_model_with_tables_is_accepted(quarantine):
    assert quarantine.deploy(PROCESS, [FEES]) == []
