"""No text of a model is ever executed by Python."""

import sys

from app.engine.step import ServiceResult
from tests.unit.engine.process_builder import (
    Played,
    boundary,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    script,
    service,
    timer,
    user,
    wait,
)
from tests.unit.engine.tables.test_decisions import CALL, FEES

MARK = "geheimnis"


def test_python_neither_executes_nor_compiles_a_model():
    executed = []
    parsed = []
    listening = True

    def hook(event, args):
        if not listening:
            return
        if event == "exec":
            executed.append(args[0])
        elif event == "compile":
            caller = sys._getframe(1)
            is_parse = caller.f_code.co_name == "parse" and caller.f_code.co_filename.endswith(
                "ast.py"
            )
            (parsed if is_parse else executed).append(args[0])

    body = (
        chain(
            script("rechnen", f"{MARK} = antrag.flaeche + 1"),
            CALL,
            user("a"),
            service("dienst", result="r", name=f"{MARK} + 1"),
            wait("warten", f"tage({MARK} - {MARK})"),
            user("b"),
        )
        + boundary("frist", "b", timer(f"tage({MARK})"))
        + gateway("exclusive", "g", default="d")
    )
    body += end("e2") + flow("frist", "g") + flow("g", "b", f"{MARK} < 0") + flow("g", "e2", id="d")
    sys.addaudithook(hook)
    try:
        case = Played(bpmn(body), {"antrag": {"flaeche": 20, "zone": "A"}}, [FEES])
        case.complete("a")
        case.deliver(ServiceResult(case.step.calls[0].task_id, 1))
        case.after(days=22)
    finally:
        listening = False

    assert case.step.completed
    assert case.data["gebuehr"] == 90
    assert any(MARK in str(source) for source in parsed)
    assert executed == []
