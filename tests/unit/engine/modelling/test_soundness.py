import pytest
from lxml import etree

from app.engine.modelling.model import Model
from app.engine.modelling.soundness import Work, examine
from tests.unit.engine.event_builder import fork
from tests.unit.engine.process_builder import (
    boundary,
    bpmn,
    chain,
    end,
    faults,
    flow,
    gateway,
    start,
    timer,
    user,
)


def soundness(body):
    model = Model(etree.fromstring(bpmn(body)))
    return examine(model, model.scopes[0])


def block(split, join, *names):
    """A split into tasks that meet again."""
    body = start() + gateway(split, "teilen") + gateway(join, "treffen") + end()
    body += flow("start", "teilen") + flow("treffen", "ende")
    for name in names:
        body += user(name) + flow("teilen", name, "x" if split != "parallel" else None)
        body += flow(name, "treffen")
    return body


def test_a_choice_whose_ways_must_all_meet_never_ends():
    body = block("exclusive", "parallel", "a", "b")
    found = soundness(body)
    assert (found.ends, found.stuck) == (False, {"treffen"})
    assert ("treffen", "deadlock") in faults(bpmn(body))


def test_blocks_that_fit_end_without_doubt():
    for split, join in (("parallel",) * 2, ("inclusive",) * 2, ("exclusive",) * 2):
        found = soundness(block(split, join, "a", "b", "c"))
        assert found.ends
        assert (found.stuck, found.doubled, found.complete) == (frozenset(), frozenset(), True)


def test_ways_that_may_get_stuck_are_told_but_not_refused():
    found = soundness(block("inclusive", "parallel", "a", "b"))
    assert (found.ends, found.stuck) == (True, {"treffen"})


def test_parallel_ways_that_do_not_meet_come_twice():
    found = soundness(block("parallel", "exclusive", "a", "b"))
    assert found.ends
    assert found.doubled == {"ende"}


def test_a_deadline_that_leaves_a_branch_may_get_stuck():
    body = fork([user("a")], [user("b")])
    body += boundary("frist", "a", timer("P1D")) + end("zu_spaet") + flow("frist", "zu_spaet")
    assert soundness(body).stuck == {"treffen"}
    stopped = body.replace(end("zu_spaet"), end("zu_spaet", "<bpmn:terminateEventDefinition/>"))
    assert soundness(stopped).stuck == set()


def test_a_reminder_beside_a_branch_changes_nothing():
    body = fork([user("a")], [user("b")])
    body += boundary("mahnen", "a", timer("P1D"), interrupting=False)
    body += end("gemahnt") + flow("mahnen", "gemahnt")
    assert soundness(body).stuck == set()


def test_a_loop_is_no_deadlock():
    body = (
        start()
        + user("a")
        + gateway("exclusive", "g", default="raus")
        + end()
        + flow("start", "a")
        + flow("a", "g")
        + flow("g", "a", "nochmal")
        + flow("g", "ende", id="raus")
    )
    assert soundness(body).ends


def test_too_many_ways_are_not_judged():
    branches = [[user(f"t{n}_{m}") for m in range(4)] for n in range(9)]
    found = soundness(fork(*branches))
    assert not found.complete
    assert soundness(chain(user("a"))).complete


def test_flows_that_lead_nowhere_are_left_to_other_rules():
    body = block("parallel", "parallel", "a", "b") + flow("a", "weg") + flow("weg", "b", id="f9")
    found = faults(bpmn(body + '<bpmn:complexGateway id="c"/>' + flow("a", "c")))
    assert ("f9", "dangling_flow") in found
    assert ("c", "unsupported_element") in found


@pytest.mark.parametrize("kind", ["error", "cancel", "terminate"])
def test_an_end_that_ends_all_around_it_is_an_end(kind):
    body = block("exclusive", "parallel", "a", "b").replace(flow("start", "teilen"), "")
    body += gateway("parallel", "beide") + flow("start", "beide") + flow("beide", "teilen")
    body += flow("beide", "raus") + end("raus")
    assert not soundness(body).ends
    stopped = body.replace(end("raus"), end("raus", f"<bpmn:{kind}EventDefinition/>"))
    assert soundness(stopped).ends


def test_examining_stops_when_it_has_cost_enough():
    branches = [[gateway("inclusive", f"g{b}_{n}") for n in range(9)] for b in range(6)]
    model = Model(etree.fromstring(bpmn(fork(*branches))))
    work = Work(500)
    assert not examine(model, model.scopes[0], work=work).complete
    assert work.left < 0
    assert not examine(model, model.scopes[0], work=work).complete
