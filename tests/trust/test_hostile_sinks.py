"""Text of strangers in every place of a model that is evaluated: no way leads past the language."""

import ast
import json
import subprocess
import sys
from collections import Counter
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType

import pytest
import SpiffWorkflow

import app
from app.engine.runtime.environment import ExpressionEnvironment
from app.errors import BundleInvalid, Incident
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.script import compile_script
from tests.support.expression_sinks import SINKS
from tests.support.hostile_sources import FOR_SINKS, SCRIPTS_FOR_SINKS
from tests.support.watched import harm, peak_bytes, seconds
from tests.unit.engine.process_builder import ENGINE, NOON, Played

DATA = {"antrag": {"name": "Erika", "n": 5, "liste": [3, 1, 2]}, "vorgang": {}}
HARMLESS = "antrag.liste"
MAX_SECONDS = 0.05  # of a whole step of the engine
MAX_BYTES = 64 * 1024 * 1024
MAX_BYTES_OF_STATE = 8 * 1024 * 1024

pytestmark = pytest.mark.abuse("A2")


def text_for(sink, expression):
    return f"x = {expression}" if sink.is_script else expression


def get_there(case, sink):
    for _ in sink.complete:
        case.complete_id(case.step.open_tasks[0].id)


def played(sink, deployment):
    """Play a case up to the place, or give the incident that stops it."""
    case = Played.__new__(Played)
    case.deployment, case.now = deployment, NOON
    data = deepcopy(DATA)
    try:
        case.step = ENGINE.start(deployment, data, NOON)
        get_there(case, sink)
    except Incident as incident:
        return incident
    finally:
        assert data == DATA
    return case.step


@pytest.fixture(scope="module")
def marker(tmp_path_factory):
    return tmp_path_factory.mktemp("senken") / "marke"


@pytest.fixture(params=SINKS, ids=lambda sink: sink.name)
def sink(request):
    """A place; what Python reads once for all was read when the fixture is done."""
    sink = request.param
    source, tables = sink.build(text_for(sink, sink.probe))
    played(sink, ENGINE.deploy(source, tables))
    return sink


def hostile_texts(sink, marker):
    table = SCRIPTS_FOR_SINKS if sink.is_script else FOR_SINKS
    return [text.replace("{marker}", str(marker)) for text in table.values()]


def test_there_are_enough_of_both():
    assert len(SINKS) >= 14
    assert len(FOR_SINKS) >= 40


def test_the_place_is_evaluated_when_the_case_gets_there(sink):
    source, tables = sink.build(text_for(sink, sink.probe))

    incident = played(sink, ENGINE.deploy(source, tables))

    assert isinstance(incident, Incident)
    assert incident.element in sink.elements


def test_hostile_text_is_refused_by_name_or_stopped(sink, marker):
    for text in hostile_texts(sink, marker):
        source, tables = sink.build(text)
        with harm() as harmful:
            deployment, blamed = deployed(source, tables)
            if deployment:
                check_outcome(sink, deployment, text)
        assert blamed <= sink.elements, text[:80]
        assert blamed or in_the_language(text, sink), text[:80]
        assert harmful == [], text[:80]
    assert not marker.exists()


def test_text_that_slips_past_the_check_is_stopped_all_the_same(sink, marker):
    source, tables = sink.build(text_for(sink, HARMLESS))
    deployment = ENGINE.deploy(source, tables)
    before = text_for(sink, HARMLESS)
    for text in hostile_texts(sink, marker):
        places = smuggle(deployment.specs, before, text)
        assert places or sink.is_compiled, "the text is kept where it is evaluated"
        before = text if places else before
        with harm() as harmful:
            check_outcome(sink, deployment, text)
        assert harmful == [], text[:80]
    assert not marker.exists()


def in_the_language(text, sink):
    try:
        (compile_script if sink.is_script else compile_expression)(text)
    except ExpressionFault:
        return False
    return True


def deployed(source, tables):
    """Deploy a model, or give the elements that keep it from being deployed."""
    try:
        return ENGINE.deploy(source, tables), set()
    except BundleInvalid as invalid:
        return None, {fault.pointer for fault in invalid.fields}


def check_outcome(sink, deployment, text):
    """A step costs little, whatever comes of it; people are told the place and no value."""
    results = []
    spent, held = cost(lambda: results.append(played(sink, deployment)), MAX_SECONDS, rounds=3)
    assert spent <= MAX_SECONDS, text[:80]
    assert held <= MAX_BYTES, text[:80]
    for result in results:
        if isinstance(result, Incident):
            assert "Erika" not in result.cause
            assert "Unerwarteter Fehler" not in result.cause, (text[:80], result.cause)
        else:
            assert len(result.state) <= MAX_BYTES_OF_STATE, text[:80]


def cost(act, enough, rounds):
    """Best time of this thread, and the most memory held at once.

    Watching memory slows Python down; only where that takes too long, time is taken again.
    """
    spent = []
    held = peak_bytes(lambda: spent.append(seconds(act, enough, rounds=1)))
    if spent[0] > enough:
        spent.append(seconds(act, enough, rounds))
    return min(spent), held


def smuggle(root, before, after):
    """Replace a text wherever it is kept below ``root``; give how often."""
    places, seen, waiting = 0, set(), [root]
    while waiting:
        holder = waiting.pop()
        if id(holder) in seen:
            continue
        seen.add(id(holder))
        for key, value in list(_parts(holder)):
            if value == before and isinstance(value, str):
                _put(holder, key, after)
                places += 1
            elif isinstance(value, tuple) and before in value:
                _put(holder, key, tuple(after if one == before else one for one in value))
                places += 1
            elif not isinstance(value, str | bytes | int | float | type | None):
                waiting.append(value)
    return places


def _parts(holder):
    if isinstance(holder, dict | MappingProxyType):
        yield from holder.items()
    elif isinstance(holder, list | tuple):
        yield from enumerate(holder)
    elif type(holder).__module__.split(".")[0] in {"app", "SpiffWorkflow"}:
        yield from getattr(holder, "__dict__", {}).items()
        for kind in type(holder).__mro__:
            for name in getattr(kind, "__slots__", ()):
                yield name, getattr(holder, name, None)


def _put(holder, key, value):
    if isinstance(holder, dict | list):
        holder[key] = value
    else:
        object.__setattr__(holder, key, value)


@pytest.mark.parametrize("text", FOR_SINKS.values(), ids=FOR_SINKS.keys())
def test_the_script_engine_itself_stops_hostile_text(text, marker):
    text = text.replace("{marker}", str(marker))
    environment, values = ExpressionEnvironment(NOON), deepcopy(DATA)

    with harm() as harmful:
        for run in (
            lambda: json.dumps(environment.evaluate(text, values)),
            lambda: environment.execute(f"x = {text}", dict(values)),
        ):
            try:
                run()
            except ExpressionFault:
                continue

    assert harmful == []
    assert values == DATA
    assert not marker.exists()


LIBRARY = Path(SpiffWorkflow.__file__).parent
KNOWN_CALLS = {
    ("bpmn/script_engine/python_engine.py", "evaluate"): 1,
    ("bpmn/script_engine/python_engine.py", "execute"): 1,
    ("bpmn/script_engine/python_environment.py", "eval"): 1,
    ("bpmn/script_engine/python_environment.py", "exec"): 1,
    ("bpmn/serializer/migration/version_1_2.py", "eval"): 2,
    ("bpmn/specs/bpmn_process_spec.py", "evaluate"): 2,
    ("bpmn/specs/bpmn_task_spec.py", "evaluate"): 1,
    ("bpmn/specs/event_definitions/conditional.py", "evaluate"): 1,
    ("bpmn/specs/event_definitions/message.py", "evaluate"): 1,
    ("bpmn/specs/event_definitions/timer.py", "evaluate"): 3,
    ("bpmn/specs/mixins/multiinstance_task.py", "evaluate"): 4,
    ("bpmn/specs/mixins/script_task.py", "_execute"): 1,
    ("bpmn/specs/mixins/script_task.py", "execute"): 1,
    ("camunda/specs/event_definitions.py", "evaluate"): 1,
    ("camunda/specs/multiinstance_task.py", "evaluate"): 1,
    ("dmn/engine/DMNEngine.py", "evaluate"): 4,
    ("dmn/specs/model.py", "evaluate"): 1,
    ("serializer/dict.py", "__import__"): 1,
    ("serializer/dict.py", "loads"): 3,
    ("specs/Transform.py", "exec"): 1,
    ("spiff/specs/event_definitions.py", "evaluate"): 2,
    ("spiff/specs/mixins/service_task.py", "evaluate"): 1,
    ("spiff/specs/spiff_task.py", "execute"): 1,
}
_METHODS = {"evaluate", "execute", "_evaluate", "_execute"}
_BUILTINS = {"eval", "exec", "compile", "__import__"}
_PICKLES = {"pickle", "marshal", "shelve", "dill", "cloudpickle"}


def _calls(root):
    for path in sorted(root.rglob("*.py")):
        if "static" in path.parts:
            continue
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call):
                yield path.relative_to(root).as_posix(), call.func


def _dangerous(function):
    if isinstance(function, ast.Name):
        return function.id if function.id in _BUILTINS else ""
    if not isinstance(function, ast.Attribute):
        return ""
    if isinstance(function.value, ast.Name) and function.value.id in _PICKLES:
        return function.attr if function.attr in {"load", "loads"} else ""
    return function.attr if function.attr in _METHODS else ""


def test_the_library_evaluates_text_where_we_know_it_and_nowhere_else():
    found = Counter((path, _dangerous(function)) for path, function in _calls(LIBRARY))

    assert {key: count for key, count in found.items() if key[1]} == KNOWN_CALLS


HOUSE = Path(app.__file__).parent


def test_our_own_code_never_asks_python_to_run_text():
    found = {path for path, function in _calls(HOUSE) if _dangerous(function) in _BUILTINS}

    assert found == set()


def _imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_the_librarys_script_engine_is_known_to_one_module_alone():
    knowing = {
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        if any("script_engine" in name for name in _imported(path))
    }

    assert knowing == {"engine/runtime/environment.py"}


def test_our_own_code_unpickles_nothing():
    knowing = {
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        if any(name.split(".")[0] in _PICKLES for name in _imported(path))
    }

    assert knowing == set()


_WHAT_IS_LOADED = """
import sys
import app.boot, app.cli, app.worker, app.engine.engine
print("\\n".join(sorted(sys.modules)))
"""


def test_the_librarys_dangerous_modules_are_never_loaded():
    done = subprocess.run(
        [sys.executable, "-c", _WHAT_IS_LOADED], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())

    assert "SpiffWorkflow.bpmn" in loaded
    assert not {
        name
        for name in loaded
        if name.startswith(
            (
                "SpiffWorkflow.serializer.dict",
                "SpiffWorkflow.bpmn.serializer",
                "SpiffWorkflow.camunda",
            )
        )
    }
