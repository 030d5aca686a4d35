"""Wiederholungen: several rounds of a task or a process part."""

from tests.trust.flow_models.elements import each, loop, part, repeated
from tests.trust.flow_models.scenario import done, later, scenario, ways
from tests.unit.engine.process_builder import boundary, chain, end, node, script, timer, user


def _task(marker, name="a"):
    return node("userTask", name, marker)


def _script(marker, text):
    return node("scriptTask", "s", f"{marker}<bpmn:script>{text}</bpmn:script>")


def _result(*, sequential, until=""):
    return _task(each("liste", "stueck", "note", "noten", until, sequential=sequential))


def _case(name, task, *acts, **data):
    return scenario(name, chain(task, user("b")), *acts, **data)


LATE = (
    chain(_task(repeated(3)), user("b"))
    + boundary("r", "a", timer("'P2D'"))
    + user("bei_r")
    + end("e_r")
    + ways("r bei_r e_r")
)

REPEATS = (
    _case("all_at_once", _task(repeated(3)), done("a"), done("a"), done("a"), done("b")),
    _case(
        "one_after_the_other",
        _task(repeated(3, sequential=True)),
        done("a"),
        done("a"),
        done("a"),
        done("b"),
    ),
    _case("as_often_as_the_data_say", _task(repeated("n")), done("a"), done("a"), done("b"), n=2),
    _case("no_round_at_all", _task(repeated("n")), done("b"), n=0),
    _case(
        "results_of_all_at_once",
        _result(sequential=False),
        done("a", note=1),
        done("a", note=2),
        done("b"),
        liste=["x", "y"],
    ),
    _case(
        "results_of_one_after_the_other",
        _result(sequential=True),
        done("a", note=1),
        done("a", note=2),
        done("b"),
        liste=["x", "y"],
    ),
    _case(
        "script_for_each",
        _script(each("liste", "stueck", "note", "noten"), "note = stueck * 2"),
        done("b"),
        liste=[1, 2, 3],
    ),
    _case(
        "script_for_each_in_turn",
        _script(each("liste", "stueck", "note", "noten", sequential=True), "note = stueck * 2"),
        done("b"),
        liste=[1, 2, 3],
    ),
    _case(
        "enough_is_enough",
        _result(sequential=False, until="note == 2"),
        done("a", note=2),
        done("b"),
        liste=["x", "y"],
    ),
    _case(
        "enough_in_turn",
        _result(sequential=True, until="note == 2"),
        done("a", note=1),
        done("a", note=2),
        done("b"),
        liste=["x", "y", "z"],
    ),
    _case(
        "part_for_each",
        part("teil", user("a"), marker=repeated(2)),
        done("a"),
        done("a"),
        done("b"),
    ),
    _case(
        "part_for_each_in_turn",
        part("teil", user("a"), user("c"), marker=repeated(2, sequential=True)),
        done("a"),
        done("c"),
        done("a"),
        done("c"),
        done("b"),
    ),
    scenario("deadline_for_all_rounds", LATE, done("a"), later(days=3), done("bei_r")),
    _case("loop_by_number", _task(loop(maximum="2")), done("a"), done("a"), done("b")),
    _case(
        "loop_by_condition",
        _task(loop("nochmal")),
        done("a", nochmal=True),
        done("a", nochmal=False),
        done("b"),
    ),
    _case(
        "loop_that_looks_first_and_stays_out",
        _task(loop("nochmal", before=True)),
        done("b"),
        nochmal=False,
    ),
    _case(
        "loop_that_looks_first_and_goes_in",
        _task(loop("nochmal", before=True)),
        done("a", nochmal=False),
        done("b"),
        nochmal=True,
    ),
    _case(
        "loop_by_both",
        _task(loop("nochmal", "3")),
        done("a"),
        done("a"),
        done("a"),
        done("b"),
        nochmal=True,
    ),
    _case(
        "loop_of_a_part",
        part("teil", user("a"), script("s", "n = n + 1"), marker=loop("2 > n")),
        done("a"),
        done("a"),
        done("b"),
        n=0,
    ),
)
