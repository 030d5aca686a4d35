"""Text of strangers in expressions: refused or bounded, cheap, without any effect."""

import json
import resource
import subprocess
import sys
from copy import deepcopy
from datetime import UTC, datetime

import pytest

from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.script import compile_script
from tests.support.hostile_sources import CHANGES, ESCAPES, EXPRESSIONS, SCRIPTS
from tests.support.watched import harm, peak_bytes, seconds
from tests.unit.expressions.messages import assert_kind

NOW = datetime(2026, 11, 22, tzinfo=UTC)
VALUES = {"antrag": {"name": "Erika", "plz": "12345", "liste": [3, 1, 2]}, "n": 5}
MAX_SECONDS = 0.05
MAX_BYTES = 64 * 1024 * 1024
MAX_WRITTEN = 8 * 1024 * 1024
ROOM_OF_CHILD = 400 * 1024 * 1024

pytestmark = pytest.mark.abuse("A2")


def outcome(compile_source, source, values):
    """What comes of a source: its value, or what is said against it."""
    fresh = compile_source.__wrapped__(source)  # never from the cache
    return (
        fresh.run(values, NOW) if compile_source is compile_script else fresh.evaluate(values, NOW)
    )


def tried(compile_source, source, values):
    try:
        return outcome(compile_source, source, values)
    except ExpressionFault as fault:
        return fault


CASES = [
    *(pytest.param(compile_expression, text, id=name) for name, text in EXPRESSIONS.items()),
    *(pytest.param(compile_script, text, id=f"script: {name}") for name, text in SCRIPTS.items()),
    *(
        pytest.param(compile_script, f"x = {text}", id=f"assigned: {name}")
        for name, text in (ESCAPES | CHANGES).items()
    ),
]


@pytest.fixture(scope="module", autouse=True)
def warm():
    """Let everything be imported and read that is needed once in the life of a process."""
    tried(compile_expression, "werktage(heute(), 1) < jetzt() and f'{heute():%d.%m.%Y}'", VALUES)
    tried(compile_expression, "Decimal('1.5') ** 2 > ü and", VALUES)


@pytest.mark.parametrize(("compile_source", "source"), CASES)
def test_a_hostile_source_is_refused_or_bounded(compile_source, source, tmp_path):
    marker = tmp_path / "marke"
    source = source.replace("{marker}", str(marker))
    values = deepcopy(VALUES)

    with harm() as harmful:
        result = tried(compile_source, source, values)

    assert harmful == []
    assert not marker.exists()
    assert values == VALUES
    if isinstance(result, ExpressionFault):
        assert_kind(result.message)
        assert "Erika" not in result.message
    else:
        assert len(json.dumps(result)) <= MAX_WRITTEN
    assert seconds(lambda: tried(compile_source, source, values), MAX_SECONDS) <= MAX_SECONDS
    assert peak_bytes(lambda: tried(compile_source, source, values)) <= MAX_BYTES


@pytest.mark.parametrize("source", [*ESCAPES.values(), *CHANGES.values()])
def test_nothing_comes_of_escapes_and_changes(source):
    assert isinstance(tried(compile_expression, source, VALUES), ExpressionFault)


def test_a_key_that_looks_like_python_is_only_a_key():
    with pytest.raises(ExpressionFault, match="fehlt"):
        compile_expression("antrag['__class__']").evaluate(VALUES, NOW)
    values = {"antrag": {"__class__": "Text"}}
    assert compile_expression("antrag['__class__']").evaluate(values, NOW) == "Text"


_ALL_IN_A_SMALL_CHILD = """
import sys
from datetime import UTC, datetime
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.script import compile_script
from tests.support.hostile_sources import EXPRESSIONS, SCRIPTS
now = datetime(2026, 11, 22, tzinfo=UTC)
values = {"antrag": {"name": "Erika", "plz": "12345", "liste": [3, 1, 2]}, "n": 5}
done = 0
for table, kind in ((EXPRESSIONS, compile_expression), (SCRIPTS, compile_script)):
    for source in table.values():
        try:
            compiled = kind(source)
            compiled.run(values, now) if kind is compile_script else compiled.evaluate(values, now)
        except ExpressionFault:
            pass
        done += 1
print(done)
"""


def small_process():
    resource.setrlimit(resource.RLIMIT_AS, (ROOM_OF_CHILD, ROOM_OF_CHILD))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def test_all_of_them_together_fit_into_a_small_process():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _ALL_IN_A_SMALL_CHILD],
        preexec_fn=small_process,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout.strip()) == (0, str(len(EXPRESSIONS) + len(SCRIPTS))), (
        done.stderr[-2000:]
    )


_STOCK = """
import json, sys
from SpiffWorkflow.bpmn.script_engine import TaskDataEnvironment
source, is_script = json.loads(sys.argv[1])
values = {"antrag": {"name": "Erika", "liste": [3, 1, 2]}, "n": 5}
environment = TaskDataEnvironment()
(environment.execute if is_script else environment.evaluate)(source, values)
print(json.dumps(values))
"""
ESCAPED, HUNG, FILLED, CHANGED = "escaped", "hung", "filled", "changed"


def fate_with_stock(source, marker, *, is_script=False):
    """What the library's own script engine lets a source do."""

    def limits():
        resource.setrlimit(resource.RLIMIT_AS, (ROOM_OF_CHILD, ROOM_OF_CHILD))
        resource.setrlimit(resource.RLIMIT_CPU, (2, 2))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    asked = json.dumps([source.replace("{marker}", str(marker)), is_script])
    done = subprocess.run(
        [sys.executable, "-c", _STOCK, asked],
        preexec_fn=limits,
        capture_output=True,
        text=True,
        check=False,
    )
    if marker.exists():
        return ESCAPED
    if done.returncode < 0:
        return HUNG
    if "MemoryError" in done.stderr:
        return FILLED
    if done.returncode == 0 and "Erika" not in done.stdout:
        return CHANGED
    return "harmless"


@pytest.mark.parametrize(
    ("source", "fate"),
    [
        (ESCAPES["import"], ESCAPED),
        (ESCAPES["open"], ESCAPED),
        (EXPRESSIONS["tower of powers"], HUNG),
        (EXPRESSIONS["long text"], FILLED),
        (CHANGES["clear"], CHANGED),
    ],
)
def test_the_library_as_delivered_does_not_stand_this_test(source, fate, tmp_path):
    assert fate_with_stock(source, tmp_path / "marke") == fate


def test_a_script_takes_over_the_library_as_delivered(tmp_path):
    marker = tmp_path / "marke"
    assert fate_with_stock(SCRIPTS["import from"], marker, is_script=True) == ESCAPED
